"""Texts made from rules: terms, prices and their reasons, admission, and when meetings are. Words and rule agree."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode

from application.billing.queries.invoice import DocumentRow
from application.payments.compensation import COMPENSATION
from application.payments.interest import INTEREST
from application.payments.reminder import REMINDER_FEE
from application.programme.queries.season_view import MeetingRow, SeasonRow
from domain.kernel.documents import Line, LineKind
from domain.people.admission import Admission
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, TimeKind
from web.words.formats import day, moment, month, short_day, span
from web.words.language import Say

BOTH = 2
"""Of two seats one says "both"."""

MAP = "https://www.openstreetmap.org/search"


def _on(on: date, say: Say) -> str:
    return short_day(on, say.language)


def status_text(row: DocumentRow, say: Say, today: date, *, is_disputed: bool = False, reminded: int = 0) -> str:
    """How it stands with a document on a day, in a word or two. `reminded`: how often its payer was."""
    if row.kind == "credit_note":
        return say("invoice.status_issued")
    if is_disputed:
        return say("invoice.status_disputed")
    is_late = row.balance > 0 and row.due_on is not None and row.due_on < today
    partly = "partly_paid" if row.paid > 0 else "open"
    words = say(f"invoice.status_{('overdue' if is_late else partly) if row.status == 'open' else row.status}")
    return say("invoice.status_reminded", status=words) if reminded and row.balance > 0 else words


def line_text(each: Line, say: Say) -> str:
    """What a line of an invoice is for."""
    return line_text_of(each.kind, each.text, say)


def line_text_of(kind: LineKind, text: str, say: Say) -> str:
    """The same, of a line's kind and text."""
    if kind is LineKind.FEE and text.startswith(COMPENSATION):
        return say("wording.compensation", of=text.removeprefix(COMPENSATION).removeprefix(", "))
    if kind is LineKind.FEE and text.startswith(REMINDER_FEE):  # a fee, and none for cancelling
        return say("wording.reminder_fee", of=text.removeprefix(REMINDER_FEE).removeprefix(", "))
    if kind is LineKind.INTEREST:
        return say("wording.interest", of=text.removeprefix(INTEREST).removeprefix(", "))
    return text if kind in (LineKind.SEAT, LineKind.GOODS) else say(f"wording.line_{kind}", of=text)


def admission_sentence(admission: Admission, say: Say) -> str:
    """Who may join."""
    if admission.is_open:
        return say("wording.open_to_all")
    whom = [say(f"wording.for_{ground.value}") for ground in admission.grounds]
    if admission.sectors:
        where = listed([say(f"wording.in_{sector.value}") for sector in admission.sectors], say)
        whom.append(say("wording.managers_in" if admission.managers_only else "wording.employees_in", where=where))
    parts = [say("wording.open_to", whom=listed(whom, say))] if whom else []
    if admission.decided_sectors:
        where = listed([say(f"wording.in_{sector.value}") for sector in admission.decided_sectors], say)
        parts.append(say("wording.decided_for", where=where))
    return " ".join(parts)


def listed(words: list[str], say: Say) -> str:
    """Words after each other: a, a och b, a, b och c."""
    if len(words) <= 1:
        return "".join(words)
    return say("wording.and", first=", ".join(words[:-1]), last=words[-1])


def when(time: MeetingTime, zone: str, say: Say) -> str:
    """When a meeting is, or what is known of it; no made-up dates."""
    match time.kind:
        case TimeKind.SCHEDULED if time.start_at and time.end_at:
            return span(time.start_at, time.end_at, zone, say.language)
        case TimeKind.MONTH if time.month:
            return say("wording.month_only", month=month(time.month, say.language))
        case TimeKind.POSTPONED:
            return _was("wording.postponed", "wording.postponed_was", time.was_at, zone, say)
        case TimeKind.CALLED_OFF:
            return _was("wording.called_off", "wording.called_off_was", time.was_at, zone, say)
        case _:
            return say("wording.to_come")


def moved(meeting: MeetingRow, zone: str, say: Say) -> str:
    """When a meeting that has another time now was to begin; empty for one that has not been moved, or is over."""
    was, start = meeting.moved_from, meeting.time.start_at
    if was is None or start is None or was == start or meeting.is_held:
        return ""
    return say("wording.moved_from", was=moment(was, zone, say.language))


def _was(phrase: str, with_its_time: str, was_at: datetime | None, zone: str, say: Say) -> str:
    return say(with_its_time, was=moment(was_at, zone, say.language)) if was_at else say(phrase)


def where(place: Place, say: Say) -> str:
    """Where people meet."""
    if place.format is Format.ONLINE:
        return say("wording.online")
    if place.format is Format.HYBRID:
        return say("wording.hybrid", venue=place.on_a_map) if place.on_a_map else say("wording.hybrid_somewhere")
    return place.on_a_map or say("wording.place_to_come")


def map_of(place: Place) -> str:
    """An address that shows a place on a map, in any browser; nothing for what is only online, or not known."""
    if place.format is Format.ONLINE or not place.on_a_map:
        return ""
    found = ", ".join(filter(None, [place.address, place.town])) if place.address else place.on_a_map
    return f"{MAP}?{urlencode({'query': found})}"


def places(row: SeasonRow, say: Say) -> str:
    """Where a season's meetings are, as a list says it: "Malmö och Lund", "Lindehamn och på nätet", "på nätet"."""
    towns = listed(list(row.towns), say)
    if not row.has_online:
        return towns
    return say("wording.hybrid", venue=towns) if towns else say("wording.online")


def seats_left(row: SeasonRow, say: Say) -> str:
    """How many seats are free, in words, and how many wait."""
    if row.bookable > 0:
        return say("wording.seats_left", n=row.bookable)
    if row.offered > 0:
        return say("wording.both_offered" if row.offered == BOTH else "wording.all_offered", n=row.offered)
    return say("wording.full_waiting", n=row.waiting) if row.waiting else say("wording.full")


def booking_state(row: SeasonRow, now_on: date, say: Say) -> str:
    """Whether bookings are taken, until when, or why not."""
    if row.called_off_for:
        return say("wording.season_called_off", reason=row.called_off_for)
    if not row.is_open:
        return say("wording.closed_on", day=_on(row.closes_on, say)) if row.closes_on else say("wording.not_open")
    if row.closes_on is not None and row.closes_on < now_on:
        return say("wording.closed_on", day=_on(row.closes_on, say))
    return say("wording.open_until", day=day(row.closes_on, say.language)) if row.closes_on else say("wording.open")


def supplied(on: str, say: Say) -> str:
    """When something on a document is supplied: a day, a month, or to come."""
    if not on:
        return say("wording.to_come")
    return month(on, say.language) if len(on) == len("2027-01") else _on(date.fromisoformat(on), say)


def period(first_and_last: tuple[date, date | None], say: Say) -> str:
    """A membership's first and last day."""
    first, last = first_and_last
    if last is None:
        return say("wording.since", day=_on(first, say))
    return say("wording.between", first=_on(first, say), last=_on(last, say))
