"""The tables of documents: invoices and credit notes as issued, their accounts, and sums of seasons and of days."""

from __future__ import annotations

from uuid import UUID

from infrastructure.read_models.kernel.table import Table

DOCUMENT = Table(
    "invoice",
    "document",
    {
        "document_id": "uuid",
        "kind": "text",
        "organiser_id": "uuid",
        "number": "bigint",
        "source_id": "uuid",
        "season_id": "uuid",
        "organisation_id": "uuid",
        "person_id": "uuid",
        "reference": "text",
        "issued_on": "date",
        "due_on": "date",
        "position": "bigint",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "rounding": "bigint",
        "set_off": "bigint",
        "currency": "text",
        "ocr": "text",
        "refers_to_id": "uuid",
        "refers_to_number": "bigint",
        "reason": "text",
        "org_number": "text",
        "vat_number": "text",
        "details": "bytea",
        "terms": "jsonb",
        "seller": "jsonb",
        "supply": "jsonb",
        "lines": "jsonb",
        "late": "jsonb",
    },
    key=("document_id",),
    indexes=(
        "(organiser_id, issued_on, position)",
        "(organiser_id, number)",
        "(season_id, issued_on, position) where season_id is not null",
        "(organisation_id, issued_on, position) where organisation_id is not null",
        "(person_id, issued_on, position) where person_id is not null",
        "(refers_to_id) where refers_to_id is not null",
        "(organiser_id, abs(gross + rounding))",
        "(organiser_id, lower(reference)) where reference <> ''",
    ),
)
"""`gross` is net and VAT of its lines; what it asks for or gives back is that with the `rounding` to whole kronor."""

ACCOUNT = Table(
    "invoice",
    "account",
    {
        "document_id": "uuid",
        "organiser_id": "uuid",
        "season_id": "uuid",
        "issued_on": "date",
        "due_on": "date",
        "net": "bigint",
        "vat": "bigint",
        "credited": "bigint",
        "paid": "bigint",
        "written_off": "bigint",
        "payable": "bigint",
        "balance": "bigint",
        "first_on": "date",
        "moved_on": "date",
        "moved_at": "timestamptz",
        "position": "bigint",
        "payments": "jsonb",
    },
    key=("document_id",),
    indexes=(
        "(organiser_id, due_on, document_id) include (balance, net, vat) where balance <> 0",
        "(organiser_id, issued_on, position) include (due_on) where balance > 0",
        "(organiser_id, issued_on, position) where balance <= 0 and paid > 0 and written_off = 0",
        "(organiser_id, issued_on) include (document_id, due_on, payable, balance, first_on, moved_on, moved_at)",
        "(organiser_id, season_id) include (paid) where paid <> 0",
        "(organiser_id) where balance < 0",
    ),
)
"""What happens to an invoice after it has been issued: small rows, so that a payment rewrites no lines.

`moved_on`, `moved_at`: the latest day that something counts from and when that was recorded; the balance is what it was
on every day from then on. `first_on`: the earliest such day; before it, all that was `payable` was open.
"""

STANDS_ON = Table(
    "invoice",
    "stands_on",
    {"source_id": "uuid", "document_id": "uuid"},
    key=("source_id", "document_id"),
)
"""What is invoiced together with other things: on a collective invoice (S61), or beside a seat (S08)."""

SEASON_SUM = Table(
    "invoice",
    "season_sum",
    {
        "organiser_id": "uuid",
        "season_id": "uuid",
        "documents": "bigint",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "credited": "bigint",
    },
    key=("organiser_id", "season_id"),
)
NOBODY = UUID(int=0)
"""Stands for "no season" in a key."""

DAY_TOTAL = Table(
    "invoice",
    "day_total",
    {
        "organiser_id": "uuid",
        "kind": "text",
        "issued_on": "date",
        "season_id": "uuid",
        "documents": "bigint",
        "net": "bigint",
        "vat": "bigint",
        "gross": "bigint",
        "rounding": "bigint",
    },
    key=("organiser_id", "kind", "issued_on", "season_id"),
)
"""What the documents of a day add up to, so that the totals of a list read days and not documents."""
