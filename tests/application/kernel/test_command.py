"""`@command`: a use case is its decision, with a guard, what it queues for, and what a taken key means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import admin, by_system, command, seats
from application.kernel.ports import CommandContext, Committed, R, UniqueKeyTaken, UnitOfWork
from application.kernel.use_case import UseCases
from domain.kernel.errors import NotAllowed, RuleBroken
from domain.kernel.ids import OrganiserId, SeasonId, seating_of

ORGANISER = OrganiserId(uuid4())
ADMIN = Actor("admin", ORGANISER, frozenset({Role.ADMIN}))
SEASON = SeasonId(UUID(int=7))


class NameTaken(RuleBroken):
    """Somebody is called so."""


@dataclass(frozen=True)
class Name:
    """What a season is to be called."""

    season_id: SeasonId
    name: str


@dataclass(frozen=True)
class Named:
    """What it is called."""

    name: str


@dataclass
class Log:
    """Remembers what it was asked to execute; every key is taken as often as it is told."""

    taken: int = 0
    contexts: list[CommandContext] = field(default_factory=list)

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        self.contexts.append(order)
        if len(self.contexts) <= self.taken:
            raise UniqueKeyTaken("name", "Spring")
        made = decision(Work(order.actor))  # type: ignore[arg-type]  # all that these decisions ask for
        assert isinstance(made, answer)
        return Committed(made, 1)

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        raise NotImplementedError


@dataclass
class Work:
    actor: Actor


class Names(UseCases):
    @command(by=admin, serial=seats, taken=lambda _: NameTaken())
    def name(self, work: UnitOfWork, command: Name) -> Named:
        """Call it so."""
        return Named(f"{command.name} by {work.actor.id}")

    @by_system
    def forget(self, work: UnitOfWork, names: list[str], name: str) -> None:
        """It is called so no longer."""
        assert work.actor == SYSTEM
        names.remove(name)


def test_the_decision_is_executed_with_actor_key_content_and_queue() -> None:
    log = Log()
    assert Names(log).name(ADMIN, Name(SEASON, "Spring"), "a-key") == Committed(Named("Spring by admin"), 1)
    (context,) = log.contexts
    assert (context.actor, context.key, context.serial) == (ADMIN, "a-key", (seating_of(SEASON),))
    assert context.content == repr(Name(SEASON, "Spring"))


def test_whoever_may_not_is_refused_before_anything_is_executed() -> None:
    log = Log()
    with pytest.raises(NotAllowed):
        Names(log).name(Actor("member", ORGANISER, frozenset({Role.MEMBER})), Name(SEASON, "Spring"))
    assert not log.contexts


def test_a_key_taken_at_the_same_moment_is_decided_anew_once_and_then_refused_in_words_of_the_use_case() -> None:
    once, twice = Log(taken=1), Log(taken=2)
    assert Names(once).name(ADMIN, Name(SEASON, "Spring")).answer == Named("Spring by admin")
    with pytest.raises(NameTaken):
        Names(twice).name(ADMIN, Name(SEASON, "Spring"))
    assert len(once.contexts) == len(twice.contexts) == 2


def test_what_the_installation_does_of_itself_says_where_it_was_recorded_and_has_no_key() -> None:
    log, names = Log(), ["Spring", "Autumn"]
    assert Names(log).forget(names, name="Spring") == 1
    assert names == ["Autumn"]
    assert [(context.actor, context.key) for context in log.contexts] == [(SYSTEM, None)]
