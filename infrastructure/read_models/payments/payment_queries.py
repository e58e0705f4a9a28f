"""What payments answer: suspense, refunds due, disputes, reminders, and what is to be done with the card company."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from application.payments.card import CardDifference
from application.payments.queries.payment import (
    CheckoutRow,
    CreditNoteRow,
    OwedRow,
    PaymentQuestions,
    RefundDueRow,
    SuspenseRow,
)
from application.payments.queries.receivable import CardRefundRow, DemandState, DemandView, DisputeRow, LateRow
from infrastructure.read_models.kernel.query import SAME, Shape
from infrastructure.read_models.payments.bank_file_queries import BankFileTables

_PAYMENT = """select p.payment_id, p.means, p.amount, due.amount as left, p.currency, p.reference, p.arrived_on, p.payer
from payment.payment p
cross join lateral (select p.remaining - coalesce(sum(r.amount), 0)::bigint as amount from payment.card_refund r
    where r.state = 'asked' and r.invoice_id is null
    and r.checkout_id = case p.means when 'card' then p.reference::uuid end) due where """
_SUSPENSE = f"{_PAYMENT} p.organiser_id = %s and p.remaining > 0 and due.amount > 0 order by p.arrived_on, p.position"
_ONE = f"{_PAYMENT} p.organiser_id = %s and p.payment_id = %s"
"""What is on its way back to a card is not left."""


_OWED = """select d.document_id as invoice_id, d.number, d.ocr, a.balance, d.currency, d.due_on, d.organisation_id,
d.person_id, d.details as buyer,
a.written_off - p.given_up + (select coalesce(sum(amount), 0)::bigint from payment.dispute
    where invoice_id = d.document_id and state = 'lost') as given_up
from invoice.document d join invoice.account a on a.document_id = d.document_id
join payment.demand p on p.invoice_id = d.document_id where d.kind = 'invoice' and """

_DUE = """from invoice.account a join invoice.document d on d.document_id = a.document_id
left join (select invoice_id, sum(amount)::bigint as asked from payment.card_refund where state = 'asked'
    group by invoice_id) r on r.invoice_id = a.document_id
left join (select invoice_id, sum(amount)::bigint as amount from payment.dispute where state <> 'won'
    group by invoice_id) t on t.invoice_id = a.document_id
