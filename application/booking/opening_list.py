"""Who is told, once, when booking opens: of a season that has not opened yet, or of a network's next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.command import by_system, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, admin_of, find_person, load_for
from domain.booking.opening_list import BookingIsOpen, OpeningList, opening_list_of
from domain.kernel.errors import NotFound
from domain.kernel.ids import NetworkId, PersonId, SeasonId
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.season import Season
from domain.programme.season_opening import BookingNotOpen, Visibility


@dataclass(frozen=True)
class OpeningOf:
    """Of which season (or, once that has opened, of which next one in its network), or of which network's next."""

    network_id: NetworkId | None = None
    season_id: SeasonId | None = None


@dataclass(frozen=True)
class JoinOpeningList(OpeningOf):
    """Somebody who has signed in wants one letter when booking opens."""


@dataclass(frozen=True)
class LeaveOpeningList(OpeningOf):
    """They do not want it after all."""


@dataclass(frozen=True)
class OpeningListRef:
    """Which list: of a season, or (`season_id` None) of a network. `is_waiting`: whether they stand on it now."""

    network_id: NetworkId
    season_id: SeasonId | None
    is_waiting: bool


@dataclass(frozen=True)
class OpeningRow:
    """What somebody waits to be told of: the next season of a network, or one season (`season_id`)."""

    list_id: UUID
    network_id: UUID
    network: str
    season_id: UUID | None
    season: str | None
    joined_at: datetime


@dataclass(frozen=True)
class OpeningsWaiting:
    """How many wait to be told, for staff."""

    waiting: int


class OpeningsModel(Protocol):
    """Who stands on which lists."""

    def openings_of(self, person_id: PersonId) -> tuple[OpeningRow, ...]:
        """Those on which somebody stands, by whichever id; oldest first."""


class OpeningLists(UseCases):
    """Join, leave, and tell everybody once."""

    @command
    def join(self, work: UnitOfWork, command: JoinOpeningList) -> OpeningListRef:
        """Be told once. Raises NotFound, NetworkClosed, SeasonCalledOff, BookingIsOpen."""
        return stand_on_list(work, list_wanted(work, command), _oneself(work))

    @command
    def leave(self, work: UnitOfWork, command: LeaveOpeningList) -> OpeningListRef:
        """Not be told; who is on no list changes nothing. Raises NotFound."""
        network_id, season_id = _about(work, command)
        person, own = _oneself(work), OpeningListRef(network_id, season_id, is_waiting=False)
        for each in {opening_list_of(network_id, season_id), opening_list_of(network_id)}:
            found = work.find(OpeningList, each)
            if found is not None:
                found.leave(person.ids)
        return own

    @dry_run
    def stands(self, work: UnitOfWork, command: OpeningOf) -> bool:
        """Whether the actor will be told. Raises NotFound."""
        network_id, season_id = _about(work, command)
        person = find_person(work, work.actor.person_id)
        lists = (work.find(OpeningList, opening_list_of(network_id, each)) for each in {season_id, None})
        return person is not None and any(each is not None and each.holds(person.ids) for each in lists)

    @dry_run
    def waiting(self, work: UnitOfWork, command: OpeningOf) -> OpeningsWaiting:
        """How many will be told when that season opens, or the network's next. Raises NotAllowed unless admin."""
        admin_of(work.actor)
        network_id, season_id = _about(work, command)
        found = work.find(OpeningList, opening_list_of(network_id, season_id))
        return OpeningsWaiting(len(found.people) if found is not None else 0)

    @by_system
    def tell(self, work: UnitOfWork, season_id: SeasonId, *, is_new: bool) -> None:
        """Booking is open and the page is there: everybody who asked is told, once.

        `is_new`: it was not open, or not shown, before; for the network's list it is the next season.
        """
        season = work.load(Season, season_id)
        if not season.is_open or season.called_off_for or season.visibility is Visibility.DRAFT:
            return
        is_next = is_new and season.visibility is Visibility.PUBLIC
        for about in (season_id, None) if is_next else (season_id,):
            found = work.find(OpeningList, opening_list_of(season.network_id, about))
            if found is not None:
                found.tell(season_id, work.now)

    @by_system
    def leave_all(self, work: UnitOfWork, person_id: PersonId, lists: Iterable[UUID]) -> None:
        """Somebody erased, or who wants no such letters, is told of nothing."""
        person = find_person(work, person_id)
        ids = person.ids if person is not None else frozenset((person_id,))
        for each in lists:
            work.load(OpeningList, each).leave({*ids, person_id})


class OpeningQuestions:
    """What somebody waits to be told of, for themselves."""

    def __init__(self, model: OpeningsModel) -> None:
        self._model = model

    def mine(self, actor: Actor) -> tuple[OpeningRow, ...]:
        """Nothing, for somebody who is no person here."""
        return self._model.openings_of(actor.person_id) if actor.person_id is not None else ()


def list_wanted(work: UnitOfWork, command: OpeningOf) -> tuple[NetworkId, SeasonId | None]:
    """The list on which somebody would stand. Raises NotFound, NetworkClosed, SeasonCalledOff, BookingIsOpen."""
    network_id, season_id = _about(work, command)
    season = load_for(work, Season, season_id) if season_id is not None else None
    if season is None:
        load_for(work, Network, network_id).must_be_open()
        return network_id, None
    try:
        season.must_take_bookings(work.now)
    except BookingNotOpen:
        if not season.has_opened:
            return network_id, season_id
        load_for(work, Network, network_id).must_be_open()
        return network_id, None
    raise BookingIsOpen


def stand_on_list(work: UnitOfWork, where: tuple[NetworkId, SeasonId | None], person: Person) -> OpeningListRef:
    """Somebody is told from now on, once."""
    network_id, season_id = where
    person.must_exist()
    found = work.find(OpeningList, opening_list_of(network_id, season_id))
    if found is None:
        found = OpeningList(organiser_id=person.organiser_id, network_id=network_id, season_id=season_id)
        work.add(found)
    found.join(person.person_id, person.ids, work.now)
    return OpeningListRef(network_id, season_id, is_waiting=True)


def _about(work: UnitOfWork, command: OpeningOf) -> tuple[NetworkId, SeasonId | None]:
    """The network, and the season where it is about one. Raises NotFound, also for a draft."""
    if command.season_id is not None:
        season = load_for(work, Season, command.season_id)
        if not work.actor.has(season.organiser_id, Role.ADMIN):
            season.must_be_there()
        return season.network_id, season.season_id
    if command.network_id is None:
        raise NotFound(what="network")
    return load_for(work, Network, command.network_id).network_id, None


def _oneself(work: UnitOfWork) -> Person:
    if work.actor.person_id is None:
        raise NotFound(what="person")
    return load_for(work, Person, work.actor.person_id)
