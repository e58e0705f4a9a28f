"""How amounts, days, times and shares are written in Swedish and in English; nothing else writes a number for people.

`language` is "sv" or "en" everywhere. Spaces inside a number or before its unit do not break.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from domain.kernel.money import WHOLE
from domain.kernel.terms import zone_named

_SPACE = "\u00a0"
_MINOR = 100
_HALF_A_YEAR = 183
_KEPT = 1024
"""How many of each a process remembers: days, times and amounts come again and again, on pages and in letters."""
_LATELY = {"sv": {0: "i dag", 1: "i går"}, "en": {0: "today", 1: "yesterday"}}


def money(amount: int, currency: str = "SEK", language: str = "sv") -> str:
    """An amount in minor units: "12 000 kr", "12 000,50 kr"; in English "SEK 12,000", "SEK 12,000.50"."""
    written = figures(amount, language) if amount % _MINOR else number(amount // _MINOR, language)
    if language == "sv":
        return f"{written}{_SPACE}{'kr' if currency == 'SEK' else currency}"
    return f"{currency}{_SPACE}{written}"


def figures(amount: int, language: str = "sv") -> str:
    """An amount in minor units with both decimals and no currency, for columns: "12 000,00"."""
    return _minus(_decimal(Decimal(amount) / _MINOR, "#,##0.00", language))


def number(count: int, language: str = "sv") -> str:
    """A whole number: "12 000"; in English "12,000"."""
    return _minus(_decimal(count, "#,##0", language))


def share(basis_points: int, language: str = "sv") -> str:
    """A share of a whole: "50 %", "12,5 %"; in English "50%"."""
    written = _decimal(Decimal(basis_points) * 100 / WHOLE, "#,##0.##", language)
    return f"{written}{_SPACE}%" if language == "sv" else f"{written}%"


def day(on: date, language: str = "sv") -> str:
    """A day with its weekday: "onsdag 28 oktober 2026", "Wednesday 28 October 2026"."""
    return _date(on, "EEEE d MMMM y", language)


def weekday(on: date, language: str = "sv") -> str:
    """A day's name in three letters or so, beside its number: "tors", "Thu"."""
    return _date(on, "EEE", language).rstrip(".")


def weekday_name(on: date, language: str = "sv") -> str:
    """A day's whole name: "torsdag", "Thursday"."""
    return _date(on, "EEEE", language)


def day_of_year(on: date, language: str = "sv") -> str:
    """A day with its weekday, where the year goes without saying: "onsdag 28 oktober"."""
    return _date(on, "EEEE d MMMM", language)


def day_and_month(on: date, language: str = "sv") -> str:
    """A day, where the year goes without saying: "28 oktober"."""
    return _date(on, "d MMMM", language)


def short_day(on: date, language: str = "sv") -> str:
    """A day without its weekday: "28 oktober 2026"."""
    return _date(on, "d MMMM y", language)


def near_day(on: date, language: str = "sv", today: date | None = None, *, with_weekday: bool = False) -> str:
    """A day with its year only where that may be in doubt, seen from `today`: "2 januari", "3 mars 2028"."""
    pattern = ("EEEE " if with_weekday else "") + "d MMMM" + ("" if today and _is_near(on, today) else " y")
    return _date(on, pattern, language)


def _is_near(on: date, today: date) -> bool:
    """In this year, or so soon in the next that nobody thinks of another."""
    return on.year == today.year or 0 <= (on - today).days <= _HALF_A_YEAR


def month(year_and_month: str, language: str = "sv") -> str:
    """A month given as YYYY-MM: "juni 2027"."""
    return _date(date.fromisoformat(f"{year_and_month}-01"), "MMMM y", language)


def month_name(year_and_month: str, language: str = "sv") -> str:
    """The same without its year: "juni"."""
    return _date(date.fromisoformat(f"{year_and_month}-01"), "LLLL", language)


