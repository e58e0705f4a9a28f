"""People in the order of their names on sealed shelves: what a search reads, with no name in the clear in any table.

An organiser's people stand sorted, and a shelf ends where a person's id says so: which shelves there are, and every
byte of them, follows from who is known, in whichever order they came. Each is sealed under a key of the organiser and
the epoch; the list of shelves, too.
"""

from __future__ import annotations

import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.errors import PlatsError
from infrastructure.keys.keyring import Keyring

SPREAD = 256
"""How many people stand on a shelf, more or less."""

AT_ONCE = 64
"""How many shelves are read at once: about a megabyte."""

FIRST = UUID(int=0)
"""The id of the shelf that nobody begins; each other one bears the id of the person who does."""

NAME_END, END = "\x1f", "\x1e"
"""After a name, and after an address: control characters, which no name or address can have."""

_NONCE, _ID = 12, 16
_LIST = "select epoch, shelves from {schema}.shelf_list where organiser_id = %b"
_SOME = """
select shelf_id, epoch, people, (select substr(shelves, 1, 12) from {schema}.shelf_list l
    where l.organiser_id = s.organiser_id)
from {schema}.shelf s where organiser_id = %b and shelf_id = any(%b)"""

Place = tuple[bool, str, UUID]
"""How a person sorts: those without a name last, then by name (a sort key), then by id."""

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""Puts a question to the database."""


_BEGIN: Place = (False, "", FIRST)


class ShelvesUnreadable(PlatsError):
    """The key of an epoch under which names stand in order has been destroyed."""

    def __init__(self) -> None:
        super().__init__("The order of names is sealed under a destroyed key: run `plats rebuild people`.")


class Entry(NamedTuple):
    """A person on a shelf: their place, and the sort key of their address."""

    place: Place
    email: str


class Shelf(NamedTuple):
    """What the list says of a shelf: the place of who begins it, and how many stand there."""

    shelf_id: UUID
    is_nameless: bool
    name: str
    people: int

    @property
    def place(self) -> Place:
        """Everybody from here on stands on this shelf or on a later one."""
        return self.is_nameless, self.name, self.shelf_id


class Content(NamedTuple):
    """What stands on a shelf, as it is searched: ids, and for each a name and an address in one long text."""

    ids: bytes
    text: bytes

    def id_at(self, number: int) -> UUID:
        """Who stands there."""
        return UUID(bytes=self.ids[number * _ID : number * _ID + _ID])

    def people(self) -> list[UUID]:
        """Everybody in order."""
        return [self.id_at(number) for number in range(len(self.ids) // _ID)]

    def has(self, person_id: UUID) -> bool:
        """Whether somebody stands here."""
        return person_id.bytes in self.ids and person_id in self.people()

    def after(self, place: Place) -> Content:
        """Those from a place on; nearly always everybody, which is seen from the first."""
        if not self.ids or self._first() >= place:
            return self
        return content_of(entry for entry in self.entries() if entry.place >= place)

    def _first(self) -> Place:
        name = self.text[: self.text.index(NAME_END.encode())].decode()
        return not name, name, self.id_at(0)

    def entries(self) -> list[Entry]:
        """Everybody in order, with what they are found by."""
        lines = (line.partition(NAME_END) for line in self.text.decode().split(END))
        return [
            Entry((not name, name, person_id), email)
            for person_id, (name, _, email) in zip(self.people(), lines, strict=False)
        ]


def content_of(entries: Iterable[Entry]) -> Content:
    """What is put on a shelf."""
    ids, lines = [], []
    for (_, name, person_id), email in entries:
        ids.append(person_id.bytes)
        lines.append(f"{name}{NAME_END}{email}{END}")
    return Content(b"".join(ids), "".join(lines).encode())


def begins_shelf(person_id: UUID, spread: int = SPREAD) -> bool:
    """Whether a shelf begins with this person."""
    return int.from_bytes(hashlib.blake2b(person_id.bytes, digest_size=4).digest()) % spread == 0


def shelved(first: UUID, entries: Sequence[Entry], spread: int = SPREAD) -> Iterator[tuple[UUID, Sequence[Entry]]]:
    """Sorted people on their shelves; `first` is the id of the shelf for those before anybody who begins one."""
    begins = [number for number, entry in enumerate(entries) if number and begins_shelf(entry.place[2], spread)]
    for start, end in pairwise([0, *begins, len(entries)]):
        if start < end:
            person_id = entries[start].place[2]
            yield person_id if begins_shelf(person_id, spread) else first, entries[start:end]


class Shelves:
    """Reads and seals an organiser's shelves. `schema`: where they stand."""

    def __init__(self, ask: Ask, keyring: Keyring, organiser_id: UUID, schema: str = "people") -> None:
        self._ask, self._keyring, self._organiser_id = ask, keyring, organiser_id
        self._list, self._some = _LIST.format(schema=schema), _SOME.format(schema=schema)
        self._mark: bytes | None = None
        self._keys: dict[int, tuple[AESGCM, bytes]] = {}

    def listed(self) -> list[Shelf]:
        """All shelves in order."""
        for epoch, sealed in self._ask(self._list, [self._organiser_id]):
            self._mark = sealed[:_NONCE]
            return _LISTED.decode(self._opened(int(epoch), "list", sealed))
        return []

    def contents(self, shelves: Iterable[UUID]) -> dict[UUID, Content] | None:
        """What stands on some shelves; None if the list has changed since it was read."""
        rows = self._ask(self._some, [self._organiser_id, list(shelves)])
        if any(mark != self._mark for *_, mark in rows):
            return None
        return {shelf_id: self._content(shelf_id, int(epoch), sealed) for shelf_id, epoch, sealed, _ in rows}

    def walk(self, shelves: Sequence[Shelf]) -> Iterator[Content]:
        """Shelf by shelf: the first by itself, then more and more at once.

        Where somebody has come or gone meanwhile, it goes on behind whoever has been told already.
        """
        start, many, seen = 0, 1, shelves[0].place if shelves else _BEGIN
        while start < len(shelves):
            some = shelves[start : start + many]
            contents = self.contents(each.shelf_id for each in some)
            if contents is None:
                shelves = self.listed()
                start = max(bisect_right(shelves, seen, key=lambda shelf: shelf.place) - 1, 0)
                continue
            for each in some:
                if each.shelf_id in contents:
                    yield contents[each.shelf_id].after(seen)
            start, many = start + many, min(4 * many, AT_ONCE)
            seen = shelves[start].place if start < len(shelves) else seen

    def seal(self, epoch: int, shelf_id: UUID, content: Content) -> bytes:
        """A shelf as the database holds it."""
        people = (len(content.ids) // _ID).to_bytes(4)
        return self._sealed(epoch, shelf_id.hex, people + content.ids + content.text)

    def seal_list(self, epoch: int, shelves: Sequence[Shelf]) -> bytes:
        """The list of shelves as the database holds it."""
        return self._sealed(epoch, "list", msgspec.json.encode(shelves))

    def _content(self, shelf_id: UUID, epoch: int, sealed: bytes) -> Content:
        plain = self._opened(epoch, shelf_id.hex, sealed)
        until = 4 + _ID * int.from_bytes(plain[:4])
        return Content(plain[4:until], plain[until:])

    def _sealed(self, epoch: int, what: str, plain: bytes) -> bytes:
        """The nonce follows from what is sealed, so that the same people give the same bytes."""
        (cipher, mark), bound_to = self._key(epoch), f"{self._organiser_id}|{what}|{epoch}".encode()
        nonce = hmac.new(mark, bound_to + plain, hashlib.sha256).digest()[:_NONCE]
        return nonce + cipher.encrypt(nonce, plain, bound_to)

    def _opened(self, epoch: int, what: str, sealed: bytes) -> bytes:
        bound_to = f"{self._organiser_id}|{what}|{epoch}".encode()
        return self._key(epoch)[0].decrypt(sealed[:_NONCE], memoryview(sealed)[_NONCE:], bound_to)

    def _key(self, epoch: int) -> tuple[AESGCM, bytes]:
        if epoch not in self._keys:
            key = self._keyring.names_key(self._organiser_id, epoch)
            if key is None:
                raise ShelvesUnreadable
            self._keys[epoch] = AESGCM(key[:32]), key[32:]
        return self._keys[epoch]


_LISTED = msgspec.json.Decoder(list[Shelf])
