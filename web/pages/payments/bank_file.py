"""A bank file: shown with what would become of its entries, then imported."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator
from contextlib import closing

from flask import Blueprint, render_template, request

from application.payments.bank_entry import BankFileTooLarge
from application.payments.bank_outcome import Elsewhere, TakenBack, TakenIn
from application.payments.other_money import OtherKind
from web.pages.kernel.closed_periods import exported_until
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_staff
from web.pages.payments.payment import FIELDS, index_page

pages = Blueprint("bank_file", __name__)

LARGEST_FILE = 24 * 1024 * 1024
"""Bytes of a bank file: some 20 000 payments of camt. It comes back, compressed, in the form that confirms it."""


ACCOUNTS = {
    OtherKind.TAX: "1630",
    OtherKind.PAYOUT: "card_clearing",
    OtherKind.INTEREST: "8311",
    OtherKind.FEE: "fees",
    OtherKind.SALARY: "7210",
}
"""Which account of BAS is offered for what other money looks like."""


@pages.post("/<slug>/payments/bank-file")
def upload() -> Answer:
    """Show what a file holds; with `do` take_in, import the file that was shown."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: index_page(visit, form), FIELDS)
    with form.attempt():
        content = _content(form)
        if form.text("do") == "take_in":
            decided, new = tuple(_decided(visit, form)), tuple(_new(form))
            taken = services().bank.import_file(
                visit.actor, content, decided, new, form.text("name"), tuple(_elsewhere(form))
            )
            return after(taken, "payment.index", done=_done(taken))
        file = services().bank.overview(visit.actor, content)
    sent = request.files.get("file")
    return render_template(
        "payment_bank_file.html",
        file=file,
        kinds=ACCOUNTS,
        name=(sent.filename if sent else None) or form.text("name"),
        content=base64.b64encode(zlib.compress(content)).decode(),
        exported_until=exported_until(visit),
    )


def _done(taken: TakenIn) -> str:
    if taken.left_out:
        return "bank_file_left_out"
    return "bank_file_unclear" if taken.unclear else "bank_file"


def _content(form: Form) -> bytes:
    sent = request.files.get("file")
    if sent is not None:
        with closing(sent):
            content = bytes(sent.read(LARGEST_FILE + 1))
        if len(content) > LARGEST_FILE:
            raise BankFileTooLarge(most=LARGEST_FILE)
        return content
    try:
        packed = zlib.decompressobj()
        content = packed.decompress(base64.b64decode(form.text("content"), validate=True), LARGEST_FILE)
    except (ValueError, binascii.Error, zlib.error):
        return b""
    return content if packed.eof else b""


def _new(form: Form) -> Iterator[int]:
    """Entries that are perhaps known, of which finance has said that they are payments of their own."""
    for each in form.typed.getlist("new"):
        if each.isdecimal() and len(each) <= len("100000"):
            yield int(each)


def _elsewhere(form: Form) -> Iterator[Elsewhere]:
    """Entries that finance says are no payments: the account chosen or typed, or none where they are left out."""
    for name in form.typed:
        kind, _, no = name.partition("-")
        chosen = form.text(name)
        if kind == "place" and chosen and no.isdecimal() and len(no) <= len("100000"):
            account = form.text(f"account-{no}") if chosen == "account" else chosen
            yield Elsewhere(int(no), "" if chosen == "left_out" else account or "-", form.text(f"text-{no}"))


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
