"""The networks for public managers (D1) tried out: who may join, what is not dated yet, and the season after."""

from __future__ import annotations

from dataclasses import replace

from demo.checks import facts
from demo.checks.client import Json
from demo.checks.counter import Counter, Party
from demo.checks.paid import try_seats
from demo.checks.trial import NotAsPromised, Trial, expect

MAIN = "Ledarskap och innovation i offentlig sektor"
TITLE = "Säsong 4"


def network(trial: Trial) -> None:
    """D1: five half-days for managers in state, region and municipality; one postponed, one in June some day."""
    counter = trial.counter
    view = trial.season(TITLE, MAIN)
    facts.booking_is_open(view, 20)
    facts.meetings_are(view, "02-04 09:30-12:30", "postponed", "04-22 09:30-12:30", "05-19 09:30-12:30", "06")
    expect("a leader through all meetings, and a contact", (len(view["leaders"]), len(view["contacts"])), (1, 1))
    _many_side_by_side(trial)
    _the_season_after(counter)
    one = counter.party(11, sector="municipality", reference="PROV 11")
    two = counter.party(12, sector="state", reference="PROV 12")
    _only_managers_of_public_bodies(trial, view, one)
    _new_date(trial, view)
    try_seats(trial, view, one, two)


def _many_side_by_side(trial: Trial) -> None:
    others = [row["name"] for row in trial.counter.networks() if row["name"] != MAIN]
    if len(others) < 3:
        raise NotAsPromised(f"only {len(others)} networks beside the first")
    for name in others:
        trial.season(TITLE, name)
    trial.note(f"{len(others) + 1} networks run side by side, each with its own seats and invoices")


def _the_season_after(counter: Counter) -> None:
    view = counter.season("Säsong 5", MAIN)
    expect("meetings of the next season", (len(view["meetings"]), view["is_open"]), (5, False))


def _only_managers_of_public_bodies(trial: Trial, view: Json, one: Party) -> None:
    """No consultant, no specialist; a municipal company after an admin's decision; an invoice needs its reference."""
    counter, season_id = trial.counter, view["season_id"]
    consultants = counter.party(13)
    counter.refuse(consultants, season_id, (consultants.people[0],), "not-admitted")
    counter.refuse(one, season_id, (counter.person(one.organisation_id, "specialist"),), "not-admitted")
    counter.refuse(replace(one, reference=""), season_id, (one.people[0],), "reference-required")
    company = counter.party(14, sector="municipal_company")
    counter.refuse(company, season_id, (company.people[0],), "admission-to-decide")
    counter.admit(view["network_id"], company.people[0])
    trial.book(company, season_id, (company.people[0],))
    trial.note("only managers of public bodies get in; a municipal company by an admin's decision")


def _new_date(trial: Trial, view: Json) -> None:
    """The postponed meeting gets a date; it is shown at once, and nobody pays for it."""
    season_id, meeting = view["season_id"], view["meetings"][1]
    if meeting["was_at"] is None:
        raise NotAsPromised("the postponed meeting has forgotten what its date was")
    trial.counter.schedule(season_id, meeting["meeting_id"], view["meetings"][0]["start"][:4], "03-17")
    shown = trial.counter.view(season_id)
    facts.meetings_are(shown, "02-04", "03-17 09:30-12:30", "04-22", "05-19", "06")
    trial.note("the postponed meeting gets a new date")
