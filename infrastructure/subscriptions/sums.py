"""What must add up: statements over the scratch tables of a verification, each counting what it finds wrong."""

from __future__ import annotations

from typing import NamedTuple

_SEATS = """
select count(*), count(*) filter (where most_over > 0) from verification_scratch.seating"""

_HELD = """
select count(*), count(*) filter (where by_seating <> by_booking) from verification_scratch.seated"""

_COMMANDS = """
with answered as (
    select c.id, convert_from(c.answer, 'UTF8')::jsonb as said from command c
    where c.position between 1 and %(until)s and (position('"left":'::bytea in c.answer) > 0
        and position('"booking_id":'::bytea in c.answer) > 0
        or position('"next_step":"confirm_email"'::bytea in c.answer) > 0)
),
acknowledged as (
    select id, (coalesce(one, said) ->> 'booking_id')::uuid as booking_id
    from answered left join lateral jsonb_array_elements(said -> 'bookings') as one on true
)
select (select count(*) from answered),
(select count(*) from acknowledged a left join verification_scratch.made m on m.command_id = a.id
    and m.booking_id = coalesce(a.booking_id, m.booking_id) where m.booking_id is null),
(select count(*) from (
    select 1 from verification_scratch.made group by command_id, season_id having count(*) > 1) doubled)"""
"""A command makes one booking, or (sessions that are chosen together) one in each of several seasons."""

_NUMBERS = """
with run as (
    select s.series_id, s.first, count(d.number) as drawn, count(distinct d.number) as numbers,
    coalesce(sum(d.times), 0) as times, max(d.number) as last
    from verification_scratch.series s left join verification_scratch.drawn d on d.series_id = s.series_id
    group by s.series_id, s.first
)
select (select count(*) from run), (select coalesce(sum(drawn), 0) from run),
(select count(*) from run where drawn <> numbers or drawn <> times or drawn <> coalesce(last - first + 1, 0)),
(select count(*) from verification_scratch.numbered n full join verification_scratch.drawn d
    on d.document_id = n.document_id and d.series_id = n.series_id and d.number = n.number
    where n.document_id is null or d.document_id is null)"""

_BALANCES = """
select count(*), count(*) filter (where d.document_id is null or a.document_id is null
    or d.gross + d.rounding <> v.invoiced or a.credited <> v.credited or a.paid <> v.paid
    or a.balance <> v.invoiced - v.credited - v.paid - v.lost
    or v.credited <> v.noted)
from verification_scratch.invoice v
left join invoice_scratch.document d on d.document_id = v.document_id
left join invoice_scratch.account a on a.document_id = v.document_id"""

_BALANCED = """
select count(*), count(*) filter (where amount <> 0)
from (select position, sum(amount) as amount from ledger_scratch.posting group by position) voucher"""

_RECEIVABLE = """
select count(*), count(*) filter (where v.document_id is null or p.invoice_id is null
    or p.amount <> v.invoiced - v.credited - v.paid - v.lost)
from verification_scratch.invoice v full join (select invoice_id, sum(amount) as amount from ledger_scratch.posting
    where account = 'receivable' group by invoice_id) p on p.invoice_id = v.document_id"""

_VAT = """
select count(*), count(*) filter (where t.net <> coalesce(s.net, 0) or t.vat <> coalesce(s.vat, 0))
from verification_scratch.taxed t left join (select organiser_id, basis_points, vat_kind,
    -coalesce(sum(amount) filter (where account = 'revenue'), 0) as net,
    -coalesce(sum(amount) filter (where account = 'vat'), 0) as vat
    from ledger_scratch.day_sum where account in ('revenue', 'vat') group by organiser_id, basis_points, vat_kind) s
on (s.organiser_id, s.basis_points, s.vat_kind) = (t.organiser_id, t.basis_points, t.vat_kind)"""

_CREDITED = """
select count(*), count(*) filter (where credited > invoiced or noted > invoiced) from verification_scratch.invoice"""


class Sum(NamedTuple):
    """A statement that must count no faults; the first numbers (`counted`) say how much was looked at."""

    name: str
    statement: str
    seen: str
    counted: int = 1


SUMS = (
    Sum("no season has more seats taken than it has", _SEATS, "{} seasons, {} over"),
    Sum("bookings hold the seats that were given out", _HELD, "{} bookings, {} differ"),
    Sum(
        "one booking for each acknowledged command",
        _COMMANDS,
        "{} acknowledged, {} without their booking, {} with more than one",
    ),
    Sum(
        "document numbers are unbroken and given once",
        _NUMBERS,
        "{1} numbers in {0} series, {2} series broken, {3} numbers without their document",
        counted=2,
    ),
    Sum("every invoice is the fold of its events", _BALANCES, "{} invoices, {} differ"),
    Sum("no more is credited than was invoiced", _CREDITED, "{} invoices, {} beyond"),
    Sum("the ledger is balanced in every event", _BALANCED, "{} vouchers, {} not"),
    Sum("documents and payments are the ledger", _RECEIVABLE, "{} invoices, {} differ"),
    Sum("VAT by rate is the sum of the lines", _VAT, "{} rates, {} differ"),
)
