"""Money on the bank's account that is no payment of an invoice: tax, salaries, interest, a card company's payout."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganiserId, derived
from domain.kernel.money import Money
from domain.kernel.text import clean_line

CARD_CLEARING, FEES = "card_clearing", "fees"
LEFT_OUT = ""
"""The account of what is booked elsewhere, and only known here."""

_NUMBER = re.compile(r"bas_[1-8]\d{3}")


def account_of(told: str) -> str:
    """An account of the ledger: its own card clearing or fees, a number of the chart ("1630"), or "" for none.

    Raises BadValue.
    """
    account = f"bas_{told}" if told.isdecimal() else told
    if account not in (LEFT_OUT, CARD_CLEARING, FEES) and not _NUMBER.fullmatch(account):
        raise BadValue(field="account", why="is no account of the balance or the result: 1000 to 8999")
    return account


def number_of(account: str) -> int | None:
    """The number in the chart of an account of choice; None for one that the ledger calls by its name."""
    return int(account.removeprefix("bas_")) if _NUMBER.fullmatch(account) else None


class NotBookedElsewhere(RuleBroken):
    """What would be undone is not booked to an account of choice, nor left out: somebody has undone it already."""


class OtherMoney(Aggregate):
    """One entry of the account: booked to an account of choice, or left out. `amount` below zero: it went out."""

    class Placed(Aggregate.Created):
        organiser_id: OrganiserId
        source: str
        amount: Money
        account: str
        text: str
        booked_on: date
        bank_account: str
        file_id: UUID | None
        checkouts: tuple[UUID, ...] = ()

    class Undone(Aggregate.Event):
        organiser_id: OrganiserId
        amount: Money
        account: str
        checkouts: tuple[UUID, ...]
        on: date
        reason: str

        def apply(self, other: OtherMoney) -> None:
            other.is_undone = True

    class PlacedAgain(Aggregate.Event):
        organiser_id: OrganiserId
        amount: Money
        account: str
        text: str
        booked_on: date
        file_id: UUID | None
        checkouts: tuple[UUID, ...]

        def apply(self, other: OtherMoney) -> None:
            other.account, other.text, other.booked_on = self.account, self.text, self.booked_on
            other.file_id, other.checkouts, other.is_undone = self.file_id, self.checkouts, False

    @staticmethod
    def create_id(organiser_id: OrganiserId, source: str) -> UUID:
        """One for each entry of the bank's account."""
        return derived(organiser_id, "other-money", source)

    @classmethod
    def place(
        cls,
        organiser_id: OrganiserId,
        source: str,
        amount: Money,
        account: str,
        text: str,
        booked_on: date,
        bank_account: str = "",
        file_id: UUID | None = None,
        checkouts: tuple[UUID, ...] = (),
    ) -> OtherMoney:
        """Book an entry to an account, or leave it out. `checkouts`: the card payments that a payout is of.

        Raises BadValue.
        """
        return cls(
            organiser_id=organiser_id,
            source=source,
            amount=amount,
            account=account_of(account),
            text=_text(text),
            booked_on=booked_on,
            bank_account=bank_account,
            file_id=file_id,
            checkouts=checkouts if account == CARD_CLEARING else (),
        )

    def undo_elsewhere(self, on: date, reason: str) -> None:
        """It was booked to the wrong account, or was a payment: it is unknown again. Raises NotBookedElsewhere."""
        if self.is_undone:
            raise NotBookedElsewhere
        self.record(
            OtherMoney.Undone(
                organiser_id=self.organiser_id,
                amount=self.amount,
                account=self.account,
                checkouts=self.checkouts,
                on=on,
                reason=reason,
            )
        )

    def place_again(
        self, account: str, text: str, booked_on: date, file_id: UUID | None, checkouts: tuple[UUID, ...]
    ) -> None:
        """Book what was undone, as `place` does; what has not been undone stays as it is. Raises BadValue."""
        if not self.is_undone:
            return
        self.record(
            OtherMoney.PlacedAgain(
                organiser_id=self.organiser_id,
                amount=self.amount,
                account=account_of(account),
                text=_text(text),
                booked_on=booked_on,
                file_id=file_id,
                checkouts=checkouts if account == CARD_CLEARING else (),
            )
        )

    @event(Placed)
    def __init__(
        self,
        organiser_id: OrganiserId,
        source: str,
        amount: Money,
        account: str,
        text: str,
        booked_on: date,
        bank_account: str,
        file_id: UUID | None,
        checkouts: tuple[UUID, ...] = (),
    ) -> None:
        self.organiser_id, self.source, self.amount, self.account = organiser_id, source, amount, account
        self.text, self.booked_on, self.bank_account, self.file_id = text, booked_on, bank_account, file_id
        self.checkouts, self.is_undone = checkouts, False


def _text(told: str) -> str:
    return clean_line("text", told[:100], 100, may_be_empty=True)
