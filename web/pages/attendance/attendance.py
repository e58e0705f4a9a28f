"""Who came: to the meetings of a season, person by person, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template

from application.attendance.queries.attendance import CameRow
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.ids import MeetingId, PersonId
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, say, services
from web.reports.spreadsheet import list_file
from web.words.formats import clock

pages = Blueprint("attendance", __name__)

Came = dict[PersonId, dict[MeetingId, CameRow]]


@pages.get("/<slug>/seasons/<uuid:season_id>/attendance")
def page(season_id: UUID) -> Answer:
    """A row for each person who has been there, a column for each meeting that has begun."""
    view, came = _asked(season_id)
    people = {person: next(iter(rows.values())) for person, rows in came.items()}
    return render_template("attendance.html", row=view.row, meetings=_begun(view, came), came=came, people=people)


@pages.get("/<slug>/seasons/<uuid:season_id>/attendance.<any(csv, xlsx):saved_as>")
def file(season_id: UUID, saved_as: str) -> Answer:
    """The same as a file."""
    view, came = _asked(season_id)
    meetings, t = _begun(view, came), say()
    header = [t("roster.column_name"), t("roster.column_organisation"), *(each.title for each in meetings)]
    lines = [_cells(rows, [each.meeting_id for each in meetings], view.row.zone) for rows in came.values()]
    return list_file(saved_as, t("attendance.file_name"), header, lines)


def _asked(season_id: UUID) -> tuple[SeasonView, Came]:
    visit, view = season_as_admin(season_id)
    came: Came = {}
    for each in services().attendance.of_season(visit.actor, season_id):
        came.setdefault(each.person_id, {})[each.meeting_id] = each
    return view, came


def _begun(view: SeasonView, came: Came) -> list[MeetingRow]:
    """Those that have begun, and those that somebody has come to already."""
    now, there = services().clock.now(), {meeting for rows in came.values() for meeting in rows}
    return [each for each in view.meetings if each.time.is_over(now) or each.meeting_id in there]


def _cells(rows: dict[MeetingId, CameRow], meetings: Sequence[MeetingId], zone: str) -> list[str | int]:
    first = next(iter(rows.values()))
    times = [clock(rows[each].came_at, zone, say().language) if each in rows else "" for each in meetings]
    return [first.name or say()("frame.erased"), first.organisation, *times]
