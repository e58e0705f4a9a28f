"""How a waiting list moves: for how long a seat is offered, whether parties are waited for, and whose price counts.

An organiser's choice, or a season's own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, waiting_rules_of
from domain.kernel.working_time import after_working_hours, end_of_working_day

MOST_HOURS, MOST_DAYS, MOST_HOLD_DAYS = 720, 30, 30


class Answering(StrEnum):
    """By which clock an offer is to be answered."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


class Party(StrEnum):
    """What becomes of a party that needs more seats than are free (S21)."""

    TOGETHER = "together"
    """It waits until there are enough at once; the next that fits comes before it."""
    HOLD = "hold"
    """The seats are held for it as they come, for some days."""


class PriceRule(StrEnum):
    """Which price list counts for who comes from the waiting list (S23)."""

    JOINED = "joined"
    """That of the instant at which they joined the list; the day's where that is lower."""
    OFFERED = "offered"
    """That of the instant at which the seat was offered."""


class WaitingRules(Aggregate):
    """One for an organiser (`scope_id`), one for each season that has its own; until it is agreed the usual ones apply.

    `answer_within`: how many hours, working hours or working days (`answering`). `hold_days`: how long seats are
    gathered for a party.
    """

    class Agreed(Aggregate.Created):
        organiser_id: OrganiserId
        scope_id: UUID

    class Changed(Change):
        answering: Answering
        answer_within: int
        party: Party
        hold_days: int
        price: PriceRule

    @staticmethod
    def create_id(scope_id: UUID) -> UUID:
        """One for each organiser or season."""
        return waiting_rules_of(scope_id)

    @event(Agreed)
    def __init__(self, organiser_id: OrganiserId, scope_id: UUID) -> None:
        self.organiser_id, self.scope_id = organiser_id, scope_id
        self.answering, self.answer_within = Answering.HOURS, 48
        self.party, self.hold_days, self.price = Party.TOGETHER, 7, PriceRule.JOINED

    def change(self, answering: Answering, answer_within: int, party: Party, hold_days: int, price: PriceRule) -> None:
        """Other rules from now on: what has been offered and promised stays as it is. Raises BadValue."""
        most = MOST_DAYS if answering is Answering.WORKING_DAYS else MOST_HOURS
        if not 1 <= answer_within <= most:
            raise BadValue(field="answer_within", why=f"1 to {most}")
        if not 1 <= hold_days <= MOST_HOLD_DAYS:
            raise BadValue(field="hold_days", why=f"1 to {MOST_HOLD_DAYS} days")
        self.record_change(
            WaitingRules.Changed(
                answering=answering, answer_within=answer_within, party=party, hold_days=hold_days, price=price
            )
        )

    def answer_by(self, now: datetime, zone: str) -> datetime:
        """Until which instant (excluded) what is offered now may be answered."""
        if self.answering is Answering.WORKING_HOURS:
            return after_working_hours(now, self.answer_within, zone)
        if self.answering is Answering.WORKING_DAYS:
            return end_of_working_day(now, self.answer_within, zone)
        return now + timedelta(hours=self.answer_within)

    def gather_until(self, now: datetime) -> datetime:
        """Until which instant (excluded) seats are gathered that begin to be now."""
        return now + timedelta(days=self.hold_days)
