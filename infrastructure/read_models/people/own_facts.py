"""Which events hold something sealed for a person, or say what a person pays: all that is handed out of what is kept.

Every kind of event that can hold a sealed value is followed, by its own declaration: a new one is in without a word.
"""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

import msgspec

from application.people.queries.own_facts import OwnFact
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import Reader
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import Entry, EventMapper, Fact, FactRow, events_of

HOLDS = Table(
    "own",
    "holds",
    {"person_id": "uuid", "stream_id": "uuid", "version": "bigint", "position": "bigint"},
    key=("person_id", "stream_id", "version"),
    indexes=("(person_id, position)",),
)
OWN = Projection("own", version=1, tables=(HOLDS,))

SECRETS = frozenset({"code", "secret"})
"""Let somebody in, or open a picture that is taken back later, and say nothing about them."""

TOLD_APART = ("Cancellation.", "Transfer.")
"""Pleas, reasons and answers are told with their cases, to whom they are about."""

_EVENTS = """
select e.topic, e.originator_id, e.originator_version, e.recorded_at, e.state, e.position
from (select distinct stream_id, version, position from own.holds where person_id = any(%s::uuid[])) h
join event e on e.originator_id = h.stream_id and e.originator_version = h.version
order by h.position, h.version"""


def can_hold(hint: Any) -> bool:
    """Whether a value of that type may hold something sealed or who pays."""
    if hint in (Encrypted, Payer):
        return True
    if is_dataclass(hint) and isinstance(hint, type):
        return any(can_hold(each) for each in typing.get_type_hints(hint).values())
    return any(can_hold(each) for each in typing.get_args(hint))


def events_that_hold() -> Iterator[type[Fact]]:
    """Every kind of event that can hold something of a person's."""
    for kind in AGGREGATES:
        for event in events_of(kind):
            if any(can_hold(hint) for hint in typing.get_type_hints(event).values()):
                yield event


_HOLDING: dict[type, tuple[str, ...]] = {}


def _holding(kind: type) -> tuple[str, ...]:
    """The fields of a class that can hold something: nothing is looked for in the others."""
    if kind not in _HOLDING:
        hints = typing.get_type_hints(kind) if is_dataclass(kind) else {}
        _HOLDING[kind] = tuple(each.name for each in fields(kind) if can_hold(hints[each.name])) if hints else ()
    return _HOLDING[kind]


def held_in(value: object, path: str = "") -> Iterator[tuple[str, Encrypted | Payer]]:
    """What an event holds, with the path to it."""
    if isinstance(value, Encrypted):
        yield path, value
        return
    if isinstance(value, Payer):
        yield path, value
    if isinstance(value, tuple | list):
        above, _, name = path.rpartition(".")
        for each in value:
            yield from held_in(each, f"{above}.{name}" if above else name)
        return
    for name in _holding(type(value)):
        yield from held_in(getattr(value, name), f"{path}.{name}" if path else name)


def facts_of(event: Fact) -> Iterator[tuple[str, Encrypted | Payer]]:
    """What an event holds, field by field."""
    for name in _holding(type(event)):
        yield from held_in(vars(event)[name], name)


def owner_of(event: Fact, held: Encrypted | Payer) -> UUID | None:
    """Whose it is: what a person's own record holds is theirs, under whichever key."""
    if isinstance(held, Payer):
        return held.person_id
    if held.scope != "person":
        return None
    return event.originator_id if type(event).__qualname__.startswith("Person.") else held.subject


def _follow(event: Fact, entry: Entry) -> Iterable[Change]:
    for owner in dict.fromkeys(owner_of(event, held) for _, held in facts_of(event)):
        if owner is not None:
            yield HOLDS.put(
                person_id=owner,
                stream_id=event.originator_id,
                version=event.originator_version,
                position=entry.position,
            )


for _event in events_that_hold():
    OWN.on(_event)(_follow)


class OwnFactTables:
    """`application.people.queries.own_facts.OwnFactModel` on the links and the log."""

    def __init__(self, reader: Reader, mapper: EventMapper) -> None:
        self._reader, self._mapper = reader, mapper

    def of(self, people: Collection[UUID]) -> tuple[OwnFact, ...]:
        """Everything that is sealed for a person, by all their ids, and what they said as a payer; oldest first."""
        found = []
        for row in self._reader.query(_EVENTS, [list(people)]):
            topic, at = str(row[0]), row[3]
            if not topic.startswith(TOLD_APART):
                event = self._mapper.decode(FactRow(*row))
                found += [OwnFact(at, topic, field, value) for field, value in self._told(event, people)]
        return tuple(found)

    def _told(self, event: Fact, people: Collection[UUID]) -> Iterator[tuple[str, str]]:
        mine = [(path, held) for path, held in facts_of(event) if owner_of(event, held) in people]
        sealed = [(path, held) for path, held in mine if isinstance(held, Encrypted)]
        values = self._reader.keyring.decrypt_many([held for _, held in sealed])
        for (path, _), value in zip(sealed, values, strict=True):
            if value and path.rpartition(".")[2] not in SECRETS:
                yield from _opened(path, value)
        for path, held in mine:
            if isinstance(held, Payer):
                clear = {"reference": held.reference, "order_number": held.order_number}
                yield from ((f"{path}.{name}", value) for name, value in clear.items() if value)


def _opened(path: str, value: str) -> Iterator[tuple[str, str]]:
    """A value; of several that were typed together (a buyer's name and address), each."""
    if not value.startswith("{"):
        yield path, value
        return
    try:
        inside = msgspec.json.decode(value, type=dict[str, str])
    except msgspec.MsgspecError:
        yield path, value
        return
    yield from ((f"{path}.{name}", each) for name, each in inside.items() if each)
