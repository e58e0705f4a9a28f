"""The plainest single statement for each report on the tables that it reads, for comparison.

A report without one is compared with its own statement: there is none that is plainer.
"""

from __future__ import annotations

_BUCKET = """case when balance < 0 then -1 when %(on)s - due_on <= 0 then 0 when %(on)s - due_on <= 30 then 1
when %(on)s - due_on <= 60 then 2 when %(on)s - due_on <= 90 then 3 else 4 end"""
_RECEIVABLE = "select sum(amount) from ledger.day_sum where organiser_id = %(organiser)s and account = 'receivable'"
_BALANCES = """
select account, case when account = 'vat' then basis_points end, sum(amount) from ledger.day_sum
where organiser_id = %(organiser)s {until}
group by 1, 2 having sum(amount) <> 0 order by 1, 2"""
_REVENUE = """
select n.name, s.title, -sum(d.amount) filter (where account = 'revenue'), -sum(d.amount) filter (where account = 'vat')
from ledger.day_sum d left join season.season s on s.season_id = d.season_id
left join programme.network n on n.network_id = s.network_id
where d.organiser_id = %(organiser)s and account in ('revenue', 'vat') {period} group by 1, 2 order by 1, 2"""
_YEAR = "and day between %(from)s and %(until)s"

_PARTS = {
    "bucket": _BUCKET,
    "past_bucket": _BUCKET.replace("%(on)s", "%(past)s"),
    "receivable": _RECEIVABLE,
    "unallotted": _RECEIVABLE.replace("receivable", "unallotted"),
    "year": _YEAR,
}

_STATEMENTS = {
    "totals of all documents": """
select sum(documents), sum(net), sum(vat), sum(gross),
(select sum(balance) from invoice.account where organiser_id = %(organiser)s and balance <> 0)
from invoice.day_total where organiser_id = %(organiser)s""",
    "totals of open documents": """
select count(*), sum(net), sum(vat), sum(net + vat), sum(balance)
from invoice.account where organiser_id = %(organiser)s and balance > 0""",
    "balances": _BALANCES.replace("{until}", ""),
    "balances on a past day": _BALANCES.replace("{until}", "and day <= %(past)s"),
    "ageing": """
select {bucket} as bucket, count(*), sum(balance), ({receivable})
from invoice.account where organiser_id = %(organiser)s and balance <> 0 group by bucket""",
    "ageing on a past day": """
select {past_bucket} as bucket, count(*), sum(balance), ({receivable} and day <= %(past)s)
from (select a.due_on, sum(p.amount) as balance from ledger.posting p
    join invoice.account a on a.document_id = p.invoice_id
    where p.organiser_id = %(organiser)s and p.account = 'receivable' and p.day <= %(past)s
    group by a.document_id having sum(p.amount) <> 0) o group by bucket""",
    "revenue by season": _REVENUE.replace("{period}", ""),
    "revenue by season of a year": _REVENUE.replace("{period}", "{year}"),
    "VAT of a year": """
select basis_points, vat_kind, -sum(amount) filter (where account = 'revenue'),
-sum(amount) filter (where account = 'vat') from ledger.day_sum
where organiser_id = %(organiser)s and account in ('revenue', 'vat') {year} group by 1, 2 order by 1 desc, 2""",
    "reconciliation": """
select seats, agreed, invoiced, ({receivable}), ({unallotted}),
(select sum(seats) from matching.subject where organiser_id = %(organiser)s and is_free and seats > 0),
(select count(*) from matching.subject where organiser_id = %(organiser)s and agreed <> invoiced + waiting
    and agreed > invoiced + waiting),
(select count(*) from matching.subject where organiser_id = %(organiser)s and agreed <> invoiced + waiting
    and agreed < invoiced + waiting),
(select sum(balance) from invoice.account where organiser_id = %(organiser)s and balance <> 0)
from matching.tally where organiser_id = %(organiser)s""",
}

PLAIN = {name: statement.format(**_PARTS) for name, statement in _STATEMENTS.items()}
"""The statement for each report, by its name in the bench."""
