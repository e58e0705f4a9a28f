"""An account of a camt file: what it is called, and its balances beside what its entries come to."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.kernel.money_day import is_money_day
from domain.payments.origin import Statement
from infrastructure.bank.amounts import in_ore
from infrastructure.bank.camt_elements import CamtElement, all_of, text_of

_BANKS_ZONE = ZoneInfo("Europe/Stockholm")
"""In which a bank's instants become days."""

_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
"""Booked balances: at the beginning (or the one before it) and at the end. Others are not what has been booked."""


class CamtAccount:
    """One statement, report or notification while it is read."""

    def __init__(self, kind: str, today: date) -> None:
        self._today = today
        self.kind, self.is_begun = kind, False
        self.number = self.statement = self.told_at = ""
        self.places = 0
        self._seen: Counter[int] = Counter()
        self._booked, self._currency = 0, ""
        self._days: tuple[date, date] | None = None
        self._balance: int | None = None

    def begin(self, account: CamtElement) -> None:
        """What stands before its first entry."""
        self.is_begun = True
        self.number = text_of(account, "Acct/Id/IBAN") or text_of(account, "Acct/Id/Othr/Id")
        self.statement, self.told_at = text_of(account, "Id"), text_of(account, "CreDtTm")
        self._currency = text_of(account, "Acct/Ccy")
        self._balance = _balance(account, _OPENING)

    def counted(self, source: str, amount: int, currency: str, day: date) -> tuple[str, int | None]:
        """An entry's name for ever, where two alike in one statement are two; and the balance after it.

        The balance is known where the statement says the one before its first entry.
        """
        name = hash(source)
        self._seen[name] += 1
        self._booked += amount
        self._currency = self._currency or currency
        if is_money_day(day, self._today):
            self._days = (min(day, self._days[0]), max(day, self._days[1])) if self._days else (day, day)
        after = None
        if self._balance is not None and currency == self._currency:
            after = self._balance = self._balance + amount
        return f"{source}/{self._seen[name]}", after

    def leave_out(self) -> None:
        """An entry that cannot be read: what the balance is after it, or those that follow, is not known."""
        self._balance = None

    def told(self, account: CamtElement) -> Statement:
        """What it says of itself at its end."""
        if not self.is_begun:
            self.begin(account)
        told = [local_day(day) for each in ("FrDtTm", "ToDtTm") if (day := text_of(account, f"FrToDt/{each}"))]
        days = sorted([*told, *(self._days or ())]) or _balance_days(account)
        return Statement(
            kind=self.kind,
            account=self.number,
            currency=self._currency or text_of(account, "Acct/Ccy") or "SEK",
            opening=_balance(account, _OPENING),
            closing=_balance(account, _CLOSING),
            booked=self._booked,
            from_on=days[0] if days else None,
            until_on=days[-1] if days else None,
        )


def local_day(told: str) -> date:
    """A day as it is; of an instant the day that it was where the bank is."""
    if "T" not in told:
        return date.fromisoformat(told[:10])
    instant = datetime.fromisoformat(told)
    return (instant.astimezone(_BANKS_ZONE) if instant.tzinfo else instant).date()


def _balance_days(account: CamtElement) -> list[date]:
    """The day of the closing balance, of a statement without entries."""
    closing = [each for each in all_of(account, "Bal") if text_of(each, "Tp/CdOrPrtry/Cd") in _CLOSING]
    told = (text_of(each, "Dt/Dt") or text_of(each, "Dt/DtTm") for each in closing)
    return [local_day(each) for each in told if each]


def _balance(account: CamtElement, kinds: tuple[str, ...]) -> int | None:
    """A balance of a kind, in öre and below zero for a debt; None where it is not told."""
    for kind in kinds:
        for each in all_of(account, "Bal"):
            if text_of(each, "Tp/CdOrPrtry/Cd") == kind:
                ore = in_ore(text_of(each, "Amt"))
                return -ore if text_of(each, "CdtDbtInd") == "DBIT" else ore
    return None
