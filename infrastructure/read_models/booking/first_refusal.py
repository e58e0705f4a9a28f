"""First refusals: for whom a seat of a season to come is kept, until when, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable

from domain.booking.first_refusal import FirstRefusal
from infrastructure.read_models.kernel.projection import Change, Projection, Table
from infrastructure.serialization.event_mapper import Entry, Fact

REFUSAL = Table(
    "first_refusal",
    "refusal",
    {
        "first_refusal_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "earlier_season_id": "uuid",
        "person_id": "uuid",
        "organisation_id": "uuid",
        "until_on": "date",
        "until": "timestamptz",
        "state": "text",
        "booking_id": "uuid",
        "answered_at": "timestamptz",
        "position": "bigint",
    },
    key=("first_refusal_id",),
    indexes=(
        "(season_id, position)",
        "(person_id, position)",
        "(organisation_id, position)",
        "(until) where state = 'offered'",
    ),
)
FIRST_REFUSALS = Projection("first_refusal", version=1, tables=(REFUSAL,))


@FIRST_REFUSALS.on(FirstRefusal.Offered)
def _offered(event: FirstRefusal.Offered, entry: Entry) -> Iterable[Change]:
    yield REFUSAL.put(
        first_refusal_id=event.originator_id,
        organiser_id=event.organiser_id,
        season_id=event.season_id,
        earlier_season_id=event.earlier_season_id,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
        until_on=event.until_on,
        until=event.until,
        state="offered",
        booking_id=None,
        answered_at=None,
        position=entry.position,
    )


@FIRST_REFUSALS.on(FirstRefusal.Used)
def _used(event: FirstRefusal.Used, entry: Entry) -> Iterable[Change]:
    yield _answered(event, entry, "used")
    yield REFUSAL.change((event.originator_id,), booking_id=event.booking_id)


@FIRST_REFUSALS.on(FirstRefusal.Declined)
def _declined(event: FirstRefusal.Declined, entry: Entry) -> Iterable[Change]:
    yield _answered(event, entry, "declined")


@FIRST_REFUSALS.on(FirstRefusal.Freed)
def _freed(event: FirstRefusal.Freed, entry: Entry) -> Iterable[Change]:
    yield _answered(event, entry, "freed")
    yield REFUSAL.change((event.originator_id,), booking_id=event.booking_id)


@FIRST_REFUSALS.on(FirstRefusal.Lapsed)
def _lapsed(event: FirstRefusal.Lapsed, entry: Entry) -> Iterable[Change]:
    yield _answered(event, entry, "lapsed")


def _answered(event: Fact, entry: Entry, state: str) -> Change:
    return REFUSAL.change((event.originator_id,), state=state, answered_at=entry.recorded_at)
