"""How an organiser gets its money: when it reminds and for what fee, how long seats are held, what a dispute does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from domain.billing.crediting.difference import TransferRule
from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import LateTerms
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, derived
from domain.kernel.money import WHOLE, Money

MOST_FEE = 60_00
"""What a written reminder may cost in Sweden, in öre (lag 1981:739 4 §)."""


@dataclass(frozen=True)
class ReferenceRate:
    """The Riksbank's reference rate of a half-year (räntelagen 9 §), in basis points, from its first day."""

    from_on: date
    rate: int

    def __post_init__(self) -> None:
        if (self.from_on.month, self.from_on.day) not in ((1, 1), (7, 1)):
            raise BadValue(field="reference_rates", why="a half-year begins on 1 January or 1 July")
        if not -WHOLE <= self.rate <= WHOLE:
            raise BadValue(field="reference_rates", why="a rate is between 0 and 100 %")


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

    class InterestAgreed(Aggregate.Event):
        interest: int | None
        reference_rates: tuple[ReferenceRate, ...]

        def apply(self, rules: PaymentRules) -> None:
            rules.interest, rules.reference_rates = self.interest, self.reference_rates

    class CompensationChosen(Aggregate.Event):
        claims: bool

        def apply(self, rules: PaymentRules) -> None:
            rules.claims_compensation = self.claims

    @staticmethod
    def create_id(organiser_id: OrganiserId) -> UUID:
        """One for each organiser."""
        return derived(organiser_id, "payment-rules")

    @event(Agreed)
    def __init__(
        self,
        organiser_id: OrganiserId,
        reminder_days: tuple[int, ...] = REMINDER_DAYS,
        reminder_fee: Money = Money(0),
        hold_minutes: int = HOLD_MINUTES,
        suspends_disputed: bool = False,
    ) -> None:
        self.organiser_id = organiser_id
        self.reminder_days, self.reminder_fee = reminder_days, reminder_fee
        self.hold_minutes, self.suspends_disputed = hold_minutes, suspends_disputed
        self.transfer = TransferRule()
        self.interest: int | None = None
        self.claims_compensation = False
        self.reference_rates: tuple[ReferenceRate, ...] = ()

    def price_transfers(self, rule: TransferRule) -> None:
        """By which rule what a seat costs somebody else is reckoned from now on; the same again is no change."""
        if rule != self.transfer:
            self.record(PaymentRules.TransfersPriced(rule=rule))

    def agree_interest(self, interest: int | None, reference_rates: tuple[ReferenceRate, ...]) -> None:
        """A yearly rate of its own for later invoices (None: by law), and rates that are not known here yet.

        The same again is no change. Raises BadValue.
        """
        if interest is not None and not 0 <= interest <= WHOLE:
            raise BadValue(field="interest", why="a rate is between 0 and 100 %")
        rates = tuple(sorted(reference_rates, key=lambda each: each.from_on))
        if (interest, rates) != (self.interest, self.reference_rates):
            self.record(PaymentRules.InterestAgreed(interest=interest, reference_rates=rates))

    def choose_compensation(self, *, claims: bool) -> None:
        """Whether reminders claim compensation of businesses and public bodies; the same again is no change."""
        if claims != self.claims_compensation:
            self.record(PaymentRules.CompensationChosen(claims=claims))

    def late_terms(self, country: str) -> LateTerms:
        """What an invoice to a buyer of a country says of paying it late: no fee abroad, where other rules hold."""
        fee = min(self.reminder_fee.amount, MOST_FEE) if country == "SE" else 0
        return LateTerms(fee, self.interest, warns=True)

    @property
    def told_rates(self) -> dict[date, int]:
        """The reference rates that were told, by the first day of their half-year."""
        return {each.from_on: each.rate for each in self.reference_rates}

    def change(
        self, reminder_days: tuple[int, ...], reminder_fee: Money, hold_minutes: int, suspends_disputed: bool
    ) -> None:
        """Other rules from now on. Raises BadValue."""
        days_rise = all(a < b for a, b in pairwise(reminder_days))
        if len(reminder_days) > 5 or not days_rise or any(not 1 <= day <= 365 for day in reminder_days):
            raise BadValue(field="reminder_days", why="up to five rising numbers of days, 1 to 365")
        if reminder_fee.amount < 0:
            raise BadValue(field="reminder_fee", why="not less than nothing")
        if reminder_fee.amount > MOST_FEE:
            raise BadValue(field="reminder_fee", why="a reminder costs at most 60 kronor")
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
