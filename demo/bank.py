"""Money that arrives in a bank file in the demo, made of the invoices' own OCR numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from demo.desk import Desk
from domain.kernel.ids import invoice_of


@dataclass(frozen=True)
class Transfer:
    """One entry of the file: öre, what the payer wrote, and who it was."""

    amount: int
    reference: str
    payer: str
    text: str = ""


def transfer_for(desk: Desk, source: UUID, amount: int) -> Transfer:
    """A payer sends that many öre for what was bought, with the OCR of its invoice."""
    invoice = desk.services.invoice_questions.one(desk.finance, invoice_of(source))
    return Transfer(amount, invoice.row.ocr, invoice.row.buyer or "")


def take_in(desk: Desk, arrived_on: date, transfers: Iterable[Transfer]) -> None:
    """The bank's file of a day is taken in; the same file again changes nothing."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(("Bokföringsdag", "Belopp", "OCR", "Betalare", "Text"))
    for each in transfers:
        kronor = f"{each.amount // 100},{each.amount % 100:02}"
        rows.writerow((arrived_on, kronor, each.reference, each.payer, each.text))
    desk.services.bank.import_file(desk.finance, written.getvalue().encode())
