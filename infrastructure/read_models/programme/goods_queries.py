"""What is on sale, and what has been bought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from application.kernel.page import Page
from application.programme.queries.goods import GoodsRow, PurchaseRow
from infrastructure.read_models.kernel.query import SAME, Reader, Rows, bounded, page_of, place_in

_GOODS = """
select goods_id, organiser_id, title, price, postage, currency, vat, is_withdrawn from goods.article
where organiser_id = %s order by sort_key, goods_id"""

_PURCHASES = """
select p.purchase_id, p.organiser_id, p.goods_id, a.title, p.quantity, p.person_id, p.address, p.gross, p.currency,
p.made_at, p.dispatched_on, p.position
from goods.purchase p join goods.article a on a.goods_id = p.goods_id """


class GoodsTables:
    """Goods and purchases on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def goods(self, organiser_id: UUID) -> tuple[GoodsRow, ...]:
        """What an organiser sells, by title."""
        return tuple(GoodsRow(*row) for row in self._reader.query(_GOODS, [organiser_id]))

    def purchases(self, organiser_id: UUID, after: str | None, limit: int) -> Page[PurchaseRow]:
        """What has been bought, latest first."""
        chosen = "p.organiser_id = %s"
        asked: list[Any] = [organiser_id]
        place = place_in(after, int)
        if place is not None:
            chosen += " and p.position < %s::bigint"
            asked.append(place)
        statement = f"{_PURCHASES} where {chosen} order by p.position desc limit %s"
        rows = self._reader.query(statement, [*asked, bounded(limit) + 1])
        return page_of(rows, limit, self._purchases, lambda row: row[11])

    def purchases_of(self, person_id: UUID) -> tuple[PurchaseRow, ...]:
        """What somebody has bought, latest first."""
        rows = self._reader.query(f"{_PURCHASES} where p.person_id = {SAME} order by p.position desc", [person_id])
        return tuple(self._purchases(rows))

    def to_dispatch(self, organiser_id: UUID) -> tuple[PurchaseRow, ...]:
        """What has been bought and not yet sent, longest waiting first."""
        chosen = "where p.organiser_id = %s and p.dispatched_on is null order by p.position"
        return tuple(self._purchases(self._reader.query(f"{_PURCHASES} {chosen}", [organiser_id])))

    def _purchases(self, rows: Rows) -> list[PurchaseRow]:
        names = self._reader.names([row[5] for row in rows])
        addresses = self._reader.decrypt([row[6] for row in rows])
        return [_purchase(row, names.get(row[5]), address) for row, address in zip(rows, addresses, strict=True)]


def _purchase(row: tuple[Any, ...], name: str | None, address: str | None) -> PurchaseRow:
    cells = [*row[:6], name, address, *row[7:11]]
    return PurchaseRow(*cells)
