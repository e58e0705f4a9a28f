"""What each programme is, as its organiser told it: days, places, prices and terms, against what is shown."""

from __future__ import annotations

from datetime import date

from demo.checks.client import Json
from demo.checks.trial import NotAsPromised, expect
from demo.dates import YEAR

FIRST_YEAR = 2024
"""No programme of the demo was held before."""

NOTHING = YEAR - YEAR


def meetings_are(view: Json, *told: str) -> None:
    """Each meeting as "MM-DD HH:MM-HH:MM", "MM-DD", "MM", "postponed" or "to come", in order.

    A day is right as well where it lies any number of times 52 weeks later: weekdays are kept.
    """
    seen = [_told(meeting, wanted) for meeting, wanted in zip(view["meetings"], told, strict=True)]
    expect(f"the meetings of {view['title']}", seen, list(told))


def places_are(view: Json, *told: str) -> None:
    """Each meeting's town, or its format where it has none."""
    for meeting, wanted in zip(view["meetings"], told, strict=True):
        found = meeting["town"], meeting["format"]
        if wanted not in found:
            raise NotAsPromised(f"{view['title']}: {found} instead of {wanted}")


def prices_are(view: Json, *told: tuple[str | None, int]) -> None:
    """Who pays how much in öre, as the price list says it."""
    seen = [(price["audience"], price["amount"]["amount"]) for price in view["prices"]["prices"]]
    expect(f"the prices of {view['title']}", seen, list(told))


def free_until(view: Json, month: int, day: int) -> None:
    """Cancelling is free before that day, the one before the first meeting; the whole price is kept from it."""
    tiers = [(tier["before"], tier["kept"]) for tier in view["terms"]["tiers"]]
    before = date.fromisoformat(tiers[0][0])
    told = f"{month:02}-{day:02}"
    expect("the deadline", (_as_told(before, told), tiers[0][1], tiers[-1]), (told, 0, (None, 10_000)))
    if not before.isoformat() <= view["meetings"][0]["start"]:
        raise NotAsPromised(f"the deadline {before} is after the first meeting")


def booking_is_open(view: Json, seats: int) -> None:
    """Bookings are taken, for that many seats in all."""
    expect(view["title"], (view["is_open"], view["seats"]), (True, seats))


def _told(meeting: Json, wanted: str) -> str:
    kind = meeting["kind"]
    if kind == "month":
        return str(meeting["month"])[5:]
    if kind != "scheduled":
        return "to come" if kind == "to_come" else str(kind)
    start, end = meeting["start"], meeting["end"]
    on = _as_told(date.fromisoformat(start[:10]), wanted[:5])
    return f"{on} {start[11:]}-{end[11:]}"[: len(wanted)]


def _as_told(seen: date, wanted: str) -> str:
    """A day as "MM-DD": the wanted one where it has only been moved by 52 weeks at a time, else its own."""
    month, day = (int(part) for part in wanted.split("-"))
    years = range(FIRST_YEAR, seen.year + 1)
    is_moved = any((seen - date(year, month, day)) % YEAR == NOTHING for year in years)
    return wanted if is_moved else f"{seen:%m-%d}"
