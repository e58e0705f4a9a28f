"""The words of letters: a file for each kind in `web/letters/`, Swedish and English, with their facts put in place."""

from __future__ import annotations

import html
import json
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from application.mail.letters import Attachment, Envelope, Invitation, Written
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, TimeKind
from web.calendar.message import calendar_part
from web.words import formats
from web.words.language import Say, read_phrases
from web.words.wording import when, where

FOLDER = Path(__file__).parent
SIGNATURE = "signature"
"""The file whose words end every letter."""


_FACT = re.compile(r"\{[^}]*\}")


class LetterFile:
    """`application.mail.letters.LetterWords` on the files of a folder."""

    def write(self, kind: str, language: str, facts: Mapping[str, str], zone: str) -> Written:
        """The letter in a language. Raises KeyError for a kind that has no file, or a subject without its facts."""
        kinds = read_letters()
        pen, subject = _Pen(language, zone), self.subject(kind, language, facts, zone)
        paragraphs = [
            *_paragraphs(kinds[kind]["body"][language]),
            *_paragraphs(kinds[SIGNATURE]["body"][language]),
        ]
        told = [pen.vformat(each, (), facts) for each in paragraphs if _has_its_facts(each, facts)]
        return Written(subject, "\n\n".join(told) + "\n", _page(told, language, subject))

    def subject(self, kind: str, language: str, facts: Mapping[str, str], zone: str) -> str:
        """Its subject, on one line. Raises KeyError."""
        words = read_letters()[kind]["subject"][language]
        return " ".join(_Pen(language, zone).vformat(words, (), facts).split())

    def invite(self, told: Invitation, language: str, zone: str, link: str, envelope: Envelope) -> Attachment:
        """What goes to a calendar with it."""
        return calendar_part(told, zone, link, envelope, read_phrases().speaking(language))


@cache
def read_letters(folder: Path = FOLDER) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Kind → subject and body → language → words."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


def kind_of_letter(kind: str, language: str) -> str:
    """What a kind of letter is called, without the facts of any one: "Bokat", "Faktura"."""
    known = read_letters().get(kind)
    return _FACT.split(known["subject"][language])[0].strip(" :") if known else kind


def facts_named(words: str) -> set[str]:
    """The facts that words need."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def _paragraphs(body: str) -> list[str]:
    return [each.strip() for each in body.strip().split("\n\n")]


def _has_its_facts(paragraph: str, facts: Mapping[str, str]) -> bool:
    """Whether there is something to put in: a fact that is empty, or that an earlier version did not tell, takes its

    paragraph with it.
    """
    return all(facts.get(name) for name in facts_named(paragraph))


class _Pen(string.Formatter):
    """Writes facts as a language writes them."""

    def __init__(self, language: str, zone: str) -> None:
        self._say = Say(language, read_phrases().by_language[language])
        self._zone = zone

    def get_value(self, key: int | str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in ("", "if"):  # "if" says nothing: its paragraph stands where the fact is told
            return "" if format_spec else str(value)
        return self._written(str(value), format_spec)

    def _written(self, value: str, how: str) -> str:
        language = self._say.language
        if "|" in how:
            one, _, many = how.partition("|")
            return f"{formats.number(int(value), language)} {one if value == '1' else many}"
        match how:
            case "money":
                amount, currency = value.split()
                return formats.money(int(amount), currency, language)
            case "day":
                return formats.day(date.fromisoformat(value), language)
            case "moment" | "deadline":
                write = formats.deadline if how == "deadline" else formats.moment
                return write(datetime.fromisoformat(value), self._zone, language)
            case "role":
                return self._say(f"frame.role_{value}")
            case _:
                return "\n".join(self._meetings(value, how))

    def _meetings(self, value: str, how: str) -> list[str]:
        say = {"meeting": self._when_and_where, "meetings": self._meeting}[how]  # KeyError: nobody writes that way
        return [say(each) for each in json.loads(value)]

    def _meeting(self, told: Mapping[str, Any]) -> str:
        return " · ".join([told["title"], self._when_and_where(told)])

    def _when_and_where(self, told: Mapping[str, Any]) -> str:
        start, end, was = (_instant(told[name]) for name in ("start_at", "end_at", "was_at"))
        time = MeetingTime(TimeKind(told["kind"]), start, end, told["month"], was)
        where_in = {name: told.get(name, "") for name in ("address", "town")}
        place = Place(Format(told.get("format", Format.ON_SITE)), told["venue"], **where_in)
        is_off = time.kind in (TimeKind.POSTPONED, TimeKind.CALLED_OFF)
        is_placed = not is_off and (place.on_a_map or place.format is not Format.ON_SITE)
        said = when(time, self._zone, self._say)
        return f"{said} · {where(place, self._say)}" if is_placed else said


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _page(paragraphs: Sequence[str], language: str, subject: str) -> str:
    """The same text as HTML: what came from people is text here too."""
    body = "\n".join(f"<p>{_line_breaks(each)}</p>" for each in paragraphs)
    head = f'<meta charset="utf-8"><title>{html.escape(subject)}</title>'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _line_breaks(paragraph: str) -> str:
    return "<br>\n".join(_line(each) for each in paragraph.splitlines())


def _line(line: str) -> str:
    """A line that is an address and nothing else can be clicked."""
    written = html.escape(line)
    if line.startswith(("https://", "http://")) and " " not in line:
        return f'<a href="{written}">{written}</a>'
    return written
