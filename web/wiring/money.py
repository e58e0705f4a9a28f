"""Services about money: what each is made of."""

from __future__ import annotations

from application.accounting.bookkeeping import BookkeepingOffice
from application.accounting.vat_return import VatReturns
from application.billing.rendering import Papers
from application.payments.bank_file import BankImport
from application.payments.card_refund import CardRefunds
from application.payments.other_money import OtherMoneyOffice
from application.payments.payment import Payments
from infrastructure.bank.files import BankFiles
from infrastructure.documents.pdf import TypstPress
from infrastructure.documents.ubl import Ubl
from infrastructure.stripe.chosen import chosen_signatures
from infrastructure.stripe.notices import KeptNotices
from web.wiring.parts import Made, Parts
from web.words.language import read_phrases
from web.words.paper_words import PaperWords


def money(parts: Parts) -> Made:
    """Invoices, payments, and the books."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    settings, shelf, checkouts = parts.settings, parts.shelf, parts.checkouts
    payments = Payments(decisions, models.payment)
    return {
        "delivery_questions": models.delivery,
        "papers": Papers(models.invoice, Ubl(), TypstPress(PaperWords(read_phrases()), shelf)),
        "invoice_questions": models.invoice,
        "checkouts": checkouts,
        "card_refunds": CardRefunds(decisions, checkouts),
        "other_money": OtherMoneyOffice(decisions),
        "payments": payments,
        "bank": BankImport(payments, OtherMoneyOffice(decisions), models.payment, BankFiles()),
        "card_notices": KeptNotices(store),
        "card_signatures": chosen_signatures(settings),
        "payment_questions": models.payment,
        "ledger": models.ledger,
        "bookkeeping": BookkeepingOffice(decisions, models.freshness, models.bookkeeping, models.ledger),
        "bookkeeping_questions": models.bookkeeping,
        "vat_returns": VatReturns(decisions, models.freshness, models.vat_return),
        "vat_return_questions": models.vat_return,
    }
