"""S64: whoever only cancels registrations cannot call a conference off; every denied attempt leaves a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from application.booking.booking import NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.settlement import GrantCancellation, WaiveCancellation
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organiser import AppointStaff, GivePaymentDetails
from application.people.participant import Participant
from application.programme.season import AddSeats, CallOffSeason, CloseBooking
from domain.kernel.errors import NotAllowed, NotFound
from tests.samples import Institute
from tests.scenarios.story import book, sitting
from tests.web.calling import Api, api
from tests.web.stage import SLUG, stage


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def clerk(institute: Institute) -> Actor:
    """Somebody who sees to cancellations and nothing else."""
    person = institute.person("Kim")
    institute.services.organisers.appoint(SYSTEM, AppointStaff(institute.organiser, person, Role.CANCELLING))
    return institute.acting(person, Role.CANCELLING)


def test_one_registration_is_cancelled_and_a_conference_is_not(institute: Institute) -> None:
    """S64"""
    kim, conference = clerk(institute), institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    services, booking = institute.services, made.booking_id
    institute.catch_up()
    assert services.booking_questions.one(kim, booking).booking_id == booking
    assert [row.booking_id for row in services.booking_questions.all(kim).items] == [booking]
    preview = services.cancellations.preview(kim, RequestCancellation(booking, (1,)))
    plea = services.cancellations.request(institute.admin, RequestCancellation(booking, (2,), plea="Snälla")).answer
    outcome = services.cancellations.request(kim, RequestCancellation(booking, (1,), shown=preview.credit)).answer
    assert (outcome.status, sitting(institute, conference)) == ("granted", ["Acme AB – to be named"])

    nobody = Participant(name="Ny", email="ny@example.org")
    refused: list[Callable[[], object]] = [
        lambda: services.seasons.call_off(kim, CallOffSeason(conference, "x")),
        lambda: services.seasons.close_booking(kim, CloseBooking(conference)),
        lambda: services.seasons.add_seats(kim, AddSeats(conference, 1)),
        lambda: services.settlements.grant(kim, GrantCancellation(plea.cancellation_id)),
        lambda: services.settlements.waive(kim, WaiveCancellation(plea.cancellation_id, "x")),
        lambda: services.bookings.name_participant(kim, NameParticipant(booking, 2, nobody)),
        lambda: services.transfers.propose(kim, ProposeTransfer(booking, 2, nobody)),
        lambda: services.organisers.give_payment_details(kim, GivePaymentDetails(institute.organiser, "x", "1")),
        lambda: services.people_questions.people(kim),
    ]
    for act in refused:
        with pytest.raises((NotAllowed, NotFound)):
            act()


def test_every_denied_attempt_leaves_a_trace(calls: Api) -> None:
    """S64"""
    made = calls.institute
    kim = clerk(made)
    assert kim.person_id is not None
    calls.token("kim", Role.CANCELLING, Role.MEMBER, person=kim.person_id)
    conference = made.conference()
    booking = book(made, conference, made.acme, None).booking_id
    at = f"/seasons/{conference}/call-off"
    assert calls.call("POST", at, {"reason": "x"}, "kim").status_code == 403
    assert calls.call("POST", at, {"reason": "x"}, "finance").status_code == 403
    assert calls.call("POST", f"/bookings/{booking}/cancellations", {}, "finance").status_code == 403
    assert len(calls.get("/bookings", who="finance")["items"]) == 1
    assert calls.call("GET", "/reports/ledger.csv", None, "finance").status_code in (200, 404)
    assert len(calls.get("/bookings", who="kim")["items"]) == 1
    calls.post(f"/bookings/{booking}/cancellations", {}, who="kim")

    refused = calls.get("/trail?kind=refused")["items"]
    assert [(each["what"].split()[1].rpartition("/")[2], each["roles"]) for each in reversed(refused)] == [
        ("call-off", ["cancelling", "member"]),
        ("call-off", ["finance"]),
        ("cancellations", ["finance"]),
    ]


def test_the_pages_offer_what_the_role_may(database_url: str) -> None:
    """S64: bookings with a way to cancel, and nothing that would be refused."""
    with stage(database_url) as acted:
        made = acted.institute
        kim = clerk(made)
        acted.tokens["kim"] = made.services.tokens.make("kim", made.organiser, kim.roles, kim.person_id)
        booking = book(made, made.conference(), made.acme, acted.anna).booking_id
        made.catch_up()
        browser = acted.browser("kim")
        assert f"/{SLUG}/bookings/{booking}" in browser.open(f"/{SLUG}/bookings").elements.links
        page = browser.open(f"/{SLUG}/bookings/{booking}")
        assert any("/cancel" in link for link in page.elements.links)
        assert not any("/transfer" in link for link in page.elements.links)
        shown = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=1")
        assert shown.status == 200
        assert browser.open(f"/{SLUG}/desk").status == 403
