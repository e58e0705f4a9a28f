"""The table: for each event who is told, by which kind of letter, and what their calendar is told with it.

The first row in which somebody stands is theirs: nobody is told twice of one event. Whoever acts is told as what they
are (whoever booked, sits there, pays): that is their receipt. An event that has no row stands in a test,
with the reason why nobody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from application.mail.letters import SECRET_KINDS
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.order import Order
from domain.booking.registration import Registration
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.payments.checkout import Checkout
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.programme.network import Network
from domain.programme.season import Season


class Whom(StrEnum):
    """As what somebody is told."""

    PARTICIPANT = "participant"
    """Who sits in the seat, is given it, or loses it."""
    FORMER = "former"
    """Whose part it was until now: a seat that went to another, leading, speaking; an address."""
    BOOKER = "booker"
    """Whoever booked, as long as they act for the payer."""
    CONTACT = "contact"
    """The contacts of the organisation that pays, where nobody else answers for the booking."""
    PAYER = "payer"
    """Whoever is written to about invoices, or pays a booking that another made."""
    LEADER = "leader"
    SPEAKER = "speaker"
    WAITING = "waiting"
    """Who stands in the queue."""
    FIRST = "first"
    """For whom a seat is kept by first refusal."""
    PERSON = "person"
    """Whom the event is about."""
    ORGANISER = "organiser"
    """Whom the season names to be asked; where it names nobody, the organiser's admins."""
    FINANCE = "finance"
    STAFF = "staff"
    """Everybody of the organiser's staff, and whom it is about."""


class InCalendar(StrEnum):
    """What the letter tells a calendar, of meetings that its reader is to come to."""

    NOTHING = ""
    REQUEST = "REQUEST"
    """The meeting as it is; one that has no time any longer is taken out."""
    CANCEL = "CANCEL"
    """What was put in is taken out."""


@dataclass(frozen=True)
class Row:
    """Of an event (its class) somebody is told by a kind of letter."""

    event: type[object]
    whom: Whom
    kind: str
    calendar: InCalendar = InCalendar.NOTHING


_REQUEST, _CANCEL = InCalendar.REQUEST, InCalendar.CANCEL


def _season_people(event: type[object], kind: str, calendar: InCalendar) -> tuple[Row, ...]:
    """Everybody who comes to a meeting, and those who booked for others."""
    coming = (Whom.PARTICIPANT, Whom.LEADER, Whom.SPEAKER)
    told = tuple(Row(event, whom, kind, calendar) for whom in coming)
    return (*told, Row(event, Whom.BOOKER, kind), Row(event, Whom.CONTACT, kind))


def _cancelled(event: type[object]) -> tuple[Row, ...]:
    return (
        Row(event, Whom.BOOKER, "cancelled", _CANCEL),
        Row(event, Whom.PAYER, "cancelled", _CANCEL),
        Row(event, Whom.CONTACT, "cancelled", _CANCEL),
        Row(event, Whom.PARTICIPANT, "seat_cancelled", _CANCEL),
    )


