"""Organiser B's year: a theme with partners, its webinars, and the recording of each on its page (B1)."""

from __future__ import annotations

from functools import partial

from demo.checks.client import Unexpected
from demo.season.cast import Cast
from demo.season.plans import FREE, meeting

WEBINARS = ("2027-02-09", "2027-03-16", "2027-04-20")


def theme(cast: Cast) -> None:
    """B1: partners run it too; anyone may take part; whoever missed a webinar watches it afterwards."""
    network = cast.network("Omställning", "theme")
    partner = cast.house(2, ground="partner")
    cast.admin.post(f"/networks/{network}/partners", {"organisation_id": partner.organisation_id})
    days = [
        meeting(f"Webbinarium {no}", f"{day} 12:00", "13:00", link="https://video.example/rum")
        for no, day in enumerate(WEBINARS, 1)
    ]
    season = cast.season("B1", network, "Webbinarier om omställning", 300, days, prices=FREE)
    cast.book(season, partner, *partner.people)
    for who in (cast.human(), cast.human()):
        cast.book_oneself(season, who)
    for no, day in enumerate(WEBINARS):
        cast.year.on(f"{day} 12:00", partial(cast.check_in, season, no))
        cast.year.on(f"{day} 13:30", partial(cast.hold, season, no))
        recording = f"Inspelning av webbinarium {no + 1}"
        cast.year.on(f"{day} 16:00", partial(cast.give, season, recording, no, readers="everyone"))
    cast.year.on("2027-05-01 10:00", lambda: _watch(cast, season))


def _watch(cast: Cast, season: str) -> None:
    """Anyone finds all recordings."""
    found = cast.year.anyone.get(f"/organisers/{cast.organiser_id}/seasons/{season}")["materials"]
    if len(found) != len(WEBINARS):
        raise Unexpected(f"{len(found)} recordings are shown to anyone")
