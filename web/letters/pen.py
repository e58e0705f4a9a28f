"""Writes the facts of letters as a language writes them."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from application.mail.letters import Agreed
from domain.kernel.documents import LineKind
from domain.kernel.terms import day_in
from domain.kernel.vat import VatKind, VatRate
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, TimeKind
from web.letters.pieces import FRAME, read_letters
from web.words import formats
from web.words.language import Say, read_phrases
from web.words.price import paid_text, price_reasons, sum_text
from web.words.terms import terms_sentences
from web.words.wording import line_text_of, listed, when, where

_OFF = (TimeKind.POSTPONED, TimeKind.CALLED_OFF)


class Unsaid(Exception):
    """Words ask for what is not known, such as the day of a meeting that has none: it is to be said another way."""


@dataclass(frozen=True)
class Told:
    """A meeting that a letter tells of."""

    title: str
    time: MeetingTime
    place: Place

    @property
    def is_off(self) -> bool:
        """Whether it will not be when it was to be."""
        return self.time.kind in _OFF

    @property
    def start_at(self) -> datetime | None:
        """When it begins, or was to begin."""
        return self.time.was_at if self.is_off else self.time.start_at


@lru_cache(maxsize=64)
def told_meetings(value: str) -> tuple[Told, ...]:
    """The meetings in a fact, whichever version posted it; a letter says them in several places."""
    return tuple(_told(each) for each in json.loads(value))


def told_people(value: str) -> list[tuple[int, str]]:
    """The seats in a fact: their numbers, and who sits there."""
    return [(no, name) for no, name in json.loads(value)]


def _told(row: Mapping[str, Any]) -> Told:
    start, end, was = (_instant(row[name]) for name in ("start_at", "end_at", "was_at"))
    time = MeetingTime(TimeKind(row["kind"]), start, end, row["month"], was)
    whereabouts = {name: row.get(name, "") for name in ("venue", "address", "town")}
    return Told(row["title"], time, Place(Format(row.get("format", Format.ON_SITE)), **whereabouts))


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


class Pen(string.Formatter):
    """Puts facts in their places in words."""

    def __init__(self, language: str, zone: str) -> None:
        self.say = Say(language, read_phrases().by_language[language])
        self.language, self.zone = language, zone

    def written(self, words: str, facts: Mapping[str, Any]) -> str:
        """The words with their facts. Raises KeyError for a fact that is not told."""
        return self.vformat(words, (), facts)

    def get_value(self, key: int | str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """A fact, by its name."""
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        """A fact as its words say that it is to be written; "if" says nothing."""
        if format_spec in ("", "if"):
            return "" if format_spec else str(value)
        if isinstance(value, Agreed):
            return self._terms(value) if format_spec == "terms" else self._price(value)
        if "|" in format_spec:
            return self._count(int(value), *format_spec.split("|"))
        return self._fact(str(value), format_spec)

    def _fact(self, value: str, how: str) -> str:
        """Raises KeyError for a way of writing that nobody knows."""
        write: Mapping[str, Callable[[], str]] = {
            "money": lambda: self._money(*value.split()),
            "sum": lambda: self._sum(*value.split()),
            "day": lambda: formats.day(date.fromisoformat(value), self.language),
            "last_day": lambda: formats.day(date.fromisoformat(value) - timedelta(days=1), self.language),
            "moment": lambda: formats.moment(datetime.fromisoformat(value), self.zone, self.language),
            "role": lambda: self.say(f"frame.role_{value}"),
            "line": lambda: ", ".join(value.splitlines()),
            "lines": lambda: self._lines(value),
            "date": lambda: self._date(told_meetings(value)[0]),
            "meeting": lambda: self.when_and_where(told_meetings(value)[0]),
        }
        return write[how]()

    def _money(self, amount: str, currency: str) -> str:
        return formats.money(int(amount), currency, self.language)

    def _sum(self, amount: str, currency: str, points: str = "2500", kind: str = VatKind.STANDARD) -> str:
        """With its VAT; an earlier version told no rate, and its words were of sums that had some in them."""
        return paid_text(int(amount), currency, VatRate(int(points), VatKind(kind)), self.say)

    def _count(self, count: int, one: str, many: str) -> str:
        """A number and what is counted; small numbers in words."""
        in_words = read_letters()[FRAME]["numbers"][self.language].split()
        number = in_words[count] if count < len(in_words) else formats.number(count, self.language)
        return f"{number} {one if count == 1 else many}"

    def _date(self, told: Told) -> str:
        """The day of a meeting with its weekday and without its year. Raises Unsaid where there is none."""
        if told.start_at is None or told.is_off:
            raise Unsaid
        return formats.day_of_year(day_in(told.start_at, self.zone), self.language)

    def _lines(self, value: str) -> str:
        said = [line_text_of(LineKind(kind), text, self.say) for kind, text in json.loads(value)]
        return listed(said, self.say)

    def _price(self, agreed: Agreed) -> str:
        """What it costs, with and without VAT, and why."""
        sums, reasons = agreed.quote.sums, price_reasons(agreed.quote, agreed.holder, self.say)
        if not sums.gross.amount:
            return " ".join(reasons)
        price = agreed.quote.price
        said = sum_text(sums.net.amount, sums.gross.amount, price.amount.currency, price.vat, self.say)
        return " ".join([f"{said}.", *reasons])

    def _terms(self, agreed: Agreed) -> str:
        return " ".join(terms_sentences(agreed.terms, self.say))

    def when_and_where(self, told: Told) -> str:
        """When a meeting is, or what is known of it, and where."""
        said = when(told.time, self.zone, self.say)
        place = self.place(told)
        return f"{said}, {place}" if place else said

    def place(self, told: Told) -> str:
        """Where a meeting is; empty where that is not known, or does not matter any longer."""
        is_known = told.place.on_a_map or told.place.format is not Format.ON_SITE
        return where(told.place, self.say) if is_known and not told.is_off else ""
