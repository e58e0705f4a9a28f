"""What happens at the doors of a year: somebody is ticked twice and undone, somebody is turned away, a helper comes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from application.attendance.check_in import Scan
from application.attendance.door import AgreeDoor, MakeDoorLink, StopDoorLink
from application.attendance.participation import AgreeMeetingSeats, AnswerMeeting, SeatAnswer
from application.booking.move import MoveSeat
from application.programme.meeting import ScheduleMeeting
from application.programme.season import CorrectSeason, OpenBooking, PlanSeason
from domain.attendance.door import HandingOver, WalkIns
from domain.attendance.participation import Answer
from domain.attendance.reading import How
from domain.kernel.ids import BookingId, MeetingId, SeasonId
from domain.kernel.terms import free_before
from domain.programme.meeting import ON_SITE, Format, MeetingSeats, Place
from domain.programme.meeting_time import TO_COME
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.story import FREE, book


def everything_at_doors(institute: Institute) -> None:
    """A season of its own, so that nobody else's seats are touched."""
    services, admin, season = institute.services, institute.admin, institute.season("Dörrar", 5, FREE)
    doris = institute.person("Doris", institute.bolt)
    made = book(institute, season, institute.bolt, doris)
    institute.catch_up()
    first = MeetingId(services.programme.season(admin, season).meetings[0].meeting_id)
    services.doors.agree(admin, AgreeDoor(season, WalkIns.NOTED, HandingOver.BY_DATES))
    services.doors.agree(admin, AgreeDoor(season, WalkIns.BOOKED, HandingOver.LATER_MEETINGS))
    services.doors.make_link(admin, MakeDoorLink(season, first))
    services.doors.stop_link(admin, StopDoorLink(season, first))
    _somebody_takes_part_otherwise(institute, season, first, made.booking_id)
    _a_seat_moves_to_another_city(institute)
    device, now = uuid4(), institute.clock.now()
    at = [now + timedelta(minutes=no) for no in range(4)]
    services.check_ins.take(
        admin,
        season,
        first,
        [
            Scan(uuid4(), device, at[0], at[3], How.LIST, person_id=doris),
            Scan(uuid4(), device, at[1], at[3], How.LIST, person_id=doris),
            Scan(uuid4(), device, at[2], at[3], How.LIST, person_id=doris, undo=True),
            Scan(uuid4(), device, at[3], at[3], How.TYPED, code="P1:" + "A" * 26),
        ],
    )


def _a_seat_moves_to_another_city(institute: Institute) -> None:
    """The same content in two cities, and somebody who changes their mind."""
    services, admin = institute.services, institute.admin
    network = institute.network("Öppet Forum")
    stockholm, malmo = (
        services.seasons.plan(
            admin, PlanSeason(network, city, 5, meetings=(full_day(city, 2028, 3, 1),), prices=FREE)
        ).answer.season_id
        for city in ("Stockholm", "Malmö")
    )
    for season in (stockholm, malmo):
        services.seasons.correct(admin, CorrectSeason(season, particulars={"content": "Ledarskap i motvind"}))
        services.seasons.open_booking(admin, OpenBooking(season))
    moa = institute.member("Moa", institute.bolt)
    booking = book(institute, stockholm, institute.bolt, moa.person_id).booking_id
    plan = PlanSeason(
        network,
        "Göteborg",
        5,
        meetings=(full_day("Göteborg", 2028, 3, 2),),
        prices=conference_prices(),
        terms=free_before(date(2028, 1, 3)),
        content="Ledarskap i motvind",
    )
    dear = services.seasons.plan(admin, plan).answer.season_id
    services.seasons.open_booking(admin, OpenBooking(dear))
    services.moves.ask(moa, MoveSeat(booking, 1, dear))
    services.moves.move(admin, MoveSeat(booking, 1, malmo))


def _somebody_takes_part_otherwise(
    institute: Institute, season: SeasonId, meeting: MeetingId, booking: BookingId
) -> None:
    """The meeting has a room and a link for a while; somebody goes online, cannot come, and comes after all."""
    services, admin = institute.services, institute.admin
    services.participations.agree_seats(admin, AgreeMeetingSeats(season, meeting, MeetingSeats(20, 100)))
    time = services.programme.season(admin, season).meetings[0].time
    services.meetings.schedule(admin, ScheduleMeeting(season, meeting, TO_COME, Place(Format.HYBRID, "Salen")))
    for said in (Answer.ONLINE, Answer.NOT_COMING, Answer.ON_SITE):
        command = AnswerMeeting(booking, season, meeting, (SeatAnswer(1, said),))
        services.participations.answer(admin, command)
    services.meetings.schedule(admin, ScheduleMeeting(season, meeting, time, ON_SITE))
