"""What an entry of the account pays: decided by what is certain alone, in order; all else is suggested.

1. References with sums of their own that make up the payment. 2. References, whose invoices come to the payment, less
the credit notes that the payer has deducted.
3. One reference, whatever the sum. 4. An OCR or an invoice's number in words, where the sum agrees as well. A number in
words with another sum is a suggestion, and so is what one payer owes besides. A sum alone is never enough (S54).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations
from uuid import UUID

from application.payments.bank_deduction import Deducted, Invoiced, after_deduction
from application.payments.bank_entry import BankEntry
from application.payments.bank_outcome import Certainty, Matched, Outcome, Suggestion
from application.payments.queries.payment import OwedRow, PaymentRecords, SuspenseRow
from domain.kernel.ids import OrganiserId
from domain.kernel.said_numbers import numbers_in, numbers_referred, ocrs_in

_MOST_TOGETHER = 4
_MOST_OF_A_PAYER = 12


class BankMatching:
    """Asks the invoices, and remembers what earlier entries of the same file pay of them."""

    def __init__(self, records: PaymentRecords) -> None:
        self._records = records
        self._spent: Counter[UUID] = Counter()
        self._set_off: Counter[UUID | None] = Counter()
        self._asked: dict[int, tuple[OwedRow, ...]] = {}

    def look_at(self, organiser: OrganiserId, entries: Sequence[BankEntry]) -> None:
        """Ask at once about all numbers that stand in so many entries."""
        numbers = {number for each in entries for number in _all_numbers(each)} - {0}
        rows = self._records.owed(organiser, tuple(sorted(numbers))) if numbers else ()
        self._asked = dict.fromkeys(numbers, ())
        for row in rows:
            self._asked[row.number] = (*self._asked.get(row.number, ()), row)

    def paid(self, organiser: OrganiserId, entry: BankEntry) -> Matched:
        """What money that came in would pay."""
        matched = self._paid(organiser, entry)
        for part in matched.parts if matched.why is not Certainty.UNSAID else ():
            self._spent[part.invoice_id] += part.amount
            self._set_off[part.from_invoice_id] += part.amount
        return matched

    def _paid(self, organiser: OrganiserId, entry: BankEntry) -> Matched:
        if entry.referred:
            told = self._by_parts(organiser, entry)
            if told is not None:
                return told
        referred = self._rows(organiser, _numbers_of(entry), entry.currency)
        if len(referred) > 1:
            return _by_either(entry, referred)
        return self._by_reference(entry, referred) if referred else self._by_words(organiser, entry)

    def named(self, organiser: OrganiserId, entry: BankEntry) -> tuple[OwedRow, ...]:
        """The invoices that an entry names by reference or OCR, in whatever place."""
        told = [number for each in entry.referred if not each.is_credit for number in numbers_referred(each.reference)]
        said = ocrs_in(f"{entry.reference} {entry.text}")
        return self._rows(organiser, [*told, *_numbers_of(entry), *said], entry.currency)

    def suggested(self, organiser: OrganiserId, row: SuspenseRow) -> tuple[Suggestion, ...]:
        """What a payment in suspense may be for: an OCR, a number that agrees with the sum, one payer's, the sum."""
        text = f"{row.reference} {row.payer or ''}"
        named = self._rows(organiser, [*numbers_referred(row.reference), *ocrs_in(text)], row.currency)
        exact = _exactly(named or self._rows(organiser, numbers_in(text), row.currency), row.left)
        if exact or named:
            return shared(row.left, self._of_one_payer(row.left, exact or named))
        return shared(row.left, self._records.owed(organiser, (), row.left)[:1])

    def _rows(self, organiser: OrganiserId, numbers: Iterable[int], currency: str) -> tuple[OwedRow, ...]:
        asked = tuple(sorted({each for each in numbers if each}))
        if all(number in self._asked for number in asked):
            rows = tuple(row for number in asked for row in self._asked[number])
        else:
            rows = self._records.owed(organiser, asked)
        in_order = sorted(rows, key=lambda row: (row.due_on, row.number))
        return tuple(self._as_left(row) for row in in_order if row.currency == currency)

    def _as_left(self, row: OwedRow) -> OwedRow:
        spent = self._spent[row.invoice_id]
        return replace(row, balance=row.balance - spent) if spent else row

    def _by_parts(self, organiser: OrganiserId, entry: BankEntry) -> Matched | None:
        """As its references say; None where none of them is an invoice here."""
        referred = [each for each in entry.referred if not each.is_credit]
        numbers = [numbers_referred(each.reference) for each in referred]
        rows = {row.number: row for row in self._rows(organiser, chain.from_iterable(numbers), entry.currency)}
        if not rows:
            return None
        amounts = [each.amount for each in referred]
        told = zip(numbers, amounts, strict=True)
        meant = [_meant([rows[no] for no in either if no in rows], amount) for either, amount in told]
        in_order = list({each[0].number: each[0] for each in meant if each}.values())
        is_clear = all(len(each) < 2 for each in meant)
        if len(referred) < len(entry.referred):
            is_each = is_clear and len(in_order) == len(amounts)
            paid = [Invoiced(*each) for each in zip(in_order, amounts, strict=True)] if is_each else []
            parts = self._after_deduction(organiser, entry, paid)
            if parts:
                return Matched(entry, Outcome.EXACT, parts, why=Certainty.CREDIT_NOTES)
            return Matched(entry, Outcome.SPLIT, shared(entry.amount, in_order))
        whole = None not in amounts and sum(each or 0 for each in amounts) == entry.amount
        if is_clear and whole and len(in_order) == len(amounts):
            parts = _told(in_order, [each or 0 for each in amounts])
            if parts:
                return Matched(entry, Outcome.EXACT, parts, why=Certainty.OWN_SUMS)
        is_all = is_clear and len(in_order) == len(set(numbers))
        if is_all and sum(row.payable for row in in_order) == entry.amount:
            return Matched(entry, Outcome.EXACT, shared(entry.amount, in_order), why=Certainty.REFERENCES)
        return Matched(entry, Outcome.SPLIT, shared(entry.amount, in_order))

    def _after_deduction(
        self, organiser: OrganiserId, entry: BankEntry, paid: Sequence[Invoiced]
    ) -> tuple[Suggestion, ...]:
        """As the payer says, where each credit note that it names is one here."""
        deducted = [each for each in entry.referred if each.is_credit]
        numbers = [numbers_referred(each.reference) for each in deducted]
        found = self._records.credit_notes(organiser, tuple(chain.from_iterable(numbers))) if paid else ()
        rows = {each.number: each for each in found if each.currency == entry.currency}
        named = [[rows[no] for no in either if no in rows] for either in numbers]
        if any(len(each) != 1 for each in named) or len({each[0].number for each in named}) < len(named):
            return ()
        told = [None if each.amount is None else -each.amount for each in deducted]
        left = [replace(row, spare=row.spare - self._set_off[row.invoice_id]) for [row] in named]
        return after_deduction(entry.amount, paid, [Deducted(*each) for each in zip(left, told, strict=True)])

    def _by_reference(self, entry: BankEntry, named: tuple[OwedRow, ...]) -> Matched:
        owed = tuple(row for row in named if row.balance > 0)
        if not owed:
            given_up = shared(entry.amount, named)
            return Matched(entry, Outcome.GIVEN_UP if given_up else Outcome.UNKNOWN, given_up)
        several = self._of_one_payer(entry.amount, owed)
        if len(several) > 1:
            return Matched(entry, Outcome.SPLIT, shared(entry.amount, several))
        left = owed[0].balance - entry.amount
        outcome = Outcome.PART if left > 0 else Outcome.OVER if left else Outcome.EXACT
        why = Certainty.REFERENCE if left else Certainty.REFERENCE_AND_SUM
        return Matched(entry, outcome, shared(entry.amount, several), why=why)

    def _by_words(self, organiser: OrganiserId, entry: BankEntry) -> Matched:
        text = f"{entry.reference} {entry.text}"
        by_ocr = self._rows(organiser, ocrs_in(text), entry.currency)
        owed = [row for row in by_ocr if row.balance > 0]
        numbered = [row for row in self._rows(organiser, numbers_in(text), entry.currency) if row.balance > 0]
        likely, perhaps = _exactly(owed, entry.amount), _exactly(numbered, entry.amount)
        is_either = not {row.ocr for row in likely}.isdisjoint(str(row.number) for row in perhaps)
        for exact in (likely, perhaps):
            if len(exact) == 1 and not is_either:
                return Matched(entry, Outcome.EXACT, shared(entry.amount, exact), why=Certainty.WORDS_AND_SUM)
        if not owed and sum(row.balance for row in numbered) == entry.amount:
            owed = numbered
        if owed:
            several = self._of_one_payer(entry.amount, tuple(owed))
            outcome = Outcome.SPLIT if len(several) > 1 else Outcome.NAMED
            return Matched(entry, outcome, shared(entry.amount, several))
        given_up = shared(entry.amount, by_ocr)
        return Matched(entry, Outcome.GIVEN_UP if given_up else Outcome.UNKNOWN, given_up)

    def _of_one_payer(self, amount: int, named: tuple[OwedRow, ...]) -> tuple[OwedRow, ...]:
        """The invoices that an amount pays exactly: those named, with others of the same payer; or those named."""
        if sum(row.payable for row in named) >= amount:
            return named
        first = named[0]
        others = [
            row
            for row in map(self._as_left, self._of_payer(first))
            if row.balance > 0
            and row.currency == first.currency
            and row.invoice_id not in {each.invoice_id for each in named}
        ]
        missing = amount - sum(row.payable for row in named)
        for size in range(1, _MOST_TOGETHER):
            for chosen in combinations(others, size):
                if sum(row.balance for row in chosen) == missing:
                    return (*named, *chosen)
        return named

    def _of_payer(self, first: OwedRow) -> tuple[OwedRow, ...]:
        return self._records.owed_by(first.organisation_id, first.person_id)[:_MOST_OF_A_PAYER]


