"""The days that a report is asked for: as of a day, as it was known on a day, or a period."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from application.accounting.queries.ageing import AsOf
from application.accounting.queries.ledger import Period
from domain.kernel.terms import start_of
from web.pages.kernel.forms import Form


def end_of_day(form: Form, name: str, zone: str) -> datetime | None:
    """The last instant of a local day in a field, so that what happened during it counts; an empty field is none."""
    day = form.day(name)
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1) if day else None


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
