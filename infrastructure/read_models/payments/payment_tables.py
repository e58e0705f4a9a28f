"""Tables of payments: what arrived, its allotments, card payments and their refunds, demands and disputes."""

from __future__ import annotations

from infrastructure.read_models.kernel.table import Table

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
        "account": "text",
        "entry": "text",
        "bank_reference": "text",
        "kind": "text",
        "account_balance": "bigint",
        "file_id": "uuid",
        "position": "bigint",
    },
    key=("payment_id",),
    indexes=(
        "(organiser_id, arrived_on, position)",
        "(organiser_id, position) where remaining > 0",
        "(organiser_id, entry, arrived_on) where entry <> ''",
    ),
)


OTHER_MONEY = Table(
    "payment",
    "other_money",
    {
        "other_id": "uuid",
        "organiser_id": "uuid",
        "amount": "bigint",
        "currency": "text",
        "account": "text",
        "text": "text",
        "booked_on": "date",
        "card_payments": "bigint",
        "file_id": "uuid",
        "position": "bigint",
    },
    key=("other_id",),
    indexes=("(organiser_id, booked_on, position)",),
)


BANK_FILE = Table(
    "payment",
    "bank_file",
    {
        "file_id": "uuid",
        "organiser_id": "uuid",
        "name": "text",
        "taken_on": "date",
        "statements": "jsonb",
        "position": "bigint",
    },
    key=("file_id",),
    indexes=("(organiser_id, position)",),
)


ALLOTMENT = Table(
    "payment",
    "allotment",
    {
        "payment_id": "uuid",
        "position": "bigint",
        "invoice_id": "uuid",
        "amount": "bigint",
        "day": "date",
        "reason": "text",
    },
    key=("payment_id", "position"),
    indexes=("(invoice_id, position)",),
)
"""What has been allotted, and (below zero, with its reason) what was undone of it, in order."""


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
        "payout_id": "uuid",
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
