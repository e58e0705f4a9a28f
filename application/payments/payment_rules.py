"""By which rules an organiser gets its money: reminders, holds, disputes, and what a transfer costs."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.command import command, dry_run, finance, staff
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, organiser_of
from application.payments.account_entry import PaymentRef
from domain.billing.crediting.difference import DifferenceBy, LowerPrice, TransferRule
from domain.kernel.ids import OrganiserId
from domain.kernel.money import Money
from domain.payments.payment_rules import PaymentRules, ReferenceRate
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class AgreePaymentRules:
    """How the organiser gets its money. `reminder_days` after the due date; `reminder_fee` in öre, 0 for none.

    `interest`: a yearly rate of interest on late payment in basis points; None: by law. `reference_rates`: those of
    half-years that are not known here. `lower_price`: what comes of it when a seat goes to somebody whose price is
    lower. `difference_by`: whether a difference is reckoned by whole prices, or by what remains of the season.
    `claims_compensation`: a reminder to a business or a public body claims the law's compensation, and no fee.
    """

    reminder_days: tuple[int, ...] = PaymentRules.REMINDER_DAYS
    reminder_fee: int = 0
    hold_minutes: int = PaymentRules.HOLD_MINUTES
    suspends_disputed: bool = False
    lower_price: LowerPrice = LowerPrice.NOTHING
    difference_by: DifferenceBy = DifferenceBy.WHOLE
    interest: int | None = None
    reference_rates: tuple[ReferenceRate, ...] = ()
    claims_compensation: bool = False


class PaymentRulesAgreed(UseCases):
    """The rules of an organiser."""

    @command(by=finance)
    def agree(self, work: UnitOfWork, command: AgreePaymentRules) -> PaymentRef:
        """Other rules from now on. Raises BadValue."""
        organiser = organiser_of(work.actor)
        rules = agreed_rules(work, organiser)
        if rules is None:
            rules = PaymentRules(organiser_id=organiser)
            work.add(rules)
        fee = Money(command.reminder_fee, work.load(Organiser, organiser).currency)
        rules.change(command.reminder_days, fee, command.hold_minutes, command.suspends_disputed)
        rules.price_transfers(TransferRule(command.lower_price, command.difference_by))
        rules.agree_interest(command.interest, command.reference_rates)
        rules.choose_compensation(claims=command.claims_compensation)
        return PaymentRef(rules.id, 0)

    @dry_run
    def current(self, work: UnitOfWork) -> AgreePaymentRules:
        """The rules as they are now. Raises NotAllowed unless staff."""
        staff(work.actor, None)
        rules = rules_of(work, organiser_of(work.actor))
        return AgreePaymentRules(
            rules.reminder_days,
            rules.reminder_fee.amount,
            rules.hold_minutes,
            rules.suspends_disputed,
            rules.transfer.lower_price,
            rules.transfer.by,
            rules.interest,
            rules.reference_rates,
            rules.claims_compensation,
        )


def agreed_rules(work: UnitOfWork, organiser: OrganiserId) -> PaymentRules | None:
    """An organiser's rules, once any have been agreed."""
    return work.find(PaymentRules, PaymentRules.create_id(organiser))


def rules_of(work: UnitOfWork, organiser: OrganiserId) -> PaymentRules:
    """An organiser's rules, or the usual ones."""
    return agreed_rules(work, organiser) or PaymentRules(organiser_id=organiser)
