"""A season as it is read: in a list, and whole with its meetings; what of it is for whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from application.kernel.page import PersonName
from domain.kernel.ids import MeetingId, NetworkId, OrganiserId, SeasonId
from domain.kernel.terms import Terms
from domain.people.admission import Admission
from domain.programme.meeting import (
    AS_THE_SEASON,
    Format,
    Material,
    MeetingSeats,
    Moment,
    Place,
    ProgrammeItem,
    Readers,
)
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.outline import Outline
from domain.programme.price import Price, PriceList
from domain.programme.season import Particulars
from domain.programme.season_images import SeasonImage
from domain.programme.season_opening import Visibility


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of a season, in order of planning; `speakers` names the persons of the programme's points.

    `changes` counts how often its time or place has been decided anew, `moved_from`: when it was to begin before.
    `seats`: how many may sit on site and take part online.
    """

    meeting_id: MeetingId
    no: int
    title: str
    time: MeetingTime
    place: Place
    programme: tuple[ProgrammeItem, ...]
    speakers: tuple[PersonName, ...]
    is_held: bool
    changes: int = 0
    moved_from: datetime | None = None
    seats: MeetingSeats = AS_THE_SEASON


@dataclass(frozen=True)
class Presented:
    """What somebody tells everyone where they lead, speak or answer; address and telephone where they said so."""

    person_id: UUID
    words: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class SeasonRow(Particulars):
    """A season in a list. `left` is free seats, `waiting` how many parties wait, `first_on` its first dated day.

    `bookable`: how many of the free seats anybody may book now: none while somebody who waits comes first. `offered`:
    how many seats are kept for those who wait, offered to them or about to be.

    `last_on` is the day of its last meeting, and none while that is not decided. `towns`: where its meetings are, in
    their order, each once; `has_online`: some of them can be followed from afar, `is_online`: all; those called off
    apart. `is_free`: it costs nobody anything. `changed_at`: when it was last decided anew (seats taken are no change).
    `price`: the lowest of those in force today, one of several where it `has_other_prices`. `goes_public_at`,
    `opens_at`: when it does so by itself. `shows_participants`: those who consent see each other; `stays_in_room`: what
    is said there does.
    """

    season_id: SeasonId
    organiser_id: OrganiserId
    network_id: NetworkId
    network: str
    kind: str
    title: str
    is_open: bool
    closes_on: date | None
    called_off_for: str
    seats: int
    left: int
    bookable: int
    offered: int
    waiting: int
    first_on: date | None
    last_on: date | None
    towns: tuple[str, ...]
    has_online: bool
    is_online: bool
    is_free: bool
    announced_at: datetime
    changed_at: datetime
    outline: Outline
    price: Price | None
    has_other_prices: bool
    visibility: Visibility
    shows_participants: bool
    stays_in_room: bool
    goes_public_at: datetime | None
    opens_at: datetime | None

    @property
    def is_public(self) -> bool:
        """Whether it stands in lists, feeds and what search engines are told."""
        return self.visibility is Visibility.PUBLIC

    @property
    def is_draft(self) -> bool:
        """Whether only staff sees it yet."""
        return self.visibility is Visibility.DRAFT

    def is_over(self, on: date) -> bool:
        """Whether its last day has passed, on a local day."""
        return self.last_on is not None and self.last_on < on


@dataclass(frozen=True)
class SeasonView:
    """A season whole: what a page or an API answer about it shows. `has_opened`: bookings are or were taken.

    `presented`: of those who lead, speak or answer, those who have told something of themselves.
    """

    row: SeasonRow
    admission: Admission
    prices: PriceList | None
    terms: Terms | None
    meetings: tuple[MeetingRow, ...]
    leaders: tuple[PersonName, ...]
    contacts: tuple[PersonName, ...]
    materials: tuple[Material, ...]
    images: tuple[SeasonImage, ...]
    has_opened: bool
    presented: tuple[Presented, ...] = ()
    goods: tuple[UUID, ...] = ()


def for_anyone(view: SeasonView, now: datetime) -> SeasonView:
    """Without what is for participants: their material, and the links to meetings."""
    public = tuple(each for each in view.materials if each.readers is Readers.EVERYONE and is_time_for(each, view, now))
    meetings = tuple(replace(each, place=replace(each.place, link="")) for each in view.meetings)
    return replace(view, materials=public, meetings=meetings)


def for_participant(view: SeasonView, online: Collection[UUID]) -> SeasonView:
    """Without what is for those online, but for those who are (S44): material, and links to meetings on site too."""
    formats = [(each.meeting_id, each.place.format) for each in view.meetings]
    materials = tuple(each for each in view.materials if each.is_for(formats, online))
    meetings = tuple(
        replace(each, place=replace(each.place, link=""))
        if each.place.format is Format.HYBRID and each.meeting_id not in online
        else each
        for each in view.meetings
    )
    return replace(view, meetings=meetings, materials=materials)


def is_time_for(material: Material, view: SeasonView, now: datetime) -> bool:
    """What is for after a meeting is there once the meeting is over; for after the season, once all of it is."""
    if material.moment is Moment.BEFORE:
        return True
    about = [each for each in view.meetings if material.meeting_id in (None, each.meeting_id)]
    return all(each.is_held or _has_ended(each.time, now) for each in about)


def _has_ended(time: MeetingTime, now: datetime) -> bool:
    return time.kind is TimeKind.CALLED_OFF or (time.end_at is not None and time.end_at <= now)
