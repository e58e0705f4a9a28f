"""Whatever happens, in whatever order: documents and payments are the ledger, VAT the lines', no number is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as any_of

from application.accounting.queries.ageing import FREE_BY_RULE, MATCHES, AsOf
from application.billing.crediting import CreditInvoice, PartOfLine
from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.booking.cancellation import RequestCancellation
from application.booking.purchase import MakePurchase
from application.booking.reinstatement import UndoCancellation
from application.booking.settlement import WaiveCancellation
from application.booking.transfer_proposal import ProposeTransfer
from application.payments.account_entry import Part, RecordEntry
from application.payments.payment import AllotPayment, RefundPayment
from application.payments.receivable import RecordRefund, SetOff, WriteOff
from application.people.organiser import ArrangeInvoicing
from application.people.participant import Participant
from application.programme.goods import OfferGoods
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.kernel.eligibility import Ground
from domain.kernel.errors import PlatsError
from domain.kernel.ids import BookingId, CancellationId, InvoiceId, OrganisationId, SeasonId
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import VAT_6, VAT_12
from domain.payments.payment import Payment
from domain.programme.price import Price, PriceList
from infrastructure.subscriptions.verify import Verification
from tests.samples import Institute, kronor
from tests.scenarios.story import book, documents, facts

RULES = settings(
    deadline=None,
    max_examples=6,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ACTS = (
    "book", "book cheaply", "buy", "cancel", "waive", "undo", "hand over", "pay", "pay", "pay by file", "credit",
    "credit a part", "refund", "return", "set off", "write off", "time passes",
)  # fmt: skip
steps = any_of.lists(any_of.tuples(any_of.sampled_from(ACTS), any_of.integers(0, 10_000)), min_size=6, max_size=14)


@dataclass
class Story:
    """What has been made so far, for what comes next to be about."""

    institute: Institute
    seasons: list[SeasonId]
    goods: UUID
    bookings: list[BookingId] = field(default_factory=list)
    cancelled: list[CancellationId] = field(default_factory=list)
    payments: list[UUID] = field(default_factory=list)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def act(self, what: str, chance: int) -> None:
        """One thing happens; what the rules refuse does not happen."""
        try:
            getattr(self, what.replace(" ", "_"))(chance)
        except PlatsError:
            return

    def book(self, chance: int) -> None:
        self.bookings.append(book(self.institute, self.seasons[0], self.payer(chance), None, None).booking_id)

    def book_cheaply(self, chance: int) -> None:
        self.bookings.append(book(self.institute, self.seasons[1], self.payer(chance), None).booking_id)

    def buy(self, chance: int) -> None:
        buyer = self.institute.member(f"Person{next(self.numbers)}")
        self.institute.services.purchases.make(buyer, MakePurchase(self.goods, 1 + chance % 3, "Gatan 1"))

    def cancel(self, chance: int) -> None:
        command = RequestCancellation(self.bookings[chance % len(self.bookings or [0])], (1 + chance % 2,))
        outcome = self.institute.services.cancellations.request(self.institute.admin, command).answer
        self.cancelled.append(outcome.cancellation_id)

    def waive(self, chance: int) -> None:
        if self.cancelled:
            command = WaiveCancellation(self.cancelled[chance % len(self.cancelled)], "Sjukdom")
            self.institute.services.settlements.waive(self.institute.admin, command)

    def undo(self, chance: int) -> None:
        if self.cancelled:
            command = UndoCancellation(self.cancelled[chance % len(self.cancelled)])
            self.institute.services.reinstatements.undo(self.institute.admin, command)

    def hand_over(self, chance: int) -> None:
        to = Participant(self.institute.person(f"Person{next(self.numbers)}", self.institute.bolt))
        command = ProposeTransfer(self.bookings[chance % len(self.bookings or [0])], 1 + chance % 2, to, "Byte")
        self.institute.services.transfers.propose(self.institute.admin, command)

    def pay(self, chance: int) -> None:
        invoice = self.invoice(chance)
        amount = max(1, invoice.gross * (1 + chance % 5) // 4)
        command = RecordPayment(InvoiceId(invoice.document_id), amount, f"BG {next(self.numbers)}", self.today())
        self.institute.services.invoices.record_payment(self.institute.finance, command)

    def pay_by_file(self, chance: int) -> None:
        invoice, no = self.invoice(chance), next(self.numbers)
        amount = 100 + chance * 100
        taken = self.institute.services.payments.record_entry(
            self.institute.finance, RecordEntry(f"fil/{no}", amount, "SEK", f"ref {no}", self.today(), "Bolt AB")
        )
        self.payments.append(taken.answer.id)
        parts = (Part(InvoiceId(invoice.document_id), amount),)
        self.institute.services.payments.allot(self.institute.finance, AllotPayment(self.payments[-1], parts))

    def credit(self, chance: int) -> None:
        command = CreditInvoice(InvoiceId(self.invoice(chance).document_id), "Prisavdrag")
        self.institute.services.crediting.credit(self.institute.finance, command)

    def credit_a_part(self, chance: int) -> None:
        command = CreditInvoice(InvoiceId(self.invoice(chance).document_id), "Prisavdrag", (PartOfLine(1, chance + 1),))
        self.institute.services.crediting.credit(self.institute.finance, command)

    def refund(self, chance: int) -> None:
        overpaid = [row for row in documents(self.institute, "invoice") if row.balance < 0]
        row = overpaid[chance % len(overpaid)] if overpaid else self.invoice(chance)
        command = RecordRefund(InvoiceId(row.document_id), abs(row.balance), f"ut {next(self.numbers)}", self.today())
        self.institute.services.receivables.refund(self.institute.finance, command)

    def returns(self, chance: int) -> None:
        if self.payments:
            command = RefundPayment(self.payments[chance % len(self.payments)], 50, f"åter {chance}", self.today())
            self.institute.services.payments.refund(self.institute.finance, command)

    def set_off(self, chance: int) -> None:
        command = SetOff(InvoiceId(self.invoice(chance).document_id), InvoiceId(self.invoice(chance // 7).document_id))
        self.institute.services.receivables.set_off(self.institute.finance, command)

    def write_off(self, chance: int) -> None:
        command = WriteOff(InvoiceId(self.invoice(chance).document_id), "Konkurs")
        self.institute.services.receivables.write_off(self.institute.finance, command)

    def time_passes(self, chance: int) -> None:
        self.institute.clock.instant += timedelta(days=chance % 40)

    def payer(self, chance: int) -> OrganisationId:
        return (self.institute.acme, self.institute.bolt)[chance % 2]

    def invoice(self, chance: int) -> DocumentRow:
        rows = documents(self.institute, "invoice")
        return rows[chance % len(rows)]

    def today(self) -> date:
        return self.institute.clock.instant.date()


def test_money_adds_up_whatever_happens(institute: Institute) -> None:
    terms = Terms(0, (Tier(date(2026, 11, 1), 0), Tier(date(2026, 12, 1), 3_333), Tier(None, 10_000)))
    dear = (Price(kronor(12_345)), Price(kronor(6_000), Ground.MEMBER))
    seasons = [
        institute.season("Dyr", 10_000, PriceList(0, dear), terms),
        institute.season("Billig", 10_000, PriceList(0, (Price(kronor(99), vat=VAT_12, includes_vat=True),)), terms),
    ]
    goods = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)).answer
    institute.services.organisers.arrange_invoicing(
        institute.admin, ArrangeInvoicing(institute.organiser, is_rounded=True)
    )
    story = Story(institute, seasons, goods.goods_id)
    story.book(0)
    story.book_cheaply(1)

    @RULES
    @over(steps)
    def holds(happening: list[tuple[str, int]]) -> None:
        for what, chance in happening:
            story.act("returns" if what == "return" else what, chance)
        institute.catch_up()
        everything_adds_up(institute)
        past_days_add_up(institute)

    holds()
    assert [check for check in Verification(institute.house.store).run().checks if not check.ok] == []
    kinds = Counter(type(fact).__qualname__ for fact in facts(institute))
    for happened in ("CreditNote.Issued", "Payment.Arrived", "Invoice.WrittenOff", "Invoice.PaymentReceived"):
        assert kinds[happened] > 0


def everything_adds_up(institute: Institute) -> None:
    """The ledger told again from documents and payments, without its code."""
    ledger = {row.account: row.amount for row in institute.services.ledger.balances(institute.finance)}
    recorded = facts(institute)
    issued = [fact for fact in recorded if isinstance(fact, Invoice.Issued | CreditNote.Issued)]
    received = sum(fact.amount.amount for fact in recorded if isinstance(fact, Invoice.PaymentReceived))
    back = sum(fact.amount.amount for fact in recorded if isinstance(fact, Invoice.PaymentRefunded))
    lost = sum(fact.amount.amount for fact in recorded if isinstance(fact, Invoice.WrittenOff))
    lost -= sum(fact.amount.amount for fact in recorded if isinstance(fact, Invoice.LossUndone))
    asked = sum(line.gross.amount for fact in issued for line in fact.lines) + sum(fact.rounding for fact in issued)
    arrived = sum(fact.amount.amount for fact in recorded if isinstance(fact, Payment.Arrived))
    returned = sum(fact.amount.amount for fact in recorded if isinstance(fact, Payment.Returned))

    assert sum(ledger.values()) == 0
    assert ledger.get("receivable", 0) == asked - received + back - lost
    assert ledger.get("receivable", 0) == sum(row.balance for row in documents(institute, "invoice"))
    spent = sum(
        fact.amount.amount for fact in recorded if isinstance(fact, Invoice.PaymentReceived) and fact.payment_id
    )
    assert -ledger.get("unallotted", 0) == arrived - returned - spent
    assert ledger.get("rounding", 0) == -sum(fact.rounding for fact in issued)

    by_rate: Counter[int] = Counter()
    for fact in issued:
        for line in fact.lines:
            by_rate[line.rate.basis_points] += line.vat.amount
    told = {row.basis_points: row.vat for row in institute.services.ledger.vat(institute.finance)}
    assert {rate: vat for rate, vat in by_rate.items() if vat} == {rate: vat for rate, vat in told.items() if vat}

    for kind in (Invoice.Issued, CreditNote.Issued):
        numbers = sorted(fact.number for fact in issued if isinstance(fact, kind))
        assert numbers == list(range(1, len(numbers) + 1))
    for alarm in MATCHES:
        if alarm != FREE_BY_RULE:
            assert institute.services.ledger.matches(institute.finance, alarm).items == ()


def past_days_add_up(institute: Institute) -> None:
    """What was open on any day is what the ledger had then, and what was known of it by now."""
    for ago in (-1, 0, 1, 10, 40, 100):
        day, known_at = institute.clock.instant.date() - timedelta(days=ago), institute.clock.instant
        then = institute.services.ledger.ageing(institute.finance, AsOf(day))
        assert then.total == then.receivable
        assert then == institute.services.ledger.ageing(institute.finance, AsOf(day, known_at))
