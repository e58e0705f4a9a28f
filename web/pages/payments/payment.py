"""Finance's payments: what belongs nowhere yet, what is refunded, disputes, and what is late."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint

from application.payments.account_entry import Part
from application.payments.bank_outcome import Suggestion
from application.payments.bank_taking import part_of
from application.payments.card_refund import checkout_of
from application.payments.payment import AllotPayment, BookElsewhere, MoveAllotment, RefundPayment
from application.payments.queries.payment import AllotmentRow, SuspenseRow
from application.payments.receivable import ForwardToCollection, RecordRefund, SetOff, WriteOff
from application.payments.reminder import is_to_hand_over
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Means
from web.pages.kernel.closed_periods import exported_until
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, today, visit_as_staff, visit_signed_in

pages = Blueprint("payment", __name__)

FIELDS = {
    "amount": "amount",
    "reference": "reference",
    "reason": "reason",
    "invoice": "number",
    "parts": "number",
    "PaymentKnown": "reference",
    "NotFound": "number",
    "NotABankFile": "file",
    "BankCellUnreadable": "file",
    "BankCellAmbiguous": "file",
    "BankDayUnlikely": "file",
    "BankHeadingTwice": "file",
    "BankWorkbookUnreadable": "file",
    "BankFileCutShort": "file",
    "BankFileOfTests": "file",
    "BankFileSumsDisagree": "file",
    "BankFileTooLarge": "file",
    "account": "file",
    "AccountKept": "file",
}
MOVED = {**FIELDS, "NotAllottedThere": "sum", "MoneyGoneBack": "sum"}


@pages.get("/<slug>/payments")
def index() -> Answer:
    """Everything that waits for finance."""
    return index_page(visit_signed_in(), Form())


@pages.get("/<slug>/payments/<uuid:payment_id>")
def page(payment_id: UUID) -> Answer:
    """A payment that belongs nowhere yet, and what it may be for."""
    return _page(visit_signed_in(), payment_id, Form())


@pages.post("/<slug>/payments/<uuid:payment_id>/allot")
def allot(payment_id: UUID) -> Answer:
    """Let it pay the invoices that were suggested, or the one that was typed."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _page(visit, payment_id, form), FIELDS)
    row, suggested = services().bank.suggest(visit.actor, payment_id)
    with form.attempt():
        parts = _parts(visit, form, row, suggested)
    allotted = form.submit(services().payments.allot, visit.actor, AllotPayment(payment_id, parts))
    return after(allotted, "payment.index", done="allotted")


@pages.post("/<slug>/payments/<uuid:payment_id>/move")
def move(payment_id: UUID) -> Answer:
    """Take a part of it from an invoice that it was not for, and give it to another, or to nobody yet."""
    visit = visit_signed_in()
    form = Form.sent(
        lambda form: _page(visit, payment_id, form), {**FIELDS, "NotAllottedThere": "sum", "MoneyGoneBack": "sum"}
    )
    invoice_id, amount = form.choice("from_invoice"), form.sum("sum")
    with form.attempt():
        to = services().bank.invoice_named(visit.actor, form.text("number")) if form.text("number") else None
    command = MoveAllotment(
        payment_id,
        InvoiceId(form.needed(invoice_id)),
        form.needed(amount),
        InvoiceId(to.invoice_id) if to else None,
        form.text("reason"),
    )
    moved = form.submit(services().payments.move, visit.actor, command)
    return after(moved, "payment.page", done="moved", payment_id=payment_id)


@pages.post("/<slug>/payments/<uuid:payment_id>/elsewhere")
def book_elsewhere(payment_id: UUID) -> Answer:
    """What is left of it was no payment of a customer: to an account of choice, or out of these books."""
    visit = visit_signed_in()
    fields = {**FIELDS, "account": "account", "AccountKept": "account"}
    form = Form.sent(lambda form: _page(visit, payment_id, form), fields)
    chosen = form.text("place")
    account = "" if chosen == "left_out" else form.text("account") or "-" if chosen == "account" else chosen or "-"
    command = BookElsewhere(payment_id, account, form.text("text"))
    booked = form.submit(services().payments.book_elsewhere, visit.actor, command)
    return after(booked, "payment.index", done="booked_elsewhere")


