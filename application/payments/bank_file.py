"""Bank files: what is on the account, matched with invoices by OCR and amount, shown first and then taken in (S54)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from application.payments.bank_matching import (
    BankEntry,
    Matched,
    Suggestion,
    TakenBack,
    as_said,
    command_of,
    is_alike,
    is_certain,
    may_be_of,
    number_of,
    shared,
)
from application.payments.payment import Payments
from application.payments.queries.payment import OwedRow, PaymentModel, SuspenseRow
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId
from domain.payments.payment import Payment

_DIGITS = re.compile(r"\d{2,25}")
_MOST_TOGETHER = 4
_MOST_OF_A_PAYER = 12


class NotABankFile(RuleBroken):
    """The file is no account statement that can be read (`why`)."""


class BankFileTooLarge(RuleBroken):
    """The file is larger than is read at once (`most`, bytes): nothing of it was taken in."""


class BankFileReader(Protocol):
    """Reads what banks send."""

    def read(self, content: bytes) -> tuple[BankEntry, ...]:
        """The entries of a file. Raises NotABankFile."""
        ...


@dataclass(frozen=True)
class TakenIn:
    """How many entries were new, how many of them pay something, and how many stand in suspense.

    `unclear`: how many are not recorded: taken back by the bank of something that nobody knows, or in another currency.
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
        organiser, currency = _finance_of(actor), self._payments.currency(actor)
        entries = self._reader.read(content)
        return tuple(
            self._matched(organiser, each)
            if each.amount > 0 and each.currency == currency
            else self._taken_back(actor, organiser, each)
            if each.currency == currency
            else Matched(each, "other_currency" if each.amount > 0 or each.is_reversal else "outgoing")
            for each in entries
        )

    def take_in(self, actor: Actor, content: bytes, said: tuple[TakenBack, ...] = ()) -> TakenIn:
        """Take in every entry, each once: broken off in the middle, the same file goes on where it was.

        What would be split between invoices stands in suspense with its suggestion until somebody confirms it. `said`:
        what unclear entries took back.
        """
        told = {each.entry: each for each in said}
        new = matched = position = unclear = 0
        for no, shown in enumerate(self.preview(actor, content), start=1):
            each = as_said(shown, told[no]) if no in told else shown
            unclear += each.outcome in ("unclear", "other_currency")
            if each.outcome in ("known", "outgoing", "unclear", "other_currency"):
                continue
            taken, entry = is_certain(each), each.entry
            command = command_of(each)
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
            return row, shared(row.left, self._of_one_payer(row.left, named))
        return row, shared(row.left, self._model.owed(organiser, (), row.left)[:1])

    def invoice_named(self, actor: Actor, typed: str) -> OwedRow:
        """The invoice with a number or an OCR, as it is typed. Raises NotFound."""
        organiser = _finance_of(actor)
        digits = "".join(typed.split())
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= 15
        numbers = (number_of(digits) or int(digits),) if is_number else ()
        rows = self._model.owed(organiser, numbers) if numbers else ()
        return found(rows[0] if rows else None, "invoice")

    def _matched(self, organiser: OrganiserId, entry: BankEntry) -> Matched:
        if self._model.payment(organiser, Payment.create_id(organiser, entry.source)) is not None:
            return Matched(entry, "known")
        named = self._named(organiser, f"{entry.reference} {entry.text}", currency=entry.currency)
        owed = [row for row in named if row.balance > 0]
        if not owed:
            given_up = shared(entry.amount, named)
            return Matched(entry, "given_up" if given_up else "unknown", given_up)
        several = self._of_one_payer(entry.amount, tuple(owed))
        if len(several) > 1:
            return Matched(entry, "split", shared(entry.amount, several))
        balance = owed[0].balance
        outcome = "exact" if entry.amount == balance else "part" if entry.amount < balance else "over"
        return Matched(entry, outcome, shared(entry.amount, several))

    def _taken_back(self, actor: Actor, organiser: OrganiserId, entry: BankEntry) -> Matched:
        """Money out of the account: of the invoice that is named, or of a payment in suspense that is like it."""
        if not entry.is_reversal:
            return Matched(entry, "outgoing")
        if self._payments.is_taken_back(actor, entry.source):
            return Matched(entry, "known")
        named = self._named(organiser, f"{entry.reference} {entry.text}", currency=entry.currency)
        if len(named) == 1:
            return Matched(entry, "reversal", shared(-entry.amount, named, paid=True))
        rows = [each for each in self._model.suspense(organiser) if may_be_of(entry, each)]
        alike = tuple(each for each in rows if is_alike(entry, each))
        if len(alike) == 1:
            return Matched(entry, "returned", payments=alike)
        return Matched(entry, "unclear", payments=tuple(rows))

    def _named(self, organiser: OrganiserId, text: str, currency: str = "SEK") -> tuple[OwedRow, ...]:
        """The invoices whose OCR stands in a text."""
        numbers = tuple(sorted({number for each in _DIGITS.findall(text) if (number := number_of(each))}))
        rows = self._model.owed(organiser, numbers) if numbers else ()
        return tuple(row for row in rows if row.currency == currency)

    def _of_one_payer(self, amount: int, named: tuple[OwedRow, ...]) -> tuple[OwedRow, ...]:
        """The invoices that an amount pays exactly: those named, with others of the same payer; or those named."""
        if sum(row.payable for row in named) >= amount:
            return named
        first = named[0]
        others = [
            row
            for row in self._model.owed_by(first.organisation_id, first.person_id)[:_MOST_OF_A_PAYER]
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
