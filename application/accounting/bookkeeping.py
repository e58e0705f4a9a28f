"""Bookkeeping: finance chooses accounts and hands periods over, each once and the same file ever after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.accounting.queries.bookkeeping import AccountMissing, BookkeepingQuestions
from application.kernel.actor import Actor, Role
from application.kernel.command import command, finance
from application.kernel.page import Freshness
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, organiser_of, today_of
from domain.accounting.bookkeeping import AccountChoice, Bookkeeping
from domain.kernel.ids import OrganiserId


@dataclass(frozen=True)
class ChooseAccounts:
    """Numbers for some of the ledger's accounts (the others stay), and the dimensions of networks and seasons."""

    accounts: tuple[AccountChoice, ...]
    network_dimension: int = 1
    season_dimension: int = 6


@dataclass(frozen=True)
class ExportPeriod:
    """Hand over a period of local days, both included."""

    from_on: date
    until_on: date


@dataclass(frozen=True)
class BookkeepingRef:
    """Whose bookkeeping it was about."""

    organiser_id: OrganiserId


@dataclass(frozen=True)
class ExportRef:
    """Which export; `is_again`: the period had been handed over before, and its file is the same."""

    number: int
    is_again: bool


class BookkeepingOffice(UseCases):
    """Choose accounts and hand periods over."""

    def __init__(self, decisions: Decisions, freshness: Freshness, questions: BookkeepingQuestions) -> None:
        super().__init__(decisions)
        self._freshness, self._questions = freshness, questions

    @command(by=finance)
    def choose_accounts(self, work: UnitOfWork, command: ChooseAccounts) -> BookkeepingRef:
        """Other numbers for the ledger's accounts, for periods not yet exported. Raises BadValue."""
        organiser = organiser_of(work.actor)
        chosen = {each.key: each.number for each in command.accounts}
        _books(work, organiser).choose_accounts(chosen, command.network_dimension, command.season_dimension)
        return BookkeepingRef(organiser)

    def export(self, actor: Actor, command: ExportPeriod, key: str | None = None) -> Committed[ExportRef]:
        """Hand a period over, or find that it has been. Raises PeriodOverlaps, AccountMissing."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        position = self._freshness.position()
        used = self._questions.keys(actor, command.from_on, command.until_on, position)

        def decide(work: UnitOfWork) -> ExportRef:
            books = _books(work, organiser)
            known = len(books.exports)
            export = books.export(command.from_on, command.until_on, position, today_of(work, organiser))
            if export.number > known:
                _must_have_all(books, used)
            return ExportRef(export.number, is_again=export.number <= known)

        return self._record(actor, command, ExportRef, decide, key)


def _must_have_all(books: Bookkeeping, used: frozenset[str]) -> None:
    """What is handed over keeps the accounts of that day, so they are all there before it is."""
    missing = sorted(used - books.accounts.keys())
    if missing:
        raise AccountMissing(key=missing[0])


def _books(work: UnitOfWork, organiser: OrganiserId) -> Bookkeeping:
    books = work.find(Bookkeeping, Bookkeeping.create_id(organiser))
    if books is None:
        books = Bookkeeping(organiser_id=organiser)
        work.add(books)
    return books
