"""Reminders by rule, where agreed: sent once each, a fee on a document of its own, then the list to hand over.

Nobody is reminded, and no fee asked, where there is nobody to write to: that is for staff to see to.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from application.billing.charges import Charge
from application.billing.invoicing import InvoiceRef, charge_for, issue, payer_of_invoice
from application.kernel.actor import SYSTEM
from application.kernel.command import dry_run, staff
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, organiser_of
from application.notifications.people import invoiced
from application.payments.compensation import claimed, is_claimed_with_reminder
from application.payments.payment_rules import agreed_rules, rules_of
from application.payments.queries.payment import PaymentRecords
from application.payments.queries.receivable import LateRow
from domain.billing.demand import InvoiceDisputed, InvoiceSettled, ReminderSent, fee_of_reminder, remind
from domain.billing.invoice import Invoice
from domain.kernel.documents import LineKind, line
from domain.kernel.ids import InvoiceId, OrganiserId, derived, series_of
from domain.kernel.money import Money
from domain.kernel.vat import NO_VAT

GRACE = 10
"""Days after the last reminder before an invoice stands on the list to hand over."""

REMINDER_FEE = "Påminnelseavgift"
"""How the line of such a fee begins."""


@dataclass(frozen=True)
class Reminded:
    """Which reminder (0: none was due any longer)."""

    invoice_id: UUID
    level: int


class Reminders(UseCases):
    """The daily run of an organiser. Run again, or killed in the middle, it reminds nobody twice."""

    def __init__(self, decisions: Decisions, records: PaymentRecords) -> None:
        super().__init__(decisions)
        self._records = records

    def run(self, organiser: OrganiserId, today: date) -> tuple[Reminded, ...]:
        """Remind of what is late on a local day, by rules that the organiser has agreed.

        A disputed or credited invoice is not among it (S55), nor one whose payer cannot be written to.
        """
        agreed = self._decisions.dry_run(SYSTEM, lambda work: agreed_rules(work, organiser))
        if agreed is None:
            return ()
        days = agreed.reminder_days
        due = [(row, level_due(row, days)) for row in self._records.late_of(organiser, today)]
        reminded = [row.invoice_id for row, level in due if level]
        silent = self._decisions.dry_run(SYSTEM, lambda work: _unreached(work, reminded))
        sent = [
            self._remind(organiser, InvoiceId(row.invoice_id), level, today)
            for row, level in due
            if level and row.invoice_id not in silent
        ]
        return tuple(each for each in sent if each.level)

    def issue_fee(self, invoice_id: InvoiceId, level: int, fee: Money) -> Committed[InvoiceRef]:
        """The fee of a reminder, on a document of its own (lag 1981:739), outside the scope of VAT."""
        organiser = self._decisions.dry_run(SYSTEM, lambda work: work.load(Invoice, invoice_id).organiser_id)

        def decide(work: UnitOfWork) -> InvoiceRef:
            invoice = work.load(Invoice, invoice_id)
            payer, source = payer_of_invoice(invoice), derived(invoice_id, "reminder", level)
            charge_for(work, source, invoice_id)
            text = f"{REMINDER_FEE}, faktura {invoice.number}"
            return issue(work, organiser, Charge(source, payer, (line(LineKind.FEE, text, 1, fee, NO_VAT),), ()))

        series = series_of(organiser, "invoice")
        key = f"reminder-fee/{invoice_id}/{level}"
        return self._record(SYSTEM, ("fee", invoice_id, level), InvoiceRef, decide, key, serial=(series,))

    def _remind(self, organiser: OrganiserId, invoice_id: InvoiceId, level: int, today: date) -> Reminded:
        """For its fee, or for the compensation that stands in its place (lag 1981:739 4 a §)."""

        def decide(work: UnitOfWork) -> Reminded:
            invoice = work.load(Invoice, invoice_id)
            if is_claimed_with_reminder(work, invoice, rules_of(work, organiser), today):
                remind(invoice, level, today, Money(0, invoice.currency))
                claimed(work, invoice, today)
            else:
                remind(invoice, level, today, fee_of_reminder(invoice))
            return Reminded(invoice_id, level)

        key, asked = f"reminder/{invoice_id}/{level}", ("remind", invoice_id, level)
        serial = (series_of(organiser, "invoice"),)
        with suppress(InvoiceSettled, InvoiceDisputed, ReminderSent):  # meanwhile; nothing is recorded
            return self._record(SYSTEM, asked, Reminded, decide, key, serial=serial).answer
        return Reminded(invoice_id, 0)


class ReminderQuestions(UseCases):
    """What finance needs to know to see to it that payers are reminded. Raises NotAllowed unless staff."""

    @dry_run
    def is_agreed(self, work: UnitOfWork) -> bool:
        """Whether rules have been agreed: until then nobody is reminded."""
        staff(work.actor, None)
        return agreed_rules(work, organiser_of(work.actor)) is not None

    @dry_run
    def unreached(self, work: UnitOfWork, invoices: Iterable[UUID]) -> frozenset[UUID]:
        """Of late invoices those that nobody is reminded of, since nobody who pays them can be written to."""
        staff(work.actor, None)
        return _unreached(work, invoices)


def _unreached(work: UnitOfWork, invoices: Iterable[UUID]) -> frozenset[UUID]:
    return frozenset(each for each in invoices if not invoiced(work, work.load(Invoice, each)))


def level_due(row: LateRow, days: tuple[int, ...]) -> int:
    """The reminder that is due (0: none): one at a time, as far apart as the rule says also where one was late."""
    nth = row.reminded
    if row.is_disputed or row.handed_over_on is not None or nth >= len(days) or row.days_late < days[nth]:
        return 0
    if nth and row.reminded_on is not None:
        today = row.due_on + timedelta(days=row.days_late)
        if today < row.reminded_on + timedelta(days=days[nth] - days[nth - 1]):
            return 0
    return nth + 1


def is_to_hand_over(row: LateRow, days: tuple[int, ...], today: date) -> bool:
    """Whether reminders have not helped, and the payer has had time after the last one."""
    if row.is_disputed or row.handed_over_on is not None or row.reminded_on is None or row.reminded < len(days):
        return False
    return today >= row.reminded_on + timedelta(days=GRACE)
