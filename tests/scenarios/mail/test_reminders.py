"""Reminders: days before a meeting, moving with it, to whoever sits there then, once (S41, S42)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.kernel.due_job import DueJob
from application.mail.letter_rules import ChooseReminders
from application.notifications.due import Due
from application.notifications.reaction import Telling
from application.notifications.reminders import Reminders, reminder_job
from application.notifications.story import Sources
from application.people.membership import GrantMembership
from application.people.participant import Participant
from application.programme.material import PublishMaterial, RemoveMaterial
from application.programme.meeting import PlannedMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.season import CallOffSeason
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.kernel.terms import free_before
from domain.mail.reminding import Reminding
from domain.programme.meeting_time import scheduled
from infrastructure.mail.past import PastOfStore
from infrastructure.mail.told import ToldInDatabase
from tests.samples import Institute, conference_prices
from tests.scenarios.mailed import Mailed, deliver, mailed_to, remind
from tests.scenarios.story import book, cancel


def season_with(institute: Institute, *starts: datetime) -> SeasonId:
    meetings = tuple(
        PlannedMeeting(f"Träff {no}", scheduled(at, at + timedelta(hours=3))) for no, at in enumerate(starts, 1)
    )
    return institute.season("Säsong 4", 20, conference_prices(), free_before(date(2026, 10, 1)), meetings=meetings)


def local(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour)  # noqa: DTZ001 # local wall-clock time


def meeting_of(institute: Institute, season: SeasonId, no: int = 0) -> MeetingId:
    institute.catch_up()
    return MeetingId(institute.services.programme.season(institute.admin, season).meetings[no].meeting_id)


def reminded(institute: Institute, name: str = "") -> list[Mailed]:
    remind(institute)
    sent = [each for each in deliver(institute) if each.subject.startswith("Snart:")]
    return mailed_to(sent, name) if name else sent


def anna_sits(institute: Institute, season: SeasonId) -> PersonId:
    anna = institute.person("Anna", institute.acme)
    book(institute, season, institute.acme, anna)
    return anna


def test_a_meeting_is_reminded_of_days_before_at_its_own_hour(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    institute.at(2026, 11, 19, 7, 59)  # 08.59 in Stockholm
    assert reminded(institute) == []
    institute.at(2026, 11, 19, 8)
    [letter] = reminded(institute, "anna")
    assert "Träff 1" in letter.subject and "26 november" in letter.text
    assert reminded(institute) == []
    institute.at(2026, 11, 25, 8)
    assert len(reminded(institute, "anna")) == 1
    institute.at(2026, 11, 26, 8)  # it has begun
    assert reminded(institute) == []


def test_the_reminder_of_a_postponed_meeting_is_not_sent_and_comes_with_its_new_date(institute: Institute) -> None:
    """S41, S42: the reminder due 2026-11-25 is not sent; the one of 2027-03-09 is."""
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    meeting, meetings = meeting_of(institute, season), institute.services.meetings
    institute.at(2026, 11, 20)
    meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk"))
    institute.at(2026, 11, 25, 9)
    assert reminded(institute) == []
    institute.at(2026, 12, 10)
    time = scheduled(local(2027, 3, 9), local(2027, 3, 9, 12))
    meetings.schedule(institute.admin, ScheduleMeeting(season, meeting, time))
    assert reminded(institute) == []
    institute.at(2027, 3, 8, 8)
    [letter] = reminded(institute, "anna")
    assert "9 mars" in letter.subject


def test_what_had_been_due_before_a_meeting_got_its_time_is_not_sent(institute: Institute) -> None:
    """The letter about the new time has just told it."""
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    institute.at(2026, 11, 25, 10)
    time = scheduled(local(2026, 11, 26, 13), local(2026, 11, 26, 16))
    institute.services.meetings.schedule(institute.admin, ScheduleMeeting(season, meeting_of(institute, season), time))
    assert reminded(institute) == []


def test_whoever_is_named_later_is_reminded_and_who_has_left_is_not(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    bertil = institute.person("Bertil", institute.acme)
    made = book(institute, season, institute.acme, bertil)
    institute.at(2026, 11, 24)
    cancel(institute, institute.admin, made.booking_id)
    institute.at(2026, 11, 25, 8)
    assert [each.to for each in reminded(institute)] == ["anna@example.org"]
    book(institute, season, institute.acme, institute.person("Cecilia", institute.acme))
    assert [each.to for each in reminded(institute)] == ["cecilia@example.org"]


def test_nobody_is_reminded_of_a_season_called_off(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    institute.at(2026, 11, 24)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få"))
    institute.at(2026, 11, 25, 8)
    assert reminded(institute) == []


def test_a_worker_that_begins_anew_and_a_clock_that_jumps_send_nothing_twice(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26), local(2026, 12, 10))
    anna_sits(institute, season)
    institute.at(2026, 11, 25, 12)
    assert len(reminded(institute)) == 1
    institute.at(2026, 11, 19, 12)  # the clock was set back: another one is due by it, which has never been sent
    assert len(reminded(institute)) == 1
    for day in (19, 25, 25):
        institute.at(2026, 11, day, 12)
        anew(institute).turn()
        assert [each for each in deliver(institute) if each.subject.startswith("Snart:")] == []


def anew(institute: Institute) -> DueJob[Due]:
    """The job as a worker that has just begun has it: it knows of nothing that was done before."""
    store, models = institute.house.store, institute.house.models
    past = PastOfStore(store.recorder, store.mapper)
    sources = Sources(store.decisions, models.roster, past, models.first_refusal, models.clash, models.application)
    telling = Telling(sources, institute.house.box, ToldInDatabase(store), store.together)
    return reminder_job(Reminders(telling, models.reminding, institute.clock))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (local(2026, 10, 26, 9), datetime(2026, 10, 25, 1, tzinfo=UTC)),  # 02.00 comes twice: the later
        (local(2027, 3, 29, 9), datetime(2027, 3, 28, 1, tzinfo=UTC)),  # 02.00 is skipped: when the clock moves
    ],
)
def test_on_a_night_when_the_clock_is_set_it_is_due_once(institute: Institute, start: datetime, due: datetime) -> None:
    season = season_with(institute, start)
    anna_sits(institute, season)
    institute.services.letter_rules.choose_reminders(institute.admin, ChooseReminders(Reminding((1,), 2), season))
    institute.clock.instant = due - timedelta(minutes=61)
    assert reminded(institute) == []
    sent = 0
    for minutes in range(-61, 121, 20):
        institute.clock.instant = due + timedelta(minutes=minutes)
        found = len(reminded(institute))
        assert not found or minutes >= 0
        sent += found
    assert sent == 1


def test_a_season_has_its_own_reminders_and_goes_back_to_the_usual(institute: Institute) -> None:
    season, other = season_with(institute, local(2026, 11, 26)), season_with(institute, local(2026, 11, 26, 13))
    anna = institute.person("Anna", institute.acme)
    for each in (season, other):
        book(institute, each, institute.acme, anna)
    rules, admin = institute.services.letter_rules, institute.admin
    rules.choose_reminders(admin, ChooseReminders(Reminding((3,), 9)))
    rules.choose_reminders(admin, ChooseReminders(Reminding((), 9), season))
    institute.at(2026, 11, 23, 8)
    assert len(reminded(institute)) == 1
    rules.choose_reminders(admin, ChooseReminders(None, season))
    assert rules.reminders(admin, season).reminding == Reminding((3,), 9)
    assert len(reminded(institute)) == 1


def test_rules_are_an_admins_of_the_organiser(institute: Institute) -> None:
    rules = institute.services.letter_rules
    with pytest.raises(NotAllowed):
        rules.choose_reminders(institute.finance, ChooseReminders(Reminding()))
    with pytest.raises(NotFound):
        rules.choose_reminders(institute.admin, ChooseReminders(Reminding(), SeasonId(institute.acme)))
    for wrong in (
        Reminding((1, 7)),
        Reminding((61,)),
        Reminding(hour=24),
        Reminding(naming_days=-1),
        Reminding((5, 4, 3, 2, 1)),
    ):
        with pytest.raises(BadValue):
            rules.choose_reminders(institute.admin, ChooseReminders(wrong))


def test_whoever_booked_is_asked_for_names_before_the_meeting(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26))
    anna = institute.person("Anna", institute.acme)
    command = MakeBooking(season, (Participant(anna), Participant(None), Participant(None)), institute.acme)
    institute.services.bookings.make(institute.acting(anna), command)
    deliver(institute)
    institute.at(2026, 11, 12, 8)
    remind(institute)
    [letter] = deliver(institute)
    assert letter.to == "anna@example.org" and letter.subject.startswith("Ange vem som kommer: två platser i ")
    institute.at(2026, 11, 13, 8)
    remind(institute)
    assert deliver(institute) == []


def test_new_material_is_told_once_a_day_to_those_who_sat_there(institute: Institute) -> None:
    season = season_with(institute, local(2026, 11, 26))
    anna_sits(institute, season)
    deliver(institute)
    publish, admin = institute.services.materials.publish, institute.admin
    institute.at(2026, 10, 5, 8)
    publish(admin, PublishMaterial(season, "Kapitel 1", "https://example.org/1"))
    gone = publish(admin, PublishMaterial(season, "Fel fil", "https://example.org/2")).answer.material_id
    institute.services.materials.remove(admin, RemoveMaterial(season, gone))
    institute.at(2026, 10, 5, 10)
    publish(
        admin, PublishMaterial(season, "Inspelning", "https://example.org/3", meeting_id=meeting_of(institute, season))
    )
    institute.at(2026, 10, 5, 11)
    book(institute, season, institute.acme, institute.person("Bertil", institute.acme))
    deliver(institute)
    remind(institute)
    assert deliver(institute) == []
    institute.at(2026, 10, 5, 14)  # 16.00 in Stockholm
    remind(institute)
    [letter] = deliver(institute)
    assert letter.to == "anna@example.org" and "Kapitel 1\nTräff 1: Inspelning" in letter.text
    assert "Fel fil" not in letter.text
    institute.at(2026, 10, 6, 15)
    remind(institute)
    assert deliver(institute) == []


def test_a_membership_that_ends_is_told_of(institute: Institute) -> None:
    anna = institute.person("Anna")
    institute.services.memberships.grant(
        institute.admin, GrantMembership(anna, Ground.MEMBER, date(2026, 1, 1), date(2026, 12, 31))
    )
    institute.at(2026, 12, 1, 7)
    remind(institute)
    assert mailed_to(deliver(institute), "anna") == []
    institute.at(2026, 12, 1, 9)
    remind(institute)
    [letter] = mailed_to(deliver(institute), "anna")
    assert "31 december 2026" in letter.subject
    remind(institute)
    assert deliver(institute) == []
