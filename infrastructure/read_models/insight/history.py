"""The history: which events concern whom. The events themselves are told from the log, so nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.access.token import Token
from domain.billing.credit_note import CreditNote
from domain.billing.delivery import Delivery
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.purchase import Purchase
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.programme.network import Network
from domain.programme.season import Season
from infrastructure.read_models.kernel.projection import Change, Projection, Table
from infrastructure.serialization.event_mapper import Entry, Fact

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

HISTORY = Projection("history", version=3, tables=(LINK,))
WHOLE = 0


@HISTORY.on(Booking.Made)
def _made(event: Booking.Made, entry: Entry) -> Iterable[Change]:
    payer = event.payer
    people = (event.booked_by, payer.person_id, *(seat.person_id for seat in event.seats))
    yield from _about(event, entry, *people, payer.organisation_id)


@HISTORY.on(Booking.ParticipantNamed)
def _named(event: Booking.ParticipantNamed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Booking.SeatTransferred)
def _transferred(event: Booking.SeatTransferred, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.from_person_id, event.to_person_id)


@HISTORY.on(Cancellation.Requested)
def _requested(event: Cancellation.Requested, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.booking_id)


@HISTORY.on(Transfer.Proposed)
def _proposed(event: Transfer.Proposed, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.booking_id, event.from_person_id, event.to_person_id)


@HISTORY.on(Invoice.Issued)
def _invoiced(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    sources = {line.refers_to for line in event.lines}
    yield from _belongs(event, entry, event.source_id, *sources, event.buyer.person_id)
    yield from _about(event, entry, event.buyer.organisation_id)


@HISTORY.on(CreditNote.Issued)
def _credited(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.invoice_id, event.source_id, event.buyer.person_id)
    yield from _about(event, entry, event.buyer.organisation_id)


@HISTORY.on(Delivery.Queued)
def _queued(event: Delivery.Queued, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.document_id)


@HISTORY.on(Purchase.Made)
def _bought(event: Purchase.Made, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.bought_by, event.payer.organisation_id)


@HISTORY.on(Membership.Granted)
def _member(event: Membership.Granted, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.holder_id)


@HISTORY.on(Network.AdmissionAsked)
def _admission_asked(event: Network.AdmissionAsked, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Network.AdmissionDecided)
def _admission(event: Network.AdmissionDecided, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Network.PartnerJoined)
def _partner(event: Network.PartnerJoined, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Network.PartnerLeft)
def _no_partner(event: Network.PartnerLeft, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Person.Employed)
def _employed(event: Person.Employed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Person.EmploymentEnded)
def _left(event: Person.EmploymentEnded, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Person.EmploymentCorrected)
def _employment_corrected(event: Person.EmploymentCorrected, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Person.EmploymentWithdrawn)
def _employment_withdrawn(event: Person.EmploymentWithdrawn, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.organisation_id)


@HISTORY.on(Organisation.ContactAppointed)
def _contact(event: Organisation.ContactAppointed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Organisation.ContactDismissed)
def _no_contact(event: Organisation.ContactDismissed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Organiser.StaffAppointed)
def _staff(event: Organiser.StaffAppointed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Organiser.StaffDismissed)
def _no_staff(event: Organiser.StaffDismissed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


@HISTORY.on(Safeguard.Begun)
def _guarded(event: Safeguard.Begun, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.organiser_id)


@HISTORY.on(Token.Made)
def _key(event: Token.Made, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.organiser_id, event.made_by, event.person_id)


@HISTORY.on(Season.LeadersNamed)
def _leads(event: Season.LeadersNamed, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, *event.leaders, *event.contacts, *event.were_leaders, *event.were_contacts)


@HISTORY.on(Seating.Opened)
def _seats(event: Seating.Opened, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.season_id)


@HISTORY.on(FirstRefusal.Offered)
def _kept(event: FirstRefusal.Offered, entry: Entry) -> Iterable[Change]:
    yield from _belongs(event, entry, event.season_id, event.person_id)


@HISTORY.on(Seating.QueueJoined)
def _waits(event: Seating.QueueJoined, entry: Entry) -> Iterable[Change]:
    yield from _about(event, entry, event.person_id)


def _about(event: Fact, entry: Entry, *subjects: UUID | None) -> Iterable[Change]:
    """This event alone."""
    return _linked(event, entry, event.originator_version, subjects)


def _belongs(event: Fact, entry: Entry, *subjects: UUID | None) -> Iterable[Change]:
    """This event and all that follow in its stream."""
    return _linked(event, entry, WHOLE, [one for one in subjects if one != event.originator_id])


def _linked(event: Fact, entry: Entry, version: int, subjects: Sequence[UUID | None]) -> Iterable[Change]:
    for subject in dict.fromkeys(subjects):
        if subject is not None:
            stream = event.originator_id
            yield LINK.put(subject_id=subject, stream_id=stream, version=version, position=entry.position)
