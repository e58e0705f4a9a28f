"""The ways to take part in each meeting of a season: how many seats on site and online, until when people choose."""

from __future__ import annotations

from dataclasses import replace

from domain.kernel.aggregate import Aggregate
from domain.kernel.ids import MeetingId
from domain.programme.meeting import MeetingSeats
from domain.programme.season_meetings import SeasonMeetings


class SeasonWays(SeasonMeetings):
    """Of a season: the seats of its meetings, where they are others than the season's own."""

    class MeetingSeatsAgreed(Aggregate.Event):
        meeting_id: MeetingId
        seats: MeetingSeats
        were: MeetingSeats

        def apply(self, season: SeasonWays) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], seats=self.seats)

    def agree_meeting_seats(self, meeting_id: MeetingId, seats: MeetingSeats) -> None:
        """How many may sit on site and take part online (S44); the same again changes nothing.

        Whoever has chosen already stays where they are. Raises MeetingIsHeld, MeetingIsCalledOff.
        """
        meeting = self.coming(meeting_id)
        if seats != meeting.seats:
            self.record(self.MeetingSeatsAgreed(meeting_id=meeting_id, seats=seats, were=meeting.seats))
