"""Whom somebody is now who shows a key from before a merging."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from application.kernel.actor import SYSTEM, Actor
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import find_person
from domain.kernel.ids import PersonId

REMEMBERED, MOST_REMEMBERED = timedelta(seconds=5), 10_000
"""How long, and of how many people, a process trusts what it has read about who is who."""


class Selves:
    """Whom somebody is who shows a key from before a merging; a process trusts what it has read for a while."""

    def __init__(self, decisions: Decisions, clock: Clock) -> None:
        self._decisions, self._clock = decisions, clock
        self._known: dict[PersonId, tuple[PersonId, frozenset[PersonId], datetime]] = {}

    def as_one(self, actor: Actor) -> Actor:
        """The actor as the person that their entry leads to."""
        if actor.person_id is None:
            return actor
        now, known = self._clock.now(), self._known.get(actor.person_id)
        if known is None or not known[2] <= now < known[2] + REMEMBERED:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            known = self._known[actor.person_id] = (*self._look(actor.person_id), now)
        return replace(actor, person_id=known[0], also=known[1])

    def _look(self, person_id: PersonId) -> tuple[PersonId, frozenset[PersonId]]:
        def look(work: UnitOfWork) -> tuple[PersonId, frozenset[PersonId]]:
            person = find_person(work, person_id)
            return (person_id, frozenset()) if person is None else (person.person_id, person.ids)

        return self._decisions.dry_run(SYSTEM, look)
