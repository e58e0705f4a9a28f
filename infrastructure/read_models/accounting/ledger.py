"""The ledger in double entry: what each document and each payment comes to on which account, balanced in every event.

Revenue is posted when it is invoiced; how much of it has been earned follows from the meetings held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.kernel.money import Money
from domain.kernel.vat import VatRate
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Row, Table
from infrastructure.serialization.event_mapper import Entry, Fact

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
"""One posting: debit above zero, credit below; those of one position add up to nothing."""

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
        "amount": "bigint",
    },
    key=("organiser_id", "account", "day", "season_id", "basis_points", "vat_kind"),
)
"""What postings of a day add up to, so that a report reads days and not lines."""

LEDGER = Projection("ledger", version=1, tables=(OWNER, POSTING, DAY_SUM))

CASH = {"bank": "cash_bank", "card": "card_clearing", "offset": "unallotted"}


class Unbalanced(Exception):
    """What an event comes to does not add up to nothing: the ledger's code is wrong."""


LEDGER.puts(Invoice.Issued, OWNER, means="")
LEDGER.puts(Payment.Arrived, OWNER, number=None)
LEDGER.puts(Checkout.Opened, OWNER, means="card", number=None)


@LEDGER.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    return _document(event, entry, "invoice", event.originator_id)


@LEDGER.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    return _document(event, entry, "credit_note", event.invoice_id)


@LEDGER.on(Invoice.PaymentReceived)
def _payment_received(event: Invoice.PaymentReceived, entry: Entry) -> Iterable[Change]:
    account = CASH[event.means] if event.payment_id is None else "unallotted"
    yield _moved(event, entry, "payment", event.received_on, event.amount, debit=account, credit="receivable")


@LEDGER.on(Invoice.PaymentRefunded)
def _payment_refunded(event: Invoice.PaymentRefunded, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "refund", event.refunded_on, event.amount, "receivable", CASH[event.means])


@LEDGER.on(Invoice.PaymentReversed)
def _payment_reversed(event: Invoice.PaymentReversed, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "refund", event.on, event.amount, "receivable", CASH[event.means])


@LEDGER.on(Invoice.RefundCameBack)
def _refund_came_back(event: Invoice.RefundCameBack, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "payment", event.on, event.amount, CASH[event.means], "receivable")


@LEDGER.on(Invoice.DisputeLost)
def _dispute_lost(event: Invoice.DisputeLost, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "dispute", event.on, event.amount, "losses", "card_clearing")


@LEDGER.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "write_off", event.on, event.amount, "losses", "receivable")


@LEDGER.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "write_off", event.on, event.amount, "receivable", "losses")


@LEDGER.on(Payment.Arrived)
def _arrived(event: Payment.Arrived, entry: Entry) -> Iterable[Change]:
    rows = _postings(event.amount, CASH[event.means], "unallotted", event.originator_id)
    return _voucher(entry, "payment", event.organiser_id, event.arrived_on, rows)


@LEDGER.on(Payment.Returned)
def _returned(event: Payment.Returned, entry: Entry) -> Iterable[Change]:
    def follow(owner: Row) -> Iterable[Change]:
        account = CASH[event.means or str(owner["means"])]
        rows = _postings(event.amount, "unallotted", account, event.originator_id)
        return _voucher(entry, "refund", _whose(owner), event.on, rows)

    yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Payment.CameBack)
def _came_back(event: Payment.CameBack, entry: Entry) -> Iterable[Change]:
    def follow(owner: Row) -> Iterable[Change]:
        rows = _postings(event.amount, CASH[str(owner["means"])], "unallotted", event.originator_id)
        return _voucher(entry, "payment", _whose(owner), event.on, rows)

    yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Checkout.Paid)
def _card_paid(event: Checkout.Paid, entry: Entry) -> Iterable[Change]:
    if event.fee.amount:
        yield _card_fee(event, entry, event.paid_on, event.fee, event.payment_id)


