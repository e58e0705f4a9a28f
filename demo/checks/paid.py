"""What is sold by the seat, tried out: conference (A2), workshops (A4), strategy series (A5)."""

from __future__ import annotations

from demo.checks import facts
from demo.checks.client import Json
from demo.checks.party import Party
from demo.checks.trial import Trial, expect
from demo.checks.trial_steps import (
    book_and_name,
    cancel_in_time,
    cancel_too_late,
    fill,
    read_by_participants,
    read_roster,
    transfer,
)

WORKSHOPS = (
    ("Conversations that hold: Stockholm", "10-21", "Stockholm", "en"),
    ("Conversations that hold: Göteborg", "10-22", "Göteborg", "en"),
    ("Conversations that hold: Malmö", "10-23", "Malmö", "en"),
    ("Samtal som håller: Malmö", "11-14", "Malmö", "sv"),
    ("Samtal som håller: Stockholm", "11-15", "Stockholm", "sv"),
)


def conference(trial: Trial) -> None:
    """A2: two days in Malmö, 12 000 kr or 6 000 for members; free to cancel before 3 January."""
    counter = trial.counter
    view = trial.season("Learn together, change together")
    facts.meetings_are(view, "01-25 09:00", "01-26 09:00-14:00")
    facts.places_are(view, "Malmö", "Malmö")
    facts.prices_are(view, (None, 12_000_00), ("member", 6_000_00))
    facts.free_until(view, 1, 3)
    speakers = [item["speakers"] for meeting in view["meetings"] for item in meeting["programme"]]
    expect("a speaker at every session, in English", (all(speakers), view["language"]), (True, "en"))
    try_seats(trial, view, counter.party(5, ground="member"), counter.party(6))


def workshops(trial: Trial) -> None:
    """A4: the same workshop in several cities on days that follow each other, one round of it in English."""
    counter = trial.counter
    views = [trial.season(title) for title, *_ in WORKSHOPS]
    for view, (_, day, city, language) in zip(views, WORKSHOPS, strict=True):
        facts.booking_is_open(view, 24)
        facts.meetings_are(view, day)
        facts.places_are(view, city)
        facts.prices_are(view, (None, 4_200_00), (None, 3_500_00), ("member", 2_100_00))
        expect("the language", view["language"], language)
    try_seats(trial, views[0], counter.party(7, ground="member"), counter.party(8))


def series(trial: Trial) -> None:
    """A5: four seminars for some eighty leaders; a summary for those who took part."""
    counter = trial.counter
    view = trial.season("Strategi i ett föränderligt läge")
    facts.booking_is_open(view, 80)
    facts.meetings_are(view, "02-11", "03-18", "04-22", "05-20")
    one = counter.party(9, ground="member")
    try_seats(trial, view, one, counter.party(10))
    read_by_participants(trial, view, "Insikter i sammandrag", one)
    trial.note("the summary is read by those who took part, and by nobody else")


def try_seats(trial: Trial, view: Json, one: Party, two: Party) -> None:
    """What is tried on all that is sold by the seat."""
    season_id = view["season_id"]
    first, second = book_and_name(trial, season_id, one, two)
    transfer(trial, first, one, two)
    cancel_in_time(trial, second, two)
    fill(trial, season_id, one, two)
    read_roster(trial, season_id, one)
    cancel_too_late(trial, view, one)
    trial.settle()
    trial.pay(view)
