"""On what ground somebody is admitted or pays less: dated facts about membership and affiliation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.kernel.errors import RuleBroken
from domain.kernel.money import Money


class MembershipFull(RuleBroken):
    """The membership is for so many persons (`covers`): of those who ask (`asked`) it covers fewer (`room`)."""


class Ground(StrEnum):
    """A relation to the organiser."""

    MEMBER = "member"
    ALUMNUS = "alumnus"
    CUSTOMER = "customer"
    PARTNER = "partner"


class Sector(StrEnum):
    """What kind of employer an organisation is."""

    PRIVATE = "private"
    STATE = "state"
    REGION = "region"
    MUNICIPALITY = "municipality"
    MUNICIPAL_COMPANY = "municipal_company"
    NON_PROFIT = "non_profit"


@dataclass(frozen=True)
class PriceAbove:
    """What each person costs whom a membership does not cover, excl. VAT, as was agreed once, and by what (`why`)."""

    each: Money
    why: str = ""


@dataclass(frozen=True)
class StandingFact:
    """One ground with its evidence: who holds it (organisation or person), and the first and last local day it holds.

    `source_id` is the membership, or the person whose affiliation was verified. `covers`: how many persons a membership
    is for (None: any number); `beyond`: how many of those who ask it does not cover; `above`: at which agreed price.
    """

    ground: Ground
    holder_id: UUID
    source_id: UUID
    from_on: date
    until_on: date | None
    covers: int | None = None
    beyond: int = 0
    above: PriceAbove | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a local day; the last day is included (S09)."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Eligibility:
    """All grounds known about a buyer or participant, past ones included, so that a refusal can name what lapsed."""

    facts: tuple[StandingFact, ...] = ()

    def on(self, ground: Ground, day: date) -> StandingFact | None:
        """The fact by which the ground holds on a local day for all who ask, if any."""
        return next((fact for fact in self._on(ground, day) if not fact.beyond), None)

    def beyond(self, ground: Ground, day: date) -> StandingFact | None:
        """The fact that holds on a local day but does not cover all who ask, where none does."""
        found = self._on(ground, day)
        return next(iter(found), None) if all(fact.beyond for fact in found) else None

    def _on(self, ground: Ground, day: date) -> list[StandingFact]:
        return [fact for fact in self.facts if fact.ground is ground and fact.holds_on(day)]

    def lapsed(self, ground: Ground, day: date) -> StandingFact | None:
        """The latest fact of the ground that had ended before a local day, if any."""
        ended = [f for f in self.facts if f.ground is ground and f.until_on is not None and f.until_on < day]
        return max(ended, key=lambda fact: fact.until_on or day, default=None)

    def and_(self, other: Eligibility) -> Eligibility:
        """Both together."""
        return Eligibility(self.facts + other.facts)


NO_GROUNDS = Eligibility()


def must_cover_all_or_none(seats: int, beyond: StandingFact | None) -> None:
    """Raises MembershipFull where a membership covers some of those who ask: they are booked by themselves."""
    if beyond is not None and beyond.beyond < seats:
        raise full_of(beyond, seats)


def full_of(fact: StandingFact, seats: int) -> MembershipFull:
    """That a membership has no room for so many."""
    return MembershipFull(covers=fact.covers, room=seats - fact.beyond, asked=seats)
