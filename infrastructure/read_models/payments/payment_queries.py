"""What payments answer: suspense, refunds due, disputes, reminders, and what is to be done with the card company."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.payments.card import CardDifference
from application.payments.queries.payment import (
    CardRefundRow,
    CheckoutRow,
    DemandState,
    DemandView,
    DisputeRow,
    LateRow,
    OwedRow,
    RefundDueRow,
    SuspenseRow,
)
from infrastructure.read_models.kernel.query import SAME, Reader

_PAYMENT = """select p.payment_id, p.means, p.amount, due.amount, p.currency, p.reference, p.arrived_on, p.payer
from payment.payment p
cross join lateral (select p.remaining - coalesce(sum(r.amount), 0)::bigint as amount from payment.card_refund r
    where r.state = 'asked' and r.invoice_id is null
    and r.checkout_id = case p.means when 'card' then p.reference::uuid end) due where """
_SUSPENSE = f"{_PAYMENT} p.organiser_id = %s and p.remaining > 0 and due.amount > 0 order by p.arrived_on, p.position"
_ONE = f"{_PAYMENT} p.organiser_id = %s and p.payment_id = %s"
"""What is on its way back to a card is not left."""


_OWED = """select d.document_id, d.number, d.ocr, a.balance, d.currency, d.due_on, d.organisation_id, d.person_id,
d.details, a.written_off - p.given_up + (select coalesce(sum(amount), 0)::bigint from payment.dispute
    where invoice_id = d.document_id and state = 'lost')
from invoice.document d join invoice.account a on a.document_id = d.document_id
join payment.demand p on p.invoice_id = d.document_id where d.kind = 'invoice' and """

_REFUNDS_DUE = """select d.document_id, d.number, due.amount, d.currency, d.details
from invoice.account a join invoice.document d on d.document_id = a.document_id
left join (select invoice_id, sum(amount)::bigint as asked from payment.card_refund where state = 'asked'
    group by invoice_id) r on r.invoice_id = a.document_id
left join (select invoice_id, sum(amount)::bigint as amount from payment.dispute where state <> 'won'
    group by invoice_id) t on t.invoice_id = a.document_id
join payment.demand p on p.invoice_id = a.document_id
cross join lateral (select least(-a.balance, a.paid - coalesce(t.amount, 0) + p.given_up) - coalesce(r.asked, 0)
    as amount) due
