"""Bookkeeping as finance reads it: the accounts chosen, the periods handed over, and each period's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from domain.accounting.account import USUAL, AccountChoice
from domain.accounting.bookkeeping import COST_CENTRE, PROJECT
from domain.accounting.dormant_vat import Rest
from domain.accounting.period import Contents
from domain.kernel.errors import RuleBroken
from domain.kernel.financial_year import FinancialYear, FinancialYears


class AccountMissing(RuleBroken):
    """The period has postings on an account of the ledger (`key`) for which no number has been chosen."""


@dataclass(frozen=True)
class AccountRow:
    """An account of the ledger and its number in the bookkeeping."""

    key: str
    number: int

    @property
    def choice(self) -> AccountChoice:
        """As it was chosen."""
        return AccountChoice(self.key, self.number)


@dataclass(frozen=True)
class AccountsView:
    """Which numbers the ledger's accounts go to, and in which dimensions of the SIE file networks and seasons are."""

    accounts: tuple[AccountRow, ...]
    network_dimension: int
    season_dimension: int


@dataclass(frozen=True)
class ExportRow:
    """A period that has been exported (local days, both included), on a day; `fetched_on`: when its file first was."""

    number: int
    from_on: date
    until_on: date
    exported_on: date
    fetched_on: date | None = None
    may_be_taken_back: bool = False


@dataclass(frozen=True)
class CodeRow:
    """A network or a season (`kind`) and its code in the bookkeeping; None: one is given with the next file."""

    kind: str
    object_id: UUID
    name: str
    code: str | None


@dataclass(frozen=True)
class PeriodContents:
    """What a period would hand over, and the accounts of the ledger that it needs (as `AccountChoice.key`).

    `rests`: the VAT that goes to rest with it.
    """

    keys: frozenset[str]
    contents: Contents
    rests: tuple[Rest, ...] = ()


@dataclass(frozen=True)
class LateVoucher:
    """What was recorded after its day (`day`) had been handed over; `amount`: what it debits (öre)."""

    day: date
    voucher: str
    number: int | None
    document_id: UUID
    amount: int


@dataclass(frozen=True)
class Uncovered:
    """Vouchers of days before the last one handed over that no period covers, the first and the last such day."""

    vouchers: int
    first: date
    last: date


@dataclass(frozen=True)
class YearsView:
    """The financial years: the one it is now, the ones before and after, and those that were told."""

    before: FinancialYear
    current: FinancialYear
    after: FinancialYear
    told: tuple[FinancialYear, ...]


class YearsKnown(Protocol):
    """Which financial years an organiser has, for the installation itself."""

    def of(self, organiser_id: UUID) -> FinancialYears:
        """As they follow from what has been told; calendar years where nothing has."""


@dataclass(frozen=True)
class SieFile:
    """A SIE 4I file (CP437) and the name to save it by, which ends as the format wants of files to be read in."""

    name: str
    content: bytes


class BookkeepingQuestions(Queries, Protocol):
    """For finance and admins of an organiser."""

    @for_staff
    def accounts(self, actor: Actor) -> AccountsView:
        """The accounts chosen, or the usual ones."""

    @for_staff
    def exports(self, actor: Actor) -> tuple[ExportRow, ...]:
        """The periods exported, latest first."""

    @for_staff
    def years(self, actor: Actor) -> YearsView:
        """The financial years, as they are to be known today."""

    @for_staff
    def late(self, actor: Actor) -> tuple[LateVoucher, ...]:
        """What has come to periods handed over before, and comes with the next file; at most fifty, earliest first."""

    @for_staff
    def uncovered(self, actor: Actor) -> Uncovered | None:
        """What was left out between or before the periods handed over; None where nothing was."""

    @for_staff
    def contents(self, actor: Actor, from_on: date, until_on: date, position: int) -> PeriodContents:
        """What a file of these days would hold, as of a position."""

    @for_staff
    def codes(self, actor: Actor) -> tuple[CodeRow, ...]:
        """Networks by name, then seasons, latest first, each with its code."""

    @for_staff
    def file(self, actor: Actor, number: int) -> SieFile:
        """The file of an export by its number, the same to the byte ever after. Raises NotFound, AccountMissing."""


USUAL_ACCOUNTS = AccountsView(tuple(AccountRow(*each) for each in sorted(USUAL.items())), COST_CENTRE, PROJECT)
