"""For how many persons a membership is: who takes part by it, and what each of the others costs (S18)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.eligibility import Eligibility, Ground, MembershipFull, PriceAbove, StandingFact
from domain.kernel.errors import BadValue
from domain.kernel.ids import PersonId
from domain.kernel.money import Money
from domain.kernel.text import clean_line

Besides = tuple[UUID, int | None] | None
"""A seat of a booking (None: all of them) that is about to be decided anew, so that it does not count."""


@dataclass(frozen=True)
class Covered:
    """Who takes part by a membership (None: somebody yet to be named), since which day; a hold until an instant."""

    person_id: PersonId | None
    on: date
    until: datetime | None = None


class MembershipCap(Part):
    """Of a membership: what it proves, and whom it covers, each once; without a number it is for any, with no list."""

    holder_id: UUID
    ground: Ground
    periods: list[tuple[date, date | None]]
    persons: int | None
    covered: dict[tuple[UUID, int], Covered]
    above: PriceAbove | None

    class PersonCovered(Aggregate.Event):
        holding_id: UUID
        seat: int
        person_id: PersonId | None
        covered_on: date
        until: datetime | None

        def apply(self, membership: MembershipCap) -> None:
            membership.covered[(self.holding_id, self.seat)] = Covered(self.person_id, self.covered_on, self.until)

    class CoverEnded(Aggregate.Event):
        holding_id: UUID
        seat: int

        def apply(self, membership: MembershipCap) -> None:
            del membership.covered[(self.holding_id, self.seat)]

    class PriceAboveAgreed(Aggregate.Event):
        each: Money | None
        why: str

        def apply(self, membership: MembershipCap) -> None:
            membership.above = PriceAbove(self.each, self.why) if self.each is not None else None

    @property
    @abstractmethod
    def id(self) -> UUID:
        """The membership's."""

    @property
    def eligibility(self) -> Eligibility:
        """What it proves, past periods included."""
        facts = (StandingFact(self.ground, self.holder_id, self.id, start, end) for start, end in self.periods)
        return Eligibility(tuple(facts))

    def agree_above(self, each: Money | None, why: str) -> None:
        """What each person costs whom it does not cover, excl. VAT, from now on, and why; None: what others pay.

        What was booked keeps its price. Raises BadValue, also for a membership of any number.
        """
        if self.persons is None and each is not None:
            raise BadValue(field="above", why="a price is stated for those whom a membership does not cover")
        if each is not None and each.amount < 0:
            raise BadValue(field="above", why="a price is not negative")
        because = clean_line("above_for", why, 100, may_be_empty=True) if each is not None else ""
        agreed = PriceAbove(each, because) if each is not None else None
        if agreed != self.above:
            self.record(self.PriceAboveAgreed(each=each, why=because))

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
        return replace(fact, covers=self.persons, beyond=max(0, asked - room), above=self.above)

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
            self.PersonCovered(holding_id=holding_id, seat=seat, person_id=person_id, covered_on=day, until=until)
        )

    def uncover(self, holding_id: UUID, seat: int | None = None) -> None:
        """They take part by it no longer: a seat was given up or handed on, or a hold ended (all its seats)."""
        for holding, no in list(self.covered):
            if holding == holding_id and seat in (None, no):
                self.record(self.CoverEnded(holding_id=holding, seat=no))

    def _lapse(self, now: datetime) -> None:
        for (holding, no), each in list(self.covered.items()):
            if each.until is not None and each.until <= now:
                self.record(self.CoverEnded(holding_id=holding, seat=no))
