"""Finance's payments: bank files, what belongs nowhere yet, what goes back, disputes, and what is late."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.payments.bank_file import BankFileTooLarge
from application.payments.bank_matching import TakenBack
from application.payments.payment import (
    AgreePaymentRules,
    AllotPayment,
    HandOver,
    Part,
    RecordRefund,
    ReturnPayment,
    SetOff,
    WriteOff,
)
from application.payments.queries.payment import SuspenseRow
from application.payments.reminder import is_to_hand_over
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.kernel.errors import PlatsError
from domain.kernel.ids import InvoiceId
from domain.payments.checkout import NotPaidByCard
from domain.payments.payment import CARD
from web.kernel.errors import status_of
from web.pages.kernel.closed_periods import exported_until
from web.pages.kernel.form_token import new_key
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, today, visit_signed_in

pages = Blueprint("payment", __name__)

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a bank file; it comes back in the form that confirms it, a third longer."""

FIELDS = {
    "amount": "amount",
    "reference": "reference",
    "reason": "reason",
    "reminder_days": "days",
    "reminder_fee": "fee",
    "hold_minutes": "minutes",
    "invoice": "number",
    "parts": "number",
    "PaymentKnown": "reference",
    "NotFound": "number",
    "NotABankFile": "file",
    "BankFileTooLarge": "file",
}


@pages.get("/<slug>/payments")
def index() -> Answer:
    """Everything that waits for finance."""
    return _index(visit_signed_in(), _blank())


@pages.post("/<slug>/payments/bank-file")
def bank_file() -> Answer:
    """Show what a file holds; with `do` take_in, take in the file that was shown."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    try:
        content = _content(form)
        if form.text("do") == "take_in":
            taken = services().bank.take_in(visit.actor, content, tuple(_taken_back(visit, form)))
            done = "bank_file_unclear" if taken.unclear else "bank_file"
            return after(taken, "payment.index", done=done)
        shown = services().bank.preview(visit.actor, content)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _index(visit, form), status_of(error)
    return render_template(
        "payment_bank_file.html",
        shown=shown,
        content=base64.b64encode(content).decode(),
        exported_until=exported_until(visit),
    )


@pages.get("/<slug>/payments/<uuid:payment_id>")
def page(payment_id: UUID) -> Answer:
    """A payment that belongs nowhere yet, and what it may be for."""
    return _page(visit_signed_in(), payment_id, _blank())


@pages.post("/<slug>/payments/<uuid:payment_id>/allot")
def allot(payment_id: UUID) -> Answer:
    """Let it pay the invoices that were suggested, or the one that was typed."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))

    def act() -> Landed:
        parts = tuple(_part(visit, form, payment_id))
        return services().payments.allot(visit.actor, AllotPayment(payment_id, parts), form.text("key") or None)

    return _acted(form, act, lambda: _page(visit, payment_id, form), "allotted")


@pages.post("/<slug>/payments/<uuid:payment_id>/return")
def give_back(payment_id: UUID) -> Answer:
    """What is left of it has been paid back by bank."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))

    def act() -> Landed:
        row, _ = services().bank.suggest(visit.actor, payment_id)
        on = form.day("on") or today(visit.zone)
        command = ReturnPayment(payment_id, row.left, form.text("reference"), on)
        return services().payments.give_back(visit.actor, command, form.text("key") or None)

    return _acted(form, act, lambda: _page(visit, payment_id, form), "returned")


@pages.post("/<slug>/payments/<uuid:payment_id>/return-to-card")
def return_to_card(payment_id: UUID) -> Answer:
    """What is left of a card payment goes back to its card."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))

    def act() -> Landed:
        row, _ = services().bank.suggest(visit.actor, payment_id)
        return services().checkouts.return_left(visit.actor, card_of(row), form.text("key") or None)

    return _acted(form, act, lambda: _page(visit, payment_id, form), "card_return")


@pages.post("/<slug>/payments/refunds/<uuid:invoice_id>")
def refund(invoice_id: UUID) -> Answer:
    """What was paid too much has been paid back by bank, or (`do` set_off) pays another invoice."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    money, key = services().payments, form.text("key") or None

    def act() -> Landed:
        if form.text("do") == "set_off":
            target = services().bank.invoice_named(visit.actor, form.text("number"))
            command = SetOff(InvoiceId(invoice_id), InvoiceId(target.invoice_id))
            return money.set_off(visit.actor, command, key)
        on = form.day("on") or today(visit.zone)
        paid = RecordRefund(InvoiceId(invoice_id), form.shown() or 0, form.text("reference"), on)
        return money.refund(visit.actor, paid, key)

    return _acted(form, act, lambda: _index(visit, form), "refunded")


@pages.post("/<slug>/payments/late/<uuid:invoice_id>")
def late(invoice_id: UUID) -> Answer:
    """Hand an invoice over to debt collection, or (`do` write_off) give it up."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    money, key, invoice = services().payments, form.text("key") or None, InvoiceId(invoice_id)

    def act() -> Landed:
        if form.text("do") == "write_off":
            return money.write_off(visit.actor, WriteOff(invoice, form.text("reason")), key)
        return money.hand_over(visit.actor, HandOver(invoice), key)

    done = "written_off" if form.text("do") == "write_off" else "handed_over"
    return _acted(form, act, lambda: _index(visit, form), done)


