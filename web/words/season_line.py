"""A season in a line of a list: its day, how long it is, where, for how much, and in which language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from application.programme.queries.season_view import SeasonRow
from domain.programme.outline import Measure
from domain.programme.price import Per
from web.words.formats import clock, money, month, month_name, weekday
from web.words.language import SWEDISH, Say
from web.words.price import with_its_vat
from web.words.wording import places

A_YEAR = 12
RUN = 7
"""So many days after each other are told by their first and their last."""


def day_words(days: Sequence[date], say: Say) -> tuple[str, str]:
    """The number of a day and its name, or of the first and the last of days that follow upon each other."""
    first, last = days[0], days[-1]
    if len(days) == 1 or (last - first).days != len(days) - 1 or len(days) > RUN or last.month != first.month:
        return str(first.day), weekday(first, say.language)
    return f"{first.day}–{last.day}", f"{weekday(first, say.language)}–{weekday(last, say.language)}"


def facts_of(row: SeasonRow, say: Say, *, is_over: bool = False, has_times: bool = False) -> list[str]:
    """What is to be known of it at once, each in a few words; what is not known, or no longer counts, is left out.

    `has_times`: its meetings stand beside, each with its time.
    """
    language = say(f"season_line.in_{row.language}") if row.language != say.language else ""
    price = "" if is_over else lowest_price_text(row, say)
    length = "" if has_times and row.outline.start_at else length_text(row, say)
    facts = (length, places(row, say), price, language)
    return [each for each in facts if each]


def length_text(row: SeasonRow, say: Say) -> str:
    """How long it is, as people say it: "kl. 13–15", "2 dagar", "5 halvdagar, oktober–juni"."""
    outline = row.outline
    if outline.start_at and outline.end_at:
        return _hours(outline.start_at, outline.end_at, row.zone, say)
    if outline.count == 0 or (outline.count == 1 and outline.measure is not Measure.DAYS):
        return ""
    length = say(f"season_line.{outline.measure.value}", n=outline.count)
    return f"{length}, {_months(outline.months, say)}" if len(outline.months) > 1 else length


def _hours(start: datetime, end: datetime, zone: str, say: Say) -> str:
    first, last = (clock(each, zone, say.language) for each in (start, end))
    if say.language != SWEDISH:
        return f"{first}–{last}"
    return say("season_line.hours", hours="–".join(each.lstrip("0").removesuffix(".00") for each in (first, last)))


def _months(months: Sequence[str], say: Say) -> str:
    """From which month to which; with their years where a year or more is between them."""
    first, last = months[0], months[-1]
    years, between = int(last[:4]) - int(first[:4]), int(last[5:]) - int(first[5:])
    if years * A_YEAR + between >= A_YEAR:
        return f"{month(first, say.language)} – {month(last, say.language)}"
    return f"{month_name(first, say.language)}–{month_name(last, say.language)}"


def lowest_price_text(row: SeasonRow, say: Say) -> str:
    """What it costs, or from how much: "från 6 000 kr exkl. moms", "gratis"."""
    price = row.price
    if price is None:
        return ""
    if row.is_free:
        return say("season_line.free")
    amount = money(price.amount.amount, price.amount.currency, say.language)
    if row.has_other_prices:
        amount = say("season_line.from", amount=amount)
    is_before_vat = price.vat.basis_points and not price.includes_vat
    told = say("season_line.exclusive", amount=amount) if is_before_vat else with_its_vat(amount, price.vat, say)
    return say("season_line.per_organisation", price=told) if price.per is Per.ORGANISATION else told