where a.organiser_id = %s and a.balance < 0 and due.amount > 0 order by d.issued_on, d.number"""

_CARD_REFUNDS = """select r.refund_id, r.checkout_id, r.invoice_id, d.number, r.amount, c.currency, c.intent, r.state,
r.reference, r.why from payment.card_refund r join payment.checkout c on c.checkout_id = r.checkout_id
left join invoice.document d on d.document_id = r.invoice_id where """

_DISPUTES = """select p.reference, p.invoice_id, d.number, p.amount, p.currency, p.opened_on, p.state, p.decided_on,
d.details from payment.dispute p join invoice.document d on d.document_id = p.invoice_id where """

_LATE = """select d.document_id, d.number, a.balance, d.currency, d.due_on, %s::date - d.due_on, p.reminded,
p.reminded_on, p.disputes > 0, p.handed_over_on, d.details,
not exists (select 1 from jsonb_array_elements(d.lines) l where l->>'kind' <> 'fee')
from invoice.account a join invoice.document d on d.document_id = a.document_id
join payment.demand p on p.invoice_id = a.document_id
where a.organiser_id = %s and a.balance > 0 and d.due_on < %s order by d.due_on, d.number"""

_CHECKOUTS = """select checkout_id, organiser_id, session, amount, currency, state, paid_on, opened_at, fee
from payment.checkout where opened_at >= %s order by opened_at, checkout_id"""
_LAPSED = "select checkout_id from payment.checkout where state = 'open' and held_until <= %s order by held_until"

_DIFFERENCES = """select kind, reference, checkout_id, ours, theirs, day from card_difference
where organiser_id = %s order by day, reference"""

_DEMAND = """select reminded, reminded_on, handed_over_on, written_off, reason from payment.demand
where invoice_id = %s"""
_DEMAND_STATES = "select invoice_id, reminded, disputes > 0 from payment.demand where invoice_id = any(%s)"


class PaymentTables:
    """`application.payments.queries.payment.PaymentModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def suspense(self, organiser_id: UUID) -> tuple[SuspenseRow, ...]:
        """Payments with something left, oldest first."""
        return self._payments(_SUSPENSE, [organiser_id])

    def payment(self, organiser_id: UUID, payment_id: UUID) -> SuspenseRow | None:
        """One payment of an organiser."""
        return next(iter(self._payments(_ONE, [organiser_id, payment_id])), None)

    def owed(self, organiser_id: UUID, numbers: tuple[int, ...], amount: int | None = None) -> tuple[OwedRow, ...]:
        """Invoices of these numbers; or, without, those whose balance is an amount."""
        if numbers:
            return self._owed("d.organiser_id = %s and d.number = any(%s)", [organiser_id, list(numbers)])
        return self._owed("d.organiser_id = %s and a.balance > 0 and a.balance = %s", [organiser_id, amount])

    def owed_by(self, organisation_id: UUID | None, person_id: UUID | None) -> tuple[OwedRow, ...]:
        """Everything that one payer owes, oldest first."""
        if organisation_id is not None:
            return self._owed("a.balance > 0 and d.organisation_id = %s", [organisation_id])
        return self._owed(f"a.balance > 0 and d.person_id = {SAME}", [person_id])

    def refunds_due(self, organiser_id: UUID) -> tuple[RefundDueRow, ...]:
        """What must be paid back by bank or set off."""
        rows = self._reader.query(_REFUNDS_DUE, [organiser_id])
        buyers = self._reader.typed_names([row[4] for row in rows])
        return tuple(RefundDueRow(*(*row[:4], name)) for row, name in zip(rows, buyers, strict=True))

    def card_refunds(self, organiser_id: UUID | None, *states: str) -> tuple[CardRefundRow, ...]:
        """Refunds to cards in some states; of everybody (None) for whoever carries them out."""
        chosen = "r.state = any(%s) and (%s::uuid is null or c.organiser_id = %s) order by r.position"
        rows = self._reader.query(_CARD_REFUNDS + chosen, [list(states), organiser_id, organiser_id])
        return tuple(CardRefundRow(*row) for row in rows)

    def disputes(self, organiser_id: UUID) -> tuple[DisputeRow, ...]:
        """Disputes, open ones first."""
        return self._disputes("d.organiser_id = %s order by p.state <> 'open', p.opened_on, p.reference", organiser_id)

    def late(self, organiser_id: UUID, today: date) -> tuple[LateRow, ...]:
        """Invoices past their due date with something left, oldest first."""
        rows = self._reader.query(_LATE, [today, organiser_id, today])
        buyers = self._reader.typed_names([row[10] for row in rows])
        return tuple(LateRow(*(*row[:10], name, row[11])) for row, name in zip(rows, buyers, strict=True))

    def checkouts(self, since: datetime) -> tuple[CheckoutRow, ...]:
        """Card payments of everybody that were opened at or after an instant."""
        return tuple(CheckoutRow(*row) for row in self._reader.query(_CHECKOUTS, [since]))

    def lapsed(self, now: datetime) -> tuple[UUID, ...]:
        """Open card payments whose hold has ended."""
        return tuple(row[0] for row in self._reader.query(_LAPSED, [now]))

    def differences(self, organiser_id: UUID) -> tuple[CardDifference, ...]:
        """What the last comparison with the card company found."""
        return tuple(CardDifference(*row) for row in self._reader.query(_DIFFERENCES, [organiser_id]))

    def demand(self, invoice_id: UUID) -> DemandView | None:
        """What has become of the demand of an invoice."""
        rows = self._reader.query(_DEMAND, [invoice_id])
        if not rows:
            return None
        refunds = self._reader.query(f"{_CARD_REFUNDS} r.invoice_id = %s order by r.position", [invoice_id])
        disputes = self._disputes("p.invoice_id = %s order by p.opened_on, p.reference", invoice_id)
        return DemandView(*(*rows[0], disputes, tuple(CardRefundRow(*row) for row in refunds)))

    def demand_states(self, invoice_ids: tuple[UUID, ...]) -> dict[UUID, DemandState]:
        """How it stands with the demands of several invoices; those without one are left out."""
        rows = self._reader.query(_DEMAND_STATES, [list(invoice_ids)])
        return {row[0]: DemandState(row[1], row[2]) for row in rows}

    def _payments(self, statement: str, given: list[Any]) -> tuple[SuspenseRow, ...]:
        rows = self._reader.query(statement, given)
        payers = self._reader.decrypt([row[7] for row in rows])
        return tuple(SuspenseRow(*(*row[:7], payer)) for row, payer in zip(rows, payers, strict=True))

    def _owed(self, chosen: str, given: list[Any]) -> tuple[OwedRow, ...]:
        rows = self._reader.query(f"{_OWED}{chosen} order by d.due_on, d.number limit 50", given)
        buyers = self._reader.typed_names([row[8] for row in rows])
        return tuple(OwedRow(*(*row[:8], name, row[9])) for row, name in zip(rows, buyers, strict=True))

    def _disputes(self, chosen: str, about: UUID) -> tuple[DisputeRow, ...]:
        rows = self._reader.query(_DISPUTES + chosen, [about])
        buyers = self._reader.typed_names([row[8] for row in rows])
        return tuple(DisputeRow(*(*row[:8], name)) for row, name in zip(rows, buyers, strict=True))
