"""Seasons to choose from: in two towns and online, free and priced, in two languages, one of them closed."""

from __future__ import annotations

from datetime import date

from application.programme.meeting import PlannedMeeting, PublishProgramme
from application.programme.network import FoundNetwork
from application.programme.season import CloseBooking, NameLeaders, OpenBooking, PlanSeason
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.programme.meeting import Format, Place, ProgrammeItem
from domain.programme.meeting_time import MeetingTime, in_month, scheduled
from domain.programme.price import Price, PriceList
from tests.samples import Institute
from tests.web.stage import Stage, at

FREE = PriceList(0, (Price(Money(0)),))
PRICED = PriceList(0, (Price(Money(12_000_00)), Price(Money(12_000_00))))
HERE = Place(venue="Kajens konferens", address="Skeppargatan 2", town="Malmö")
THERE = Place(Format.HYBRID, venue="Älvrummet", town="Göteborg")
AFAR = Place(Format.ONLINE)


def hours(start: str, end: str) -> MeetingTime:
    """A meeting's time, as clocks show it."""
    return scheduled(at(start), at(end))


def planned(
    made: Institute,
    network: str,
    title: str,
    place: Place,
    *times: MeetingTime,
    prices: PriceList = FREE,
    language: str = "sv",
    promise: str = "",
) -> SeasonId:
    """A season that takes bookings, its network founded where there is none of that name."""
    services, admin = made.services, made.admin
    known = {each.name: each.network_id for each in services.programme.networks(made.organiser)}
    home = known.get(network) or services.networks.found(admin, FoundNetwork(network)).answer.network_id
    meetings = tuple(PlannedMeeting(f"{title}, del {no}", time, place) for no, time in enumerate(times, start=1))
    plan = PlanSeason(
        home,
        title,
        40,
        meetings=meetings,
        prices=prices,
        terms=free_before(date(2027, 1, 1)),
        language=language,
        promise=promise,
    )
    season = services.seasons.plan(admin, plan).answer.season_id
    services.seasons.open_booking(admin, OpenBooking(season))
    made.catch_up()
    return season


def seasons_to_choose(acted: Stage) -> None:
    """All of them, beside what stands on the stage."""
    made = acted.institute
    for day, place in ((16, HERE), (17, THERE)):
        title = f"Ledarskap i motvind: {place.town}"
        planned(made, "Öppet Forum", title, place, hours(f"2027-03-{day}T13:00", f"2027-03-{day}T15:00"))
    planned(made, "Frukostsamtal", "Att säga nej", AFAR, hours("2027-03-04T08:00", "2027-03-04T09:00"))
    mornings = [hours(f"2027-{day}T09:30", f"2027-{day}T12:30") for day in ("02-04", "03-11", "04-15")]
    series = planned(made, "Upphandling som fungerar", "Säsong 4", HERE, *mornings, in_month("2027-06"), prices=PRICED)
    planned(
        made,
        "Workshoppar",
        "Conversations that hold",
        HERE,
        hours("2027-05-10T09:00", "2027-05-10T16:30"),
        prices=PRICED,
        language="en",
        promise="A day of difficult talks.",
    )
    planned(made, "Frukostsamtal", "När tåget står still", AFAR, in_month("2027-04"))
    services, admin = made.services, made.admin
    services.seasons.name_leaders(
        admin, NameLeaders(series, (made.person("Örjan Åkesson", email="oa@example.org"),), ())
    )
    meeting = services.programme.season(admin, series).meetings[0]
    assert meeting.time.start_at and meeting.time.end_at
    point = ProgrammeItem(
        meeting.time.start_at,
        meeting.time.end_at,
        "Avtal som håller",
        (made.person("Zoë Lind", email="zo@example.org"),),
    )
    services.meetings.publish_programme(admin, PublishProgramme(series, MeetingId(meeting.meeting_id), (point,)))
    closed = planned(made, "Frukostsamtal", "Fullt hus", AFAR, hours("2027-03-05T08:00", "2027-03-05T09:00"))
    services.seasons.close_booking(admin, CloseBooking(closed))
    made.catch_up()
