"""Payments as finance reads them: what belongs nowhere yet, what must be paid back, disputes, reminders, cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from application.payments.card import CardDifference
from application.payments.queries.bank_file import ArrivedTogether, BankFileRow, KnownPayment
from application.payments.queries.other_money import Came, OtherMoneyRow, PaidByCard
from application.payments.queries.receivable import CardRefundRow, DemandState, DemandView, DisputeRow, LateRow


@dataclass(frozen=True)
class SuspenseRow:
    """Money that has arrived, and what of it (`left`, öre) belongs nowhere yet. `payer`: what the bank says."""

    payment_id: UUID
    means: str
    amount: int
    left: int
    currency: str
    reference: str
    arrived_on: date
    payer: str | None


@dataclass(frozen=True)
class AllotmentRow:
    """A part (öre) of a payment that was allotted to an invoice, or (below zero) taken from it again, and why."""

    payment_id: UUID
    invoice_id: UUID
    number: int
    buyer: str | None
    amount: int
    currency: str
    on: date
    reason: str


@dataclass(frozen=True)
class OwedRow:
    """An invoice as payments are matched with it. `given_up`: written off or lost; it may be paid after all (öre)."""

    invoice_id: UUID
    number: int
    ocr: str
    balance: int
    currency: str
    due_on: date
    organisation_id: UUID | None
    person_id: UUID | None
    buyer: str | None
    given_up: int = 0

    @property
    def payable(self) -> int:
        """What a payment may still pay of it: what is owed, or else what was given up."""
        return self.balance if self.balance > 0 else max(0, self.balance + self.given_up)


@dataclass(frozen=True)
class CreditNoteRow:
    """A credit note as payments are matched with it, in öre above zero: what it comes to, and of which invoice it is.

    `spare`: what was paid too much on that invoice and is here to be paid back, or set off.
    """

    number: int
    amount: int
    currency: str
    invoice_id: UUID
    organisation_id: UUID | None
    person_id: UUID | None
    spare: int


@dataclass(frozen=True)
class RefundDueRow:
    """What was paid too much on an invoice and is not under way back to a card (`due`, öre)."""

    invoice_id: UUID
    number: int
    due: int
    currency: str
    buyer: str | None


@dataclass(frozen=True)
class CheckoutRow:
    """A card payment as our books have it, in öre."""

    checkout_id: UUID
    organiser_id: UUID
    session: str
    amount: int
    currency: str
    state: str
    paid_on: date | None
    opened_at: datetime
    fee: int = 0


class PaymentRecords(Protocol):
    """What other use cases and programs ask of payments."""

    def suspense_of(self, organiser_id: UUID) -> tuple[SuspenseRow, ...]:
        """Payments with something left, oldest first."""

    def payment(self, organiser_id: UUID, payment_id: UUID) -> SuspenseRow | None:
        """One payment of an organiser."""

    def known(self, organiser_id: UUID, payment_ids: Sequence[UUID]) -> tuple[KnownPayment, ...]:
        """Those of them that are here."""

    def arrived_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[KnownPayment, ...]:
        """What came by bank between two days, both included, with one of these sums (öre)."""

    def arrived_together(self, organiser_id: UUID, entries: Sequence[str]) -> tuple[ArrivedTogether, ...]:
        """What has arrived of these entries of the account."""

    def sums_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[ArrivedTogether, ...]:
        """Entries between two days of which several payments have arrived, which come to one of these sums (öre)."""

    def allotments(
        self, organiser_id: UUID, payment_id: UUID | None = None, invoice_id: UUID | None = None
    ) -> tuple[AllotmentRow, ...]:
        """What has become of the parts of a payment, or of those that an invoice got, in order."""

    def placed(self, organiser_id: UUID, other_ids: Sequence[UUID]) -> tuple[Came, ...]:
        """Those of them that are here: entries booked to an account of choice, or left out."""

    def placed_near(
        self, organiser_id: UUID, days: tuple[date, date], amounts: Sequence[int]
    ) -> tuple[OtherMoneyRow, ...]:
        """What was booked to an account of choice, or left out, between two days with one of these sums (öre)."""

    def other_money(self, organiser_id: UUID) -> tuple[OtherMoneyRow, ...]:
        """Entries booked to an account of choice, or left out, latest first; at most fifty."""

    def paid_by_card(self, organiser_id: UUID) -> tuple[PaidByCard, ...]:
        """Card payments that no payout is known to be of, earliest first; at most 2000."""

    def bank_files(self, organiser_id: UUID) -> tuple[BankFileRow, ...]:
        """The files that have been taken in, latest first; at most 400."""

    def owed(self, organiser_id: UUID, numbers: tuple[int, ...], amount: int | None = None) -> tuple[OwedRow, ...]:
        """Invoices of these numbers; or, without, those whose balance is an amount."""

    def credit_notes(self, organiser_id: UUID, numbers: tuple[int, ...]) -> tuple[CreditNoteRow, ...]:
        """Credit notes of these numbers."""

    def owed_by(self, organisation_id: UUID | None, person_id: UUID | None) -> tuple[OwedRow, ...]:
        """Everything that one payer owes, oldest first."""

    def refunds_asked(self) -> tuple[CardRefundRow, ...]:
        """Refunds to cards that are to be carried out, of everybody."""

    def late_of(self, organiser_id: UUID, today: date) -> tuple[LateRow, ...]:
        """Invoices past their due date with something left, oldest first."""

    def checkouts(self, since: datetime) -> tuple[CheckoutRow, ...]:
        """Card payments of everybody that were opened at or after an instant."""

    def lapsed(self, now: datetime) -> tuple[UUID, ...]:
        """Open card payments whose hold has ended."""


class PaymentQuestions(Queries, Protocol):
    """Finance alone. Admins may read."""

    @for_staff
    def suspense(self, actor: Actor) -> tuple[SuspenseRow, ...]:
        """Money that belongs nowhere yet, oldest first."""

    @for_staff
    def refunds_due(self, actor: Actor) -> tuple[RefundDueRow, ...]:
        """What must be paid back by bank or set off."""

    @for_staff
    def card_refunds(self, actor: Actor) -> tuple[CardRefundRow, ...]:
        """Refunds to cards under way, and those that failed."""

    @for_staff
    def disputes(self, actor: Actor) -> tuple[DisputeRow, ...]:
        """Disputed card payments, open ones first."""

    @for_staff
    def late(self, actor: Actor, today: date) -> tuple[LateRow, ...]:
        """Invoices past their due date with something left, oldest first."""

    @for_staff
    def differences(self, actor: Actor) -> tuple[CardDifference, ...]:
        """What our books and the card company's did not agree on last night."""

    def demand(self, invoice_id: UUID) -> DemandView | None:
        """What has become of the demand of an invoice that the reader may see (ask `InvoiceQuestions.one` first)."""

    def demand_states(self, invoice_ids: tuple[UUID, ...]) -> Mapping[UUID, DemandState]:
        """The same in short, of all documents on a page that the reader may see; those without one are left out."""
