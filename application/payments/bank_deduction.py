"""A payment from which its payer has deducted credit notes: what pays which invoice to the öre, or nothing certain.

A credit note of an invoice that is paid with it has lowered what is owed of that one already. One of an invoice that
was paid before has left money to the payer's credit, which is set off against what is paid now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from application.payments.bank_outcome import Suggestion
from application.payments.queries.payment import CreditNoteRow, OwedRow


@dataclass(frozen=True)
class Invoiced:
    """An invoice that a payment is for, and how much of it the payer says is for that (None: it does not say)."""

    row: OwedRow
    told: int | None


@dataclass(frozen=True)
class Deducted:
    """A credit note that the payer has set off, and how much of it (None: it does not say)."""

    row: CreditNoteRow
    told: int | None

    @property
    def amount(self) -> int:
        """What of it is set off."""
        return self.row.amount if self.told is None else self.told


def after_deduction(amount: int, paid: Sequence[Invoiced], deducted: Sequence[Deducted]) -> tuple[Suggestion, ...]:
    """What a payment and the payer's credit pay of each invoice; nothing where the signed sums do not come to it."""
    owed = {each.row.invoice_id: _owed(each, deducted) for each in paid}
    before = [each for each in deducted if each.row.invoice_id not in owed]
    rows, set_off = [each.row for each in paid], list[Suggestion]()
    if not _are_there(deducted, before) or any(not 0 <= owed[row.invoice_id] <= row.balance for row in rows):
        return ()
    for note in before:
        set_off += _set_off(note, rows, owed)
    by_payment = [_part(row, owed[row.invoice_id]) for row in rows if owed[row.invoice_id]]
    is_all = sum(each.amount for each in set_off) == sum(each.amount for each in before)
    return (*by_payment, *set_off) if is_all and sum(each.amount for each in by_payment) == amount else ()


def _owed(invoiced: Invoiced, deducted: Iterable[Deducted]) -> int:
    """What is to be paid of it: what the payer says, less its own credit notes; or all that is owed."""
    own = sum(each.amount for each in deducted if each.row.invoice_id == invoiced.row.invoice_id)
    return invoiced.row.balance if invoiced.told is None else invoiced.told - own


def _are_there(deducted: Iterable[Deducted], before: Sequence[Deducted]) -> bool:
    """Whether no more is deducted than each comes to, nor than was paid too much on the invoices paid before."""
    spare = {each.row.invoice_id: each.row.spare for each in before}
    for each in before:
        spare[each.row.invoice_id] -= each.amount
    return min(spare.values(), default=0) >= 0 and all(0 < each.amount <= each.row.amount for each in deducted)


def _set_off(note: Deducted, rows: Iterable[OwedRow], owed: dict[UUID, int]) -> Iterator[Suggestion]:
    """Against what the same payer pays now, in order; what is owed of each is less by it."""
    left = note.amount
    for row in rows:
        part = min(left, owed[row.invoice_id])
        if part and (row.organisation_id, row.person_id) == (note.row.organisation_id, note.row.person_id):
            owed[row.invoice_id] -= part
            left -= part
            yield replace(_part(row, part), from_invoice_id=note.row.invoice_id, credit_note=note.row.number)


def _part(row: OwedRow, amount: int) -> Suggestion:
    return Suggestion(row.invoice_id, row.number, amount, row.balance, row.buyer)
