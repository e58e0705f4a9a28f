"""What strangers have asked for and not confirmed; no word of what they typed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from application.booking.queries.unconfirmed import APPLICATION, OPENING, ORDER, QUEUE, REGISTRATION, Unconfirmed
from domain.booking.application import Application
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import Shape, Tables
from infrastructure.read_models.kernel.table import Table

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
UNCONFIRMED = Projection("unconfirmed", version=2, tables=(ASKED,))

_DUE = """
select asked_id, kind, season_id, state from unconfirmed.asked
where state = 'held' and until <= %s or state = 'lapsed' and until <= %s order by until limit 200"""
_SEATS = """
select coalesce(sum(seats), 0) from unconfirmed.asked where season_id = %s and state = 'held' and until > %s"""


UNCONFIRMED.puts(Registration.Held, ASKED, kind=REGISTRATION, state="held")
UNCONFIRMED.deletes(Registration.Confirmed, ASKED)
UNCONFIRMED.sets(Registration.Lapsed, ASKED, state="lapsed")
UNCONFIRMED.deletes(Registration.Forgotten, ASKED)

UNCONFIRMED.puts(Order.Placed, ASKED, kind=ORDER, season_id=None, seats=0, state="held")
UNCONFIRMED.deletes(Order.Confirmed, ASKED)
UNCONFIRMED.sets(Order.Lapsed, ASKED, state="lapsed")
UNCONFIRMED.deletes(Order.Forgotten, ASKED)

UNCONFIRMED.puts(Application.Asked, ASKED, kind=APPLICATION, seats=0, state="held")
UNCONFIRMED.deletes(Application.Made, ASKED)
UNCONFIRMED.sets(Application.Lapsed, ASKED, state="lapsed")
UNCONFIRMED.deletes(Application.Forgotten, ASKED)
UNCONFIRMED.puts(QueueRequest.Asked, ASKED, kind=QUEUE, seats=0, state="held")
UNCONFIRMED.deletes(QueueRequest.Confirmed, ASKED)
UNCONFIRMED.sets(QueueRequest.Lapsed, ASKED, state="lapsed")
UNCONFIRMED.deletes(QueueRequest.Forgotten, ASKED)
UNCONFIRMED.puts(OpeningRequest.Asked, ASKED, kind=OPENING, seats=0, state="held")
UNCONFIRMED.deletes(OpeningRequest.Confirmed, ASKED)
UNCONFIRMED.sets(OpeningRequest.Lapsed, ASKED, state="lapsed")
UNCONFIRMED.deletes(OpeningRequest.Forgotten, ASKED)

_ROW = Shape(Unconfirmed)


class UnconfirmedTables(Tables):
    """`application.booking.queries.unconfirmed.UnconfirmedModel` on the read models' tables."""

    def due(self, now: datetime, forgotten_before: datetime) -> tuple[Unconfirmed, ...]:
        return self._reader.rows(_ROW, _DUE, [now, forgotten_before])

    def seats_held(self, season_id: UUID, now: datetime) -> int:
        [(seats,)] = self._reader.query(_SEATS, [season_id, now])
        return int(seats)
