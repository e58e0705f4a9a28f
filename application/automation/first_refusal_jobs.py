"""What follows from first refusals: seats free again when the day has passed, or the person has been erased."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from application.booking.first_refusal import FirstRefusals
from application.booking.queries.first_refusal import FirstRefusalsKept
from application.kernel.ports import Clock
from domain.kernel.errors import PlatsError
from domain.kernel.ids import PersonId, SeasonId
from domain.people.person import Person

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FirstRefusalReactions:
    """`application.automation.policies.Reaction`: nothing is kept for somebody erased."""

    refusals: FirstRefusals
    kept: FirstRefusalsKept

    def react(self, event: object) -> None:
        """Free the seats of whom an event concerns."""
        match event:
            case Person.Erased():
                person_id = PersonId(event.originator_id)
                for season_id in self.kept.seasons_kept_for(person_id):
                    self.refusals.decline_erased(season_id, person_id)
            case _:
                pass


class FirstRefusalErrand:
    """An errand of the leader: first refusals whose day has passed, each once while the read models come after."""

    def __init__(self, refusals: FirstRefusals, kept: FirstRefusalsKept, clock: Clock) -> None:
        self._refusals, self._kept, self._clock = refusals, kept, clock
        self._done: set[tuple[SeasonId, PersonId]] = set()

    def turn(self) -> bool:
        """End those that are due; False when none is. Who books or waits meanwhile finds their seats free anyway."""
        due = self._kept.due(self._clock.now())
        self._done &= set(due)
        over = [each for each in due if each not in self._done]
        for season_id, person_id in over:
            self._done.add((season_id, person_id))
            try:
                self._refusals.lapse(season_id, person_id)
            except PlatsError as error:  # whoever books or waits frees the seat too
                _log.warning("a first refusal in %s was not ended: %r", season_id, error)
        return bool(over)
