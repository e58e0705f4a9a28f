"""The history: which events concern whom. The events themselves are told from the log, so nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.booking import Booking
from domain.cancellation import Cancellation
from domain.credit_note import CreditNote
from domain.delivery import Delivery
from domain.invoice import Invoice
from domain.membership import Membership
from domain.network import Network
from domain.organisation import Organisation
from domain.organiser import Organiser
from domain.person import Person
from domain.purchase import Purchase
from domain.season import Season
from domain.seating import Seating
from domain.transfer import Transfer
from infrastructure.events.event_mapper import Fact
from infrastructure.events.log import Entry
from infrastructure.following.projection import Change, Projection, Table

LINK = Table(
    "history",
    "link",
    {"subject_id": "uuid", "stream_id": "uuid", "version": "bigint"},
    key=("subject_id", "stream_id", "version"),
)
"""One event of a stream (version 0: all of them) belongs to the history of somebody or something else as well."""

HISTORY = Projection("history", version=1, tables=(LINK,))
WHOLE = 0


@HISTORY.on(Booking.Made)
def _made(event: Booking.Made, _: Entry) -> Iterable[Change]:
    payer = event.payer
    people = (event.booked_by, payer.person_id, *(seat.person_id for seat in event.seats))
    yield from _about(event, *people, payer.organisation_id)


@HISTORY.on(Booking.ParticipantNamed)
def _named(event: Booking.ParticipantNamed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Booking.SeatTransferred)
def _transferred(event: Booking.SeatTransferred, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.from_person_id, event.to_person_id)


@HISTORY.on(Cancellation.Requested)
def _requested(event: Cancellation.Requested, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.booking_id)


@HISTORY.on(Transfer.Proposed)
def _proposed(event: Transfer.Proposed, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.booking_id, event.from_person_id, event.to_person_id)


@HISTORY.on(Invoice.Issued)
def _invoiced(event: Invoice.Issued, _: Entry) -> Iterable[Change]:
    sources = {line.refers_to for line in event.lines}
    yield from _belongs(event, event.source_id, *sources, event.buyer.person_id)
    yield from _about(event, event.buyer.organisation_id)


@HISTORY.on(CreditNote.Issued)
def _credited(event: CreditNote.Issued, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.invoice_id, event.source_id, event.buyer.person_id)
    yield from _about(event, event.buyer.organisation_id)


@HISTORY.on(Delivery.Queued)
def _queued(event: Delivery.Queued, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.document_id)


@HISTORY.on(Purchase.Made)
def _bought(event: Purchase.Made, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.bought_by, event.payer.organisation_id)


@HISTORY.on(Membership.Granted)
def _member(event: Membership.Granted, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.holder_id)


@HISTORY.on(Network.AdmissionAsked)
def _admission_asked(event: Network.AdmissionAsked, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Network.AdmissionDecided)
def _admission(event: Network.AdmissionDecided, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Network.PartnerJoined)
def _partner(event: Network.PartnerJoined, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.organisation_id)


@HISTORY.on(Person.Employed)
def _employed(event: Person.Employed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.organisation_id)


@HISTORY.on(Person.EmploymentEnded)
def _left(event: Person.EmploymentEnded, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.organisation_id)


@HISTORY.on(Organisation.ContactAppointed)
def _contact(event: Organisation.ContactAppointed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Organisation.ContactDismissed)
def _no_contact(event: Organisation.ContactDismissed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Organiser.StaffAppointed)
def _staff(event: Organiser.StaffAppointed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Organiser.StaffDismissed)
def _no_staff(event: Organiser.StaffDismissed, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


@HISTORY.on(Season.LeadersNamed)
def _leads(event: Season.LeadersNamed, _: Entry) -> Iterable[Change]:
    yield from _about(event, *event.leaders, *event.contacts)


@HISTORY.on(Seating.Opened)
def _seats(event: Seating.Opened, _: Entry) -> Iterable[Change]:
    yield from _belongs(event, event.season_id)


@HISTORY.on(Seating.QueueJoined)
def _waits(event: Seating.QueueJoined, _: Entry) -> Iterable[Change]:
    yield from _about(event, event.person_id)


def _about(event: Fact, *subjects: UUID | None) -> Iterable[Change]:
    """This event alone."""
    for subject in dict.fromkeys(subjects):
        if subject is not None:
            yield LINK.put(subject_id=subject, stream_id=event.originator_id, version=event.originator_version)


def _belongs(event: Fact, *subjects: UUID | None) -> Iterable[Change]:
    """This event and all that follow in its stream."""
    for subject in dict.fromkeys(subjects):
        if subject is not None and subject != event.originator_id:
            yield LINK.put(subject_id=subject, stream_id=event.originator_id, version=WHOLE)
