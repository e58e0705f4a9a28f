"""The roster: who sits in a season, to read aloud from, to print and to save; now or as it was on any past day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from flask import Blueprint, render_template, request

from application.reading.roster import RosterLine
from domain.errors import BadValue
from domain.meeting_time import instant_of
from web.forms import Form, Problems
from web.reader import Answer, Visit, say, services, visit_signed_in
from web.spreadsheet import csv_file, text_cell

pages = Blueprint("roster", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>/roster")
def page(slug: str, season_id: UUID) -> Answer:
    """The list, by organisation and name, and who waits."""
    reader = visit_signed_in(slug)
    view = services().programme.season(reader.actor, season_id)
    form = Form(request.args, Problems(say()))
    lines = _lines(reader, season_id, form, view.row.zone)
    waiting = services().rosters.waiting(reader.actor, season_id)
    fits = (each.place_id for each in waiting if each.name and each.seats <= view.row.left)
    return render_template(
        "roster.html",
        row=view.row,
        lines=lines,
        waiting=waiting,
        next_id=next(fits, None) if view.row.is_open else None,
        form=form,
        now=services().clock.now(),
        problems=form.problems.by_field,
    )


@pages.get("/<slug>/seasons/<uuid:season_id>/roster.csv")
def file(slug: str, season_id: UUID) -> Answer:
    """The same list as a file."""
    reader = visit_signed_in(slug)
    view = services().programme.season(reader.actor, season_id)
    lines = _lines(reader, season_id, Form(request.args, Problems(say())), view.row.zone)
    header = [say()(f"roster.column_{name}") for name in ("organisation", "name", "email", "seat")]
    return csv_file(say()("roster.file_name"), header, (_cells(line) for line in lines))


def _lines(reader: Visit, season_id: UUID, form: Form, zone: str) -> tuple[RosterLine, ...]:
    at, known_at = _end_of_day(form, "on", zone), _end_of_day(form, "known", zone)
    return services().rosters.of(reader.actor, season_id, at, known_at)


def _end_of_day(form: Form, name: str, zone: str) -> datetime | None:
    """The last instant of a local day, so that what happened during it counts."""
    day = form.day(name)
    if day is None:
        return None
    try:
        return instant_of(datetime.combine(day + timedelta(days=1), time.min), zone) - timedelta(microseconds=1)
    except (BadValue, OverflowError):
        form.problems.note(name, "form.day")
        return None


def _cells(line: RosterLine) -> list[str]:
    name = line.name or (say()("frame.erased") if line.person_id else say()("roster.unnamed"))
    return [text_cell(line.organisation), text_cell(name), text_cell(line.email or ""), str(line.seat)]
