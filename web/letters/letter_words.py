"""The words of letters: a file for each kind in `web/letters/`, Swedish and English, set as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from application.mail.letters import NOBODY, Attachment, Envelope, Facts, Invitation, Masthead, Written
from web.calendar.message import calendar_part
from web.letters.composing import blocks_of, capital, has_its_facts
from web.letters.pen import Pen, Unsaid
from web.letters.pieces import FRAME, Piece, facts_named, read_letters, ways_to_say
from web.letters.setting import Sheet, set_as_html, set_as_text
from web.words.formats import org_number
from web.words.language import read_phrases

LONGEST_SUBJECT = 90
"""Characters that a mail program has room for; a shorter way to say it is taken where one is known."""

_GAPS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_GLUED = re.compile(r"(?<=\w) (?=\d+\b)")
"""Before a number in a title no line ends: "Säsong 4" stays together."""
_FACT = re.compile(r"\{[^}]*\}")
_TITLED = re.compile(r"\w{1,2}\.?|\w+\.")
"""What stands before a name and is not one: "Dr", "Prof."."""

__all__ = ["LetterFile", "facts_named", "kind_of_letter", "read_letters"]


class LetterFile:
    """`application.mail.letters.LetterWords` on the files of a folder."""

    def write(self, kind: str, language: str, facts: Facts, zone: str, whose: Masthead = NOBODY) -> Written:
        """The letter in a language. Raises KeyError for a kind that has no file, or a subject without its facts."""
        pen, told = Pen(language, zone), {**_completed(facts, whose), **_by_language(facts, language)}
        subject = _said(pen, kind, "subject", told, LONGEST_SUBJECT)
        sheet = Sheet(
            language=language,
            subject=subject,
            title=_GLUED.sub("\N{NO-BREAK SPACE}", capital(_said(pen, kind, "title", told))),
            hello=_said(pen, FRAME, "hello", told) if told["first"] else "",
            blocks=blocks_of(pen, kind, told),
            ask=_said(pen, FRAME, "ask", told),
            who=_said(pen, FRAME, "who", told),
            no_more=_said(pen, FRAME, "no_more", told) if whose.unsubscribe else "",
            map=_said(pen, FRAME, "map", told),
            whose=whose,
        )
        return Written(subject, set_as_text(sheet), set_as_html(sheet))

    def subject(self, kind: str, language: str, facts: Facts, zone: str) -> str:
        """Its subject, on one line. Raises KeyError."""
        return _said(Pen(language, zone), kind, "subject", _completed(facts, NOBODY), LONGEST_SUBJECT)

    def invite(self, told: Invitation, language: str, zone: str, link: str, envelope: Envelope) -> Attachment:
        """What goes to a calendar with it."""
        return calendar_part(told, zone, link, envelope, read_phrases().speaking(language))


def kind_of_letter(kind: str, language: str) -> str:
    """What a kind of letter is called, without the facts of any one: "Bokat", "Faktura"."""
    known = read_letters().get(kind)
    return _FACT.split(known["subject"][language].strip())[0].strip(" :") if known else kind


def _by_language(facts: Facts, language: str) -> Mapping[str, Any]:
    """The organiser's own words, in the reader's language or else in the one there is, and whom of several to ask."""
    said = {each: str(facts.get(f"own_{each}", "")) for each in ("sv", "en")}
    *first, last = str(facts.get("ask", "")).split(", ")
    either = read_phrases().speaking(language)("refusal.or")
    ask = f"{', '.join(first)} {either} {last}" if first else last
    return {"own": said[language] or said["sv"] or said["en"], "ask": ask}


def _completed(facts: Facts, whose: Masthead) -> Mapping[str, Any]:
    """With what a letter's frame says, and what an earlier version did not tell."""
    name = str(facts.get("name", ""))
    first, _, rest = name.partition(" ")
    return {
        "organiser": whose.name,
        "first": name if rest and _TITLED.fullmatch(first) else first,
        "reply": whose.reply_to,
        "our_number": org_number(whose.org_number),
        "our_address": ", ".join(whose.address.splitlines()),
        **facts,
    }


def _said(pen: Pen, kind: str, what: str, facts: Mapping[str, Any], longest: int = 1000) -> str:
    """The first way to say it that has its facts and room, on one line; the last one otherwise. Raises KeyError."""
    *_, last = ways = ways_to_say(kind, what, pen.language)
    for way in (each for each in ways if has_its_facts(each, facts)):
        with suppress(Unsaid):
            said = _on_one_line(pen, way, facts)
            if len(said) <= longest:
                return said
    return _on_one_line(pen, last, facts)


def _on_one_line(pen: Pen, way: Piece, facts: Mapping[str, Any]) -> str:
    return _GAPS.sub(" ", pen.written(way.words, facts)).strip()
