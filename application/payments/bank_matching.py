"""An entry of a bank's account beside what it may be for: what would become of it, and the command that records it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.payments.payment import Part, TakeIn
from application.payments.queries.payment import OwedRow, SuspenseRow
from domain.kernel.documents import ocr_of
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId


@dataclass(frozen=True)
class BankEntry:
    """One entry of an account, in öre; below zero money that left it. `source` names it for ever."""

    source: str
    amount: int
    currency: str
    reference: str
    text: str
    payer: str
    arrived_on: date
    is_reversal: bool


@dataclass(frozen=True)
class Suggestion:
    """An amount (öre) for an invoice, with what it is owed."""

    invoice_id: UUID
    number: int
    amount: int
    balance: int
    buyer: str | None


@dataclass(frozen=True)
class Matched:
    """An entry and what would become of it.

    `outcome`: exact, part (less than is owed), over (more; the rest stays in suspense), split (several invoices: to be
    confirmed), given_up (of an invoice that was written off: to be confirmed), unknown (suspense), known (taken in
    before), reversal (a payment taken back), returned (taken back of a payment in suspense: the first of `payments`),
    unclear (taken back, and it is not known of what: recorded once finance has chosen, perhaps among `payments`),
    other_currency (not recorded), outgoing (not ours).
    """

    entry: BankEntry
    outcome: str
    parts: tuple[Suggestion, ...] = ()
    payments: tuple[SuspenseRow, ...] = ()


@dataclass(frozen=True)
class TakenBack:
    """What finance says that an unclear entry (`entry`, from 1) took back: a payment in suspense, or an invoice."""

    entry: int
    payment_id: UUID | None = None
    invoice_id: UUID | None = None


def is_certain(matched: Matched) -> bool:
    """Whether it is recorded as it is shown, without a further confirmation."""
    return matched.outcome in ("exact", "part", "over", "reversal", "returned")


def as_said(shown: Matched, said: TakenBack) -> Matched:
    """An unclear entry as finance has made it out; every other as it is. Raises BadValue where both are named."""
    if shown.outcome != "unclear" or (said.payment_id is None and said.invoice_id is None):
        return shown
    if said.payment_id is not None and said.invoice_id is not None:
        raise BadValue(field="parts", why="of a payment or of an invoice, not of both")
    if said.invoice_id is not None:
        part = Suggestion(said.invoice_id, 0, -shown.entry.amount, 0, None)
        return replace(shown, outcome="reversal", parts=(part,))
    chosen = tuple(each for each in shown.payments if each.payment_id == said.payment_id)
    return replace(shown, outcome="returned", payments=chosen) if chosen else shown


def command_of(matched: Matched) -> TakeIn:
    """The command by which an entry is taken in."""
    entry = matched.entry
    certain = matched.parts if is_certain(matched) else ()
    return TakeIn(
        entry.source,
        entry.amount,
        entry.currency,
        entry.reference,
        entry.arrived_on,
        " · ".join(part for part in (entry.payer, entry.text) if part)[:300],
        tuple(Part(InvoiceId(part.invoice_id), part.amount) for part in certain),
        matched.payments[0].payment_id if matched.outcome == "returned" else None,
    )


def may_be_of(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether so much is left of a payment that the bank may have taken this back of it."""
    return row.means == "bank" and row.left >= -entry.amount and row.arrived_on <= entry.arrived_on


def is_alike(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether the whole of a payment from the same payer, or with the same reference, was taken back."""
    payer = (row.payer or "").split(" · ")[0]
    is_same = bool(entry.reference and entry.reference == row.reference) or bool(entry.payer and entry.payer == payer)
    return is_same and row.amount == row.left == -entry.amount


def shared(amount: int, rows: Iterable[OwedRow], *, paid: bool = False) -> tuple[Suggestion, ...]:
    """An amount shared out among invoices in order, never more than may be paid on each."""
    parts = []
    for row in rows:
        part = amount if paid else min(amount, row.payable)
        if part > 0:
            parts.append(Suggestion(row.invoice_id, row.number, part, row.balance, row.buyer))
            amount -= part
    return tuple(parts)


def number_of(digits: str) -> int:
    """The document's number in an OCR; 0 where the check digits are wrong."""
    body = digits[:-2]
    return int(body) if body and len(body) <= 12 and ocr_of(int(body)) == digits else 0
