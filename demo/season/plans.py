"""How seasons are told to the API: meetings, prices and terms in its words."""

from __future__ import annotations

from demo.checks.client import Json


def meeting(title: str, start: str, end: str, town: str = "", venue: str = "", link: str = "") -> Json:
    """A meeting from one local time ("2026-10-28 09:00") to a time of the same day, or another local time."""
    until = f"{start[:10]} {end}" if len(end) == len("16:00") else end
    time = {"kind": "scheduled", "start": start.replace(" ", "T"), "end": until.replace(" ", "T")}
    kind = "online" if link and not venue else "hybrid" if link else "on_site"
    return {"title": title, "time": time, "place": {"format": kind, "venue": venue, "town": town, "link": link}}


def undated(title: str, month: str = "") -> Json:
    """A meeting with a month, or without even that."""
    return {"title": title, "time": {"kind": "month", "month": month} if month else {"kind": "to_come"}}


def prices(*rows: tuple[str | None, int], persons: int = 0, vat: int = 2_500, fewer: bool = True) -> Json:
    """Whole kronor without VAT by audience (None: everyone), for a person or an organisation's persons."""
    per = {"per": "organisation", "persons": persons} if persons else {}
    rows_told = [{"amount": kronor * 100, "audience": audience, "vat": vat, **per} for audience, kronor in rows]
    return {"prices": rows_told, "may_book_fewer": fewer}


def free_before(day: str) -> Json:
    """Nothing is kept before a local day, everything from it on."""
    return {"tiers": [{"before": day, "kept": 0}, {"kept": 10_000}]}


FREE: Json = {"prices": [{"amount": 0}]}
