"""Goods on sale, and purchases on their way."""

from __future__ import annotations

from domain.booking.purchase import Purchase
from domain.kernel.documents import sums
from domain.programme.goods import Goods
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Table

ARTICLE = Table(
    "goods",
    "article",
    {
        "goods_id": "uuid",
        "organiser_id": "uuid",
        "title": "text",
        "sort_key": 'text collate "C"',
        "price": "bigint",
        "postage": "bigint",
        "currency": "text",
        "vat": "bigint",
        "is_withdrawn": "boolean",
    },
    key=("goods_id",),
    indexes=("(organiser_id, sort_key)",),
)
PURCHASE = Table(
    "goods",
    "purchase",
    {
        "purchase_id": "uuid",
        "organiser_id": "uuid",
        "goods_id": "uuid",
        "quantity": "bigint",
        "person_id": "uuid",
        "address": "bytea",
        "gross": "bigint",
        "currency": "text",
        "made_at": "timestamptz",
        "dispatched_on": "date",
        "position": "bigint",
    },
    key=("purchase_id",),
    indexes=("(organiser_id, position)", "(organiser_id, position) where dispatched_on is null"),
)
GOODS = Projection("goods", version=2, tables=(ARTICLE, PURCHASE))


GOODS.puts(
    Goods.Offered,
    ARTICLE,
    sort_key=lambda event, _: sort_key(event.title),
    currency=lambda event, _: event.price.currency,
    vat=lambda event, _: event.vat.basis_points,
    is_withdrawn=False,
)
GOODS.sets(Goods.Withdrawn, ARTICLE, is_withdrawn=True)
GOODS.sets(Goods.OfferedAgain, ARTICLE, is_withdrawn=False)
GOODS.sets(Goods.Retitled, ARTICLE, sort_key=lambda event, _: sort_key(event.title))
GOODS.sets(
    Goods.Repriced,
    ARTICLE,
    currency=lambda event, _: event.price.currency,
    vat=lambda event, _: event.vat.basis_points,
)
GOODS.puts(
    Purchase.Made,
    PURCHASE,
    person_id=lambda event, _: event.bought_by,
    gross=lambda event, _: sums(event.lines, event.lines[0].net.currency).gross,
    currency=lambda event, _: event.lines[0].net.currency,
    dispatched_on=None,
)
GOODS.sets(Purchase.AddressCorrected, PURCHASE)
GOODS.sets(Purchase.Dispatched, PURCHASE)