TABLE: tuple[Row, ...] = (
    Row(Booking.Made, Whom.BOOKER, "booked", _REQUEST),
    Row(Booking.Made, Whom.CONTACT, "booked", _REQUEST),
    Row(Booking.Made, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.ParticipantNamed, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.SeatTransferred, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.SeatTransferred, Whom.FORMER, "seat_handed_over", _CANCEL),
    Row(Booking.SeatTransferred, Whom.BOOKER, "seat_transferred"),
    Row(Booking.SeatTransferred, Whom.CONTACT, "seat_transferred"),
    Row(Booking.SeatTransferred, Whom.ORGANISER, "seat_transferred"),
    Row(Booking.SeatsCancelled, Whom.BOOKER, "season_called_off", _CANCEL),
    Row(Booking.SeatsCancelled, Whom.PAYER, "season_called_off", _CANCEL),
    Row(Booking.SeatsCancelled, Whom.CONTACT, "season_called_off", _CANCEL),
    Row(Booking.SeatsCancelled, Whom.PARTICIPANT, "season_called_off", _CANCEL),
    Row(Booking.Reinstated, Whom.BOOKER, "booking_restored", _REQUEST),
    Row(Booking.Reinstated, Whom.PAYER, "booking_restored", _REQUEST),
    Row(Booking.Reinstated, Whom.CONTACT, "booking_restored", _REQUEST),
    Row(Booking.Reinstated, Whom.PARTICIPANT, "seat_restored", _REQUEST),
    *_cancelled(Cancellation.Granted),
    *_cancelled(Cancellation.Waived),
    Row(Cancellation.Declined, Whom.BOOKER, "cancellation_declined"),
    Row(Cancellation.Declined, Whom.CONTACT, "cancellation_declined"),
    Row(Cancellation.Declined, Whom.PARTICIPANT, "cancellation_declined"),
    Row(Cancellation.Overtaken, Whom.PERSON, "cancellation_overtaken"),
    Row(Transfer.Declined, Whom.BOOKER, "transfer_declined"),
    Row(Transfer.Declined, Whom.CONTACT, "transfer_declined"),
    Row(Transfer.Declined, Whom.PARTICIPANT, "transfer_declined"),
    *_season_people(Season.MeetingPlanned, "meeting_planned", _REQUEST),
    *_season_people(Season.MeetingScheduled, "meeting_moved", _REQUEST),
    *_season_people(Season.MeetingPostponed, "meeting_postponed", _CANCEL),
    *_season_people(Season.MeetingCalledOff, "meeting_called_off", _CANCEL),
    Row(Season.CalledOff, Whom.LEADER, "season_called_off", _CANCEL),
    Row(Season.CalledOff, Whom.SPEAKER, "season_called_off", _CANCEL),
    Row(Season.CalledOff, Whom.WAITING, "season_called_off"),
    Row(Season.CalledOff, Whom.FIRST, "season_called_off"),
    Row(Season.BookingOpened, Whom.FIRST, "first_refusal"),
    Row(Season.BookingOpened, Whom.LEADER, "leads", _REQUEST),
    Row(Season.BookingOpened, Whom.SPEAKER, "speaks", _REQUEST),
    Row(Season.LeadersNamed, Whom.LEADER, "leads", _REQUEST),
    Row(Season.LeadersNamed, Whom.FORMER, "leads_no_longer", _CANCEL),
    Row(Season.ProgrammePublished, Whom.SPEAKER, "speaks", _REQUEST),
    Row(Season.ProgrammePublished, Whom.FORMER, "speaks_no_longer", _CANCEL),
    Row(FirstRefusal.Offered, Whom.FIRST, "first_refusal"),
    Row(Seating.QueueJoined, Whom.WAITING, "queue_joined"),
    Row(Network.AdmissionDecided, Whom.PERSON, "admission_decided"),
    Row(Registration.Held, Whom.PERSON, "confirm_registration"),
    Row(Order.Placed, Whom.PERSON, "confirm_order"),
    Row(Person.EmailConfirmationAsked, Whom.PERSON, "confirm_email"),
    Row(Person.EmailChangeAsked, Whom.PERSON, "confirm_address"),
    Row(Person.EmailChangeAsked, Whom.FORMER, "address_change_asked"),
    Row(Person.EmailCorrected, Whom.FORMER, "address_corrected"),
    Row(Invoice.Issued, Whom.PAYER, "invoice"),
    Row(Invoice.PaymentReceived, Whom.PAYER, "payment_received"),
    Row(Invoice.PaymentRefunded, Whom.PAYER, "payment_refunded"),
    Row(Invoice.PaymentReversed, Whom.PAYER, "payment_reversed"),
    Row(Invoice.Reminded, Whom.PAYER, "reminder"),
    Row(Invoice.Disputed, Whom.FINANCE, "disputed"),
    Row(Organiser.PaymentDetailsGiven, Whom.STAFF, "bank_details_changed"),
    Row(Organiser.StaffAppointed, Whom.STAFF, "staff_changed"),
    Row(Organiser.StaffDismissed, Whom.STAFF, "staff_changed"),
    Row(Safeguard.GuardChosen, Whom.STAFF, "guard_chosen"),
    Row(Safeguard.ChangeProposed, Whom.STAFF, "change_proposed"),
    Row(Safeguard.ChangeDeclined, Whom.STAFF, "change_closed"),
    Row(Safeguard.ChangeWithdrawn, Whom.STAFF, "change_closed"),
    Row(CreditNote.Issued, Whom.PAYER, "credit_note"),
    Row(Checkout.Refunded, Whom.PAYER, "payment_refunded"),
    Row(Checkout.Refunded, Whom.PERSON, "card_returned"),
)


ALARM = "alarm"
"""The kind of the letter that follows no event: many refused attempts, to admins."""

BESIDE = ("calendar_entry", "calendar_entry_gone")
"""The kinds of the further letters that put meetings into calendars and take them out: one meeting each."""


KINDS = tuple(sorted({row.kind for row in TABLE} | {*BESIDE, *SECRET_KINDS}))
"""Every kind of letter there is."""


EVENTS_TOLD = tuple(dict.fromkeys(row.event for row in TABLE))
"""The events that somebody is told of."""


def rows_of(event: type[object]) -> tuple[Row, ...]:
    """The rows of an event, in order."""
    return tuple(row for row in TABLE if row.event is event)
