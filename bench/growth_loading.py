"""Years of one organiser's bookings, loaded as events: a booking that was made and invoiced, told many times over.

Each telling has ids, a person, a season and numbers of its own. Unique keys of addresses are left out: nothing that is
measured asks for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.people.participant import Participant
from bench.town import Town, furnish
from domain.billing.number_series import NumberSeries
from domain.booking.seating import Seating
from domain.kernel.aggregate import Aggregate
from domain.kernel.documents import ocr_of
from domain.kernel.ids import PersonId
from infrastructure.event_store.throughput.snapshots import snapshot_codec
from infrastructure.keys.keyring import person_key
from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.replay import without_timeouts
from web.wiring import Installation

IN_SEASON, OFTEN = 250, 1000
"""Seats taken in a season, and how many bookings the one person makes who books most."""

_AT_ONCE = 4096
"""Positions that a transaction has."""

_FIRST = (
    "Anna|Åsa|Örjan|Ärla|Björn|Cecilia|David|Elsa|Fatima|Gustav|Hanna|Jonas|Karin|Lars|Maja|Sara|Tove|Łukasz|Élodie"
)
_LAST = "Andersson|Berg|Cederqvist|Dahl|Ek|Forsberg|Grön|Håkansson|Isaksson|Jönsson|Karlsson|Lind|Möller|Öberg|Åkesson"

_COLUMNS = "originator_id, originator_version, position, topic, state, recorded_at, actor, command_id, organiser_id"
_TOLD = """
select originator_id, originator_version, topic, convert_from(state, 'UTF8'), recorded_at, actor from event
where position > %s order by position"""
_SEATINGS = "select season_id, seating_id from season.seating where season_id = any(%s)"
_SNAPSHOT = """
insert into snapshot (originator_id, originator_version, shape, state, taken_at) values (%s, %s, %s, %s, %s)"""
_VERSION = "select coalesce(max(originator_version), 0) from event where originator_id = %s"
_LAST_POSITION = "select coalesce(max(position), 0) from event"


@dataclass(frozen=True)
class Loaded:
    """A town with a past: its people, who booked most, and how many events there are."""

    town: Town
    people: Sequence[UUID]
    often: PersonId
    bookings: Sequence[UUID]
    events: int


@dataclass(frozen=True)
class Template:
    """One event of the booking that was made."""

    stream: UUID
    topic: str
    text: str
    recorded_at: Any
    actor: str


def name_of(number: int) -> str:
    """What somebody is called: some 300 names, and a number where they run out."""
    first, last = _FIRST.split("|"), _LAST.split("|")
    name = f"{first[number % len(first)]} {last[number // len(first) % len(last)]}"
    return name if number < len(first) * len(last) else f"{name} {number}"


def load(house: Installation, number: int, in_season: int = IN_SEASON) -> Loaded:
    """Found a town in which `number` people have made so many bookings, each with its invoice."""
    town = furnish(house.services, seasons=max(1, -(-number // in_season)), people=2)
    house.worker.catch_up()
    [(before,)] = house.store.query(_LAST_POSITION, [])
    booker, colleague = town.members
    command = MakeBooking(town.hot, (Participant(colleague.person_id),), town.organisation_id)
    booking_id = house.services.bookings.make(booker.actor, command).answer.booking_id
    house.worker.catch_up()
    told = [Template(row[0], *row[2:]) for row in house.store.query(_TOLD, [before])]
    chance = Random(number)  # noqa: S311  # ids of a bench
    ids = [[UUID(int=chance.getrandbits(128), version=4) for _ in range(number)] for _ in range(3)]
    people, bookings, documents = ids
    with house.store.connections.dedicated() as connection:
        without_timeouts(connection)
        _put(connection, _registered(house, connection, town, people))
        telling = _Telling(house, town, told, booking_id, colleague.person_id, booker.person_id)
        _put(connection, telling.run(people, bookings, documents, in_season))
        _keep(house, connection, telling.long_streams)
        connection.execute(
            "update tracking set position = (select max(position) from event) where name in ('policies', 'chain')"
        )
        [(events,)] = connection.execute("select count(*) from event").fetchall()
    return Loaded(town, people, PersonId(people[0]), bookings, int(events))


def _registered(
    house: Installation, connection: Connection, town: Town, people: Sequence[UUID]
) -> Iterator[tuple[Any, ...]]:
    """People become known, each under a key of their own."""
    keyring, now, organiser = house.store.keyring, house.store.clock.now(), town.admin.organiser_id
    with (
        connection.cursor() as cursor,
        cursor.copy("copy data_key (scope, subject, period, epoch, wrapped, created_at) from stdin") as copy,
    ):
        made = []
        for person_id in people:
            key, epoch, wrapped = keyring.mint(person_key(person_id))
            copy.write_row([*person_key(person_id), epoch, wrapped, now])
            made.append(key)
    for number, (person_id, key) in enumerate(zip(people, made, strict=True)):
        cells = {"name": name_of(number), "email": f"person.{number}@example.org"}
        sealed = {field: key.encrypt(person_key(person_id), field, text) for field, text in cells.items()}
        state = msgspec.json.encode({"organiser_id": organiser, **sealed})
        yield person_id, 1, "Person.Registered", state, now, "bench-admin|admin|", None, organiser


class _Telling:
    """The events of a booking and its invoice, told of others."""

    def __init__(
        self, house: Installation, town: Town, told: Sequence[Template], booking: UUID, seated: UUID, booker: UUID
    ) -> None:
        self._organiser = town.admin.organiser_id
        self._told = [each for each in told if not each.topic.endswith(".Begun")]
        self._booking, self._seated, self._booker, self._hot = booking, seated, booker, town.hot
        self._seasons = list(town.seasons)
        rows = house.store.query(_SEATINGS, [[*town.seasons, town.hot]])
        self._seatings: Mapping[UUID, UUID] = dict(rows)
        [self._document] = [each.stream for each in told if each.topic == "Invoice.Issued"]
        [self._series] = [each.stream for each in told if each.topic == "NumberSeries.Drawn"]
        streams = [self._series, *self._seatings.values()]
        self.long_streams: dict[UUID, type[Aggregate]] = {
            **dict.fromkeys(self._seatings.values(), Seating),
            self._series: NumberSeries,
        }
        self._versions = {one: int(house.store.query(_VERSION, [one])[0][0]) for one in streams}

    def run(
        self, people: Sequence[UUID], bookings: Sequence[UUID], documents: Sequence[UUID], in_season: int
    ) -> Iterator[tuple[Any, ...]]:
        """Every event of every booking, in order."""
        for number, (person_id, booking_id, document_id) in enumerate(zip(people, bookings, documents, strict=True)):
            season_id = self._seasons[number // in_season]
            booker = people[0] if number < OFTEN else person_id
            known = {
                str(self._booking): str(booking_id),
                str(self._document): str(document_id),
                str(self._seated): str(person_id),
                str(self._booker): str(booker),
                str(self._hot): str(season_id),
                '"number":1,': f'"number":{number + 2},',
                '"ocr":"133"': f'"ocr":"{ocr_of(number + 2)}"',
            }
            streams = {
                self._booking: booking_id,
                self._document: document_id,
                self._seatings[self._hot]: self._seatings[season_id],
            }
            yield from self._one(known, streams, command=booking_id)

    def _one(self, known: Mapping[str, str], streams: Mapping[UUID, UUID], command: UUID) -> Iterator[tuple[Any, ...]]:
        for each in self._told:
            text, actor = each.text, each.actor
            for was, now in known.items():
                text = text.replace(was, now)
            stream = streams.get(each.stream, each.stream)
            version = 1
            if stream in self._versions:
                version = self._versions[stream] = self._versions[stream] + 1
            yield stream, version, each.topic, text.encode(), each.recorded_at, actor, command, self._organiser


def _keep(house: Installation, connection: Connection, streams: Mapping[UUID, type[Aggregate]]) -> None:
    """Snapshots, as the store keeps them of long streams every so many events."""
    for aggregate_id, kind in streams.items():
        codec, now = snapshot_codec(kind), house.store.clock.now()
        aggregate = _folded(house, kind, aggregate_id)
        if codec is not None and aggregate.version >= kind.SNAPSHOT_EVERY:
            state = codec.encode(aggregate)
            connection.execute(_SNAPSHOT, [aggregate_id, aggregate.version, codec.shape, state, now])


def _folded(house: Installation, kind: type[Aggregate], aggregate_id: UUID) -> Aggregate:
    return house.store.decisions.dry_run(SYSTEM, lambda work: work.load(kind, aggregate_id))


def _put(connection: Connection, events: Iterable[tuple[Any, ...]]) -> None:
    """Record events in their order, as many in a transaction as have places."""
    waiting = iter(events)
    while some := list(itertools.islice(waiting, _AT_ONCE)):
        with connection.transaction():
            [(here,)] = connection.execute("select position_here()").fetchall()
            with connection.cursor() as cursor, cursor.copy(f"copy event ({_COLUMNS}) from stdin".encode()) as copy:
                for number, (stream, version, *rest) in enumerate(some):
                    copy.write_row([stream, version, here + number, *rest])