@pages.get("/<slug>/payments/rules")
def rules() -> Answer:
    """When payers are reminded and for what fee, how long seats are held, what a dispute does."""
    visit = visit_signed_in()
    now = services().payments.rules(visit.actor)
    days = [str(each) for each in now.reminder_days]
    fee = f"{now.reminder_fee // 100},{now.reminder_fee % 100:02}"
    told = {"days": ", ".join(days), "fee": fee, "minutes": str(now.hold_minutes), "key": new_key()}
    told |= {"suspends": "yes"} if now.suspends_disputed else {}
    told |= {"lower_price": now.lower_price.value, "difference_by": now.difference_by.value}
    return _rules(Form(MultiDict(told), Problems(say())))


@pages.post("/<slug>/payments/rules")
def agree_rules() -> Answer:
    """Other rules from now on."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    days = tuple(int(each) for each in form.text("days").replace(",", " ").split() if each.isdigit() and len(each) < 5)
    fee, minutes = form.sum("fee"), form.whole("minutes")
    if fee is None or minutes is None:
        return _rules(form), 422
    lower, by = LowerPrice, DifferenceBy
    priced = form.one_of("lower_price", lower, lower.NOTHING), form.one_of("difference_by", by, by.WHOLE)
    command = AgreePaymentRules(days, fee, minutes, bool(form.text("suspends")), *priced)

    def act() -> Landed:
        return services().payments.agree_rules(visit.actor, command, form.text("key") or None)

    return _acted(form, act, lambda: _rules(form), "payment_rules")


def _acted(form: Form, act: Callable[[], Landed], shown: Callable[[], str], done: str) -> Answer:
    try:
        recorded = act()
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return shown(), status_of(error)
    return after(recorded, "payment.index", done=done)


def _content(form: Form) -> bytes:
    sent = request.files.get("file")
    if sent is not None:
        with closing(sent):
            content = bytes(sent.read(LARGEST_FILE + 1))
        if len(content) > LARGEST_FILE:
            raise BankFileTooLarge(most=LARGEST_FILE)
        return content
    try:
        return base64.b64decode(form.text("content"), validate=True)
    except (ValueError, binascii.Error):
        return b""


def _taken_back(visit: Visit, form: Form) -> Iterator[TakenBack]:
    """What finance has said of unclear entries: which payment in suspense, or the number of which invoice."""
    for name in form.typed:
        kind, _, no = name.partition("-")
        told = form.text(name)
        if kind not in ("of", "number") or not told or not no.isdecimal() or len(no) > len("100000"):
            continue
        if kind == "number":
            named = services().bank.invoice_named(visit.actor, told)
            yield TakenBack(int(no), invoice_id=named.invoice_id)
        elif (payment_id := form.choice(name)) is not None:
            yield TakenBack(int(no), payment_id=payment_id)


def card_of(row: SuspenseRow) -> UUID:
    """The card payment that some money came from. Raises NotPaidByCard."""
    if row.means != CARD:
        raise NotPaidByCard(open=0)
    return UUID(row.reference)


def _part(visit: Visit, form: Form, payment_id: UUID) -> list[Part]:
    if form.text("number"):
        row, _ = services().bank.suggest(visit.actor, payment_id)
        target = services().bank.invoice_named(visit.actor, form.text("number"))
        return [Part(InvoiceId(target.invoice_id), min(row.left, target.payable))]
    chosen = form.typed.getlist("invoice")
    _, suggested = services().bank.suggest(visit.actor, payment_id)
    return [Part(InvoiceId(each.invoice_id), each.amount) for each in suggested if str(each.invoice_id) in chosen]


def _index(visit: Visit, form: Form) -> str:
    asked, day = services().payment_questions, today(visit.zone)
    card_refunds = asked.card_refunds(visit.actor)
    late_rows = asked.late(visit.actor, day)
    days = services().payments.rules(visit.actor).reminder_days
    return render_template(
        "payments.html",
        suspense=asked.suspense(visit.actor),
        refunds=asked.refunds_due(visit.actor),
        card_refunds=[each for each in card_refunds if each.state == "asked"],
        refused={each.invoice_id: each.why for each in card_refunds if each.state == "failed"},
        disputes=asked.disputes(visit.actor),
        late=late_rows,
        to_hand_over={row.invoice_id for row in late_rows if is_to_hand_over(row, days, day)},
        unreached=services().reminder_questions.unreached(visit.actor, [row.invoice_id for row in late_rows]),
        is_agreed=services().reminder_questions.is_agreed(visit.actor),
        differences=asked.differences(visit.actor),
        exported_until=exported_until(visit),
        today=day,
        form=form,
        problems=form.problems.by_field,
    )


def _page(visit: Visit, payment_id: UUID, form: Form) -> str:
    row, suggested = services().bank.suggest(visit.actor, payment_id)
    return render_template(
        "payment.html",
        row=row,
        suggested=suggested,
        exported_until=exported_until(visit),
        today=today(visit.zone),
        form=form,
        problems=form.problems.by_field,
    )


def _rules(form: Form) -> str:
    return render_template("payment_rules.html", form=form, problems=form.problems.by_field)


def _blank() -> Form:
    return Form(MultiDict(), Problems(say()))
