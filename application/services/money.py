"""What a face may call about money: invoices, payments, the books."""

from __future__ import annotations

from dataclasses import dataclass

from application.accounting.bookkeeping import BookkeepingOffice
from application.accounting.queries.bookkeeping import BookkeepingQuestions
from application.accounting.queries.ledger import LedgerQuestions
from application.accounting.queries.vat_return import VatReturnQuestions
from application.accounting.vat_return import VatReturns
from application.billing.crediting import Crediting
from application.billing.delivery import Deliveries, DeliveryQuestions
from application.billing.invoice import Invoices
from application.billing.queries.invoice import InvoiceQuestions
from application.billing.rendering import Papers
from application.payments.bank_file import BankImport
from application.payments.card import Notices, Signatures
from application.payments.card_refund import CardRefunds
from application.payments.checkout import Checkouts
from application.payments.compensation import Compensations
from application.payments.interest import Interests
from application.payments.other_money import OtherMoneyOffice
from application.payments.payment import Payments
from application.payments.payment_rules import PaymentRulesAgreed
from application.payments.queries.payment import PaymentQuestions
from application.payments.receivable import Receivables
from application.payments.reminder import ReminderQuestions


@dataclass(frozen=True)
class MoneyServices:
    """Invoices and credit notes, payments, the books."""

    invoices: Invoices
    papers: Papers
    deliveries: Deliveries
    delivery_questions: DeliveryQuestions
    checkouts: Checkouts
    payments: Payments
    receivables: Receivables
    payment_rules: PaymentRulesAgreed
    interests: Interests
    compensations: Compensations
    other_money: OtherMoneyOffice
    card_refunds: CardRefunds
    reminder_questions: ReminderQuestions
    bank: BankImport
    card_notices: Notices
    card_signatures: Signatures | None
    crediting: Crediting
    invoice_questions: InvoiceQuestions
    ledger: LedgerQuestions
    bookkeeping: BookkeepingOffice
    bookkeeping_questions: BookkeepingQuestions
    vat_returns: VatReturns
    vat_return_questions: VatReturnQuestions
    payment_questions: PaymentQuestions
