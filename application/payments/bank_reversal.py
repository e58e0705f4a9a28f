"""Which payment the bank has taken back, and what of it paid which invoices: also several, or another than it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from application.payments.bank_entry import BankEntry
from application.payments.bank_outcome import Matched, Outcome, Suggestion
from application.payments.queries.bank_file import KnownPayment
from application.payments.queries.payment import OwedRow, PaymentRecords
from domain.kernel.ids import OrganiserId


def payment_reversed(
    records: PaymentRecords, organiser: OrganiserId, entry: BankEntry, named: Sequence[OwedRow]
) -> Matched | None:
    """The latest payment of just this sum that was allotted to a named invoice, as it is allotted now.

    What of it is in suspense is taken back there. None where there is no such payment, or some of it has gone on.
    """
    rows = [each for row in named for each in records.allotments(organiser, invoice_id=row.invoice_id)]
    payments = records.known(organiser, tuple({each.payment_id for each in rows}))
    whole = [each for each in payments if each.amount == -entry.amount and each.arrived_on <= entry.arrived_on]
    for payment in sorted(whole, key=lambda each: each.arrived_on, reverse=True):
        parts = _parts(records, organiser, payment)
        if parts and sum(each.amount for each in parts) + payment.left == payment.amount:
            waiting = records.payment(organiser, payment.payment_id) if payment.left else None
            return Matched(entry, Outcome.REVERSAL, parts, (waiting,) if waiting else ())
    return None


def _parts(records: PaymentRecords, organiser: OrganiserId, payment: KnownPayment) -> tuple[Suggestion, ...]:
    paid, numbers = Counter[UUID](), list[int]()
    for each in records.allotments(organiser, payment.payment_id):
        paid[each.invoice_id] += each.amount
        numbers.append(each.number)
    rows = records.owed(organiser, tuple(numbers)) if numbers else ()
    return tuple(
        Suggestion(row.invoice_id, row.number, paid[row.invoice_id], row.balance, row.buyer)
        for row in rows
        if paid[row.invoice_id] > 0
    )
