"""The public programme: organisers, their networks and seasons, as anyone may read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import Page, found
from application.kernel.queries import Queries
from application.programme.queries.season_filter import EVERY, Choices, SeasonFilter
from application.programme.queries.season_view import (
    Presented,
    SeasonRow,
    SeasonView,
    for_anyone,
    for_participant,
    is_time_for,
)
from domain.kernel.errors import NotFound
from domain.kernel.ids import NetworkId, OrganisationId, OrganiserId
from domain.kernel.text import plain
from domain.people.accent import USUAL
from domain.people.admission import Admission
from domain.programme.meeting import (
    Format,
)
from domain.programme.season_opening import Visibility


@dataclass(frozen=True)
class OrganiserRow:
    """A seller, as its public pages name it.

    `sites`: which other web sites may show its booking form; `logo`: the name of its picture ("": none); `hue`: what
    its accent follows from, in degrees; `email`: where to write ("": not told).
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
    email: str = ""


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
        there = tuple(each for each in view.materials if is_time_for(each, view, now))
        if actor.person_id is not None and self._holds_seat(season_id, actor.person_id):
            return for_participant(replace(view, materials=there), self._online(view, actor.person_id))
        return for_anyone(view, now)

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
        return tuple(for_anyone(each, now) for each in views)

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