def clock(instant: datetime, zone: str, language: str = "sv") -> str:
    """The time of day where the zone's clocks hang: "09.00", "09:00"; with its offset in the hour that comes twice."""
    return _clock(instant.astimezone(UTC), zone, language)


@lru_cache(maxsize=_KEPT)
def _clock(instant: datetime, zone: str, language: str) -> str:
    local = instant.astimezone(zone_named(zone))
    written = f"{local:%H.%M}" if language == "sv" else f"{local:%H:%M}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return written
    return f"{written} ({_offset(local.utcoffset() or timedelta())})"


def short_month(on: date, language: str = "sv") -> str:
    """The month of a day in three letters or so, for a picture: "jan.", "Jan"."""
    return _date(on, "LLL", language)


def moment(instant: datetime, zone: str = "Europe/Stockholm", language: str = "sv") -> str:
    """An instant as local day and time: "söndag 3 januari 2027 kl. 00.00", "Sunday 3 January 2027 at 00:00"."""
    return _at(day(instant.astimezone(zone_named(zone)).date(), language), instant, zone, language)


def lately(instant: datetime, zone: str, language: str, today: date) -> str:
    """When something has happened, seen from `today`: "i dag kl. 14.09", "fredag 20 november kl. 10.31"."""
    on = instant.astimezone(zone_named(zone)).date()
    words = _LATELY[language].get((today - on).days)
    return near_moment(instant, zone, language, today) if words is None else _at(words, instant, zone, language)


def near_moment(instant: datetime, zone: str, language: str = "sv", today: date | None = None) -> str:
    """An instant with its year only where that may be in doubt, seen from `today`: "lördag 2 januari kl. 12.00"."""
    on = instant.astimezone(zone_named(zone)).date()
    return _at(near_day(on, language, today, with_weekday=True), instant, zone, language)


def _at(words: str, instant: datetime, zone: str, language: str) -> str:
    at = f"kl.{_SPACE}" if language == "sv" else "at "
    return f"{words} {at}{clock(instant, zone, language)}"


def deadline(instant: datetime, zone: str = "Europe/Stockholm", language: str = "sv") -> str:
    """As `moment`; a time of day has its offset too: "söndag 25 oktober 2026 kl. 02.30 (UTC+1)"."""
    local = instant.astimezone(zone_named(zone))
    written = moment(instant, zone, language)
    if local.time() == time.min or written.endswith(")"):
        return written
    return f"{written} ({_offset(local.utcoffset() or timedelta())})"


def span(start: datetime, end: datetime, zone: str = "Europe/Stockholm", language: str = "sv") -> str:
    """From one instant to another: "onsdag 28 oktober 2026, 09.00–16.00", or both days where they differ."""
    first, last = (each.astimezone(zone_named(zone)).date() for each in (start, end))
    begins, ends = clock(start, zone, language), clock(end, zone, language)
    if first == last:
        return f"{day(first, language)}, {begins}–{ends}"
    return f"{day(first, language)}, {begins} – {day(last, language)}, {ends}"


def org_number(digits: str, country: str = "SE") -> str:
    """An organisation number as its country writes it: "556999-0004", "2077474-0", "974 760 673"."""
    if country == "FI" and len(digits) == 8:
        return f"{digits[:7]}-{digits[7:]}"
    if country == "NO" and len(digits) == 9:
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 and country == "SE" else digits


@lru_cache(maxsize=_KEPT)
def _date(on: date, pattern: str, language: str) -> str:
    return str(format_date(on, pattern, locale=language))


@lru_cache(maxsize=_KEPT)
def _decimal(number: Decimal | int, pattern: str, language: str) -> str:
    return str(format_decimal(number, pattern, locale=language))


def _minus(written: str) -> str:
    return written.replace("-", "\N{MINUS SIGN}")


def _offset(offset: timedelta) -> str:
    hours, minutes = divmod(int(offset.total_seconds()) // 60, 60)
    return f"UTC{hours:+d}" + (f":{minutes:02d}" if minutes else "")
