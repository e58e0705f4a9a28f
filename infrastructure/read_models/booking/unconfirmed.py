"""What strangers have asked for and not confirmed; no word of what they typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from application.booking.queries.unconfirmed import ORDER, REGISTRATION, Unconfirmed
from domain.booking.order import Order
from domain.booking.registration import Registration
from infrastructure.read_models.kernel.projection import Change, Projection, Table
from infrastructure.read_models.kernel.query import Shape, Tables
from infrastructure.serialization.event_mapper import Entry, Fact

ASKED = Table(
    "unconfirmed",
    "asked",
    {
        "asked_id": "uuid",
        "organiser_id": "uuid",
        "kind": "text",
        "season_id": "uuid",
        "seats": "bigint",
        "until": "timestamptz",
        "state": "text",
    },
    key=("asked_id",),
    indexes=("(state, until)", "(season_id, until) where state = 'held'"),
)
UNCONFIRMED = Projection("unconfirmed", version=1, tables=(ASKED,))

_DUE = """
select asked_id, kind, season_id, state from unconfirmed.asked
where state = 'held' and until <= %s or state = 'lapsed' and until <= %s order by until limit 200"""
_SEATS = """
select coalesce(sum(seats), 0) from unconfirmed.asked where season_id = %s and state = 'held' and until > %s"""


@UNCONFIRMED.on(Registration.Held)
def _held(event: Registration.Held, _: Entry) -> Iterable[Change]:
    season, seats = event.season_id, event.seats
    asked, organiser = event.originator_id, event.organiser_id
    yield ASKED.put(
        asked_id=asked, organiser_id=organiser, kind=REGISTRATION, season_id=season, seats=seats, until=event.until,
        state="held",
    )  # fmt: skip


@UNCONFIRMED.on(Order.Placed)
def _placed(event: Order.Placed, _: Entry) -> Iterable[Change]:
    asked, organiser = event.originator_id, event.organiser_id
    yield ASKED.put(
        asked_id=asked, organiser_id=organiser, kind=ORDER, season_id=None, seats=0, until=event.until, state="held"
    )


@UNCONFIRMED.on(Registration.Confirmed)
def _confirmed(event: Registration.Confirmed, _: Entry) -> Iterable[Change]:
    yield _gone(event)


@UNCONFIRMED.on(Order.Confirmed)
def _bought(event: Order.Confirmed, _: Entry) -> Iterable[Change]:
    yield _gone(event)


@UNCONFIRMED.on(Registration.Lapsed)
def _lapsed(event: Registration.Lapsed, _: Entry) -> Iterable[Change]:
    yield ASKED.change((event.originator_id,), state="lapsed")


@UNCONFIRMED.on(Order.Lapsed)
def _order_lapsed(event: Order.Lapsed, _: Entry) -> Iterable[Change]:
    yield ASKED.change((event.originator_id,), state="lapsed")


@UNCONFIRMED.on(Registration.Forgotten)
def _forgotten(event: Registration.Forgotten, _: Entry) -> Iterable[Change]:
    yield _gone(event)


@UNCONFIRMED.on(Order.Forgotten)
def _order_forgotten(event: Order.Forgotten, _: Entry) -> Iterable[Change]:
    yield _gone(event)


def _gone(event: Fact) -> Change:
    return ASKED.delete((event.originator_id,))


_ROW = Shape(Unconfirmed)


class UnconfirmedTables(Tables):
    """`application.booking.queries.unconfirmed.UnconfirmedModel` on the read models' tables."""

    def due(self, now: datetime, forgotten_before: datetime) -> tuple[Unconfirmed, ...]:
        return self._reader.rows(_ROW, _DUE, [now, forgotten_before])

    def seats_held(self, season_id: UUID, now: datetime) -> int:
        [(seats,)] = self._reader.query(_SEATS, [season_id, now])
        return int(seats)
