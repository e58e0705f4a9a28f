"""A meeting as a season plans it: theme, time, place, programme; and the material that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, PersonId
from domain.kernel.terms import zone_named
from domain.kernel.text import clean_line
from domain.programme.material_file import MaterialFile
from domain.programme.meeting_time import MeetingTime, instant_of

MOST_SEATS = 1_000_000
MOST_HOURS = 24 * 60


class Format(StrEnum):
    """Where people meet."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


@dataclass(frozen=True)
class Place:
    """Where a meeting is: a venue with its street address and town, a link (shown to participants only), or both."""

    format: Format = Format.ON_SITE
    venue: str = ""
    link: str = ""
    address: str = ""
    town: str = ""

    @property
    def on_a_map(self) -> str:
        """Venue, address and town, as much as is known; the town once, where the venue or the address names it."""
        said = [each for each in (self.venue, self.address) if each]
        is_named = self.town.casefold() in [word.strip().casefold() for each in said for word in each.split(",")]
        return ", ".join(said if is_named or not self.town else [*said, self.town])

    def checked(self) -> Place:
        """The same place as it is remembered: each part on one line, the town as it is written. Raises BadValue."""
        venue = clean_line("venue", self.venue, 300, may_be_empty=True)
        address = clean_line("address", self.address, 200, may_be_empty=True)
        town = " ".join(clean_line("town", self.town, 100, may_be_empty=True).split())
        return replace(self, venue=venue, address=address, town=town)


ON_SITE = Place()


@dataclass(frozen=True)
class MeetingSeats:
    """How many may sit on site and take part online in one meeting (None: as many as the season has seats).

    `closes`: how many hours before it begins people choose between the two for the last time; moved, it follows.
    """

    on_site: int | None = None
    online: int | None = None
    closes: int = 0

    def __post_init__(self) -> None:
        for name, seats in (("on_site", self.on_site), ("online", self.online)):
            if seats is not None and not 0 <= seats <= MOST_SEATS:
                raise BadValue(field=name, why="0 to 1000000 seats")
        if not 0 <= self.closes <= MOST_HOURS:
            raise BadValue(field="closes", why="0 to 1440 hours")

    def closes_at(self, start_at: datetime) -> datetime:
        """Until which instant people choose."""
        return start_at - timedelta(hours=self.closes)


AS_THE_SEASON = MeetingSeats()


@dataclass(frozen=True)
class ProgrammeItem:
    """One point of a meeting's programme, UTC instants, with the persons who give it."""

    start_at: datetime
    end_at: datetime
    title: str
    speakers: tuple[PersonId, ...] = ()

    def __post_init__(self) -> None:
        if self.end_at <= self.start_at:
            raise BadValue(field="end", why="a programme point ends after it starts")


@dataclass(frozen=True)
class Meeting:
    """One meeting of a season. `changes` counts how often its time or place has been decided anew.

    `moved_from`: when it was to begin before it got another day or hour. `seats`: those on site and online.
    """

    meeting_id: MeetingId
    title: str
    time: MeetingTime
    place: Place
    programme: tuple[ProgrammeItem, ...] = ()
    is_held: bool = False
    changes: int = 0
    moved_from: datetime | None = None
    seats: MeetingSeats = AS_THE_SEASON

    def changed(self, time: MeetingTime, place: Place | None = None) -> Meeting:
        """The same meeting at another time, or somewhere else."""
        was = self.time.start_at or self.time.was_at
        is_moved = was is not None and time.start_at is not None and time.start_at != was
        return replace(
            self,
            time=time,
            place=place or self.place,
            changes=self.changes + 1,
            moved_from=was if is_moved else self.moved_from,
        )


def moved_to_zone(meeting: Meeting, was: str, zone: str) -> Meeting:
    """The same hours on the clock in another zone: its time and its programme's points become other instants.

    Raises NoSuchLocalTime in the hour that is skipped there.
    """
    points = tuple(
        replace(item, start_at=_same_hour(item.start_at, was, zone), end_at=_same_hour(item.end_at, was, zone))
        for item in meeting.programme
    )
    time = meeting.time
    if time.start_at is None or time.end_at is None:
        return replace(meeting, programme=points)
    start, end = (_same_hour(each, was, zone) for each in (time.start_at, time.end_at))
    return replace(meeting, time=replace(time, start_at=start, end_at=end), programme=points)


def _same_hour(instant: datetime, was: str, zone: str) -> datetime:
    return instant_of(instant.astimezone(zone_named(was)).replace(tzinfo=None, fold=0), zone)


class Readers(StrEnum):
    """Who may read material: of those who hold a seat all, or those who take part online."""

    EVERYONE = "everyone"
    PARTICIPANTS = "participants"
    ONLINE = "online"


class Moment(StrEnum):
    """When material is meant to be read or watched."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Material:
    """Something to read or watch: of the whole season, or of one meeting; before it, or after it (a recording, S47).

    `file`: what is kept here, and read at `url`; none: it is somewhere else.
    """

    material_id: UUID
    meeting_id: MeetingId | None
    title: str
    url: str
    readers: Readers
    moment: Moment = Moment.BEFORE
    file: MaterialFile | None = None

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://", "/")):
            raise BadValue(field="url", why="is not an address on the web")

    def is_for(self, meetings: Iterable[tuple[UUID, Format]], online: Collection[UUID]) -> bool:
        """Whether it is for somebody who holds a seat and has chosen to take part `online` in some meetings (S44).

        What is for those online is for everybody where its meeting has no room; the season's, where any has none.
        """
        about = ((key, how) for key, how in meetings if self.meeting_id in (None, key))
        is_online = (how is Format.ONLINE or (how is Format.HYBRID and key in online) for key, how in about)
        return self.readers is not Readers.ONLINE or any(is_online)
