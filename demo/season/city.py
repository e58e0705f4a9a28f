"""Organiser C's year: learning meetings on site and webinars by turns, for the partnership's people (C1)."""

from __future__ import annotations

from functools import partial

from demo.season.cast import Cast
from demo.season.learning import hopes_and_fears, self_assessment
from demo.season.plans import FREE, meeting

SITE, LINK = "Rådhuset", "https://video.example/larande"
DAYS = (
    ("Lärträff 1", "2027-02-07 09:00", "16:00", SITE),
    ("Webbinarium 1", "2027-03-12 08:30", "09:30", ""),
    ("Lärträff 2", "2027-03-19 09:00", "16:00", SITE),
    ("Webbinarium 2", "2027-04-16 08:30", "09:30", ""),
    ("Lärträff 3", "2027-04-23 13:00", "16:00", SITE),
    ("Webbinarium 3", "2027-04-29 08:30", "09:30", ""),
    ("Öppet forum", "2027-05-07 13:00", "16:00", SITE),
)


def partnership(cast: Cast) -> None:
    """C1: free for people in the partnership's organisations; seven meetings, on site and online."""
    network = cast.network("Leda omställning tillsammans", "programme", admission={"grounds": ["partner"]})
    days = [meeting(title, start, end, "Lindehamn", venue, "" if venue else LINK) for title, start, end, venue in DAYS]
    season = cast.season("C1", network, "Våren 2027", 60, days, prices=FREE)
    houses = [cast.house(4, ground="partner", sector="municipality") for _ in range(3)]
    for house in houses:
        cast.book(season, house, *house.people)
    people = [who for house in houses for who in house.people]
    hopes_and_fears(cast, season, people)
    on_site = [(no, start[:10]) for no, (_, start, _, venue) in enumerate(DAYS) if venue]
    self_assessment(cast, season, people, on_site)
    for no, (_, start, _, _) in enumerate(DAYS):
        cast.year.on(start, partial(cast.check_in, season, no))
        cast.year.on(f"{start[:10]} 17:00", partial(cast.hold, season, no))
        cast.year.on(f"{start[:10]} 18:00", partial(cast.give, season, f"Insikter {no + 1}", no, moment="after"))
