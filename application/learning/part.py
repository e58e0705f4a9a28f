"""Who has a part in a season's learning: those who guide it, and those who sit there now."""

from __future__ import annotations

from dataclasses import dataclass

from application.attendance.door import keeps_doors
from application.booking.seat import seat_claim
from application.kernel.actor import Actor
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person, load_for
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import MeetingId, OrganisationId, PersonId, SeasonId, learning_of
from domain.learning.learning import Learning, usual_learning
from domain.people.person import Person
from domain.programme.season import Season


@dataclass(frozen=True)
class LearningRef:
    """Which season it was about."""

    season_id: SeasonId
    meeting_id: MeetingId | None = None


@dataclass(frozen=True)
class Part:
    """Somebody who sits in a season, and for whom."""

    season: Season
    person: Person
    organisation_id: OrganisationId | None

    @property
    def person_id(self) -> PersonId:
        """Who."""
        return self.person.person_id


def guides(actor: Actor, season: Season) -> bool:
    """Whether somebody guides a season: its leaders, and admins. Finance does not."""
    return keeps_doors(actor, season)


def guided(work: UnitOfWork, season_id: SeasonId) -> Season:
    """The season, for whoever guides it. Raises NotAllowed, NotFound."""
    season = load_for(work, Season, season_id)
    if not guides(work.actor, season):
        raise NotAllowed(needs="admin")
    return season


def taking_part(work: UnitOfWork, season_id: SeasonId, person_id: PersonId | None = None) -> Part:
    """Who acts (or the person given) as a participant who sits there now. Raises NotFound for everybody else.

    Who came by the link of a booking has the part that this booking gives.
    """
    season = load_for(work, Season, season_id)
    person = find_person(work, person_id or work.actor.person_id)
    seat = None if person is None or person.is_erased else _seat_of(work, season, person)
    if person is None or seat is None:
        raise NotFound(what="season")
    return Part(season, person, seat.organisation_id)


def reads(work: UnitOfWork, season_id: SeasonId) -> Part | None:
    """The reader's part in a season; None for who guides it without one. Raises NotFound for everybody else."""
    season = load_for(work, Season, season_id)
    try:
        return taking_part(work, season_id)
    except NotFound:
        if guides(work.actor, season):
            return None
        raise


def record_of(work: UnitOfWork, season: Season) -> Learning:
    """The learning record of a season, as it is or as it usually begins."""
    learning = work.find(Learning, learning_of(season.season_id))
    if learning is None:
        learning = usual_learning(season.organiser_id, season.season_id)
        work.add(learning)
    return learning


def _seat_of(work: UnitOfWork, season: Season, person: Person) -> Seat | None:
    booking_id = work.unique_key_owner("seat", seat_claim(season.season_id, person.person_id))
    if booking_id is None or not work.actor.reaches(booking_id):
        return None
    booking = work.find(Booking, booking_id)
    held = booking.held if booking is not None else ()
    return next((each for each in held if each.person_id in person.ids), None)
