"""Bookkeeping: which accounts an organiser's ledger goes to, and what has been handed over to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.accounting.account import USUAL, AccountChoice, choices, numbers_of
from domain.accounting.closing import BookkeepingClosings, Deferred
from domain.accounting.dormant_vat import AdvanceVatChoice, BookkeepingDormantVat, Dormant
from domain.accounting.object_code import BookkeepingCodes, ObjectCode
from domain.accounting.period import BookkeepingPeriods, Export
from domain.accounting.vat_return import BookkeepingVat, VatReturn
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, derived

COST_CENTRE, PROJECT = 1, 6
"""Dimensions that the SIE format has reserved: networks are cost centres and seasons projects, unless chosen else."""

QUARTER = 3
"""How many months a period of VAT has until another length is chosen."""

YEARS_KEPT = 7
"""How many years after the calendar year in which its financial year ended a record is kept (bokföringslagen 7:2)."""


class Bookkeeping(
    Aggregate, BookkeepingCodes, BookkeepingPeriods, BookkeepingClosings, BookkeepingVat, BookkeepingDormantVat
):
    """One for each organiser. What has been exported stays as it was written, whatever is chosen afterwards."""

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId

    class AccountsChosen(Aggregate.Event):
        accounts: tuple[AccountChoice, ...]
        network_dimension: int
        season_dimension: int

        def apply(self, bookkeeping: Bookkeeping) -> None:
            bookkeeping.accounts = USUAL | numbers_of(self.accounts)
            bookkeeping.dimensions = (self.network_dimension, self.season_dimension)

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
        self.exported = 0
        self.vat_months, self.returns = QUARTER, list[VatReturn]()
        self.fetched: set[int] = set()
        self.codes: dict[UUID, ObjectCode] = {}
        self.closings: dict[date, tuple[Deferred, ...]] = {}
        self.advances: list[AdvanceVatChoice] = []
        self.resting: dict[date, tuple[Dormant, ...]] = {}

    @property
    def chosen(self) -> tuple[tuple[AccountChoice, ...], int, int]:
        """The accounts, and the dimensions of networks and seasons."""
        return choices(self.accounts), *self.dimensions

    def choose_accounts(self, chosen: Mapping[str, int], network_dimension: int, season_dimension: int) -> None:
        """Other numbers for some accounts, and the dimensions (1 to 999). Raises BadValue."""
        for dimension in (network_dimension, season_dimension):
            if not 1 <= dimension <= 999:
                raise BadValue(field="dimension", why="1 to 999")
        if network_dimension == season_dimension:
            raise BadValue(field="dimension", why="networks and seasons have a dimension each")
        accounts = choices({**self.accounts, **chosen})
        if (accounts, network_dimension, season_dimension) != self.chosen:
            self.record(
                Bookkeeping.AccountsChosen(
                    accounts=accounts, network_dimension=network_dimension, season_dimension=season_dimension
                )
            )
