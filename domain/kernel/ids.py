"""Names of things: one type an id, so that a swapped id is a type error and not a wrong invoice."""

from __future__ import annotations

from functools import lru_cache
from typing import NewType
from uuid import UUID, uuid5

OrganiserId = NewType("OrganiserId", UUID)
PersonId = NewType("PersonId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
MembershipId = NewType("MembershipId", UUID)
NetworkId = NewType("NetworkId", UUID)
SeasonId = NewType("SeasonId", UUID)
SeatingId = NewType("SeatingId", UUID)
MeetingId = NewType("MeetingId", UUID)
BookingId = NewType("BookingId", UUID)
CancellationId = NewType("CancellationId", UUID)
TransferId = NewType("TransferId", UUID)
InvoiceId = NewType("InvoiceId", UUID)
CreditNoteId = NewType("CreditNoteId", UUID)
PurchaseId = NewType("PurchaseId", UUID)
SeriesId = NewType("SeriesId", UUID)

_PLATS = UUID("6f1d6c1e-6f0b-5f0a-9c55-1d6a0c1b2f77")


@lru_cache(maxsize=8192)
def derived(*parts: object) -> UUID:
    """An id that follows from other ids or fixed words (never from personal data, which it would give away)."""
    return uuid5(_PLATS, "/".join(str(part) for part in parts))


def seating_of(season: SeasonId) -> SeatingId:
    """The one seating of a season."""
    return SeatingId(derived(season, "seating"))


def membership_of(organiser: OrganiserId, holder: UUID, kind: str) -> MembershipId:
    """The one membership of a kind that a holder (organisation or person) has with an organiser."""
    return MembershipId(derived(organiser, holder, kind))


def purchase_with(booking: BookingId) -> PurchaseId:
    """The one purchase that is made together with a booking."""
    return PurchaseId(derived(booking, "purchase"))


def first_refusal_of(season: SeasonId, person: PersonId) -> UUID:
    """The one first refusal that somebody has in a season; its seat is held in the seating under the same id."""
    return derived(season, person, "first refusal")


def invoice_of(source: UUID) -> InvoiceId:
    """The one invoice of a booking, a purchase or a transfer's difference, where it has one of its own."""
    return InvoiceId(derived(source, "invoice"))


def series_of(organiser: OrganiserId, documents: str) -> SeriesId:
    """An organiser's unbroken number series for one kind of document."""
    return SeriesId(derived(organiser, documents))
