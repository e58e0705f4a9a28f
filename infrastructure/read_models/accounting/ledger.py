"""The ledger in double entry: what each document and each payment comes to on which account, balanced in every event.

Revenue is posted when it is invoiced; how much of it has been earned follows from the meetings held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
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

Amounts = Iterable[tuple[str, int]]
CASH = {"bank": "cash_bank", "card": "card_clearing", "offset": "unallotted"}


class Unbalanced(Exception):
    """What an event comes to does not add up to nothing: the ledger's code is wrong."""


@LEDGER.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    yield OWNER.put(owner_id=event.originator_id, organiser_id=event.organiser_id, means="", number=event.number)
    yield from _document(event, entry, "invoice", event.originator_id)


@LEDGER.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    yield from _document(event, entry, "credit_note", event.invoice_id)


@LEDGER.on(Invoice.PaymentReceived)
def _payment_received(event: Invoice.PaymentReceived, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    account = CASH[event.means] if event.payment_id is None else "unallotted"
    yield _moved(event, entry, "payment", event.received_on, ((account, amount), ("receivable", -amount)))


@LEDGER.on(Invoice.PaymentRefunded)
def _payment_refunded(event: Invoice.PaymentRefunded, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "refund", event.refunded_on, (("receivable", amount), (CASH[event.means], -amount)))


@LEDGER.on(Invoice.PaymentReversed)
def _payment_reversed(event: Invoice.PaymentReversed, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "refund", event.on, (("receivable", amount), (CASH[event.means], -amount)))


@LEDGER.on(Invoice.RefundCameBack)
def _refund_came_back(event: Invoice.RefundCameBack, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "payment", event.on, ((CASH[event.means], amount), ("receivable", -amount)))


@LEDGER.on(Invoice.DisputeLost)
def _dispute_lost(event: Invoice.DisputeLost, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "dispute", event.on, (("losses", amount), ("card_clearing", -amount)))


@LEDGER.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "write_off", event.on, (("losses", amount), ("receivable", -amount)))


@LEDGER.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount
    yield _moved(event, entry, "write_off", event.on, (("receivable", amount), ("losses", -amount)))


@LEDGER.on(Payment.Arrived)
def _arrived(event: Payment.Arrived, entry: Entry) -> Iterable[Change]:
    amount, organiser_id = event.amount.amount, event.organiser_id
    yield OWNER.put(owner_id=event.originator_id, organiser_id=organiser_id, means=event.means, number=None)
    amounts = ((CASH[event.means], amount), ("unallotted", -amount))
    yield from _voucher(entry, "payment", organiser_id, event.arrived_on, [*_plain(amounts, event.originator_id)])


@LEDGER.on(Payment.Returned)
def _returned(event: Payment.Returned, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount

    def follow(owner: Row) -> Iterable[Change]:
        amounts = (("unallotted", amount), (CASH[event.means or str(owner["means"])], -amount))
        yield from _voucher(entry, "refund", _whose(owner), event.on, [*_plain(amounts, event.originator_id)])

    yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Payment.CameBack)
def _came_back(event: Payment.CameBack, entry: Entry) -> Iterable[Change]:
    amount = event.amount.amount

    def follow(owner: Row) -> Iterable[Change]:
        amounts = ((CASH[str(owner["means"])], amount), ("unallotted", -amount))
        yield from _voucher(entry, "payment", _whose(owner), event.on, [*_plain(amounts, event.originator_id)])

    yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Checkout.Opened)
def _opened(event: Checkout.Opened, _: Entry) -> Iterable[Change]:
    yield OWNER.put(owner_id=event.originator_id, organiser_id=event.organiser_id, means="card", number=None)


@LEDGER.on(Checkout.Paid)
def _card_paid(event: Checkout.Paid, entry: Entry) -> Iterable[Change]:
    fee = event.fee.amount

    def follow(owner: Row) -> Iterable[Change]:
        amounts = (("fees", fee), ("card_clearing", -fee))
        yield from _voucher(entry, "card_fee", _whose(owner), event.paid_on, [*_plain(amounts, event.payment_id)])

    if fee:
        yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Checkout.FeeTold)
def _fee_told(event: Checkout.FeeTold, entry: Entry) -> Iterable[Change]:
    amounts = (("fees", event.fee.amount), ("card_clearing", -event.fee.amount))

    def follow(owner: Row) -> Iterable[Change]:
        yield from _voucher(entry, "card_fee", _whose(owner), event.on, [*_plain(amounts, event.originator_id)])

    yield OWNER.follow((event.originator_id,), follow)


def _document(
    event: Invoice.Issued | CreditNote.Issued, entry: Entry, voucher: str, invoice_id: UUID
) -> Iterable[Change]:
    about: Row = {"document_id": event.originator_id, "number": event.number, "invoice_id": invoice_id}
    gross = sum(line.gross.amount for line in event.lines) + event.rounding
    rows: list[Row] = [{**about, "account": "receivable", "amount": gross}]
    rows += _lines(event, about)
    rows.append({**about, "account": "rounding", "amount": -event.rounding})
    yield from _voucher(entry, voucher, event.organiser_id, event.issued_on, rows)


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


def _moved(event: Fact, entry: Entry, voucher: str, day: date, amounts: Amounts) -> Change:
    """Money that moved on an invoice, once it is known whose the invoice is."""
    rows = [*_plain(amounts, event.originator_id, event.originator_id)]

    def follow(owner: Row) -> Iterable[Change]:
        numbered = [{**row, "number": owner["number"]} for row in rows]
        yield from _voucher(entry, voucher, _whose(owner), day, numbered)

    return OWNER.follow((event.originator_id,), follow)


def _plain(amounts: Amounts, document_id: UUID, invoice_id: UUID | None = None) -> Iterator[Row]:
    for account, amount in amounts:
        yield {"document_id": document_id, "invoice_id": invoice_id, "account": account, "amount": amount}


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