@pages.post("/<slug>/payments/<uuid:payment_id>/return")
def refund_payment(payment_id: UUID) -> Answer:
    """What is left of it has been paid back by bank."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _page(visit, payment_id, form), FIELDS)
    on = form.day("on") or today(visit.zone)
    row, _ = services().bank.suggest(visit.actor, payment_id)
    command = RefundPayment(payment_id, row.left, form.text("reference"), on)
    return after(form.submit(services().payments.refund, visit.actor, command), "payment.index", done="returned")


@pages.post("/<slug>/payments/<uuid:payment_id>/return-to-card")
def refund_to_card(payment_id: UUID) -> Answer:
    """What is left of a card payment goes back to its card."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _page(visit, payment_id, form), FIELDS)
    row, _ = services().bank.suggest(visit.actor, payment_id)
    with form.attempt():
        checkout_id = checkout_of(row)
    asked = form.submit(services().card_refunds.ask_left, visit.actor, checkout_id)
    return after(asked, "payment.index", done="card_return")


@pages.post("/<slug>/payments/refunds/<uuid:invoice_id>")
def refund(invoice_id: UUID) -> Answer:
    """What was paid too much has been paid back by bank, or (`do` set_off) pays another invoice."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: index_page(visit, form), FIELDS)
    overpaid, receivables = InvoiceId(invoice_id), services().receivables
    if form.text("do") == "set_off":
        with form.attempt():
            target = services().bank.invoice_named(visit.actor, form.text("number"))
        command = SetOff(overpaid, InvoiceId(target.invoice_id))
        return after(form.submit(receivables.set_off, visit.actor, command), "payment.index", done="refunded")
    on = form.day("on") or today(visit.zone)
    paid = RecordRefund(overpaid, form.shown() or 0, form.text("reference"), on)
    return after(form.submit(receivables.refund, visit.actor, paid), "payment.index", done="refunded")


@pages.post("/<slug>/payments/late/<uuid:invoice_id>")
def late(invoice_id: UUID) -> Answer:
    """Forward an invoice to debt collection, or (`do` write_off) give it up."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: index_page(visit, form), FIELDS)
    invoice, receivables = InvoiceId(invoice_id), services().receivables
    if form.text("do") == "write_off":
        command = WriteOff(invoice, form.text("reason"), takes_vat_back=bool(form.text("takes_vat_back")))
        return after(form.submit(receivables.write_off, visit.actor, command), "payment.index", done="written_off")
    forwarded = form.submit(receivables.forward_to_collection, visit.actor, ForwardToCollection(invoice))
    return after(forwarded, "payment.index", done="handed_over")


def _parts(visit: Visit, form: Form, row: SuspenseRow, suggested: tuple[Suggestion, ...]) -> tuple[Part, ...]:
    if form.text("number"):
        target = services().bank.invoice_named(visit.actor, form.text("number"))
        return (Part(InvoiceId(target.invoice_id), min(row.left, target.payable)),)
    chosen = form.typed.getlist("invoice")
    return tuple(part_of(each) for each in suggested if str(each.invoice_id) in chosen)


def index_page(visit: Visit, form: Form) -> str:
    """Everything that waits for finance, with a form."""
    questions, day = services().payment_questions, today(visit.zone)
    card_refunds = questions.card_refunds(visit.actor)
    late_rows = questions.late(visit.actor, day)
    days = services().payment_rules.current(visit.actor).reminder_days
    return form.page(
        "payments.html",
        suspense=questions.suspense(visit.actor),
        refunds=questions.refunds_due(visit.actor),
        card_refunds=[each for each in card_refunds if each.state == "asked"],
        refused={each.invoice_id: each.why for each in card_refunds if each.state == "failed"},
        disputes=questions.disputes(visit.actor),
        late=late_rows,
        to_hand_over={row.invoice_id for row in late_rows if is_to_hand_over(row, days, day)},
        unreached=services().reminder_questions.unreached(visit.actor, [row.invoice_id for row in late_rows]),
        is_agreed=services().reminder_questions.is_agreed(visit.actor),
        differences=questions.differences(visit.actor),
        other_money=services().bank.other_money(visit.actor) if visit.is_finance else (),
        statements=services().bank.taken_files(visit.actor) if visit.is_finance else (),
        exported_until=exported_until(visit),
        today=day,
    )


def _allotted(allotments: tuple[AllotmentRow, ...]) -> Iterator[tuple[AllotmentRow, int]]:
    """What each invoice has of a payment, by the last that was told of it."""
    for each in {row.invoice_id: row for row in allotments}.values():
        yield each, sum(row.amount for row in allotments if row.invoice_id == each.invoice_id)


def _page(visit: Visit, payment_id: UUID, form: Form) -> str:
    row, suggested = services().bank.suggest(visit.actor, payment_id)
    return form.page(
        "payment.html",
        row=row,
        suggested=suggested,
        payout=services().bank.payout(visit.actor, payment_id),
        allotments=(allotments := services().bank.allotments(visit.actor, payment_id)),
        allotted=[(each, left) for each, left in _allotted(allotments) if left > 0 and row.means == Means.BANK],
        exported_until=exported_until(visit),
        today=today(visit.zone),
    )
