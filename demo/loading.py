"""Loading the demo: four organisers through the use cases, side by side; loading again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from application.kernel.actor import Role
from application.kernel.ports import KeyReused, UniqueKeyTaken
from application.services import Services
from demo import book, city, cluster, conference, earlier, festival, news_medium, seminars, think_tank
from demo.acts import receive_payments
from demo.clock import DemoClock
from demo.desk import Desk, Sketch, open_desk
from demo.leadership_institute import INSTITUTE, acquaint
from demo.memory import first_day, remember_whole, whole_ones
from domain.kernel.errors import PlatsError
from domain.kernel.ids import OrganiserId, PersonId

PROGRAMMES = (
    *("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"),
    *("B1", "C1", "C2", "C3", "C4", "D1", "D2", "D3"),
)
"""The sixteen kinds of programme that must run by themselves."""
ORGANISERS = (INSTITUTE, think_tank.THINK_TANK, city.CITY, news_medium.NEWS_MEDIUM)


class OtherDemo(PlatsError):
    """The database holds a demo that another version of Plats has loaded."""


@dataclass(frozen=True)
class Loaded:
    """An organiser of the demo, and one person of each role to look around as."""

    sketch: Sketch
    organiser_id: OrganiserId
    people: Mapping[Role, PersonId]


def load(
    services: Services, catch_up: Callable[[], object], done: Callable[[str], None], clock: DemoClock
) -> tuple[Loaded, ...]:
    """Load everything; `catch_up` lets invoices be made before they are paid, `done` is told of each programme, and
    `clock` is the services' own, which is set back for what happened weeks ago.

    A demo that was loaded in part is completed with the dates it began with; one that is whole is left as it is.
    Raises OtherDemo.
    """
    known = whole_ones(services)
    if all(sketch.slug in known for sketch in ORGANISERS):
        return tuple(Loaded(sketch, *known[sketch.slug]) for sketch in ORGANISERS)
    today = first_day(services)
    try:
        earlier.load(clock, lambda: open_desk(services, INSTITUTE, today, done), catch_up)
        city.load_earlier(clock, lambda: open_desk(services, city.CITY, today, done), catch_up)
        with ThreadPoolExecutor(len(ORGANISERS)) as people:
            desks = list(people.map(lambda sketch: _load_one(services, sketch, today, done), ORGANISERS))
        catch_up()
        for desk in desks:
            receive_payments(desk)
        catch_up()
    except (KeyReused, UniqueKeyTaken):
        raise OtherDemo("This database holds the demo of another version: use `plats demo --fresh`.") from None
    for desk in desks:
        remember_whole(services, desk.slug, desk.organiser_id, desk.people_of)
    return tuple(
        Loaded(sketch, desk.organiser_id, desk.people_of) for sketch, desk in zip(ORGANISERS, desks, strict=True)
    )


def _load_one(services: Services, sketch: Sketch, today: date, done: Callable[[str], None]) -> Desk:
    desk = open_desk(services, sketch, today, done)
    _LOADERS[sketch.slug](desk)
    return desk


def _load_institute(desk: Desk) -> None:
    circle = acquaint(desk)
    for programme in (cluster, conference, seminars, festival, book):
        programme.load(desk, circle)
    desk.done("A8")  # the list of all these


_LOADERS: dict[str, Callable[[Desk], None]] = {
    INSTITUTE.slug: _load_institute,
    think_tank.THINK_TANK.slug: think_tank.load,
    city.CITY.slug: city.load,
    news_medium.NEWS_MEDIUM.slug: news_medium.load,
}
