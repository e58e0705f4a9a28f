"""Seats held for those who wait: offered or gathered, until when, and who was passed over."""

from __future__ import annotations

from domain.booking.seating import Seating
from infrastructure.read_models.kernel.projection import Projection, aggregate_id, recorded_at
from infrastructure.read_models.kernel.table import Table

OFFER = Table(
    "seat_offer",
    "offer",
    {
        "place_id": "uuid",
        "seating_id": "uuid",
        "seats": "bigint",
        "until": "timestamptz",
        "state": "text",
        "position": "bigint",
    },
    key=("place_id",),
    indexes=("(seating_id)", "(until)"),
)
PASSED = Table(
    "seat_offer",
    "passed",
    {"place_id": "uuid", "seating_id": "uuid", "free": "bigint", "passed_at": "timestamptz"},
    key=("place_id",),
)
MOVED = Table(
    "seat_offer",
    "moved",
    {"place_id": "uuid", "seating_id": "uuid", "reason": "bytea", "moved_at": "timestamptz"},
    key=("place_id",),
)
SEAT_OFFERS = Projection("seat_offer", version=1, tables=(OFFER, PASSED, MOVED))

SEAT_OFFERS.puts(Seating.SeatOffered, OFFER, seating_id=aggregate_id, state="offered")
SEAT_OFFERS.puts(Seating.SeatsGathered, OFFER, seating_id=aggregate_id, state="gathered")
SEAT_OFFERS.sets(Seating.OfferProlonged, OFFER, until=lambda event, _: event.until)
SEAT_OFFERS.deletes(Seating.OfferAccepted, OFFER)
SEAT_OFFERS.deletes(Seating.OfferDeclined, OFFER)
SEAT_OFFERS.deletes(Seating.OfferLapsed, OFFER)
SEAT_OFFERS.deletes(Seating.OfferWithdrawn, OFFER)
SEAT_OFFERS.deletes(Seating.GatheringEnded, OFFER)
SEAT_OFFERS.puts(Seating.PartyPassedOver, PASSED, seating_id=aggregate_id, passed_at=recorded_at)
SEAT_OFFERS.deletes(Seating.QueueLeft, PASSED)
SEAT_OFFERS.puts(
    Seating.QueueReordered,
    MOVED,
    seating_id=aggregate_id,
    moved_at=recorded_at,
)
SEAT_OFFERS.deletes(Seating.QueueLeft, MOVED)