@LEDGER.on(Checkout.FeeTold)
def _fee_told(event: Checkout.FeeTold, entry: Entry) -> Iterable[Change]:
    yield _card_fee(event, entry, event.on, event.fee, event.originator_id)


def _card_fee(event: Fact, entry: Entry, day: date, fee: Money, document_id: UUID) -> Change:
    rows = _postings(fee, "fees", "card_clearing", document_id)
    return OWNER.follow((event.originator_id,), lambda owner: _voucher(entry, "card_fee", _whose(owner), day, rows))


def _document(
    event: Invoice.Issued | CreditNote.Issued, entry: Entry, voucher: str, invoice_id: UUID
) -> Iterable[Change]:
    about: Row = {"document_id": event.originator_id, "number": event.number, "invoice_id": invoice_id}
    gross = sum(line.gross.amount for line in event.lines) + event.rounding
    rows: list[Row] = [{**about, "account": "receivable", "amount": gross}]
    rows += _lines(event, about)
    rows.append({**about, "account": "rounding", "amount": -event.rounding})
    return _voucher(entry, voucher, event.organiser_id, event.issued_on, rows)


def _lines(event: Invoice.Issued | CreditNote.Issued, about: Row) -> Iterator[Row]:
    """Revenue and VAT of lines, those of one booking, season and rate together."""
    sums: dict[tuple[UUID, UUID | None, VatRate], tuple[int, int]] = {}
    for line in event.lines:
        key = (line.refers_to or event.source_id, line.season_id or event.season_id, line.rate)
        net, vat = sums.get(key, (0, 0))
        sums[key] = net + line.net.amount, vat + line.vat.amount
    for (subject, season, rate), (net, vat) in sums.items():
        named = {"subject_id": subject, "season_id": season}
        taxed = {"basis_points": rate.basis_points, "vat_kind": rate.kind.value}
        yield {**about, **named, **taxed, "account": "revenue", "amount": -net}
        yield {**about, **named, **taxed, "account": "vat", "amount": -vat}


def _moved(event: Fact, entry: Entry, voucher: str, day: date, amount: Money, debit: str, credit: str) -> Change:
    """Money that moved on an invoice, once it is known whose the invoice is."""
    rows = _postings(amount, debit, credit, event.originator_id, event.originator_id)

    def follow(owner: Row) -> Iterable[Change]:
        numbered = [{**row, "number": owner["number"]} for row in rows]
        return _voucher(entry, voucher, _whose(owner), day, numbered)

    return OWNER.follow((event.originator_id,), follow)


def _postings(amount: Money, debit: str, credit: str, document_id: UUID, invoice_id: UUID | None = None) -> list[Row]:
    about = {"document_id": document_id, "invoice_id": invoice_id}
    return [
        {**about, "account": debit, "amount": amount.amount},
        {**about, "account": credit, "amount": -amount.amount},
    ]


def _voucher(entry: Entry, voucher: str, organiser_id: UUID, day: date, rows: Sequence[Row]) -> Iterable[Change]:
    """The postings of one event and the sums of their day. Raises Unbalanced."""
    if sum(_amount(row) for row in rows):
        raise Unbalanced(f"{entry.topic} at position {entry.position}")
    nothing: Row = {"number": None, "subject_id": None, "season_id": None, "basis_points": None, "vat_kind": ""}
    head: Row = {"position": entry.position, "organiser_id": organiser_id, "day": day, "voucher": voucher}
    for no, row in enumerate((one for one in rows if one["amount"]), start=1):
        yield POSTING.put(**{**nothing, **head, **row, "no": no, "recorded_at": entry.recorded_at})
        rate = row.get("basis_points")
        place = (row.get("season_id") or NOBODY, NO_RATE if rate is None else rate, row.get("vat_kind", ""))
        yield DAY_SUM.count((organiser_id, row["account"], day, *place), amount=_amount(row))


def _amount(row: Row) -> int:
    return int(str(row["amount"]))


def _whose(owner: Row) -> UUID:
    return UUID(str(owner["organiser_id"]))
