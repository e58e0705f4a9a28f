"""The days that a report is asked for: as of a day, as it was known on a day, or a period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from application.accounting.queries.ageing import AsOf
from application.accounting.queries.ledger import Period
from domain.kernel.errors import BadValue
from domain.programme.meeting_time import instant_of
from web.pages.kernel.forms import Form


def end_of_day(form: Form, name: str, zone: str) -> datetime | None:
    """The last instant of a local day in a field, so that what happened during it counts; an empty field is none."""
    day = form.day(name)
    if day is None:
        return None
    try:
        return instant_of(datetime.combine(day + timedelta(days=1), time.min), zone) - timedelta(microseconds=1)
    except (BadValue, OverflowError):
        form.problems.note(name, "form.day")
        return None


def as_of(form: Form, zone: str) -> AsOf:
    """The fields `on` and `known`."""
    return AsOf(form.day("on"), end_of_day(form, "known", zone))


def period(form: Form, zone: str) -> Period:
    """The fields `from`, `until` and `known`."""
    return Period(form.day("from"), form.day("until"), end_of_day(form, "known", zone))


def month_of(day: date) -> tuple[date, date]:
    """The first and last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
