"""The points of a meeting's programme as rows of a form: from, to, what, and who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.programme.queries.season_view import MeetingRow
from domain.kernel.errors import PlatsError
from domain.kernel.ids import PersonId
from domain.kernel.terms import zone_named
from domain.programme.meeting import ProgrammeItem
from domain.programme.meeting_time import instant_of
from web.kernel.typed_days import local_time_of
from web.pages.kernel.forms import Form

CELLS = ("p_start", "p_end", "p_title")
MOST_ROWS = 100
SPARE = 2
"""Empty rows below the points there are."""


@dataclass(frozen=True)
class Point:
    """One row, counted from 1, as typed; `speakers` are the ids that are ticked in it."""

    no: int
    start: str
    end: str
    title: str
    speakers: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it; who is ticked alone is no point."""
        return not (self.start or self.end or self.title)


class ProgrammeForm:
    """The rows as typed, or as the meeting's programme is known; and empty ones."""

    def __init__(self, meeting: MeetingRow, form: Form, zone: str, *, is_typed: bool, grow: bool = False) -> None:
        self._form, self._zone = form, zone
        known = _typed(form) if is_typed else [_known(no, each, zone) for no, each in enumerate(meeting.programme, 1)]
        filled = len([each for each in known if not each.is_empty])
        least = min(max(len(known) + grow, filled + SPARE), MOST_ROWS)
        self.rows = [*known, *(Point(no, "", "", "", ()) for no in range(len(known) + 1, least + 1))]

    def read(self) -> tuple[ProgrammeItem, ...]:
        """The points in order; what cannot be read is among the form's problems, at its cell."""
        found = [self._item(row) for row in self.rows if not row.is_empty]
        return tuple(each for each in found if each is not None)

    def _item(self, row: Point) -> ProgrammeItem | None:
        if not row.title:
            self._form.problems.missing(f"p_title-{row.no}")
        start, end = self._instant(row.start, f"p_start-{row.no}"), self._instant(row.end, f"p_end-{row.no}")
        if start is None or end is None or not row.title:
            return None
        try:
            return ProgrammeItem(start, end, row.title, tuple(PersonId(UUID(each)) for each in row.speakers))
        except PlatsError as error:
            self._form.problems.refused(error, {"end": f"p_end-{row.no}"})
            return None

    def _instant(self, typed: str, cell: str) -> datetime | None:
        try:
            return instant_of(local_time_of(typed), self._zone)
        except PlatsError as error:
            self._form.problems.refused(error, {"time": cell})
        except ValueError:
            self._form.problems.note(cell, "form.moment")
        return None


def _typed(form: Form) -> list[Point]:
    columns = [[each.strip() for each in form.typed.getlist(name)[:MOST_ROWS]] for name in CELLS]
    return [
        Point(no, start, end, title, tuple(form.typed.getlist(f"p_speaker-{no}")))
        for no, (start, end, title) in enumerate(zip(*columns, strict=False), start=1)
    ]


def _known(no: int, item: ProgrammeItem, zone: str) -> Point:
    start, end = (f"{each.astimezone(zone_named(zone)):%Y-%m-%dT%H:%M}" for each in (item.start_at, item.end_at))
    return Point(no, start, end, item.title, tuple(str(each) for each in item.speakers))
