"""Bookkeeping as finance reads it: the accounts chosen, the periods handed over, and each period's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from domain.accounting.bookkeeping import COST_CENTRE, PROJECT, USUAL
from domain.kernel.errors import RuleBroken


class AccountMissing(RuleBroken):
    """The period has postings on an account of the ledger (`key`) for which no number has been chosen."""


@dataclass(frozen=True)
class AccountRow:
    """An account of the ledger and its number in the bookkeeping."""

    key: str
    number: int


@dataclass(frozen=True)
class AccountsView:
    """Which numbers the ledger's accounts go to, and in which dimensions of the SIE file networks and seasons are."""

    accounts: tuple[AccountRow, ...]
    network_dimension: int
    season_dimension: int


@dataclass(frozen=True)
class ExportRow:
    """A period that has been exported (local days, both included), on a day."""

    number: int
    from_on: date
    until_on: date
    exported_on: date

    @property
    def was_early(self) -> bool:
        """Whether it was exported before its last day was over."""
        return self.exported_on <= self.until_on


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
    def late(self, actor: Actor) -> tuple[LateVoucher, ...]:
        """What has come to periods handed over before, and comes with the next file; at most fifty, earliest first."""

    @for_staff
    def uncovered(self, actor: Actor) -> Uncovered | None:
        """What was left out between or before the periods handed over; None where nothing was."""

    @for_staff
    def keys(self, actor: Actor, from_on: date, until_on: date, position: int) -> frozenset[str]:
        """The accounts of the ledger (as `AccountChoice.key`) that a file of these days needs, as of a position."""

    @for_staff
    def file(self, actor: Actor, number: int) -> SieFile:
        """The file of an export by its number, the same to the byte ever after. Raises NotFound, AccountMissing."""


USUAL_ACCOUNTS = AccountsView(tuple(AccountRow(*each) for each in sorted(USUAL.items())), COST_CENTRE, PROJECT)
