"""What is told of what is due: a meeting that comes near, seats without names, new material, a membership that ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import meetings_fact
from application.notifications.due import MaterialDue, MeetingDue, MembershipDue, NamingDue, Sitting
from application.notifications.people import answering, hosts, ids
from application.notifications.season import COMING, links_of, told_each
from application.notifications.story import People, Story, recipients_of
from application.notifications.table import Whom
from domain.attendance.participation import Answer, Participation, SeatAt, participation_of
from domain.booking.booking import Booking
from domain.kernel.ids import PersonId
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.programme.meeting import Format, Material, Meeting, Moment, Readers
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season


def _meeting(work: UnitOfWork, due: MeetingDue, _: datetime) -> Story | None:
    """Of a meeting that is on at that time still, to those who come."""
    season = work.load(Season, due.season_id)
    meeting = _still_on(season, due)
    if meeting is None:
        return None
    answers = _answers(work, due)
    coming = [seat for seat in due.seats if answers.get(seat) is not Answer.NOT_COMING]
    sitting = {seat.person_id for seat in coming if seat.person_id is not None}
    people: People = {Whom.PARTICIPANT: recipients_of(sitting), **hosts(season, [meeting])}
    places = _told_each(work, due, meeting, coming)
    who = ids(each for whom in COMING for each in people.get(whom, ()))
    before = _to_read(season, meeting)
    reading = {who: {"material": _titles(season, before, _online(work, season, who))} for who in sitting}
    return Story(
        season.organiser_id,
        people,
        _of_meeting(season, meeting, before),
        own=links_of(meeting),
        each={**reading, **{who: {**reading.get(who, {}), **told} for who, told in places.items()}},
        season=season,
        meetings=(meeting,),
        says=True,
        coming=dict.fromkeys(who, (meeting,)),
        named=f"{meeting.meeting_id}/{due.start_at.isoformat()}/{due.days}",
    )


def _to_read(season: Season, meeting: Meeting) -> list[Material]:
    """What is to be read before a meeting."""
    there = season.materials.values()
    return [each for each in there if each.moment is Moment.BEFORE and each.meeting_id == meeting.meeting_id]


def _of_meeting(season: Season, meeting: Meeting, before: list[Material]) -> Mapping[str, str]:
    """What everybody is told of a meeting; what is empty here is told to each."""
    return {
        "path": f"/seasons/{season.id}",
        "meeting": meeting.title,
        "now": meetings_fact([meeting]),
        "meeting_link": "",
        "online": "",
        "on_site": "",
        "material": _titles(season, before, ()),
    }


def _answers(work: UnitOfWork, due: MeetingDue) -> Mapping[Sitting, Answer]:
    """What has been answered for the seats as they are held now."""
    asked = work.find(Participation, participation_of(due.season_id, due.meeting_id))
    if asked is None:
        return {}
    named = {seat: SeatAt(seat.booking_id, seat.seat, seat.person_id) for seat in due.seats if seat.person_id}
    return {seat: asked.answers[at] for seat, at in named.items() if at in asked.answers}


def _told_each(
    work: UnitOfWork, due: MeetingDue, meeting: Meeting, seats: list[Sitting]
) -> Mapping[PersonId, Mapping[str, str]]:
    """Where each finds the meeting, and which way to take part they have chosen, where there are two."""
    told = told_each(work, due.season_id, meeting, seats)
    if meeting.place.format is not Format.HYBRID:
        return told
    ways = {seat.person_id: way.value for seat, way in _answers(work, due).items()}
    return {who: {**facts, **({ways[who]: "1"} if who in ways else {})} for who, facts in told.items()}


def _naming(work: UnitOfWork, due: NamingDue, now: datetime) -> Story | None:
    """To whoever answers for the booking."""
    season, booking = work.load(Season, due.season_id), work.load(Booking, due.booking_id)
    meeting, unnamed = _still_on(season, due), sum(seat.person_id is None for seat in booking.held)
    if meeting is None or not unnamed:
        return None
    people = answering(work, booking.organiser_id, booking.booked_by, booking.payer.organisation_id, now)
    facts = {
        "path": f"/bookings/{booking.id}",
        "seats": str(unnamed),
        "meeting": meeting.title,
        "now": meetings_fact([meeting]),
    }
    named = f"{booking.id}/{meeting.meeting_id}/{due.start_at.isoformat()}"
    return Story(booking.organiser_id, people, facts, season=season, meetings=(meeting,), named=named)


def _material(work: UnitOfWork, due: MaterialDue, _: datetime) -> Story | None:
    """To those who sat there when it was published; what has been taken away since is not told."""
    season = work.load(Season, due.season_id)
    there = [(season.materials[key], at) for key, at in due.materials if key in season.materials]
    told: dict[PersonId, dict[str, str]] = {}
    for seat in due.seats:
        online = _online(work, season, seat.person_id)
        theirs = [each for each, at in there if seat.from_at <= at and each.is_for(_formats(season), online)]
        titles = [_titled(season, each.meeting_id, each.title) for each in theirs]
        if seat.person_id is not None and titles:
            told[seat.person_id] = {"path": f"/bookings/{seat.booking_id}", "material": "\n".join(titles)}
    if not told or season.called_off_for:
        return None
    facts = {"path": f"/seasons/{season.id}", "material": ""}
    named = f"{season.id}/{due.on.isoformat()}"
    return Story(
        season.organiser_id, {Whom.PARTICIPANT: recipients_of(set(told))}, facts, each=told, season=season, named=named
    )


def _titles(season: Season, materials: Iterable[Material], online: Collection[UUID]) -> str:
    """What of it is for somebody who takes part online in those meetings."""
    return "\n".join(each.title for each in materials if each.is_for(_formats(season), online))


def _formats(season: Season) -> list[tuple[UUID, Format]]:
    return [(key, each.place.format) for key, each in season.meetings.items()]


def _online(work: UnitOfWork, season: Season, who: PersonId | None) -> set[UUID]:
    """In which meetings that have a room as well somebody has chosen to take part online."""
    if not any(each.readers is Readers.ONLINE for each in season.materials.values()):
        return set()
    hybrid = [key for key, each in season.meetings.items() if each.place.format is Format.HYBRID]
    asked = {key: work.find(Participation, participation_of(season.season_id, key)) for key in hybrid}
    said = ((key, at, answer) for key, each in asked.items() if each for at, answer in each.answers.items())
    return {key for key, at, answer in said if answer is Answer.ONLINE and at.person_id == who}


def _titled(season: Season, meeting_id: object, title: str) -> str:
    meeting = next((each.title for key, each in season.meetings.items() if key == meeting_id), "")
    return f"{meeting}: {title}" if meeting else title


def _membership(work: UnitOfWork, due: MembershipDue, _: datetime) -> Story | None:
    """To the person, or the contacts of the organisation."""
    membership = work.load(Membership, due.membership_id)
    if not membership.periods or membership.periods[-1][1] != due.until_on:
        return None
    organisation = work.find(Organisation, membership.holder_id)
    people: People = (
        {Whom.CONTACT: recipients_of(organisation.contacts)}
        if organisation is not None
        else {Whom.PERSON: recipients_of([PersonId(membership.holder_id)])}
    )
    facts = {"until": due.until_on.isoformat(), "holder": organisation.name if organisation is not None else ""}
    return Story(membership.organiser_id, people, facts, named=f"{membership.id}/{due.until_on.isoformat()}")


def _still_on(season: Season, due: MeetingDue | NamingDue) -> Meeting | None:
    """The meeting, where it is to begin when it was due for."""
    meeting = season.meetings.get(due.meeting_id)
    is_on = meeting is not None and meeting.time.kind is TimeKind.SCHEDULED and meeting.time.start_at == due.start_at
    return meeting if is_on and not season.called_off_for else None


STORIES: Mapping[type[object], Callable[[UnitOfWork, Any, datetime], Story | None]] = {
    MeetingDue: _meeting,
    NamingDue: _naming,
    MaterialDue: _material,
    MembershipDue: _membership,
}
"""How what is due is told; None where it is not so any longer."""
