"""The cluster (A1) tried out: one price for an organisation with two persons, an odd number of seats."""

from __future__ import annotations

from demo.checks import facts
from demo.checks.client import Json
from demo.checks.party import Party
from demo.checks.trial import Trial, expect
from demo.checks.trial_steps import cancel_too_late, read_by_participants, read_roster, transfer


def cluster(trial: Trial) -> None:
    """A1: two persons an organisation, 32 000 or 25 000 kr excluding VAT; about fifteen seats on four days."""
    counter = trial.counter
    view = trial.season("Kluster: Arbete?!")
    facts.booking_is_open(view, 15)
    facts.meetings_are(view, "10-28", "11-25", "01-27", "02-24")
    facts.prices_are(view, (None, 32_000_00), ("member", 25_000_00))
    expect("contacts and leaders", (len(view["contacts"]), len(view["leaders"])), (2, 1))
    one, two, three, four = (counter.party(no, ground="member" if no % 2 else "") for no in (1, 2, 3, 4))
    first, second = _book_by_twos(trial, view, one, two)
    transfer(trial, first, one, four)
    _fill_by_twos(trial, view, three, four)
    _cancel_by_twos(trial, view, second, two)
    _read_before_and_after(trial, view, one)
    read_roster(trial, view["season_id"], one)
    cancel_too_late(trial, view, one)
    trial.settle()
    trial.pay(view)


def _book_by_twos(trial: Trial, view: Json, one: Party, two: Party) -> tuple[Json, Json]:
    """Two seats at a time, once for each organisation; a name given later moves no money."""
    counter, season_id = trial.counter, view["season_id"]
    counter.refuse(one, season_id, (one.people[0],), "seats-go-together")
    first = trial.book(one, season_id, (one.people[0], None))
    second = trial.book(two, season_id, (two.people[0], two.people[1]))
    counter.refuse(two, season_id, (None, None), "organisation-has-booked")
    trial.note("a member and another organisation book two seats each, at one price for an organisation")
    counter.name(one, first, 2, one.people[1])
    trial.note("a seat booked without a name gets one, and no money moves")
    return first, second


def _fill_by_twos(trial: Trial, view: Json, three: Party, four: Party) -> None:
    """Three seats are left: two are booked, and the single one is never sold as two."""
    season_id = view["season_id"]
    trial.book(three, season_id, (None, None))
    expect("seats left", trial.left[season_id], 1)
    trial.counter.refuse(four, season_id, (None, None), "seats-short")
    trial.note("the last pair of seats is booked; the next request is refused, with one seat left")


def _cancel_by_twos(trial: Trial, view: Json, made: Json, party: Party) -> None:
    """The price goes back with the last of the two; then the organisation may book again."""
    trial.cancel(party, made, (1,))
    trial.cancel(party, made, (2,), before=1)
    trial.note("one of two is cancelled: nothing back; then the other, before the deadline: the whole price back")
    trial.book(party, view["season_id"], (party.people[0], None))
    trial.note("the seats given up are booked again")


def _read_before_and_after(trial: Trial, view: Json, one: Party) -> None:
    """Preparation is there before each day; documentation is published after it, for participants."""
    season_id, contact = view["season_id"], one.contact
    seen = trial.counter.view(season_id, contact)["materials"]
    days = [meeting["meeting_id"] for meeting in view["meetings"]]
    prepared = {material["meeting_id"] for material in seen if material["meeting_id"] is not None}
    expect("preparation for each day", prepared, set(days))
    read_by_participants(trial, view, "Efter dag 1: det vi kom fram till", one, days[0])
    trial.note("participants read the preparation for each day and the documentation after it; others do not")
