"""The public programme: organisers, their networks and seasons, as anyone may read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import Page, PersonName, found
from application.kernel.queries import Queries
from application.programme.queries.season_filter import EVERY, Choices, SeasonFilter
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, NetworkId, OrganisationId, OrganiserId, SeasonId
from domain.kernel.terms import Terms
from domain.kernel.text import plain
from domain.people.accent import USUAL
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
class OrganiserRow:
    """A seller, as its public pages name it.

    `sites`: which other web sites may show its booking form; `logo`: the name of its picture ("": none); `hue`: what
    its accent follows from, in degrees.
    """

    organiser_id: OrganiserId
    name: str
    slug: str
    org_number: str
    vat_number: str
    address: str
    bankgiro: str
    payment_days: int
    currency: str
    zone: str
    sites: tuple[str, ...] = ()
    logo: str = ""
    hue: int = USUAL


@dataclass(frozen=True)
class NetworkRow:
    """A network in the programme; `partners` are organisations by name, `partner_ids` the same in the same order."""

    network_id: NetworkId
    organiser_id: OrganiserId
    name: str
    kind: str
    promise: str
    admission: Admission
    is_closed: bool
    partners: tuple[str, ...] = ()
    partner_ids: tuple[OrganisationId, ...] = ()


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


class Programme(Queries, Protocol):
    """Questions anyone may ask; material for participants is left out for others (S47)."""

    def organisers(self) -> tuple[OrganiserRow, ...]:
        """All sellers of the installation, by name."""

    def organiser(self, organiser_id: UUID) -> OrganiserRow:
        """One seller. Raises NotFound."""

    def organiser_by_slug(self, slug: str) -> OrganiserRow:
        """One seller by its word in addresses. Raises NotFound."""
        return found(next((row for row in self.organisers() if row.slug == slug), None), "organiser")

    def networks(self, organiser_id: UUID) -> tuple[NetworkRow, ...]:
        """An organiser's networks, by name."""

    def network(self, organiser_id: UUID, network_id: UUID) -> NetworkRow:
        """One network of an organiser. Raises NotFound."""

    def seasons(
        self,
        organiser_id: UUID | None,
        wanted: SeasonFilter = EVERY,
        *,
        after: str | None = None,
        limit: int = 50,
        reader: Actor | None = None,
    ) -> Page[SeasonRow]:
        """An organiser's seasons, or all, by first day, those without one last; what is past: the last first.

        Public ones; to a `reader` who is staff there, drafts and hidden ones too.
        """
        listed = replace(wanted, is_public=None if sees_drafts(reader, organiser_id) else True)
        return self._listed(organiser_id, listed, after=after, limit=limit)

    def choices(self, organiser_id: UUID | None, wanted: SeasonFilter) -> Choices:
        """What there is to choose from among those that are public, and how much each choice would find."""

    def shows_image(self, organiser_id: UUID, digest: str) -> frozenset[Visibility]:
        """By whom the seasons of an organiser are seen that show that picture, or that plan, now."""

    def presented(self, person_id: UUID) -> Presented | None:
        """What somebody tells everyone of themselves; None: nothing."""

    def season(self, actor: Actor, season_id: UUID) -> SeasonView:
        """One season of the actor's organiser, with the material and links the actor may have. Raises NotFound.

        A draft is there for staff alone; a hidden one for whoever knows its id, which nobody guesses.
        """
        view = self._whole(season_id)
        if view is None or (not actor.is_system and view.row.organiser_id != actor.organiser_id):
            raise NotFound(what="season")
        if view.row.is_draft and not sees_drafts(actor, view.row.organiser_id):
            raise NotFound(what="season")
        if actor.has(view.row.organiser_id, Role.ADMIN):
            return view
        now = self._now()
        there = tuple(each for each in view.materials if _is_time_for(each, view, now))
        if actor.person_id is not None and self._holds_seat(season_id, actor.person_id):
            return _for_participant(replace(view, materials=there), self._online(view, actor.person_id))
        return _for_anyone(view, now)

    def same_content(self, row: SeasonRow) -> tuple[SeasonRow, ...]:
        """The other seasons with the content of one that take bookings, by first day."""
        wanted = SeasonFilter(network_id=row.network_id, takes_bookings=True, is_public=True)
        others = self.seasons(row.organiser_id, wanted, limit=200).items if row.content else ()
        return tuple(
            each for each in others if plain(each.content) == plain(row.content) and each.season_id != row.season_id
        )

    def public(
        self, organiser_id: UUID | None, wanted: SeasonFilter = EVERY, *, newest: bool = False, limit: int = 50
    ) -> tuple[SeasonView, ...]:
        """Those that are public, whole as anyone may read them, by first day; what is past: the last first.

        `newest`: those that were announced last first.
        """
        now, wanted = self._now(), replace(wanted, is_public=True)
        views = self._many(organiser_id, wanted, newest=newest, limit=limit)
        return tuple(_for_anyone(each, now) for each in views)

    def _listed(
        self, organiser_id: UUID | None, wanted: SeasonFilter, *, after: str | None, limit: int
    ) -> Page[SeasonRow]: ...

    def _many(
        self, organiser_id: UUID | None, wanted: SeasonFilter, *, newest: bool, limit: int
    ) -> tuple[SeasonView, ...]: ...

    def _whole(self, season_id: UUID) -> SeasonView | None: ...

    def _online(self, view: SeasonView, person_id: UUID) -> Collection[UUID]:
        """In which of its meetings that are both on site and online somebody takes part online."""
        is_hybrid = any(each.place.format is Format.HYBRID for each in view.meetings)
        return self._chosen_online(view.row.season_id, person_id) if is_hybrid else ()

    def _chosen_online(self, season_id: UUID, person_id: UUID) -> Collection[UUID]: ...

    def _holds_seat(self, season_id: UUID, person_id: UUID) -> bool: ...

    def _now(self) -> datetime: ...


def sees_drafts(actor: Actor | None, organiser_id: UUID | None) -> bool:
    """Whether somebody sees what an organiser has not shown yet: its staff, and the installation itself."""
    if actor is None or organiser_id is None:
        return False
    return actor.is_system or any(actor.has(OrganiserId(organiser_id), role) for role in (Role.ADMIN, Role.FINANCE))


def _for_anyone(view: SeasonView, now: datetime) -> SeasonView:
    """Without what is for participants: their material, and the links to meetings."""
    public = tuple(
        each for each in view.materials if each.readers is Readers.EVERYONE and _is_time_for(each, view, now)
    )
    meetings = tuple(replace(each, place=replace(each.place, link="")) for each in view.meetings)
    return replace(view, materials=public, meetings=meetings)


def _for_participant(view: SeasonView, online: Collection[UUID]) -> SeasonView:
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


def _is_time_for(material: Material, view: SeasonView, now: datetime) -> bool:
    """What is for after a meeting is there once the meeting is over; for after the season, once all of it is."""
    if material.moment is Moment.BEFORE:
        return True
    about = [each for each in view.meetings if material.meeting_id in (None, each.meeting_id)]
    return all(each.is_held or _has_ended(each.time, now) for each in about)


def _has_ended(time: MeetingTime, now: datetime) -> bool:
    return time.kind is TimeKind.CALLED_OFF or (time.end_at is not None and time.end_at <= now)
