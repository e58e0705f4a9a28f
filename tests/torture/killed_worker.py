"""A worker in a process of its own, killed again and again in the middle of what it does, and one that ends it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.infrastructure.followers import count, until
from tests.scenarios.cards import Cards
from tests.torture.test_cards import TIMEOUT, worker

Done = Callable[[], int]


@dataclass
class Killed:
    """Kills a worker of an installation; `kills`: how often so far. `seed`: what it is repeated with."""

    shop: Cards
    database_url: str
    seed: int = field(default_factory=lambda: Random().randrange(10**6))
    kills: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def kill(self, done: Done, whole: int, times: int) -> None:
        """Each worker is killed once a few more are done, at a chance moment of the next; `whole`: all there is."""
        few = max(1, whole // times)
        for _ in range(times):
            goal = min(whole, done() + self.chance.randint(1, few))
            with worker(self.shop, self.database_url) as process:
                self._wait(lambda goal=goal: done() >= goal, process.poll)  # type: ignore[misc]  # mypy sees no default
                time.sleep(self.chance.uniform(0.0, 0.05))
            self.kills += 1

    def end(self, is_done: Callable[[], bool]) -> None:
        """A worker that nobody kills does what is left."""
        with worker(self.shop, self.database_url) as process:
            self._wait(is_done, process.poll)
        self.shop.institute.catch_up()

    @staticmethod
    def _wait(is_done: Callable[[], bool], died: Callable[[], int | None]) -> None:
        def over() -> bool:
            assert died() is None, "the worker died by itself"
            return is_done()

        until(over, TIMEOUT)

    def count(self, topic: str) -> int:
        """How many events of a kind there are."""
        return count(self.shop.institute.house.store, f"select count(*) from event where topic = '{topic}'")

    def letters(self, kind: str) -> tuple[int, int]:
        """How many letters of a kind there are, and to how many people."""
        [(all_, people)] = self.shop.institute.house.store.query(
            "select count(*), count(distinct person_id) from letter where kind = %s", [kind]
        )
        return int(all_), int(people)
