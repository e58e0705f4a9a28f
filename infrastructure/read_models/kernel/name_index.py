"""An organiser's people by name, held in each process's memory: names are ciphertext in every table, and stay so.

The first question of a process reveals the names once; after that it reads who is new or has been erased since, by the
position of the event that said so. Nobody who has been erased is in it at the next question.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from domain.kernel.text import visible
from infrastructure.read_models.kernel.sorting import search_key, sort_key

MOST_KEPT = 16
"""Of how many organisers a process remembers people at once."""

Place = tuple[bool, str, UUID]
"""How a person sorts: those without a name last, then by name, then by id."""


@dataclass(frozen=True)
class Named:
    """Who has become known, been erased (no name, no address) or merged into another (gone), at a position."""

    person_id: UUID
    name: str | None
    email: str | None
    position: int
    is_gone: bool = False


Since = Callable[[UUID, int], Sequence[Named]]
"""An organiser's people whose name or erasure was recorded after a position, in order of position."""


@dataclass
class _People:
    read_to: int = -1
    places: list[Place] = field(default_factory=list)
    known: dict[UUID, tuple[Place, str, int]] = field(default_factory=dict)
    ids: list[UUID] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    turn: Lock = field(default_factory=Lock)

    def take_in(self, news: Sequence[Named]) -> None:
        if not news:
            return
        fresh: list[Place] = []
        for each in news:
            self._forget(each.person_id)
            self.read_to = max(self.read_to, each.position)
            if each.is_gone:
                continue
            place = (each.name is None, sort_key(each.name or ""), each.person_id)
            self.known[each.person_id] = (place, sort_key(each.email or ""), each.position)
            fresh.append(place)
        self.places = sorted([*self.places, *fresh])
        self.ids = [place[2] for place in self.places]
        self.words = [f"{place[1]}\0{self.known[place[2]][1]}" for place in self.places]
        self.plain = [search_key(words) for words in self.words]

    def _forget(self, person_id: UUID) -> None:
        known = self.known.pop(person_id, None)
        if known is not None:
            del self.places[bisect_left(self.places, known[0])]


class NameIndex:
    """People in the order of their names, and those whose name or address has some words in it."""

    def __init__(self, since: Since) -> None:
        self._since = since
        self._organisers: OrderedDict[UUID, _People] = OrderedDict()
        self._turn = Lock()

    def by_name(self, organiser_id: UUID, search: str = "") -> Sequence[UUID]:
        """Everybody, by name; `search` is part of a name or an address: those that have it as written come first."""
        words = sort_key(visible(search))
        people = self._people(organiser_id)
        with people.turn:
            people.take_in(self._since(organiser_id, people.read_to))
            if not words:
                return people.ids
            exact = [one for one, written in zip(people.ids, people.words, strict=True) if words in written]
            like, seen = search_key(words), set(exact)
            named = zip(people.ids, people.plain, strict=True)
            return exact + [one for one, written in named if like in written and one not in seen]

    def latest(self, organiser_id: UUID, search: str = "") -> Sequence[UUID]:
        """The same, those who became known (or were erased) last first."""
        found = self.by_name(organiser_id, search)
        people = self._people(organiser_id)
        with people.turn:
            return sorted(found, key=lambda one: -people.known[one][2] if one in people.known else 0)

    def alike(self, organiser_id: UUID) -> set[UUID]:
        """Those whose address or name is somebody else's as well, accents apart: perhaps one person in two entries."""
        self.by_name(organiser_id)
        people, found = self._people(organiser_id), dict[str, list[UUID]]()
        with people.turn:
            for who, ((_, name, _), email, _) in people.known.items():
                for word in (f"@{email}" if email else "", search_key(name)):
                    if word:
                        found.setdefault(word, []).append(who)
        return {one for together in found.values() if len(together) > 1 for one in together}

    def _people(self, organiser_id: UUID) -> _People:
        with self._turn:
            people = self._organisers.setdefault(organiser_id, _People())
            self._organisers.move_to_end(organiser_id)
            if len(self._organisers) > MOST_KEPT:
                self._organisers.popitem(last=False)
            return people
