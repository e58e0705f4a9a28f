"""Keeping the shelves of names with the people who are put, renamed, merged and erased, in the same transaction."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.kernel.personal import Encrypted
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Cell, Change, Key, Row, Table
from infrastructure.read_models.people.people_tables import PERSON, SHELF, SHELF_LIST
from infrastructure.read_models.people.shelf import (
    AT_ONCE,
    FIRST,
    SPREAD,
    Ask,
    Entry,
    Place,
    Shelf,
    Shelves,
    content_of,
    shelved,
)

_FOUND_BY = ("name", "email", "merged_into", "organiser_id")

Rows = Mapping[Key, Row | None]
Present = Mapping[Table, Mapping[Key, Row]]


class Moved(NamedTuple):
    """A person whose place is another: as they stood (as far as that can be read) and as they stand."""

    person_id: UUID
    was: Entry | None
    now: Entry | None
    was_there: bool


class Shelving:
    """What the rows of people ask of the shelves. `spread`: how many people a shelf holds, more or less."""

    def __init__(self, keyring: Keyring, spread: int = SPREAD) -> None:
        self._keyring, self._spread = keyring, spread

    def __call__(
        self,
        connection: Connection,
        changed: Mapping[Table, Rows],
        present: Present,
        beside: str,
    ) -> Iterable[Change]:
        """The changes of shelves that follow from changed rows; `present`: rows as they were."""
        there = present.get(PERSON, {})
        pairs = [(there.get(key), row) for key, row in changed.get(PERSON, {}).items()]
        pairs = [(was, now) for was, now in pairs if _facts(was) != _facts(now)]
        if not pairs:
            return

        def ask(statement: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
            return connection.cursor(binary=True).execute(statement.encode(), arguments).fetchall()

        for organiser_id, moved in self._by_organiser(pairs, ask).items():
            shelves = Shelves(ask, self._keyring, organiser_id, f"people{beside}")
            yield from _Work(shelves, organiser_id, self._keyring.epoch(), self._spread).changes(moved)

    def _by_organiser(self, pairs: Sequence[tuple[Row | None, Row | None]], ask: Ask) -> dict[UUID, list[Moved]]:
        sealed = [row[name] if row else None for pair in pairs for row in pair for name in ("name", "email")]
        texts = iter(self._keyring.decrypt_many([_sealed(cell) for cell in sealed], ask))
        found: dict[UUID, list[Moved]] = {}
        for was, now in pairs:
            before, after = (_entry(row, next(texts), next(texts)) for row in (was, now))
            row = now or was or {}
            moved = Moved(_uuid(row["person_id"]), before, after, was is not None and was["merged_into"] is None)
            found.setdefault(_uuid(row["organiser_id"]), []).append(moved)
        return found


class _Work:
    """What becomes of one organiser's shelves."""

    def __init__(self, shelves: Shelves, organiser_id: UUID, epoch: int, spread: int) -> None:
        self._shelves, self._organiser_id, self._epoch, self._spread = shelves, organiser_id, epoch, spread
        self._listed = shelves.listed()
        self._on: dict[UUID, list[Entry]] = {}

    def changes(self, moved: Sequence[Moved]) -> Iterator[Change]:
        expected = {self._shelf_for(one.was.place) for one in moved if one.was} | {
            self._shelf_for(one.now.place) for one in moved if one.now
        }
        self._load(expected)
        leave = {one.person_id for one in moved if one.was_there}
        self._load_where(leave - {entry.place[2] for entries in self._on.values() for entry in entries})
        for entries in self._on.values():
            entries[:] = [entry for entry in entries if entry.place[2] not in leave]
        for one in moved:
            if one.now:
                insort(self._on.setdefault(self._shelf_for(one.now.place), []), one.now)
        yield from self._put_back()

    def _put_back(self) -> Iterator[Change]:
        """The shelves that were taken out, and one before each whose first person is not there any longer."""
        touched = set(self._on)
        became: dict[UUID, list[tuple[UUID, Sequence[Entry]]]] = {}
        waiting: list[Entry] = []
        order = [FIRST, *(shelf.shelf_id for shelf in self._listed if shelf.shelf_id != FIRST)]
        for place in range(len(order) - 1, -1, -1):
            shelf_id = order[place]
            if shelf_id not in self._on and waiting:
                self._load([shelf_id])
                self._on.setdefault(shelf_id, [])
                touched.add(shelf_id)
            if shelf_id not in self._on:
                continue
            entries = [*self._on[shelf_id], *waiting]
            heads = list(shelved(FIRST, entries, self._spread))
            is_headless = shelf_id != FIRST and (not heads or heads[0][0] == FIRST)
            waiting = list(heads.pop(0)[1]) if is_headless and heads else []
            became[shelf_id] = heads
        yield from self._written(touched, [each for place in order for each in became.get(place, ())])

    def _written(self, touched: set[UUID], became: Sequence[tuple[UUID, Sequence[Entry]]]) -> Iterator[Change]:
        for shelf_id, entries in became:
            people = self._shelves.seal(self._epoch, shelf_id, content_of(entries))
            yield SHELF.put(organiser_id=self._organiser_id, shelf_id=shelf_id, epoch=self._epoch, people=people)
        for shelf_id in touched - {shelf_id for shelf_id, _ in became}:
            yield SHELF.delete((self._organiser_id, shelf_id))
        kept = [shelf for shelf in self._listed if shelf.shelf_id not in touched]
        listed = sorted(
            [*kept, *(_shelf(shelf_id, entries) for shelf_id, entries in became)], key=lambda one: one.place
        )
        sealed = self._shelves.seal_list(self._epoch, listed)
        yield SHELF_LIST.put(organiser_id=self._organiser_id, epoch=self._epoch, shelves=sealed)

    def _shelf_for(self, place: Place) -> UUID:
        number = bisect_right(self._listed, place, key=lambda shelf: shelf.place)
        return self._listed[number - 1].shelf_id if number else FIRST

    def _load(self, shelves: Iterable[UUID]) -> None:
        there = {shelf.shelf_id for shelf in self._listed}
        wanted = [shelf_id for shelf_id in shelves if shelf_id in there and shelf_id not in self._on]
        if wanted:
            found = self._shelves.contents(wanted) or {}
            self._on |= {each: content.entries() for each, content in found.items()}

    def _load_where(self, missing: set[UUID]) -> None:
        """Those whose name cannot be read any longer, wherever they stand."""
        rest = [shelf.shelf_id for shelf in self._listed if shelf.shelf_id not in self._on] if missing else []
        for some in (rest[start : start + AT_ONCE] for start in range(0, len(rest), AT_ONCE)):
            for shelf_id, content in (self._shelves.contents(some) or {}).items():
                if any(content.has(person_id) for person_id in missing):
                    self._on[shelf_id] = content.entries()


def _shelf(shelf_id: UUID, entries: Sequence[Entry]) -> Shelf:
    is_nameless, name, _ = entries[0].place if shelf_id != FIRST else (False, "", FIRST)
    return Shelf(shelf_id, is_nameless, name, len(entries))


def _facts(row: Row | None) -> tuple[Cell, ...]:
    return tuple([row[name] for name in _FOUND_BY]) if row else ()


def _entry(row: Row | None, name: str | None, email: str | None) -> Entry | None:
    """Where somebody stands; an entry that was merged into another stands nowhere."""
    if row is None or row["merged_into"] is not None:
        return None
    return Entry((name is None, sort_key(name or ""), _uuid(row["person_id"])), sort_key(email or ""))


def _sealed(cell: Cell) -> Encrypted | None:
    return _SEALED.decode(cell) if isinstance(cell, bytes) else None


def _uuid(cell: Cell) -> UUID:
    if not isinstance(cell, UUID):
        raise TypeError("an id is wanted")
    return cell


_SEALED = msgspec.json.Decoder(Encrypted)
