"""A safeguard: what an organiser asks for before bank details or staff change, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import OrganiserId, PersonId, derived
from domain.kernel.text import clean

MOST_WAITING = 50
AFTER_DISMISSAL = timedelta(days=7)
"""For so long whoever has dismissed another does not decide alone: else one would dismiss the other first."""


class Guard(StrEnum):
    """What is asked before somebody changes where money goes, or who may."""

    NONE = "none"
    REAUTHENTICATION = "reauthentication"
    """Signing in anew by passkey or provider, just before."""
    SECOND_PERSON = "second_person"
    """Somebody else of the staff approves; where there is nobody else, one person decides alone."""


class SignInAgain(RuleBroken):
    """This needs signing in with a passkey or at the provider within the last minutes (`minutes`)."""


class JustDismissed(RuleBroken):
    """Whoever has dismissed somebody else of the staff does not decide alone for a week (`until`)."""


class NotAPerson(RuleBroken):
    """A second person is a person of the staff; a program, or a role of one session, is not."""


class OwnProposal(RuleBroken):
    """Whoever proposed a change, or gains by it, does not approve it."""


class TooManyProposals(RuleBroken):
    """So many changes wait already (`most`): decide some of them first."""


@dataclass(frozen=True)
class Sensitive:
    """A change of where money goes or who may: new payment details, a role for a person, or another guard."""

    address: str = ""
    bankgiro: str = ""
    payment_days: int = 0
    person_id: PersonId | None = None
    role: str = ""
    guard: str = ""
    plusgiro: str = ""
    iban: str = ""
    bic: str = ""

    @property
    def kind(self) -> str:
        """Which of them: "role", "guard" or "payment_details"."""
        return "role" if self.role else "guard" if self.guard else "payment_details"


@dataclass(frozen=True)
class Proposal:
    """A sensitive change that waits, by whom (None: a program of whoever runs the installation) and since when."""

    proposal_id: UUID
    change: Sensitive
    proposed_by: PersonId | None
    proposed_at: datetime


class Safeguard(Aggregate):
    """One for each organiser."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId

    class GuardChosen(Aggregate.Event):
        guard: str
        chosen_by: PersonId | None

        def apply(self, safeguard: Safeguard) -> None:
            safeguard.guard = Guard(self.guard)

    class ChangeProposed(Aggregate.Event):
        proposal_id: UUID
        change: Sensitive
        proposed_by: PersonId | None
        proposed_at: datetime

        def apply(self, safeguard: Safeguard) -> None:
            safeguard.waiting[self.proposal_id] = Proposal(
                self.proposal_id, self.change, self.proposed_by, self.proposed_at
            )

    class ChangeApproved(Aggregate.Event):
        proposal_id: UUID
        approved_by: PersonId

        def apply(self, safeguard: Safeguard) -> None:
            del safeguard.waiting[self.proposal_id]

    class ChangeDeclined(Aggregate.Event):
        proposal_id: UUID
        declined_by: PersonId

        def apply(self, safeguard: Safeguard) -> None:
            del safeguard.waiting[self.proposal_id]

    class ChangeWithdrawn(Aggregate.Event):
        proposal_id: UUID

        def apply(self, safeguard: Safeguard) -> None:
            del safeguard.waiting[self.proposal_id]

    @staticmethod
    def create_id(organiser_id: OrganiserId) -> UUID:
        """The one safeguard of an organiser."""
        return derived(organiser_id, "safeguard")

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId) -> None:
        self.organiser_id = organiser_id
        self.guard = Guard.SECOND_PERSON
        self.waiting: dict[UUID, Proposal] = {}

    def choose(self, guard: str, by: PersonId | None) -> None:
        """Ask for something else from now on. Raises BadValue."""
        if guard not in set(Guard):
            raise BadValue(field="guard", why=" or ".join(Guard))
        if guard != self.guard:
            self.record(Safeguard.GuardChosen(guard=guard, chosen_by=by))

    def needs_second_person(self, by: PersonId | None, change: Sensitive, staff: Collection[PersonId]) -> bool:
        """Whether a change waits for somebody else: the guard asks for it, and there is somebody who may approve."""
        others = set(staff) - {by, change.person_id}
        return self.guard is Guard.SECOND_PERSON and bool(others)

    def must_decide_alone(self, dismissed_at: datetime | None, now: datetime) -> None:
        """Raises JustDismissed for whoever has dismissed somebody just before; where a second person is asked for."""
        if self.guard is Guard.SECOND_PERSON and dismissed_at is not None and now < dismissed_at + AFTER_DISMISSAL:
            raise JustDismissed(until=dismissed_at + AFTER_DISMISSAL)

    def must_be_fresh(self, *, is_fresh: bool, minutes: int) -> None:
        """Raises SignInAgain where the guard asks for it and it was not done just before."""
        if self.guard is Guard.REAUTHENTICATION and not is_fresh:
            raise SignInAgain(minutes=minutes)

    def propose(self, proposal_id: UUID, change: Sensitive, by: PersonId | None, at: datetime) -> None:
        """Let a change wait for a second person. The same change waits once. Raises TooManyProposals, BadValue."""
        if any(each.change == change and each.proposed_by == by for each in self.waiting.values()):
            return
        if len(self.waiting) >= MOST_WAITING:
            raise TooManyProposals(most=MOST_WAITING)
        clean("address", change.address, 500, may_be_empty=True)
        self.record(Safeguard.ChangeProposed(proposal_id=proposal_id, change=change, proposed_by=by, proposed_at=at))

    def approve(self, proposal_id: UUID, by: PersonId, also: Collection[PersonId] = ()) -> Sensitive:
        """The change, which is to be carried out now. `also`: by which other ids whoever approves goes.

        Raises OwnProposal, NotFound.
        """
        proposal = self._waits(proposal_id)
        if {by, *also} & {proposal.proposed_by, proposal.change.person_id}:
            raise OwnProposal
        self.record(Safeguard.ChangeApproved(proposal_id=proposal_id, approved_by=by))
        return proposal.change

    def decline(self, proposal_id: UUID, by: PersonId) -> None:
        """It is not carried out. Raises NotFound."""
        self._waits(proposal_id)
        self.record(Safeguard.ChangeDeclined(proposal_id=proposal_id, declined_by=by))

    def withdraw(self, proposal_id: UUID, by: PersonId | None) -> None:
        """Whoever proposed it has thought better of it. Raises NotFound, also for another's."""
        if self._waits(proposal_id).proposed_by != by:
            raise NotFound(what="proposal")
        self.record(Safeguard.ChangeWithdrawn(proposal_id=proposal_id))

    def _waits(self, proposal_id: UUID) -> Proposal:
        if proposal_id not in self.waiting:
            raise NotFound(what="proposal")
        return self.waiting[proposal_id]
