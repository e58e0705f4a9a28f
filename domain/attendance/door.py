"""A season's door: what becomes of people who come without a seat, links for helpers, and seats after a check-in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.attendance.reading import Reading
from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import MeetingId, OrganiserId, PersonId, SeasonId, door_of

ONE_EVENT = timedelta(days=7)
"""Meetings that lie within so many days are one event: whoever came to the first of them has used the seat (S38)."""


class WalkIns(StrEnum):
    """What becomes of somebody who comes without a seat."""

    NOTED = "noted"
    """That they came is noted, and nothing else: it costs nothing."""
    BOOKED = "booked"
    """They get a booking at the season's price of the day, and an invoice where that is no zero."""


class HandingOver(StrEnum):
    """Whether a seat may be handed over once its holder has been at a meeting."""

    BY_DATES = "by_dates"
    """As the meetings lie: no for meetings within a week (a conference), yes for later meetings of a longer season."""
    REFUSED = "refused"
    LATER_MEETINGS = "later_meetings"
    """For the meetings that come: those that were held stay whose they were."""


class Refused(StrEnum):
    """Why somebody was not let in."""

    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    NOT_TODAY = "not_today"


class DoorClosed(RuleBroken):
    """The link of a helper at the door opens nothing: it has been stopped, or its day has passed."""


class Door(Aggregate):
    """What an admin has agreed for the doors of a season's meetings."""

    class Agreed(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        walk_ins: WalkIns
        handing_over: HandingOver

    class Changed(Change):
        walk_ins: WalkIns
        handing_over: HandingOver

    class HelperLinkMade(Aggregate.Event):
        meeting_id: MeetingId
        link_id: UUID

        def apply(self, door: Door) -> None:
            door.links[self.meeting_id] = self.link_id

    class HelperLinkStopped(Aggregate.Event):
        meeting_id: MeetingId

        def apply(self, door: Door) -> None:
            door.links.pop(self.meeting_id, None)

    class TurnedAway(Aggregate.Event):
        meeting_id: MeetingId
        why: Refused
        person_id: PersonId | None
        reading: Reading

        def apply(self, door: Door) -> None:
            door.turned_away.add(self.reading.scan_id)

    @staticmethod
    def create_id(season_id: SeasonId) -> UUID:
        """One for each season."""
        return door_of(season_id)

    @event(Agreed)
    def __init__(
        self, organiser_id: OrganiserId, season_id: SeasonId, walk_ins: WalkIns, handing_over: HandingOver
    ) -> None:
        self.organiser_id, self.season_id = organiser_id, season_id
        self.walk_ins, self.handing_over = walk_ins, handing_over
        self.links: dict[MeetingId, UUID] = {}
        self.turned_away: set[UUID] = set()

    def agree(self, walk_ins: WalkIns, handing_over: HandingOver) -> None:
        """Other rules from now on."""
        self.record_change(Door.Changed(walk_ins=walk_ins, handing_over=handing_over))

    def make_link(self, meeting_id: MeetingId, link_id: UUID) -> None:
        """A link for helpers at the door of a meeting; one that was made before opens nothing any longer."""
        self.record(Door.HelperLinkMade(meeting_id=meeting_id, link_id=link_id))

    def turn_away(self, meeting_id: MeetingId, why: Refused, person_id: PersonId | None, reading: Reading) -> None:
        """A ticket was read that lets nobody in; the same reading again changes nothing."""
        if reading.scan_id not in self.turned_away:
            fact = Door.TurnedAway(meeting_id=meeting_id, why=why, person_id=person_id, reading=reading)
            self.record(fact)

    def stop_link(self, meeting_id: MeetingId) -> None:
        """The link opens nothing any longer."""
        if meeting_id in self.links:
            self.record(Door.HelperLinkStopped(meeting_id=meeting_id))


def usual_door(organiser_id: OrganiserId, season_id: SeasonId) -> Door:
    """The door of a season of which nobody has agreed anything."""
    return Door(
        organiser_id=organiser_id, season_id=season_id, walk_ins=WalkIns.NOTED, handing_over=HandingOver.BY_DATES
    )


def is_one_event(starts: Iterable[datetime]) -> bool:
    """Whether meetings that begin at these instants lie so near each other that they are one event."""
    found = sorted(starts)
    return bool(found) and found[-1] - found[0] <= ONE_EVENT