def shared(amount: int, rows: Iterable[OwedRow]) -> tuple[Suggestion, ...]:
    """An amount shared out among invoices in order, never more than may be paid on each."""
    parts = []
    for row in rows:
        part = min(amount, row.payable)
        if part > 0:
            parts.append(Suggestion(row.invoice_id, row.number, part, row.balance, row.buyer))
            amount -= part
    return tuple(parts)


def _told(rows: Sequence[OwedRow], amounts: Sequence[int]) -> tuple[Suggestion, ...]:
    """To each what is said of it; nothing where one is said to be paid more than it may, or less than nothing."""
    pairs = list(zip(rows, amounts, strict=True))
    if any(not 0 < amount <= row.balance for row, amount in pairs):
        return ()
    return tuple(Suggestion(row.invoice_id, row.number, amount, row.balance, row.buyer) for row, amount in pairs)


def _by_either(entry: BankEntry, rows: Sequence[OwedRow]) -> Matched:
    """A reference that is one invoice's OCR and another's number: the one with its sum is paid, or else suggested."""
    exact = _exactly(rows, entry.amount)
    if len(exact) == 1:
        return Matched(entry, Outcome.EXACT, shared(entry.amount, exact), why=Certainty.REFERENCE_AND_SUM)
    likeliest = shared(entry.amount, [row for row in rows if row.payable][:1])
    return Matched(entry, Outcome.NAMED if likeliest else Outcome.UNKNOWN, likeliest)


def _meant(either: Sequence[OwedRow], amount: int | None) -> Sequence[OwedRow]:
    """Of the invoices that a reference may be of, the one that owes what the payer says is for it; or all of them."""
    exact = _exactly(either, amount or 0)
    return exact if len(exact) == 1 else either


def _exactly(rows: Iterable[OwedRow], amount: int) -> tuple[OwedRow, ...]:
    return tuple(row for row in rows if row.balance > 0 and row.balance == amount)


def _all_numbers(entry: BankEntry) -> Iterator[int]:
    """Every number by which an invoice may be asked for while an entry is matched."""
    yield from numbers_referred(entry.reference)
    for each in entry.referred:
        yield from () if each.is_credit else numbers_referred(each.reference)
    text = f"{entry.reference} {entry.text}"
    yield from ocrs_in(text)
    yield from numbers_in(text)


def _numbers_of(entry: BankEntry) -> tuple[int, ...]:
    """What its reference stands for. In a column of them stands whatever a payer wrote: there only an OCR counts."""
    return numbers_referred(entry.reference, is_checked=entry.kind == "columns")
