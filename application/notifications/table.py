"""The table: for each event who is told, by which kind of letter, and what their calendar is told with it.

The first row in which somebody stands is theirs: nobody is told twice of one event. Whoever acts is told as what they
are (whoever booked, sits there, pays): that is their receipt. An event that has no row stands in a test,
with the reason why nobody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from application.mail.letters import SECRET_KINDS
from application.notifications.due import MaterialDue, MeetingDue, MembershipDue, NamingDue
from domain.access.webhook import Webhook
from domain.attendance.participation import Participation
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.application import Application
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.move_request import MoveRequest
from domain.booking.opening_list import OpeningList
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.learning.learning import Learning
from domain.learning.round import Round
from domain.mail.mailing import Mailing
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
    APPLICANT = "applicant"
    """Who has applied, and has no answer yet."""
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


_REQUEST, _CANCEL, _NOTHING = InCalendar.REQUEST, InCalendar.CANCEL, InCalendar.NOTHING
_ANSWERING = (Whom.BOOKER, Whom.CONTACT)
_PAYING = (Whom.BOOKER, Whom.PAYER, Whom.CONTACT)
_COMING = (Whom.PARTICIPANT, Whom.LEADER, Whom.SPEAKER)


def _rows(event: type[object], kind: str, *people: Whom, calendar: InCalendar = _NOTHING) -> tuple[Row, ...]:
    """Several who are told by the same kind of letter."""
    return tuple(Row(event, whom, kind, calendar) for whom in people)


def _season_people(event: type[object], kind: str, calendar: InCalendar) -> tuple[Row, ...]:
    """Everybody who comes to a meeting, and those who booked for others."""
    return (*_rows(event, kind, *_COMING, calendar=calendar), *_rows(event, kind, *_ANSWERING))


def _cancelled(event: type[object]) -> tuple[Row, ...]:
    """Whoever booked, whoever pays, and whoever sat there."""
    seat = Row(event, Whom.PARTICIPANT, "seat_cancelled", _CANCEL)
    return (*_rows(event, "cancelled", *_PAYING, calendar=_CANCEL), seat)


MAILING, SEASON_NEWS = "mailing", "season_news"
"""The kinds of letters in an organiser's own words: to many, and about the season that they have to do with."""

