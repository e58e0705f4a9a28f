"""Reports of VAT: by rate with the documents behind it, what rests, and the EC sales list."""

from __future__ import annotations

from application.accounting.queries.dormant_vat import DormantRow
from application.accounting.queries.ledger import (
    VatDocument,
    VatRow,
)
from application.accounting.queries.vat_return import EcSalesRow
from web.reports.names import buyer_name, document_behind, voucher_of
from web.reports.query import Days, Query, Reader
from web.reports.report import Column, Kind, Report
from web.words.accounts import rate_name

DAY, SUM = Kind.DAY, Kind.SUM


def _at_rate(query: Query, reader: Reader) -> str:
    return reader.say("report.caption_at_rate", rate=rate_name(query.basis_points, query.vat_kind, reader.say))


VAT = Report[VatRow](
    "vat",
    VatRow,
    "Base and VAT of each rate in a period.",
    lambda at, actor, query: at.ledger.vat(actor, query.period),
    (
        Column(
            "rate",
            value=lambda row, to: rate_name(row.basis_points, row.kind, to.say),
            leads_to=lambda row, to: to.report("vat-documents", rate=row.basis_points, kind=row.kind),
        ),
        Column("base", SUM, lambda row, _: row.net),
        Column("vat", SUM),
    ),
    Days.PERIOD,
)
VAT_DOCUMENTS = Report[VatDocument](
    "vat-documents",
    VatDocument,
    "The documents behind one rate of the VAT report, latest first.",
    lambda at, actor, query: at.ledger.vat_documents(
        actor, query.period, query.basis_points, query.vat_kind, query.after, query.limit
    ),
    (
        Column(
            "document",
            Kind.TEXT,
            lambda row, to: voucher_of(row.kind, row.number, to.say),
            document_behind,
        ),
        Column("buyer", value=buyer_name),
        Column("issued", DAY, lambda row, _: row.day),
        Column("base", SUM, lambda row, _: row.net),
        Column("vat", SUM),
    ),
    Days.PERIOD,
    ("rate",),
    under="vat",
    is_paged=True,
    caption=_at_rate,
)
EC_SALES = Report[EcSalesRow](
    "ec-sales",
    EcSalesRow,
    "What buyers with VAT numbers elsewhere in the Union bought in a period: the EC sales list.",
    lambda at, actor, query: at.vat_return_questions.ec_sales(actor, query.period),
    (
        Column("vat_number"),
        Column("buyer", value=buyer_name),
        Column("goods", SUM),
        Column("services", SUM),
    ),
    Days.PERIOD,
    path="/reports/ec-sales",
    operation="list_ec_sales",
)
DORMANT_VAT = Report[DormantRow](
    "dormant-vat",
    DormantRow,
    "VAT on invoices sent ahead that is not owed yet on a day, invoice by invoice.",
    lambda at, actor, query: at.ledger.dormant_vat(actor, query.as_of),
    (
        Column(
            "document",
            value=lambda row, to: to.say("invoice.named_invoice", number=row.number),
            leads_to=document_behind,
        ),
        Column("buyer", value=buyer_name),
        Column("issued", DAY, lambda row, _: row.issued_on),
        Column("season", leads_to=lambda row, to: to.season(row.season_id)),
        Column("rate", value=lambda row, to: rate_name(row.basis_points, "standard", to.say)),
        Column("base", SUM, lambda row, _: row.net),
        Column("vat", SUM),
    ),
    Days.AS_OF,
    operation="list_dormant_vat",
)
