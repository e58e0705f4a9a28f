"""Whose turn it is: free seats go to those who wait, but never to somebody who may not sit there any longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import UUID

from application.kernel.eligibility import admit
from application.kernel.ports import UnitOfWork
from domain.booking.seat import Seat
from domain.booking.seating import Seating, SeatsPromised
from domain.kernel.eligibility import MembershipFull
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.people.admission import AdmissionToDecide, NotAdmitted
from domain.people.person import PersonErased
from domain.programme.season import Season


def in_turn(work: UnitOfWork, season: Season, seating: Seating, act: Callable[[], None]) -> None:
    """Take or hold seats; lapsed holds are free, and whoever has lost the right to join the season waits no longer.

    Raises what `act` raises; SeatsPromised only for those who may still take the seats.
    """
    seating.lapse(work.now)
    try:
        act()
    except SeatsPromised:
        gone = [place_id for place_id, person, _ in seating.queue if not _may_sit(work, season, PersonId(person))]
        if not gone:
            raise
        for place_id in gone:
            seating.leave_queue(place_id)
        act()


def turn_of(work: UnitOfWork, season_id: SeasonId, seats: Iterable[Seat]) -> UUID | None:
    """The place on the waiting list of somebody who is to sit there, if one of them waits."""
    named = (seat.person_id for seat in seats if seat.person_id is not None)
    return work.load(Seating, seating_of(season_id)).place_of(*named)


def _may_sit(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    with suppress(AdmissionToDecide):
        try:
            admit(work, season, person_id)
        except (NotAdmitted, MembershipFull, PersonErased):
            return False
    return True
