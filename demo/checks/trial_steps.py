"""What is tried on every programme with seats: book, name, transfer, cancel, take the last seats, be too late."""

from __future__ import annotations

from demo.checks.client import Json
from demo.checks.party import Party
from demo.checks.trial import Trial, expect

LOT = 100
"""The most seats in one booking."""


def book_and_name(trial: Trial, season_id: str, one: Party, two: Party) -> tuple[Json, Json]:
    """One party books two seats and names the second afterwards; the other books one."""
    first = trial.book(one, season_id, (one.people[0], None))
    second = trial.book(two, season_id, (two.people[0],))
    trial.counter.refuse(one, season_id, (one.people[0],), "person-has-seat")
    trial.note("members book, at the price the rules give; a request sent twice books once; nobody sits twice")
    trial.counter.name(one, first, 2, one.people[1])
    trial.note("a seat booked without a name gets one")
    return first, second


def transfer(trial: Trial, made: Json, one: Party, two: Party) -> None:
    """Within the organisation at once and free; to another one by an admin, and what it costs more is invoiced."""
    counter = trial.counter
    within = counter.transfer(one.contact, made, 2, one.people[2])
    expect("a transfer within the organisation", (within["status"], within["difference"]), ("accepted", 0))
    trial.note("a seat goes to a colleague, free and at once")
    counter.refuse_transfer(one.contact, made, 2, two.people[1])
    more = 0
    if not trial.rule.includes:
        more = trial.rule.price(1, is_member=two.is_member) - trial.rule.price(1, is_member=one.is_member)
    other = counter.transfer(counter.admin, made, 2, two.people[1], "Hon har bytt arbetsgivare.")
    expect("a transfer to another organisation", (other["status"], other["difference"]), ("proposed", max(0, more)))
    expect("the accepted transfer", counter.accept(two.contact, other)["status"], "accepted")
    trial.invoiced += max(0, more)
    trial.note("a seat goes to another organisation: refused to a member, proposed by an admin, accepted there")


def cancel_in_time(trial: Trial, made: Json, party: Party) -> None:
    """One seat of the booking is given up before the deadline, and paid back as the rule says."""
    trial.cancel(party, made, (1,))
    expect("the seat given up", trial.counter.is_given_up(made, 1), True)
    is_free = trial.rule.others == 0
    trial.note("a seat is cancelled before the " + ("day; nothing was to pay" if is_free else "deadline and credited"))


def fill(trial: Trial, season_id: str, one: Party, two: Party) -> None:
    """All seats that are left are booked, the last one by itself; the next one is refused and told why."""
    while trial.left[season_id] > 1:
        trial.book(one, season_id, (None,) * min(LOT, trial.left[season_id] - 1))
    trial.book(two, season_id, (None,))
    trial.counter.refuse(two, season_id, (None,), "seats-short")
    trial.note("the last seats are booked; the next request is refused")


def cancel_too_late(trial: Trial, view: Json, party: Party) -> None:
    """In a round whose deadline has passed nothing is given back, unless an admin gives it back as a kindness."""
    counter = trial.counter
    seats = (party.people[0], party.people[1]) if trial.rule.includes else (party.people[0],)
    season_id = counter.plan_late_round(view)
    trial.seasons.append(season_id)
    late = trial.book(party, season_id, seats)
    trial.cancel(party, late, tuple(range(1, len(seats) + 1)), kept=100)
    trial.note("a booking is cancelled after the deadline; the whole price stays")
    again = trial.book(party, season_id, seats)
    asked = counter.cancel(party.contact, again, (), plea="Tåget stod still. Kan ni göra ett undantag?")
    expect("a plea", (asked["status"], again["booking_id"] in counter.waiting_cases()), ("requested", True))
    back = counter.waive(asked)
    expect("the waived cancellation", (back["status"], back["credit"]), ("waived", again["gross"]))
    trial.credited += again["gross"]
    trial.note("a plea waits at the desk, and an admin gives the price back")


def cancel_what_is_free(trial: Trial, view: Json, party: Party) -> None:
    """What costs nothing has no deadline: after the day there is nothing to pay either, and no invoice."""
    season_id = trial.counter.plan_late_round(view)
    trial.seasons.append(season_id)
    late = trial.book(party, season_id, (party.people[0],))
    trial.cancel(party, late, (1,))
    trial.note("a seat is cancelled after the day; nothing was to pay")


def read_roster(trial: Trial, season_id: str, party: Party) -> None:
    """An admin reads it: every seat that is taken, named or not; nobody else may, and another organiser finds none."""
    counter = trial.counter
    lines = counter.roster(season_id)
    row = counter.view(season_id)
    expect("seats left", row["left"], trial.left[season_id])
    expect("lines on the roster", len(lines), row["seats"] - row["left"])
    expect("the first participant's place", [line["person_id"] for line in lines].count(party.people[0]), 1)
    counter.refuse_roster(party.contact, season_id, 403)
    counter.refuse_roster(counter.finance, season_id, 403)
    counter.refuse_outsider(season_id)
    trial.note("the admin reads the roster; members and finance may not; another organiser finds nothing")


def read_by_participants(trial: Trial, view: Json, title: str, party: Party, meeting_id: str | None = None) -> None:
    """An admin publishes something; who has a seat can read it, who has none cannot."""
    counter, season_id = trial.counter, view["season_id"]
    counter.publish(season_id, title, meeting_id)
    readers = {"participant": party.contact, "stranger": counter.stranger}
    seen = {who: _titles(counter.view(season_id, reader)).count(title) for who, reader in readers.items()}
    expect(f"who can read {title}", seen, {"participant": 1, "stranger": 0})


def _titles(view: Json) -> list[str]:
    return [material["title"] for material in view["materials"]]
