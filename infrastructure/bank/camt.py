"""camt.052, .053 and .054 of any version: elements are found by local names, one entry for each transaction.

What stands elsewhere by version (ISO 20022, .001.02 to .14): the state of an entry, the payer, amounts of references.
A file is read entry by entry, and each is forgotten once it has been told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from application.payments.bank_entry import NotABankFile, Told
from infrastructure.bank.camt_account import CamtAccount
from infrastructure.bank.camt_elements import elements_of
from infrastructure.bank.camt_entry import entries_of

_KINDS = {"Stmt": "statement", "Ntfctn": "notification", "Rpt": "report"}
_ACCOUNTS = frozenset(_KINDS)


def read_camt(content: bytes, today: date) -> Iterator[Told]:
    """The booked entries of a file, and what it says of each account. Raises NotABankFile."""
    try:
        yield from _accounts(content, today)
    except (ValueError, ArithmeticError, IndexError) as error:
        raise NotABankFile(why="camt") from error


def _accounts(content: bytes, today: date) -> Iterator[Told]:
    account: CamtAccount | None = None
    is_any = False
    for is_beginning, element, above in elements_of(content, _ACCOUNTS, _ACCOUNTS | {"Ntry"}):
        kind = _KINDS.get(element.name)
        if is_beginning and kind is not None:
            is_any = True
            account = CamtAccount(kind, today)
        elif kind is not None and account is not None:
            yield account.told(element)
        elif account is not None:
            if not account.is_begun:
                account.begin(above)
            yield from entries_of(account, element)
    if not is_any:
        raise NotABankFile(why="camt")
