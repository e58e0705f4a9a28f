"""Memberships: granted, renewed and ended by admins, for organisations and for persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.kernel.command import admin, command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import MembershipId, membership_of
from domain.kernel.money import Money
from domain.people.membership import Membership, check_period
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person


@dataclass(frozen=True)
class GrantMembership:
    """From a first until a last local day (both included; None: until ended). `persons`: how many it covers."""

    holder_id: UUID
    ground: Ground
    from_on: date
    until_on: date | None = None
    persons: int | None = None


@dataclass(frozen=True)
class RenewMembership:
    """A further period."""

    membership_id: MembershipId
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class EndMembership:
    """Its last local day, and why."""

    membership_id: MembershipId
    ended_on: date
    reason: str = ""


@dataclass(frozen=True)
class CorrectPeriod:
    """The period that was said to begin on `was_from_on` has other days, and why; both included."""

    membership_id: MembershipId
    was_from_on: date
    from_on: date
    until_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class WithdrawPeriod:
    """The period that begins on a day was granted by mistake, and why."""

    membership_id: MembershipId
    from_on: date
    reason: str = ""


@dataclass(frozen=True)
class AgreeAbove:
    """What each person costs whom the membership does not cover, in öre excl. VAT in the organiser's currency, and why.

    None: what others pay, as before it was agreed.
    """

    membership_id: MembershipId
    above: int | None = None
    above_for: str = ""


@dataclass(frozen=True)
class MembershipRef:
    """Which membership it was about."""

    membership_id: MembershipId


class Memberships(UseCases):
    """Grant, renew, end; correct a period; agree on a price above its number."""

    @command(by=admin)
    def grant(self, work: UnitOfWork, command: GrantMembership) -> MembershipRef:
        """A membership; where there was one before, a further period of it. Raises MembershipAlreadyGranted."""
        organiser = organiser_of(work.actor)
        check_period(command.from_on, command.until_on)
        membership_id = membership_of(organiser, command.holder_id, command.ground)
        _must_be_known(work, command.holder_id)
        known = work.find(Membership, membership_id)
        if known is not None:
            known.renew(command.from_on, command.until_on)
        else:
            work.add(
                Membership(
                    organiser_id=organiser,
                    holder_id=command.holder_id,
                    ground=command.ground,
                    from_on=command.from_on,
                    until_on=command.until_on,
                    persons=command.persons,
                )
            )
        return MembershipRef(membership_id)

    @command(by=admin)
    def renew(self, work: UnitOfWork, command: RenewMembership) -> MembershipRef:
        """A further period. Raises MembershipAlreadyGranted."""
        load_for(work, Membership, command.membership_id).renew(command.from_on, command.until_on)
        return MembershipRef(command.membership_id)

    @command(by=admin)
    def end(self, work: UnitOfWork, command: EndMembership) -> MembershipRef:
        """Its last day; what was booked before keeps its price (S09). Raises NoMembershipThen."""
        load_for(work, Membership, command.membership_id).end(command.ended_on, command.reason)
        return MembershipRef(command.membership_id)

    @command(by=admin)
    def correct_period(self, work: UnitOfWork, command: CorrectPeriod) -> MembershipRef:
        """Its days were wrong; what was booked keeps its price. Raises NoMembershipThen, MembershipAlreadyGranted."""
        membership = load_for(work, Membership, command.membership_id)
        membership.correct_period(command.was_from_on, command.from_on, command.until_on, command.reason)
        return MembershipRef(command.membership_id)

    @command(by=admin)
    def withdraw_period(self, work: UnitOfWork, command: WithdrawPeriod) -> MembershipRef:
        """It never was; what was booked keeps its price. Raises NoMembershipThen."""
        load_for(work, Membership, command.membership_id).withdraw_period(command.from_on, command.reason)
        return MembershipRef(command.membership_id)

    @command(by=admin)
    def agree_above(self, work: UnitOfWork, command: AgreeAbove) -> MembershipRef:
        """A price for those above its number, that bookings follow from now on (S18). Raises BadValue."""
        membership = load_for(work, Membership, command.membership_id)
        currency = work.load(Organiser, membership.organiser_id).currency
        each = Money(command.above, currency) if command.above is not None else None
        membership.agree_above(each, command.above_for)
        return MembershipRef(command.membership_id)


def _must_be_known(work: UnitOfWork, holder_id: UUID) -> None:
    for kind in (Organisation, Person):
        try:
            load_for(work, kind, holder_id)
        except NotFound:
            continue
        return
    raise NotFound(what="holder")
