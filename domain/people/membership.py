"""A membership: that an organisation or a person belongs to an organiser on a ground, from a day until a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.eligibility import Ground, PriceAbove
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import MembershipId, OrganiserId, membership_of
from domain.kernel.text import clean
from domain.people.membership_cap import Covered, MembershipCap


class MembershipAlreadyGranted(RuleBroken):
    """The holder has this membership already for (part of) that time (`until`)."""


class NoMembershipThen(RuleBroken):
    """There is no membership in force on that day (`day`)."""


class Membership(Aggregate, MembershipCap):
    """One holder's membership of one kind; periods follow each other, gaps may be between them."""

    class Granted(Aggregate.Created):
        organiser_id: OrganiserId
        holder_id: UUID
        ground: Ground
        from_on: date
        until_on: date | None
        persons: int | None

    class Renewed(Aggregate.Event):
        from_on: date
        until_on: date | None

        def apply(self, membership: Membership) -> None:
            membership.periods.append((self.from_on, self.until_on))

    class Ended(Aggregate.Event):
        ended_on: date
        reason: str

        def apply(self, membership: Membership) -> None:
            membership.periods[-1] = (membership.periods[-1][0], self.ended_on)

    class PeriodCorrected(Aggregate.Event):
        from_on: date
        until_on: date | None
        was_from_on: date
        was_until_on: date | None
        reason: str

        def apply(self, membership: Membership) -> None:
            others = [period for period in membership.periods if period[0] != self.was_from_on]
            membership.periods = sorted([*others, (self.from_on, self.until_on)])

    class PeriodWithdrawn(Aggregate.Event):
        from_on: date
        until_on: date | None
        reason: str

        def apply(self, membership: Membership) -> None:
            membership.periods.remove((self.from_on, self.until_on))

    @staticmethod
    def create_id(organiser_id: OrganiserId, holder_id: UUID, ground: Ground) -> UUID:
        """One membership for each organiser, holder and ground, so that a second cannot be made beside it."""
        return membership_of(organiser_id, holder_id, ground)

    @event(Granted)
    def __init__(
        self,
        organiser_id: OrganiserId,
        holder_id: UUID,
        ground: Ground,
        from_on: date,
        until_on: date | None,
        persons: int | None,
    ) -> None:
        self.organiser_id, self.holder_id, self.ground, self.persons = organiser_id, holder_id, ground, persons
        self.periods = [(from_on, until_on)]
        self.covered: dict[tuple[UUID, int], Covered] = {}
        self.above: PriceAbove | None = None

    @property
    def membership_id(self) -> MembershipId:
        """Its id, typed."""
        return MembershipId(self.id)

    def renew(self, from_on: date, until_on: date | None) -> None:
        """A further period, from and until local days (both included). Raises MembershipAlreadyGranted, BadValue."""
        check_period(from_on, until_on)
        if self.periods:
            last = self.periods[-1][1]
            if last is None or from_on <= last:
                raise MembershipAlreadyGranted(until=last.isoformat() if last else "")
        self.record(Membership.Renewed(from_on=from_on, until_on=until_on))

    def end(self, ended_on: date, reason: str) -> None:
        """End it after a local day (that day is the last). Raises NoMembershipThen."""
        start, until = self.periods[-1] if self.periods else (date.max, None)
        if ended_on < start or (until is not None and until < ended_on):
            raise NoMembershipThen(day=ended_on.isoformat())
        self.record(Membership.Ended(ended_on=ended_on, reason=clean("reason", reason, 500, may_be_empty=True)))

    def correct_period(self, was_from_on: date, from_on: date, until_on: date | None, reason: str) -> None:
        """The period that was said to begin on a day begins or ends on others. What was booked keeps its price.

        Raises NoMembershipThen, BadValue, MembershipAlreadyGranted where it would run into another period.
        """
        check_period(from_on, until_on)
        was = self._period(was_from_on)
        if (from_on, until_on) == was:
            return
        for start, end in (each for each in self.periods if each != was):
            if from_on <= (end or date.max) and start <= (until_on or date.max):
                raise MembershipAlreadyGranted(until=end.isoformat() if end else "")
        self.record(
            Membership.PeriodCorrected(
                from_on=from_on,
                until_on=until_on,
                was_from_on=was[0],
                was_until_on=was[1],
                reason=clean("reason", reason, 500, may_be_empty=True),
            )
        )

    def withdraw_period(self, from_on: date, reason: str) -> None:
        """The period that begins on a day was granted by mistake: it never was. Raises NoMembershipThen."""
        start, end = self._period(from_on)
        because = clean("reason", reason, 500, may_be_empty=True)
        self.record(Membership.PeriodWithdrawn(from_on=start, until_on=end, reason=because))

    def _period(self, from_on: date) -> tuple[date, date | None]:
        for start, end in self.periods:
            if start == from_on:
                return start, end
        raise NoMembershipThen(day=from_on.isoformat())


def check_period(from_on: date, until_on: date | None) -> None:
    """Raises BadValue when a period ends before it begins."""
    if until_on is not None and until_on < from_on:
        raise BadValue(field="until_on", why="ends before it begins")
