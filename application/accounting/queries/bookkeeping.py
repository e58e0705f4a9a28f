"""Bookkeeping as finance reads it: the accounts chosen, the periods handed over, and each period's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import found
from application.kernel.use_case import organiser_of
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


class BookkeepingModel(Protocol):
    """The read model behind bookkeeping."""

    def accounts(self, organiser_id: UUID) -> AccountsView | None:
        """The accounts chosen; None where nothing has been."""
        ...

    def exports(self, organiser_id: UUID) -> tuple[ExportRow, ...]:
        """The periods exported, latest first."""
        ...

    def late(self, organiser_id: UUID) -> tuple[LateVoucher, ...]:
        """What has come to periods exported before, and is in no file yet; the earliest days first, at most fifty."""
        ...

    def uncovered(self, organiser_id: UUID) -> Uncovered | None:
        """What was left out between or before the periods exported; None where nothing was."""
        ...

    def keys(self, organiser_id: UUID, from_on: date, until_on: date, position: int) -> frozenset[str]:
        """The accounts of the ledger (as `AccountChoice.key`) that a file of these days needs, as of a position."""
        ...

    def file(self, organiser_id: UUID, number: int) -> SieFile | None:
        """An export's file: the same to the byte however often it is written. Raises AccountMissing."""
        ...


class BookkeepingQuestions:
    """For finance and admins of an organiser."""

    def __init__(self, model: BookkeepingModel) -> None:
        self._model = model

    def accounts(self, actor: Actor) -> AccountsView:
        """The accounts chosen, or the usual ones."""
        usual = AccountsView(tuple(AccountRow(*each) for each in sorted(USUAL.items())), COST_CENTRE, PROJECT)
        return self._model.accounts(_staff(actor)) or usual

    def exports(self, actor: Actor) -> tuple[ExportRow, ...]:
        """The periods exported, latest first."""
        return self._model.exports(_staff(actor))

    def late(self, actor: Actor) -> tuple[LateVoucher, ...]:
        """What has come to periods handed over before, and comes with the next file."""
        return self._model.late(_staff(actor))

    def uncovered(self, actor: Actor) -> Uncovered | None:
        """What was left out between or before the periods handed over; None where nothing was."""
        return self._model.uncovered(_staff(actor))

    def file(self, actor: Actor, number: int) -> SieFile:
        """The file of an export by its number. Raises NotFound, AccountMissing."""
        return found(self._model.file(_staff(actor), number), "export")


def _staff(actor: Actor) -> UUID:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE, Role.ADMIN)
    return organiser
