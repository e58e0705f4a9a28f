"""A season is a draft, hidden or public; it goes public, and opens, by itself at an instant, exactly once (A1, D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.first_refusal import OfferFirstRefusal
from application.kernel.actor import Actor, Role, stranger
from application.kernel.due_job import DueJob
from application.programme.publication import PUBLICATION, ChooseVisibility, PlanPublication
from application.programme.season import CallOffSeason, CloseBooking, OpenBooking, PlanSeason
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import SeasonId
from domain.programme.season import Season
from domain.programme.season_opening import SeasonIsDraft, SeasonWasOpen, Visibility
from domain.programme.season_sale import NotReadyToOpen
from tests.samples import Institute, full_day
from tests.scenarios.story import FREE, facts, seated

AT = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""Half past two by the clock of the night in which it is turned back, the second time."""


def draft(institute: Institute, title: str = "Säsong 8") -> SeasonId:
    plan = PlanSeason(institute.network("Utkast"), title, 5, meetings=(full_day("Ett", 2027, 9, 1),), prices=FREE)
    planned = institute.services.seasons.plan(institute.admin, replace(plan, visibility=Visibility.DRAFT))
    return planned.answer.season_id


def keep_house(institute: Institute, *, is_new: bool = False) -> None:
    """What the worker does; `is_new`: one that has just been started."""
    institute.catch_up()
    for each in institute.house.worker.jobs.jobs:
        if isinstance(each, DueJob) and each.name == PUBLICATION:
            if is_new:
                each._done.clear()
            while each.turn():
                institute.catch_up()


def happened(institute: Institute, season: SeasonId) -> list[str]:
    kinds = (Season.VisibilityChosen, Season.BookingOpened)
    return [
        type(each).__name__ for each in facts(institute) if isinstance(each, kinds) and each.originator_id == season
    ]


def listed(institute: Institute) -> list[str]:
    institute.catch_up()
    return [each.title for each in institute.services.programme.seasons(institute.organiser).items]


def test_it_goes_public_and_opens_at_its_instant_and_not_before_and_once(institute: Institute) -> None:
    season = draft(institute)
    institute.services.publications.plan(institute.admin, PlanPublication(season, AT, AT))
    institute.clock.instant = AT - timedelta(seconds=1)
    keep_house(institute)
    assert (happened(institute, season), listed(institute)) == ([], [])
    institute.clock.instant = AT
    keep_house(institute)
    keep_house(institute, is_new=True)
    institute.clock.instant = AT - timedelta(hours=1)
    keep_house(institute, is_new=True)
    institute.clock.instant = AT + timedelta(hours=9)
    keep_house(institute, is_new=True)
    assert happened(institute, season) == ["VisibilityChosen", "BookingOpened"]
    assert listed(institute) == ["Säsong 8"]


def test_what_was_planned_otherwise_meanwhile_stays_undone(institute: Institute) -> None:
    season = draft(institute)
    services, admin = institute.services, institute.admin
    services.publications.plan(admin, PlanPublication(season, AT, AT))
    services.publications.plan(admin, PlanPublication(season, AT + timedelta(days=1)))
    institute.clock.instant = AT
    keep_house(institute)
    assert happened(institute, season) == []
    services.seasons.call_off(admin, CallOffSeason(season, "Ingen vill."))
    institute.clock.instant = AT + timedelta(days=2)
    keep_house(institute)
    assert happened(institute, season) == []


def test_booking_that_was_opened_and_closed_by_hand_is_not_opened_again(institute: Institute) -> None:
    season = draft(institute)
    services, admin = institute.services, institute.admin
    services.publications.plan(admin, PlanPublication(season, AT, AT))
    services.seasons.open_booking(admin, OpenBooking(season, visibility=Visibility.HIDDEN))
    services.seasons.close_booking(admin, CloseBooking(season))
    institute.clock.instant = AT
    keep_house(institute)
    assert happened(institute, season) == ["VisibilityChosen", "BookingOpened", "VisibilityChosen"]


def test_nothing_is_planned_for_what_is_so_or_has_passed_or_cannot_be(institute: Institute) -> None:
    season = draft(institute)
    plan, admin = institute.services.publications.plan, institute.admin
    for wrong in (institute.clock.now(), institute.clock.now() - timedelta(days=1)):
        with pytest.raises(BadValue):
            plan(admin, PlanPublication(season, wrong))
    with pytest.raises(NotReadyToOpen):
        plan(admin, PlanPublication(season, None, AT))
    with pytest.raises(NotReadyToOpen):
        plan(admin, PlanPublication(season, AT + timedelta(days=1), AT))
    institute.services.publications.choose(admin, ChooseVisibility(season, Visibility.PUBLIC))
    with pytest.raises(BadValue):
        plan(admin, PlanPublication(season, AT))
    plan(admin, PlanPublication(season, None, AT))


def test_a_draft_is_not_there_to_book_and_what_buyers_have_seen_is_no_draft(institute: Institute) -> None:
    season, member = draft(institute), institute.member("Anna", institute.acme)
    services, admin = institute.services, institute.admin
    institute.catch_up()
    for nobody in (member, stranger(institute.organiser)):
        with pytest.raises(NotFound):
            services.programme.season(nobody, season)
    with pytest.raises(NotFound):
        services.bookings.make(member, _book(season, member))
    with pytest.raises(SeasonIsDraft):
        services.seasons.open_booking(admin, OpenBooking(season))
    with pytest.raises(SeasonIsDraft):
        services.first_refusals.offer(admin, OfferFirstRefusal(season, institute.conference(), date(2027, 8, 15)))
    services.seasons.open_booking(admin, OpenBooking(season, visibility=Visibility.PUBLIC))
    services.bookings.make(member, _book(season, member))
    with pytest.raises(SeasonWasOpen):
        services.publications.choose(admin, ChooseVisibility(season, Visibility.DRAFT))
    services.publications.choose(admin, ChooseVisibility(season, Visibility.HIDDEN))
    institute.catch_up()
    assert services.programme.season(stranger(institute.organiser), season).row.title == "Säsong 8"
    assert "Säsong 8" not in listed(institute)


def test_only_staff_chooses_and_staff_alone_is_told_of_it_in_lists(institute: Institute) -> None:
    season, member = draft(institute), institute.member("Anna", institute.acme)
    institute.catch_up()
    services = institute.services
    with pytest.raises(NotAllowed):
        services.publications.choose(member, ChooseVisibility(season, Visibility.PUBLIC))
    with pytest.raises(NotAllowed):
        services.publications.plan(member, PlanPublication(season, AT))
    seen = {
        who: len(services.programme.seasons(institute.organiser, reader=who).items)
        for who in (None, member, institute.admin, institute.finance)
    }
    assert list(seen.values()) == [0, 0, 1, 1]
    assert not services.programme.seasons(None, reader=institute.admin).items
    assert institute.admin.has(institute.organiser, Role.ADMIN)


def _book(season: SeasonId, member: Actor) -> MakeBooking:
    assert member.person_id is not None
    return MakeBooking(season, seated(member.person_id))
