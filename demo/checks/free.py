"""What is free, tried out: seminars for the affiliated (A3), a theme's webinars (B1), a partnership (C1)."""

from __future__ import annotations

from demo.checks import facts
from demo.checks.client import Json
from demo.checks.party import Party
from demo.checks.rules import Rule
from demo.checks.trial import NotAsPromised, Trial, expect
from demo.checks.trial_steps import book_and_name, cancel_in_time, cancel_what_is_free, fill, read_roster, transfer

FREE = Rule(0, 0)
CITIES = (
    ("Stockholm", "11-20 13:00-15:00"),
    ("Malmö", "11-21 13:00-15:00"),
    ("Göteborg", "11-24 09:00-11:00"),
)
MEETINGS = (
    *("02-07", "03-12 08:30-09:30", "03-19", "04-16 08:30-09:30"),
    *("04-23 13:00-16:00", "04-29 08:30-09:30", "05-07 13:00-16:00"),
)


def seminars(trial: Trial) -> None:
    """A3: the same seminar in three cities, each booked by itself; for the Forum, alumni and customers."""
    counter = trial.counter
    views = [trial.season(f"Ledarskap i motvind: {city}") for city, _ in CITIES]
    for view, (city, when) in zip(views, CITIES, strict=True):
        facts.booking_is_open(view, 40)
        facts.meetings_are(view, when)
        facts.places_are(view, city)
    season_id = views[1]["season_id"]
    one, two, outsider = counter.party(20, ground="member"), counter.party(21, ground="customer"), counter.party(22)
    counter.refuse(outsider, season_id, (outsider.people[0],), "not-admitted")
    alumnus = counter.alumnus()
    counter.book_oneself(alumnus, season_id)
    trial.left[season_id] -= 1
    trial.note("an alumnus books; an organisation that is neither member nor customer is refused")
    _try(trial, views[1], one, two)


def theme(trial: Trial) -> None:
    """B1: a standing theme with partners, webinars to book, and the recording of a past one to watch."""
    counter = trial.counter
    view = trial.season("Webbinarier om omställning")
    facts.booking_is_open(view, 300)
    facts.meetings_are(view, "02-09", "03-16", "04-20")
    facts.places_are(view, "online", "online", "online")
    networks = counter.networks()
    partners = [len(row["partners"]) for row in networks if row["network_id"] == view["network_id"]]
    expect("one of several themes, with partners", (len(networks) > 1, partners), (True, [4]))
    past = counter.season("Webbinarium: Omställning på en onsdag")
    recordings = [material["title"] for material in past["materials"]]
    expect("the past webinar", (past["meetings"][0]["is_held"], len(recordings)), (True, 1))
    trial.note("anyone finds the recording of a past webinar on its page")
    _try(trial, view, counter.party(30), counter.party(31))


def partnership(trial: Trial) -> None:
    """C1: meetings on site and webinars by turns, free for people in the partnership's organisations."""
    counter = trial.counter
    view = trial.season("Leda omställning tillsammans")
    facts.booking_is_open(view, 60)
    webinar, short = "08:30-09:30", "13:00-16:00"
    days = (
        "02-07",
        f"03-12 {webinar}",
        "03-19",
        f"04-16 {webinar}",
        f"04-23 {short}",
        f"04-29 {webinar}",
        f"05-07 {short}",
    )
    facts.meetings_are(view, *days)
    facts.places_are(view, *("online" if no in (1, 3, 5) else "on_site" for no in range(7)))
    one, two, outsider = counter.party(40, ground="partner"), counter.party(41, ground="partner"), counter.party(42)
    counter.refuse(outsider, view["season_id"], (outsider.people[0],), "not-admitted")
    trial.note("somebody outside the partnership is refused")
    _try(trial, view, one, two)


def _try(trial: Trial, view: Json, one: Party, two: Party) -> None:
    """What is tried on all that costs nothing: cancelling is free whenever it comes."""
    season_id = view["season_id"]
    if view["terms"] is not None:
        raise NotAsPromised("what is free has cancellation terms")
    first, second = book_and_name(trial, season_id, one, two)
    transfer(trial, first, one, two)
    cancel_in_time(trial, second, two)
    fill(trial, season_id, one, two)
    read_roster(trial, season_id, one)
    cancel_what_is_free(trial, view, one)
    trial.settle()
