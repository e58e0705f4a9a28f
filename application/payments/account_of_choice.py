"""An account that finance chooses for money that is no payment: any but those that the ledger keeps by itself."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from domain.accounting.account import USUAL, must_not_be_kept
from domain.accounting.bookkeeping import Bookkeeping
from domain.kernel.ids import OrganiserId
from domain.payments.other_money import LEFT_OUT, account_of, number_of


def must_be_of_choice(work: UnitOfWork, organiser: OrganiserId, told: str) -> None:
    """Raises BadValue for what is no account, AccountKept for one that the ledger keeps by itself."""
    account = account_of(told)
    number = number_of(account)
    if account == LEFT_OUT or number is None:
        return
    books = work.find(Bookkeeping, Bookkeeping.create_id(organiser))
    must_not_be_kept(number, USUAL if books is None else books.accounts)
