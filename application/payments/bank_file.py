"""Bank files: what is on the account, matched with invoices by OCR and amount, shown first and then recorded (S54)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from application.payments.bank_entry import BankEntry, BankFileReader, UnreadRow
from application.payments.bank_following import StatementCheck, TakenStatement, following, taken
from application.payments.bank_identity import Likeness
from application.payments.bank_known import BankKnown
from application.payments.bank_matching import BankMatching
from application.payments.bank_near import WholeFile, looked_through
from application.payments.bank_outcome import Elsewhere, Matched, Outcome, Suggestion, TakenBack, TakenIn
from application.payments.bank_overview import MOST_PASSED, FileShown, ShownSoFar
from application.payments.bank_reversal import payment_reversed
from application.payments.bank_taking import BankTaking
from application.payments.other_money import OtherMoneyOffice, Payout, payout_of
from application.payments.payment import Payments, RecordFile
from application.payments.queries.other_money import OtherMoneyRow
from application.payments.queries.payment import AllotmentRow, OwedRow, PaymentRecords, SuspenseRow
from domain.kernel.ids import OrganiserId
from domain.kernel.money import Means
from domain.kernel.money_day import is_money_day
from domain.kernel.said_numbers import numbers_referred

AT_ONCE = 100
"""Entries that are matched, and recorded, together."""


class BankImport:
    """Preview a file, import it, and suggest what suspended payments may be for. All of it is finance's."""

    def __init__(
        self, payments: Payments, others: OtherMoneyOffice, records: PaymentRecords, reader: BankFileReader
    ) -> None:
        self._payments, self._others, self._records, self._reader = payments, others, records, reader

    def preview(self, actor: Actor, content: bytes) -> tuple[Matched, ...]:
        """Every entry and what would become of it. Raises NotABankFile, NotAllowed."""
        whole = self._looked_through(actor, content)
        return tuple(each for chunk in self._matched(actor, content, whole) for each in chunk)

    def overview(self, actor: Actor, content: bytes) -> FileShown:
        """What a page shows of a file: all of a short one; of a long one its beginning and what asks for an answer."""
        organiser = _finance_of(actor)
        whole = self._looked_through(actor, content)
        shown = ShownSoFar()
        for chunk in self._matched(actor, content, whole):
            shown.add(chunk)
        checks = following(whole.statements, self._records.bank_files(organiser))
        return shown.file(whole.passed[:MOST_PASSED], whole.unread, checks, self._records.paid_by_card(organiser))

    def unread(self, actor: Actor, content: bytes) -> tuple[UnreadRow, ...]:
        """The rows of a file that cannot be read, and are left out of it. Raises NotABankFile, NotAllowed."""
        return self._looked_through(actor, content).unread

    def import_file(
        self,
        actor: Actor,
        content: bytes,
        decided: tuple[TakenBack, ...] = (),
        new: tuple[int, ...] = (),
        name: str = "",
        elsewhere: tuple[Elsewhere, ...] = (),
    ) -> TakenIn:
        """Record every entry, each once: broken off in the middle, the same file goes on where it was.

        What would be split between invoices stands in suspense with its suggestion until somebody confirms it.
        `decided`: what unclear entries took back. `new`: entries (from 1) that are perhaps known, and are not.
        `elsewhere`: entries that are no payments. Raises BadValue, AccountKept of its account; nothing is recorded.
        """
        if elsewhere:
            self._others.must_be_free(actor, tuple(each.account for each in elsewhere))
        organiser = _finance_of(actor)
        whole = self._looked_through(actor, content)
        file = RecordFile(sha256(content).hexdigest(), name, whole.statements)
        file_id = self._payments.record_file(actor, file).answer.id
        taking = BankTaking(
            self._payments,
            self._others,
            actor,
            file_id,
            decided,
            frozenset(new),
            elsewhere,
            self._records.paid_by_card(organiser),
        )
        for chunk in self._matched(actor, content, whole):
            taking.take(chunk)
        return replace(taking.taken, left_out=taking.taken.left_out + len(whole.unread))

    def statements(self, actor: Actor, content: bytes) -> tuple[StatementCheck, ...]:
        """What a file says of its accounts, and what does not follow from the files before it. Raises NotABankFile."""
        organiser = _finance_of(actor)
        whole = self._looked_through(actor, content)
        return following(whole.statements, self._records.bank_files(organiser))

    def _looked_through(self, actor: Actor, content: bytes) -> WholeFile:
        """All of a file, read before anything counts. Raises NotABankFile, BankDayUnlikely."""
        organiser, (currency, today) = _finance_of(actor), self._payments.books(actor)
        return looked_through(self._reader.told(content, today), organiser, currency, today)

    def _matched(self, actor: Actor, content: bytes, whole: WholeFile) -> Iterator[list[Matched]]:
        """Entries and what would become of them, so many at once that each question is asked once for all."""
        organiser = _finance_of(actor)
        matching, known = BankMatching(self._records), BankKnown(self._records, organiser, whole.names)
        entries = (each for each in self._reader.told(content, whole.today) if isinstance(each, BankEntry))
        while chunk := list(islice(entries, AT_ONCE)):
            known.look_at(chunk)
            matching.look_at(organiser, chunk)
            yield [self._one(actor, organiser, entry, whole, matching, known) for entry in chunk]

    def other_money(self, actor: Actor) -> tuple[OtherMoneyRow, ...]:
        """What was booked to accounts of choice, or left out, latest first."""
        return self._records.other_money(_finance_of(actor))

    def taken_files(self, actor: Actor) -> tuple[TakenStatement, ...]:
        """The statements that have been taken in, latest days first, and where the balances do not follow."""
        return taken(self._records.bank_files(_finance_of(actor)))

    def allotments(self, actor: Actor, payment_id: UUID) -> tuple[AllotmentRow, ...]:
        """What has become of the parts of a payment, in order: allotted, and (below zero) undone."""
        organiser = _finance_of(actor)
        found(self._records.payment(organiser, payment_id), "payment")
        return self._records.allotments(organiser, payment_id)

    def allotments_to(self, actor: Actor, invoice_id: UUID) -> tuple[AllotmentRow, ...]:
        """The payments that an invoice got a part of, and what was taken from it again, in order."""
        return self._records.allotments(_finance_of(actor), invoice_id=invoice_id)

    def suggest(self, actor: Actor, payment_id: UUID) -> tuple[SuspenseRow, tuple[Suggestion, ...]]:
        """A suspended payment and what it may be for: its OCR, numbers in its text, one payer's invoices, an amount."""
        organiser = _finance_of(actor)
        row = found(self._records.payment(organiser, payment_id), "payment")
        return row, BankMatching(self._records).suggested(organiser, row)

    def payout(self, actor: Actor, payment_id: UUID) -> Payout | None:
        """The card payments that what is left of a payment is the payout of, where some in a row come to it."""
        organiser = _finance_of(actor)
        row = found(self._records.payment(organiser, payment_id), "payment")
        is_one = row.means == Means.BANK and row.left > 0
        return payout_of(row.left, self._records.paid_by_card(organiser)) if is_one else None

    def invoice_named(self, actor: Actor, typed: str) -> OwedRow:
        """The invoice with a number, as it is typed, or else with an OCR. Raises NotFound."""
        organiser = _finance_of(actor)
        numbers = numbers_referred(typed)
        rows = {row.number: row for row in self._records.owed(organiser, numbers)} if numbers else {}
        return found(next((rows[each] for each in reversed(numbers) if each in rows), None), "invoice")

    def _one(
        self,
        actor: Actor,
        organiser: OrganiserId,
        entry: BankEntry,
        whole: WholeFile,
        matching: BankMatching,
        known: BankKnown,
    ) -> Matched:
        if not is_money_day(entry.arrived_on, whole.today):
            return Matched(entry, Outcome.UNLIKELY_DAY)
        is_in = entry.amount > 0
        if (placed := known.placed(entry)) is not None:
            return Matched(entry, Outcome.KNOWN, came=placed)
        if not is_in and not entry.is_reversal:
            perhaps = known.perhaps_placed(entry)
            return Matched(entry, Outcome.PERHAPS_KNOWN if perhaps else Outcome.OUTGOING, came=perhaps)
        if entry.currency != whole.currency:
            return Matched(entry, Outcome.OTHER_CURRENCY)
        return _came_in(organiser, entry, matching, known) if is_in else self._reversed(actor, entry, matching)

    def _reversed(self, actor: Actor, entry: BankEntry, matching: BankMatching) -> Matched:
        """Money taken back: here already, of a payment of what is named, or of one in suspense that is like it."""
        if any(self._payments.is_reversed(actor, each) for each in (entry.source, *entry.also)):
            return Matched(entry, Outcome.KNOWN)
        organiser = organiser_of(actor)
        named = matching.named(organiser, entry)
        if (reversed_ := payment_reversed(self._records, organiser, entry, named)) is not None:
            return reversed_
        if len(named) == 1:
            [row] = named
            whole = Suggestion(row.invoice_id, row.number, -entry.amount, row.balance, row.buyer)
            return Matched(entry, Outcome.REVERSAL, (whole,))
        rows = tuple(each for each in self._records.suspense_of(organiser) if _may_be_of(entry, each))
        alike = tuple(each for each in rows if _is_alike(entry, each))
        if len(alike) == 1:
            return Matched(entry, Outcome.RETURNED, payments=alike)
        return Matched(entry, Outcome.UNCLEAR, payments=rows)


