"""What the API takes about the ledger, reports and bookkeeping."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from application.accounting.queries.ageing import MATCHES, SEAT_WITHOUT_MONEY
from domain.accounting.bookkeeping import AccountChoice
from domain.kernel.money import WHOLE
from domain.kernel.vat import VatKind
from web.api.billing.invoice_schema import DocumentsQuery
from web.api.kernel.common_schema import Body, PageQuery
from web.api.kernel.fields import AskedWhole, Choice, Day, Id, Instant, Text, Whole
from web.reports.files import REPORTS

_ON = {"description": "As things stood on that local day; without it: now."}
_KNOWN_AT = {"description": "Only what had been recorded by that instant."}


class AsOfQuery(Body):
    """As of which day."""

    on = Day(load_default=None, metadata=_ON)
    known_at = Instant(load_default=None, metadata=_KNOWN_AT)


class PeriodQuery(Body):
    """Which local days, both included."""

    from_on = Day(load_default=None)
    until_on = Day(load_default=None)
    known_at = Instant(load_default=None, metadata=_KNOWN_AT)


class OpenInvoicesQuery(AsOfQuery, PageQuery):
    """Which open invoices: `bucket` 0 (not yet due) to 4 (more than 90 days late)."""

    bucket = AskedWhole(0, 4, load_default=None)


class RateFields(Body):
    """Which VAT rate."""

    basis_points = AskedWhole(0, WHOLE, load_default=2500)
    vat_kind = Choice(*(kind.value for kind in VatKind), load_default=VatKind.STANDARD.value)


class VatDocumentsQuery(RateFields, PeriodQuery, PageQuery):
    """The documents of which rate and period."""


class MatchesQuery(PageQuery):
    """What does not match, or is free by rule."""

    kind = Choice(*MATCHES, load_default=SEAT_WITHOUT_MONEY)


class PostingsQuery(PageQuery):
    """Which postings."""

    account = Text(30, load_default="", metadata={"examples": ["receivable", "vat_2500"]})
    from_on = Day(load_default=None)
    until_on = Day(load_default=None)
    season_id = Id(load_default=None)
    document_id = Id(load_default=None)


class ListedDocumentsQuery(DocumentsQuery):
    """Which documents, of both kinds."""

    kind = Choice("", "invoice", "credit_note", load_default="")


class FileQuery(RateFields, PeriodQuery, Body):
    """Which report, in which form: CSV (semicolons, decimal comma, UTF-8 with its mark) or a workbook."""

    report = Choice(*REPORTS, load_default="documents")
    format = Choice("csv", "xlsx", load_default="csv")
    on = Day(load_default=None, metadata=_ON)
    match = Choice(*MATCHES, load_default=SEAT_WITHOUT_MONEY)


class AccountBody(Body):
    """A number for an account of the ledger."""

    key = Text(20, 1, required=True, metadata={"examples": ["revenue_2500"]})
    number = Whole(1000, 9999, required=True, metadata={"examples": [3041]})

    @post_load
    def choice(self, given: dict[str, Any], **_: object) -> AccountChoice:
        """As the rules know it. Raises BadValue."""
        return AccountChoice(**given)


class AccountsBody(Body):
    """Numbers for some accounts (the others stay), and the SIE dimensions of networks and seasons."""

    accounts = fields.List(fields.Nested(AccountBody), required=True)
    network_dimension = Whole(1, 999, load_default=1)
    season_dimension = Whole(1, 999, load_default=6)


class ExportBody(Body):
    """Local days, both included."""

    from_on = Day(required=True)
    until_on = Day(required=True)
