"""A letter's sheet, composed of its words and facts: block after block, in its reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from domain.attendance.ticket import aloud
from domain.kernel.terms import day_in
from domain.mail.placeholders import PLACE
from domain.programme.meeting_time import TimeKind
from web.letters.blocks import Block, Button, Code, Heading, Paragraph, Qr, Row, Rows, Seats, Ticket
from web.letters.pen import Pen, Told, told_meetings, told_people
from web.letters.pieces import FRAME, Mark, Piece, body_of, ways_to_say
from web.words import formats
from web.words.wording import map_of, when

Facts: TypeAlias = Mapping[str, Any]


def blocks_of(pen: Pen, kind: str, facts: Facts) -> tuple[Block, ...]:
    """A kind's body with its facts; what has none of them is left out, and a heading under which nothing stands."""
    found: list[Block] = []
    for piece in body_of(kind, pen.language):
        if has_its_facts(piece, facts):
            _SET[piece.mark](pen, piece, facts, found)
    return tuple(
        each
        for each, after in zip(found, [*found[1:], None][: len(found)], strict=True)
        if not isinstance(each, Heading) or not (after is None or isinstance(after, Heading))
    )


def has_its_facts(piece: Piece, facts: Facts) -> bool:
    """Whether there is something to put in: a fact that is empty takes what names it with it."""
    return all(facts.get(name) for name in piece.facts)


def capital(words: str) -> str:
    """The same as a sentence begins."""
    return words[:1].upper() + words[1:]


def _heading(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    found.append(Heading(pen.written(piece.words, facts)))


def _paragraph(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    found.append(Paragraph(tuple(capital(pen.written(piece.words, facts).strip()).splitlines())))


def _button(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    is_first = not any(isinstance(each, Button) for each in found)
    found.append(Button(pen.written(piece.words, facts), pen.written(piece.target, facts), is_first))


def _ticket(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    """Nothing of a meeting of which no day is known: it stands in the list, or there is nothing to say."""
    told = told_meetings(facts[piece.words])[0]
    day = day_in(told.start_at, pen.zone) if told.start_at is not None else None
    found.append(
        Ticket(
            told.title,
            formats.weekday_name(day, pen.language) if day else "",
            str(day.day) if day else "",
            formats.month(f"{day:%Y-%m}", pen.language) if day else "",
            when(told.time, pen.zone, pen.say),
            _hours(pen, told),
            pen.place(told),
            "" if told.is_off else map_of(told.place),
            told.is_off,
        )
    )


def _people(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    unnamed = ways_to_say(FRAME, "seat", pen.language)[0]
    said = tuple(name or pen.written(unnamed.words, {"no": no}) for no, name in told_people(facts[piece.words]))
    if found and isinstance(found[-1], Ticket):
        found[-1] = replace(found[-1], seats=said)
    else:
        found.append(Seats(said))


def _meetings(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    """Nothing where the one meeting there is stands on a ticket."""
    told = told_meetings(facts[piece.words])
    if len(told) > 1 or told[0].title not in {each.title for each in found if isinstance(each, Ticket)}:
        years = {day_in(each.start_at, pen.zone).year for each in told if each.start_at is not None}
        found.append(Rows(tuple(_row(pen, each, is_one_year=len(years) == 1) for each in told)))


def _row(pen: Pen, told: Told, *, is_one_year: bool) -> Row:
    day = _day(pen, told, is_one_year=is_one_year)
    parts = [_hours(pen, told), pen.place(told)]
    return Row(day, told.title, ", ".join(each for each in parts if each), pen.when_and_where(told), told.is_off)


def _day(pen: Pen, told: Told, *, is_one_year: bool) -> str:
    if told.start_at is not None:
        day = day_in(told.start_at, pen.zone)
        return formats.day_and_month(day, pen.language) if is_one_year else formats.short_day(day, pen.language)
    if told.time.month is not None:
        return formats.month(told.time.month, pen.language)
    return pen.say("wording.to_come") if not told.is_off else ""


def _hours(pen: Pen, told: Told) -> str:
    """From when to when; what is known instead, where that is not."""
    time = told.time
    if time.kind is TimeKind.MONTH:
        return ways_to_say(FRAME, "day_to_come", pen.language)[0].words
    if time.start_at is None or time.end_at is None:
        return "" if time.kind is TimeKind.TO_COME else when(replace(time, was_at=None), pen.zone, pen.say)
    first, last = (day_in(each, pen.zone) for each in (time.start_at, time.end_at))
    begins, ends = (formats.clock(each, pen.zone, pen.language) for each in (time.start_at, time.end_at))
    return f"{begins}–{ends}" if first == last else f"{begins} – {_until(last, pen)}, {ends}"


def _until(day: date, pen: Pen) -> str:
    return formats.day(day, pen.language)


def _qr(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    code = facts[piece.words]
    found.append(Qr(code, pen.say("ticket.alt", code=code), aloud(code)))


_NAMED = re.compile(r",? ?\{name\}")


def _own(pen: Pen, piece: Piece, facts: Facts, found: list[Block]) -> None:
    """The organiser's own words: facts of the allow-list stand for their names in braces, and nothing else does.

    A name that is not known is left out, and a paragraph that names something else that is not; a line that begins
    with "# " is a heading.
    """
    told = {
        "name": str(facts.get("name") or ""),
        "organiser": str(facts.get("organiser") or ""),
        "season": str(facts.get("season") or ""),
        "next_meeting": _next(pen, facts),
    }
    text = str(facts[piece.words])
    for paragraph in (text if told["name"] else _NAMED.sub("", text)).split("\n\n"):
        if not all(told.get(name) for name in PLACE.findall(paragraph)):
            continue
        words = PLACE.sub(lambda place: told[place[1]], paragraph).strip()
        if words.startswith("# ") and "\n" not in words:
            found.append(Heading(words.removeprefix("# ")))
        elif words:
            found.append(Paragraph(tuple(words.splitlines())))


def _next(pen: Pen, facts: Facts) -> str:
    if not facts.get("next"):
        return ""
    told = told_meetings(facts["next"])[0]
    return f"{told.title}, {pen.when_and_where(told)}"


_SET: Mapping[Mark, Callable[[Pen, Piece, Facts, list[Block]], None]] = {
    Mark.TEXT: _paragraph,
    Mark.HEADING: _heading,
    Mark.BUTTON: _button,
    Mark.TICKET: _ticket,
    Mark.PEOPLE: _people,
    Mark.MEETINGS: _meetings,
    Mark.OWN: _own,
    Mark.CODE: lambda _pen, piece, facts, found: found.append(Code(facts[piece.words])),
    Mark.QR: _qr,
}
