"""What somebody has applied for stands as they read it, and is over as soon as they sit there in another way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.application_answer import ApproveApplication
from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.merging import MergePeople
from application.booking.seat_offer import AcceptOffer
from application.people.affiliation import VerifyAffiliation
from application.people.participant import Participant
from application.programme.price import AgreePrices, AgreeTerms
from domain.booking.application import ApplicationSettled
from domain.kernel.eligibility import Ground
from domain.kernel.ids import BookingId, PersonId, SeasonId
from domain.kernel.terms import Tier
from domain.programme.price import Price
from tests.samples import AUTUMN, Institute, kronor
from tests.scenarios.booking.test_application import (
    PRICES,
    TWO_DAYS,
    applied,
    approve,
    lapse_holds,
    letters_to,
    seminar,
    typed,
)
from tests.scenarios.story import cancel, invoices, seats_left, sitting

DEARER = (Price(kronor(6_000)), Price(kronor(2_000), audience=Ground.ALUMNUS))


def offered_otherwise(institute: Institute, season: SeasonId) -> None:
    """Dearer, and never free to cancel."""
    terms = (Tier(None, 10_000),)
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, DEARER))
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(season, terms))


def test_a_yes_gives_the_price_and_the_terms_that_they_applied_under(institute: Institute) -> None:
    """1.4, 1.5, S14: both were replaced while the desk thought it over."""
    day = seminar(institute, prices=PRICES)
    made = applied(institute, typed(day))
    offered_otherwise(institute, day)
    booking = approve(institute, made.application_id).booking_id
    assert invoices(institute) == [(1_000_00, 250_00, 1_250_00)]
    assert booking is not None
    kept = institute.services.booking_questions.one(institute.admin, booking).terms
    assert kept is not None and kept.tiers[0].before == AUTUMN.date() + timedelta(days=30)


def test_whoever_waits_after_a_yes_is_promised_that_price_still(institute: Institute) -> None:
    day = seminar(institute, seats=1, prices=PRICES)
    made = applied(institute, typed(day))
    institute.clock.instant += TWO_DAYS
    first = approve(institute, applied(institute, typed(day, "Bea")).application_id).booking_id
    offered_otherwise(institute, day)
    approve(institute, made.application_id)
    institute.catch_up()
    services, admin = institute.services, institute.admin
    services.cancellations.request(admin, RequestCancellation(BookingId(first or made.application_id)))
    institute.catch_up()
    [line] = services.seat_offer_questions.line(admin, day)
    assert services.seat_offers.accept(admin, AcceptOffer(day, line.place_id)).answer.gross == 1_250_00


def alva(institute: Institute, season: SeasonId) -> PersonId:
    """Alva, who has applied, and is found to be an alumna after all."""
    made = applied(institute, typed(season))
    institute.catch_up()
    who = institute.services.application_questions.one(institute.admin, made.application_id).person_id
    verify = VerifyAffiliation(who, Ground.ALUMNUS, date(2020, 1, 1))
    institute.services.affiliations.verify(institute.admin, verify)
    return who


def test_a_seat_held_for_an_application_is_free_as_soon_as_they_sit_in_another(institute: Institute) -> None:
    """3.1: and nobody need decide about somebody who sits there."""
    day = seminar(institute, seats=2)
    who = alva(institute, day)
    [waiting] = institute.services.application_questions.waiting(institute.admin)
    institute.services.bookings.make(institute.acting(who), MakeBooking(day, (Participant(who),)))
    assert (sitting(institute, day), seats_left(institute, day)) == (["Alva"], 1)
    assert institute.services.application_questions.waiting(institute.admin) == ()
    institute.clock.instant += TWO_DAYS
    assert not lapse_holds(institute)
    assert "application_hold_over" not in letters_to(institute, "alva@example.org")
    with pytest.raises(ApplicationSettled):
        command = ApproveApplication(waiting.application_id, "Ja")
        institute.services.application_answers.approve(institute.admin, command)


def test_so_it_is_for_somebody_who_is_named(institute: Institute) -> None:
    day = seminar(institute, seats=2)
    known = institute.member("Kurt")
    assert known.person_id is not None
    verify = VerifyAffiliation(known.person_id, Ground.ALUMNUS, date(2020, 1, 1))
    institute.services.affiliations.verify(institute.admin, verify)
    seat = institute.services.bookings.make(known, MakeBooking(day, (Participant(),))).answer
    who = alva(institute, day)
    assert seats_left(institute, day) == 0
    institute.services.bookings.name_participant(known, NameParticipant(seat.booking_id, 1, Participant(who)))
    assert (sitting(institute, day), seats_left(institute, day)) == (["Alva"], 1)
    cancel(institute, institute.admin, seat.booking_id)
    assert applied(institute, typed(day, "Bea")).status == "waiting"


@pytest.mark.parametrize("is_other_in", [True, False])
def test_whoever_was_entered_twice_applies_once(institute: Institute, *, is_other_in: bool) -> None:
    """The seat that is held for the other entry's application is free; where one sits already, nobody applies."""
    day = seminar(institute, seats=3)
    first, second = applied(institute, typed(day, "Alva")), applied(institute, typed(day, "Beata"))
    institute.catch_up()
    apps = {each.name: each.person_id for each in institute.services.application_questions.waiting(institute.admin)}
    if is_other_in:
        approve(institute, second.application_id)
    institute.catch_up()

    institute.services.merging.merge(institute.admin, MergePeople(apps["Alva"], apps["Beata"]))

    institute.catch_up()
    waiting = institute.services.application_questions.waiting(institute.admin)
    left = [] if is_other_in else [second.application_id]
    assert ([each.application_id for each in waiting], seats_left(institute, day)) == (left, 2)
    with pytest.raises(ApplicationSettled):
        approve(institute, first.application_id)


def test_what_an_entry_has_applied_for_is_of_whom_it_leads_to(institute: Institute) -> None:
    day = seminar(institute, seats=3)
    made, bea = applied(institute, typed(day, "Alva")), institute.person("Beata")
    institute.catch_up()
    [waiting] = institute.services.application_questions.waiting(institute.admin)
    institute.services.merging.merge(institute.admin, MergePeople(waiting.person_id, bea))
    institute.catch_up()
    approve(institute, made.application_id)
    assert sitting(institute, day) == ["Beata"]
    assert institute.services.application_questions.waiting(institute.admin) == ()
