"""The programme as a feed (Atom, RFC 4287): each season an entry, with the same id whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.season_name import season_name
from domain.programme.meeting_time import TimeKind
from web.words.language import Say
from web.words.wording import moved, when, where

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed with nothing in it was last changed, so that it is the same whenever it is asked for."""


@dataclass(frozen=True)
class About:
    """What a feed is called, by whom it is, where it is itself and where people read the same."""

    title: str
    author: str
    address: str
    page: str


@dataclass(frozen=True)
class Entry:
    """A season in a feed: the address of its page and whose it is."""

    view: SeasonView
    page: str
    author: str


def atom(about: About, entries: Sequence[Entry], say: Say) -> bytes:
    """The feed, in the order given."""
    feed = ET.Element("feed", {"xmlns": ATOM, LANGUAGE: say.language})
    _add(feed, "id", about.address.partition("?")[0])
    _add(feed, "title", about.title)
    _add(feed, "updated", _instant(last_changed(each.view for each in entries)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=about.address)
    _add(feed, "link", rel="alternate", type="text/html", href=about.page)
    _author(feed, about.author)
    _add(feed, "generator", "Plats")
    for each in entries:
        _add_entry(feed, each, say)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def last_changed(views: Iterable[SeasonView]) -> datetime:
    """When any of them was last decided anew."""
    return max((each.row.changed_at for each in views), default=NOTHING_YET)


def _add_entry(feed: ET.Element, entry: Entry, say: Say) -> None:
    row, element = entry.view.row, _add(feed, "entry")
    _add(element, "id", f"urn:uuid:{row.season_id}")
    _add(element, "title", season_name(row.network, row.title))
    _add(element, "updated", _instant(row.changed_at))
    _add(element, "published", _instant(row.announced_at))
    _add(element, "link", rel="alternate", type="text/html", href=entry.page)
    _author(element, entry.author)
    _add(element, "category", term=row.kind, label=say(f"network.kind_{row.kind}"))
    _add(element, "summary", "\n".join(_lines(entry.view, say)), type="text")


def _lines(view: SeasonView, say: Say) -> list[str]:
    """What it is about, and when and where; nothing but the reason where it is called off."""
    row = view.row
    if row.called_off_for:
        return [say("wording.season_called_off", reason=row.called_off_for)]
    return [*filter(None, [row.promise]), *(_line(each, row.zone, say) for each in view.meetings)]


def _line(meeting: MeetingRow, zone: str, say: Say) -> str:
    is_off = meeting.time.kind in (TimeKind.POSTPONED, TimeKind.CALLED_OFF)
    was = "" if is_off else moved(meeting, zone, say)
    facts = [when(meeting.time, zone, say), *filter(None, [was]), *([] if is_off else [where(meeting.place, say)])]
    return f"{meeting.title}: {', '.join(facts)}"


def _author(parent: ET.Element, name: str) -> None:
    _add(_add(parent, "author"), "name", name)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, dict(attributes))
    element.text = text or None
    return element


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
