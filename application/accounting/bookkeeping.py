"""Bookkeeping: finance chooses accounts and hands periods over, each once and the same file ever after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.accounting.queries.bookkeeping import AccountMissing, BookkeepingQuestions
from application.accounting.queries.ledger import LedgerQuestions
from application.kernel.actor import Actor, Role
from application.kernel.command import command, finance, staff
from application.kernel.page import Freshness
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from domain.accounting.account import AccountChoice
from domain.accounting.bookkeeping import Bookkeeping
from domain.accounting.object_code import ObjectCode, ObjectKind
from domain.kernel.ids import OrganiserId
from domain.people.organiser import Organiser
from domain.programme.network import Network
from domain.programme.season import Season


@dataclass(frozen=True)
class ChooseAccounts:
    """Numbers for some of the ledger's accounts (the others stay), and the dimensions of networks and seasons."""

    accounts: tuple[AccountChoice, ...]
    network_dimension: int = 1
    season_dimension: int = 6


@dataclass(frozen=True)
class ExportPeriod:
    """Hand over a period of local days, both included. `is_confirmed`: also if something of it is unfinished."""

    from_on: date
    until_on: date
    is_confirmed: bool = False


@dataclass(frozen=True)
class TakeBackExport:
    """A period was handed over by mistake, and its file has not been fetched."""

    number: int


@dataclass(frozen=True)
class FetchFile:
    """The file of a period is given to somebody: from then on it may have been booked."""

    number: int


@dataclass(frozen=True)
class GiveCodes:
    """Codes of networks and seasons in the bookkeeping; others stay as they are."""

    codes: tuple[ObjectCode, ...]


@dataclass(frozen=True)
class TellFinancialYear:
    """A financial year is, or will be, these local days, both included; those after it have twelve months."""

    first_on: date
    last_on: date


@dataclass(frozen=True)
class DeferRevenue:
    """Post what is deferred at the end of a local day, and back again the day after."""

    on: date


@dataclass(frozen=True)
class DeferralRef:
    """The day, and what was deferred on it (öre, without VAT). `is_again`: it had been posted before, and stays."""

    on: date
    amount: int
    is_again: bool


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

    def __init__(
        self, decisions: Decisions, freshness: Freshness, questions: BookkeepingQuestions, ledger: LedgerQuestions
    ) -> None:
        super().__init__(decisions)
        self._freshness, self._questions, self._ledger = freshness, questions, ledger

    @command(by=finance)
    def choose_accounts(self, work: UnitOfWork, command: ChooseAccounts) -> BookkeepingRef:
        """Other numbers for the ledger's accounts, for periods not yet exported. Raises BadValue."""
        organiser = organiser_of(work.actor)
        chosen = {each.key: each.number for each in command.accounts}
        books_of(work, organiser).choose_accounts(chosen, command.network_dimension, command.season_dimension)
        return BookkeepingRef(organiser)

    @command(by=staff)
    def tell_financial_year(self, work: UnitOfWork, command: TellFinancialYear) -> BookkeepingRef:
        """A broken, first or changed year. Raises BadValue, YearsHaveGap, YearDividesPeriod."""
        organiser = organiser_of(work.actor)
        today = today_of(work, organiser)
        years = work.load(Organiser, organiser).tell_financial_year(command.first_on, command.last_on, today)
        books = work.find(Bookkeeping, Bookkeeping.create_id(organiser))
        if books is not None:
            books.must_allow(years)
        return BookkeepingRef(organiser)

    @command(by=finance)
    def give_codes(self, work: UnitOfWork, command: GiveCodes) -> BookkeepingRef:
        """For periods not yet exported. Raises CodeTaken, NotFound."""
        organiser = organiser_of(work.actor)
        for each in command.codes:
            load_for(work, Network if each.kind is ObjectKind.NETWORK else Season, each.object_id)
        books_of(work, organiser).give_codes(command.codes)
        return BookkeepingRef(organiser)

    @command(by=finance)
    def take_back(self, work: UnitOfWork, command: TakeBackExport) -> BookkeepingRef:
        """The days are open again. Raises NotFound, ExportFetched, ExportNotLast."""
        organiser = organiser_of(work.actor)
        books_of(work, organiser).take_back(command.number, today_of(work, organiser))
        return BookkeepingRef(organiser)

    @command(by=staff)
    def fetch(self, work: UnitOfWork, command: FetchFile) -> BookkeepingRef:
        """Remember that the file has left the house. Raises NotFound."""
        organiser = organiser_of(work.actor)
        books_of(work, organiser).fetch(command.number, today_of(work, organiser))
        return BookkeepingRef(organiser)

    def defer(self, actor: Actor, command: DeferRevenue, key: str | None = None) -> Committed[DeferralRef]:
        """Close a day with deferred revenue, as it is known now (K3 23). Raises PeriodNotOver, DayHandedOver."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        parts = self._ledger.to_defer(actor, command.on)

        def decide(work: UnitOfWork) -> DeferralRef:
            books = books_of(work, organiser)
            is_new = books.close(command.on, parts, today_of(work, organiser))
            return DeferralRef(command.on, _parts_of(books, command.on), is_again=not is_new)

        return self._record(actor, command, DeferralRef, decide, key)

    def export(self, actor: Actor, command: ExportPeriod, key: str | None = None) -> Committed[ExportRef]:
        """Hand a period over, or find that it has been.

        Raises PeriodOverlaps, PeriodInTwoYears, PeriodNotOver, PeriodUnfinished, AccountMissing.
        """
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        position = self._freshness.position(organiser)
        held = self._questions.contents(actor, command.from_on, command.until_on, position)

        def decide(work: UnitOfWork) -> ExportRef:
            books = books_of(work, organiser)
            known, today = books.exported, today_of(work, organiser)
            years = work.load(Organiser, organiser).years
            period = command.from_on, command.until_on, position
            books.rest(held.rests)
            export = books.export(*period, today, years, held.contents, is_confirmed=command.is_confirmed)
            if export.number > known:
                _must_have_all(books, held.keys)
            return ExportRef(export.number, is_again=export.number <= known)

        return self._record(actor, command, ExportRef, decide, key)


def _parts_of(books: Bookkeeping, on: date) -> int:
    return sum(each.amount for each in books.closings[on])


def _must_have_all(books: Bookkeeping, used: frozenset[str]) -> None:
    """What is handed over keeps the accounts of that day, so they are all there before it is."""
    missing = sorted(used - books.accounts.keys())
    if missing:
        raise AccountMissing(key=missing[0])


def books_of(work: UnitOfWork, organiser: OrganiserId) -> Bookkeeping:
    """The bookkeeping of an organiser, begun when it is first needed."""
    books = work.find(Bookkeeping, Bookkeeping.create_id(organiser))
    if books is None:
        books = Bookkeeping(organiser_id=organiser)
        work.add(books)
    return books
