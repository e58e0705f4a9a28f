"""A bank file: shown with what would become of its entries, then imported."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import closing

from flask import Blueprint, render_template, request

from application.payments.bank_entry import BankFileTooLarge, TakenBack
from web.pages.kernel.closed_periods import exported_until
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_staff
from web.pages.payments.payment import FIELDS, index_page

pages = Blueprint("bank_file", __name__)

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a bank file; it comes back in the form that confirms it, a third longer."""


@pages.post("/<slug>/payments/bank-file")
def upload() -> Answer:
    """Show what a file holds; with `do` take_in, import the file that was shown."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: index_page(visit, form), FIELDS)
    with form.attempt():
        content = _content(form)
        if form.text("do") == "take_in":
            taken = services().bank.import_file(visit.actor, content, tuple(_decided(visit, form)))
            return after(taken, "payment.index", done="bank_file_unclear" if taken.unclear else "bank_file")
        shown = services().bank.preview(visit.actor, content)
    return render_template(
        "payment_bank_file.html",
        shown=shown,
        content=base64.b64encode(content).decode(),
        exported_until=exported_until(visit),
    )


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


def _decided(visit: Visit, form: Form) -> Iterator[TakenBack]:
    """What finance has said of unclear entries: which payment in suspense, or the number of which invoice."""
    for name in form.typed:
        kind, _, no = name.partition("-")
        typed = form.text(name)
        if kind not in ("of", "number") or not typed or not no.isdecimal() or len(no) > len("100000"):
            continue
        if kind == "number":
            invoice = services().bank.invoice_named(visit.actor, typed)
            yield TakenBack(int(no), invoice_id=invoice.invoice_id)
        elif (payment_id := form.choice(name)) is not None:
            yield TakenBack(int(no), payment_id=payment_id)
