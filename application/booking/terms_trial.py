"""Cancellation terms tried on what has happened, before they are adopted (S73): a question that changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.programme.queries.programme import Programme
from domain.booking.cancellation import Cancellation
from domain.booking.terms_trial import TrialSums, TriedCancellation, counts, summed, tried
from domain.kernel.ids import OrganiserId, SeasonId
from domain.kernel.terms import Terms, Tier


@dataclass(frozen=True)
class TryTerms:
    """Terms to try on a season's cancellations, in its zone.

    `position`: as they were known when the log had come so far, so that the same question has the same answer for
    ever; None: as they are known now.
    """

    season_id: SeasonId
    tiers: tuple[Tier, ...]
    fee_outside_vat: bool = True
    position: int | None = None


@dataclass(frozen=True)
class TermsTrial:
    """What came of it: each cancellation in the order they arrived, and the sums.

    `position`: how far the log had come; asked again with it, the answer is the same.
    """

    season_id: SeasonId
    position: int
    terms: Terms
    cancellations: tuple[TriedCancellation, ...]
    sums: TrialSums


class CancellationsKnown(Protocol):
    """Cancellations as they were known when the log had come so far."""

    def position(self) -> int:
        """How far everything is known."""

    def of_season(self, organiser_id: UUID, season_id: UUID, position: int) -> tuple[Cancellation, ...]:
        """All of an organiser's season by the events up to a position (included), in the order they arrived."""


class TermsTrials:
    """Tries terms on history."""

    def __init__(self, known: CancellationsKnown, programme: Programme) -> None:
        self._known, self._programme = known, programme

    def must_be_allowed(self, actor: Actor, organiser_id: OrganiserId) -> None:
        """Raises NotAllowed unless admin or finance."""
        actor.must_be(organiser_id, Role.ADMIN, Role.FINANCE)

    def of(self, actor: Actor, asked: TryTerms) -> TermsTrial:
        """What the terms would have given back. Raises NotFound, NotAllowed unless admin or finance, BadValue."""
        season = self._programme.season(actor, asked.season_id).row
        self.must_be_allowed(actor, season.organiser_id)
        terms = Terms(0, asked.tiers, season.zone, asked.fee_outside_vat)
        now = self._known.position()
        position = now if asked.position is None else min(asked.position, now)
        known = self._known.of_season(season.organiser_id, asked.season_id, position)
        rows = tuple(tried(terms, each) for each in known if counts(each))
        return TermsTrial(asked.season_id, position, terms, rows, summed(rows))
