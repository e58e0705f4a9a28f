"""People are found by name on sealed shelves, as before: in Swedish order, by parts, whatever the accents."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext
from domain.kernel.personal import Encrypted
from infrastructure.event_store.store import Store
from infrastructure.keys import key_rotation
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import Reader
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Change, as_bytes
from infrastructure.read_models.people import name_search
from infrastructure.read_models.people.name_search import NameSearch
from infrastructure.read_models.people.people import PEOPLE
from infrastructure.read_models.people.people_tables import PERSON, SHELF, SHELF_LIST
from infrastructure.read_models.people.shelves_resealed import resealing
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.subscriptions.change_set import create, write
from infrastructure.subscriptions.digest import digest

HERE, THERE = UUID(int=1), UUID(int=2)
SPREAD = 4
"""Shelves so short that a few people fill several."""


class People:
    """The table of people and its shelves, as the projector keeps them."""

    def __init__(self, store: Store) -> None:
        self.store, self.position = store, 0
        self.search = NameSearch(Reader(store.query, store.keyring, store.clock))
        self._shelving = Shelving(store.keyring, SPREAD)

    def tell(self, number: int, name: str | None, email: str | None = None, organiser: UUID = HERE) -> UUID:
        """Somebody becomes known."""
        self.tell_all([(number, name, email)], organiser)
        return UUID(int=number)

    def tell_all(self, people: Sequence[tuple[int, str | None, str | None]], organiser: UUID = HERE) -> None:
        self.write([self._put(*each, organiser) for each in people])

    def change(self, person_id: UUID, **cells: Any) -> None:
        self.position += 1
        self.write([PERSON.change((person_id,), position=self.position, **cells)])

    def rename(self, person_id: UUID, name: str) -> None:
        self.change(person_id, name=as_bytes(self.sealed(person_id, "name", name)))

    def erase(self, person_id: UUID) -> None:
        """The key is gone before anybody can say how they were called."""
        self.store.decisions.execute(CommandContext(SYSTEM), type(None), lambda work: work.destroy_key(person_id))
        self.change(person_id, name=None, email=None, is_erased=True)

    def sealed(self, person_id: UUID, field: str, value: str) -> Encrypted:
        order = CommandContext(SYSTEM)
        return self.store.decisions.execute(order, Encrypted, lambda work: work.encrypt(person_id, field, value)).answer

    def found(self, search: str = "", organiser: UUID = HERE) -> list[UUID]:
        return list(self.search.by_name(organiser, search))

    def write(self, changes: Sequence[Change], beside: str = "") -> None:
        with self.store.connections.borrow() as connection, connection.transaction():
            write(connection, changes, beside, derive=self._shelving)

    def shelves(self, beside: str = "") -> list[str]:
        with self.store.connections.borrow() as connection:
            return [digest(connection, table, beside) for table in (SHELF, SHELF_LIST)]

    @contextmanager
    def beside(self) -> Iterator[str]:
        """Empty tables of the same kind."""
        with self.store.connections.borrow() as connection:
            create(connection, Projection("people", 0, PEOPLE.tables), "_other")
            yield "_other"
            connection.execute("drop schema people_other cascade")

    def _put(self, number: int, name: str | None, email: str | None, organiser: UUID) -> Change:
        person_id, self.position = UUID(int=number), self.position + 1
        none = dict.fromkeys(("erasure_requested_at", "needs", "phone", "asked_email", "merged_into", "face_secret"))
        cells = {"name": name, "email": email}
        sealed = {key: as_bytes(self.sealed(person_id, key, text)) for key, text in cells.items() if text}
        return PERSON.put(
            person_id=person_id,
            organiser_id=organiser,
            **{"name": None, "email": None, **sealed},
            is_email_confirmed=False,
            is_erased=False,
            employments="[]",
            affiliations="[]",
            position=self.position,
            face="",
            **none,
        )


@pytest.fixture
def people(store: Store, monkeypatch: pytest.MonkeyPatch) -> People:
    with store.connections.borrow() as connection:
        create(connection, PEOPLE)
    monkeypatch.setattr(name_search, "FEW", 2)
    return People(store)


def test_people_stand_in_swedish_order_and_those_without_a_name_last(people: People) -> None:
    names = ["Örjan", "adam", "Åsa", "Zelda", None, "Ärla"]
    known = {name: people.tell(no, name) for no, name in enumerate(names, 1)}
    assert people.found() == [known[name] for name in ("adam", "Zelda", "Åsa", "Ärla", "Örjan", None)]


def test_parts_of_names_and_addresses_are_found_several_words_as_they_follow_each_other(people: People) -> None:
    anna = people.tell(1, "Anna-Karin von Berg", "akvb@example.org")
    bo = people.tell(2, "Bo Annasson", "chefen@example.com")
    for typed, expected in {
        "an": [anna, bo],
        "ANNA": [anna, bo],
        "karin": [anna],
        "von berg": [anna],
        "berg von": [],
        "sson": [bo],
        "CHEFEN@": [bo],
        "@example.": [anna, bo],
        "example.com": [bo],
        "b": [anna, bo],
        "": [anna, bo],
        "nobody": [],
    }.items():
        assert people.found(typed) == expected, typed


def test_accents_do_not_count_and_what_is_written_like_that_comes_first(people: People) -> None:
    named = ("Åsa Berg", "Asa Alm", "Élodie Øst", "Łukasz Ek")
    asa, plain, elodie, lukasz = (people.tell(no, name) for no, name in enumerate(named, 1))
    assert [people.found(typed) for typed in ("asa", "ASA", "åsa", "ÅSA")] == [
        [plain, asa],
        [plain, asa],
        [asa, plain],
        [asa, plain],
    ]
    assert [people.found(typed) for typed in ("elodie", "ost", "öst", "lukasz")] == [
        [elodie],
        [elodie],
        [elodie],
        [lukasz],
    ]


def test_what_nobody_sees_does_not_count_in_what_is_looked_for(people: People) -> None:
    """Words that were pasted bring marks with them; what no name can have is in none."""
    asa = people.tell(1, "Åsa Berg", "asa@example.org")
    for typed in ("\u200båsa", "asa\u00a0berg", "\u2066Åsa\u2069", "A\u030asa"):
        assert people.found(typed) == [asa]
    for typed in ("\x1e", "\x1f", "berg\x1fasa", "\ud800", "\n"):
        assert people.found(typed) == []


def test_the_erased_are_out_and_the_renamed_stand_elsewhere(people: People) -> None:
    anna, bo, cia = (people.tell(no, name, f"{name}@x.se") for no, name in enumerate(("Anna", "Bo", "Cia"), 1))
    people.erase(bo)
    assert people.found("bo") == [] and people.found() == [anna, cia, bo]
    people.rename(anna, "Örjan")
    assert people.found("anna") == [anna] and people.found("örjan") == [anna] and people.found() == [cia, anna, bo]
    people.change(cia, merged_into=anna)
    assert people.found() == [anna, bo]


def test_nobody_sees_the_people_of_another_organiser(people: People) -> None:
    anna, other = people.tell(1, "Anna"), people.tell(2, "Anna", organiser=THERE)
    assert people.found("anna") == [anna] and people.found("anna", THERE) == [other]
    assert people.search.alike(HERE) == set() and list(people.search.latest(THERE)) == [other]


def test_perhaps_one_person_in_two_entries(people: People) -> None:
    entries = [("Åsa", "a@x.se"), ("asa", "b@x.se"), ("Bo", "info@x.se"), ("Cia", "info@x.se"), ("Dag", "d@x.se")]
    asa, asa_too, bo, cia, _ = (people.tell(no, *entry) for no, entry in enumerate(entries, 1))
    assert people.search.alike(HERE) == {asa, asa_too, bo, cia}
    people.erase(asa_too)
    assert people.search.alike(HERE) == {bo, cia}


def test_those_who_became_known_last_come_first_if_one_likes(people: People) -> None:
    anna, bo, anders = (people.tell(no, name) for no, name in enumerate(("Anna", "Bo", "Anders"), 1))
    assert list(people.search.latest(HERE)) == [anders, bo, anna]
    assert list(people.search.latest(HERE, "an")) == [anders, anna]
    assert list(people.search.latest(HERE, after=(1, anders))) == [bo, anna]
    assert list(people.search.latest(HERE, "", {anna, bo}, most=1)) == [bo]


def test_however_people_come_and_go_shelves_are_those_of_putting_them_all_at_once(people: People) -> None:
    seed = random.randrange(10**6)
    chance, known = random.Random(seed), dict[UUID, str | None]()
    for number in range(1, 60):
        name = "".join(chance.choices("abåäöz", k=3))
        known[people.tell(number, name)] = name
        if chance.random() < 0.4:
            one = chance.choice([each for each in known if known[each]] or [UUID(int=number)])
            known[one] = None if chance.random() < 0.5 else "".join(chance.choices("abåäöz", k=3))
            people.erase(one) if known[one] is None else people.rename(one, known[one] or "")
        order = sorted(known, key=lambda one: (known[one] is None, sort_key(known[one] or ""), one))
        assert people.found() == order, f"seed {seed}"
    with people.beside() as beside:
        rows = people.store.query("select * from people.person", [])
        chance.shuffle(rows)
        people.write([PERSON.put(**dict(zip(PERSON.columns, row, strict=True))) for row in _plain(rows)], beside)
        assert people.shelves(beside) == people.shelves(), f"seed {seed}"


@pytest.mark.parametrize("search", ["", "a"])
def test_pages_go_on_after_the_last_person_wherever_they_stand_now(people: People, search: str) -> None:
    people.tell_all([(no, f"Anna {no:03d}", None) for no in range(1, 41)])
    everybody = [UUID(int=no) for no in range(1, 41)]
    for count in (1, 7, 20, 39, 40):
        rest = people.search.by_name(HERE, search, after=(count, everybody[count - 1]))
        assert list(rest) == everybody[count:]
    people.rename(everybody[9], "Anna 035x")
    assert list(people.search.by_name(HERE, search, after=(10, everybody[9]))) == everybody[35:]
    people.change(everybody[19], merged_into=everybody[0])
    assert list(people.search.by_name(HERE, search, after=(20, everybody[19])))[:1] == [everybody[22]]


def test_somebody_who_comes_while_shelves_are_read_takes_nobody_away(people: People) -> None:
    people.tell_all([(no, f"Anna {no:03d}", None) for no in range(1, 41)])
    reading = people.search.by_name(HERE)
    first = next(reading)
    people.tell_all([(no, f"Anna {no - 100:03d}x", None) for no in range(101, 141)])
    seen = [first, *reading]
    assert [one for one in seen if one.int <= 40] == [UUID(int=no) for no in range(1, 41)]


def test_names_follow_into_a_new_epoch_of_keys_and_the_old_one_is_not_needed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "GRACE", 0.0)
    anna = people.tell(1, "Anna")
    before = people.shelves()
    people.store.rotate_keys(resealing(people.store.keyring))
    assert people.store.key_files.epochs() == [2] and people.found("anna") == [anna] and people.shelves() != before


def _plain(rows: list[Any]) -> list[list[Any]]:
    return [[("[]" if isinstance(cell, list) else cell) for cell in row] for row in rows]
