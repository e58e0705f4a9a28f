"""VAT that is not owed yet: what rests of each invoice sent ahead on a day, and what has been posted of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from application.accounting.queries.ageing import NOW, AsOf
from application.accounting.queries.dormant_vat import DormantQuestions, DormantRow
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.accounting.bookkeeping import Bookkeeping
from domain.accounting.dormant_vat import AdvanceVatChoice, Dormant, Settled, Span, added, is_fixed, spans_of
from domain.accounting.period import Export
from domain.kernel.ids import OrganiserId
from domain.kernel.season_name import season_name
from infrastructure.read_models.accounting.held_queries import HELD
from infrastructure.read_models.kernel.query import Cells, Reader, Shape, Tables, read_json

Correction = Mapping[tuple[int, str], tuple[int, int]]
"""Net and VAT (öre) of each rate and its kind."""

_CHOICES = """
select choice::text from bookkeeping.advance_vat where books_id = %s and recorded_at <= coalesce(%s::timestamptz,
    'infinity') order by position"""
_EXPORTS = "select export::text from bookkeeping.export where books_id = %s"
_POSTED = """
select r.season_id, r.basis_points, r.vat_kind, sum(r.net)::bigint as net, sum(r.vat)::bigint as vat
from ledger.resting r left join season.season s on s.season_id = r.season_id
where r.organiser_id = %s and r.day <= %s and r.recorded_at <= coalesce(%s::timestamptz, 'infinity')
group by r.season_id, r.basis_points, r.vat_kind, s.sorts_on, s.position
having sum(r.net) <> 0 or sum(r.vat) <> 0 order by s.sorts_on, s.position, r.basis_points desc"""
_POSTED_ON = """
select distinct day from ledger.resting where organiser_id = %s and day between %s and %s order by day"""

_RESTING = """{held},
to_come as (select s.season_id, s.title, s.network_id, s.sorts_on, s.position, m.held, m.meetings
    from stands m join season.season s on s.season_id = m.season_id where not m.is_over),
sent as (select a.document_id as invoice_id, a.issued_on from invoice.account a where a.organiser_id = %(organiser)s
    and a.issued_on <= %(until)s::date and (a.balance > 0 or a.written_off <> 0 or a.moved_on > %(until)s::date
        or a.moved_at > %(known_at)s::timestamptz)
    and exists (select 1 from unnest(%(firsts)s::date[], %(lasts)s::date[]) w (f, l)
        where a.issued_on between w.f and w.l)),
moved as (select p.invoice_id, p.document_id, p.voucher, p.amount from ledger.posting p
    join sent i on i.invoice_id = p.invoice_id where p.account = 'receivable'
    and p.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
    and (p.day <= %(until)s::date or p.payment_id is not null and exists (select 1 from ledger.posting a
        where a.document_id = p.payment_id and a.voucher = 'payment' and a.day <= %(until)s::date))),
settled as (select m.invoice_id, sum(m.amount)::bigint as open,
    coalesce(sum(m.amount) filter (where m.voucher in ('invoice', 'credit_note')), 0)::bigint as asked,
    -coalesce(sum(m.amount) filter (where m.voucher = 'write_off'), 0)::bigint as lost
    from moved m group by m.invoice_id),
taxed as (select m.invoice_id, p.season_id, p.basis_points, p.vat_kind,
    -coalesce(sum(p.amount) filter (where p.account = 'revenue'), 0)::bigint as net,
    -coalesce(sum(p.amount) filter (where p.account = 'vat'), 0)::bigint as vat
    from moved m join ledger.posting p on p.document_id = m.document_id and p.voucher = m.voucher
    where m.voucher in ('invoice', 'credit_note') and p.account in ('revenue', 'vat') and p.supplies = 'services'
    and p.basis_points > 0 group by m.invoice_id, p.season_id, p.basis_points, p.vat_kind)
