"""An entry by mail is to the byte what the icalendar library writes: sent again, it is the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event, vCalAddress, vText

from application.mail.letters import Envelope, Invitation
from domain.kernel.ids import MeetingId
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Place
from web.calendar.lines import written
from web.calendar.message import calendar_part
from web.words.language import read_phrases

ZONE, LINK = "Europe/Stockholm", "https://plats.example.org/institutet/seasons/94f324dd-a1f5-4f98-905d-e5facd4933c6"
START = datetime(2027, 2, 3, 8, tzinfo=UTC)
UID, MEETING = UUID("fce3ed05-3724-5773-8dbf-6af4ec149c2b"), MeetingId(UUID(int=7))
WORDS = (
    *("Anna", "Åsa", "O'Brien", '"Q"', "a;b", "c,d", "e\\f", "^g", "日本語", "\N{GRINNING FACE}", "x" * 60, "å" * 50),
    *("h:i", "\N{RIGHT SINGLE QUOTATION MARK}", "\\N", "(", "\u2028", "\x85", "\t"),
)


def by_the_library(told: Invitation, envelope: Envelope) -> bytes:
    entry, calendar, event = told.entry, Calendar(), Event()
    method = "REQUEST" if entry.is_on else "CANCEL"
    for key, value in (("prodid", "-//Plats//Plats//SV"), ("version", "2.0"), ("method", method)):
        calendar.add(key, value)
    event.add("uid", f"{entry.uid}@plats")
    event.add("sequence", entry.sequence)
    for key, at in (("dtstamp", told.stamp), ("dtstart", entry.start_at), ("dtend", entry.end_at)):
        event.add(key, at)
    event.add("summary", vText(f"{told.season}: {entry.title}"))
    event.add("status", "CONFIRMED" if entry.is_on else "CANCELLED")
    event.add("transp", "OPAQUE" if entry.is_on else "TRANSPARENT")
    event.add("organizer", _person(envelope.sender, envelope.sent_from))
    attendee = _person(envelope.name, envelope.address)
    for key, value in {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": "ACCEPTED"}.items():
        attendee.params[key] = vText(value)
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    event.add("location", vText(entry.place.on_a_map))
    event.add("description", vText(LINK if entry.is_on else f"{told.reason}\n{LINK}"))
    event.add("url", LINK)
    event.add("x-microsoft-disallow-counter", "TRUE")
    if not entry.is_on:
        event.add("comment", vText(told.reason))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["cn"] = vText(name.replace('"', ""))
    return person


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_the_library_writes(seed: int) -> None:
    chance = random.Random(seed)

    def said(most: int = 9, end: str = " ") -> str:
        return end.join(chance.choices(WORDS, k=chance.randint(1, most)))

    for no in range(60):
        place = Place(venue=said(3), town=said(2))
        entry = CalendarEntry(UID, MEETING, 0, no, said(), START, START + timedelta(hours=7), place, is_on=no % 3 > 0)
        reason = said(8, chance.choice([" ", "\n", "\r\n"]))
        told = Invitation(entry, said(), START - timedelta(days=90), "/seasons/1", reason=reason)
        name = chance.choice(["", said(4), "Anna", "Anna Ek"])
        envelope = Envelope(name, "plats@example.org", said(4), f"anna@{'x' * chance.randint(1, 60)}.example.org")
        part = calendar_part(told, ZONE, LINK, envelope, read_phrases().speaking("sv"))
        assert part.content == by_the_library(told, envelope)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_is_added_to_an_entry(end: str) -> None:
    with pytest.raises(ValueError, match="line ends"):
        written([f"URL:https://example.org{end}ATTENDEE:mailto:alla@example.org"])
