"""How an organiser gets its money: when it reminds and for what fee, how long seats are held, what a dispute does."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from domain.billing.crediting.difference import TransferRule
from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, derived
from domain.kernel.money import Money


class PaymentRules(Aggregate):
    """One for each organiser; until it has been agreed the usual ones apply."""

    REMINDER_DAYS: ClassVar[tuple[int, ...]] = (3, 13)
    """Days after the due date."""
    HOLD_MINUTES: ClassVar[int] = 30

    class Agreed(Aggregate.Created):
        organiser_id: OrganiserId
        reminder_days: tuple[int, ...]
        reminder_fee: Money
        hold_minutes: int
        suspends_disputed: bool

    class Changed(Change):
        reminder_days: tuple[int, ...]
        reminder_fee: Money
        hold_minutes: int
        suspends_disputed: bool

    class TransfersPriced(Aggregate.Event):
        rule: TransferRule

        def apply(self, rules: PaymentRules) -> None:
            rules.transfer = self.rule

    @staticmethod
    def create_id(organiser_id: OrganiserId) -> UUID:
        """One for each organiser."""
        return derived(organiser_id, "payment-rules")

    @event(Agreed)
    def __init__(
        self,
        organiser_id: OrganiserId,
        reminder_days: tuple[int, ...] = REMINDER_DAYS,
        reminder_fee: Money = Money(0),  # noqa: B008  # an immutable value
        hold_minutes: int = HOLD_MINUTES,
        suspends_disputed: bool = False,
    ) -> None:
        self.organiser_id = organiser_id
        self.reminder_days, self.reminder_fee = reminder_days, reminder_fee
        self.hold_minutes, self.suspends_disputed = hold_minutes, suspends_disputed
        self.transfer = TransferRule()

    def price_transfers(self, rule: TransferRule) -> None:
        """By which rule what a seat costs somebody else is reckoned from now on; the same again is no change."""
        if rule != self.transfer:
            self.record(PaymentRules.TransfersPriced(rule=rule))

    def change(
        self, reminder_days: tuple[int, ...], reminder_fee: Money, hold_minutes: int, suspends_disputed: bool
    ) -> None:
        """Other rules from now on. Raises BadValue."""
        days_rise = all(a < b for a, b in pairwise(reminder_days))
        if len(reminder_days) > 5 or not days_rise or any(not 1 <= day <= 365 for day in reminder_days):
            raise BadValue(field="reminder_days", why="up to five rising numbers of days, 1 to 365")
        if reminder_fee.amount < 0:
            raise BadValue(field="reminder_fee", why="not less than nothing")
        if not 5 <= hold_minutes <= 1440:
            raise BadValue(field="hold_minutes", why="5 to 1440 minutes")
        self.record(
            PaymentRules.Changed(
                reminder_days=reminder_days,
                reminder_fee=reminder_fee,
                hold_minutes=hold_minutes,
                suspends_disputed=suspends_disputed,
            )
        )
