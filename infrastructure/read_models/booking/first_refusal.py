"""First refusals: for whom a seat of a season to come is kept, until when, and what they answered."""

from __future__ import annotations

from domain.booking.first_refusal import FirstRefusal
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.table import Table

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


FIRST_REFUSALS.puts(FirstRefusal.Offered, REFUSAL, state="offered", booking_id=None, answered_at=None)
FIRST_REFUSALS.sets(FirstRefusal.Used, REFUSAL, state="used", answered_at=recorded_at)
FIRST_REFUSALS.sets(FirstRefusal.Declined, REFUSAL, state="declined", answered_at=recorded_at)
FIRST_REFUSALS.sets(FirstRefusal.Freed, REFUSAL, state="freed", answered_at=recorded_at)
FIRST_REFUSALS.sets(FirstRefusal.Lapsed, REFUSAL, state="lapsed", answered_at=recorded_at)
