"""The networks for public managers (D1) tried out: who may join, what is not dated yet, and the season after."""

from __future__ import annotations

from dataclasses import replace

from demo.checks import facts
from demo.checks.client import Json
from demo.checks.counter import Counter
from demo.checks.paid import try_seats
from demo.checks.party import Party
from demo.checks.trial import NotAsPromised, Trial, expect

MAIN = "Ledarskap och innovation i offentlig sektor"
TITLE = "Säsong 4"
OTHER = "Digital förnyelse"
FIRST = "02-04 09:30-12:30"


def network(trial: Trial) -> None:
    """D1: five half-days in a season, several networks side by side, and the season after."""
    view = trial.season(TITLE, MAIN)
    facts.booking_is_open(view, 20)
    expect("a leader through all meetings, and a contact", (len(view["leaders"]), len(view["contacts"])), (1, 1))
    _many_side_by_side(trial)
    _the_season_after(trial.counter)
    one = trial.counter.party(11, sector="municipality", reference="PROV 11")
    two = trial.counter.party(12, sector="state", reference="PROV 12")
    try_seats(trial, view, one, two)


def days_to_come(trial: Trial) -> None:
    """D2: one meeting postponed until further notice, one in June some day; each gets its day, and it shows at once."""
    counter = trial.counter
    view = counter.season(TITLE, MAIN)
    facts.meetings_are(view, FIRST, "postponed", "04-22 09:30-12:30", "05-19 09:30-12:30", "06")
    meetings, year = view["meetings"], view["meetings"][0]["start"][:4]
    if meetings[1]["was_at"] is None:
        raise NotAsPromised("the postponed meeting has forgotten what its date was")
    counter.schedule(view["season_id"], meetings[1]["meeting_id"], year, "03-17")
    facts.meetings_are(counter.view(view["season_id"]), FIRST, "03-17 09:30-12:30", "04-22", "05-19", "06")
    trial.note("the postponed meeting gets a new date")
    month = meetings[4]["month"]
    counter.schedule(view["season_id"], meetings[4]["meeting_id"], month[:4], "06-09")
    facts.meetings_are(counter.view(view["season_id"]), FIRST, "03-17", "04-22", "05-19", "06-09 09:30-12:30")
    trial.note("the meeting in June gets its day")


def managers_in_confidence(trial: Trial) -> None:
    """D3: managers in state, region and municipality; what is said stays in the room; one meeting can be met online."""
    counter = trial.counter
    view = counter.season(TITLE, OTHER)
    expect("what is said there stays there", view["stays_in_room"], True)
    one = counter.party(15, sector="municipality", reference="PROV 15")
    _only_managers_of_public_bodies(trial, view, one)
    made = trial.book(one, view["season_id"], (one.people[0],))
    at, [meeting] = (
        f"/bookings/{made['booking_id']}/participation",
        [meeting["meeting_id"] for meeting in view["meetings"] if meeting["format"] == "hybrid"],
    )
    answer = {"meeting_id": meeting, "answers": [{"seat": 1, "answer": "online"}]}
    one.contact.post(at, answer)
    counts = counter.admin.every(f"/seasons/{view['season_id']}/participation")
    expect("who takes part online", [each["online"] for each in counts if each["meeting_id"] == meeting], [1])
    trial.note("a participant is with the fourth meeting online, and the kitchen cooks for one less")


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
