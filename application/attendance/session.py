"""Single sessions of an open programme, chosen together (A6): a seat in each, all of them or none.

Each session is a season; each booking is one of its own, with its own letter, so that one can be given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from application.booking.agreement import SeatsWanted, facts_of, with_turn
from application.booking.booking import BookingMade, booked
from application.booking.seat import refusal_of
from application.kernel.actor import Actor
from application.kernel.command import command, dry_run
from application.kernel.payer import booker_of
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.participant import Participant
from domain.attendance.clash import ClashKind, Engagement, clash_of
from domain.attendance.session import SessionsClash
from domain.kernel.errors import BadValue, NotAllowed, OutcomeChanged
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, seating_of
from domain.programme.season import Season

MOST = 20


@dataclass(frozen=True)
class BookSessions:
    """A seat in each of some seasons for the actor, or (`booked_for`) for whom an admin books; who pays, as ever.

    `shown`: what all of it was shown to cost (öre incl. VAT).
    """

    season_ids: tuple[SeasonId, ...]
    booked_for: PersonId | None = None
    organisation_id: OrganisationId | None = None
    reference: str = ""
    shown: int | None = None


@dataclass(frozen=True)
class SessionsBooked:
    """The bookings, in the order chosen."""

    bookings: tuple[BookingMade, ...]


def _all(_actor: Actor, command: BookSessions) -> tuple[UUID, ...]:
    """Decisions about the seats of each queue."""
    return tuple(sorted({seating_of(each) for each in command.season_ids}))


class Sessions(UseCases):
    """Look whether they go together, and book them."""

    @command(serial=_all, taken=refusal_of)
    def book(self, work: UnitOfWork, command: BookSessions) -> SessionsBooked:
        """All or none. Raises SessionsClash, and what a booking of any of them would raise."""
        return _booked(work, command)

    @dry_run
    def preview(self, work: UnitOfWork, command: BookSessions) -> SessionsBooked:
        """What `book` would come to now. Raises as it does."""
        return _booked(work, command)


def _booked(work: UnitOfWork, command: BookSessions) -> SessionsBooked:
    if not 1 <= len(command.season_ids) <= MOST or len(set(command.season_ids)) < len(command.season_ids):
        raise BadValue(field="sessions", why="1 to 20 different sessions")
    booker = booker_of(work, command.booked_for)
    if booker is None:
        raise NotAllowed(needs="member")
    must_go_together([load_for(work, Season, each) for each in command.season_ids])
    made = tuple(_one(work, command, each, booker) for each in command.season_ids)
    total = sum(each.gross for each in made)
    if command.shown is not None and command.shown != total:
        raise OutcomeChanged(shown=command.shown, now=total)
    return SessionsBooked(made)


def _one(work: UnitOfWork, command: BookSessions, season_id: SeasonId, booker: PersonId) -> BookingMade:
    people = (Participant(booker),)
    wanted = SeatsWanted(season_id, people, command.organisation_id, command.reference)
    facts = with_turn(work, facts_of(work, wanted, booker), None, booker)
    return booked(work, facts, wanted, booker, BookingId(work.new_id()))


def must_go_together(seasons: list[Season]) -> None:
    """Raises SessionsClash where two of them have meetings at the same time."""
    for one, other in combinations(seasons, 2):
        pairs = ((mine, theirs) for mine in _dated(one) for theirs in _dated(other))
        clashes = [clash for mine, theirs in pairs if (clash := clash_of(mine, theirs)) is not None]
        if any(each.kind is ClashKind.AT_ONCE for each in clashes):
            raise SessionsClash(one=one.title, other=other.title)


def _dated(season: Season) -> list[Engagement]:
    ids = season.season_id, season.network_id
    return [
        Engagement(
            *ids, "", season.title, each.meeting_id, each.title, each.time.start_at, each.time.end_at, season.zone
        )
        for each in season.meetings.values()
        if each.time.start_at is not None and each.time.end_at is not None
    ]
