"""What the API takes about the ledger, reports and bookkeeping."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, cast

from marshmallow import fields

from application.accounting.queries.ageing import MATCHES, SEAT_WITHOUT_MONEY
from application.kernel.page import Page
from domain.accounting.account import AccountChoice
from domain.accounting.object_code import ObjectKind
from domain.kernel.money import WHOLE
from domain.kernel.vat import VatKind
from web.api.billing.invoice_schema import DocumentsQuery
from web.api.kernel.common_schema import Body, PageQuery
from web.api.kernel.fields import AskedWhole, Choice, Day, Flag, Id, Instant, Text, Whole
from web.reports.catalogue import REPORTS
from web.reports.query import Days
from web.reports.reconciliation import RECONCILIATION
from web.reports.report import Report

_ON = {"description": "As things stood on that local day; without it: now."}
_KNOWN_AT = {"description": "Only what had been recorded by that instant."}


class AsOfQuery(Body):
    """As of which day."""

    on = Day(load_default=None, metadata=_ON)
    known_at = Instant(load_default=None, metadata=_KNOWN_AT)


class DatedQuery(Body):
    """Which local days, both included."""

    from_on = Day(load_default=None)
    until_on = Day(load_default=None)


class PeriodQuery(DatedQuery):
    """Which local days, both included, as they were known when."""

    known_at = Instant(load_default=None, metadata=_KNOWN_AT)


class BucketQuery(Body):
    """Which open invoices: `bucket` 0 (not yet due) to 4 (more than 90 days late)."""

    bucket = AskedWhole(0, 4, load_default=None)


class RateQuery(Body):
    """Which VAT rate."""

    basis_points = AskedWhole(0, WHOLE, load_default=2500)
    vat_kind = Choice(*(kind.value for kind in VatKind), load_default=VatKind.STANDARD.value)


class MatchQuery(Body):
    """What does not match, or is free by rule."""

    kind = Choice(*MATCHES, load_default=SEAT_WITHOUT_MONEY)


class PostingQuery(Body):
    """Which postings."""

    account = Text(30, load_default="", metadata={"examples": ["receivable", "vat_2500"]})
    season_id = Id(load_default=None)
    document_id = Id(load_default=None)


_DAYS: Mapping[Days, tuple[type[Body], ...]] = {
    Days.AS_OF: (AsOfQuery,),
    Days.PERIOD: (PeriodQuery,),
    Days.DATED: (DatedQuery,),
    Days.NOTHING: (),
}
_FILTERS = {"bucket": BucketQuery, "rate": RateQuery, "match": MatchQuery, "posting": PostingQuery}


def query_of(report: Report[Any]) -> type[Body] | None:
    """What the address of a report may ask for."""
    parts: list[type] = [*(_FILTERS[each] for each in report.filters), *_DAYS[report.days]]
    parts += [PageQuery] if report.is_paged else []
    return type(f"{report.name}_query", tuple(parts), {}) if parts else None


def answer_of(report: Report[Any]) -> Hashable:
    """What a report is answered with."""
    row: Any = report.row
    listed: Any = Page[row] if report.is_paged else tuple[row, ...]
    return cast(Hashable, report.answer or listed)


class ListedDocumentsQuery(DocumentsQuery):
    """Which documents, of both kinds."""

    kind = Choice("", "invoice", "credit_note", load_default="")


DOCUMENTS = "documents"
FILES = {report.file_name: report for report in REPORTS.values() if report is not RECONCILIATION}
"""The reports that are lists, by the names of their files."""


class FileQuery(RateQuery, PeriodQuery):
    """Which report, in which form: CSV (semicolons, decimal comma, UTF-8 with its mark) or a workbook."""

    report = Choice(*FILES, DOCUMENTS, load_default=DOCUMENTS)
    format = Choice("csv", "xlsx", load_default="csv")
    on = Day(load_default=None, metadata=_ON)
    match = Choice(*MATCHES, load_default=SEAT_WITHOUT_MONEY)


class AccountBody(Body):
    """A number for an account of the ledger."""

    makes = AccountChoice
    key = Text(20, 1, required=True, example="revenue_2500")
    number = Whole(1000, 9999, required=True, example=3041)


class AccountsBody(Body):
    """Numbers for some accounts (the others stay), and the SIE dimensions of networks and seasons."""

    accounts = fields.List(fields.Nested(AccountBody), required=True)
    network_dimension = Whole(1, 999, load_default=1)
    season_dimension = Whole(1, 999, load_default=6)


class ExportBody(Body):
    """Local days, both included; `is_confirmed`: also if something of the period is unfinished."""

    from_on = Day(required=True)
    until_on = Day(required=True)
    is_confirmed = Flag(load_default=False)


class BookkeepingCodeBody(Body):
    """A network or a season and its code."""

    kind = Choice(*(kind.value for kind in ObjectKind), required=True)
    object_id = Id(required=True)
    code = Text(6, 1, required=True, example="K27")


class CodesBody(Body):
    """Codes for some networks and seasons; one to six of A–Z and 0–9."""

    codes = fields.List(fields.Nested(BookkeepingCodeBody), required=True)


class FinancialYearBody(Body):
    """A financial year: local days, both included, at most eighteen months, the last one the end of a month."""

    first_on = Day(required=True, example="2026-07-01")
    last_on = Day(required=True, example="2027-06-30")


class ClosingBody(Body):
    """A local day that is over; usually the last of a month."""

    on = Day(required=True, example="2026-08-31")
