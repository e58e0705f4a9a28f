"""One letter when booking opens, to whoever asked for it: anybody, once, and never after they have said no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.opening_list import JoinOpeningList, LeaveOpeningList, OpeningOf
from application.booking.opening_request import AskToBeTold
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import stranger
from application.people.invitations import ChooseInvitations
from application.people.person import ErasePerson, RequestErasure
from application.programme.publication import ChooseVisibility
from application.programme.season import CloseBooking, OpenBooking
from domain.booking.opening_list import BookingIsOpen
from domain.booking.opening_request import OpeningRequestOver
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import NetworkId, SeasonId
from domain.programme.season_opening import Visibility
from tests.samples import Institute
from tests.scenarios.insight.test_my_data_whole import exported
from tests.scenarios.mailed import deliver
from tests.scenarios.openings_of_a_year import confirmed, planned
from tests.strangers import links_of, tidy

KIND = "Bokningen är öppen"


def told(institute: Institute) -> list[str]:
    """Who is told now that booking is open."""
    return [each.to for each in deliver(institute) if str(each.message["Subject"]).startswith(KIND)]


def opens(institute: Institute, season: SeasonId, closes_on: date | None = None) -> list[str]:
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season, closes_on))
    return told(institute)


def waiting(institute: Institute, **about: SeasonId | NetworkId) -> int:
    found = institute.services.opening_lists.waiting(institute.admin, OpeningOf(**about))  # type: ignore[arg-type]  # either
    return int(found.waiting)


def test_a_stranger_who_has_confirmed_is_told_once_when_the_season_opens(institute: Institute) -> None:
    season = planned(institute, institute.network("Chefer"))
    nobody = stranger(institute.organiser)
    institute.services.opening_requests.ask(nobody, AskToBeTold("Oda", "oda@example.org", season_id=season))
    assert waiting(institute, season_id=season) == 0, "it counts once it is confirmed"
    confirmed(institute, "Otto", season)
    assert waiting(institute, season_id=season) == 1
    assert opens(institute, season) == ["otto@example.org"]
    assert waiting(institute, season_id=season) == 0
    assert opens(institute, season, date(2027, 5, 1)) == [], "another last day is no opening"
    institute.services.seasons.close_booking(institute.admin, CloseBooking(season))
    assert opens(institute, season) == [], "told is told"


def test_the_next_season_of_a_network_is_told_to_whoever_asked_on_its_page_or_that_of_a_closed_one(
    institute: Institute,
) -> None:
    network = institute.network("Chefer")
    first = planned(institute, network)
    opens(institute, first)
    institute.services.seasons.close_booking(institute.admin, CloseBooking(first))
    by_network, by_closed = institute.member("Nina"), institute.member("Conny")
    institute.services.opening_lists.join(by_network, JoinOpeningList(network))
    ref = institute.services.opening_lists.join(by_closed, JoinOpeningList(season_id=first)).answer
    assert ref.season_id is None and waiting(institute, network_id=network) == 2
    draft = planned(institute, network, "Säsong 10", 11)
    institute.services.publications.choose(institute.admin, ChooseVisibility(draft, Visibility.HIDDEN))
    assert opens(institute, draft) == [], "a hidden one is told to nobody who does not have its address"
    institute.services.publications.choose(institute.admin, ChooseVisibility(draft, Visibility.PUBLIC))
    assert sorted(told(institute)) == ["conny@example.org", "nina@example.org"]


def test_whoever_stands_on_both_lists_is_told_once(institute: Institute) -> None:
    network = institute.network("Chefer")
    season, nina = planned(institute, network), institute.member("Nina")
    for about in (JoinOpeningList(network), JoinOpeningList(season_id=season), JoinOpeningList(season_id=season)):
        institute.services.opening_lists.join(nina, about)
    assert opens(institute, season) == ["nina@example.org"]


def test_no_is_said_by_the_same_link_by_oneself_and_by_the_link_of_any_invitation(institute: Institute) -> None:
    season = planned(institute, institute.network("Chefer"))
    link, nobody = confirmed(institute, "Otto", season), stranger(institute.organiser)
    assert not institute.services.opening_requests.withdraw(nobody, link).answer.is_waiting
    nina, siv = institute.member("Nina"), institute.member("Siv")
    for each in (nina, siv):
        institute.services.opening_lists.join(each, JoinOpeningList(season_id=season))
    institute.services.opening_lists.leave(nina, LeaveOpeningList(season_id=season))
    assert siv.person_id is not None
    institute.services.invitations.choose(siv, ChooseInvitations(siv.person_id, wants=False))
    institute.catch_up()
    assert waiting(institute, season_id=season) == 0
    assert opens(institute, season) == []


def test_whoever_said_no_to_invitations_and_asks_all_the_same_is_told_and_may_say_no_with_one_press(
    institute: Institute,
) -> None:
    season, siv = planned(institute, institute.network("Chefer")), institute.member("Siv")
    assert siv.person_id is not None
    institute.services.invitations.choose(siv, ChooseInvitations(siv.person_id, wants=False))
    institute.clock.pass_by(timedelta(seconds=1))
    institute.services.opening_lists.join(siv, JoinOpeningList(season_id=season))
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))
    [letter] = [each for each in deliver(institute) if str(each.message["Subject"]).startswith(KIND)]
    assert "/invitations/" in str(letter.message["List-Unsubscribe"])
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_is_in_ones_own_data_and_gone_with_whoever_is_erased(institute: Institute) -> None:
    season = planned(institute, institute.network("Chefer"), "Hösten då")
    confirmed(institute, "Otto", season)
    [otto] = institute.services.people_questions.people(institute.admin, "otto").items
    assert "told_when_booking_opens" in exported(institute, otto.person_id)
    [mine] = institute.services.opening_questions.mine(institute.acting(otto.person_id))
    assert (mine.network, mine.season) == ("Chefer", "Hösten då")
    institute.services.people.request_erasure(institute.admin, RequestErasure(otto.person_id))
    institute.services.people.erase(institute.admin, ErasePerson(otto.person_id))
    institute.catch_up()
    assert waiting(institute, season_id=season) == 0
    assert opens(institute, season) == []


def test_a_link_that_is_late_or_wrong_and_a_season_that_is_open_are_refused(institute: Institute) -> None:
    network = institute.network("Chefer")
    season, nobody = planned(institute, network), stranger(institute.organiser)
    requests = institute.services.opening_requests
    for name in ("oda", "ola"):
        requests.ask(nobody, AskToBeTold(name, f"{name}@example.org", season_id=season))
    oda, ola = (MailedLink(*links_of(institute, f"{name}@example.org")[0]) for name in ("oda", "ola"))
    with pytest.raises(NotFound):
        requests.confirm(nobody, MailedLink(oda.id, "fel"))
    opens(institute, season)
    with pytest.raises(BookingIsOpen):
        requests.confirm(nobody, ola)
    with pytest.raises(BookingIsOpen):
        institute.services.opening_lists.join(institute.member("Nina"), JoinOpeningList(season_id=season))
    institute.clock.pass_by(timedelta(days=3))
    with pytest.raises(OpeningRequestOver):
        requests.confirm(nobody, oda)
    tidy(institute)
    assert requests.view(nobody, oda).state == "over"


def test_only_admins_are_told_how_many_wait_and_a_draft_is_not_there(institute: Institute) -> None:
    season, nina = planned(institute, institute.network("Chefer")), institute.member("Nina")
    institute.services.publications.choose(institute.admin, ChooseVisibility(season, Visibility.DRAFT))
    with pytest.raises(NotFound):
        institute.services.opening_lists.join(nina, JoinOpeningList(season_id=season))
    with pytest.raises(NotAllowed):
        institute.services.opening_lists.waiting(nina, OpeningOf(season_id=season))
    assert waiting(institute, season_id=season) == 0
