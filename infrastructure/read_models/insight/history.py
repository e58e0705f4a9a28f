"""The history: which events concern whom. The events themselves are told from the log, so nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from domain.access.token import Token
from domain.access.webhook import Webhook
from domain.attendance.attendance import Attendance
from domain.attendance.door import Door
from domain.attendance.participation import Participation
from domain.billing.credit_note import CreditNote
from domain.billing.delivery import Delivery
from domain.billing.invoice import Invoice
from domain.booking.application import Application
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.purchase import Purchase
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.booking.waiting_rules import WaitingRules
from domain.learning.learning import Learning
from domain.learning.round import Round
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.programme.network import Network
from domain.programme.season import Season
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry, Fact

E = TypeVar("E", bound=Fact)

LINK = Table(
    "history",
    "link",
    {"subject_id": "uuid", "stream_id": "uuid", "version": "bigint", "position": "bigint"},
    key=("subject_id", "stream_id", "version"),
    indexes=("(subject_id, position) where version > 0", "(subject_id) where version = 0"),
)
"""One event of a stream (version 0: all of them) belongs to the history of somebody or something else as well.

`position`: where in the log the event stands that says so; the latest are found by it.
"""

HISTORY = Projection("history", version=4, tables=(LINK,))
WHOLE = 0


Subjects = Callable[[E], Iterable[UUID | None]]


def _about(kind: type[E], subjects: Subjects[E]) -> None:
    """Such an event belongs, alone, to the histories of its subjects as well."""

    def link(event: E, entry: Entry) -> Iterable[Change]:
        return _linked(event, entry, event.originator_version, subjects(event))

    HISTORY.on(kind)(link)


def _belongs(kind: type[E], subjects: Subjects[E], alone: Subjects[E] = lambda _: ()) -> None:
    """Such an event and all that follow in its stream belong to its subjects; to those of `alone` only the event."""

    def link(event: E, entry: Entry) -> Iterable[Change]:
        yield from _linked(event, entry, WHOLE, [each for each in subjects(event) if each != event.originator_id])
        yield from _linked(event, entry, event.originator_version, alone(event))

    HISTORY.on(kind)(link)


def _linked(event: Fact, entry: Entry, version: int, subjects: Iterable[UUID | None]) -> Iterable[Change]:
    for subject in dict.fromkeys(subjects):
        if subject is not None:
            stream = event.originator_id
            yield LINK.put(subject_id=subject, stream_id=stream, version=version, position=entry.position)


def _people_of(event: Booking.Made) -> Iterable[UUID | None]:
    payer = event.payer
    return (event.booked_by, payer.person_id, *(seat.person_id for seat in event.seats), payer.organisation_id)


_belongs(Application.Made, lambda event: [event.season_id, event.person_id])
_about(Booking.Made, _people_of)
_about(Booking.ParticipantNamed, lambda event: [event.person_id])
_about(Booking.SeatTransferred, lambda event: [event.from_person_id, event.to_person_id])
_belongs(Attendance.CheckedIn, lambda event: [event.person_id])
_belongs(Learning.Begun, lambda event: [event.season_id])
_belongs(Round.Opened, lambda event: [event.season_id])
_belongs(Door.Agreed, lambda event: [event.season_id])
_belongs(Cancellation.Requested, lambda event: [event.booking_id])
_belongs(Transfer.Proposed, lambda event: [event.booking_id, event.from_person_id, event.to_person_id])
_belongs(
    Invoice.Issued,
    lambda event: [event.source_id, *{line.refers_to for line in event.lines}, event.buyer.person_id],
    alone=lambda event: [event.buyer.organisation_id],
)
_belongs(
    CreditNote.Issued,
    lambda event: [event.invoice_id, event.source_id, event.buyer.person_id],
    alone=lambda event: [event.buyer.organisation_id],
)
_belongs(Delivery.Queued, lambda event: [event.document_id])
_belongs(Purchase.Made, lambda event: [event.bought_by, event.payer.organisation_id])
_belongs(Membership.Granted, lambda event: [event.holder_id])
_about(Network.AdmissionAsked, lambda event: [event.person_id])
_about(Network.AdmissionDecided, lambda event: [event.person_id])
_about(Network.PartnerJoined, lambda event: [event.organisation_id])
_about(Network.PartnerLeft, lambda event: [event.organisation_id])
_about(Person.Employed, lambda event: [event.organisation_id])
_about(Person.EmploymentVouched, lambda event: [event.organisation_id, event.vouched_by])
_about(Person.EmploymentRefuted, lambda event: [event.organisation_id])
_about(Person.EmploymentEnded, lambda event: [event.organisation_id])
_about(Person.EmploymentCorrected, lambda event: [event.organisation_id])
_about(Person.EmploymentWithdrawn, lambda event: [event.organisation_id])
_about(Organisation.ContactAppointed, lambda event: [event.person_id])
_about(Organisation.ContactDismissed, lambda event: [event.person_id])
_about(Organiser.StaffAppointed, lambda event: [event.person_id])
_about(Organiser.StaffDismissed, lambda event: [event.person_id])
_belongs(Safeguard.Begun, lambda event: [event.organiser_id])
_belongs(Token.Made, lambda event: [event.organiser_id, event.made_by, event.person_id])
_belongs(Webhook.Made, lambda event: [event.organiser_id, event.made_by])
_about(
    Season.LeadersNamed,
    lambda event: [*event.leaders, *event.contacts, *event.were_leaders, *event.were_contacts],
)
_belongs(Seating.Opened, lambda event: [event.season_id])
_about(Participation.WayChosen, lambda event: [event.booking_id, event.person_id])
_about(Participation.ComingDeclined, lambda event: [event.booking_id, event.person_id])
_belongs(FirstRefusal.Offered, lambda event: [event.season_id, event.person_id])
_about(Seating.QueueJoined, lambda event: [event.person_id])
_about(Seating.SeatOffered, lambda event: [event.person_id])
_about(Seating.OfferLapsed, lambda event: [event.person_id])
_belongs(WaitingRules.Agreed, lambda event: [event.scope_id])
