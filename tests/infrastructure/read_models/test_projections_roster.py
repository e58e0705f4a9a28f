"""Events in, rows out: who sits where in which order, from when until when; and who waits."""

from __future__ import annotations

from application.booking.booking import NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList
from application.people.participant import Participant
from application.people.person import ErasePerson
from tests.samples import Institute
from tests.scenarios.story import book, cancel, hand_over, stockholm


def test_the_roster_stands_by_organisation_then_name(institute: Institute) -> None:
    season = institute.conference()
    book(institute, season, institute.bolt, institute.person("Bo", institute.bolt), None)
    acme = [institute.person(name, institute.acme) for name in ("Örjan", "Åsa", "Ärla", "adam", "Zelda")]
    book(institute, season, institute.acme, *acme)
    institute.catch_up()

    lines = institute.services.rosters.of(institute.admin, season)

    assert [(line.organisation, line.name) for line in lines] == [
        ("Acme AB", "adam"),
        ("Acme AB", "Zelda"),
        ("Acme AB", "Åsa"),
        ("Acme AB", "Ärla"),
        ("Acme AB", "Örjan"),
        ("Bolt AB", "Bo"),
        ("Bolt AB", None),
    ]
    assert [line.email for line in lines[:2]] == ["adam@example.org", "zelda@example.org"]


def test_a_line_says_from_when_until_when(institute: Institute) -> None:
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    season = institute.conference()
    instants = [stockholm(f"2026-{month}-01 09:00") for month in (10, 11, 12)]
    institute.clock.instant = instants[0]
    made = book(institute, season, institute.acme, None)
    institute.clock.instant = instants[1]
    naming = NameParticipant(made.booking_id, 1, Participant(anna))
    institute.services.bookings.name_participant(institute.admin, naming)
    institute.clock.instant = instants[2]
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    institute.catch_up()

    spans = [institute.services.rosters.of(institute.admin, season, at)[0] for at in instants]

    assert [(line.name, line.from_at, line.until_at) for line in spans] == [
        (None, instants[0], instants[1]),
        ("Anna", instants[1], instants[2]),
        ("Bertil", instants[2], None),
    ]
    as_known_first = institute.services.rosters.of(institute.admin, season, instants[2], instants[0])
    assert [(line.name, line.until_at) for line in as_known_first] == [(None, None)]


def test_a_letter_undoes_what_was_thought_to_happen_after_it(institute: Institute) -> None:
    """The seat was handed over after the letter had come, before anybody had read it."""
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    season = institute.conference()
    made = book(institute, season, institute.acme, anna)
    institute.clock.instant = stockholm("2026-12-10 09:00")
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    institute.clock.instant = stockholm("2026-12-20 09:00")
    letter = RequestCancellation(made.booking_id, received_at=stockholm("2026-12-05 09:00"))
    institute.services.cancellations.request(institute.admin, letter)
    institute.catch_up()

    def on(at: str, known_at: str = "2027-01-01 00:00") -> list[str | None]:
        lines = institute.services.rosters.of(institute.admin, season, stockholm(at), stockholm(known_at))
        return [line.name for line in lines]

    assert [on("2026-12-04 09:00"), on("2026-12-06 09:00"), on("2026-12-11 09:00")] == [["Anna"], [], []]
    known_then = "2026-12-15 09:00"
    assert [on("2026-12-06 09:00", known_then), on("2026-12-11 09:00", known_then)] == [["Anna"], ["Bertil"]]


def test_who_has_been_erased_keeps_the_seat_without_a_name(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    season = institute.conference()
    book(institute, season, institute.acme, anna)
    institute.services.people.erase(institute.admin, ErasePerson(anna))
    institute.catch_up()

    [line] = institute.services.rosters.of(institute.admin, season)

    assert (line.person_id, line.name, line.email, line.organisation) == (anna, None, None, "Acme AB")


def test_those_who_wait_stand_in_order_and_count_from_one(institute: Institute) -> None:
    season = institute.conference(seats=1)
    first = book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    waiting = [institute.member(name) for name in ("Vera", "Viktor", "Vilma")]
    lists = institute.services.waiting_lists
    places = [
        lists.join(actor, JoinWaitingList(season, seats)).answer
        for actor, seats in zip(waiting, (2, 1, 1), strict=True)
    ]
    lists.leave(waiting[1], LeaveWaitingList(season, places[1].place_id))
    institute.catch_up()

    rows = institute.services.rosters.waiting(institute.admin, season)

    assert [(row.place, row.name, row.seats) for row in rows] == [(1, "Vera", 2), (2, "Vilma", 1)]
    cancel(institute, institute.admin, first.booking_id)
    assert [row.joined_at for row in rows] == [institute.clock.now()] * 2


def test_another_organisers_season_has_no_roster_here(institute: Institute) -> None:
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    other = type(institute.admin)("other", institute.acme, institute.admin.roles)  # type: ignore[arg-type]  # any id

    assert institute.services.rosters.of(other, season) == ()
    assert institute.services.rosters.waiting(other, season) == ()
