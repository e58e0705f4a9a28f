"""Ways to put a season's meetings in one's calendar: addresses that the reader opens, and that nothing here fetches.

Whoever runs the calendar reads them, so only what the public page says stands in them: no link for participants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.season_name import season_name
from domain.programme.meeting_time import TimeKind
from web.calendar.message import place_in_words
from web.words.language import Say

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOKS = {"office": "https://outlook.office.com/calendar/0/", "outlook": "https://outlook.live.com/calendar/0/"}
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class CalendarWays:
    """Where each calendar takes the meetings: one meeting as an entry, several as a calendar that is followed.

    `is_one`: it is one meeting; `follow`: for whatever program answers to `webcal:`.
    """

    google: str
    outlook: str
    office: str
    follow: str
    is_one: bool


def ways_to_calendar(view: SeasonView, page: str, feed: str, say: Say) -> CalendarWays | None:
    """How to get the meetings into a calendar; None while none of them has a day. `page`, `feed`: whole addresses."""
    dated = [each for each in view.meetings if each.time.kind is TimeKind.SCHEDULED]
    if not dated or view.row.called_off_for:
        return None
    follow = f"webcal://{feed.partition('://')[2]}"
    if len(view.meetings) > 1:
        outlook = {
            name: f"{at}addfromweb?{_query(url=feed, name=season_name(view.row.network, view.row.title))}"
            for name, at in OUTLOOKS.items()
        }
        return CalendarWays(f"{GOOGLE}?{_query(cid=follow)}", **outlook, follow=follow, is_one=False)
    return CalendarWays(**_entry(view, dated[0], page, say), follow=follow, is_one=True)


def _entry(view: SeasonView, meeting: MeetingRow, page: str, say: Say) -> dict[str, str]:
    """One meeting, as each calendar's form for a new entry takes it."""
    start, end = _utc(meeting.time.start_at), _utc(meeting.time.end_at)
    what = season_name(view.row.network, view.row.title)
    at = place_in_words(meeting.place, page, say, has_open_link=view.row.is_free)
    dates = f"{start.strftime(STAMP)}/{end.strftime(STAMP)}"
    found = {"google": f"{GOOGLE}?{_query(action='TEMPLATE', text=what, dates=dates, location=at, details=page)}"}
    times = {"startdt": start.isoformat(), "enddt": end.isoformat()}
    asked = _query(path="/calendar/action/compose", rru="addevent", subject=what, location=at, body=page, **times)
    return found | {name: f"{address}deeplink/compose?{asked}" for name, address in OUTLOOKS.items()}


def _utc(instant: datetime | None) -> datetime:
    if instant is None:
        raise ValueError("a meeting that is scheduled has its times")
    return instant.astimezone(UTC)


def _query(**said: str) -> str:
    return urlencode(said, quote_via=quote)
