"""Somebody whom the rule does not let in applies: a seat is held while the desk decides, for some hours (S14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from application.booking.application import Applied, Apply
from application.booking.application_answer import ApproveApplication, RejectApplication, WithdrawApplication
from application.booking.applying import ApplicationOutcome
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.registration_rules import AgreeRegistrationRules
from application.booking.seat_offer import AcceptOffer
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import Actor, stranger
from application.kernel.due_job import DueJob
from application.people.person import ErasePerson
from application.programme.season import CallOffSeason
from domain.booking.application import (
    AlreadyApplied,
    Application,
    ApplicationLapsed,
    ApplicationNotNeeded,
    ApplicationSettled,
)
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import BookingId, PersonId, SeasonId
from domain.kernel.terms import free_before
from domain.people.admission import Admission
from domain.programme.network import Network
from domain.programme.price import Price, PriceList
from tests.samples import AUTUMN, Institute, kronor
from tests.scenarios.story import FREE, facts, invoices, seated, seats_left, sitting
from tests.strangers import links_of, tidy

ALUMNI = Admission(grounds=(Ground.ALUMNUS,))
TWO_DAYS = timedelta(hours=48)
PRICES = PriceList(0, (Price(kronor(4_000)), Price(kronor(1_000), audience=Ground.ALUMNUS)))


def seminar(institute: Institute, seats: int = 5, prices: PriceList = FREE) -> SeasonId:
    terms = free_before(AUTUMN.date() + timedelta(days=30))
    return institute.season("Alumnidagen", seats, prices, terms, admission=ALUMNI)


def typed(season: SeasonId, name: str = "Alva", **more: Any) -> Apply:
    said = Apply(season, "Skolan", ground=Ground.ALUMNUS, note="Gick ut 2019", name=name, address="Gatan 1, 111 11 Byn")
    return replace(replace(said, email=f"{name.lower()}@example.org"), **more)


def ask(institute: Institute, command: Apply) -> Applied:
    return institute.services.applications.apply(stranger(institute.organiser), command, None, "192.0.2.9").answer


def applied(institute: Institute, command: Apply) -> ApplicationOutcome:
    """A stranger applies and follows the mailed link."""
    ask(institute, command)
    link = MailedLink(*links_of(institute, command.email)[0])
    return institute.services.applications.confirm(stranger(institute.organiser), link).answer


def approve(institute: Institute, application_id: UUID, *, with_ground: bool = True) -> ApplicationOutcome:
    command = ApproveApplication(application_id, "Gick ut 2019, enligt registret", with_ground)
    return institute.services.application_answers.approve(institute.admin, command).answer


def letters_to(institute: Institute, address: str) -> list[str]:
    institute.catch_up()
    return [row.kind for row in institute.services.letters.list(institute.admin) if row.to == address]


def lapse_holds(institute: Institute) -> bool:
    """What the worker does about held seats whose time is over."""
    institute.catch_up()
    jobs = (each for each in institute.house.worker.jobs.jobs if isinstance(each, DueJob))
    [job] = [each for each in jobs if each.name == "applications"]
    return job.turn()


def test_a_claim_holds_one_seat_and_approved_is_booked_with_the_same_place_in_time(institute: Institute) -> None:
    """S14: "I am an alumna": held at most 48 hours; yes gives that seat, at the price of the day, and a letter."""
    day = seminar(institute, seats=2, prices=PRICES)
    made = applied(institute, typed(day))

    assert (made.status, made.held_until) == ("waiting", AUTUMN + TWO_DAYS)
    assert (seats_left(institute, day), sitting(institute, day), invoices(institute)) == (1, [], [])
    [waiting] = institute.services.application_questions.waiting(institute.admin)
    assert (waiting.name, waiting.employer, waiting.ground, waiting.note) == (
        "Alva",
        "Skolan",
        "alumnus",
        "Gick ut 2019",
    )
    assert letters_to(institute, "alva@example.org") == ["application_received"]

    institute.clock.instant += TWO_DAYS - timedelta(seconds=1)
    outcome = approve(institute, made.application_id)

    assert (outcome.status, sitting(institute, day)) == ("approved", ["Alva"])
    assert invoices(institute) == [(1_000_00, 250_00, 1_250_00)]
    assert "booked" in letters_to(institute, "alva@example.org")
    assert "admission_decided" not in letters_to(institute, "alva@example.org")
    [decision] = [fact for fact in facts(institute) if isinstance(fact, Network.AdmissionDecided)]
    assert institute.house.store.keyring.decrypt(decision.reason) == "Gick ut 2019, enligt registret"
    assert institute.services.application_questions.waiting(institute.admin) == ()


def test_whoever_has_applied_is_told_that_the_season_is_called_off(institute: Institute) -> None:
    day = seminar(institute)
    applied(institute, typed(day))
    gone = applied(institute, typed(day, "Bror"))
    institute.services.application_answers.reject(institute.admin, RejectApplication(gone.application_id, "Fullt"))
    institute.catch_up()
    institute.services.seasons.call_off(institute.admin, CallOffSeason(day, "För få"))
    assert letters_to(institute, "alva@example.org")[0] == "season_called_off"
    assert "season_called_off" not in letters_to(institute, "bror@example.org")


def test_the_price_is_that_of_the_day_they_applied(institute: Institute) -> None:
    """S14: an early price that ended while the desk thought it over."""
    early = Price(kronor(500), before=AUTUMN.date() + timedelta(days=1))
    day = seminar(institute, prices=PriceList(0, (early, Price(kronor(4_000)))))
    made = applied(institute, typed(day))
    institute.clock.instant += timedelta(days=1, hours=20)
    approve(institute, made.application_id, with_ground=False)
    assert [net for net, _, _ in invoices(institute)] == [500_00]


def test_without_the_ground_it_is_an_exception_at_the_price_for_others(institute: Institute) -> None:
    day = seminar(institute, prices=PRICES)
    approve(institute, applied(institute, typed(day)).application_id, with_ground=False)
    assert [net for net, _, _ in invoices(institute)] == [4_000_00]


def test_rejected_frees_the_seat_and_tells_the_reason(institute: Institute) -> None:
    """S14: the reason is stored with the name of who decided, and told."""
    day = seminar(institute)
    made = applied(institute, typed(day))

    institute.services.application_answers.reject(
        institute.admin, RejectApplication(made.application_id, "Gick aldrig här")
    )

    assert (seats_left(institute, day), sitting(institute, day)) == (5, [])
    assert letters_to(institute, "alva@example.org")[0] == "application_decided"
    box = institute.house.box
    [answer] = [row for row in institute.services.letters.list(institute.admin) if row.kind == "application_decided"]
    words = box.words(answer.letter_id)
    assert words is not None
    assert "Gick aldrig här" in words[1]
    row = institute.services.application_questions.one(institute.admin, made.application_id)
    assert (row.status, row.reason, row.decided_by) == ("rejected", "Gick aldrig här", "admin")
    again = applied(institute, typed(day))
    assert again.status == "waiting"
    with pytest.raises(ApplicationSettled):
        approve(institute, made.application_id)


def test_the_hold_lapses_exactly_once_and_the_application_still_waits(institute: Institute) -> None:
    """S14: free from the instant itself, told once; a yes that comes later gives a free seat."""
    day = seminar(institute, seats=2)
    made = applied(institute, typed(day))
    institute.clock.instant += TWO_DAYS
    assert seats_left(institute, day) == 2
    assert lapse_holds(institute)
    institute.services.application_answers.lapse_hold(made.application_id, day)
    assert not lapse_holds(institute)
    assert [type(fact) for fact in facts(institute)].count(Application.HoldLapsed) == 1
    assert letters_to(institute, "alva@example.org").count("application_hold_over") == 1
    approve(institute, made.application_id)
    assert sitting(institute, day) == ["Alva"]


def test_a_yes_when_the_seats_are_gone_is_a_place_in_the_line(institute: Institute) -> None:
    day = seminar(institute, seats=2)
    made = applied(institute, typed(day))
    institute.clock.instant += TWO_DAYS
    for name in ("Bea", "Cai"):
        other = applied(institute, typed(day, name))
        approve(institute, other.application_id)
    outcome = approve(institute, made.application_id)
    assert (outcome.status, outcome.booking_id) == ("approved", None)
    institute.catch_up()
    assert [row.name for row in institute.services.rosters.waiting(institute.admin, day)] == ["Alva"]
    assert letters_to(institute, "alva@example.org")[0] in ("application_decided", "queue_joined")


def test_who_waits_after_a_yes_keeps_the_price_of_the_day_they_applied(institute: Institute) -> None:
    """S14, S23: the price list of that day counts for the place in line, as it would have for the seat."""
    early = Price(kronor(500), before=AUTUMN.date() + timedelta(days=1))
    day = seminar(institute, seats=1, prices=PriceList(0, (early, Price(kronor(4_000)))))
    made = applied(institute, typed(day))
    institute.clock.instant += TWO_DAYS
    bea = applied(institute, typed(day, "Bea"))
    booked = approve(institute, bea.application_id, with_ground=False).booking_id
    approve(institute, made.application_id, with_ground=False)
    institute.catch_up()
    services, admin = institute.services, institute.admin
    services.cancellations.request(admin, RequestCancellation(BookingId(booked or UUID(int=0)), (1,)))
    institute.catch_up()
    [line] = services.seat_offer_questions.line(admin, day)
    assert line.state == "offered"
    accepted = services.seat_offers.accept(admin, AcceptOffer(day, line.place_id))
    assert accepted.answer.gross == 625_00


def test_a_full_season_takes_applications_and_holds_nothing(institute: Institute) -> None:
    day = seminar(institute, seats=2)
    for name in ("Bea", "Cai"):
        approve(institute, applied(institute, typed(day, name)).application_id)
    assert applied(institute, typed(day)).held_until is None


def test_how_long_a_seat_is_held_is_the_organisers_choice(institute: Institute) -> None:
    rules = institute.services.registration_rules
    day = seminar(institute)
    rules.agree(institute.admin, AgreeRegistrationRules(application_hours=2))
    assert applied(institute, typed(day)).held_until == AUTUMN + timedelta(hours=2)
    rules.agree(institute.admin, AgreeRegistrationRules(application_hours=0))
    assert applied(institute, typed(day, "Bea")).held_until is None


def test_a_known_and_an_unknown_address_get_the_same_answer_and_nothing_is_held_before_the_link(
    institute: Institute,
) -> None:
    day = seminar(institute)
    institute.person("Alva")
    assert ask(institute, typed(day)) == ask(institute, typed(day, "Bea")) == Applied(day, "confirm_application")
    assert seats_left(institute, day) == 5
    assert institute.services.application_questions.waiting(institute.admin) == ()
    with pytest.raises(NotFound):
        link = MailedLink(links_of(institute, "bea@example.org")[0][0], "fel")
        institute.services.applications.confirm(stranger(institute.organiser), link)


def test_a_link_that_is_not_followed_lapses_and_what_was_typed_is_forgotten(institute: Institute) -> None:
    day = seminar(institute)
    ask(institute, typed(day))
    link = MailedLink(*links_of(institute, "alva@example.org")[0])
    institute.clock.instant += timedelta(days=7)
    with pytest.raises(ApplicationLapsed):
        institute.services.applications.confirm(stranger(institute.organiser), link)
    tidy(institute)
    institute.clock.instant += timedelta(days=8)
    tidy(institute)
    assert institute.services.applications.view(stranger(institute.organiser), link).typed is None


def test_a_member_applies_at_once_and_may_withdraw(institute: Institute) -> None:
    day = seminar(institute)
    me = institute.person("Kurt")
    actor = institute.acting(me)
    made = institute.services.applications.apply(actor, typed(day)).answer
    assert (made.next_step, made.held_until) == ("wait", AUTUMN + TWO_DAYS)
    with pytest.raises(AlreadyApplied):
        institute.services.applications.apply(actor, typed(day))
    institute.catch_up()
    [mine] = institute.services.application_questions.mine(actor)
    assert (mine.name, mine.status) == ("Kurt", "waiting")
    stolen = WithdrawApplication(mine.application_id)
    with pytest.raises(NotFound):
        institute.services.application_answers.withdraw(institute.acting(institute.person("Bo")), stolen)
    with pytest.raises(NotFound):
        institute.services.application_questions.one(institute.acting(institute.person("Bo")), mine.application_id)
    institute.services.application_answers.withdraw(actor, stolen)
    assert seats_left(institute, day) == 5


def test_who_may_book_need_not_apply(institute: Institute) -> None:
    day = seminar(institute)
    made = applied(institute, typed(day))
    approve(institute, made.application_id)
    institute.catch_up()
    row = institute.services.application_questions.one(institute.admin, made.application_id)
    again = institute.season("Alumnidagen igen", 5, FREE, admission=ALUMNI)
    with pytest.raises(ApplicationNotNeeded):
        institute.services.applications.apply(institute.acting(row.person_id), typed(again))
    with pytest.raises(ApplicationNotNeeded):
        ask(institute, typed(institute.conference()))
    institute.services.bookings.make(institute.acting(row.person_id), MakeBooking(again, seated(row.person_id)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"employer": " "}, {"employer": "x" * 301}, {"name": ""}, {"email": "ingen"}, {"note": "x" * 1001},
        {"org_number": "1"}, {"ground": Ground.PARTNER},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(institute: Institute, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        ask(institute, typed(seminar(institute), **wrong))


def test_only_admins_decide(institute: Institute) -> None:
    made = applied(institute, typed(seminar(institute)))
    for actor in (institute.finance, institute.acting(institute.person("Bo")), stranger(institute.organiser)):
        with pytest.raises((NotAllowed, NotFound)):
            institute.services.application_answers.approve(actor, ApproveApplication(made.application_id, "Ja"))
        with pytest.raises((NotAllowed, NotFound)):
            institute.services.application_questions.waiting(actor)


def test_somebody_erased_asks_for_nothing_and_holds_nothing(institute: Institute) -> None:
    day = seminar(institute)
    made = applied(institute, typed(day))
    row = _row(institute, institute.admin, made.application_id)
    told = institute.services.my_data.of(institute.admin, row)
    assert {"Skolan", "Gick ut 2019"} <= {each.value for each in told.facts}
    institute.services.people.erase(institute.admin, ErasePerson(row))
    assert seats_left(institute, day) == 5
    assert institute.services.application_questions.waiting(institute.admin) == ()
    after = institute.services.application_questions.one(institute.admin, made.application_id)
    assert (after.name, after.employer, after.note, after.status) == (None, None, None, "withdrawn")


def _row(institute: Institute, actor: Actor, application_id: UUID) -> PersonId:
    institute.catch_up()
    return institute.services.application_questions.one(actor, application_id).person_id
