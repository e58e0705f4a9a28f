"""What things of the ledger are called: ages of invoices, vouchers, buyers; and where their documents are."""

from __future__ import annotations

from application.accounting.queries.ageing import AgeingBucket, OpenItem
from application.accounting.queries.bookkeeping import LateVoucher
from application.accounting.queries.dormant_vat import DormantRow
from application.accounting.queries.ledger import PostingRow, VatDocument
from application.accounting.queries.vat_return import EcSalesRow
from web.reports.query import Reader
from web.words.language import Say


def bucket_name(bucket: AgeingBucket, say: Say) -> str:
    """How old: not due, 1–30 days late, more than 90 days late."""
    if bucket.from_days is None:
        return say("report.not_due")
    if bucket.until_days is None:
        return say("report.later_than", days=bucket.from_days - 1)
    return say("report.days_late", first=bucket.from_days, last=bucket.until_days)


def voucher_name(posting: PostingRow | LateVoucher, say: Say) -> str:
    """A voucher as it is called, with the document behind it."""
    if posting.document_id is None or posting.number is None:
        return say(f"report.voucher_{posting.voucher}")
    return voucher_of(posting.voucher, posting.number, say)


def voucher_of(voucher: str, number: int, say: Say) -> str:
    """A voucher of the document with a number; one that is issued is called by it alone."""
    document = say(f"invoice.named_{'credit_note' if voucher == 'credit_note' else 'invoice'}", number=number)
    is_document = voucher in ("invoice", "credit_note")
    return document if is_document else f"{say(f'report.voucher_{voucher}')}, {document}"


def document_behind(row: OpenItem | VatDocument | DormantRow | PostingRow, reader: Reader) -> str:
    """The address of a row's document; "" where it has none."""
    return reader.document(row.document_id) if row.document_id and row.number else ""


def buyer_name(row: OpenItem | VatDocument | DormantRow | EcSalesRow, reader: Reader) -> str:
    """Who bought, as the document says; one who has been erased is called so."""
    return row.buyer or reader.say("frame.erased")
