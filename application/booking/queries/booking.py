"""Bookings as their people read them: seats with names, what was agreed, what has been credited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import Page, found
from application.kernel.queries import Queries, for_oneself, for_roles
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.terms import Terms
from domain.programme.price import Quote


@dataclass(frozen=True)
class SeatRow:
    """One seat; no `person_id`: to be named; `name` None with a person: erased."""

    no: int
    person_id: PersonId | None
    name: str | None
    organisation_id: OrganisationId | None
    is_cancelled: bool


@dataclass(frozen=True)
class BookingRow:
    """A booking. Sums in öre: `gross` as agreed incl. VAT, `credited` of it given back.

    `network` is the season's: a season is named with it, network first.
    """

    booking_id: BookingId
    organiser_id: OrganiserId
    season_id: SeasonId
    season: str
    network: str
    booked_by: PersonId | None
    organisation_id: OrganisationId | None
    payer_person_id: PersonId | None
    payer: str | None
    reference: str
    seats: tuple[SeatRow, ...]
    quote: Quote
    terms: Terms | None
    net: int
    vat: int
    gross: int
    credited: int
    currency: str
    made_at: datetime
    ended_for: str


class BookingQuestions(Queries, Protocol):
    """A member sees their own and, as contact, their organisation's; staff see the organiser's."""

    def one(self, actor: Actor, booking_id: UUID) -> BookingRow:
        """One booking the actor may see. Raises NotFound."""
        row = found(self._booking(booking_id), "booking")
        if not actor.reaches(booking_id):
            raise NotFound(what="booking")
        if actor.has(row.organiser_id, Role.ADMIN, Role.FINANCE, Role.CANCELLING) or self._is_mine(actor, row):
            return row
        raise NotFound(what="booking")

    @for_oneself(Page(()))
    def mine(
        self, actor: Actor, after: str | None = None, limit: int = 50, season_id: UUID | None = None
    ) -> Page[BookingRow]:
        """Bookings the actor made, pays, sits in, or is a contact of the payer of; latest first. `season_id`: in one.

        Not those that they made for an organisation they have left since.
        """

    @for_oneself(Page(()))
    def about(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[BookingRow]:
        """Of those of `mine` the ones that they made, pay, or have or had a seat of; latest first."""

    @for_roles(Role.ADMIN, Role.FINANCE, Role.CANCELLING)
    def all(
        self,
        actor: Actor,
        season_id: UUID | None = None,
        organisation_id: UUID | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[BookingRow]:
        """The organiser's bookings, latest first."""

    def answers_for(self, actor: Actor, row: BookingRow) -> tuple[int, ...]:
        """The held seats that the actor may act on: all of them, or the one they sit in."""
        held = [seat for seat in row.seats if not seat.is_cancelled]
        if self.answers_for_all(actor, row):
            return tuple(seat.no for seat in held)
        return tuple(seat.no for seat in held if actor.is_person(seat.person_id))

    def may_cancel(self, actor: Actor, row: BookingRow) -> tuple[int, ...]:
        """The held seats that the actor may give up."""
        if actor.has(row.organiser_id, Role.CANCELLING):
            return tuple(seat.no for seat in row.seats if not seat.is_cancelled)
        return self.answers_for(actor, row)

    def answers_for_all(self, actor: Actor, row: BookingRow) -> bool:
        """Whether the actor is an admin, pays, is the payer's contact, or has booked and not left the payer since."""
        me = actor.person_id
        if actor.has(row.organiser_id, Role.ADMIN):
            return True
        if me is None or actor.organiser_id != row.organiser_id:
            return False
        payer = row.organisation_id
        if payer is not None and self._is_contact(payer, me):
            return True
        is_theirs = actor.is_person(row.booked_by) or actor.is_person(row.payer_person_id)
        return is_theirs and (payer is None or not self._has_left(payer, me))

    def _is_mine(self, actor: Actor, row: BookingRow) -> bool:
        return actor.organiser_id == row.organiser_id and bool(
            self.answers_for(actor, row) or self.answers_for_all(actor, row)
        )

    def _booking(self, booking_id: UUID) -> BookingRow | None: ...

    def _is_contact(self, organisation_id: UUID, person_id: UUID) -> bool: ...

    def _has_left(self, organisation_id: UUID, person_id: UUID) -> bool:
        """Whether a person has worked for an organisation and does so no longer."""
