"""What other systems may be told of: each event that matters to them, whose it is, and the facts that are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.purchase import Purchase
from domain.booking.seating import Seating
from domain.kernel.aggregate import Aggregate
from domain.kernel.documents import Line, sums
from domain.programme.meeting_time import MeetingTime
from domain.programme.season import Season

Facts = Mapping[str, object]
Teller = Callable[[Any, Any], Facts]
"""The facts of an event, given the thing it happened to as it is now."""


@dataclass(frozen=True)
class Outward:
    """How a kind of event is told: what it happens to, and of that what is said."""

    kind: str
    thing: type[Aggregate]
    subject: str
    facts: Teller
    about: Callable[[Any, Any], UUID] = lambda event, _: UUID(str(event.originator_id))


def _booked(event: Booking.Made, _: Booking) -> Facts:
    return {
        "season_id": event.season_id,
        "booked_by": event.booked_by,
        **_payer(event.payer.organisation_id, event.payer.person_id),
        "seats": [
            {"seat": each.no, "person_id": each.person_id, "organisation_id": each.organisation_id}
            for each in event.seats
        ],
        **_sums(event.quote.lines, event.quote.price.amount.currency),
    }


def _named(event: Booking.ParticipantNamed, booking: Booking) -> Facts:
    person, organisation = event.person_id, event.organisation_id
    return {"season_id": booking.season_id, "seat": event.seat, "person_id": person, "organisation_id": organisation}


def _transferred(event: Booking.SeatTransferred, booking: Booking) -> Facts:
    return {
        "season_id": booking.season_id,
        "seat": event.seat,
        "from_person_id": event.from_person_id,
        "to_person_id": event.to_person_id,
        "organisation_id": event.organisation_id,
    }


def _cancelled(event: Booking.SeatsCancelled, booking: Booking) -> Facts:
    seats, cancellation = list(event.seats), event.cancellation_id
    return {"season_id": booking.season_id, "seats": seats, "cancellation_id": cancellation}


def _reinstated(event: Booking.Reinstated, booking: Booking) -> Facts:
    seats = [each.no for each in event.seats]
    return {"season_id": booking.season_id, "seats": seats, "cancellation_id": event.cancellation_id}


def _requested(event: Cancellation.Requested, _: Cancellation) -> Facts:
    return {
        "cancellation_id": event.originator_id,
        "season_id": event.season_id,
        "seats": list(event.seats),
        "received_at": event.received_at,
        "asked_by": event.asked_by,
    }


def _issued(event: Invoice.Issued, _: Invoice) -> Facts:
    return {
        "number": event.number,
        "source_id": event.source_id,
        "season_id": event.season_id,
        **_payer(event.buyer.organisation_id, event.buyer.person_id),
        "issued_on": event.issued_on,
        "due_on": event.due_on,
        **_sums(event.lines, event.currency),
    }


def _note_issued(event: CreditNote.Issued, _: CreditNote) -> Facts:
    return {
        "number": event.number,
        "invoice_id": event.invoice_id,
        "invoice_number": event.invoice_number,
        "source_id": event.source_id,
        "season_id": event.season_id,
        "issued_on": event.issued_on,
        **_sums(event.lines, event.currency),
    }


def _moved(event: Invoice.PaymentReceived | Invoice.PaymentRefunded, invoice: Invoice) -> Facts:
    on = event.received_on if isinstance(event, Invoice.PaymentReceived) else event.refunded_on
    amount, number = event.amount, invoice.number
    return {"number": number, "amount": amount.amount, "currency": amount.currency, "on": on, "means": event.means}


def _credited(event: Invoice.Credited, invoice: Invoice) -> Facts:
    amount, note = event.amount, event.credit_note_id
    return {
        "number": invoice.number,
        "credit_note_id": note,
        "amount": amount.amount,
        "currency": amount.currency,
    }


def _bought(event: Purchase.Made, _: Purchase) -> Facts:
    return {
        "goods_id": event.goods_id,
        "quantity": event.quantity,
        "bought_by": event.bought_by,
        "booking_id": event.booking_id,
        **_payer(event.payer.organisation_id, event.payer.person_id),
        **_sums(event.lines, event.lines[0].net.currency),
    }


def _joined(event: Seating.QueueJoined | Seating.QueueJoinedFirst | Seating.SeatOffered, seating: Seating) -> Facts:
    who, seats = event.person_id, event.seats
    return {"season_id": seating.season_id, "place_id": event.place_id, "person_id": who, "seats": seats}


def _left(event: Any, seating: Seating) -> Facts:
    return {"season_id": seating.season_id, "place_id": event.place_id}


def _offered(event: Seating.SeatOffered, seating: Seating) -> Facts:
    return {**_joined(event, seating), "until": event.until}


def _accepted(event: Seating.OfferAccepted, seating: Seating) -> Facts:
    return {**_left(event, seating), "booking_id": event.booking_id}


def _of_season(_: object, season: Season) -> Facts:
    return {"network_id": season.network_id}


def _changed(event: Aggregate.Event, season: Season) -> Facts:
    return {"network_id": season.network_id, "what": CHANGES[type(event)]}


def _planned(event: Season.MeetingPlanned, _: Season) -> Facts:
    return {"meeting_id": event.meeting.meeting_id, **_time(event.meeting.time)}


def _scheduled(event: Season.MeetingScheduled | Season.MeetingPostponed | Season.MeetingCalledOff, _: Season) -> Facts:
    return {"meeting_id": event.meeting_id, **_time(event.time)}


def _held(event: Season.MeetingHeld, _: Season) -> Facts:
    return {"meeting_id": event.meeting_id, "held_on": event.held_on}


def _time(time: MeetingTime) -> Facts:
    return {
        "time": time.kind,
        "start_at": time.start_at,
        "end_at": time.end_at,
        "month": time.month,
        "was_at": time.was_at,
    }


def _payer(organisation_id: UUID | None, person_id: UUID | None) -> Facts:
    return {"payer_organisation_id": organisation_id, "payer_person_id": person_id}


def _sums(lines: tuple[Line, ...], currency: str) -> Facts:
    whole = sums(lines, currency)
    return {"net": whole.net.amount, "vat": whole.vat.amount, "gross": whole.gross.amount, "currency": currency}


def _of_booking(event: Cancellation.Requested, _: Cancellation) -> UUID:
    return event.booking_id


def _of_seating(_: object, seating: Seating) -> UUID:
    return seating.season_id


CHANGES: Mapping[type[object], str] = {
    Season.Retitled: "title",
    Season.PromiseReworded: "promise",
    Season.LanguageChosen: "language",
    Season.NetworkCorrected: "network",
    Season.ZoneCorrected: "zone",
    Season.AdmissionAgreed: "admission",
    Season.LeadersNamed: "leaders",
    Season.PricesAgreed: "prices",
    Season.TermsAgreed: "terms",
}
"""The events after which a season has changed, and in what."""


CATALOGUE: Mapping[type[object], Outward] = {
    Booking.Made: Outward("booking.made", Booking, "booking", _booked),
    Booking.ParticipantNamed: Outward("booking.named", Booking, "booking", _named),
    Booking.SeatTransferred: Outward("booking.transferred", Booking, "booking", _transferred),
    Booking.SeatsCancelled: Outward("booking.cancelled", Booking, "booking", _cancelled),
    Booking.Reinstated: Outward("booking.reinstated", Booking, "booking", _reinstated),
    Cancellation.Requested: Outward("cancellation.requested", Cancellation, "booking", _requested, _of_booking),
    Invoice.Issued: Outward("invoice.issued", Invoice, "invoice", _issued),
    Invoice.Credited: Outward("invoice.credited", Invoice, "invoice", _credited),
    Invoice.PaymentReceived: Outward("invoice.payment_received", Invoice, "invoice", _moved),
    Invoice.PaymentRefunded: Outward("invoice.payment_refunded", Invoice, "invoice", _moved),
    CreditNote.Issued: Outward("credit_note.issued", CreditNote, "credit_note", _note_issued),
    Purchase.Made: Outward("purchase.made", Purchase, "purchase", _bought),
    Seating.QueueJoined: Outward("queue.joined", Seating, "season", _joined, _of_seating),
    Seating.QueueJoinedFirst: Outward("queue.joined", Seating, "season", _joined, _of_seating),
    Seating.QueueLeft: Outward("queue.left", Seating, "season", _left, _of_seating),
    Seating.SeatOffered: Outward("queue.offered", Seating, "season", _offered, _of_seating),
    Seating.OfferAccepted: Outward("queue.accepted", Seating, "season", _accepted, _of_seating),
    Seating.OfferDeclined: Outward("queue.declined", Seating, "season", _left, _of_seating),
    Seating.OfferLapsed: Outward("queue.lapsed", Seating, "season", _left, _of_seating),
    Season.Planned: Outward("season.planned", Season, "season", _of_season),
    Season.BookingOpened: Outward("season.opened", Season, "season", _of_season),
    Season.BookingClosed: Outward("season.closed", Season, "season", _of_season),
    Season.CalledOff: Outward("season.called_off", Season, "season", _of_season),
    **{event: Outward("season.changed", Season, "season", _changed) for event in CHANGES},
    Season.MeetingPlanned: Outward("meeting.planned", Season, "season", _planned),
    Season.MeetingScheduled: Outward("meeting.moved", Season, "season", _scheduled),
    Season.MeetingPostponed: Outward("meeting.postponed", Season, "season", _scheduled),
    Season.MeetingCalledOff: Outward("meeting.called_off", Season, "season", _scheduled),
    Season.MeetingHeld: Outward("meeting.held", Season, "season", _held),
}