TABLE: tuple[Row, ...] = (
    *_rows(Booking.Made, "booked", *_ANSWERING, calendar=_REQUEST),
    Row(Booking.Made, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.ParticipantNamed, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.SeatTransferred, Whom.PARTICIPANT, "seated", _REQUEST),
    Row(Booking.SeatTransferred, Whom.FORMER, "seat_handed_over", _CANCEL),
    *_rows(Booking.SeatTransferred, "seat_transferred", *_ANSWERING, Whom.ORGANISER),
    *_rows(Booking.SeatsCancelled, "season_called_off", *_PAYING, Whom.PARTICIPANT, calendar=_CANCEL),
    *_rows(Booking.Reinstated, "booking_restored", *_PAYING, calendar=_REQUEST),
    Row(Booking.Reinstated, Whom.PARTICIPANT, "seat_restored", _REQUEST),
    *_cancelled(Cancellation.Granted),
    *_cancelled(Cancellation.Waived),
    *_rows(Cancellation.Declined, "cancellation_declined", *_ANSWERING, Whom.PARTICIPANT),
    Row(Cancellation.Overtaken, Whom.PERSON, "cancellation_overtaken"),
    Row(Participation.WayChosen, Whom.PARTICIPANT, "takes_part"),
    Row(Participation.ComingDeclined, Whom.PARTICIPANT, "comes_not"),
    *_rows(MoveRequest.Made, "move_asked", *_PAYING),
    *_rows(Transfer.Declined, "transfer_declined", *_ANSWERING, Whom.PARTICIPANT),
    *_season_people(Season.MeetingPlanned, "meeting_planned", _REQUEST),
    *_season_people(Season.MeetingScheduled, "meeting_moved", _REQUEST),
    *_season_people(Season.MeetingPostponed, "meeting_postponed", _CANCEL),
    *_season_people(Season.MeetingCalledOff, "meeting_called_off", _CANCEL),
    *_rows(Season.CalledOff, "season_called_off", Whom.LEADER, Whom.SPEAKER, calendar=_CANCEL),
    *_rows(Season.CalledOff, "season_called_off", Whom.WAITING, Whom.FIRST, Whom.APPLICANT),
    Row(Season.BookingOpened, Whom.FIRST, "first_refusal"),
    Row(Season.BookingOpened, Whom.LEADER, "leads", _REQUEST),
    Row(Season.BookingOpened, Whom.SPEAKER, "speaks", _REQUEST),
    Row(Season.LeadersNamed, Whom.LEADER, "leads", _REQUEST),
    Row(Season.LeadersNamed, Whom.FORMER, "leads_no_longer", _CANCEL),
    Row(Season.ProgrammePublished, Whom.SPEAKER, "speaks", _REQUEST),
    Row(Season.ProgrammePublished, Whom.FORMER, "speaks_no_longer", _CANCEL),
    Row(FirstRefusal.Offered, Whom.FIRST, "first_refusal"),
    Row(Seating.QueueJoined, Whom.WAITING, "queue_joined"),
    Row(Mailing.Sent, Whom.PERSON, MAILING),
    Row(Mailing.Sent, Whom.WAITING, SEASON_NEWS),
    Row(Seating.SeatOffered, Whom.WAITING, "seat_offered"),
    Row(Seating.OfferLapsed, Whom.WAITING, "offer_lapsed"),
    Row(Round.Opened, Whom.PARTICIPANT, "answer_please"),
    Row(Learning.HopesAsked, Whom.PARTICIPANT, "hopes_asked"),
    Row(Learning.HopesPublished, Whom.PARTICIPANT, "learning_published"),
    Row(Learning.InsightsPublished, Whom.PARTICIPANT, "learning_published"),
    Row(Network.AdmissionDecided, Whom.PERSON, "admission_decided"),
    Row(Registration.Held, Whom.PERSON, "confirm_registration"),
    Row(QueueRequest.Asked, Whom.PERSON, "confirm_queue"),
    Row(OpeningRequest.Asked, Whom.PERSON, "confirm_opening"),
    Row(OpeningList.Told, Whom.PERSON, "booking_opened"),
    Row(Order.Placed, Whom.PERSON, "confirm_order"),
    Row(Application.Asked, Whom.PERSON, "confirm_application"),
    Row(Application.Made, Whom.PERSON, "application_received"),
    Row(Application.HoldLapsed, Whom.PERSON, "application_hold_over"),
    Row(Application.Approved, Whom.PERSON, "application_decided"),
    Row(Application.Rejected, Whom.PERSON, "application_decided"),
    *_rows(Person.EmploymentRefuted, "employment_refuted", Whom.PERSON, Whom.BOOKER),
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
    Row(Webhook.Stopped, Whom.ORGANISER, "webhook_stopped"),
    Row(Checkout.Refunded, Whom.PAYER, "payment_refunded"),
    Row(Checkout.Refunded, Whom.PERSON, "card_returned"),
)


ALARM = "alarm"
"""The kind of the letter that follows no event: many refused attempts, to admins."""

ASKED_FOR = ("booking_link",)
"""The kinds of letters that follow no event, but somebody's asking."""

BESIDE = ("calendar_entry", "calendar_entry_gone")
"""The kinds of the further letters that put meetings into calendars and take them out: one meeting each."""


TIMED: tuple[Row, ...] = (
    *_rows(MeetingDue, "meeting_reminder", *_COMING),
    *_rows(NamingDue, "name_seats", *_ANSWERING),
    *_rows(MaterialDue, "material_there", Whom.PARTICIPANT),
    *_rows(MembershipDue, "membership_ends", Whom.PERSON, Whom.CONTACT),
)
"""Who is told of what no event says, but the clock."""


KINDS = tuple(sorted({row.kind for row in (*TABLE, *TIMED)} | {*BESIDE, *ASKED_FOR, *SECRET_KINDS}))
"""Every kind of letter there is."""


EVENTS_TOLD = tuple(dict.fromkeys(row.event for row in TABLE))
"""The events that somebody is told of."""


def rows_of(event: type[object]) -> tuple[Row, ...]:
    """The rows of an event, or of what is due, in order."""
    return tuple(row for row in (*TABLE, *TIMED) if row.event is event)
