"""What is due by the clock: letters that follow no event, but an hour so many days before something.

Each says all that it is told from, so that another meeting time, or another person in a seat, is another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.ids import BookingId, MeetingId, OrganisationId, PersonId, SeasonId


@dataclass(frozen=True)
class Sitting:
    """A seat as it is held now: by whom (None: to be named) and since when, and who answers for its booking."""

    booking_id: BookingId
    seat: int
    person_id: PersonId | None
    booked_by: PersonId | None
    organisation_id: OrganisationId | None
    from_at: datetime


@dataclass(frozen=True)
class MeetingDue:
    """A meeting is `days` days away, and those who come are reminded."""

    season_id: SeasonId
    meeting_id: MeetingId
    start_at: datetime
    days: int
    seats: tuple[Sitting, ...]


@dataclass(frozen=True)
class NamingDue:
    """A meeting comes near, and a booking has seats that nobody has been named for."""

    season_id: SeasonId
    meeting_id: MeetingId
    start_at: datetime
    booking_id: BookingId
    unnamed: int


@dataclass(frozen=True)
class MaterialDue:
    """Material of a season that was published until that local day's hour, and since the hour of the day before."""

    season_id: SeasonId
    on: date
    materials: tuple[tuple[UUID, datetime], ...]
    seats: tuple[Sitting, ...]


@dataclass(frozen=True)
class MembershipDue:
    """A membership ends with a day that is near."""

    membership_id: UUID
    until_on: date


Due: TypeAlias = MeetingDue | NamingDue | MaterialDue | MembershipDue
