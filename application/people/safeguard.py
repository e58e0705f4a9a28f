"""Safeguards: where money goes and who may are changed with a second person, or right after signing in surely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.command import admin_of_it, command, dry_run, staff_of_it
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Guard, NotAPerson, Proposal, Safeguard, Sensitive, SignInAgain
from domain.people.selling import Accounts

MINUTES = 10
"""For how long signing in by passkey or provider counts as having been done just before."""

FRESH = timedelta(minutes=MINUTES)

STAFF = (Role.ADMIN, Role.FINANCE)
IsFresh = Callable[[Actor], bool]


@dataclass(frozen=True)
class ChooseGuard:
    """What is asked from now on before somebody changes where money goes, or who may."""

    organiser_id: OrganiserId
    guard: Guard


@dataclass(frozen=True)
class DecideProposal:
    """Which waiting change it is about."""

    organiser_id: OrganiserId
    proposal_id: UUID


@dataclass(frozen=True)
class GuardedRef:
    """Which organiser it was about, and under which id the change waits for a second person (None: it is done)."""

    organiser_id: OrganiserId
    proposal_id: UUID | None = None


@dataclass(frozen=True)
class Guarded:
    """What an organiser asks for, and the changes that wait, oldest first."""

    guard: Guard
    waiting: tuple[Proposal, ...]


class Safeguards(UseCases):
    """Choose the guard; approve, decline and withdraw what waits."""

    def __init__(self, decisions: Decisions, is_fresh: IsFresh = lambda _: False) -> None:
        super().__init__(decisions)
        self._is_fresh = is_fresh

    @command(by=admin_of_it)
    def choose(self, work: UnitOfWork, command: ChooseGuard) -> GuardedRef:
        """Ask for something else, itself under the guard of today. Raises NotAllowed, SignInAgain.

        Whoever chooses signing in anew has done it: else they might not be able to, and lock everybody out.
        """
        organiser = load_for(work, Organiser, command.organiser_id)
        if command.guard is Guard.REAUTHENTICATION:
            must_have_signed_in(work.actor, self._is_fresh)
        if safeguard_of(work, organiser).guard is command.guard:
            return GuardedRef(command.organiser_id)
        change = Sensitive(guard=command.guard)
        return GuardedRef(command.organiser_id, settle(work, organiser, change, self._is_fresh))

    @command
    def approve(self, work: UnitOfWork, command: DecideProposal) -> GuardedRef:
        """Carry out what another has proposed. Raises NotAllowed, OwnProposal, NotFound."""
        organiser, safeguard, me = _loaded(work, command)
        proposal = safeguard.waiting.get(command.proposal_id)
        if proposal is not None:
            roles = _approving(work, organiser, proposal.change, proposal.proposed_by)
            work.actor.must_be(command.organiser_id, *roles)
        safeguard.must_be_fresh(is_fresh=self._is_fresh(work.actor), minutes=MINUTES)
        change = safeguard.approve(command.proposal_id, me.person_id, me.absorbed)
        carry_out(work, organiser, change, me.person_id)
        return GuardedRef(command.organiser_id)

    @command
    def decline(self, work: UnitOfWork, command: DecideProposal) -> GuardedRef:
        """Turn down what another has proposed. Raises NotAllowed, NotFound."""
        _, safeguard, me = _loaded(work, command)
        safeguard.decline(command.proposal_id, me.person_id)
        return GuardedRef(command.organiser_id)

    @command(by=staff_of_it)
    def withdraw(self, work: UnitOfWork, command: DecideProposal) -> GuardedRef:
        """Take one's own proposal back. Raises NotAllowed, NotFound."""
        organiser = load_for(work, Organiser, command.organiser_id)
        safeguard_of(work, organiser).withdraw(command.proposal_id, proposer(work.actor))
        return GuardedRef(command.organiser_id)

    @dry_run
    def look(self, work: UnitOfWork, organiser_id: OrganiserId) -> Guarded:
        """What is asked for, and what waits. Raises NotAllowed unless admin or finance."""
        work.actor.must_be(organiser_id, *STAFF)
        safeguard = safeguard_of(work, load_for(work, Organiser, organiser_id))
        waiting = sorted(safeguard.waiting.values(), key=lambda each: each.proposed_at)
        return Guarded(safeguard.guard, tuple(waiting))


