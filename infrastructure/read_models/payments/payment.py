"""Payments: what has arrived and is not allotted, card payments and their refunds, disputes, reminders, write-offs."""

from __future__ import annotations

from collections.abc import Iterable

from domain.billing.invoice import Invoice
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from infrastructure.read_models.kernel.projection import Change, Projection, Table, as_bytes
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


@PAYMENTS.on(PaymentRules.Agreed)
def _agreed(event: PaymentRules.Agreed, _: Entry) -> Iterable[Change]:
    yield RULES.put(
        rules_id=event.originator_id, organiser_id=event.organiser_id, suspends_disputed=event.suspends_disputed
    )


PAYMENTS.sets(PaymentRules.Changed, RULES)


@PAYMENTS.on(Payment.Arrived)
def _arrived(event: Payment.Arrived, entry: Entry) -> Iterable[Change]:
    yield PAYMENT.put(
        payment_id=event.originator_id,
        organiser_id=event.organiser_id,
        means=event.means,
        amount=event.amount.amount,
        remaining=event.amount.amount,
        currency=event.amount.currency,
        reference=event.reference,
        arrived_on=event.arrived_on,
        payer=as_bytes(event.payer),
        source=event.source,
        position=entry.position,
    )


@PAYMENTS.on(Payment.Allotted)
def _allotted(event: Payment.Allotted, _: Entry) -> Iterable[Change]:
    yield PAYMENT.add((event.originator_id,), remaining=-event.amount.amount)


@PAYMENTS.on(Payment.Returned)
def _returned(event: Payment.Returned, _: Entry) -> Iterable[Change]:
    yield PAYMENT.add((event.originator_id,), remaining=-event.amount.amount)


@PAYMENTS.on(Payment.CameBack)
def _came_back(event: Payment.CameBack, _: Entry) -> Iterable[Change]:
    yield PAYMENT.add((event.originator_id,), remaining=event.amount.amount)


@PAYMENTS.on(Checkout.Opened)
def _opened(event: Checkout.Opened, _: Entry) -> Iterable[Change]:
    yield CHECKOUT.put(
        checkout_id=event.originator_id,
        organiser_id=event.organiser_id,
        invoice_id=event.invoice_id,
        season_id=event.season_id,
        session="",
        intent="",
        amount=event.amount.amount,
        fee=0,
        currency=event.amount.currency,
        state="open",
        opened_at=event.opened_at,
        held_until=event.held_until,
        paid_on=None,
        refunded=0,
    )


PAYMENTS.sets(Checkout.Started, CHECKOUT)


@PAYMENTS.on(Checkout.Paid)
def _paid(event: Checkout.Paid, _: Entry) -> Iterable[Change]:
    yield CHECKOUT.change(
        (event.originator_id,),
        state="paid",
        intent=event.intent,
        amount=event.amount.amount,
        fee=event.fee.amount,
        paid_on=event.paid_on,
    )


@PAYMENTS.on(Checkout.FeeTold)
def _fee_told(event: Checkout.FeeTold, _: Entry) -> Iterable[Change]:
    yield CHECKOUT.change((event.originator_id,), fee=event.fee.amount)


PAYMENTS.sets(Checkout.Expired, CHECKOUT, state="expired")


@PAYMENTS.on(Checkout.RefundAsked)
def _refund_asked(event: Checkout.RefundAsked, entry: Entry) -> Iterable[Change]:
    yield CARD_REFUND.put(
        refund_id=event.refund_id,
        checkout_id=event.originator_id,
        invoice_id=event.invoice_id,
        amount=event.amount.amount,
        state="asked",
        reference="",
        why="",
        position=entry.position,
    )


@PAYMENTS.on(Checkout.Refunded)
def _refunded(event: Checkout.Refunded, _: Entry) -> Iterable[Change]:
    yield CARD_REFUND.change((event.refund_id,), state="refunded", reference=event.reference)
    yield CHECKOUT.add((event.originator_id,), refunded=event.amount.amount)


@PAYMENTS.on(Checkout.RefundFailed)
def _refund_failed(event: Checkout.RefundFailed, _: Entry) -> Iterable[Change]:
    yield CARD_REFUND.change((event.refund_id,), state="failed", why=event.why)


@PAYMENTS.on(Checkout.RefundCameBack)
def _refund_came_back(event: Checkout.RefundCameBack, _: Entry) -> Iterable[Change]:
    yield CARD_REFUND.change((event.refund_id,), state="failed", why=event.why)
    yield CHECKOUT.add((event.originator_id,), refunded=-event.amount.amount)


@PAYMENTS.on(Invoice.Issued)
def _issued(event: Invoice.Issued, _: Entry) -> Iterable[Change]:
    yield DEMAND.put(
        invoice_id=event.originator_id,
        organiser_id=event.organiser_id,
        reminded=0,
        reminded_on=None,
        disputes=0,
        handed_over_on=None,
        written_off=0,
        reason="",
        given_up=0,
    )


@PAYMENTS.on(Invoice.Reminded)
def _reminded(event: Invoice.Reminded, _: Entry) -> Iterable[Change]:
    yield DEMAND.change((event.originator_id,), reminded=event.level, reminded_on=event.on)


@PAYMENTS.on(Invoice.HandedOver)
def _handed_over(event: Invoice.HandedOver, _: Entry) -> Iterable[Change]:
    yield DEMAND.change((event.originator_id,), handed_over_on=event.on)


@PAYMENTS.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, _: Entry) -> Iterable[Change]:
    yield DEMAND.change((event.originator_id,), written_off=event.amount.amount, reason=event.reason)


@PAYMENTS.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, _: Entry) -> Iterable[Change]:
    if event.of == "write_off":
        yield DEMAND.add((event.originator_id,), written_off=-event.amount.amount)
    else:
        yield DEMAND.add((event.originator_id,), given_up=event.amount.amount)


@PAYMENTS.on(Invoice.Disputed)
def _disputed(event: Invoice.Disputed, _: Entry) -> Iterable[Change]:
    yield DISPUTE.put(
        reference=event.reference,
        invoice_id=event.originator_id,
        amount=event.amount.amount,
        currency=event.amount.currency,
        opened_on=event.opened_on,
        state="open",
        decided_on=None,
    )
    yield DEMAND.add((event.originator_id,), disputes=1)


@PAYMENTS.on(Invoice.DisputeWon)
def _won(event: Invoice.DisputeWon, _: Entry) -> Iterable[Change]:
    yield DISPUTE.change((event.reference, event.originator_id), state="won", decided_on=event.on)
    yield DEMAND.add((event.originator_id,), disputes=-1)


@PAYMENTS.on(Invoice.DisputeLost)
def _lost(event: Invoice.DisputeLost, _: Entry) -> Iterable[Change]:
    yield DISPUTE.change((event.reference, event.originator_id), state="lost", decided_on=event.on)
    yield DEMAND.add((event.originator_id,), disputes=-1)
