"""Bookkeeping: which accounts an organiser's ledger goes to, and which periods have been handed over to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganiserId, derived

USUAL = {
    "receivable": 1510,
    "card_clearing": 1580,
    "cash_bank": 1930,
    "unallotted": 2420,
    "vat_2500": 2611,
    "vat_1200": 2621,
    "vat_600": 2631,
    "revenue_2500": 3041,
    "revenue_1200": 3042,
    "revenue_600": 3051,
    "revenue_0": 3044,
    "rounding": 3740,
    "losses": 6351,
    "fees": 6570,
}
"""The accounts of the usual Swedish chart (BAS) that a ledger goes to, until others are chosen."""

COST_CENTRE, PROJECT = 1, 6
"""Dimensions that the SIE format has reserved: networks are cost centres and seasons projects, unless chosen else."""

_KEY = re.compile(r"receivable|card_clearing|cash_bank|unallotted|rounding|losses|fees|(vat|revenue)_\d{1,5}")


class PeriodOverlaps(RuleBroken):
    """Some of the days have been exported in another period (`from_on`, `until_on`, `number`)."""


@dataclass(frozen=True)
class AccountChoice:
    """An account of the ledger and the number (1000 to 9999) it has in the bookkeeping.

    `key`: receivable, cash_bank …, or vat_ and revenue_ with a rate in basis points (vat_2500).
    """

    key: str
    number: int

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise BadValue(field="key", why="is no account of the ledger")
        if not 1000 <= self.number <= 9999:
            raise BadValue(field="number", why="an account has four digits")


@dataclass(frozen=True)
class Export:
    """A period handed over: `position` is how far the log had come, so that the same file can be written again."""

    number: int
    from_on: date
    until_on: date
    position: int
    exported_on: date
    accounts: tuple[AccountChoice, ...]
    network_dimension: int
    season_dimension: int


class Bookkeeping(Aggregate):
    """One for each organiser. What has been exported stays as it was written, whatever is chosen afterwards."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId

    class AccountsChosen(Aggregate.Event):
        accounts: tuple[AccountChoice, ...]
        network_dimension: int
        season_dimension: int

        def apply(self, bookkeeping: Bookkeeping) -> None:
            bookkeeping.accounts = {each.key: each.number for each in self.accounts}
            bookkeeping.dimensions = (self.network_dimension, self.season_dimension)

    class PeriodExported(Aggregate.Event):
        export: Export

        def apply(self, bookkeeping: Bookkeeping) -> None:
            bookkeeping.exports.append(self.export)

    @staticmethod
    def create_id(organiser_id: OrganiserId) -> UUID:
        """The one bookkeeping of an organiser."""
        return derived(organiser_id, "bookkeeping")

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId) -> None:
        self.organiser_id = organiser_id
        self.accounts: dict[str, int] = dict(USUAL)
        self.dimensions = (COST_CENTRE, PROJECT)
        self.exports: list[Export] = []

    def choose_accounts(self, chosen: Mapping[str, int], network_dimension: int, season_dimension: int) -> None:
        """Other numbers for some accounts, and the dimensions (1 to 999). Raises BadValue."""
        for dimension in (network_dimension, season_dimension):
            if not 1 <= dimension <= 999:
                raise BadValue(field="dimension", why="1 to 999")
        if network_dimension == season_dimension:
            raise BadValue(field="dimension", why="networks and seasons have a dimension each")
        accounts = _choices({**self.accounts, **chosen})
        if (accounts, network_dimension, season_dimension) != (_choices(self.accounts), *self.dimensions):
            self.record(
                Bookkeeping.AccountsChosen(
                    accounts=accounts, network_dimension=network_dimension, season_dimension=season_dimension
                )
            )

    def export(self, from_on: date, until_on: date, position: int, today: date) -> Export:
        """Hand a period over; the same period again is the same export. Raises PeriodOverlaps, BadValue."""
        if until_on < from_on:
            raise BadValue(field="until_on", why="a period ends after it starts")
        for each in self.exports:
            if (each.from_on, each.until_on) == (from_on, until_on):
                return each
            if each.from_on <= until_on and from_on <= each.until_on:
                raise PeriodOverlaps(
                    from_on=each.from_on.isoformat(), until_on=each.until_on.isoformat(), number=each.number
                )
        number = len(self.exports) + 1
        export = Export(number, from_on, until_on, position, today, _choices(self.accounts), *self.dimensions)
        self.record(Bookkeeping.PeriodExported(export=export))
        return export


def _choices(accounts: Mapping[str, int]) -> tuple[AccountChoice, ...]:
    return tuple(AccountChoice(key, accounts[key]) for key in sorted(accounts))


YEARS_KEPT = 7
"""How many years after its own a bookkeeping record is kept (bokföringslagen 7:2)."""
