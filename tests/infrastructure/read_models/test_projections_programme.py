"""Events in, rows out: the programme with its networks, seasons, meetings, seats left and material."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList
from application.kernel.actor import Actor
from application.people.participant import Participant
from application.programme.material import PublishMaterial
from application.programme.meeting import (
    CallOffMeeting,
    HoldMeeting,
    PlannedMeeting,
    PostponeMeeting,
    PublishProgramme,
    ScheduleMeeting,
)
from application.programme.network import FoundNetwork, JoinPartner
from application.programme.queries.season_filter import SeasonFilter
from application.programme.season import CallOffSeason, CloseBooking, NameLeaders, OpenBooking, PlanSeason
from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Format, Place, ProgrammeItem, Readers
from domain.programme.meeting_time import TO_COME, TimeKind, in_month
from tests.samples import Institute, full_day


def planned(institute: Institute, title: str, *meetings: PlannedMeeting) -> SeasonId:
    network = institute.network(title)
    return institute.services.seasons.plan(
        institute.admin, PlanSeason(network, title, 10, meetings=meetings)
    ).answer.season_id


def meeting_ids(institute: Institute, season: SeasonId) -> list[MeetingId]:
    institute.catch_up()
    return [one.meeting_id for one in institute.services.programme.season(institute.admin, season).meetings]


def test_networks_stand_in_swedish_order(institute: Institute) -> None:
    for name in ("Östersund", "Ängelholm", "Åre", "Zinkgruvan", "arvika"):
        institute.network(name)
    institute.catch_up()

    names = [row.name for row in institute.services.programme.networks(institute.organiser)]

    assert names == ["arvika", "Zinkgruvan", "Åre", "Ängelholm", "Östersund"]


def test_a_network_names_its_partners(institute: Institute) -> None:
    services = institute.services
    network = services.networks.found(institute.admin, FoundNetwork("Chefer i staten")).answer.network_id
    services.networks.join_partner(institute.admin, JoinPartner(network, institute.delta))
    services.networks.join_partner(institute.admin, JoinPartner(network, institute.acme))
    institute.catch_up()

    row = services.programme.network(institute.organiser, network)

    assert (row.name, row.is_closed, row.partners) == ("Chefer i staten", False, ("Acme AB", "Delta AB"))


def test_seasons_stand_by_their_first_day_page_by_page(institute: Institute) -> None:
    undated = planned(institute, "Kommer", PlannedMeeting("Träff", TO_COME))
    late = planned(institute, "Sen", full_day("Dag", 2027, 5, 2))
    early = planned(institute, "Tidig", PlannedMeeting("Träff", in_month("2027-01")), full_day("Dag", 2027, 1, 9))
    institute.catch_up()
    programme = institute.services.programme

    first = programme.seasons(institute.organiser, limit=2)
    second = programme.seasons(institute.organiser, after=first.next_cursor, limit=2)

    assert [row.season_id for row in (*first.items, *second.items)] == [early, late, undated]
    assert [row.first_on for row in (*first.items, *second.items)] == [date(2027, 1, 9), date(2027, 5, 2), None]
    assert second.next_cursor is None


FORGED = [
    ["2027-02-30", 1],
    ["2027-01-01", 2**70],
    ["2027-01-01", -(2**70)],
    [2**70, "00000000-0000-0000-0000-000000000001"],
    ["a\0b", "00000000-0000-0000-0000-000000000001"],
    [True, 2**64],
    2**64,
    "text",
    [],
    {},
]


def forged(place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def test_a_cursor_that_was_not_given_out_is_refused_everywhere(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    institute.catch_up()
    questions: list[Callable[[str], object]] = [
        lambda cursor: services.programme.seasons(institute.organiser, after=cursor),
        lambda cursor: services.booking_questions.all(admin, after=cursor),
        lambda cursor: services.invoice_questions.list(institute.finance, DocumentFilter(), after=cursor),
        lambda cursor: services.desk.list(admin, after=cursor),
        lambda cursor: services.people_questions.organisations(admin, after=cursor),
        lambda cursor: services.people_questions.memberships(admin, after=cursor),
        lambda cursor: services.goods_questions.purchases(admin, after=cursor),
        lambda cursor: services.people_questions.people(admin, after=cursor),
    ]
    for cursor in ("x", "å", "", "a" * 5000, "\0", *map(forged, FORGED)):
        for ask in questions:
            with pytest.raises(BadValue) as refused:
                ask(cursor)
            assert refused.value.facts["field"] == "cursor"


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_cannot_be_asked_for_is_refused(institute: Institute, text: str) -> None:
    institute.catch_up()
    questions, admin = institute.services.people_questions, institute.admin
    with pytest.raises(BadValue):
        questions.organisations(admin, search=text)
    with pytest.raises(BadValue):
        institute.services.desk.list(admin, status=text)
    assert institute.services.invoice_questions.list(institute.finance, DocumentFilter(number=2**70)).items == ()
    assert questions.people(admin, search=text).items == ()


def test_a_meeting_moves_is_postponed_and_called_off(institute: Institute) -> None:
    meetings, admin = institute.services.meetings, institute.admin
    season = planned(institute, "Rörlig", *[full_day(f"Dag {no}", 2027, no, 10) for no in (1, 2, 3, 4)])
    one, two, three, four = meeting_ids(institute, season)
    moved = full_day("", 2027, 6, 1).time
    meetings.schedule(admin, ScheduleMeeting(season, one, moved, Place(Format.ONLINE, link="https://x.example")))
    meetings.postpone(admin, PostponeMeeting(season, two, "Sjukdom"))
    meetings.call_off(admin, CallOffMeeting(season, three, "För få"))
    meetings.hold(admin, HoldMeeting(season, four, date(2027, 4, 10)))
    institute.catch_up()

    view = institute.services.programme.season(admin, season)

    assert [(each.no, each.title, each.time.kind) for each in view.meetings] == [
        (1, "Dag 1", TimeKind.SCHEDULED),
        (2, "Dag 2", TimeKind.POSTPONED),
        (3, "Dag 3", TimeKind.CALLED_OFF),
        (4, "Dag 4", TimeKind.SCHEDULED),
    ]
    assert view.meetings[0].place == Place(Format.ONLINE, link="https://x.example")
    assert (view.meetings[1].time.reason, view.meetings[1].time.was_at) == (
        "Sjukdom",
        datetime(2027, 2, 10, 8, tzinfo=UTC),
    )
    assert [each.is_held for each in view.meetings] == [False, False, False, True]
    assert view.row.first_on == date(2027, 4, 10)


def test_leaders_and_speakers_are_named_until_they_are_erased(institute: Institute) -> None:
    seasons, meetings, admin = institute.services.seasons, institute.services.meetings, institute.admin
    season = planned(institute, "Ledd", full_day("Dag", 2027, 1, 10))
    [meeting] = meeting_ids(institute, season)
    lena, sven = institute.person("Lena"), institute.person("Sven")
    seasons.name_leaders(admin, NameLeaders(season, (lena,), (sven,)))
    item = ProgrammeItem(
        datetime(2027, 1, 10, 9, tzinfo=UTC), datetime(2027, 1, 10, 10, tzinfo=UTC), "Tal", (sven, lena)
    )
    meetings.publish_programme(admin, PublishProgramme(season, meeting, (item,)))
    institute.catch_up()

    view = institute.services.programme.season(admin, season)

    assert ([who.name for who in view.leaders], [who.name for who in view.contacts]) == (["Lena"], ["Sven"])
    assert [who.name for who in view.meetings[0].speakers] == ["Sven", "Lena"]
    assert view.meetings[0].programme == (item,)


def test_material_for_participants_is_left_out_for_others(institute: Institute) -> None:
    """S47."""
    materials, admin = institute.services.materials, institute.admin
    season = institute.conference()
    materials.publish(admin, PublishMaterial(season, "Inbjudan", "https://x.example/1", Readers.EVERYONE))
    materials.publish(admin, PublishMaterial(season, "Bilder", "https://x.example/2"))
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.acme)
    institute.services.bookings.make(anna, MakeBooking(season, (Participant(anna.person_id),), institute.acme))
    institute.catch_up()

    def titles(actor: Actor) -> list[str]:
        return [each.title for each in institute.services.programme.season(actor, season).materials]

    assert [titles(actor) for actor in (admin, anna, bo)] == [
        ["Inbjudan", "Bilder"],
        ["Inbjudan", "Bilder"],
        ["Inbjudan"],
    ]


def test_seats_left_and_parties_waiting_are_kept(institute: Institute) -> None:
    services = institute.services
    season = institute.conference(seats=1)
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.acme)
    services.bookings.make(anna, MakeBooking(season, (Participant(anna.person_id),), institute.acme))
    place = services.waiting_lists.join(bo, JoinWaitingList(season, 1)).answer.place_id
    institute.catch_up()
    row = services.programme.season(anna, season).row
    assert (row.seats, row.left, row.waiting) == (1, 0, 1)

    services.waiting_lists.leave(bo, LeaveWaitingList(season, place))
    institute.catch_up()
    assert services.programme.season(anna, season).row.waiting == 0


def test_only_seasons_that_take_bookings_now_are_open(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    season = institute.conference()
    services.seasons.open_booking(admin, OpenBooking(season, date(2026, 10, 1)))
    closed = institute.cluster()
    services.seasons.close_booking(admin, CloseBooking(closed))
    institute.catch_up()

    def open_now() -> list[SeasonId]:
        return [
            row.season_id
            for row in services.programme.seasons(institute.organiser, SeasonFilter(takes_bookings=True)).items
        ]

    institute.clock.instant = datetime(2026, 10, 1, 21, 59, tzinfo=UTC)
    assert open_now() == [season]
    institute.clock.instant = datetime(2026, 10, 1, 22, 0, tzinfo=UTC)
    assert open_now() == []
    assert [row.is_open for row in services.programme.seasons(institute.organiser).items] == [False, False]


def test_a_season_that_is_called_off_says_why(institute: Institute) -> None:
    season = institute.conference()
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få anmälda"))
    institute.catch_up()

    row = institute.services.programme.season(institute.admin, season).row

    assert (row.is_open, row.called_off_for) == (False, "För få anmälda")
