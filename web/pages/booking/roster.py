"""The roster: who sits in a season, to read aloud from, print, save and make badges of; now or on a past day."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking.queries.roster import Catering, RosterLine
from application.programme.queries.season_view import SeasonView
from domain.kernel.text import plain
from domain.programme.meeting_time import TimeKind
from web.pages.kernel.asked_day import end_of_day
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.qr import picture_of
from web.pages.kernel.visit import Answer, Visit, say, services, visit_signed_in
from web.reports.spreadsheet import list_file

pages = Blueprint("roster", __name__)

KINDS = ("csv", "xlsx")
MOST = 250
"""How many lines a page shows; a longer list goes on on the next one, or is asked for whole, to print."""
COLUMNS = ("organisation", "name", "email", "seat", "needs")


@pages.get("/<slug>/seasons/<uuid:season_id>/roster")
def page(season_id: UUID) -> Answer:
    """The list, by organisation and name, and who waits."""
    visit, view, form, everybody = _asked(season_id)
    lines, first = _filtered(everybody, form), _first(form)
    shown = lines if form.text("whole") else lines[first : first + MOST]
    waiting = services().rosters.waiting(visit.actor, season_id)
    held = {each.place_id: each.held for each in services().seat_offer_questions.line(visit.actor, season_id)}
    fits = (each.place_id for each in waiting if each.name and each.seats <= view.row.left + held.get(each.place_id, 0))
    return form.page(
        "roster.html",
        row=view.row,
        count=len(everybody),
        lines=lines,
        shown=shown,
        first=first,
        rest=len(lines) > first + len(shown),
        organisations=list(dict.fromkeys(line.organisation for line in everybody if line.organisation)),
        waiting=waiting,
        next_id=next(fits, None) if view.row.is_open else None,
        kinds=KINDS,
        now=services().clock.now(),
    )


@pages.get("/<slug>/seasons/<uuid:season_id>/roster.<any(csv, xlsx):saved_as>")
def file(season_id: UUID, saved_as: str) -> Answer:
    """The same list as a file."""
    _, _, form, everybody = _asked(season_id)
    header = [say()(f"roster.column_{name}") for name in COLUMNS]
    return list_file(saved_as, say()("roster.file_name"), header, map(_cells, _filtered(everybody, form)))


@pages.get("/<slug>/seasons/<uuid:season_id>/badges")
def badges(season_id: UUID) -> Answer:
    """Name badges to print, eight on a page, with the code for the door; seats without a name get an empty one."""
    _, view, form, everybody = _asked(season_id)
    code_for = services().tickets.code_for
    pictures = {
        (each.booking_id, each.seat): picture_of(code_for(each.booking_id, each.seat, each.person_id), 3)
        for each in everybody
        if each.person_id is not None
    }
    return render_template("badges.html", row=view.row, lines=_filtered(everybody, form), pictures=pictures)


@pages.get("/<slug>/seasons/<uuid:season_id>/catering")
def catering(season_id: UUID) -> Answer:
    """For the kitchen: how many, and which needs, without anybody's name; of all seats, or of those at one meeting."""
    visit = visit_signed_in()
    view = services().programme.season(visit.actor, season_id)
    told, meeting_id = _for_kitchen(visit, season_id)
    meetings = [each for each in view.meetings if each.time.kind is not TimeKind.CALLED_OFF and not each.is_held]
    return render_template("catering.html", row=view.row, told=told, meetings=meetings, chosen=meeting_id)


@pages.get("/<slug>/seasons/<uuid:season_id>/catering.<any(csv, xlsx):saved_as>")
def catering_file(season_id: UUID, saved_as: str) -> Answer:
    """The same as a file to send."""
    told, _ = _for_kitchen(visit_signed_in(), season_id)
    rows: list[Sequence[str | int]] = [(say()("roster.everybody"), told.seats), *told.needs]
    header = [say()("roster.column_needs"), say()("roster.column_count")]
    return list_file(saved_as, say()("roster.catering_file"), header, rows)


def _for_kitchen(visit: Visit, season_id: UUID) -> tuple[Catering, UUID | None]:
    """What the kitchen is told: of the meeting that the address asks for, or of the whole season."""
    meeting_id = Form(request.args).choice("meeting")
    if meeting_id is None:
        return services().rosters.catering(visit.actor, season_id), None
    return services().participation_questions.kitchen(visit.actor, season_id, meeting_id), meeting_id


def _asked(season_id: UUID) -> tuple[Visit, SeasonView, Form, tuple[RosterLine, ...]]:
    """Who reads, the season, what the address asks, and everybody who sits in it on the day that is asked for."""
    visit = visit_signed_in()
    view, form = services().programme.season(visit.actor, season_id), Form(request.args)
    at, known_at = (end_of_day(form, name, view.row.zone) for name in ("on", "known"))
    return visit, view, form, services().rosters.of(visit.actor, season_id, at, known_at)


def _filtered(lines: tuple[RosterLine, ...], form: Form) -> list[RosterLine]:
    words, organisation, only = plain(search_words(form.text("q"))), form.text("organisation"), form.text("only")
    return [
        line
        for line in lines
        if (not words or words in plain(f"{line.name or ''} {line.email or ''} {line.organisation}"))
        and (not organisation or line.organisation == organisation)
        and (only != "unnamed" or line.person_id is None)
        and (only != "needs" or line.needs)
    ]


def _first(form: Form) -> int:
    """How many lines stand on earlier pages."""
    after = form.text("after")
    return 0 if form.text("whole") or not (after.isdecimal() and len(after) < 7) else int(after)


def _cells(line: RosterLine) -> Sequence[str | int]:
    name = line.name or (say()("frame.erased") if line.person_id else say()("roster.unnamed"))
    return [line.organisation, name, line.email or "", line.seat, line.needs or ""]
