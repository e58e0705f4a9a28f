"""What participants are told by mail when their season changes: a meeting moved or postponed, something called off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from application.actor import SYSTEM
from application.letters import Attachment, Letter, Letters, meetings_fact, money_fact
from application.ports import Decisions, Work
from domain.booking import Booking
from domain.documents import sums
from domain.ids import BookingId, MeetingId, PersonId, SeasonId, seating_of
from domain.meeting import Meeting
from domain.season import Season
from domain.seating import Seating

Moved = Season.MeetingScheduled | Season.MeetingPostponed | Season.MeetingCalledOff


class SeasonPeople(Protocol):
    """Tells who is concerned by a season, as of an event that has been projected already."""

    def people_of(self, season_id: UUID) -> list[PersonId]:
        """Everybody who sits in it, or booked a seat in it that is still held; each once."""
        ...


class CalendarMessages(Protocol):
    """Writes what a calendar program is told about one meeting."""

    def about(self, season_id: SeasonId, meeting: Meeting) -> tuple[Attachment, ...]:
        """The meeting as it has become: same identity, a higher sequence; nothing where it never had a date."""
        ...


@dataclass(frozen=True)
class SeasonLetters:
    """`application.policies.Reaction`: one letter to everybody who sits in the season or booked a seat in it (S41)."""

    decisions: Decisions
    letters: Letters
    people: SeasonPeople
    calendar: CalendarMessages

    def react(self, event: object) -> None:
        """Write to whom an event concerns."""
        match event:
            case Season.MeetingScheduled():
                self._meeting(event, "meeting_moved")
            case Season.MeetingPostponed():
                self._meeting(event, "meeting_postponed")
            case Season.MeetingCalledOff():
                self._meeting(event, "meeting_called_off")
            case Season.CalledOff():
                self._waiting(event)
            case Booking.SeatsCancelled() if event.cancellation_id is None:
                self._called_off(event)
            case _:
                pass

    def _meeting(self, event: Moved, kind: str) -> None:
        season_id = SeasonId(event.originator_id)
        season = self.decisions.look(SYSTEM, lambda work: work.load(Season, season_id))
        if event.meeting_id not in season.meetings:
            return  # removed since, before anybody could book
        meeting = _as_it_became(season, event)
        facts = {
            "season": season.title,
            "meeting": meeting.title,
            "meetings": meetings_fact([meeting]),
            "reason": meeting.time.reason,
            "path": f"/seasons/{season_id}",
        }
        attached = self.calendar.about(season_id, meeting)
        for person_id in self.people.people_of(season_id):
            key = f"{kind}/{season_id}/{event.originator_version}/{person_id}"
            organiser = season.organiser_id
            self.letters.post(Letter(key, organiser, kind, person_id, facts=facts, attachments=attached))

    def _called_off(self, event: Booking.SeatsCancelled) -> None:
        booking_id = BookingId(event.originator_id)
        booking, season = self.decisions.look(SYSTEM, lambda work: _with_season(work, booking_id))
        if not season.called_off_for:
            return
        back = sums(event.credited).gross if event.credited else None
        facts = {**_about(season), "path": f"/bookings/{booking_id}"}
        if booking.booked_by is not None:
            credit = money_fact(back) if back is not None and back.amount else ""
            key = f"season_called_off/{booking_id}"
            self._off(season, key, booking.booked_by, {**facts, "credit": credit})
        for seat in booking.seats.values():
            if seat.no in event.seats and seat.person_id is not None and seat.person_id != booking.booked_by:
                key = f"season_called_off/{booking_id}/{seat.person_id}"
                self._off(season, key, seat.person_id, {**facts, "credit": ""})

    def _waiting(self, event: Season.CalledOff) -> None:
        season_id = SeasonId(event.originator_id)

        def look(work: Work) -> tuple[Season, Seating]:
            return work.load(Season, season_id), work.load(Seating, seating_of(season_id))

        season, seating = self.decisions.look(SYSTEM, look)
        facts = {**_about(season), "path": f"/seasons/{season_id}", "credit": ""}
        for place_id, person_id, _ in seating.queue:
            self._off(season, f"season_called_off/{season_id}/{place_id}", PersonId(person_id), facts)

    def _off(self, season: Season, key: str, person_id: PersonId, facts: Mapping[str, str]) -> None:
        self.letters.post(Letter(key, season.organiser_id, "season_called_off", person_id, facts=facts))


def _with_season(work: Work, booking_id: UUID) -> tuple[Booking, Season]:
    booking = work.load(Booking, booking_id)
    return booking, work.load(Season, booking.season_id)


def _as_it_became(season: Season, event: Moved) -> Meeting:
    meeting = season.meeting(MeetingId(event.meeting_id))
    place = event.place if isinstance(event, Season.MeetingScheduled) else meeting.place
    return replace(meeting, time=event.time, place=place)


def _about(season: Season) -> dict[str, str]:
    return {"season": season.title, "reason": season.called_off_for}
