"""Finding people by name: everybody in order, and whose name or address has some words in it, read from the shelves.

Nothing is kept between questions, so that a process does not grow with the people there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate, islice
from uuid import UUID

from domain.kernel.text import visible
from infrastructure.read_models.kernel.query import Reader
from infrastructure.read_models.kernel.sorting import AFTER_Z, BEFORE_Z, search_key, sort_key
from infrastructure.read_models.people.shelf import END, NAME_END, Content, Place, Shelf, Shelves

FEW = 100
"""Of so many people names are read one by one, which is then quicker than all shelves."""

_PLAIN = bytes.maketrans(AFTER_Z.encode(), BEFORE_Z.encode())
_END, _NAME_END, _NUL = END.encode(), NAME_END.encode(), b"\0"
_BITS = 2**22
_ACCENTED = re.compile(f"[{BEFORE_Z}]".encode())
"""Letters that others with accents are taken for; what stands between them is written as it is looked for."""

_NAMES = "select person_id, name, email from people.person where person_id = any(%s) and merged_into is null"
_LATEST = """
select person_id from people.person where organiser_id = %s and merged_into is null
and (%s::uuid[] is null or person_id = any(%s::uuid[])) and position < coalesce((
    select position from people.person where person_id = %s and merged_into is null), 9223372036854775807)
order by position desc offset %s limit %s"""
_STANDS = "select 1 from people.person where person_id = %s and merged_into is null"

After = tuple[int, UUID]
"""Where a list goes on: how many came before, and who was the last of them."""


class NameSearch:
    """An organiser's people by name, or those who became known last first."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def by_name(
        self, organiser_id: UUID, search: str = "", among: Collection[UUID] | None = None, after: After | None = None
    ) -> Iterator[UUID]:
        """By name; `search` is part of a name or an address: those that have it as written come first.

        `among`: nobody else. They are read as they are asked for.
        """
        words = sort_key(visible(search))
        if among is not None and len(among) <= FEW:
            return _going_on(lambda: self._few(among, words), after)
        if not words and among is None:
            return self._everybody(organiser_id, after)
        chosen = self._with(organiser_id, words)
        wanted = chosen if among is None else lambda: (one for one in chosen() if one in among)
        return _going_on(wanted, after)

    def latest(
        self,
        organiser_id: UUID,
        search: str = "",
        among: Collection[UUID] | None = None,
        after: After | None = None,
        most: int = 50,
    ) -> Iterator[UUID]:
        """The same, those who became known (or were erased) last first; so many of them."""
        if visible(search):
            among = list(self.by_name(organiser_id, search, among))
        chosen = None if among is None else list(among)
        count, last = after or (0, None)
        offset = 0 if last is None or self._reader.query(_STANDS, [last]) else min(max(count, 0), 2**62)
        rows = self._reader.query(_LATEST, [organiser_id, chosen, chosen, last, offset, most])
        return iter([row[0] for row in rows])

    def alike(self, organiser_id: UUID) -> set[UUID]:
        """Those whose address or name is somebody else's as well, accents apart: perhaps one person in two entries."""
        once, twice = _Bits(), _Bits()
        for _, _, words in self._found_by(organiser_id):
            for word in words:
                (twice if once.has(word) else once).add(word)
        found: dict[bytes, list[UUID]] = {}
        for content, number, words in self._found_by(organiser_id):
            for word in words:
                if twice.has(word):
                    found.setdefault(word, []).append(content.id_at(number))
        return {one for together in found.values() if len(together) > 1 for one in together}

    def _everybody(self, organiser_id: UUID, after: After | None) -> Iterator[UUID]:
        shelves = self._shelves(organiser_id)
        listed = shelves.listed()
        if after is None:
            return _people(shelves, listed)
        count, last = after
        place = self._place_of(last)
        if place is not None:
            number = max(bisect_right(listed, place, key=lambda shelf: shelf.place) - 1, 0)
            found = _people(shelves, listed[number:])
            if last in found:
                return found
        before = [0, *accumulate(shelf.people for shelf in listed)]
        number = max(bisect_right(before, count) - 1, 0)
        return islice(_people(shelves, listed[number:]), max(count - before[number], 0), None)

    def _with(self, organiser_id: UUID, words: str) -> Callable[[], Iterator[UUID]]:
        shelves = self._shelves(organiser_id)
        if not words:
            return lambda: _people(shelves, shelves.listed())
        return lambda: _matching(shelves, words)

    def _few(self, people: Collection[UUID], words: str) -> Iterator[UUID]:
        rows = self._reader.query(_NAMES, [list(people)])
        texts = iter(self._reader.decrypt([cell for row in rows for cell in row[1:]]))
        placed = []
        for person_id, *_ in rows:
            name, email = next(texts), next(texts)
            written = f"{sort_key(name or '')}\0{sort_key(email or '')}"
            if search_key(words) in search_key(written):
                placed.append((words not in written, name is None, sort_key(name or ""), person_id))
        return iter([person_id for *_, person_id in sorted(placed)])

    def _place_of(self, person_id: UUID) -> Place | None:
        for one, name, _ in self._reader.query(_NAMES, [[person_id]]):
            [text] = self._reader.decrypt([name])
            return text is None, sort_key(text or ""), one
        return None

    def _found_by(self, organiser_id: UUID) -> Iterator[tuple[Content, int, list[bytes]]]:
        """Everybody, with what two entries of one person have in common."""
        shelves = self._shelves(organiser_id)
        for content in shelves.walk(shelves.listed()):
            for number, line in enumerate(content.text.split(_END)[:-1]):
                name, _, email = line.partition(_NAME_END)
                yield content, number, [*([b"@" + email] if email else []), *([name.translate(_PLAIN)] if name else [])]

    def _shelves(self, organiser_id: UUID) -> Shelves:
        return Shelves(self._reader.query, self._reader.keyring, organiser_id)


