"""Pleas and proposals about seats that have changed since: closed, so that nothing is done by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from application.kernel.command import by_system
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.transfer import Transfer
from domain.people.person import Person
from domain.programme.season import Season


class WaitingCases(Protocol):
    """Tells which pleas and proposals wait, as of an event that has been projected already."""

    def waiting_about(self, booking_id: UUID) -> Iterable[UUID]:
        """The ids of those about a booking."""

    def offered_to(self, person_id: UUID) -> Iterable[UUID]:
        """The ids of the proposals that somebody takes over a seat."""


class Overtaken(UseCases):
    """Closes what was asked about a seat as it was."""

    @by_system
    def close(self, work: UnitOfWork, case_id: UUID) -> None:
        """Close one case if what it is about is no longer as it was; twice is once."""
        case = work.find(Transfer, case_id) or work.load(Cancellation, case_id)
        why = _overtaken_by(work, case, work.load(Booking, case.booking_id))
        if why:
            case.overtake(why)


def _overtaken_by(work: UnitOfWork, case: Transfer | Cancellation, booking: Booking) -> str:
    if work.load(Season, booking.season_id).called_off_for:
        return "season"
    if not _stands(case, booking):
        return "seat"
    is_gone = isinstance(case, Transfer) and work.load(Person, case.to_person_id).is_erased
    return "person" if is_gone else ""


def _stands(case: Transfer | Cancellation, booking: Booking) -> bool:
    """Whether the seats are as they were when it was asked; of an older case, that they are held still."""
    numbers = (case.seat,) if isinstance(case, Transfer) else case.seats
    then = (case.turn,) if isinstance(case, Transfer) else case.turns
    if then in (None, (None,)):
        is_theirs = not isinstance(case, Transfer) or booking.seats[case.seat].person_id == case.from_person_id
        return is_theirs and all(not booking.seats[no].is_cancelled for no in numbers)
    return then == booking.turns_of(numbers)
