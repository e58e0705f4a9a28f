"""What is still ahead of a booking: its next meeting, what is to be paid when, and how long it can be given up free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from application.billing.queries.invoice import DocumentView
from application.booking.queries.booking import BookingRow
from application.programme.queries.season_view import MeetingRow
from domain.kernel.terms import day_in
from web.pages.kernel.visit import say, services
from web.words.formats import money, near_day
from web.words.history import Sentence


@dataclass(frozen=True)
class Ahead:
    """Something that will happen on a local day."""

    on: date
    words: str


def ahead_of(
    booking: BookingRow, documents: list[DocumentView], next_meeting: MeetingRow | None, zone: str
) -> list[Ahead]:
    """What will happen, what lies farthest ahead first; nothing once the booking has ended, but what is to be paid."""
    now = services().clock.now()
    found = [*_to_pay(documents)]
    if not booking.ended_for:
        found += [*_meeting(next_meeting, zone), *_free(booking, zone)]
    return sorted((each for each in found if each.on >= day_in(now, zone)), key=lambda each: each.on, reverse=True)


def _to_pay(documents: list[DocumentView]) -> Iterator[Ahead]:
    for each in documents:
        row = each.row
        if row.balance > 0 and row.due_on is not None:
            amount = money(row.balance, row.currency, say().language)
            yield Ahead(row.due_on, say()("booking.ahead_due", number=row.number, sum=amount))


def _meeting(meeting: MeetingRow | None, zone: str) -> Iterator[Ahead]:
    if meeting is not None and meeting.time.start_at is not None:
        yield Ahead(day_in(meeting.time.start_at, zone), say()("booking.ahead_meeting", title=meeting.title))


def _free(booking: BookingRow, zone: str) -> Iterator[Ahead]:
    """The last day on which it costs what it costs now to give it up."""
    held = [seat for seat in booking.seats if not seat.is_cancelled]
    assessed = booking.terms.assess(services().clock.now()) if booking.terms and booking.gross and held else None
    if assessed is not None and assessed.until is not None:
        last = day_in(assessed.until - timedelta(microseconds=1), zone)
        yield Ahead(last, say()("booking.ahead_terms" if assessed.kept else "booking.ahead_free"))


def paid_words(booking: BookingRow, documents: list[DocumentView], *, waits: bool, sees: bool) -> str:
    """How it stands with the payment, in a few words; for whoever does not read its invoices (`sees`), who pays."""
    if booking.gross and not sees and not documents:
        return say()("booking.others_pay", payer=booking.payer or say()("frame.erased"))
    due = [each.row for each in documents if each.row.balance > 0]
    if due:
        last = min((each.due_on for each in due if each.due_on), default=None)
        today = day_in(services().clock.now(), "Europe/Stockholm")
        if last is not None and last >= today:
            return say()("booking.pay_by", day=near_day(last, say().language, today))
        return say()("invoice.status_overdue")
    if not booking.gross:
        return say()("booking.nothing_to_pay")
    if documents:
        return say()("invoice.status_paid")
    return say()("booking.with_others") if waits else say()("booking.invoice_soon")


def seated(booking: BookingRow, *, is_mine: bool) -> list[Sentence]:
    """What has happened to somebody who sits there and of whom nothing else is told: they were given a seat."""
    return [Sentence(booking.made_at, say()("booking.got_seat"), "")] if is_mine else []
