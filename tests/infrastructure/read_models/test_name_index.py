"""Names in memory: sorted as Swedes read them, caught up by position, and forgotten as soon as somebody is erased."""

from __future__ import annotations

import random
from uuid import UUID

from infrastructure.read_models.kernel.name_index import MOST_KEPT, Named, NameIndex
from infrastructure.read_models.kernel.sorting import sort_key

HERE = UUID(int=1)


class Log:
    """People as they became known, by organiser."""

    def __init__(self) -> None:
        self.told: list[Named] = []
        self.asked: list[int] = []

    def tell(self, number: int, name: str | None, email: str | None = None) -> UUID:
        person_id = UUID(int=number)
        self.told.append(Named(person_id, name, email, len(self.told) + 1))
        return person_id

    def since(self, organiser_id: UUID, position: int) -> list[Named]:
        self.asked.append(position)
        latest = {each.person_id: each for each in self.told}
        return [each for each in latest.values() if each.position > position] if organiser_id == HERE else []


def test_people_stand_in_swedish_order_and_those_without_a_name_last() -> None:
    log = Log()
    index = NameIndex(log.since)
    people = {name: log.tell(no, name) for no, name in enumerate(["Örjan", "adam", "Åsa", "Zelda", None, "Ärla"])}
    assert index.by_name(HERE) == [people[name] for name in ("adam", "Zelda", "Åsa", "Ärla", "Örjan", None)]


def test_only_what_is_new_is_read_and_the_erased_are_out_at_once() -> None:
    log = Log()
    index = NameIndex(log.since)
    anna = log.tell(1, "Anna", "anna@example.org")
    bo = log.tell(2, "Bo", "chefen@example.org")
    assert index.by_name(HERE, "CHEFEN@") == [bo] and index.latest(HERE) == [bo, anna]
    log.tell(2, None)
    assert index.by_name(HERE, "bo") == [] and index.by_name(HERE) == [anna, bo]
    assert log.asked[0] == -1 and log.asked[-1] == 3


def test_however_people_come_and_go_the_order_is_that_of_sorting_them_all() -> None:
    seed = random.randrange(10**6)
    chance, log = random.Random(seed), Log()
    index, known = NameIndex(log.since), dict[UUID, str | None]()
    for _ in range(300):
        number = chance.randrange(60)
        name = None if chance.random() < 0.2 else "".join(chance.choices("abåäöz", k=3))
        known[log.tell(number, name)] = name
        if chance.random() < 0.5:
            wanted = sorted(known, key=lambda one: (known[one] is None, sort_key(known[one] or ""), one))
            assert index.by_name(HERE) == wanted, f"seed {seed}"


def test_no_more_organisers_are_remembered_than_memory_is_meant_for() -> None:
    log = Log()
    log.tell(1, "Anna")
    index = NameIndex(log.since)
    index.by_name(HERE)
    for number in range(2, MOST_KEPT + 3):
        index.by_name(UUID(int=number))
    assert len(index.by_name(HERE)) == 1 and log.asked[-1] == -1


def test_accents_do_not_count_and_what_is_written_like_that_comes_first() -> None:
    log = Log()
    index = NameIndex(log.since)
    named = ("Åsa Berg", "Asa Alm", "Élodie Øst", "Łukasz Ek")
    asa, plain, elodie, lukasz = (log.tell(no, name) for no, name in enumerate(named))
    assert [index.by_name(HERE, typed) for typed in ("asa", "ASA", "åsa", "ÅSA")] == [
        [plain, asa],
        [plain, asa],
        [asa, plain],
        [asa, plain],
    ]
    assert [index.by_name(HERE, typed) for typed in ("elodie", "ost", "öst", "lukasz")] == [
        [elodie],
        [elodie],
        [elodie],
        [lukasz],
    ]


def test_what_nobody_sees_does_not_count_in_what_is_looked_for() -> None:
    """Words that were pasted bring marks with them."""
    log = Log()
    asa = log.tell(1, "Åsa Berg")
    index = NameIndex(log.since)
    for typed in ("\u200båsa", "asa\u00a0berg", "\u2066Åsa\u2069", "A\u030asa"):
        assert index.by_name(HERE, typed) == [asa]


def test_perhaps_one_person_in_two_entries() -> None:
    log = Log()
    index = NameIndex(log.since)
    asa, asa_too, bo, cia, _ = (
        log.tell(no, name, email)
        for no, (name, email) in enumerate(
            [("Åsa", "a@x.se"), ("asa", "b@x.se"), ("Bo", "info@x.se"), ("Cia", "info@x.se"), ("Dag", "d@x.se")]
        )
    )
    assert index.alike(HERE) == {asa, asa_too, bo, cia}
    log.tell(int(asa_too), None)
    assert index.alike(HERE) == {bo, cia}
