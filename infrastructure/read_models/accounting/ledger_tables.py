"""Tables of the ledger: whose a document is, the postings, what those of a day add up to, and what VAT rests."""

from __future__ import annotations

from uuid import UUID

from infrastructure.read_models.kernel.table import Table

NOBODY = UUID(int=0)
"""Stands for "no season" in a key."""


NO_RATE = -1
"""Stands for "no VAT rate" in a key."""


OWNER = Table(
    "ledger",
    "owner",
    {"owner_id": "uuid", "organiser_id": "uuid", "means": "text", "number": "bigint"},
    key=("owner_id",),
)
"""Whose an invoice, a payment or a checkout is, and its number; its later events do not say."""


POSTING = Table(
    "ledger",
    "posting",
    {
        "position": "bigint",
        "no": "bigint",
        "organiser_id": "uuid",
        "day": "date",
        "account": "text",
        "amount": "bigint",
        "voucher": "text",
        "document_id": "uuid",
        "number": "bigint",
        "invoice_id": "uuid",
        "subject_id": "uuid",
        "season_id": "uuid",
        "basis_points": "bigint",
        "vat_kind": "text",
        "supplies": "text",
        "payment_id": "uuid",
        "recorded_at": "timestamptz",
    },
    key=("position", "no"),
    indexes=(
        "(organiser_id, day, position, no)",
        "(organiser_id, account, day, position, no)",
        "(organiser_id, basis_points, vat_kind, day, position) where account = 'revenue'",
        "(invoice_id, day) include (amount, recorded_at) where account = 'receivable'",
        "(organiser_id, season_id, day, position, no) where season_id is not null",
        "(document_id)",
    ),
)
"""One posting: debit above zero, credit below; those of one position add up to nothing.

`payment_id`: the payment whose arrival it is, or that pays an invoice, or paid it until it was moved.
"""


DAY_SUM = Table(
    "ledger",
    "day_sum",
    {
        "organiser_id": "uuid",
        "day": "date",
        "account": "text",
        "season_id": "uuid",
        "basis_points": "bigint",
        "vat_kind": "text",
        "supplies": "text",
        "amount": "bigint",
    },
    key=("organiser_id", "account", "day", "season_id", "basis_points", "vat_kind", "supplies"),
)
"""What postings of a day add up to, so that a report reads days and not lines."""


RESTING = Table(
    "ledger",
    "resting",
    {
        "position": "bigint",
        "no": "bigint",
        "organiser_id": "uuid",
        "day": "date",
        "season_id": "uuid",
        "basis_points": "bigint",
        "vat_kind": "text",
        "net": "bigint",
        "vat": "bigint",
        "recorded_at": "timestamptz",
    },
    key=("position", "no"),
    indexes=("(organiser_id, day)",),
)
"""VAT that is not owed yet with the sales that it is the tax on: above zero where it goes to rest, below zero back.

The postings of the VAT stand in POSTING; sales are revenue all the time, and are the base of VAT when it is owed.
"""