join payment.demand p on p.invoice_id = a.document_id
cross join lateral (select least(-a.balance, a.paid - coalesce(t.amount, 0) + p.given_up) - coalesce(r.asked, 0)
    as amount) due"""
_REFUNDS_DUE = f"""select d.document_id as invoice_id, d.number, due.amount as due, d.currency, d.details as buyer
{_DUE}
where a.organiser_id = %s and a.balance < 0 and due.amount > 0 order by d.issued_on, d.number"""

_CREDIT_NOTES = f"""select n.number, -(n.gross + n.rounding) as amount, n.currency, d.document_id as invoice_id,
d.organisation_id, d.person_id, greatest(due.amount, 0) as spare {_DUE}
join invoice.document n on n.refers_to_id = d.document_id and n.kind = 'credit_note'
where n.organiser_id = %s and n.number = any(%s) order by n.number limit 100"""

_CARD_REFUNDS = """select r.refund_id, r.checkout_id, r.invoice_id, d.number, r.amount, c.currency, c.intent, r.state,
r.reference, r.why from payment.card_refund r join payment.checkout c on c.checkout_id = r.checkout_id
left join invoice.document d on d.document_id = r.invoice_id where """

_DISPUTES = """select p.reference, p.invoice_id, d.number, p.amount, p.currency, p.opened_on, p.state, p.decided_on,
d.details as buyer from payment.dispute p join invoice.document d on d.document_id = p.invoice_id where """

_LATE = """select d.document_id as invoice_id, d.number, a.balance, d.currency, d.due_on,
%s::date - d.due_on as days_late, p.reminded, p.reminded_on, p.disputes > 0 as is_disputed, p.handed_over_on,
d.details as buyer, not exists (select 1 from jsonb_array_elements(d.lines) l where l->>'kind' <> 'fee') as only_fees
from invoice.account a join invoice.document d on d.document_id = a.document_id
join payment.demand p on p.invoice_id = a.document_id
where a.organiser_id = %s and a.balance > 0 and a.due_on < %s order by d.due_on, d.number"""

_CHECKOUTS = """select checkout_id, organiser_id, session, amount, currency, state, paid_on, opened_at, fee
from payment.checkout where opened_at >= %s order by opened_at, checkout_id"""
_LAPSED = "select checkout_id from payment.checkout where state = 'open' and held_until <= %s order by held_until"

_DIFFERENCES = """select kind, reference, checkout_id, ours, theirs, day as "on" from card_difference
where organiser_id = %s order by day, reference"""

_DEMAND = """select reminded, reminded_on, handed_over_on, written_off, reason from payment.demand
where invoice_id = %s"""
_DEMAND_STATES = "select invoice_id, reminded, disputes > 0 from payment.demand where invoice_id = any(%s)"


_SUSPENSE_ROW, _OWED_ROW = Shape(SuspenseRow, encrypted=("payer",)), Shape(OwedRow, typed=("buyer",))
_REFUND_DUE, _LATE_ROW = Shape(RefundDueRow, typed=("buyer",)), Shape(LateRow, typed=("buyer",))
_CREDIT_NOTE = Shape(CreditNoteRow)
_DISPUTE, _CARD_REFUND = Shape(DisputeRow, typed=("buyer",)), Shape(CardRefundRow)
_CHECKOUT, _DIFFERENCE, _VIEW = Shape(CheckoutRow), Shape(CardDifference), Shape(DemandView)


class PaymentTables(BankFileTables, PaymentQuestions):
    """Also `PaymentRecords` of the application."""

    def suspense(self, actor: Actor) -> tuple[SuspenseRow, ...]:
        return self.suspense_of(organiser_of(actor))

    def refunds_due(self, actor: Actor) -> tuple[RefundDueRow, ...]:
        return self._reader.rows(_REFUND_DUE, _REFUNDS_DUE, [actor.organiser_id])

    def card_refunds(self, actor: Actor) -> tuple[CardRefundRow, ...]:
        chosen = "r.state in ('asked', 'failed') and c.organiser_id = %s order by r.position"
        return self._reader.rows(_CARD_REFUND, _CARD_REFUNDS + chosen, [actor.organiser_id])

    def disputes(self, actor: Actor) -> tuple[DisputeRow, ...]:
        chosen = "d.organiser_id = %s order by p.state <> 'open', p.opened_on, p.reference"
        return self._reader.rows(_DISPUTE, _DISPUTES + chosen, [actor.organiser_id])

    def late(self, actor: Actor, today: date) -> tuple[LateRow, ...]:
        return self.late_of(organiser_of(actor), today)

    def differences(self, actor: Actor) -> tuple[CardDifference, ...]:
        return self._reader.rows(_DIFFERENCE, _DIFFERENCES, [actor.organiser_id])

    def demand(self, invoice_id: UUID) -> DemandView | None:
        rows = self._reader.cells(_DEMAND, [invoice_id])
        for cells in rows:
            of_invoice = f"{_CARD_REFUNDS} r.invoice_id = %s order by r.position"
            cells["refunds"] = self._reader.rows(_CARD_REFUND, of_invoice, [invoice_id])
            about = f"{_DISPUTES} p.invoice_id = %s order by p.opened_on, p.reference"
            cells["disputes"] = self._reader.rows(_DISPUTE, about, [invoice_id])
        return next(iter(self._reader.shaped(_VIEW, rows)), None)

    def demand_states(self, invoice_ids: tuple[UUID, ...]) -> dict[UUID, DemandState]:
        rows = self._reader.query(_DEMAND_STATES, [list(invoice_ids)]) if invoice_ids else []
        return {invoice_id: DemandState(reminded, is_disputed) for invoice_id, reminded, is_disputed in rows}

    def suspense_of(self, organiser_id: UUID) -> tuple[SuspenseRow, ...]:
        return self._reader.rows(_SUSPENSE_ROW, _SUSPENSE, [organiser_id])

    def payment(self, organiser_id: UUID, payment_id: UUID) -> SuspenseRow | None:
        return self._reader.row(_SUSPENSE_ROW, _ONE, [organiser_id, payment_id])

    def owed(self, organiser_id: UUID, numbers: tuple[int, ...], amount: int | None = None) -> tuple[OwedRow, ...]:
        if numbers:
            return self._owed("d.organiser_id = %s and d.number = any(%s)", [organiser_id, list(numbers)], len(numbers))
        return self._owed("d.organiser_id = %s and a.balance > 0 and a.balance = %s", [organiser_id, amount])

    def credit_notes(self, organiser_id: UUID, numbers: tuple[int, ...]) -> tuple[CreditNoteRow, ...]:
        return self._reader.rows(_CREDIT_NOTE, _CREDIT_NOTES, [organiser_id, list(numbers)])

    def owed_by(self, organisation_id: UUID | None, person_id: UUID | None) -> tuple[OwedRow, ...]:
        if organisation_id is not None:
            return self._owed("a.balance > 0 and d.organisation_id = %s", [organisation_id])
        return self._owed(f"a.balance > 0 and d.person_id = {SAME}", [person_id])

    def refunds_asked(self) -> tuple[CardRefundRow, ...]:
        return self._reader.rows(_CARD_REFUND, f"{_CARD_REFUNDS} r.state = 'asked' order by r.position", [])

    def late_of(self, organiser_id: UUID, today: date) -> tuple[LateRow, ...]:
        return self._reader.rows(_LATE_ROW, _LATE, [today, organiser_id, today])

    def checkouts(self, since: datetime) -> tuple[CheckoutRow, ...]:
        return self._reader.rows(_CHECKOUT, _CHECKOUTS, [since])

    def lapsed(self, now: datetime) -> tuple[UUID, ...]:
        return tuple(row[0] for row in self._reader.query(_LAPSED, [now]))

    def _owed(self, chosen: str, values: list[Any], most: int = 50) -> tuple[OwedRow, ...]:
        return self._reader.rows(_OWED_ROW, f"{_OWED}{chosen} order by d.due_on, d.number limit {most}", values)
