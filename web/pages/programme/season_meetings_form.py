"""The meetings of a planned season in one table: which rows were changed since they were shown, and which are new."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from application.programme.meeting import ArrangeMeetings, PlannedMeeting, ScheduleMeeting
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.terms import zone_named
from domain.programme.meeting_time import TimeKind
from web.pages.kernel.forms import Form, Typed
from web.pages.programme.season_plan_table import MEETING, Cells, Row, place_cells, rows_of

WAS = "m_was"
OVER = (TimeKind.CALLED_OFF,)


@dataclass(frozen=True)
class Change:
    """A meeting that becomes something else."""

    meeting: MeetingRow
    planned: PlannedMeeting


class SeasonMeetingsForm:
    """A row for each meeting that can be changed, in the season's order; then rows for new ones."""

    def __init__(self, view: SeasonView, form: Form, *, is_typed: bool, grow: bool = False) -> None:
        self.view, self.form = view, form
        self.coming = [each for each in view.meetings if not each.is_held and each.time.kind not in OVER]
        shown = [_cells(each, view.row.zone) for each in self.coming]
        known = form.typed if is_typed else _typed(shown)
        least = max(len(shown) + 1, len(known.getlist(MEETING[0])) + grow)
        self.rows = [self._titled(row) for row in rows_of(known, MEETING, least)]
        self.was = form.typed.getlist(WAS) if is_typed else [_print(cells) for cells in shown]

    def look_anew(self) -> bool:
        """Whether somebody else has changed a row since that was changed here too; from now on it shows what is."""
        now = [_print(_cells(each, self.view.row.zone)) for each in self.coming]
        pairs = zip(self.rows, self.was, now, strict=False)
        is_overtaken = any(_is_changed(row, was) and was != still for row, was, still in pairs)
        if is_overtaken:
            self.was = now
        return is_overtaken

    @property
    def print(self) -> str:
        """What is typed, in short: whoever has looked at one thing has not looked at another."""
        return _print(tuple("|".join(row.cells.values()) for row in self.rows))

    def read(self) -> tuple[list[Change], list[PlannedMeeting]]:
        """What was changed, and what is new; what cannot be read is among the form's problems."""
        planned = Cells(self.form.problems, self.view.row.zone).meetings(self.rows)
        if self.form.problems or len(self.was) != len(self.coming):
            return [], []
        pairs = list(zip(self.coming, self.rows, self.was, planned, strict=False))
        for meeting, row, was, _ in pairs:
            if _is_changed(row, was) and meeting.time.kind is TimeKind.POSTPONED and not row.has("m_on", "m_month"):
                self.form.problems.missing(f"m_on-{row.no}")
        changes = [
            Change(meeting, replace(new, place=replace(new.place, link=meeting.place.link)))
            for meeting, row, was, new in pairs
            if _is_changed(row, was)
        ]
        return changes, planned[len(self.coming) :]

    def command(self, changes: list[Change], more: list[PlannedMeeting]) -> ArrangeMeetings:
        """All of it as one command."""
        season_id = self.view.row.season_id
        moved = tuple(
            ScheduleMeeting(season_id, one.meeting.meeting_id, one.planned.time, one.planned.place) for one in changes
        )
        return ArrangeMeetings(season_id, moved, tuple(more))

    def _titled(self, row: Row) -> Row:
        """A meeting keeps its title: it is what the participants know it by."""
        if row.no > len(self.coming):
            return row
        return Row(row.no, {**row.cells, "m_title": self.coming[row.no - 1].title})


def _is_changed(row: Row, was: str) -> bool:
    return _print(tuple(row.cells.values())) != was


def _cells(meeting: MeetingRow, zone: str) -> tuple[str, ...]:
    time, place = meeting.time, meeting.place
    times = ("", "", "")
    if time.start_at is not None and time.end_at is not None and time.kind is not TimeKind.POSTPONED:
        start, end = (each.astimezone(zone_named(zone)) for each in (time.start_at, time.end_at))
        times = (f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}")
    return (meeting.title, *times, time.month or "", *place_cells(place))


def _typed(shown: list[tuple[str, ...]]) -> Typed:
    typed: Typed = MultiDict()
    for cells in shown:
        typed.update(dict(zip(MEETING, cells, strict=True)))
    return typed


def _print(cells: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(cells).encode()).hexdigest()[:16]
