"""An answer: how one person grades the theme of one meeting, sealed under their key.

One for each meeting and person, so that a room that answers at once does not queue, and fourteen of twenty is true.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import MeetingId, OrganisationId, OrganiserId, PersonId, SeasonId, answer_of
from domain.kernel.personal import Encrypted


class AnsweredAlready(RuleBroken):
    """Somebody has answered who was better known than by a ticket; a ticket does not change that."""


class Answer(Aggregate):
    """One person in one round. `grades`: each column's, sealed. `organisation_id`: for whom they sat there.

    `first`: as they answered first, which is what the room sees while the round is open. `is_by_ticket`: nothing but
    the code on a ticket said who it was.
    """

    class Given(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId
        person_id: PersonId
        organisation_id: OrganisationId | None
        grades: Encrypted
        is_by_ticket: bool
        given_at: datetime

    class Changed(Change):
        grades: Encrypted
        is_by_ticket: bool

    @staticmethod
    def create_id(meeting_id: MeetingId, person_id: PersonId) -> UUID:
        """One for each meeting and person."""
        return answer_of(meeting_id, person_id)

    @event(Given)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        meeting_id: MeetingId,
        person_id: PersonId,
        organisation_id: OrganisationId | None,
        grades: Encrypted,
        is_by_ticket: bool,
        given_at: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.person_id, self.organisation_id = person_id, organisation_id
        self.grades, self.first, self.is_by_ticket = grades, grades, is_by_ticket
        self.given_at = given_at

    def change(self, grades: Encrypted, *, is_by_ticket: bool) -> None:
        """They think otherwise now. Raises AnsweredAlready."""
        if is_by_ticket and not self.is_by_ticket:
            raise AnsweredAlready
        self.record(Answer.Changed(grades=grades, is_by_ticket=is_by_ticket))
