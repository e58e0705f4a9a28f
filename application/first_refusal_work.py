"""What follows from first refusals: letters to those who have one, seats free again when its day has passed."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from application.actor import SYSTEM
from application.first_refusal import FirstRefusals
from application.letters import Letter, Letters
from application.ports import Clock, Decisions, Work
from application.reading.first_refusal import FirstRefusalModel
from domain.errors import PlatsError
from domain.first_refusal import FirstRefusal
from domain.ids import OrganiserId, PersonId, SeasonId
from domain.person import Person
from domain.season import Season

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FirstRefusalReactions:
    """`application.policies.Reaction`: a letter once the season can be booked; nothing is kept for who is erased."""

    decisions: Decisions
    refusals: FirstRefusals
    model: FirstRefusalModel
    letters: Letters
    clock: Clock

    def react(self, event: object) -> None:
        """Write to whom an event concerns, or free their seats."""
        match event:
            case FirstRefusal.Offered():
                season = self._season(SeasonId(event.season_id))
                if season.is_open:
                    self._tell(season, event.person_id, event.until_on.isoformat())
            case Season.BookingOpened():
                self._tell_all(self._season(SeasonId(event.originator_id)))
            case Person.Erased():
                person_id = PersonId(event.originator_id)
                for season_id in self.model.seasons_kept_for(person_id):
                    self.refusals.decline_erased(season_id, person_id)
            case _:
                pass

    def _season(self, season_id: SeasonId) -> Season:
        def look(work: Work) -> Season:
            return work.load(Season, season_id)

        return self.decisions.look(SYSTEM, look)

    def _tell_all(self, season: Season) -> None:
        for row in self.model.of_season(season.organiser_id, season.season_id, self.clock.now()):
            if row.state == "offered":
                self._tell(season, row.person_id, row.until_on.isoformat())

    def _tell(self, season: Season, person_id: PersonId, until_on: str) -> None:
        facts = {"season": season.title, "until": until_on, "path": f"/seasons/{season.season_id}"}
        key = f"first_refusal/{season.season_id}/{person_id}"
        organiser: OrganiserId = season.organiser_id
        self.letters.post(Letter(key, organiser, "first_refusal", person_id, facts=facts))


class FirstRefusalErrand:
    """An errand of the leader: first refusals whose day has passed, each once while the read models come after."""

    def __init__(self, refusals: FirstRefusals, model: FirstRefusalModel, clock: Clock) -> None:
        self._refusals, self._model, self._clock = refusals, model, clock
        self._done: set[tuple[SeasonId, PersonId]] = set()

    def turn(self) -> bool:
        """End those that are due; False when none is. Who books or waits meanwhile finds their seats free anyway."""
        due = self._model.due(self._clock.now())
        self._done &= set(due)
        over = [each for each in due if each not in self._done]
        for season_id, person_id in over:
            self._done.add((season_id, person_id))
            try:
                self._refusals.lapse(season_id, person_id)
            except PlatsError as error:  # whoever books or waits frees the seat too
                _log.warning("a first refusal in %s was not ended: %r", season_id, error)
        return bool(over)
