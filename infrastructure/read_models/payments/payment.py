"""Payments: what has arrived and is not allotted, card payments and their refunds, disputes, reminders, write-offs."""

from __future__ import annotations

from collections.abc import Iterable

from domain.billing.invoice import Invoice
from domain.payments.bank_file import BankFile
from domain.payments.checkout import Checkout
from domain.payments.origin import Origin
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Change
from infrastructure.read_models.payments.payment_tables import (
    ALLOTMENT,
    BANK_FILE,
    CARD_REFUND,
    CHECKOUT,
    DEMAND,
    DISPUTE,
    OTHER_MONEY,
    PAYMENT,
    RULES,
)
from infrastructure.serialization.event_mapper import Entry

PAYMENTS = Projection(
    "payment",
    version=7,
    tables=(PAYMENT, ALLOTMENT, OTHER_MONEY, BANK_FILE, CHECKOUT, CARD_REFUND, DEMAND, DISPUTE, RULES),
)


def _origin(event: Payment.Arrived) -> Origin:
    return event.origin or Origin()


def _entry_in(source: str) -> str:
    """The entry of the account that stands in the name of a payment of before December 2026."""
    return "/".join(source.split("/")[:3]) if source.startswith("camt/") else ""


PAYMENTS.puts(PaymentRules.Agreed, RULES)
PAYMENTS.sets(PaymentRules.Changed, RULES)

PAYMENTS.puts(
    Payment.Arrived,
    PAYMENT,
    remaining=lambda event, _: event.amount,
    currency=lambda event, _: event.amount.currency,
    account=lambda event, _: _origin(event).account,
    entry=lambda event, _: _origin(event).entry or _entry_in(event.source),
    bank_reference=lambda event, _: _origin(event).bank_reference,
    kind=lambda event, _: _origin(event).kind,
    account_balance=lambda event, _: _origin(event).balance,
    file_id=lambda event, _: _origin(event).file_id,
)
PAYMENTS.puts(BankFile.TakenIn, BANK_FILE)
PAYMENTS.adds(Payment.Allotted, PAYMENT, remaining=lambda event, _: -event.amount.amount)
PAYMENTS.adds(Payment.AllotmentUndone, PAYMENT, remaining=lambda event, _: event.amount.amount)
PAYMENTS.puts(
    Payment.Allotted,
    ALLOTMENT,
    payment_id=aggregate_id,
    amount=lambda event, _: event.amount.amount,
    day=lambda event, _: event.on,
    reason="",
)
PAYMENTS.puts(
    Payment.AllotmentUndone,
    ALLOTMENT,
    payment_id=aggregate_id,
    amount=lambda event, _: -event.amount.amount,
    day=lambda event, _: event.on,
)
PAYMENTS.adds(Payment.BookedElsewhere, PAYMENT, remaining=lambda event, _: -event.amount.amount)
PAYMENTS.puts(
    Payment.BookedElsewhere,
    OTHER_MONEY,
    other_id=aggregate_id,
    currency=lambda event, _: event.amount.currency,
    booked_on=lambda event, _: event.on,
    card_payments=lambda event, _: len(event.checkouts),
    file_id=None,
)
PAYMENTS.adds(Payment.ElsewhereUndone, PAYMENT, remaining=lambda event, _: event.amount.amount)
PAYMENTS.deletes(Payment.ElsewhereUndone, OTHER_MONEY, other_id=aggregate_id)
PAYMENTS.adds(Payment.Returned, PAYMENT, remaining=lambda event, _: -event.amount.amount)
PAYMENTS.adds(Payment.CameBack, PAYMENT, remaining=lambda event, _: event.amount.amount)

PAYMENTS.puts(
    Checkout.Opened,
    CHECKOUT,
    session="",
    intent="",
    fee=0,
    currency=lambda event, _: event.amount.currency,
    state="open",
    paid_on=None,
    refunded=0,
    payout_id=None,
)
PAYMENTS.sets(Checkout.Started, CHECKOUT)
PAYMENTS.sets(Checkout.Paid, CHECKOUT, state="paid")
PAYMENTS.sets(Checkout.FeeTold, CHECKOUT)
PAYMENTS.sets(Checkout.Expired, CHECKOUT, state="expired")

