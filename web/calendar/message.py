"""What goes to a reader's calendar with a letter: one entry, from the service's own address, to that reader alone.

Only a request and its cancellation change an entry where it stands; times are UTC, which every program understands.
No secret stands in it, because people share their calendars with others.
"""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vText

from application.mail.letters import Attachment, Envelope, Invitation
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Format, Place
from web.words.formats import span
from web.words.language import Say
from web.words.wording import where

NAME = "invite.ics"
PRODUCT = "-//Plats//Plats//SV"


def calendar_part(told: Invitation, zone: str, link: str, envelope: Envelope, say: Say) -> Attachment:
    """The entry as it has become; the same facts give the same bytes."""
    method = "REQUEST" if told.entry.is_on else "CANCEL"
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", method)):
        calendar.add(key, value)
    calendar.add_component(_event(told, zone, link, envelope, say))
    return Attachment(NAME, f"text/calendar; method={method}", calendar.to_ical())


def summary_of(season: str, meeting: str) -> str:
    """What an entry is called: the season and its meeting, once where both are called the same."""
    return meeting if meeting == season else f"{season}: {meeting}"


def uid_of(entry: CalendarEntry) -> str:
    """The name by which calendars know an entry: the same in letter, feed and download."""
    return uid_named(entry.uid)


def uid_named(one: UUID) -> str:
    """An id as calendars name things."""
    return f"{one}@plats"


def place_in_calendar(place: Place, link: str, *, has_open_link: bool) -> str:
    """Where it is: a venue with its address; online the meeting's link where anybody may have it, or else its page."""
    if place.format is Format.ONLINE:
        return (place.link if has_open_link else "") or link
    return place.on_a_map


def place_in_words(place: Place, link: str, say: Say, *, has_open_link: bool) -> str:
    """As `place_in_calendar`; where no venue is known yet, how one takes part."""
    return place_in_calendar(place, link, has_open_link=has_open_link) or where(place, say)


def _event(told: Invitation, zone: str, link: str, envelope: Envelope, say: Say) -> Event:
    entry, event = told.entry, Event()
    event.add("uid", uid_of(entry))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", told.stamp.astimezone(UTC))
    event.add("dtstart", entry.start_at.astimezone(UTC))
    event.add("dtend", entry.end_at.astimezone(UTC))
    event.add("summary", vText(summary_of(told.season, entry.title)))
    event.add("status", "CONFIRMED" if entry.is_on else "CANCELLED")
    event.add("transp", "OPAQUE" if entry.is_on else "TRANSPARENT")
    event.add("organizer", _person(envelope.sender, envelope.sent_from))
    attendee = _person(envelope.name, envelope.address)
    told_of_them = {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": "ACCEPTED", "rsvp": "FALSE"}
    for name, value in told_of_them.items():
        attendee.params[name] = vText(value)
    event.add("attendee", attendee, encode=False)
    place = place_in_calendar(entry.place, link, has_open_link=told.has_open_link)
    if place:
        event.add("location", vText(place))
    event.add("description", vText("\n".join(_lines(told, zone, link, say))))
    event.add("url", link)
    event.add("x-microsoft-disallow-counter", "TRUE")
    if not entry.is_on and told.reason:
        event.add("comment", vText(told.reason))
    return event


def _lines(told: Invitation, zone: str, link: str, say: Say) -> list[str]:
    """What was, why, where to take part from afar, and where to read more."""
    entry, was = told.entry, told.was
    lines = [told.reason] if told.reason and not entry.is_on else []
    if was is not None and (was.start_at, was.end_at, was.place) != (entry.start_at, entry.end_at, entry.place):
        lines += [say("calendar.was", was=_said(was, zone, say)), say("calendar.now", now=_said(entry, zone, say))]
    if entry.is_on and entry.place.format is not Format.ON_SITE:
        joining = entry.place.link if told.has_open_link and entry.place.link else link
        lines.append(say("calendar.join", link=joining))
    return [*lines, link]


def _said(entry: CalendarEntry, zone: str, say: Say) -> str:
    return f"{span(entry.start_at, entry.end_at, zone, say.language)}, {where(entry.place, say)}"


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["cn"] = vText(name.replace('"', ""))
    return person
