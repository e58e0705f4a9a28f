"""What is on sale, and what has been bought."""

from __future__ import annotations

from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.programme.queries.goods import GoodsQuestions, GoodsRow, PurchaseRow
from infrastructure.read_models.kernel.query import SAME, Shape, Tables, bounded, place_in, where

_GOODS = """
select goods_id, organiser_id, title, price, postage, currency, vat, is_withdrawn from goods.article
where organiser_id = %s order by sort_key, goods_id"""

_PURCHASES = """
select p.purchase_id, p.organiser_id, p.goods_id, a.title, p.quantity, p.person_id, p.address, p.gross, p.currency,
p.made_at, p.dispatched_on, p.position
from goods.purchase p join goods.article a on a.goods_id = p.goods_id """

_ARTICLE = Shape(GoodsRow)
_PURCHASE = Shape(PurchaseRow, encrypted=("address",), names={"name": "person_id"})


class GoodsTables(Tables, GoodsQuestions):
    """Goods and purchases."""

    def goods(self, organiser_id: UUID) -> tuple[GoodsRow, ...]:
        return self._reader.rows(_ARTICLE, _GOODS, [organiser_id])

    def purchases(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[PurchaseRow]:
        chosen, values = where(
            {"p.organiser_id = %s": organiser_of(actor), "p.position < %s::bigint": place_in(after, int)}
        )
        statement = f"{_PURCHASES} where {chosen} order by p.position desc limit %s"
        return self._reader.page(_PURCHASE, statement, [*values, bounded(limit) + 1], limit, "position")

    def to_dispatch(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        chosen = "where p.organiser_id = %s and p.dispatched_on is null order by p.position"
        return self._reader.rows(_PURCHASE, f"{_PURCHASES} {chosen}", [organiser_of(actor)])

    def my_purchases(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        statement = f"{_PURCHASES} where p.person_id = {SAME} order by p.position desc"
        return self._reader.rows(_PURCHASE, statement, [actor.person_id])
