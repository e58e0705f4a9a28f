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
AttendanceId = NewType("AttendanceId", UUID)
TicketId = NewType("TicketId", UUID)
DoorId = NewType("DoorId", UUID)
RoundId = NewType("RoundId", UUID)
AnswerId = NewType("AnswerId", UUID)
LearningId = NewType("LearningId", UUID)
ContributionId = NewType("ContributionId", UUID)
TopicId = NewType("TopicId", UUID)

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


def waiting_rules_of(scope: UUID) -> UUID:
    """The one set of rules by which the waiting lists of an organiser, or of a season that has its own, move."""
    return derived(scope, "waiting rules")


def price_promise_of(place: UUID) -> UUID:
    """The one promise of a price that belongs to a place on a waiting list."""
    return derived(place, "price promise")


def invoice_of(source: UUID) -> InvoiceId:
    """The one invoice of a booking, a purchase or a transfer's difference, where it has one of its own."""
    return InvoiceId(derived(source, "invoice"))


def series_of(organiser: OrganiserId, documents: str) -> SeriesId:
    """An organiser's unbroken number series for one kind of document."""
    return SeriesId(derived(organiser, documents))


def letter_rules_of(organiser_id: OrganiserId, season_id: SeasonId | None = None) -> UUID:
    """Under which id the rules of an organiser, or of one of its seasons, are kept."""
    return derived(season_id or organiser_id, "letter-rules")


def attendance_of(meeting: MeetingId, person: PersonId) -> AttendanceId:
    """The one attendance of somebody at a meeting."""
    return AttendanceId(derived(meeting, person, "attendance"))


def ticket_of(booking: BookingId, seat: int, person: PersonId) -> TicketId:
    """The ticket of somebody for a seat; whoever the seat is handed over to has another one."""
    return TicketId(derived(booking, seat, person, "ticket"))


def door_of(season: SeasonId) -> DoorId:
    """The one door of a season."""
    return DoorId(derived(season, "door"))


def round_of(meeting: MeetingId) -> RoundId:
    """The one round of self-assessment of a meeting."""
    return RoundId(derived(meeting, "round"))


def answer_of(meeting: MeetingId, person: PersonId) -> AnswerId:
    """The one answer that somebody gives in a meeting's round."""
    return AnswerId(derived(meeting, person, "answer"))


def learning_of(season: SeasonId) -> LearningId:
    """The one learning record of a season."""
    return LearningId(derived(season, "learning"))


def contribution_of(about: UUID, kind: str, person: PersonId) -> ContributionId:
    """The one text of a kind that somebody writes about a season, or about a meeting."""
    return ContributionId(derived(about, kind, person, "contribution"))
