"""How questions are put to the read models: rows, pages with opaque cursors, and names revealed at the edge."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property, partial
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec
from psycopg.abc import Params
from psycopg.rows import RowFactory, dict_row, tuple_row

from application.kernel.page import MOST, Page, PersonName
from application.kernel.ports import Clock
from domain.kernel.errors import BadValue
from domain.kernel.personal import Encrypted
from domain.kernel.terms import day_in
from infrastructure.keys.keyring import Keyring
from infrastructure.read_models.kernel.sorting import sort_key

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Cells = dict[str, Any]


_IS_CONTACT = "select 1 from people.contact where organisation_id = %s and person_id = %s"
_ZONE = "select zone from programme.organiser where organiser_id = %s"
_NAMES = """
select p.person_id, coalesce(q.name, p.name), coalesce(q.face, p.face) from people.person p
left join people.person q on q.person_id = p.merged_into
where p.person_id = any(%s::uuid[]) and not coalesce(q.is_erased, p.is_erased)"""

SAME = "any(array(select same_id from people.known_as where person_id = %s))"
"""In a condition on a person's id: by whichever id they go, their own and those of entries merged into theirs."""


class Query(Protocol):
    """Puts a question to the database."""

    def __call__(self, statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> list[Any]:
        """Its rows."""


@dataclass(frozen=True)
class Shape(Generic[T]):
    """How the columns of a question, named as the fields of `kind`, become one: what has to be read of them first.

    `encrypted`: columns to decrypt. `typed`: sealed objects (a buyer's name and address) of which the name is wanted.
    `json`: columns of JSON text, by what they hold. `names`: fields that name the person whose id is in a column,
    unless the question has named them already. `made`: fields made of the other columns.
    """

    kind: Callable[..., T]
    encrypted: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    json: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Callable[[Cells], object]] = field(default_factory=dict)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The columns that it takes; others are there to find the next page by, or to make fields of."""
        return frozenset(each.name for each in fields(self.kind))  # type: ignore[arg-type]  # a dataclass


class Reader:
    """What every question needs: the read models' rows, the keys to personal data, and the instant."""

    def __init__(self, query: Query, keyring: Keyring, clock: Clock) -> None:
        self.query, self.keyring, self.clock = query, keyring, clock

    def rows(self, shape: Shape[T], statement: str, arguments: Params) -> tuple[T, ...]:
        """The rows of a question in their shape."""
        return self.shaped(shape, self.cells(statement, arguments))

    def row(self, shape: Shape[T], statement: str, arguments: Params) -> T | None:
        """The one row of a question, or None."""
        return next(iter(self.rows(shape, statement, arguments)), None)

    def page(self, shape: Shape[T], statement: str, arguments: Params, limit: int, *place: str) -> Page[T]:
        """A page of a question that asks for one row more than `limit`; `place`: columns of the next one's cursor."""
        return page_by(self.cells(statement, arguments), limit, partial(self.shaped, shape), *place)

    def cells(self, statement: str, arguments: Params) -> list[Cells]:
        """The rows of a question by the names of their columns."""
        return self.query(statement, arguments, dict_row)

    def shaped(self, shape: Shape[T], rows: list[Cells]) -> tuple[T, ...]:
        """Rows in their shape."""
        texts = self.decrypt([row[column] for column in shape.encrypted for row in rows])
        for no, column in enumerate(shape.encrypted):
            _fill(rows, column, texts[no * len(rows) : (no + 1) * len(rows)])
        for column in shape.typed:
            _fill(rows, column, self.typed_names([row[column] for row in rows]))
        if shape.names:
            names = self.names(row[person] for row in rows for person in shape.names.values())
            for row in rows:
                row.update((name, row.get(name) or names.get(row[who])) for name, who in shape.names.items())
        for row in rows:
            for column, kind in shape.json.items():
                row[column] = None if row[column] is None else read_json(kind, row[column])
            for name, make in shape.made.items():
                row[name] = make(row)
        taken = [name for name in rows[0] if name in shape.fields] if rows else []
        return tuple([shape.kind(**{name: row[name] for name in taken}) for row in rows])

    def decrypt(self, values: Sequence[bytes | None]) -> list[str | None]:
        """Encrypted columns in clear, in order; None for what has been erased."""
        sealed = [None if value is None else _SEALED.decode(value) for value in values]
        return self.keyring.decrypt_many(sealed)

    def details(self, value: bytes | None) -> dict[str, str]:
        """A sealed JSON object, such as a buyer's name and address; empty once it has been erased."""
        return read_json(dict[str, str], self.decrypt([value])[0] or "{}")

    def typed_names(self, values: Sequence[bytes | None]) -> list[str | None]:
        """The name in each sealed JSON object; None where there is none (any longer)."""
        texts = self.decrypt(values)
        return [None if text is None else read_json(dict[str, str], text).get("name") or None for text in texts]

    def is_contact(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person is a contact of an organisation."""
        return bool(self.query(_IS_CONTACT, [organisation_id, person_id]))

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
        """People with their names and faces, in the order given."""
        rows = {row[0]: row for row in self.query(_NAMES, [list(set(people))])} if people else {}
        names = dict(zip(rows, self.decrypt([row[1] for row in rows.values()]), strict=True))
        return tuple(PersonName(one, names.get(one), rows[one][2] if one in rows else "") for one in people)


class Tables:
    """A read model that answers the questions of a noun on its tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader


def where(conditions: Mapping[str, object]) -> tuple[str, list[Any]]:
    """The conditions that have a value, joined, and what they are asked with; a tuple is several values."""
    chosen = {condition: value for condition, value in conditions.items() if value is not None}
    values = [each for value in chosen.values() for each in (value if isinstance(value, tuple) else (value,))]
    return " and ".join(chosen), values


def read_json(kind: type[T], text: str) -> T:
    """The value in a jsonb column."""
    return msgspec.json.decode(text, type=kind)


def _fill(rows: list[Cells], column: str, values: Sequence[object]) -> None:
    for row, value in zip(rows, values, strict=True):
        row[column] = value


def page_by(rows: list[Cells], limit: int, make: Callable[[list[Cells]], Sequence[T]], *place: str) -> Page[T]:
    """A page of the rows, of which one more than `limit` was asked for; `place`: columns of the next one's cursor."""
    cursor = None
    if len(rows) > limit:
        last = [rows[limit - 1][name] for name in place]
        cursor = written(last if len(last) > 1 else last[0])
    return Page(tuple(make(rows[:limit])), cursor)


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
