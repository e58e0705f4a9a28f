"""What is told of seasons: meetings planned, moved, postponed and called off, who leads and speaks, the end of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import meetings_fact
from application.notifications.booking import NO_MONEY, is_linked
from application.notifications.due import Sitting
from application.notifications.people import hosting, hosts, ids, of_season, speakers
from application.notifications.season_facts import next_fact
from application.notifications.story import Coming, HeldSeat, People, Sources, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.attendance.participation import Answer, Participation, participation_of
from domain.booking.first_refusal import FirstRefusal
from domain.booking.seating import Seating
from domain.kernel.ids import MeetingId, PersonId, SeasonId, seating_of
from domain.programme.meeting import Format, Meeting
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season

COMING = (Whom.PARTICIPANT, Whom.LEADER, Whom.SPEAKER)
Changed: TypeAlias = Season.MeetingPlanned | Season.MeetingScheduled | Season.MeetingPostponed | Season.MeetingCalledOff


def _meeting(sources: Sources, work: UnitOfWork, event: Changed) -> Story | None:
    season_id = SeasonId(event.originator_id)
    before = sources.season_before(work, season_id, event.originator_version)
    was, meeting = _was_and_is(before, event)
    seats = sources.seats.seats_of(season_id, (season_id, event.originator_version))
    if not seats and not before.has_opened:
        return None

    season = work.load(Season, season_id)
    people = {**of_season(work, season, seats, event.timestamp), **hosts(season, [meeting])}
    who = ids(each for whom in COMING for each in people.get(whom, ()))
    return Story(
        season.organiser_id,
        people,
        {"path": f"/seasons/{season_id}", **_meeting_facts(meeting, was)},
        links_of(meeting) if _is_on(meeting) else {},
        told_each(work, season_id, meeting, seats),
        season=season,
        meetings=(meeting,),
        says=True,
        coming=dict.fromkeys(who, (meeting,)),
    )


def links_of(meeting: Meeting) -> Mapping[Whom, Mapping[str, str]]:
    """Who is told the link as what they are: of those who sit there, nobody where there is a room as well (S44)."""
    told = COMING if is_linked(meeting) else (Whom.LEADER, Whom.SPEAKER)
    return {whom: {"meeting_link": meeting.place.link} for whom in told}


def told_each(
    work: UnitOfWork, season_id: SeasonId, meeting: Meeting, seats: Sequence[HeldSeat | Sitting]
) -> Mapping[PersonId, Mapping[str, str]]:
    """Where each finds the meeting; and its link, for those who have chosen to take part online."""
    ways, link, online = ways_in(seats), {"meeting_link": meeting.place.link}, set[PersonId]()
    answers = work.find(Participation, participation_of(season_id, meeting.meeting_id))
    if answers is not None and meeting.place.format is Format.HYBRID and _is_on(meeting):
        online = {at.person_id for at, said in answers.answers.items() if said is Answer.ONLINE}
    return {who: {**told, **(link if who in online else {})} for who, told in ways.items()}


def ways_in(seats: Iterable[HeldSeat | Sitting]) -> Mapping[PersonId, Mapping[str, str]]:
    """Who sits or has booked finds the meetings in their booking; where they sit before where they have booked."""
    booked = {seat.booked_by: seat.booking_id for seat in seats}
    found = {**booked, **{seat.person_id: seat.booking_id for seat in seats}}
    return {who: {"path": f"/bookings/{booking}"} for who, booking in found.items() if who is not None}


def _called_off(sources: Sources, work: UnitOfWork, event: Season.CalledOff) -> Story:
    """To those whom no booking tells: who leads and speaks, who waits or applies, and for whom a seat is kept."""
    season_id = SeasonId(event.originator_id)
    seats = sources.seats.seats_of(season_id, (season_id, event.originator_version))
    season, seating = work.load(Season, season_id), work.load(Seating, seating_of(season_id))
    waiting = [PersonId(person_id) for _, person_id, _ in seating.queue]
    kept = _kept(sources, season, event.timestamp) if season.has_opened else {}
    applied = recipients_of(sources.applied.applied_in(season_id))
    others = {Whom.WAITING: recipients_of(waiting), Whom.FIRST: recipients_of(set(kept)), Whom.APPLICANT: applied}
    groups = {**hosts(season), **others}
    booked = of_season(work, season, seats, event.timestamp)
    told = ids(each for whom in (Whom.PARTICIPANT, Whom.BOOKER) for each in booked[whom])
    return Story(
        season.organiser_id,
        {whom: tuple(each for each in group if each.person_id not in told) for whom, group in groups.items()},
        {"reason": event.reason, "path": f"/seasons/{season_id}", **NO_MONEY},
        season=season,
        meetings=tuple(season.meetings.values()),
        coming=hosting(season),
    )


def _opened(sources: Sources, work: UnitOfWork, event: Season.BookingOpened) -> Story:
    """Whoever leads and speaks is told once it is no draft any longer; opened again, only who may choose first."""
    season_id = SeasonId(event.originator_id)
    has_opened = sources.season_before(work, season_id, event.originator_version).has_opened
    season = sources.season_after(work, season_id, event.originator_version)
    kept = _kept(sources, season, event.timestamp)
    first = {Whom.FIRST: recipients_of(set(kept))}
    story = _hosts_story(season, first if has_opened else {**first, **hosts(season)}, event.timestamp)
    until = {
        person: {**story.each.get(person, {}), "until": day, "other_path": "/bookings"} for person, day in kept.items()
    }
    return replace(story, each={**story.each, **until}, named=str(season_id))


def _leaders(sources: Sources, work: UnitOfWork, event: Season.LeadersNamed) -> Story | None:
    season_id = SeasonId(event.originator_id)
    before = sources.season_before(work, season_id, event.originator_version)
    if not before.has_opened:
        return None
    season = sources.season_after(work, season_id, event.originator_version)
    new, gone = (set(event.leaders) - set(before.leaders), set(before.leaders) - set(event.leaders))
    people = {Whom.LEADER: recipients_of(new), Whom.FORMER: recipients_of(gone)}
    story = _hosts_story(season, people, event.timestamp)
    meetings = tuple(season.meetings.values())
    coming = {**story.coming, **dict.fromkeys(gone, meetings)}
    return replace(story, coming=coming, stays=_still(sources, season, gone, event.originator_version))


def _programme(sources: Sources, work: UnitOfWork, event: Season.ProgrammePublished) -> Story | None:
    season_id, meeting_id = SeasonId(event.originator_id), MeetingId(event.meeting_id)
    before = sources.season_before(work, season_id, event.originator_version)
    if not before.has_opened:
        return None
    season = sources.season_after(work, season_id, event.originator_version)
    now, then = {who for item in event.items for who in item.speakers}, speakers(before.meeting(meeting_id))
    meetings = (season.meeting(meeting_id),)
    people = {Whom.SPEAKER: recipients_of(now - then), Whom.FORMER: recipients_of(then - now)}
    told = _hosts_story(season, people, event.timestamp, meetings)
    story = replace(told, coming=dict.fromkeys(now ^ then, meetings))
    return replace(story, stays=_still(sources, season, then - now, event.originator_version))


def _hosts_story(season: Season, people: People, at: datetime, meetings: tuple[Meeting, ...] | None = None) -> Story:
    """Of all the meetings that each of them comes to, or of some."""
    told = hosting(season) if meetings is None else {}
    asked = tuple(season.meetings.values()) if meetings is None else meetings
    return Story(
        season.organiser_id,
        people,
        {"path": f"/seasons/{season.id}", "until": "", **_of_meetings(asked, at)},
        each={person: _of_meetings(theirs, at) for person, theirs in told.items()},
        season=season,
        meetings=asked,
        says=True,
        coming=told,
    )


def _of_meetings(meetings: tuple[Meeting, ...], at: datetime) -> dict[str, str]:
    return {"meetings": meetings_fact(meetings) if meetings else "", "next": next_fact(meetings, at)}


def _still(sources: Sources, season: Season, gone: set[PersonId], version: int) -> Coming:
    """To which meetings those come all the same whose part in leading or speaking is over: all, who has a seat."""
    seats = sources.seats.seats_of(season.season_id, (season.season_id, version)) if gone else ()
    sitting = dict.fromkeys((seat.person_id for seat in seats if seat.person_id), tuple(season.meetings.values()))
    coming = {**hosting(season), **sitting}
    return {who: coming[who] for who in gone if who in coming}


def _offered(work: UnitOfWork, event: FirstRefusal.Offered) -> Story | None:
    season = work.load(Season, event.season_id)
    if not season.is_open:
        return None
    facts = {"until": event.until_on.isoformat(), "path": f"/seasons/{season.id}", "other_path": "/bookings"}
    people = {Whom.FIRST: recipients_of([event.person_id])}
    return Story(season.organiser_id, people, facts, season=season, named=str(season.id))


def _kept(sources: Sources, season: Season, at: datetime) -> dict[PersonId, str]:
    """For whom a seat is kept at an instant, and through which day."""
    rows = sources.first_refusals.kept_in(season.organiser_id, season.season_id, at)
    return {row.person_id: row.until_on.isoformat() for row in rows if row.state == "offered"}


def _meeting_facts(meeting: Meeting, was: Meeting | None) -> dict[str, str]:
    return {
        "meeting": meeting.title,
        "now": meetings_fact([meeting]),
        "was": meetings_fact([was]) if was is not None else "",
        "reason": meeting.time.reason,
        "meeting_link": "",
        "hybrid": "1" if meeting.place.format is Format.HYBRID and _is_on(meeting) else "",
    }


def _was_and_is(before: Season, event: Changed) -> tuple[Meeting | None, Meeting]:
    if isinstance(event, Season.MeetingPlanned):
        return None, event.meeting
    was = before.meeting(MeetingId(event.meeting_id))
    place = event.place if isinstance(event, Season.MeetingScheduled) else None
    return was, was.changed(event.time, place)


def _is_on(meeting: Meeting) -> bool:
    return meeting.time.kind not in (TimeKind.POSTPONED, TimeKind.CALLED_OFF)


def stories(sources: Sources) -> Stories:
    """How each event is told."""
    changes = (Season.MeetingPlanned, Season.MeetingScheduled, Season.MeetingPostponed, Season.MeetingCalledOff)
    return {
        **dict.fromkeys(changes, partial(_meeting, sources)),
        Season.CalledOff: partial(_called_off, sources),
        Season.BookingOpened: partial(_opened, sources),
        Season.LeadersNamed: partial(_leaders, sources),
        Season.ProgrammePublished: partial(_programme, sources),
        FirstRefusal.Offered: _offered,
    }
