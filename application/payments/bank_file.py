"""Bank files: what is on the account, matched with invoices by OCR and amount, shown first and then recorded (S54)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from application.payments.bank_entry import BankEntry, BankFileReader, Matched, Outcome, Suggestion, TakenBack, TakenIn
from application.payments.payment import Part, Payments, RecordEntry
from application.payments.queries.payment import OwedRow, PaymentRecords, SuspenseRow
from domain.kernel.documents import ocr_of
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Means
from domain.payments.payment import Payment

_DIGITS = re.compile(r"\d{2,25}")
_MOST_TOGETHER = 4
_MOST_OF_A_PAYER = 12
_RECORDED_AS_SHOWN = (Outcome.EXACT, Outcome.PART, Outcome.OVER, Outcome.REVERSAL, Outcome.RETURNED)
_UNRECORDED = (Outcome.UNCLEAR, Outcome.OTHER_CURRENCY)


class BankImport:
    """Preview a file, import it, and suggest what suspended payments may be for. All of it is finance's."""

    def __init__(self, payments: Payments, records: PaymentRecords, reader: BankFileReader) -> None:
        self._payments, self._records, self._reader = payments, records, reader

    def preview(self, actor: Actor, content: bytes) -> tuple[Matched, ...]:
        """Every entry and what would become of it. Raises NotABankFile, NotAllowed."""
        organiser, currency = _finance_of(actor), self._payments.currency(actor)
        return tuple(self._matched(actor, organiser, entry, currency) for entry in self._reader.read(content))

    def import_file(self, actor: Actor, content: bytes, decided: tuple[TakenBack, ...] = ()) -> TakenIn:
        """Record every entry, each once: broken off in the middle, the same file goes on where it was.

        What would be split between invoices stands in suspense with its suggestion until somebody confirms it.
        `decided`: what unclear entries took back.
        """
        by_entry = {each.entry: each for each in decided}
        new = matched = position = unclear = 0
        for no, shown in enumerate(self.preview(actor, content), start=1):
            each = _as_decided(shown, by_entry[no]) if no in by_entry else shown
            unclear += each.outcome in _UNRECORDED
            if each.outcome in (Outcome.KNOWN, Outcome.OUTGOING, *_UNRECORDED):
                continue
            is_matched, command = each.outcome in _RECORDED_AS_SHOWN, _command_of(each)
            try:
                recorded = self._payments.record_entry(actor, command)
            except RuleBroken:
                if each.entry.amount < 0:  # of what has been refunded already
                    unclear += 1
                    continue
                is_matched = False  # the invoice has changed meanwhile: finance decides
                recorded = self._payments.record_entry(actor, replace(command, parts=()))
            position = max(position, recorded.position)
            new, matched = new + 1, matched + is_matched
        return TakenIn(new, matched, new - matched, position, unclear)

    def suggest(self, actor: Actor, payment_id: UUID) -> tuple[SuspenseRow, tuple[Suggestion, ...]]:
        """A suspended payment and what it may be for: its OCR, numbers in its text, one payer's invoices, an amount."""
        organiser = _finance_of(actor)
        row = found(self._records.payment(organiser, payment_id), "payment")
        named = self._named(organiser, f"{row.reference} {row.payer or ''}")
        if named:
            return row, _shared(row.left, self._of_one_payer(row.left, named))
        return row, _shared(row.left, self._records.owed(organiser, (), row.left)[:1])

    def invoice_named(self, actor: Actor, typed: str) -> OwedRow:
        """The invoice with a number or an OCR, as it is typed. Raises NotFound."""
        organiser = _finance_of(actor)
        digits = "".join(typed.split())
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= 15
        numbers = (_number_in(digits) or int(digits),) if is_number else ()
        rows = self._records.owed(organiser, numbers) if numbers else ()
        return found(rows[0] if rows else None, "invoice")

    def _matched(self, actor: Actor, organiser: OrganiserId, entry: BankEntry, currency: str) -> Matched:
        is_in = entry.amount > 0
        if not is_in and not entry.is_reversal:
            return Matched(entry, Outcome.OUTGOING)
        if entry.currency != currency:
            return Matched(entry, Outcome.OTHER_CURRENCY)
        if self._is_known(actor, organiser, entry):
            return Matched(entry, Outcome.KNOWN)
        named = self._named(organiser, f"{entry.reference} {entry.text}", entry.currency)
        return self._paid(entry, named) if is_in else self._reversed(organiser, entry, named)

    def _is_known(self, actor: Actor, organiser: OrganiserId, entry: BankEntry) -> bool:
        if entry.amount > 0:
            return self._records.payment(organiser, Payment.create_id(organiser, entry.source)) is not None
        return self._payments.is_reversed(actor, entry.source)

    def _paid(self, entry: BankEntry, named: tuple[OwedRow, ...]) -> Matched:
        owed = [row for row in named if row.balance > 0]
        if not owed:
            given_up = _shared(entry.amount, named)
            return Matched(entry, Outcome.GIVEN_UP if given_up else Outcome.UNKNOWN, given_up)
        several = self._of_one_payer(entry.amount, tuple(owed))
        if len(several) > 1:
            return Matched(entry, Outcome.SPLIT, _shared(entry.amount, several))
        left = owed[0].balance - entry.amount
        outcome = Outcome.PART if left > 0 else Outcome.OVER if left else Outcome.EXACT
        return Matched(entry, outcome, _shared(entry.amount, several))

    def _reversed(self, organiser: OrganiserId, entry: BankEntry, named: tuple[OwedRow, ...]) -> Matched:
        """Money out of the account: of the invoice that is named, or of a payment in suspense that is like it."""
        if len(named) == 1:
            [row] = named
            whole = Suggestion(row.invoice_id, row.number, -entry.amount, row.balance, row.buyer)
            return Matched(entry, Outcome.REVERSAL, (whole,))
        rows = tuple(each for each in self._records.suspense_of(organiser) if _may_be_of(entry, each))
        alike = tuple(each for each in rows if _is_alike(entry, each))
        if len(alike) == 1:
            return Matched(entry, Outcome.RETURNED, payments=alike)
        return Matched(entry, Outcome.UNCLEAR, payments=rows)

    def _named(self, organiser: OrganiserId, text: str, currency: str = "SEK") -> tuple[OwedRow, ...]:
        """The invoices whose OCR stands in a text."""
        numbers = tuple(sorted({number for each in _DIGITS.findall(text) if (number := _number_in(each))}))
        rows = self._records.owed(organiser, numbers) if numbers else ()
        return tuple(row for row in rows if row.currency == currency)

    def _of_one_payer(self, amount: int, named: tuple[OwedRow, ...]) -> tuple[OwedRow, ...]:
        """The invoices that an amount pays exactly: those named, with others of the same payer; or those named."""
        if sum(row.payable for row in named) >= amount:
            return named
        first = named[0]
        others = [
            row
            for row in self._records.owed_by(first.organisation_id, first.person_id)[:_MOST_OF_A_PAYER]
            if row.invoice_id not in {each.invoice_id for each in named} and row.currency == first.currency
        ]
        missing = amount - sum(row.payable for row in named)
        for size in range(1, _MOST_TOGETHER):
            for chosen in combinations(others, size):
                if sum(row.balance for row in chosen) == missing:
                    return (*named, *chosen)
        return named


