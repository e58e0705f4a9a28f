"""Bank files: what is on the account, matched with invoices by OCR and amount, shown first and then taken in (S54)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Protocol
from uuid import UUID

from application.actor import Actor, Role
from application.payment import Part, Payments, TakeIn
from application.reading.page import found
from application.reading.payment import OwedRow, PaymentModel, SuspenseRow
from application.use_case import organiser_of
from domain.documents import ocr_of
from domain.errors import RuleBroken
from domain.ids import InvoiceId, OrganiserId
from domain.payment import Payment

_DIGITS = re.compile(r"\d{2,25}")
_MOST_TOGETHER = 4
_MOST_OF_A_PAYER = 12


class NotABankFile(RuleBroken):
    """The file is no account statement that can be read (`why`)."""


class BankFileTooLarge(RuleBroken):
    """The file is larger than is read at once (`most`, bytes): nothing of it was taken in."""


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


class BankFileReader(Protocol):
    """Reads what banks send."""

    def read(self, content: bytes) -> tuple[BankEntry, ...]:
        """The entries of a file. Raises NotABankFile."""
        ...


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
    confirmed), unknown (suspense), known (taken in before), reversal (a payment taken back), unclear (taken back, and
    it is not known of which invoice: not recorded, for finance to see to), outgoing (not ours).
    """

    entry: BankEntry
    outcome: str
    parts: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class TakenIn:
    """How many entries were new, how many of them pay something, and how many stand in suspense.

    `unclear`: how many were taken back by the bank of something that nobody knows, and are not recorded.
    """

    new: int
    matched: int
    suspended: int
    position: int
    unclear: int = 0


class BankImport:
    """Preview a file, take it in, and suggest what suspended payments may be for."""

    def __init__(self, payments: Payments, model: PaymentModel, reader: BankFileReader) -> None:
        self._payments, self._model, self._reader = payments, model, reader

    def preview(self, actor: Actor, content: bytes) -> tuple[Matched, ...]:
        """Every entry and what would become of it. Raises NotABankFile, NotAllowed."""
        organiser = _finance_of(actor)
        return tuple(self._matched(organiser, entry) for entry in self._reader.read(content))

    def take_in(self, actor: Actor, content: bytes) -> TakenIn:
        """Take in every entry, each once: broken off in the middle, the same file goes on where it was.

        What would be split between invoices stands in suspense with its suggestion until somebody confirms it.
        """
        new = matched = position = unclear = 0
        for each in self.preview(actor, content):
            unclear += each.outcome == "unclear"
            if each.outcome in ("known", "outgoing", "unclear"):
                continue
            taken = _is_certain(each)
            parts = tuple(Part(InvoiceId(part.invoice_id), part.amount) for part in each.parts) if taken else ()
            entry = each.entry
            payer = " · ".join(part for part in (entry.payer, entry.text) if part)
            command = TakeIn(
                entry.source, entry.amount, entry.currency, entry.reference, entry.arrived_on, payer[:300], parts
            )
            try:
                position = max(position, self._payments.take_in(actor, command).position)
            except RuleBroken:
                if entry.amount < 0:  # of what has been given back already
                    unclear += 1
                    continue
                taken = False  # the invoice has changed meanwhile: finance decides
                position = max(position, self._payments.take_in(actor, replace(command, parts=())).position)
            new, matched = new + 1, matched + taken
        return TakenIn(new, matched, new - matched, position, unclear)

    def suggest(self, actor: Actor, payment_id: UUID) -> tuple[SuspenseRow, tuple[Suggestion, ...]]:
        """A suspended payment and what it may be for: its OCR, numbers in its text, one payer's invoices, an amount."""
        organiser = _finance_of(actor)
        row = found(self._model.payment(organiser, payment_id), "payment")
        named = self._named(organiser, f"{row.reference} {row.payer or ''}")
        if named:
            return row, _shared(row.left, self._of_one_payer(row.left, named))
        return row, _shared(row.left, self._model.owed(organiser, (), row.left)[:1])

    def invoice_named(self, actor: Actor, typed: str) -> OwedRow:
        """The invoice with a number or an OCR, as it is typed. Raises NotFound."""
        organiser = _finance_of(actor)
        digits = "".join(typed.split())
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= 15
        numbers = (_number_of(digits) or int(digits),) if is_number else ()
        rows = self._model.owed(organiser, numbers) if numbers else ()
        return found(rows[0] if rows else None, "invoice")

    def _matched(self, organiser: OrganiserId, entry: BankEntry) -> Matched:
        if self._model.payment(organiser, Payment.create_id(organiser, entry.source)) is not None:
            return Matched(entry, "known")
        named = self._named(organiser, f"{entry.reference} {entry.text}", currency=entry.currency)
        if entry.amount <= 0:
            is_ours = entry.is_reversal and len(named) == 1
            parts = _shared(-entry.amount, named, paid=True) if is_ours else ()
            missed = "unclear" if entry.is_reversal else "outgoing"
            return Matched(entry, "reversal" if is_ours else missed, parts)
        owed = [row for row in named if row.balance > 0]
        if not owed:
            return Matched(entry, "unknown")
        several = self._of_one_payer(entry.amount, tuple(owed))
        if len(several) > 1:
            return Matched(entry, "split", _shared(entry.amount, several))
        balance = owed[0].balance
        outcome = "exact" if entry.amount == balance else "part" if entry.amount < balance else "over"
        return Matched(entry, outcome, _shared(entry.amount, several))

    def _named(self, organiser: OrganiserId, text: str, currency: str = "SEK") -> tuple[OwedRow, ...]:
        """The invoices whose OCR stands in a text."""
        numbers = tuple(sorted({number for each in _DIGITS.findall(text) if (number := _number_of(each))}))
        rows = self._model.owed(organiser, numbers) if numbers else ()
        return tuple(row for row in rows if row.currency == currency)

    def _of_one_payer(self, amount: int, named: tuple[OwedRow, ...]) -> tuple[OwedRow, ...]:
        """The invoices that an amount pays exactly: those named, with others of the same payer; or those named."""
        if sum(row.balance for row in named) >= amount:
            return named
        first = named[0]
        others = [
            row
            for row in self._model.owed_by(first.organisation_id, first.person_id)[:_MOST_OF_A_PAYER]
            if row.invoice_id not in {each.invoice_id for each in named} and row.currency == first.currency
        ]
        missing = amount - sum(row.balance for row in named)
        for size in range(1, _MOST_TOGETHER):
            for chosen in combinations(others, size):
                if sum(row.balance for row in chosen) == missing:
                    return (*named, *chosen)
        return named


def _is_certain(matched: Matched) -> bool:
    return matched.outcome in ("exact", "part", "over", "reversal")


def _shared(amount: int, rows: Iterable[OwedRow], *, paid: bool = False) -> tuple[Suggestion, ...]:
    """An amount shared out among invoices in order, never more than each owes."""
    parts = []
    for row in rows:
        part = amount if paid else min(amount, max(0, row.balance))
        if part > 0:
            parts.append(Suggestion(row.invoice_id, row.number, part, row.balance, row.buyer))
            amount -= part
    return tuple(parts)


def _number_of(digits: str) -> int:
    """The document's number in an OCR; 0 where the check digits are wrong."""
    body = digits[:-2]
    return int(body) if body and len(body) <= 12 and ocr_of(int(body)) == digits else 0


def _finance_of(actor: Actor) -> OrganiserId:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE)
    return organiser
