"""What each programme is, as its organiser told it: days, places, prices and terms, against what is shown."""

from __future__ import annotations

from datetime import date

from demo.checks.client import Json
from demo.checks.trial import NotAsPromised, expect


def meetings_are(view: Json, *told: str) -> None:
    """Each meeting as "MM-DD HH:MM-HH:MM", "MM-DD", "MM", "postponed" or "to come", in order."""
    seen = [_told(meeting, len(wanted)) for meeting, wanted in zip(view["meetings"], told, strict=True)]
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
    expect("the deadline", (before.month, before.day, tiers[0][1], tiers[-1]), (month, day, 0, (None, 10_000)))
    if not before.isoformat() <= view["meetings"][0]["start"]:
        raise NotAsPromised(f"the deadline {before} is after the first meeting")


def booking_is_open(view: Json, seats: int) -> None:
    """Bookings are taken, for that many seats in all."""
    expect(view["title"], (view["is_open"], view["seats"]), (True, seats))


def _told(meeting: Json, length: int) -> str:
    kind = meeting["kind"]
    if kind == "month":
        return str(meeting["month"])[5:]
    if kind != "scheduled":
        return "to come" if kind == "to_come" else str(kind)
    start, end = meeting["start"], meeting["end"]
    return f"{start[5:10]} {start[11:]}-{end[11:]}"[:length]
