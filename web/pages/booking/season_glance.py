"""A season at a glance for who runs it: who comes, who waits, its money, its material, how its seats have filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from application.booking.queries.roster import RosterLine
from application.programme.queries.season_view import MeetingRow, SeasonView
from web.pages.kernel.visit import Visit, say, services, today
from web.reports.charts import steps
from web.words.formats import short_day

MOST_PARTIES = 60
"""How many organisations are written out; the roster has them all."""


@dataclass(frozen=True)
class Party:
    """Those of one organisation who have seats, by name; `unnamed`: seats that still lack one."""

    organisation: str
    seats: int
    names: tuple[str, ...]
    unnamed: int


def glance(visit: Visit, view: SeasonView) -> dict[str, Any]:
    """What the page about running a season shows beside its forms."""
    row, actor = view.row, visit.actor
    lines = services().rosters.of(actor, row.season_id)
    points = services().pictures.seats(actor, row.season_id)
    known = [(each.day, each.seats) for each in points]
    files = defaultdict(list)
    for each in view.materials:
        files[each.meeting_id].append(each)
    return {
        "parties": list(_parties(lines)),
        "most_parties": MOST_PARTIES,
        "unnamed": sum(line.person_id is None for line in lines),
        "waiting": services().rosters.waiting(actor, row.season_id) if row.waiting else (),
        "next": _next(view.meetings, services().clock.now()),
        "sums": services().invoice_questions.sums_of(actor, row.season_id),
        "points": points,
        "chart": steps(known, today(row.zone), row.seats, _named_day) if known else None,
        "files": files,
        "file_counts": Counter(each.meeting_id for each in view.materials),
    }


def _named_day(day: date) -> str:
    return short_day(day, say().language)


def _parties(lines: Iterable[RosterLine]) -> Iterable[Party]:
    """By organisation, in the order of the roster."""
    together: dict[str, list[RosterLine]] = defaultdict(list)
    for line in lines:
        together[line.organisation].append(line)
    for organisation, theirs in together.items():
        names = tuple(line.name or say()("frame.erased") for line in theirs if line.person_id is not None)
        yield Party(organisation, len(theirs), names, len(theirs) - len(names))


def _next(meetings: Iterable[MeetingRow], now: datetime) -> MeetingRow | None:
    """The first of the meetings that are to come on a day."""
    coming = [(each.time.end_at, each.no, each) for each in meetings if each.time.end_at and each.time.end_at > now]
    return min(coming)[2] if coming else None
