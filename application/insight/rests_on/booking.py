"""What acts about seats rest on: a booking's, those asked about at the desk, waited for, kept and taken part from."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from application.insight.rests_on.facts import facts
from application.insight.rests_on.season import is_on, meeting
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for, organiser_of
from domain.attendance.participation import Participation, participation_of
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.ids import (
    MeetingId,
    PersonId,
    SeasonId,
    first_refusal_of,
    seating_of,
    waiting_rules_of,
)
from domain.people.person import Person
from domain.programme.season import Season


@facts
def seats(work: UnitOfWork, booking_id: UUID, numbers: Collection[int] = ()) -> object:
    """Seats of a booking (none named: all it holds): who sits in each, what it is charged, and whether all is on."""
    booking = load_for(work, Booking, booking_id)
    about = [booking.seats.get(no) for no in sorted(set(numbers))] if numbers else booking.held
    charged = [booking.charges.of_seat(seat.no) for seat in about if seat is not None]
    return booking_id, about, charged, booking.ended_for, is_on(work.load(Season, booking.season_id))


@facts
def case(work: UnitOfWork, case_id: UUID) -> object:
    """A case at the desk, with the seats it is about; what it gives back is `shown` beside it."""
    kind: type[Transfer | Cancellation] = Transfer if work.find(Transfer, case_id) else Cancellation
    about = load_for(work, kind, case_id)
    numbers = about.seats if isinstance(about, Cancellation) else (about.seat,)
    return case_id, about.version, seats(about.booking_id, numbers)(work)


@facts
def taking_part(work: UnitOfWork, booking_id: UUID, meeting_id: UUID) -> object:
    """How those who sit in a booking take part in a meeting, and who they are."""
    booking = load_for(work, Booking, booking_id)
    answers = work.find(Participation, participation_of(booking.season_id, MeetingId(meeting_id)))
    theirs = [(at, said) for at, said in answers.answers.items() if at.booking_id == booking_id] if answers else []
    return seats(booking_id)(work), meeting(booking.season_id, meeting_id)(work), theirs


@facts
def place_in_line(work: UnitOfWork, season_id: UUID, place_id: UUID) -> object:
    """A place on a waiting list: who stands there, for how many, and where they work."""
    queue = load_for(work, Seating, seating_of(SeasonId(season_id))).queue
    found = next((each for each in queue if each[0] == place_id), None)
    return found, found and load_for(work, Person, found[1]).employments


@facts
def waiting_rules(work: UnitOfWork, season_id: UUID | None = None) -> object:
    """How waiting lists move: the organiser's rules, or a season's own."""
    found = work.find(WaitingRules, waiting_rules_of(season_id or organiser_of(work.actor)))
    return found and found.version


@facts
def kept_seat(work: UnitOfWork, season_id: UUID, person_id: UUID) -> object:
    """A seat that is kept for somebody who may choose first."""
    found = work.find(FirstRefusal, first_refusal_of(SeasonId(season_id), PersonId(person_id)))
    return found and (found.status, found.until)


@facts
def holders(work: UnitOfWork, *season_ids: UUID) -> object:
    """How the seats of seasons are given out: taken, held, waited for, and that the seasons are on."""
    found = []
    for season_id in season_ids:
        seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
        found.append((season_id, seating.version, is_on(load_for(work, Season, season_id))))
    return found
