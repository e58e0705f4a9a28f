"""The ledger's accounts and their numbers in the bookkeeping: those of the usual chart until others are chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.kernel.errors import BadValue, RuleBroken


class AccountKept(RuleBroken):
    """An account (`account`, its number) is kept by the ledger itself, which agrees while nothing else is there."""


USUAL = {
    "receivable": 1510,
    "card_clearing": 1686,
    "cash_bank": 1930,
    "unallotted": 2420,
    "vat_2500": 2611,
    "vat_1200": 2621,
    "vat_600": 2631,
    "vat_dormant_2500": 2618,
    "vat_dormant_1200": 2628,
    "vat_dormant_600": 2638,
    "revenue_2500": 3041,
    "revenue_1200": 3042,
    "revenue_600": 3043,
    "revenue_0": 3044,
    "revenue_reverse": 3308,
    "revenue_abroad": 3305,
    "goods_2500": 3051,
    "goods_1200": 3052,
    "goods_600": 3053,
    "goods_0": 3054,
    "goods_export": 3105,
    "goods_eu_goods": 3108,
    "deferred": 2970,
    "rounding": 3740,
    "losses": 6351,
    "interest": 8313,
    "fees": 6570,
}
"""The accounts of the usual Swedish chart (BAS 2026; 304x services and 305x goods as the common programs have them)."""

_KEPT = re.compile(r"receivable|card_clearing|cash_bank|unallotted|deferred|(vat|revenue|goods)_\w+")
"""What the ledger sums up against invoices, payments, cards and the VAT return; fees, interest and losses are not."""

_KEY = re.compile(
    r"receivable|card_clearing|cash_bank|unallotted|deferred|rounding|losses|interest|fees"
    r"|(vat|vat_dormant|revenue|goods)_\d{1,5}"
    r"|(revenue|goods)_(reverse|abroad|export|eu_goods)"
)


@dataclass(frozen=True)
class AccountChoice:
    """An account of the ledger and the number (1000 to 9999) it has in the bookkeeping.

    `key`: receivable, cash_bank …, or vat_, vat_dormant_, revenue_ and goods_ with a rate in basis points (vat_2500)
    or, of what is sold without Swedish VAT to buyers abroad, why that is so (revenue_reverse).
    """

    key: str
    number: int

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise BadValue(field="key", why="is no account of the ledger")
        if not 1000 <= self.number <= 9999:
            raise BadValue(field="number", why="an account has four digits")


def numbers_of(chosen: tuple[AccountChoice, ...]) -> dict[str, int]:
    """Accounts that were chosen by their keys; goods go where services did, where only those were told apart."""
    numbers = {each.key: each.number for each in chosen}
    if any(key.startswith("goods_") for key in numbers):
        return numbers
    services = {key: number for key, number in numbers.items() if key.startswith("revenue_")}
    return numbers | {key.replace("revenue_", "goods_"): number for key, number in services.items()}


def must_not_be_kept(number: int, numbers: Mapping[str, int]) -> None:
    """Raises AccountKept for an account that the ledger reconciles, by the numbers that its accounts have now."""
    if any(each == number and _KEPT.fullmatch(key) for key, each in numbers.items()):
        raise AccountKept(account=number)


def choices(accounts: Mapping[str, int]) -> tuple[AccountChoice, ...]:
    """Numbers by key as they are remembered, in order."""
    return tuple(AccountChoice(key, accounts[key]) for key in sorted(accounts))
