"""A season as search engines read it (schema.org, JSON-LD): the same dates, places and prices as people read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from application.programme.queries.season_view import MeetingRow, SeasonRow, SeasonView
from domain.kernel.documents import LineKind, line
from domain.kernel.season_name import season_name
from domain.kernel.terms import zone_named
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.price import Price
from web.words.language import Say
from web.words.price import audience_text

SCHEMA = "https://schema.org"
Data = dict[str, Any]
_ATTENDED = {Format.ON_SITE: "Offline", Format.ONLINE: "Online", Format.HYBRID: "Mixed"}


def event_of(view: SeasonView, page: str, by: Data, on: date, say: Say) -> Data:
    """A season of one meeting is an event, one of several a series with its meetings; `on`: the local day it is.

    `page`: the address of its page; `by`: its organiser, from `organiser_of`. What has no day yet is left out.
    """
    row = view.row
    meetings = [_meeting(view, each, page) for each in view.meetings if _day_of(each.time, row.zone)]
    about: Data = {
        "name": season_name(row.network, row.title),
        "description": row.promise or None,
        "url": page,
        "inLanguage": row.language,
        "organizer": by,
        "isAccessibleForFree": row.is_free,
        "offers": _offers(view, page, on, say),
    }
    if len(view.meetings) == 1 and meetings:
        return _said({"@context": SCHEMA, "@type": "Event", **meetings[0], **about})
    return _said({"@context": SCHEMA, "@type": "EventSeries", **about, **_series(row, meetings, by)})


def organiser_of(name: str, page: str) -> Data:
    """Who holds it, as an event names them."""
    return {"@type": "Organization", "name": name, "url": page}


def _series(row: SeasonRow, meetings: list[Data], by: Data) -> Data:
    """From when to when a season of several meetings is, and each of them."""
    return {
        "eventStatus": _status("Cancelled" if row.called_off_for else "Scheduled"),
        "startDate": min((each["startDate"] for each in meetings), default=None),
        "endDate": max((each["endDate"] for each in meetings if each["endDate"]), default=None),
        "subEvent": [_said({"@type": "Event", **each, "organizer": by}) for each in meetings],
    }


def _meeting(view: SeasonView, meeting: MeetingRow, page: str) -> Data:
    zone, time = view.row.zone, meeting.time
    is_off = bool(view.row.called_off_for) and not meeting.is_held
    end = time.end_at or time.was_until
    return {
        "name": meeting.title,
        "url": page,
        "startDate": _day_of(time, zone),
        "endDate": _local(end, zone) if end else None,
        "previousStartDate": _local(meeting.moved_from, zone) if meeting.moved_from and time.start_at else None,
        "eventStatus": _status("Cancelled" if is_off else _state(meeting)),
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDED[meeting.place.format]}EventAttendanceMode",
        "location": _location(meeting.place, page),
        "performer": [{"@type": "Person", "name": each.name} for each in meeting.speakers if each.name],
    }


def _day_of(time: MeetingTime, zone: str) -> str | None:
    """When it begins, or began before it was taken back; a month where only that is known."""
    start = time.start_at or time.was_at
    return _local(start, zone) if start else time.month


def _local(instant: datetime, zone: str) -> str:
    return instant.astimezone(zone_named(zone)).isoformat(timespec="minutes")


def _state(meeting: MeetingRow) -> str:
    if meeting.time.kind is TimeKind.CALLED_OFF:
        return "Cancelled"
    if meeting.time.kind is TimeKind.POSTPONED:
        return "Postponed"
    return "Rescheduled" if meeting.moved_from and meeting.time.start_at else "Scheduled"


def _status(word: str) -> str:
    return f"{SCHEMA}/Event{word}"


def _location(place: Place, page: str) -> list[Data]:
    """A place with its address, the page from which one takes part, or both; the meeting's own link stays out."""
    found: list[Data] = []
    if place.format is not Format.ONLINE and place.on_a_map:
        address = _said({"streetAddress": place.address, "addressLocality": place.town})
        named = place.venue or place.on_a_map
        found.append(_said({"@type": "Place", "name": named, "address": address and _address(address)}))
    if place.format is not Format.ON_SITE:
        found.append({"@type": "VirtualLocation", "url": page})
    return found


def _address(parts: Data) -> Data:
    return {"@type": "PostalAddress", **parts}


def _offers(view: SeasonView, page: str, on: date, say: Say) -> list[Data]:
    """Each price as a consumer is told it: with VAT. None once nothing is to be booked any longer."""
    if view.prices is None or view.row.called_off_for:
        return []
    coming = [each for each in view.prices.prices if each.before is None or on < each.before]
    return [_offer(each, view, page, say) for each in coming]


def _offer(price: Price, view: SeasonView, page: str, say: Say) -> Data:
    one = line(LineKind.SEAT, "", 1, price.amount, price.vat, unit_includes_vat=price.includes_vat).gross
    told = {"price": f"{one.amount // 100}.{one.amount % 100:02d}", "priceCurrency": one.currency}
    bookable = "InStock" if view.row.bookable > 0 else "SoldOut"
    last = date.fromordinal(price.before.toordinal() - 1).isoformat() if price.before else None
    return _said(
        {
            "@type": "Offer",
            "name": audience_text(price, say),
            "url": page,
            **told,
            "priceSpecification": {"@type": "PriceSpecification", **told, "valueAddedTaxIncluded": True},
            "availability": f"{SCHEMA}/{bookable if view.row.is_open else 'OutOfStock'}",
            "validFrom": price.from_on.isoformat() if price.from_on else None,
            "priceValidUntil": last,
        }
    )


def _said(facts: Data) -> Data:
    """Without what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}