select t.invoice_id as document_id, d.number, d.details as buyer, i.issued_on, t.season_id, s.title, n.name as network,
t.basis_points, t.vat_kind, t.net, t.vat, o.asked, s.held, s.meetings, o.open + case when o.lost > 0 and not exists (
    select 1 from ledger.posting b where b.document_id = t.invoice_id and b.voucher = 'write_off' and b.account = 'vat'
    and b.day <= %(until)s::date and b.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity'))
    then o.lost else 0 end as open
from taxed t join sent i on i.invoice_id = t.invoice_id join settled o on o.invoice_id = t.invoice_id
join to_come s on s.season_id = t.season_id join programme.network n on n.network_id = s.network_id
left join invoice.document d on d.document_id = t.invoice_id where t.vat > 0
order by d.number, s.sorts_on, s.position, t.basis_points desc""".replace("{held}", HELD)
"""Money counts from the day it arrived, also where it was allotted later.

Read are the invoices that are not settled since then, found by what is open of them; so it costs little however many
have been paid.
"""

_ROW = Shape(DormantRow, typed=("buyer",), made={"season": lambda cells: season_name(cells["network"], cells["title"])})


class DormantVat:
    """What rests of an organiser's VAT, as is known now or was known at an instant."""

    def __init__(self, reader: Reader, organiser_id: OrganiserId, known_at: datetime | None = None) -> None:
        self._reader, self._organiser, self._known_at = reader, organiser_id, known_at
        self._books = Bookkeeping.create_id(organiser_id)
        told = reader.query(_CHOICES, [self._books, known_at])
        self.choices = tuple(read_json(AdvanceVatChoice, choice) for (choice,) in told)
        self.spans: tuple[Span, ...] = spans_of(self.choices)
        self._found: dict[date, tuple[Dormant, ...]] = {}

    def invoices(self, on: date) -> tuple[DormantRow, ...]:
        """Invoices of which something rests at the end of a day, by number."""
        return self._reader.shaped(_ROW, self._cells(on))

    def at(self, on: date) -> tuple[Dormant, ...]:
        """What rests at the end of a day by season and rate: as it was posted for good, else as it follows now."""
        if not self.spans:
            return ()
        if on not in self._found:
            self._found[on] = self.posted(on) if is_fixed(on, self._exports()) else self._follows(on)
        return self._found[on]

    def posted(self, on: date) -> tuple[Dormant, ...]:
        """What has been posted as resting at the end of a day."""
        rows = self._reader.cells(_POSTED, [self._organiser, on, self._known_at])
        return tuple(Dormant(**cells) for cells in rows)

    def to_post(self, on: date) -> Correction:
        """What rests at the end of a day more than has been posted, by rate."""
        sums: Counter[tuple[int, str, str]] = Counter()
        for sign, parts in ((1, self.at(on)), (-1, self.posted(on))) if self.spans else ():
            for each in parts:
                sums[each.basis_points, each.vat_kind, "net"] += sign * each.net
                sums[each.basis_points, each.vat_kind, "vat"] += sign * each.vat
        rates = dict.fromkeys((rate, kind) for rate, kind, _ in sums)
        return {(rate, kind): (sums[rate, kind, "net"], sums[rate, kind, "vat"]) for rate, kind in rates}

    def posted_on(self, first: date, last: date) -> list[date]:
        """The days on which something has been posted, to rest or back."""
        return [day for (day,) in self._reader.query(_POSTED_ON, [self._organiser, first, last])] if self.spans else []

    def _exports(self) -> list[Export]:
        return [read_json(Export, export) for (export,) in self._reader.query(_EXPORTS, [self._books])]

    def _follows(self, on: date) -> tuple[Dormant, ...]:
        return added(
            Dormant(each["season_id"], each["basis_points"], each["vat_kind"], each["net"], each["vat"])
            for each in self._cells(on)
        )

    def _cells(self, on: date) -> list[Cells]:
        if not any(span.first <= on for span in self.spans):
            return []
        asked: dict[str, Any] = {
            "organiser": self._organiser,
            "until": on,
            "known_at": self._known_at,
            "firsts": [span.first for span in self.spans],
            "lasts": [span.last or date.max for span in self.spans],
        }
        rows = self._reader.cells(_RESTING, asked)
        for row in rows:
            settled = Settled(row["asked"], row["open"])
            for of in ("net", "vat"):
                row[of] = settled.resting(row[of], row["held"], row["meetings"])
        return [row for row in rows if row["vat"]]


class DormantTables(Tables, DormantQuestions):
    """What is asked of VAT that rests."""

    def dormant_vat(self, actor: Actor, as_of: AsOf = NOW) -> tuple[DormantRow, ...]:
        organiser_id = organiser_of(actor)
        on = as_of.on or self._reader.today(organiser_id)
        return DormantVat(self._reader, organiser_id, as_of.known_at).invoices(on)


def corrected(
    rates: Iterable[tuple[tuple[int, str], int, int]], before: Correction, after: Correction
) -> Iterator[tuple[tuple[int, str], int, int]]:
    """Net and VAT of a period by rate, with what is to be posted at its end and what comes back at its start."""
    sums = {rate: (net, vat) for rate, net, vat in rates}
    for sign, correction in ((1, before), (-1, after)):
        for rate, (net, vat) in correction.items():
            known = sums.get(rate, (0, 0))
            sums[rate] = known[0] + sign * net, known[1] + sign * vat
    ordered = sorted(sums.items(), key=lambda one: one[0], reverse=True)
    return ((rate, net, vat) for rate, (net, vat) in ordered if net or vat)