def _finance_of(actor: Actor) -> OrganiserId:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE)
    return organiser


def _as_decided(shown: Matched, decided: TakenBack) -> Matched:
    """An unclear entry as finance has made it out; every other as it is. Raises BadValue where both are named."""
    if shown.outcome != Outcome.UNCLEAR or (decided.payment_id is None and decided.invoice_id is None):
        return shown
    if decided.payment_id is not None and decided.invoice_id is not None:
        raise BadValue(field="parts", why="of a payment or of an invoice, not of both")
    if decided.invoice_id is not None:
        part = Suggestion(decided.invoice_id, 0, -shown.entry.amount, 0, None)
        return replace(shown, outcome=Outcome.REVERSAL, parts=(part,))
    chosen = tuple(each for each in shown.payments if each.payment_id == decided.payment_id)
    return replace(shown, outcome=Outcome.RETURNED, payments=chosen) if chosen else shown


def _command_of(matched: Matched) -> RecordEntry:
    """The command by which an entry is recorded."""
    entry = matched.entry
    certain = matched.parts if matched.outcome in _RECORDED_AS_SHOWN else ()
    return RecordEntry(
        entry.source,
        entry.amount,
        entry.currency,
        entry.reference,
        entry.arrived_on,
        " · ".join(part for part in (entry.payer, entry.text) if part)[:300],
        tuple(Part(InvoiceId(part.invoice_id), part.amount) for part in certain),
        matched.payments[0].payment_id if matched.outcome == Outcome.RETURNED else None,
    )


def _may_be_of(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether so much is left of a payment that the bank may have taken this back of it."""
    return row.means == Means.BANK and row.left >= -entry.amount and row.arrived_on <= entry.arrived_on


def _is_alike(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether the whole of a payment from the same payer, or with the same reference, was taken back."""
    payer = (row.payer or "").split(" · ")[0]
    is_same = bool(entry.reference and entry.reference == row.reference) or bool(entry.payer and entry.payer == payer)
    return is_same and row.amount == row.left == -entry.amount


def _shared(amount: int, rows: Iterable[OwedRow]) -> tuple[Suggestion, ...]:
    """An amount shared out among invoices in order, never more than may be paid on each."""
    parts = []
    for row in rows:
        part = min(amount, row.payable)
        if part > 0:
            parts.append(Suggestion(row.invoice_id, row.number, part, row.balance, row.buyer))
            amount -= part
    return tuple(parts)


def _number_in(digits: str) -> int:
    """The document's number in an OCR; 0 where the check digits are wrong."""
    body = digits[:-2]
    return int(body) if body and len(body) <= 12 and ocr_of(int(body)) == digits else 0
