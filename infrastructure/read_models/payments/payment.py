"""Payments: what has arrived and is not allotted, card payments and their refunds, disputes, reminders, write-offs."""

from __future__ import annotations

from collections.abc import Iterable

from domain.billing.invoice import Invoice
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

PAYMENT = Table(
    "payment",
    "payment",
    {
        "payment_id": "uuid",
        "organiser_id": "uuid",
        "means": "text",
        "amount": "bigint",
        "remaining": "bigint",
        "currency": "text",
        "reference": "text",
        "arrived_on": "date",
        "payer": "bytea",
        "source": "text",
        "position": "bigint",
    },
    key=("payment_id",),
    indexes=("(organiser_id, arrived_on, position)", "(organiser_id, position) where remaining > 0"),
)
CHECKOUT = Table(
    "payment",
    "checkout",
    {
        "checkout_id": "uuid",
        "organiser_id": "uuid",
        "invoice_id": "uuid",
        "season_id": "uuid",
        "session": "text",
        "intent": "text",
        "amount": "bigint",
        "fee": "bigint",
        "currency": "text",
        "state": "text",
        "opened_at": "timestamptz",
        "held_until": "timestamptz",
        "paid_on": "date",
        "refunded": "bigint",
    },
    key=("checkout_id",),
    indexes=("(invoice_id)", "(organiser_id, paid_on) where paid_on is not null", "(held_until) where state = 'open'"),
)
CARD_REFUND = Table(
    "payment",
    "card_refund",
    {
        "refund_id": "uuid",
        "checkout_id": "uuid",
        "invoice_id": "uuid",
        "amount": "bigint",
        "state": "text",
        "reference": "text",
        "why": "text",
        "position": "bigint",
    },
    key=("refund_id",),
    indexes=("(position) where state = 'asked'", "(invoice_id) where state = 'asked'", "(checkout_id)"),
)
DEMAND = Table(
    "payment",
    "demand",
    {
        "invoice_id": "uuid",
        "organiser_id": "uuid",
        "reminded": "integer",
        "reminded_on": "date",
        "disputes": "integer",
        "handed_over_on": "date",
        "written_off": "bigint",
        "reason": "text",
        "given_up": "bigint",
    },
    key=("invoice_id",),
    indexes=("(organiser_id) where reminded > 0",),
)
DISPUTE = Table(
    "payment",
    "dispute",
    {
        "reference": "text",
        "invoice_id": "uuid",
        "amount": "bigint",
        "currency": "text",
        "opened_on": "date",
        "state": "text",
        "decided_on": "date",
    },
    key=("reference", "invoice_id"),
    indexes=("(invoice_id)",),
)
RULES = Table(
    "payment",
    "rules",
    {"rules_id": "uuid", "organiser_id": "uuid", "suspends_disputed": "boolean"},
    key=("rules_id",),
    indexes=("(organiser_id)",),
)
PAYMENTS = Projection("payment", version=4, tables=(PAYMENT, CHECKOUT, CARD_REFUND, DEMAND, DISPUTE, RULES))


PAYMENTS.puts(PaymentRules.Agreed, RULES)
PAYMENTS.sets(PaymentRules.Changed, RULES)

PAYMENTS.puts(
    Payment.Arrived,
    PAYMENT,
    remaining=lambda event, _: event.amount,
    currency=lambda event, _: event.amount.currency,
)
PAYMENTS.adds(Payment.Allotted, PAYMENT, remaining=lambda event, _: -event.amount.amount)
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
