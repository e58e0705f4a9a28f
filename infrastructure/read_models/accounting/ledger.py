"""The ledger in double entry: what each document and each payment comes to on which account, balanced in every event.

Revenue is posted when it is invoiced; how much of it has been earned follows from the meetings held.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.accounting.bookkeeping import Bookkeeping
from domain.billing.credit_note import CreditNote
from domain.billing.demanded import VatBack
from domain.billing.invoice import Invoice
from domain.kernel.money import Money
from domain.payments.checkout import Checkout
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from infrastructure.read_models.accounting.closing_vouchers import deferral, resting
from infrastructure.read_models.accounting.ledger_tables import DAY_SUM, OWNER, POSTING, RESTING
from infrastructure.read_models.accounting.vouchers import (
    amount_of,
    balanced,
    document_voucher,
    postings,
    whose,
)
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Row
from infrastructure.serialization.event_mapper import Entry, Fact

LEDGER = Projection("ledger", version=4, tables=(OWNER, POSTING, DAY_SUM, RESTING))

CASH = {"bank": "cash_bank", "card": "card_clearing", "offset": "unallotted"}


LEDGER.puts(Invoice.Issued, OWNER, means="")
LEDGER.puts(Payment.Arrived, OWNER, number=None)
LEDGER.puts(Bookkeeping.Begun, OWNER, means="", number=None)
LEDGER.puts(Checkout.Opened, OWNER, means="card", number=None)


@LEDGER.on(Invoice.Issued)
def _issued(event: Invoice.Issued, entry: Entry) -> Iterable[Change]:
    return document_voucher(event, entry, "invoice", event.originator_id)


@LEDGER.on(CreditNote.Issued)
def _credit_note_issued(event: CreditNote.Issued, entry: Entry) -> Iterable[Change]:
    return document_voucher(event, entry, "credit_note", event.invoice_id)


@LEDGER.on(Invoice.PaymentReceived)
def _payment_received(event: Invoice.PaymentReceived, entry: Entry) -> Iterable[Change]:
    account = CASH[event.means] if event.payment_id is None else "unallotted"
    yield _moved(
        event, entry, "payment", event.received_on, event.amount, account, "receivable", payment_id=event.payment_id
    )


@LEDGER.on(Invoice.PaymentRefunded)
def _payment_refunded(event: Invoice.PaymentRefunded, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "refund", event.refunded_on, event.amount, "receivable", CASH[event.means])


@LEDGER.on(Invoice.PaymentReversed)
def _payment_reversed(event: Invoice.PaymentReversed, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "refund", event.on, event.amount, "receivable", CASH[event.means])


@LEDGER.on(Invoice.AllotmentUndone)
def _allotment_undone(event: Invoice.AllotmentUndone, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "reallotment", event.on, event.amount, "receivable", "unallotted", event.payment_id)


@LEDGER.on(Invoice.RefundCameBack)
def _refund_came_back(event: Invoice.RefundCameBack, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "payment", event.on, event.amount, CASH[event.means], "receivable")


@LEDGER.on(Invoice.DisputeLost)
def _dispute_lost(event: Invoice.DisputeLost, entry: Entry) -> Iterable[Change]:
    yield _moved(event, entry, "dispute", event.on, event.amount, "losses", "card_clearing")


@LEDGER.on(Invoice.WrittenOff)
def _written_off(event: Invoice.WrittenOff, entry: Entry) -> Iterable[Change]:
    yield _lost(event, entry, event.amount.amount, event.vat_back)


@LEDGER.on(Invoice.LossUndone)
def _loss_undone(event: Invoice.LossUndone, entry: Entry) -> Iterable[Change]:
    yield _lost(event, entry, -event.amount.amount, event.vat_back)


def _lost(
    event: Invoice.WrittenOff | Invoice.LossUndone, entry: Entry, amount: int, back: tuple[VatBack, ...]
) -> Change:
    """A loss and the VAT that goes back with it, by rate; below zero: undone, and the VAT is owed again."""
    rows: list[Row]
    about: Row = {"document_id": event.originator_id, "invoice_id": event.originator_id}
    sign, rows = 1 if amount > 0 else -1, []
    for each in back:
        taxed = {**about, "basis_points": each.rate.basis_points, "vat_kind": each.rate.kind.value}
        rows.append({**taxed, "account": "losses", "amount": sign * each.net})
        rows.append({**taxed, "account": "vat", "amount": sign * each.vat})
    rows.append({**about, "account": "losses", "amount": amount - sum(amount_of(row) for row in rows)})
    rows.append({**about, "account": "receivable", "amount": -amount})

    def follow(owner: Row) -> Iterable[Change]:
        numbered = [{**row, "number": owner["number"]} for row in rows]
        return balanced(entry, "write_off", whose(owner), event.on, numbered)

    return OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Payment.Arrived)
def _arrived(event: Payment.Arrived, entry: Entry) -> Iterable[Change]:
    rows = postings(event.amount, CASH[event.means], "unallotted", event.originator_id)
    of_payment = [{**row, "payment_id": event.originator_id} for row in rows]
    return balanced(entry, "payment", event.organiser_id, event.arrived_on, of_payment)


@LEDGER.on(Payment.Returned)
def _returned(event: Payment.Returned, entry: Entry) -> Iterable[Change]:
    def follow(owner: Row) -> Iterable[Change]:
        account = CASH[event.means or str(owner["means"])]
        rows = postings(event.amount, "unallotted", account, event.originator_id)
        return balanced(entry, "refund", whose(owner), event.on, rows)

    yield OWNER.follow((event.originator_id,), follow)


@LEDGER.on(Payment.CameBack)
def _came_back(event: Payment.CameBack, entry: Entry) -> Iterable[Change]:
    def follow(owner: Row) -> Iterable[Change]:
        rows = postings(event.amount, CASH[str(owner["means"])], "unallotted", event.originator_id)
        return balanced(entry, "payment", whose(owner), event.on, rows)

    yield OWNER.follow((event.originator_id,), follow)


def _other_money(event: OtherMoney.Placed | OtherMoney.PlacedAgain, entry: Entry) -> Iterable[Change]:
    """To an account of choice; what is left out is in other books."""
    if not event.account:
        return ()
    rows = postings(event.amount, "cash_bank", event.account, event.originator_id)
    return balanced(entry, "other_money", event.organiser_id, event.booked_on, rows)


LEDGER.on(OtherMoney.Placed)(_other_money)
LEDGER.on(OtherMoney.PlacedAgain)(_other_money)


@LEDGER.on(OtherMoney.Undone)
def _other_money_undone(event: OtherMoney.Undone, entry: Entry) -> Iterable[Change]:
    if not event.account:
        return ()
    rows = postings(event.amount, event.account, "cash_bank", event.originator_id)
    return balanced(entry, "other_money", event.organiser_id, event.on, rows)


@LEDGER.on(Payment.BookedElsewhere)
def _booked_elsewhere(event: Payment.BookedElsewhere, entry: Entry) -> Iterable[Change]:
    """Out of what is to be allotted; what is left out leaves the bank account here, since other books have it."""
    rows = postings(event.amount, "unallotted", event.account or "cash_bank", event.originator_id)
    return balanced(entry, "other_money", event.organiser_id, event.on, rows)


@LEDGER.on(Payment.ElsewhereUndone)
def _elsewhere_undone(event: Payment.ElsewhereUndone, entry: Entry) -> Iterable[Change]:
    rows = postings(event.amount, event.account or "cash_bank", "unallotted", event.originator_id)
    return balanced(entry, "other_money", event.organiser_id, event.on, rows)


@LEDGER.on(Checkout.Paid)
def _card_paid(event: Checkout.Paid, entry: Entry) -> Iterable[Change]:
    if event.fee.amount:
        yield _card_fee(event, entry, event.paid_on, event.fee, event.payment_id, event.payment_id)


@LEDGER.on(Checkout.FeeTold)
def _fee_told(event: Checkout.FeeTold, entry: Entry) -> Iterable[Change]:
    yield _card_fee(event, entry, event.on, event.fee, event.originator_id, None)


@LEDGER.on(Bookkeeping.RevenueDeferred)
def _revenue_deferred(event: Bookkeeping.RevenueDeferred, entry: Entry) -> Iterable[Change]:
    yield deferral(event, entry, "closing", event.on, event.parts, 1)


@LEDGER.on(Bookkeeping.DeferralReversed)
def _deferral_reversed(event: Bookkeeping.DeferralReversed, entry: Entry) -> Iterable[Change]:
    yield deferral(event, entry, "reversal", event.on, event.parts, -1)


@LEDGER.on(Bookkeeping.VatRested)
def _vat_rested(event: Bookkeeping.VatRested, entry: Entry) -> Iterable[Change]:
    yield resting(event, entry, "vat_rest", event.on, event.parts, 1)


@LEDGER.on(Bookkeeping.VatWoken)
def _vat_woken(event: Bookkeeping.VatWoken, entry: Entry) -> Iterable[Change]:
    yield resting(event, entry, "vat_back", event.on, event.parts, -1)


def _card_fee(event: Fact, entry: Entry, day: date, fee: Money, document_id: UUID, payment_id: UUID | None) -> Change:
    rows = [{**row, "payment_id": payment_id} for row in postings(fee, "fees", "card_clearing", document_id)]
    return OWNER.follow((event.originator_id,), lambda owner: balanced(entry, "card_fee", whose(owner), day, rows))


def _moved(
    event: Fact,
    entry: Entry,
    voucher: str,
    day: date,
    amount: Money,
    debit: str,
    credit: str,
    payment_id: UUID | None = None,
) -> Change:
    """Money that moved on an invoice, once it is known whose the invoice is."""
    rows = postings(amount, debit, credit, event.originator_id, event.originator_id)

    def follow(owner: Row) -> Iterable[Change]:
        numbered = [{**row, "number": owner["number"], "payment_id": payment_id} for row in rows]
        return balanced(entry, voucher, whose(owner), day, numbered)

    return OWNER.follow((event.originator_id,), follow)
