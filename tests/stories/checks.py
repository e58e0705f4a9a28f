"""What must hold of a story's money, told from documents, accounts and events without the code that is tried."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from application.billing.crediting import Crediting
from domain.billing.collective_account import CollectiveAccount
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.seating import SeatsShort
from domain.kernel.aggregate import Aggregate
from domain.kernel.ids import CancellationId, SeasonId, derived
from tests.stories.books import Books
from tests.stories.stage import Cast

A = TypeVar("A", bound=Aggregate)
BY_CANCELLATION = ("granted", "waived")


class Checks:
    """The stage with its books. `expected`: what each cancellation was said to give back, in öre."""

    def __init__(self, there: Cast, season: SeasonId) -> None:
        self.there, self.season = there, season
        self.memory, self.admin, self.finance = there.memory, there.admin, there.finance
        self.chance = self.memory.chance
        self.books = Books()
        self.expected: dict[CancellationId, int] = {}

    def check(self) -> None:
        """What was said is what was done; of no document, line or VAT rate more is credited than was invoiced."""
        assert self.books.read(self.memory.log).alarms() == []
        for cancellation, credit in self.expected.items():
            assert self.given_back(cancellation, *BY_CANCELLATION) == credit
        for invoice in self.all_of(Invoice):
            notes = [each for each in self.all_of(CreditNote) if each.invoice_id == invoice.id]
            assert invoice.credited.amount == -sum(each.payable.amount for each in notes) <= invoice.payable.amount
            self._adds_up(invoice, notes)

    def _adds_up(self, invoice: Invoice, notes: list[CreditNote]) -> None:
        """Of each VAT rate: invoiced less credited is what is left; where no net is left, no VAT is."""
        left = Crediting(self.memory).left(self.finance, invoice.invoice_id)
        lines = [*invoice.lines, *(line for note in notes for line in note.lines)]
        for rate in {each.rate for each in lines}:
            of_rate = [each for each in left if each.line.rate == rate]
            net, vat = sum(each.net for each in of_rate), sum(each.vat for each in of_rate)
            assert net == sum(each.net.amount for each in lines if each.rate == rate) >= 0
            assert vat == sum(each.vat.amount for each in lines if each.rate == rate) >= 0
            assert net or not vat
        if not any(each.net for each in left):
            assert invoice.credited == invoice.payable

    def all_came_back(self) -> None:
        """Everything has been waived and called off: there is no revenue, no VAT, and no öre in the rounding."""
        balances = self.books.read(self.memory.log).balances()
        assert {account for account in balances if account.startswith(("revenue", "vat", "rounding"))} == set()

    def given_back(self, source: UUID, *occasions: str) -> int:
        """What credit notes of a source came to, and what was taken off an account instead, in öre."""
        found = 0
        for said in self.memory.log:
            note: UUID | None
            if isinstance(said.event, CreditNote.Issued):
                note, things = said.event.originator_id, {each.refers_to for each in said.event.lines}
            elif isinstance(said.event, CollectiveAccount.Lowered):
                note, things = said.event.instead_of, {each.refers_to for each in said.event.lines}
            else:
                continue
            if any(note == derived(source, occasion, thing) for occasion in occasions for thing in things):
                sign = -1 if isinstance(said.event, CreditNote.Issued) else 1
                found += sign * sum(each.gross.amount for each in said.event.lines)
                found -= getattr(said.event, "rounding", 0)
        return found

    def all_of(self, kind: type[A]) -> list[A]:
        """All of a kind, in the order they were made."""
        return [each for each in self.memory.things.values() if isinstance(each, kind)]

    def one_of(self, kind: type[A]) -> A:
        """Any of a kind, rather a late one."""
        return self._any(self.all_of(kind))

    def seat(self) -> tuple[Booking, int]:
        """Any seat that is held."""
        booking = self._any([each for each in self.all_of(Booking) if each.held])
        return booking, self.chance.choice(booking.held).no

    def _any(self, found: list[A]) -> A:
        if not found:
            raise SeatsShort(left=0)
        return self.chance.choice(found[-6:])
