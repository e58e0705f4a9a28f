"""Payments by card in the demo: one book is paid, another one paid and then disputed by the payer's bank."""

from __future__ import annotations

from application.billing.queries.invoice import DocumentFilter, DocumentRow
from application.kernel.actor import Actor, Role
from application.payments.card import CardDispute
from application.payments.checkout import PayByCard
from application.services import Services
from demo.card_company import CardCompany
from domain.kernel.ids import InvoiceId, OrganiserId

_PAGE = 100


def pay_by_card(services: Services, company: CardCompany, organiser: OrganiserId, address: str) -> None:
    """Two people pay their books by card; what is paid already is left alone. `address` is that of the pages."""
    finance = Actor("demo:cards", organiser, frozenset({Role.FINANCE}))
    for no, row in enumerate(_books(services, finance)[:2]):
        if row.balance <= 0:
            continue
        session = _pay(services, company, finance, row, address)
        if no == 1:
            dispute = company.dispute(session, row.gross)
            told = services.checkouts.cards.told("charge.dispute.created", dispute)
            if isinstance(told, CardDispute):
                services.checkouts.disputed(told)


def _books(services: Services, finance: Actor) -> list[DocumentRow]:
    """The invoices of people who bought for themselves, in the same order each time."""
    rows = services.invoice_questions.list(finance, DocumentFilter(), None, _PAGE).items
    invoices = [row for row in rows if row.kind == "invoice" and row.person_id is not None]
    return sorted(invoices, key=lambda row: (row.gross, row.number))


def _pay(services: Services, company: CardCompany, finance: Actor, row: DocumentRow, address: str) -> str:
    back = f"{address}/invoices/{row.document_id}"
    command = PayByCard(InvoiceId(row.document_id), back, back)
    page = services.checkouts.pay(finance, command, f"demo/card/{row.document_id}")
    session = page.address.rsplit("/", 1)[-1]
    company.paid(session)
    services.checkouts.receive(services.checkouts.cards.look_up(session))
    return session
