"""Attendance: that somebody came to a meeting, as the readings at the door tell it, whichever device took them.

One for each meeting and person, so that a room full of phones never queues for one stream. A reading has the id that
its device gave it, by which one that is sent twice is known again. Readings arrive in any order, some of them hours
late: what counts is when they were taken, by the server's clock. The earliest one is when somebody came.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.attendance.reading import Reading, is_one
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.ids import BookingId, MeetingId, OrganisationId, OrganiserId, PersonId, SeasonId, attendance_of


class Despite(StrEnum):
    """What was wrong with the ticket of somebody who has come all the same."""

    NOTHING = ""
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"


class Attendance(Aggregate):
    """One person at one meeting: checked in, seen again, undone."""

    class CheckedIn(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId
        person_id: PersonId
        organisation_id: OrganisationId | None
        booking_id: BookingId | None
        seat: int | None
        reading: Reading
        despite: Despite

    class SeenAgain(Aggregate.Event):
        reading: Reading

        def apply(self, attendance: Attendance) -> None:
            attendance.marks.append((self.reading, True))

    class Undone(Aggregate.Event):
        reading: Reading

        def apply(self, attendance: Attendance) -> None:
            attendance.marks.append((self.reading, False))

    @staticmethod
    def create_id(meeting_id: MeetingId, person_id: PersonId) -> UUID:
        """One for each meeting and person."""
        return attendance_of(meeting_id, person_id)

    @event(CheckedIn)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        meeting_id: MeetingId,
        person_id: PersonId,
        organisation_id: OrganisationId | None,
        booking_id: BookingId | None,
        seat: int | None,
        reading: Reading,
        despite: Despite,
    ) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.person_id, self.organisation_id, self.despite = person_id, organisation_id, despite
        self.booking_id, self.seat = booking_id, seat
        self.marks: list[tuple[Reading, bool]] = [(reading, True)]

    @property
    def came_at(self) -> datetime | None:
        """When they came: the earliest reading after whatever was undone last. None: they are not there."""
        standing = self._standing()
        return standing[0].at if standing else None

    def see(self, reading: Reading) -> datetime | None:
        """Another reading of the same person. Says since when they were there; None where it is what let them in.

        The same reading again, by its id or by the same device within ten seconds, changes nothing.
        """
        before = self._standing()
        is_known = self._has(reading, is_in=True) or any(is_one(each, reading) for each in before)
        if not is_known:
            self.record(Attendance.SeenAgain(reading=reading))
        return before[0].at if before and not (is_known and is_one(before[0], reading)) else None

    def undo(self, reading: Reading) -> None:
        """They were ticked by mistake. Who is not there, or was undone by this very reading, stays so."""
        if self._standing() and not self._has(reading, is_in=False):
            self.record(Attendance.Undone(reading=reading))

    def _standing(self) -> list[Reading]:
        """The readings that count, by when they were taken."""
        ordered = sorted(self.marks, key=lambda mark: mark[0].at)
        undone = max((no for no, (_, is_in) in enumerate(ordered) if not is_in), default=-1)
        return [each for each, _ in ordered[undone + 1 :]]

    def _has(self, reading: Reading, *, is_in: bool) -> bool:
        return any(each.scan_id == reading.scan_id and kind is is_in for each, kind in self.marks)
