"""My bookings: what I have to do first, what comes next, my meetings by day, and the bookings, earlier ones folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from flask import render_template, url_for

from application.billing.queries.invoice import DocumentFilter
from application.booking.queries.booking import BookingRow
from application.kernel.actor import Role
from application.programme.queries.season_view import MeetingRow
from domain.kernel.season_name import season_name
from domain.programme.meeting_time import TimeKind
from web.pages.kernel.cases import to_answer
from web.pages.kernel.coming import Coming, coming_of, day_of, in_days, soonest
from web.pages.kernel.visit import Answer, Visit, say, services, today
from web.words.formats import money, near_day

NEAR = 6
"""How many dated meetings are in sight; the rest are folded."""


@dataclass(frozen=True)
class ToDo:
    """Something that somebody has to do: what, in which season ("": none), why or until when, and where."""

    what: str
    season: str
    note: str
    button: str
    href: str


@dataclass(frozen=True)
class MyMeeting:
    """A meeting that is still ahead; `on` its local day, none while it has none."""

    coming: Coming
    meeting: MeetingRow
    on: date | None


def my_bookings(visit: Visit, after: str | None) -> Answer:
    """The page; of a list that goes on (`after`), the list alone."""
    questions = services().booking_questions
    sees_all = visit.actor.has(visit.organiser.organiser_id, Role.CANCELLING)
    found = questions.all(visit.actor, after=after) if sees_all else questions.mine(visit.actor, after)
    coming = coming_of(visit, found.items) if after is None else {}
    earlier = [each for each in found.items if _is_earlier(each, coming.get(each.season_id))]
    listed = {
        "found": found,
        "coming": coming,
        "now": [each for each in found.items if each not in earlier],
        "earlier": earlier,
    }
    return render_template("bookings.html", **listed, **(_first(visit, found.items, coming) if after is None else {}))


def _first(visit: Visit, bookings: tuple[BookingRow, ...], coming: dict[UUID, Coming]) -> dict[str, object]:
    """What stands above the list: what is to be done, what comes next, and the meetings by day."""
    first = soonest(coming.values())
    days = _meetings(coming.values(), today(visit.zone))
    dated, undated = [each for each in days if each.on], [each for each in days if not each.on]
    return {
        "first": first,
        "first_in": in_days(first.meeting, first.zone, today(first.zone)) if first else None,
        "months": _months(dated[:NEAR]),
        "later": [*dated[NEAR:], *undated],
        "undated": len(undated),
        "to_do": [*_unnamed(visit, bookings), *_unpaid(visit)],
        "asked": to_answer(visit),
        "clashes": services().clashes.mine(visit.actor),
        "kept": services().first_refusal_questions.mine(visit.actor),
        "offers": services().seat_offer_questions.mine(visit.actor),
        "my_places": services().rosters.my_places(visit.actor),
    }


def _is_earlier(booking: BookingRow, coming: Coming | None) -> bool:
    return bool(booking.ended_for) or (coming is not None and coming.is_over)


def _meetings(coming: Iterable[Coming], now_on: date) -> list[MyMeeting]:
    """The meetings that are still ahead, by day; those without one last."""
    found = [
        MyMeeting(each, meeting, day_of(meeting, each.zone))
        for each in coming
        for meeting in each.view.meetings
        if not meeting.is_held and meeting.time.kind is not TimeKind.CALLED_OFF
    ]
    ahead = [each for each in found if each.on is None or each.on >= now_on]
    return sorted(ahead, key=lambda each: (each.on or date.max, each.coming.view.row.network, each.meeting.no))


def _months(dated: list[MyMeeting]) -> list[tuple[str, list[MyMeeting]]]:
    """Months (YYYY-MM), each with its meetings."""
    by_month = groupby(dated, key=lambda each: each.on.isoformat()[:7] if each.on else "")
    return [(month, list(each)) for month, each in by_month]


def _unnamed(visit: Visit, bookings: Iterable[BookingRow]) -> Iterator[ToDo]:
    """The seats without a name that the reader may give one."""
    for each in bookings:
        open_seats = [seat.no for seat in each.seats if not seat.is_cancelled and seat.person_id is None]
        if each.ended_for or not open_seats or not visit.actor.person_id:
            continue
        may = set(services().booking_questions.answers_for(visit.actor, each))
        mine = [no for no in open_seats if no in may]
        if mine:
            name = season_name(each.network, each.season)
            only = url_for("booking.name_form", booking_id=each.booking_id, no=mine[0])
            where = only if len(mine) == 1 else f"{url_for('booking.page', booking_id=each.booking_id)}#people"
            do, note = say()("bookings.do_name", n=len(mine)), say()("booking.name_hint")
            yield ToDo(do, name, note, say()("booking.name"), where)


def _unpaid(visit: Visit) -> Iterator[ToDo]:
    """The invoices that the reader has to pay; staff have theirs in the list of all."""
    if visit.is_admin or visit.is_finance or not visit.actor.person_id:
        return
    on, language = today(visit.zone), say().language
    for row in services().invoice_questions.list(visit.actor, DocumentFilter(status="open")).items:
        if row.balance > 0 and row.due_on is not None:
            late = "bookings.due_was" if row.due_on < on else "bookings.due"
            what = say()("bookings.do_pay", number=row.number, sum=money(row.balance, row.currency, language))
            note = say()(late, day=near_day(row.due_on, language, on, with_weekday=True))
            href = url_for("invoice.page", document_id=row.document_id)
            yield ToDo(what, "", note, say()("bookings.see_invoice"), href)
