"""Which documents a filter asks for: from which tables, under what conditions, and what sums of days can tell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from application.billing.queries.invoice import DocumentFilter
from domain.kernel.errors import BadValue
from infrastructure.read_models.kernel.query import Reader, where

_SEASON = """left join season.season s on s.season_id = d.season_id
left join programme.network n on n.network_id = s.network_id """
_NOW = "from invoice.document d left join invoice.account a on a.document_id = d.document_id "
_OPEN = "from invoice.account a join invoice.document d on d.document_id = a.document_id "
FROM = f"\n{_NOW}{_SEASON}"
"""Documents as they are now, with their seasons."""

_THEN = """
from invoice.document d left join lateral (select coalesce(sum(p.amount), 0)::bigint as balance,
    coalesce(-sum(p.amount) filter (where p.voucher in ('payment', 'refund')), 0)::bigint as paid,
    coalesce(-sum(p.amount) filter (where p.voucher = 'credit_note'), 0)::bigint as credited,
    coalesce(-sum(p.amount) filter (where p.voucher = 'write_off'), 0)::bigint as written_off, d.due_on
    from ledger.posting p where p.invoice_id = d.document_id and p.account = 'receivable'
    and p.day <= coalesce(%s::date, 'infinity') and p.recorded_at <= coalesce(%s::timestamptz, 'infinity')) a
on d.kind = 'invoice' """

_KNOWN = "exists (select 1 from ledger.posting k where k.document_id = d.document_id and k.recorded_at <= %s)"

STATUSES = {
    "open": "a.balance > 0",
    "paid": "a.balance <= 0 and a.paid > 0 and a.written_off = 0",
    "credited": "(d.kind = 'credit_note' or (a.balance <= 0 and a.paid = 0 and a.written_off = 0))",
    "overdue": "a.balance > 0 and a.due_on < %s::date",
    "written_off": "a.balance <= 0 and a.written_off > 0",
}
"""What each status means in conditions; one takes the local day."""

_OF_ACCOUNTS = ("open", "overdue", "paid")
"""What accounts tell alone, in an index of their own."""


def listed(organiser_id: UUID, which: DocumentFilter, reader: Reader) -> tuple[str, list[Any], str]:
    """Which documents: from where and under what conditions, and which table's order is an index. Raises BadValue."""
    is_now = which.on is None and which.known_at is None
    side = "a" if is_now and which.status in _OF_ACCOUNTS else "d"
    chosen, values = where({f"{side}.organiser_id = %s": organiser_id, **_conditions(organiser_id, which, reader)})
    source = _THEN if not is_now else _OPEN if side == "a" else _NOW
    then = [] if is_now else [which.on, which.known_at]
    return f"{source}{_SEASON} where {chosen}", [*then, *values], side


def whole_days(which: DocumentFilter) -> dict[str, object] | None:
    """The conditions on days and seasons, where nothing else is asked; None where documents must be looked at.

    Raises BadValue.
    """
    _check(which)
    if which.status or which.organisation_id or which.number is not None or which.on or which.known_at:
        return None
    return {
        "t.season_id = %s": which.season_id,
        "t.season_id in (select season_id from season.season where network_id = %s)": which.network_id,
        "t.issued_on >= %s": which.issued_from,
        "t.issued_on <= %s": which.issued_until,
    }


def _conditions(organiser_id: UUID, which: DocumentFilter, reader: Reader) -> dict[str, object]:
    _check(which)
    conditions: dict[str, object] = {
        "d.kind = %s": which.kind or None,
        "d.organisation_id = %s": which.organisation_id,
        "d.season_id = %s": which.season_id,
        "d.issued_on >= %s": which.issued_from,
        "d.issued_on <= %s": which.issued_until,
        "d.number = %s": which.number,
        "s.network_id = %s": which.network_id,
        "d.issued_on <= %s::date": which.on,
        _KNOWN: which.known_at,
    }
    if which.status:
        condition = STATUSES[which.status]
        day = which.on or reader.today(organiser_id)
        conditions[condition] = day if "%s" in condition else ()
    return conditions


def _check(which: DocumentFilter) -> None:
    if which.kind not in ("", "invoice", "credit_note"):
        raise BadValue(field="kind", why="invoice or credit_note")
    if which.status and which.status not in STATUSES:
        raise BadValue(field="status", why=" or ".join(STATUSES))
