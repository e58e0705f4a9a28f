"""`plats demo --season`: the year of the sixteen programmes, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo.city import CITY
from demo.leadership_institute import INSTITUTE
from demo.mailbox import reads_mail
from demo.news_medium import NEWS_MEDIUM
from demo.season import city, institute, news_medium, open_to_all, series, think_tank
from demo.season.cast import Cast
from demo.season.left import does_not_add_up, left_to_do
from demo.season.other_system import listening
from demo.season.told import Played, played
from demo.season.year import Year, a_year
from demo.think_tank import THINK_TANK
from infrastructure.kernel.settings import Settings

ENDS = "2027-07-31 12:00"
SIXTEEN = {
    INSTITUTE.slug: ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"),
    THINK_TANK.slug: ("B1",),
    CITY.slug: ("C1", "C2", "C3", "C4"),
    NEWS_MEDIUM.slug: ("D1", "D2", "D3"),
}
PLAYS: dict[str, tuple[Callable[[Cast], None], ...]] = {
    INSTITUTE.slug: (
        institute.cluster,
        institute.conference,
        institute.seminars,
        institute.workshops,
        series.series,
        open_to_all.coming,
    ),
    THINK_TANK.slug: (think_tank.theme,),
    CITY.slug: (city.partnership,),
    NEWS_MEDIUM.slug: (news_medium.network,),
}
NOT_YET: dict[str, str] = {}
"""What of a programme is not played, and why."""


@dataclass(frozen=True)
class Outcome:
    """What came of the year: of each programme, and what is left to do by hand. `told_outside`: ids that came."""

    programmes: tuple[Played, ...]
    left: tuple[str, ...]
    told_outside: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do by hand, and everything was played."""
        return not self.left and not any(each.missing for each in self.programmes)


def play(settings: Settings) -> Outcome:
    """Play the year on an empty database. Raises Unexpected where the API answers otherwise than it should."""
    with listening() as (hook, came), a_year(settings) as year:
        casts = _begin(year, hook)
        for cast in casts:
            year.on(ENDS, cast.pay_all)
        year.play()
        programmes = [played(cast, each, NOT_YET.get(each, "")) for cast in casts for each in SIXTEEN[cast.sketch.slug]]
        left = [line for cast in casts for line in left_to_do(cast)]
        return Outcome(tuple(programmes), (*left, *does_not_add_up(year.house)), tuple(came))


def _begin(year: Year, hook: str) -> list[Cast]:
    """All that is planned and booked on the first day, and what is to happen later."""
    casts = [Cast(year, sketch) for sketch in (INSTITUTE, THINK_TANK, CITY, NEWS_MEDIUM)]
    mail = reads_mail(year.house.box)
    for cast in casts:
        cast.found(hook)
        for programme in PLAYS[cast.sketch.slug]:
            programme(cast)
    open_to_all.festival(casts[0], mail)
    open_to_all.book(casts[0], mail)
    return casts
