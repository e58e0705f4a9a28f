"""Taking the entries of a file in, as they were shown, many in one decision; what is refused there is tried alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import DecisionTooLarge
from application.payments.account_entry import Part, RecordEntry
from application.payments.bank_entry import BankEntry
from application.payments.bank_identity import words_of
from application.payments.bank_outcome import Elsewhere, Matched, Outcome, Suggestion, TakenBack, TakenIn
from application.payments.other_money import OtherMoneyOffice, PlaceOther, payout_of
from application.payments.payment import AllotPayment, Payments, RecordEntries
from application.payments.queries.other_money import PaidByCard
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import InvoiceId
from domain.payments.origin import Origin
from domain.payments.other_money import CARD_CLEARING

_RECORDED_AS_SHOWN = (Outcome.EXACT, Outcome.PART, Outcome.OVER, Outcome.REVERSAL, Outcome.RETURNED)
_TAKEN_BACK = (Outcome.REVERSAL, Outcome.RETURNED)
_MAY_BE_OTHER = tuple(
    each
    for each in Outcome
    if each
    not in (
        Outcome.KNOWN,
        Outcome.WITHIN,
        Outcome.REVERSAL,
        Outcome.RETURNED,
        Outcome.OTHER_CURRENCY,
        Outcome.UNLIKELY_DAY,
    )
)
_UNRECORDED = (Outcome.UNCLEAR, Outcome.OTHER_CURRENCY, Outcome.PERHAPS_KNOWN)


class BankTaking:
    """One file on its way in. `taken` says how far it has come."""

    def __init__(
        self,
        payments: Payments,
        others: OtherMoneyOffice,
        actor: Actor,
        file_id: UUID,
        decided: tuple[TakenBack, ...],
        new: frozenset[int],
        elsewhere: tuple[Elsewhere, ...],
        paid_by_card: Sequence[PaidByCard],
    ) -> None:
        self._payments, self._others, self._actor, self._file_id = payments, others, actor, file_id
        self._elsewhere, self._paid_by_card = {each.entry: each for each in elsewhere}, list(paid_by_card)
        self._decided, self._new = {each.entry: each for each in decided}, new
        self._no = 0
        self.taken = TakenIn(0, 0, 0, 0)

    def take(self, chunk: Sequence[Matched]) -> None:
        """Record what is to be recorded of some entries."""
        together: list[tuple[RecordEntry, bool]] = []
        for shown in chunk:
            self._no += 1
            each = _as_decided(shown, self._decided[self._no]) if self._no in self._decided else shown
            if each.outcome is Outcome.PERHAPS_KNOWN and self._no in self._new:
                each = replace(each, outcome=Outcome.UNKNOWN if each.entry.amount > 0 else Outcome.OUTGOING)
            if self._no in self._elsewhere and each.outcome in _MAY_BE_OTHER:
                self._place(each.entry, self._elsewhere[self._no])
                continue
            if each.outcome is Outcome.WITHIN:
                self._count(self._allot(each), matched=bool(each.why))
            elif each.outcome is Outcome.UNLIKELY_DAY:
                self.taken = replace(self.taken, left_out=self.taken.left_out + 1)
            elif each.outcome in _UNRECORDED:
                self.taken = replace(self.taken, unclear=self.taken.unclear + 1)
            elif each.outcome not in (Outcome.KNOWN, Outcome.OUTGOING):
                command = self._command_of(each)
                if command.amount < 0:
                    self._take_back(command)
                else:
                    together.append((command, each.outcome in _RECORDED_AS_SHOWN))
        self._record(together)

    def _record(self, together: Sequence[tuple[RecordEntry, bool]]) -> None:
        if not together:
            return
        try:
            recorded = self._payments.record_entries(self._actor, RecordEntries(tuple(each for each, _ in together)))
        except (RuleBroken, DecisionTooLarge):
            for command, is_matched in together:
                self._record_alone(command, is_matched=is_matched)
            return
        matched = sum(is_matched for _, is_matched in together)
        self._count(recorded.position, new=len(together), matched=matched)

    def _record_alone(self, command: RecordEntry, *, is_matched: bool) -> None:
        try:
            recorded = self._payments.record_entry(self._actor, command)
        except RuleBroken:  # the invoice has changed meanwhile: finance decides
            is_matched = False
            recorded = self._payments.record_entry(self._actor, replace(command, parts=()))
        self._count(recorded.position, new=1, matched=is_matched)

    def _take_back(self, command: RecordEntry) -> None:
        try:
            recorded = self._payments.record_entry(self._actor, command)
        except RuleBroken:  # of what has been refunded already
            self.taken = replace(self.taken, unclear=self.taken.unclear + 1)
            return
        self._count(recorded.position, new=1, matched=1)

    def _allot(self, matched: Matched) -> int:
        """What is a part of a payment that is here pays its invoice by it, once; the position of that, or 0."""
        [lump], parts = matched.payments, self._command_of(replace(matched, outcome=Outcome.EXACT)).parts
        if not matched.why or lump.left < matched.entry.amount:
            return 0
        command = AllotPayment(lump.payment_id, parts)
        return self._payments.allot(self._actor, command, f"within/{matched.entry.source}").position

    def _place(self, entry: BankEntry, said: Elsewhere) -> None:
        """An entry that is no payment, where finance says; a payout closes the card payments that it is of."""
        payout = payout_of(entry.amount, self._paid_by_card) if said.account == CARD_CLEARING else None
        checkouts = payout.checkouts if payout else ()
        self._paid_by_card = [each for each in self._paid_by_card if each.checkout_id not in checkouts]
        command = PlaceOther(
            entry.source,
            entry.amount,
            entry.currency,
            said.account,
            said.text,
            entry.arrived_on,
            entry.account,
            self._file_id,
            checkouts,
        )
        position = self._others.place(self._actor, command).position
        self._count(position)
        self.taken = replace(self.taken, elsewhere=self.taken.elsewhere + 1)

    def _count(self, position: int, new: int = 0, matched: int = 0) -> None:
        taken, waiting = self.taken, new - matched if new else 0
        sums = {"new": taken.new + new, "matched": taken.matched + matched, "suspended": taken.suspended + waiting}
        self.taken = replace(taken, position=max(taken.position, position), **sums)

    def _command_of(self, matched: Matched) -> RecordEntry:
        """The command by which an entry is recorded."""
        entry = matched.entry
        is_shown, is_back = matched.outcome in _RECORDED_AS_SHOWN, matched.outcome in _TAKEN_BACK
        said = entry.source, entry.amount, entry.currency, entry.reference, entry.arrived_on, words_of(entry)
        parts = tuple(part_of(each) for each in matched.parts) if is_shown else ()
        back = matched.payments[0].payment_id if matched.payments and is_back else None
        place = entry.account, entry.account_entry, entry.bank_reference, entry.kind, entry.balance
        return RecordEntry(*said, parts, back, Origin(self._file_id, *place))


def part_of(shown: Suggestion) -> Part:
    """What is recorded of what was shown."""
    source = shown.from_invoice_id
    return Part(InvoiceId(shown.invoice_id), shown.amount, InvoiceId(source) if source else None)


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
