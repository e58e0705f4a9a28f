"""Vouchers of closing: revenue that is deferred and comes back, VAT that rests and is owed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.accounting.closing import Deferred
from domain.accounting.dormant_vat import Dormant
from infrastructure.read_models.accounting.ledger_tables import OWNER, RESTING
from infrastructure.read_models.accounting.vouchers import (
    balanced,
    whose,
)
from infrastructure.read_models.kernel.table import Change, Row
from infrastructure.serialization.event_mapper import Entry, Fact


def deferral(event: Fact, entry: Entry, voucher: str, on: date, parts: Sequence[Deferred], sign: int) -> Change:
    """Out of the revenue and into what is deferred, or back. No base of VAT: that is `revenue`, which stays."""
    nothing: Row = {"document_id": None, "invoice_id": None}
    rows: list[Row] = []
    for part in parts:
        about: Row = {**nothing, "season_id": part.season_id}
        sort: Row = {"basis_points": part.basis_points, "vat_kind": part.vat_kind, "supplies": part.supplies}
        rows.append({**about, **sort, "account": "deferral", "amount": sign * part.amount})
        rows.append({**about, "account": "deferred", "amount": -sign * part.amount})
    return OWNER.follow((event.originator_id,), lambda owner: balanced(entry, voucher, whose(owner), on, rows))


def resting(event: Fact, entry: Entry, voucher: str, on: date, parts: Sequence[Dormant], sign: int) -> Change:
    """Out of the VAT owed and into what is dormant, or back. `vat` stays what was invoiced: the rest is `vat_moved`."""

    def follow(owner: Row) -> Iterable[Change]:
        whole: Row = {"position": entry.position, "organiser_id": whose(owner), "day": on}
        rows: list[Row] = []
        for no, part in enumerate(parts, start=1):
            taxed: Row = {"season_id": part.season_id, "basis_points": part.basis_points, "vat_kind": part.vat_kind}
            sums: Row = {"no": no, "net": sign * part.net, "vat": sign * part.vat, "recorded_at": entry.recorded_at}
            yield RESTING.put(**whole, **taxed, **sums)
            about: Row = {"document_id": None, "invoice_id": None, **taxed}
            rows.append({**about, "account": "vat_moved", "amount": sign * part.vat})
            rows.append({**about, "account": "vat_dormant", "amount": -sign * part.vat})
        yield from balanced(entry, voucher, whose(owner), on, rows)

    return OWNER.follow((event.originator_id,), follow)
