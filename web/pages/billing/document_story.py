"""What a document says beside its figures: why each line is as it is, and what has happened since, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from application.billing.queries.invoice import DocumentView, PaymentRow
from application.insight.explanation import AgreedBooking, Explanation, Origin
from application.payments.compensation import COMPENSATION
from application.payments.queries.receivable import DemandView
from application.payments.reminder import REMINDER_FEE
from domain.kernel.documents import Line, LineKind
from domain.kernel.vat import VatKind
from web.pages.kernel.visit import say
from web.words.formats import figures, moment, money, share, short_day
from web.words.price import price_reasons
from web.words.terms import rule_sentence


@dataclass(frozen=True)
class Happening:
    """Something that has happened to a document on a local day, with the address of what did."""

    on: date | None
    words: str
    href: str = ""


@dataclass(frozen=True)
class Reasons:
    """Why a line is as it is, and the booking that it is for."""

    words: tuple[str, ...]
    booking_id: UUID | None


def reasons_of(view: DocumentView, found: Explanation, zone: str) -> tuple[Reasons, ...]:
    """The reasons of each line, in the order of the lines."""
    return tuple(_reasons(view, line, found, zone) for line in view.lines)


def _reasons(view: DocumentView, line: Line, found: Explanation, zone: str) -> Reasons:
    booking = found.bookings.get(line.refers_to) if line.refers_to is not None else None
    origin = found.origins.get(line.refers_to) if line.refers_to is not None else None
    words = [*(_agreed(booking, zone) if booking else ())]
    words += [_made(origin, zone)] if origin else []
    words += [say()(f"why.line_{name}") for name in (_fee_or_interest(line),) if name]
    words += _given_back(view, found, zone) if view.row.kind == "credit_note" else []
    words.append(_taxed(line))
    booking_id = booking.booking_id if booking else origin.booking_id if origin else None
    return Reasons(tuple(words), booking_id)


def _made(origin: Origin, zone: str) -> str:
    at = moment(origin.at, zone, say().language) if origin.at else ""
    return say()(f"why.by_{origin.made_by.value}", at=at)


def _fee_or_interest(line: Line) -> str:
    """Which fee a line is, or interest."""
    if line.kind is LineKind.FEE:
        if line.text.startswith(COMPENSATION):
            return "compensation"
        return "reminder_fee" if line.text.startswith(REMINDER_FEE) else "cancellation_fee"
    return "interest" if line.kind is LineKind.INTEREST else ""


def _given_back(view: DocumentView, found: Explanation, zone: str) -> Iterator[str]:
    """Why it is credited: when the cancellation came and by which rule, and else what the document says."""
    if found.given_up is not None:
        at, rule = found.given_up.received_at, found.given_up.assessment
        local, utc = moment(at, zone, say().language), f"{at:%Y-%m-%d %H:%M}"
        yield from (say()("why.given_up", at=local, utc=utc), rule_sentence(rule, zone, say()))
    reason = view.row.reason
    if reason and not (reason == "cancellation" and found.given_up):
        known = f"invoice.reason_{reason}"
        yield say()("why.reason", reason=say()(known) if known in say().phrases else reason)


def _agreed(booking: AgreedBooking, zone: str) -> Iterator[str]:
    quote, language = booking.quote, say().language
    yield say()("why.booked", at=moment(booking.made_at, booking.zone or zone, language), n=booking.seats)
    yield from price_reasons(quote, booking.payer or "", say())
    yield say()("why.price_version", version=quote.price_version, day=short_day(quote.decided_on, language))


def _taxed(line: Line) -> str:
    language = say().language
    if line.rate.kind is not VatKind.STANDARD:
        return say()(f"why.vat_{line.rate.kind.value}")
    rate = share(line.rate.basis_points, language)
    return say()("why.vat", rate=rate, net=figures(line.net.amount, language), vat=figures(line.vat.amount, language))


def since(view: DocumentView, demand: DemandView | None) -> tuple[Happening, ...]:
    """What has happened to a document, in the order of days."""
    found = [*_money(view), *(_demanded(view.row.currency, demand) if demand else ())]
    return tuple(sorted(found, key=lambda one: one.on or date.max))


def _money(view: DocumentView) -> Iterator[Happening]:
    language, currency = say().language, view.row.currency
    for note in view.credit_notes:
        href = url_for("invoice.page", document_id=note.document_id)
        amount = money(note.payable, currency, language)
        yield Happening(note.issued_on, say()("why.credited", number=note.number, sum=amount), href)
    for each in view.payments:
        phrase = _paid_back(each) if each.amount < 0 else f"why.paid_{each.means}"
        amount = money(abs(each.amount), currency, language)
        reference = each.reference.removeprefix(f"{each.means} ")
        yield Happening(each.received_on, say()(phrase, sum=amount, reference=reference))


def _paid_back(payment: PaymentRow) -> str:
    """A card has no reference that says anybody anything."""
    return "why.paid_back_card" if payment.means == "card" else "why.paid_back"


def _demanded(currency: str, demand: DemandView) -> Iterator[Happening]:
    language = say().language
    for each in demand.disputes:
        yield Happening(each.opened_on, say()("why.disputed", sum=money(each.amount, currency, language)))
        if each.decided_on:
            yield Happening(each.decided_on, say()(f"why.dispute_{each.state}"))
    if demand.reminded:
        yield Happening(demand.reminded_on, say()("why.reminded", level=demand.reminded))
    if demand.handed_over_on:
        yield Happening(demand.handed_over_on, say()("why.handed_over"))
    if demand.written_off:
        amount = money(demand.written_off, currency, language)
        yield Happening(None, say()("why.written_off", sum=amount, reason=demand.reason))
