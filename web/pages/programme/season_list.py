"""Seasons as the programme lists them: under the month in which they begin, or the one that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from application.programme.queries.programme import OrganiserRow
from application.programme.queries.season_view import SeasonRow
from web.pages.kernel.visit import say
from web.words.formats import day, month, short_month
from web.words.season_line import day_words, facts_of
from web.words.wording import booking_state


@dataclass(frozen=True)
class SeasonLine:
    """One season: the day that stands before it (`number`, `weekday`; "": none yet), and what is said after its name.

    `state`: whether bookings are taken, where they are not.
    """

    row: SeasonRow
    slug: str
    number: str
    weekday: str
    facts: list[str]
    state: str
    is_over: bool


Part = tuple[str, list[SeasonLine]]
"""A heading, and the seasons under it."""


@dataclass(frozen=True)
class SeasonList:
    """How seasons are listed: `on` which day, those of one month (YYYY-MM) where one was asked for.

    `organisers`: whose they are. `names_them`: each line says by whom it is given.
    """

    on: date
    organisers: tuple[OrganiserRow, ...]
    month: str | None = None
    names_them: bool = False

    def parts(self, rows: Iterable[SeasonRow]) -> list[Part]:
        """All under their headings, in order: what has begun, then month by month, then what has no day yet."""
        seasons = list(rows)
        if self.month:
            seasons.sort(key=lambda row: self._days(row)[:1] or [date.max])
        found: dict[str, list[SeasonLine]] = {}
        for row in seasons:
            found.setdefault(self._heading(row), []).append(self.line(row))
        return list(found.items())

    def line(self, row: SeasonRow) -> SeasonLine:
        """One season in its line."""
        days = self._days(row)
        words = say()
        number, name = day_words(days, words) if days else ("", words("season_line.day_to_come"))
        if days and self._has_begun(row) and not self.month:
            name = f"{name} {short_month(days[0], words.language).rstrip('.')}"
        organiser = next(each for each in self.organisers if each.organiser_id == row.organiser_id)
        is_over = row.is_over(self.on)
        facts = [
            *facts_of(row, words, is_over=is_over),
            *self._when(row),
            *([organiser.name] if self.names_them else []),
        ]
        state = "" if row.is_open or is_over else booking_state(row, self.on, words)
        return SeasonLine(row, organiser.slug, number, name, facts, state, is_over)

    def _has_begun(self, row: SeasonRow) -> bool:
        return row.first_on is not None and row.first_on < self.on and not row.is_over(self.on)

    def _days(self, row: SeasonRow) -> list[date]:
        """Its days that are still to come, or all of them; of the month that was asked for."""
        days = [each for each in row.outline.days if not self.month or f"{each:%Y-%m}" == self.month]
        return [each for each in days if each >= self.on] or days

    def _when(self, row: SeasonRow) -> list[str]:
        if row.last_on and row.is_over(self.on):
            is_long = row.last_on != row.first_on
            return [say()("season_line.ended_on", day=day(row.last_on, say().language))] if is_long else []
        if row.first_on and row.first_on < self.on:
            return [say()("season_line.began_on", day=day(row.first_on, say().language))]
        return []

    def _heading(self, row: SeasonRow) -> str:
        if self.month:
            return _of_month(self.month)
        if self._has_begun(row):
            return say()("season_line.began")
        if row.first_on:
            return _of_month(f"{row.first_on:%Y-%m}")
        return _of_month(row.outline.months[0]) if row.outline.months else say()("programme.no_day")


def _of_month(text: str) -> str:
    try:
        return month(text, say().language).capitalize()
    except ValueError:
        return text
