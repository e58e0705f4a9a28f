"""The VAT return as finance reads it: a period by boxes, the returns made, and each one's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from application.accounting.queries.ledger import EVER, Period
from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from domain.accounting.dormant_vat import AdvanceVatChoice, Rest
from domain.accounting.ec_sales import EcPeriod
from domain.accounting.filing_day import FilingDays
from domain.accounting.vat_return import BoxAmount
from domain.kernel.financial_year import FinancialYear


@dataclass(frozen=True)
class BoxRow:
    """A box of what was sold: to the öre as the ledger has it, in whole kronor, and as it was last declared."""

    no: str
    exact: int
    kronor: int
    declared: int


@dataclass(frozen=True)
class VatView:
    """A period of VAT (local days, both included) by its boxes of what was sold.

    `months`: how long periods are as was chosen last; `length`: how long this one is, which may be declared already or
    lie beside what is. `undeclared`: periods before today's, after the first declared, that have not been declared.

    `bought`: the other boxes as they were last declared, with 49. `last_number`: the return that was made last of the
    period; `has_changed`: what was sold is not what that one says, so another one corrects it.

    `filing`: by when its return is to be made and its VAT paid. `ec_lists`: the EC sales lists that end within it,
    where anything stands in boxes 35 and 39.

    `resting`: VAT on invoices sent ahead that is not owed yet at the end of the period (öre), and so in no box of it;
    `rested_before`: the same when it began, which is. `advances`: what was chosen about them, in order.
    """

    from_on: date
    until_on: date
    months: int
    boxes: tuple[BoxRow, ...]
    bought: tuple[BoxAmount, ...]
    last_number: int | None
    has_changed: bool
    is_over: bool
    filing: FilingDays
    ec_lists: tuple[EcPeriod, ...]
    resting: int = 0
    rested_before: int = 0
    advances: tuple[AdvanceVatChoice, ...] = ()
    length: int = 0
    undeclared: tuple[FinancialYear, ...] = ()


@dataclass(frozen=True)
class VatReturnRow:
    """A return: its period, what is to pay (kronor; below zero: to get back), and which one it corrects."""

    number: int
    from_on: date
    until_on: date
    declared_on: date
    to_pay: int
    corrects: int | None
    is_corrected: bool


@dataclass(frozen=True)
class VatFile:
    """The file of a return for the tax agency, and the name to save it by."""

    name: str
    content: bytes


@dataclass(frozen=True)
class EcSalesRow:
    """A buyer with a VAT number elsewhere in the Union: goods and services that it bought in a period (öre)."""

    vat_number: str
    buyer: str | None
    goods: int
    services: int


class VatReturnQuestions(Queries, Protocol):
    """For finance and admins of an organiser."""

    @for_staff
    def vat_view(self, actor: Actor, on: date | None = None) -> VatView:
        """The period that a day is in; without one the last that is over. Raises RateWithoutBox."""

    @for_staff
    def to_rest(self, actor: Actor, from_on: date, until_on: date) -> tuple[Rest, ...]:
        """The VAT that goes to rest with a return of these days."""

    @for_staff
    def vat_returns(self, actor: Actor) -> tuple[VatReturnRow, ...]:
        """The returns made, latest first."""

    @for_staff
    def ec_sales(self, actor: Actor, period: Period = EVER) -> tuple[EcSalesRow, ...]:
        """What buyers elsewhere in the Union bought in a period, by VAT number: boxes 35 and 39 by buyer."""

    @for_staff
    def vat_file(self, actor: Actor, number: int) -> VatFile:
        """The file of a return. Raises NotFound."""
