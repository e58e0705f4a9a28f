"""What things of the ledger are called: ages of invoices, rates, accounts, vouchers."""

from __future__ import annotations

from application.accounting.queries.ageing import AgeingBucket
from application.accounting.queries.bookkeeping import LateVoucher
from application.accounting.queries.ledger import PostingRow
from web.words import formats
from web.words.language import Say


def bucket_name(bucket: AgeingBucket, say: Say) -> str:
    """How old: not due, 1–30 days late, more than 90 days late."""
    if bucket.from_days is None:
        return say("report.not_due")
    if bucket.until_days is None:
        return say("report.later_than", days=bucket.from_days - 1)
    return say("report.days_late", first=bucket.from_days, last=bucket.until_days)


def rate_name(basis_points: int, kind: str, say: Say) -> str:
    """A rate as it is called: "25 %", "momsfritt"."""
    return formats.share(basis_points, say.language) if kind == "standard" else say(f"report.rate_{kind}")


def account_name(account: str, say: Say) -> str:
    """An account as it is called."""
    kind, _, rate = account.partition("_")
    if kind in ("vat", "revenue") and rate.isdigit():
        return say(f"report.account_{kind}_at", rate=formats.share(int(rate), say.language))
    named = f"report.account_{account}"
    return say(named) if named in say.phrases else account


def voucher_name(posting: PostingRow | LateVoucher, say: Say) -> str:
    """A voucher as it is called, with the document behind it."""
    if posting.document_id is None or posting.number is None:
        return say(f"report.voucher_{posting.voucher}")
    kind = "credit_note" if posting.voucher == "credit_note" else "invoice"
    document = say(f"invoice.named_{kind}", number=posting.number)
    is_document = posting.voucher in ("invoice", "credit_note")
    return document if is_document else f"{say(f'report.voucher_{posting.voucher}')}, {document}"
