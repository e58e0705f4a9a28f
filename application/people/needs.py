"""What people need at meetings is health data: it is forgotten when the last season it was told for is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from application.kernel.command import by_system
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import UseCases
from domain.kernel.ids import PersonId
from domain.people.particulars import forget_needs, tell_needs
from domain.people.person import Person

NEEDS = "needs"
NEEDS_KEPT = timedelta(days=30)
"""How long they are kept of somebody who comes to nothing: they may be about to book."""


class NeedsKnown(Protocol):
    """Knows whose needs serve nothing any longer."""

    def needs_over(self, now: datetime, told_before: datetime) -> Iterable[PersonId]:
        """Those who told them before an instant, and sit, lead, speak or wait in no season that is still on."""


def seal_needs(work: UnitOfWork, person: Person, needs: str) -> None:
    """Remember what somebody needs, under a key of its own; what they told before cannot be read any longer."""
    drop_needs(work, person)
    tell_needs(person, work.encrypt(work.new_id(), "needs", needs) if needs else None)


def drop_needs(work: UnitOfWork, person: Person) -> None:
    """Destroy the key to what somebody has told. What was told in earlier versions shares the person's own key."""
    if person.needs is not None and person.needs.subject != person.id:
        work.destroy_key(person.needs.subject)


class Needs(UseCases):
    """Forget."""

    @by_system
    def forget(self, work: UnitOfWork, person_id: PersonId) -> None:
        """Nobody can read any longer what somebody needed; nothing told: nothing happens."""
        person = work.load(Person, person_id)
        drop_needs(work, person)
        forget_needs(person)


def needs_job(decisions: Decisions, known: NeedsKnown, clock: Clock) -> DueJob[PersonId]:
    """Forgets those that are due."""

    def due() -> list[PersonId]:
        now = clock.now()
        return sorted(set(known.needs_over(now, now - NEEDS_KEPT)))

    return DueJob(NEEDS, due, Needs(decisions).forget)