def settle(work: UnitOfWork, organiser: Organiser, change: Sensitive, is_fresh: IsFresh) -> UUID | None:
    """Carry a sensitive change out, or let it wait for a second person: under which id.

    Raises SignInAgain, JustDismissed.
    """
    actor, by = work.actor, proposer(work.actor)
    if not actor.is_system:
        safeguard = safeguard_of(work, organiser)
        approvers = _holders(work, organiser, *_approving(work, organiser, change, by))
        if safeguard.needs_second_person(by, change, approvers):
            proposal_id = work.new_id()
            safeguard.propose(proposal_id, change, by, work.now)
            work.add(safeguard)
            return next(
                each.proposal_id
                for each in safeguard.waiting.values()
                if (each.change, each.proposed_by) == (change, by)
            )
        safeguard.must_decide_alone(organiser.dismissals.get(by) if by is not None else None, work.now)
        safeguard.must_be_fresh(is_fresh=is_fresh(actor), minutes=MINUTES)
    carry_out(work, organiser, change, by)
    return None


def carry_out(work: UnitOfWork, organiser: Organiser, change: Sensitive, by: PersonId | None) -> None:
    """Make a sensitive change. Raises BadValue, NotFound, PersonErased."""
    if change.person_id is not None:
        person = load_for(work, Person, change.person_id)
        person.must_exist()
        organiser.appoint(person.person_id, change.role, by)
    elif change.guard:
        safeguard = safeguard_of(work, organiser)
        safeguard.choose(change.guard, by)
        work.add(safeguard)
    else:
        accounts = Accounts(change.bankgiro, change.plusgiro, change.iban, change.bic)
        organiser.give_payment_details(change.address, accounts, change.payment_days, by)


def safeguard_of(work: UnitOfWork, organiser: Organiser) -> Safeguard:
    """The organiser's safeguard; a new one, to be added once it is used, where there is none."""
    organiser_id = OrganiserId(organiser.id)
    return work.find(Safeguard, Safeguard.create_id(organiser_id)) or Safeguard(organiser_id)


def proposer(actor: Actor) -> PersonId | None:
    """The person who acts: themselves, or through a program whose key they have made."""
    return actor.person_id or actor.made_by


def must_have_signed_in(actor: Actor, is_fresh: IsFresh) -> None:
    """Raises SignInAgain unless the actor has signed in surely just before."""
    if not actor.is_system and not is_fresh(actor):
        raise SignInAgain(minutes=MINUTES)


def _approving(work: UnitOfWork, organiser: Organiser, change: Sensitive, by: PersonId | None) -> tuple[Role, ...]:
    """In which roles somebody approves such a change: of where money goes all staff, of the rest admins.

    Where no other admin could, finance does: else one admin would first let go of the guard, or make a second one. Not
    so of a program of whoever runs the installation (`by` None), who may all of it on the command line.
    """
    is_alone = by is not None and not _holders(work, organiser, Role.ADMIN) - {by, change.person_id}
    return STAFF if is_alone or change.kind == "payment_details" else (Role.ADMIN,)


def _holders(work: UnitOfWork, organiser: Organiser, *roles: Role) -> set[PersonId]:
    """Who holds one of the roles, by the entry that theirs leads to; nobody who has been erased."""
    people = {person_id for person_id, role in organiser.staff if role in roles}
    entries = (find_person(work, person_id) for person_id in people)
    return {person.person_id for person in entries if person is not None and not person.is_erased}


def _loaded(work: UnitOfWork, command: DecideProposal) -> tuple[Organiser, Safeguard, Person]:
    """What waits, and the person of the staff who decides about it. Raises NotAPerson, NotAllowed."""
    actor = work.actor
    actor.must_be(command.organiser_id, *STAFF)
    organiser, me = load_for(work, Organiser, command.organiser_id), find_person(work, actor.person_id)
    if me is None or me.person_id not in _holders(work, organiser, *STAFF):
        raise NotAPerson
    return organiser, safeguard_of(work, organiser), me
