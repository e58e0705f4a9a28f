"""What use cases share: one way to record a decision, and one way to reach an aggregate, which asks whose it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.ports import A, CommandContext, Committed, Decisions, R, UniqueKeyTaken, UnitOfWork
from application.kernel.seen import ChangedSinceShown
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.terms import day_in
from domain.people.organiser import Organiser
from domain.people.person import Person

C = TypeVar("C")
Needs = tuple[tuple[type[Aggregate], UUID], ...]


class UseCases:
    """The use cases of one noun. Each method takes the actor and a command, and returns what was recorded."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions

    def _record(
        self,
        actor: Actor,
        command: object,
        answer: type[R],
        decision: Callable[[UnitOfWork], R],
        key: str | None = None,
        serial: tuple[UUID, ...] = (),
        needs: Needs = (),
    ) -> Committed[R]:
        decision = _resting_on_what_was_seen(decision)
        order = CommandContext(actor=actor, key=key, content=repr(command), serial=serial, needs=needs)
        try:
            return self._decisions.execute(order, answer, decision)
        except UniqueKeyTaken:  # by somebody at the same moment: decided anew, the decision may find them
            return self._decisions.execute(order, answer, decision)


def _resting_on_what_was_seen(decision: Callable[[UnitOfWork], R]) -> Callable[[UnitOfWork], R]:
    """The decision, refused where things do not stand as its actor saw them (S26); a refusal of its own says more."""

    def decide(work: UnitOfWork) -> R:
        seen = work.actor.seen
        holds = seen is None or seen.holds(work)
        answer = decision(work)
        if not holds:
            raise ChangedSinceShown
        return answer

    return decide


def load_for(work: UnitOfWork, kind: type[A], aggregate_id: UUID) -> A:
    """An aggregate of the actor's own organiser. Raises NotFound for another's, as if it were not there.

    Of a person who has been merged into another it is that other one. Who came by a link reaches no other booking.
    """
    aggregate = work.load(kind, aggregate_id)
    while isinstance(aggregate, Person) and aggregate.merged_into is not None:
        aggregate = work.load(kind, aggregate.merged_into)
    owner = getattr(aggregate, "organiser_id", None)
    is_reached = work.actor.reaches(getattr(aggregate, "booking_id", None))
    if not work.actor.is_system and (owner != work.actor.organiser_id or not is_reached):
        raise NotFound(what=kind.__name__.lower())
    return aggregate


def organiser_of(actor: Actor) -> OrganiserId:
    """The organiser the actor acts for. Raises NotFound when it acts for none."""
    if actor.organiser_id is None:
        raise NotFound(what="organiser")
    return actor.organiser_id


def admin_of(actor: Actor) -> OrganiserId:
    """The organiser, provided that the actor is admin there. Raises NotAllowed."""
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.ADMIN)
    return organiser


def today_of(work: UnitOfWork, organiser: OrganiserId) -> date:
    """The local day of an organiser."""
    return day_in(work.now, work.load(Organiser, organiser).zone)


def must_be_self_or_admin(actor: Actor, person_id: PersonId) -> None:
    """Raises NotAllowed unless somebody asks for themselves, or an admin for anyone."""
    if not actor.is_person(person_id) and not actor.has(organiser_of(actor), Role.ADMIN):
        raise NotAllowed(needs="admin")


def find_person(work: UnitOfWork, person_id: UUID | None) -> Person | None:
    """A person by whichever of their ids; None where there is none."""
    person = work.find(Person, person_id) if person_id is not None else None
    while person is not None and person.merged_into is not None:
        person = work.find(Person, person.merged_into)
    return person