def _came_in(organiser: OrganiserId, entry: BankEntry, matching: BankMatching, known: BankKnown) -> Matched:
    """Money that came in: here already, a part of what is, perhaps here, or what it would pay."""
    if (came := known.by_name(entry)) is not None:
        return Matched(entry, Outcome.KNOWN, came=came)
    if (lump := known.lump(entry)) is not None:
        return replace(matching.paid(organiser, entry), outcome=Outcome.WITHIN, payments=(lump,))
    like, came = known.alike(entry)
    if like is not Likeness.OTHER:
        return Matched(entry, Outcome.KNOWN if like is Likeness.SAME else Outcome.PERHAPS_KNOWN, came=came)
    if (came := known.perhaps_placed(entry)) is not None:
        return Matched(entry, Outcome.PERHAPS_KNOWN, came=came)
    return matching.paid(organiser, entry)


def _finance_of(actor: Actor) -> OrganiserId:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE)
    return organiser


def _may_be_of(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether so much is left of a payment that the bank may have taken this back of it."""
    return row.means == Means.BANK and row.left >= -entry.amount and row.arrived_on <= entry.arrived_on


def _is_alike(entry: BankEntry, row: SuspenseRow) -> bool:
    """Whether the whole of a payment from the same payer, or with the same reference, was taken back."""
    payer = (row.payer or "").split(" · ")[0]
    is_same = bool(entry.reference and entry.reference == row.reference) or bool(entry.payer and entry.payer == payer)
    return is_same and row.amount == row.left == -entry.amount
