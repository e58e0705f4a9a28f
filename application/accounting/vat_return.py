"""Declaring VAT: how long its periods are, from when it is owed on invoices sent ahead, and a return of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.accounting.bookkeeping import BookkeepingRef, books_of
from application.accounting.queries.vat_return import VatReturnQuestions
from application.kernel.actor import Actor, Role
from application.kernel.command import command, finance
from application.kernel.page import Freshness
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.seen import ChangedSinceShown
from application.kernel.use_case import UseCases, organiser_of, today_of
from domain.accounting.dormant_vat import AdvanceVat, AdvanceVatChoice
from domain.accounting.vat_return import BoxAmount, declared
from domain.kernel.financial_year import FinancialYear
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class ChooseVatPeriod:
    """VAT is declared by month (1), calendar quarter (3) or financial year (12)."""

    months: int


@dataclass(frozen=True)
class ChooseAdvanceVat:
    """From when VAT on invoices sent ahead is owed, for those issued from a local day on."""

    way: AdvanceVat
    from_on: date


@dataclass(frozen=True)
class DeclareVat:
    """A return of a period of VAT; `bought`: boxes of what was bought, in whole kronor, as other books have them."""

    from_on: date
    until_on: date
    bought: tuple[BoxAmount, ...] = ()


@dataclass(frozen=True)
class VatReturnRef:
    """Which return; `is_again`: the same boxes had been declared before."""

    number: int
    is_again: bool


class VatReturns(UseCases):
    """Choose periods of VAT and declare them."""

    def __init__(self, decisions: Decisions, freshness: Freshness, questions: VatReturnQuestions) -> None:
        super().__init__(decisions)
        self._freshness, self._questions = freshness, questions

    @command(by=finance)
    def choose_period(self, work: UnitOfWork, command: ChooseVatPeriod) -> BookkeepingRef:
        """From now on. Raises BadValue."""
        organiser = organiser_of(work.actor)
        books_of(work, organiser).choose_vat_period(command.months)
        return BookkeepingRef(organiser)

    @command(by=finance)
    def choose_advance(self, work: UnitOfWork, command: ChooseAdvanceVat) -> BookkeepingRef:
        """Invoices issued before keep the way they had. Raises AdvanceVatReported."""
        organiser = organiser_of(work.actor)
        books_of(work, organiser).choose_advance_vat(AdvanceVatChoice(command.way, command.from_on))
        return BookkeepingRef(organiser)

    def declare(self, actor: Actor, command: DeclareVat, key: str | None = None) -> Committed[VatReturnRef]:
        """Make a return, or find that it has been; VAT that is not owed yet at its end goes to rest with it.

        Raises VatDeclaredAlready, NoVatPeriod, PeriodNotOver, ChangedSinceShown, RateWithoutBox, BadValue.
        """
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        position = self._freshness.position(organiser)
        view = self._questions.vat_view(actor, command.from_on)
        boxes = declared({each.no: each.exact for each in view.boxes}, command.bought)
        rests = self._questions.to_rest(actor, view.from_on, view.until_on)

        def decide(work: UnitOfWork) -> VatReturnRef:
            books, today = books_of(work, organiser), today_of(work, organiser)
            known, period = len(books.returns), FinancialYear(command.from_on, command.until_on)
            years = work.load(Organiser, organiser).years
            made = books.declare_vat(period, boxes, position, today, years)
            if (view.from_on, view.until_on) != (period.first, period.last):  # another length was chosen meanwhile
                raise ChangedSinceShown
            books.rest(rests)
            return VatReturnRef(made.number, is_again=made.number <= known)

        return self._record(actor, command, VatReturnRef, decide, key)
