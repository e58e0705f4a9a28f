"""The VAT return: what a period comes to by boxes now, and the returns that were made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from application.accounting.queries.ledger import EVER, Period
from application.accounting.queries.vat_return import (
    BoxRow,
    EcSalesRow,
    VatFile,
    VatReturnQuestions,
    VatReturnRow,
    VatView,
)
from application.kernel.actor import Actor
from application.kernel.page import found
from application.kernel.use_case import organiser_of
from domain.accounting.dormant_vat import Rest
from domain.accounting.ec_sales import ec_periods
from domain.accounting.filing_day import filing_days
from domain.accounting.vat_return import BASE_OF, SALES, Taxed, declared, sales_boxes
from domain.kernel.financial_year import FinancialYear
from domain.kernel.ids import OrganiserId
from domain.kernel.vat import VatKind
from infrastructure.accounting.eskd import write
from infrastructure.read_models.accounting.dormant_queries import DormantVat, corrected
from infrastructure.read_models.accounting.rest_queries import rests_of
from infrastructure.read_models.accounting.vat_period_queries import VatPeriods
from infrastructure.read_models.kernel.query import Shape, Tables

_TAXED = """
select * from (select basis_points, vat_kind as kind,
    -coalesce(sum(amount) filter (where account in ('revenue', 'losses')), 0)::bigint as net,
    -coalesce(sum(amount) filter (where account in ('vat', 'vat_moved')), 0)::bigint as vat
    from (select account, basis_points, vat_kind, amount from ledger.day_sum where organiser_id = %(organiser)s
            and day between %(first)s and %(last)s and account in ('revenue', 'vat', 'vat_moved', 'losses')
        union all select 'revenue', basis_points, vat_kind, net from ledger.resting where organiser_id = %(organiser)s
            and day between %(first)s and %(last)s) sums
    where vat_kind <> '' group by basis_points, vat_kind) rates
where net <> 0 or vat <> 0 order by basis_points desc, kind desc"""
"""Losses at a rate lower the base, as far as VAT has been taken back on them (ML 8 kap.); others have no rate."""

_COMPANY = "select org_number from programme.organiser where organiser_id = %s"
_EC_SALES = """
select d.vat_number, (array_agg(d.details order by p.position desc))[1] as buyer,
-coalesce(sum(p.amount) filter (where p.vat_kind = 'eu_goods'), 0)::bigint as goods,
-coalesce(sum(p.amount) filter (where p.vat_kind = 'reverse'), 0)::bigint as services
from ledger.posting p join invoice.document d on d.document_id = p.document_id
where p.organiser_id = %s and p.account = 'revenue' and p.vat_kind in ('eu_goods', 'reverse')
and p.day between coalesce(%s::date, '-infinity') and coalesce(%s::date, 'infinity')
and p.recorded_at <= coalesce(%s::timestamptz, 'infinity')
group by d.vat_number having coalesce(sum(p.amount) filter (where p.vat_kind = 'eu_goods'), 0) <> 0
    or coalesce(sum(p.amount) filter (where p.vat_kind = 'reverse'), 0) <> 0 order by d.vat_number"""
_IN_UNION = {BASE_OF[VatKind.EU_GOODS], BASE_OF[VatKind.REVERSE]}
_EC_ROW = Shape(EcSalesRow, typed=("buyer",))
_TAXED_ROW = Shape(Taxed)


class VatReturnTables(Tables, VatReturnQuestions):
    """What is asked of VAT by boxes."""

    def vat_view(self, actor: Actor, on: date | None = None) -> VatView:
        organiser_id = organiser_of(actor)
        today, periods = self._reader.today(organiser_id), VatPeriods(self._reader, organiser_id)
        period = periods.of(on or periods.of(today).first - date.resolution)
        length = periods.length_of(period)
        dormant = DormantVat(self._reader, organiser_id)
        sold = sales_boxes(self._taxed(organiser_id, period, dormant))
        kronor = {each.no: each.kronor for each in declared(sold)}
        last = next((each for each in reversed(periods.returns) if each.period == period), None)
        told = {each.no: each.kronor for each in last.boxes} if last else {}
        known = [no for no in SALES if no in {*sold, *told}]
        return VatView(
            period.first,
            period.last,
            periods.months,
            tuple(BoxRow(no, sold.get(no, 0), kronor.get(no, 0), told.get(no, 0)) for no in known),
            tuple(each for each in last.boxes if each.no not in SALES) if last else (),
            last.number if last else None,
            any(kronor.get(no, 0) != told.get(no, 0) for no in SALES) if last else False,
            is_over=period.last < today,
            filing=filing_days(period.last, length),
            ec_lists=ec_periods(period.first, period.last, has_goods="35" in sold) if _IN_UNION & sold.keys() else (),
            resting=sum(each.vat for each in dormant.at(period.last)),
            rested_before=sum(each.vat for each in dormant.at(period.first - date.resolution)),
            advances=dormant.choices,
            length=length,
            undeclared=periods.left_before(today),
        )

    def to_rest(self, actor: Actor, from_on: date, until_on: date) -> tuple[Rest, ...]:
        return rests_of(self._reader, organiser_of(actor), from_on, until_on)

    def vat_returns(self, actor: Actor) -> tuple[VatReturnRow, ...]:
        returns = VatPeriods(self._reader, organiser_of(actor)).returns
        corrected = {each.corrects for each in returns}
        return tuple(
            VatReturnRow(
                each.number,
                each.from_on,
                each.until_on,
                each.declared_on,
                next(box.kronor for box in each.boxes if box.no == "49"),
                each.corrects,
                is_corrected=each.number in corrected,
            )
            for each in reversed(returns)
        )

    def vat_file(self, actor: Actor, number: int) -> VatFile:
        organiser_id = organiser_of(actor)
        returns = VatPeriods(self._reader, organiser_id).returns
        made = found(next((each for each in returns if each.number == number), None), "vat_return")
        [(org_number,)] = self._reader.query(_COMPANY, [organiser_id])
        note = f"Rättelse av {made.from_on:%Y%m%d}-{made.until_on:%Y%m%d}" if made.corrects else ""
        content = write(org_number, made.until_on, made.boxes, note)
        return VatFile(f"moms-{made.until_on:%Y-%m}-{made.number}.xml", content)

    def ec_sales(self, actor: Actor, period: Period = EVER) -> tuple[EcSalesRow, ...]:
        asked = [organiser_of(actor), period.from_on, period.until_on, period.known_at]
        return self._reader.rows(_EC_ROW, _EC_SALES, asked)

    def _taxed(self, organiser_id: OrganiserId, period: FinancialYear, dormant: DormantVat) -> Iterator[Taxed]:
        """What a period comes to by rate, as it is once what rests has been posted."""
        asked = {"organiser": organiser_id, "first": period.first, "last": period.last}
        rows = self._reader.rows(_TAXED_ROW, _TAXED, asked)
        before, after = dormant.to_post(period.first - date.resolution), dormant.to_post(period.last)
        told = [((row.basis_points, row.kind), row.net, row.vat) for row in rows]
        return (Taxed(*of, net, vat) for of, net, vat in corrected(told, before, after))
