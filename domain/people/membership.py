"""A membership: that an organisation or a person belongs to an organiser on a ground, from a day until a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.eligibility import Eligibility, Ground, MembershipFull, StandingFact
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import MembershipId, OrganiserId, PersonId, membership_of
from domain.kernel.text import clean


class MembershipAlreadyGranted(RuleBroken):
    """The holder has this membership already for (part of) that time (`until`)."""


class NoMembershipThen(RuleBroken):
    """There is no membership in force on that day (`day`)."""


Besides = tuple[UUID, int | None] | None
"""A seat of a booking (None: all of them) that is about to be decided anew, so that it does not count."""


@dataclass(frozen=True)
class Covered:
    """Who takes part by a membership (None: somebody yet to be named), since which day; a hold until an instant."""

    person_id: PersonId | None
    on: date
    until: datetime | None = None


class Membership(Aggregate):
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

    class PersonCovered(Aggregate.Event):
        holding_id: UUID
        seat: int
        person_id: PersonId | None
        covered_on: date
        until: datetime | None

        def apply(self, membership: Membership) -> None:
            membership.covered[(self.holding_id, self.seat)] = Covered(self.person_id, self.covered_on, self.until)

    class CoverEnded(Aggregate.Event):
        holding_id: UUID
        seat: int

        def apply(self, membership: Membership) -> None:
            del membership.covered[(self.holding_id, self.seat)]

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

    @property
    def membership_id(self) -> MembershipId:
        """Its id, typed."""
        return MembershipId(self.id)

    @property
    def eligibility(self) -> Eligibility:
        """What it proves, past periods included."""
        facts = (StandingFact(self.ground, self.holder_id, self.id, start, end) for start, end in self.periods)
        return Eligibility(tuple(facts))

    def standing_for(
        self, people: Sequence[PersonId | None], day: date, now: datetime, besides: Besides = None
    ) -> Eligibility:
        """What it proves for these people on a local day (None: somebody yet to be named)."""
        facts = (self._for(fact, people, day, now, besides) for fact in self.eligibility.facts)
        return Eligibility(tuple(facts))

    def _for(
        self, fact: StandingFact, people: Sequence[PersonId | None], day: date, now: datetime, besides: Besides
    ) -> StandingFact:
        if self.persons is None or not fact.holds_on(day):
            return fact
        known, unnamed = self._covered_in(fact, now, besides)
        room = max(0, self.persons - len(known) - unnamed)
        asked = len({each for each in people if each is not None} - known) + sum(each is None for each in people)
        return replace(fact, covers=self.persons, beyond=max(0, asked - room))

    def _covered_in(self, period: StandingFact, now: datetime, besides: Besides) -> tuple[set[PersonId], int]:
        """Which persons it covers in a period, each once whatever they take part in; and how many yet to be named."""
        left_out = besides or (None, None)
        counted = [
            each
            for (holding, seat), each in self.covered.items()
            if period.holds_on(each.on) and (each.until is None or now < each.until)
            if not (holding == left_out[0] and left_out[1] in (None, seat))
        ]
        return {each.person_id for each in counted if each.person_id}, sum(not each.person_id for each in counted)

    def cover(
        self,
        holding_id: UUID,
        seat: int,
        person_id: PersonId | None,
        day: date,
        now: datetime,
        until: datetime | None = None,
    ) -> None:
        """Somebody takes part by it: on a seat of a booking, or of a hold until an instant. Raises MembershipFull.

        One that is for any number keeps no list.
        """
        if self.persons is None:
            return
        known = self.covered.get((holding_id, seat))
        if known is not None and (known.person_id, known.until) == (person_id, until):
            return
        facts = self.standing_for((person_id,), day, now, (holding_id, seat)).facts
        full = next((fact for fact in facts if fact.holds_on(day) and fact.beyond), None)
        if full is not None:
            raise MembershipFull(covers=self.persons, room=0, asked=1)
        self._lapse(now)
        self.record(
            Membership.PersonCovered(holding_id=holding_id, seat=seat, person_id=person_id, covered_on=day, until=until)
        )

    def uncover(self, holding_id: UUID, seat: int | None = None) -> None:
        """They take part by it no longer: a seat was given up or handed on, or a hold ended (all its seats)."""
        for holding, no in list(self.covered):
            if holding == holding_id and seat in (None, no):
                self.record(Membership.CoverEnded(holding_id=holding, seat=no))

    def _lapse(self, now: datetime) -> None:
        for (holding, no), each in list(self.covered.items()):
            if each.until is not None and each.until <= now:
                self.record(Membership.CoverEnded(holding_id=holding, seat=no))

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
