"""A contribution: a text that a participant writes about a season or a meeting, and whether the group may read it.

It is its author's: nobody else changes a word of it. Whoever guides the season shows it as it is, or holds it back and
says why; its author may write it anew, or take it back, also after it was published. `handle` is what everybody but
its author knows it by; it follows from nothing, so that it tells nothing of who wrote.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import MeetingId, OrganiserId, PersonId, SeasonId, contribution_of
from domain.kernel.personal import Encrypted

LONGEST = 1000
"""Characters of a text."""


class Kind(StrEnum):
    """What a text is about."""

    HOPE = "hope"
    FEAR = "fear"
    CHALLENGE = "challenge"
    STRENGTH = "strength"
    TAKE_AWAY = "take_away"

    @property
    def is_before(self) -> bool:
        """Whether it is about a season before it starts, and gathered in themes."""
        return self in (Kind.HOPE, Kind.FEAR)


OF_A_MEETING = tuple(each for each in Kind if not each.is_before)


class State(StrEnum):
    """What has become of a text."""

    WAITING = "waiting"
    SHOWN = "shown"
    HELD_BACK = "held_back"
    WITHDRAWN = "withdrawn"


class NotForTheGroup(RuleBroken):
    """Its author does not let the group read it, or has taken it back."""


class Contribution(Aggregate):
    """One text."""

    class Written(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        meeting_id: MeetingId | None
        person_id: PersonId
        kind: Kind
        handle: UUID
        text: Encrypted
        may_be_shown: bool

    class Rewritten(Aggregate.Event):
        text: Encrypted
        may_be_shown: bool

        def apply(self, this: Contribution) -> None:
            this.text, this.may_be_shown, this.state = self.text, self.may_be_shown, State.WAITING

    class Withdrawn(Aggregate.Event):
        def apply(self, this: Contribution) -> None:
            """It still counts in the theme that it was put under: who takes theirs back is not found by a number."""
            this.state, this.may_be_shown = State.WITHDRAWN, False

    class Shown(Aggregate.Event):
        def apply(self, this: Contribution) -> None:
            this.state = State.SHOWN

    class HeldBack(Aggregate.Event):
        reason: Encrypted

        def apply(self, this: Contribution) -> None:
            this.state = State.HELD_BACK

    class Themed(Change):
        theme_id: UUID | None

    @staticmethod
    def create_id(season_id: SeasonId, meeting_id: MeetingId | None, person_id: PersonId, kind: Kind) -> UUID:
        """One for each kind, person, and meeting (or season)."""
        return contribution_of(meeting_id or season_id, kind.value, person_id)

    @event(Written)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        meeting_id: MeetingId | None,
        person_id: PersonId,
        kind: Kind,
        handle: UUID,
        text: Encrypted,
        may_be_shown: bool,
    ) -> None:
        self.organiser_id, self.season_id, self.meeting_id = organiser_id, season_id, meeting_id
        self.person_id, self.kind, self.handle = person_id, kind, handle
        self.text, self.may_be_shown = text, may_be_shown
        self.state = State.WAITING
        self.theme_id: UUID | None = None

    def rewrite(self, text: Encrypted, *, may_be_shown: bool) -> None:
        """Its author writes it anew, or lets the group read it or not; it is looked at once more before it is shown."""
        self.record(Contribution.Rewritten(text=text, may_be_shown=may_be_shown))

    def withdraw(self) -> None:
        """Its author takes it back; it is read by nobody any longer."""
        if self.state is not State.WITHDRAWN:
            self.record(Contribution.Withdrawn())

    def show(self) -> None:
        """The group may read it as it is. Raises NotForTheGroup."""
        if not self.may_be_shown or self.state is State.WITHDRAWN:
            raise NotForTheGroup
        if self.state is not State.SHOWN:
            self.record(Contribution.Shown())

    def hold_back(self, reason: Encrypted) -> None:
        """The group may not read it (any longer); its author reads why. Raises NotForTheGroup."""
        if self.state is State.WITHDRAWN:
            raise NotForTheGroup
        self.record(Contribution.HeldBack(reason=reason))

    def put_under(self, theme_id: UUID | None) -> None:
        """Under which theme it belongs; None: under none. Raises NotForTheGroup."""
        if self.state is State.WITHDRAWN:
            raise NotForTheGroup
        self.record_change(Contribution.Themed(theme_id=theme_id))
