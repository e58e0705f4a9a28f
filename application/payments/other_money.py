"""What other money an entry of the account looks like, and which card payments a payout is of.

Suggested alone: nothing is booked to an account before somebody says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from uuid import UUID

from application.kernel.command import command, dry_run, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.payments.account_entry import PaymentRef
from application.payments.account_of_choice import must_be_of_choice
from application.payments.bank_entry import BankEntry
from application.payments.queries.other_money import PaidByCard
from domain.kernel.money import Money
from domain.kernel.text import clean_line
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.people.organiser import Organiser


class OtherKind(StrEnum):
    """What money that is no payment of an invoice may be."""

    TAX = "tax"
    PAYOUT = "payout"
    INTEREST = "interest"
    FEE = "fee"
    SALARY = "salary"


_WORDS: Mapping[OtherKind, re.Pattern[str]] = {
    OtherKind.TAX: re.compile(r"skatteverket|skattekonto|\bskv\b", re.IGNORECASE),
    OtherKind.PAYOUT: re.compile(
        r"\bstripe\b|adyen|\bklarna\b|\bnets\b|worldline|bambora|zettle|swedbank pay|\bnexi\b|payout", re.IGNORECASE
    ),
    OtherKind.SALARY: re.compile(r"\blön(?:er|utbetalning)?\b|\bsalary\b", re.IGNORECASE),
    OtherKind.INTEREST: re.compile(r"\w*ränta\b|\binterest\b", re.IGNORECASE),
    OtherKind.FEE: re.compile(r"avgift|avg\b|\bfee\b", re.IGNORECASE),
}
_CODES = {"INTR": OtherKind.INTEREST, "CHRG": OtherKind.FEE, "FEES": OtherKind.FEE, "COMM": OtherKind.FEE}


@dataclass(frozen=True)
class Payout:
    """The card payments that a payout is of: one after another by day, which come to its sum to the öre."""

    checkouts: tuple[UUID, ...]
    amount: int
    fees: int
    refunded: int
    from_on: date
    until_on: date


@dataclass(frozen=True)
class PlaceOther:
    """Book an entry to an account ("1630", card_clearing, fees), or ("") leave it out."""

    source: str
    amount: int
    currency: str
    account: str
    text: str
    booked_on: date
    bank_account: str = ""
    file_id: UUID | None = None
    checkouts: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class UndoOther:
    """Money that was booked to an account of choice, or left out, should not have been: which entry, and why."""

    other_id: UUID
    reason: str


class OtherMoneyOffice(UseCases):
    """Finance's work with what is no payment."""

    @command(by=finance)
    def place(self, work: UnitOfWork, command: PlaceOther) -> PaymentRef:
        """Once for each entry; the same again changes nothing. Raises BadValue, OtherCurrency, AccountKept."""
        organiser = organiser_of(work.actor)
        other_id = OtherMoney.create_id(organiser, command.source)
        known = work.find(OtherMoney, other_id)
        if known is None or known.is_undone:
            work.load(Organiser, organiser).must_sell_in(command.currency)
            must_be_of_choice(work, organiser, command.account)
        if known is not None:
            known.place_again(command.account, command.text, command.booked_on, command.file_id, command.checkouts)
            return PaymentRef(other_id, 0)
        work.add(
            OtherMoney.place(
                organiser,
                command.source,
                Money(command.amount, command.currency),
                command.account,
                command.text,
                command.booked_on,
                command.bank_account,
                command.file_id,
                command.checkouts,
            )
        )
        return PaymentRef(other_id, 0)

    @command(by=finance)
    def undo(self, work: UnitOfWork, command: UndoOther) -> PaymentRef:
        """Booked wrong, and undone in the open by a voucher of today (bokföringslagen 5:5).

        What was taken in as a payment first waits in suspense again; an entry that went straight to an account is
        unknown again, and is booked anew by the file it stands in. Raises NotFound, NotBookedElsewhere, BadValue.
        """
        kind: type[Payment | OtherMoney] = Payment if work.find(Payment, command.other_id) else OtherMoney
        booked = load_for(work, kind, command.other_id)
        booked.undo_elsewhere(today_of(work, booked.organiser_id), clean_line("reason", command.reason, 300))
        return PaymentRef(booked.id, booked.left.amount if isinstance(booked, Payment) else 0)

    @dry_run
    def must_be_free(self, work: UnitOfWork, accounts: tuple[str, ...]) -> None:
        """Whether other money may go to all of these. Raises BadValue, AccountKept."""
        finance(work.actor, accounts)
        for each in accounts:
            must_be_of_choice(work, organiser_of(work.actor), each)


def kind_of(entry: BankEntry) -> OtherKind | None:
    """What an entry looks like; None for what may be a payment. The bank's own code says more than words."""
    if entry.reference or entry.referred:
        return None
    told = _CODES.get(entry.code.rpartition("-")[2])
    words = f"{entry.payer} {entry.text}"
    return told or next((kind for kind, pattern in _WORDS.items() if pattern.search(words)), None)


def payout_of(amount: int, paid: Sequence[PaidByCard]) -> Payout | None:
    """The oldest run of card payments, one day after another, that comes to a payout exactly; None where none does."""
    ends = [0, *accumulate(each.net for each in paid)]
    starts: dict[int, int] = {}
    found: tuple[int, int] | None = None
    for end, total in enumerate(ends):
        start = starts.get(total - amount)
        if start is not None and start < end and (found is None or start < found[0]):
            found = start, end
        starts.setdefault(total, end)
    if found is None:
        return None
    rows = paid[found[0] : found[1]]
    return Payout(
        tuple(each.checkout_id for each in rows),
        sum(each.amount for each in rows),
        sum(each.fee for each in rows),
        sum(each.refunded for each in rows),
        rows[0].paid_on,
        rows[-1].paid_on,
    )
