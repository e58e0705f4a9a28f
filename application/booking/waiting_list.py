"""The waiting list of a season: join it for some seats together, see the place, leave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.booking.waiting_rules import promise_price, rules_for
from application.kernel.actor import Actor, Role
from application.kernel.command import admin, command, seats, system
from application.kernel.eligibility import admit
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.booking.seating import Seating
from domain.booking.waiting_list import NotWaiting
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.kernel.text import clean
from domain.people.person import Person
from domain.programme.price import PriceList
from domain.programme.season import Season


@dataclass(frozen=True)
class JoinWaitingList:
    """Wait for that many seats together, for oneself or (an admin) for somebody."""

    season_id: SeasonId
    seats: int
    person_id: PersonId | None = None


@dataclass(frozen=True)
class LeaveWaitingList:
    """Wait no longer."""

    season_id: SeasonId
    place_id: UUID


@dataclass(frozen=True)
class MoveInQueue:
    """To another place in the line, counted from 1, for a reason that is remembered."""

    season_id: SeasonId
    place_id: UUID
    place: int
    reason: str


@dataclass(frozen=True)
class WaitingPlace:
    """A place on the list, counted from 1."""

    season_id: SeasonId
    place_id: UUID
    place: int


class WaitingPlaces(Protocol):
    """Tells on which waiting lists somebody stands, as of an event that has been projected already."""

    def waiting_of(self, person_id: PersonId) -> Iterable[tuple[SeasonId, UUID]]:
        """The season and the place on its list, for each."""


def stand_in_line(
    work: UnitOfWork,
    season: Season,
    person_id: PersonId,
    seats_together: int,
    asked: tuple[PriceList, datetime] | None = None,
) -> WaitingPlace:
    """Join at the end, at the price that the rules promise (S23). Raises AlreadyWaiting, SeatsFree.

    `asked`: the prices that they asked for a seat at, and when, which are promised; None: those of now.
    """
    place_id, rules = work.new_id(), rules_for(work, season)
    seating = load_for(work, Seating, seating_of(season.season_id))
    seating.lapse(work.now)
    place = seating.join_queue(place_id, person_id, seats_together)
    promise_price(work, season, place_id, rules.price, asked)
    return WaitingPlace(season.season_id, place_id, place)


def _whom(actor: Actor, command: JoinWaitingList) -> PersonId:
    if command.person_id is not None and not actor.is_person(command.person_id):
        actor.must_be(organiser_of(actor), Role.ADMIN)
        return command.person_id
    if actor.person_id is None:
        raise NotAllowed(needs="member")
    return actor.person_id


class WaitingLists(UseCases):
    """Join and leave."""

    @command(by=_whom, serial=seats)
    def join(self, work: UnitOfWork, command: JoinWaitingList) -> WaitingPlace:
        """Join at the end. Raises NotAdmitted, BookingNotOpen."""
        person_id = _whom(work.actor, command)
        season = load_for(work, Season, command.season_id)
        season.must_take_bookings(work.now)
        admit(work, season, person_id)
        who = load_for(work, Person, person_id).person_id
        return stand_in_line(work, season, who, command.seats)

    @command(serial=seats)
    def leave(self, work: UnitOfWork, command: LeaveWaitingList) -> WaitingPlace:
        """Leave it. Raises NotWaiting, also for another's place."""
        seating = load_for(work, Seating, seating_of(command.season_id))
        mine = [waiting for waiting, person, _ in seating.queue if work.actor.is_person(person)]
        if command.place_id not in mine and not work.actor.has(seating.organiser_id, Role.ADMIN):
            raise NotWaiting
        seating.leave_queue(command.place_id)
        return WaitingPlace(command.season_id, command.place_id, 0)

    @command(by=admin, serial=seats)
    def move(self, work: UnitOfWork, command: MoveInQueue) -> WaitingPlace:
        """Let somebody stand elsewhere in the line, with the reason. Raises NotWaiting, BadValue."""
        seating = load_for(work, Seating, seating_of(command.season_id))
        seating.lapse(work.now)
        person_id = next((person for place_id, person, _ in seating.queue if place_id == command.place_id), None)
        if person_id is None:
            raise NotWaiting
        reason = work.encrypt(person_id, "reason", clean("reason", command.reason, 500))
        seating.move_in_queue(command.place_id, command.place, reason)
        return WaitingPlace(command.season_id, command.place_id, command.place)

    @command(by=system, serial=seats)
    def leave_erased(self, work: UnitOfWork, command: LeaveWaitingList) -> WaitingPlace:
        """The place of somebody who has been erased is given up, once; a place that is left already stays so."""
        seating = load_for(work, Seating, seating_of(command.season_id))
        if command.place_id in [place_id for place_id, _, _ in seating.queue]:
            seating.leave_queue(command.place_id)
        return WaitingPlace(command.season_id, command.place_id, 0)