class _Bits:
    """Which words have been seen, more or less: a few that have not are said to have been."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)

    def has(self, word: bytes) -> bool:
        place = hash(word) % _BITS
        return bool(self._bits[place >> 3] & 1 << (place & 7))

    def add(self, word: bytes) -> None:
        place = hash(word) % _BITS
        self._bits[place >> 3] |= 1 << (place & 7)


def _going_on(people: Callable[[], Iterator[UUID]], after: After | None) -> Iterator[UUID]:
    """Those after the person the last page ended with, wherever they stand now; else after as many as came before."""
    found = people()
    if after is None:
        return found
    count, last = after
    return found if last in found else islice(people(), max(count, 0), None)


def _people(shelves: Shelves, listed: Sequence[Shelf]) -> Iterator[UUID]:
    return (person_id for content in shelves.walk(listed) for person_id in content.people())


def _matching(shelves: Shelves, words: str) -> Iterator[UUID]:
    """Those with the words as written, in order; then those with them if accents do not count.

    Accents are taken away once the latter are asked for, a shelf at a time: a page of them is full after a few.
    """
    written = words.encode(errors="surrogatepass")
    if _END in written or _NAME_END in written:
        return
    like = search_key(words).encode(errors="surrogatepass").replace(_NUL, _NAME_END)
    written = written.replace(_NUL, _NAME_END)
    certain = max(_ACCENTED.split(like), key=len)
    perhaps: list[Content] = []
    for content in shelves.walk(shelves.listed()):
        if certain in content.text:
            perhaps.append(content)
            yield from (content.id_at(number) for number, _ in _lines(content.text, content.text, written))
    for content in perhaps:
        found = _lines(content.text, content.text.translate(_PLAIN), like)
        yield from (content.id_at(number) for number, line in found if written not in line)


def _lines(text: bytes, plain: bytes, like: bytes) -> Iterator[tuple[int, bytes]]:
    """Where the words stand, accents apart: the number of each line, and the line as it is written."""
    number, start = 0, 0
    while (at := plain.find(like, start)) >= 0:
        number += plain.count(_END, start, at)
        begin, end = plain.rfind(_END, 0, at) + 1, plain.find(_END, at)
        yield number, text[begin:end]
        start, number = end + 1, number + 1
