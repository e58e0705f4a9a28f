"""How questions are put to the read models: rows, pages with opaque cursors, and names revealed at the edge."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from psycopg.abc import Params

from application.kernel.page import MOST, Page, PersonName
from application.kernel.ports import Clock
from domain.kernel.errors import BadValue
from domain.kernel.personal import Encrypted
from domain.kernel.terms import day_in
from infrastructure.keys.keyring import Keyring
from infrastructure.read_models.kernel.sorting import sort_key

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Query = Callable[[str, Params], Rows]

_ZONE = "select zone from programme.organiser where organiser_id = %s"
_NAMES = """
select p.person_id, coalesce(q.name, p.name) from people.person p
left join people.person q on q.person_id = p.merged_into
where p.person_id = any(%s::uuid[]) and not coalesce(q.is_erased, p.is_erased)"""

SAME = "any(array(select same_id from people.known_as where person_id = %s))"
"""In a condition on a person's id: by whichever id they go, their own and those of entries merged into theirs."""


class Reader:
    """What every question needs: the read models' rows, the keys to personal data, and the instant."""

    def __init__(self, query: Query, keyring: Keyring, clock: Clock) -> None:
        self.query, self.keyring, self.clock = query, keyring, clock

    def decrypt(self, values: Sequence[bytes | None]) -> list[str | None]:
        """Encrypted columns in clear, in order; None for what has been erased."""
        sealed = [None if value is None else _SEALED.decode(value) for value in values]
        return self.keyring.reveal_many(sealed)

    def details(self, value: bytes | None) -> dict[str, str]:
        """A sealed JSON object, such as a buyer's name and address; empty once it has been erased."""
        return read_json(dict[str, str], self.decrypt([value])[0] or "{}")

    def typed_names(self, values: Sequence[bytes | None]) -> list[str | None]:
        """The name in each sealed JSON object; None where there is none (any longer)."""
        texts = self.decrypt(values)
        return [None if text is None else read_json(dict[str, str], text).get("name") or None for text in texts]

    def today(self, organiser_id: UUID) -> date:
        """The local day it is in an organiser's zone."""
        rows = self.query(_ZONE, [organiser_id])
        return day_in(self.clock.now(), str(rows[0][0]) if rows else "UTC")

    def names(self, people: Iterable[UUID | None]) -> Mapping[UUID, str | None]:
        """The names of people; who has been erased, or is not known yet, is missing."""
        wanted = list({one for one in people if one is not None})
        if not wanted:
            return {}
        rows = self.query(_NAMES, [wanted])
        return dict(zip([row[0] for row in rows], self.decrypt([row[1] for row in rows]), strict=True))

    def named(self, people: Sequence[UUID]) -> tuple[PersonName, ...]:
        """People with their names, in the order given."""
        names = self.names(people)
        return tuple(PersonName(one, names.get(one)) for one in people)


def read_json(kind: type[T], text: str) -> T:
    """The value in a jsonb column."""
    return msgspec.json.decode(text, type=kind)


def page_of(
    rows: Rows, limit: int, make: Callable[[Rows], Sequence[T]], place: Callable[[tuple[Any, ...]], object]
) -> Page[T]:
    """A page of the rows, of which one more than `limit` was asked for; `place`: where the next page starts after."""
    shown = rows[:limit]
    cursor = written(place(shown[-1])) if len(rows) > limit else None
    return Page(tuple(make(shown)), cursor)


def written(place: object) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()


def place_in(cursor: str | None, kind: type[T]) -> T | None:
    """The place that a cursor names. Raises BadValue for one that was not given out."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        place = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=kind)
    except (ValueError, msgspec.MsgspecError):
        raise BadValue(field="cursor", why="is not one that was given out") from None
    if not _can_be_asked_for(place):
        raise BadValue(field="cursor", why="is not one that was given out")
    return place


def _can_be_asked_for(place: object) -> bool:
    match place:
        case int():
            return -(2**63) <= place < 2**63
        case str():
            return "\0" not in place
        case tuple():
            return all(_can_be_asked_for(each) for each in place)
        case _:
            return True


def bounded(limit: int) -> int:
    """How many rows a page may have. Raises BadValue."""
    if not 1 <= limit <= MOST:
        raise BadValue(field="limit", why=f"1 to {MOST}")
    return limit


def by_name(name: str | None) -> tuple[bool, str]:
    """How a name sorts; those without one come last."""
    return name is None, sort_key(name or "")


_SEALED = msgspec.json.Decoder(Encrypted)