PAYMENTS.puts(Checkout.RefundAsked, CARD_REFUND, checkout_id=aggregate_id, state="asked", reference="", why="")
PAYMENTS.adds(Checkout.Refunded, CHECKOUT, refunded=lambda event, _: event.amount.amount)
PAYMENTS.sets(Checkout.RefundFailed, CARD_REFUND, state="failed")
PAYMENTS.adds(Checkout.RefundCameBack, CHECKOUT, refunded=lambda event, _: -event.amount.amount)

PAYMENTS.puts(
    Invoice.Issued,
    DEMAND,
    reminded=0,
    reminded_on=None,
    disputes=0,
    handed_over_on=None,
    written_off=0,
    reason="",
    given_up=0,
)
PAYMENTS.sets(Invoice.Reminded, DEMAND, reminded=lambda event, _: event.level, reminded_on=lambda event, _: event.on)
PAYMENTS.sets(Invoice.HandedOver, DEMAND, handed_over_on=lambda event, _: event.on)
PAYMENTS.sets(Invoice.WrittenOff, DEMAND, written_off=lambda event, _: event.amount)

PAYMENTS.puts(
    Invoice.Disputed,
    DISPUTE,
    currency=lambda event, _: event.amount.currency,
    state="open",
    decided_on=None,
)
PAYMENTS.adds(Invoice.Disputed, DEMAND, disputes=1)
PAYMENTS.sets(Invoice.DisputeWon, DISPUTE, state="won", decided_on=lambda event, _: event.on)
PAYMENTS.adds(Invoice.DisputeWon, DEMAND, disputes=-1)
PAYMENTS.adds(Invoice.DisputeLost, DEMAND, disputes=-1)


@PAYMENTS.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, _: Entry) -> Iterable[Change]:
    if event.of == "write_off":
        yield DEMAND.add((event.originator_id,), written_off=-event.amount.amount)
    else:
        yield DEMAND.add((event.originator_id,), given_up=event.amount.amount)


PAYMENTS.puts(
    OtherMoney.Placed,
    OTHER_MONEY,
    currency=lambda event, _: event.amount.currency,
    card_payments=lambda event, _: len(event.checkouts),
)
PAYMENTS.puts(
    OtherMoney.PlacedAgain,
    OTHER_MONEY,
    currency=lambda event, _: event.amount.currency,
    card_payments=lambda event, _: len(event.checkouts),
)
PAYMENTS.deletes(OtherMoney.Undone, OTHER_MONEY)


def _paid_out(
    event: OtherMoney.Placed | OtherMoney.PlacedAgain | Payment.BookedElsewhere, _: Entry
) -> Iterable[Change]:
    for checkout_id in event.checkouts:
        yield CHECKOUT.change((checkout_id,), payout_id=event.originator_id)


PAYMENTS.on(OtherMoney.Placed)(_paid_out)
PAYMENTS.on(OtherMoney.PlacedAgain)(_paid_out)
PAYMENTS.on(Payment.BookedElsewhere)(_paid_out)


def _not_paid_out(event: OtherMoney.Undone | Payment.ElsewhereUndone, _: Entry) -> Iterable[Change]:
    for checkout_id in event.checkouts:
        yield CHECKOUT.change((checkout_id,), payout_id=None)


PAYMENTS.on(OtherMoney.Undone)(_not_paid_out)
PAYMENTS.on(Payment.ElsewhereUndone)(_not_paid_out)


@PAYMENTS.on(Checkout.Refunded)
def _refunded(event: Checkout.Refunded, _: Entry) -> Iterable[Change]:
    yield CARD_REFUND.change((event.refund_id,), state="refunded", reference=event.reference)


@PAYMENTS.on(Checkout.RefundCameBack)
def _refund_came_back(event: Checkout.RefundCameBack, _: Entry) -> Iterable[Change]:
    yield CARD_REFUND.change((event.refund_id,), state="failed", why=event.why)


@PAYMENTS.on(Invoice.DisputeLost)
def _lost(event: Invoice.DisputeLost, _: Entry) -> Iterable[Change]:
    """The amount stays what was disputed, whatever was lost."""
    yield DISPUTE.change((event.reference, event.originator_id), state="lost", decided_on=event.on)
