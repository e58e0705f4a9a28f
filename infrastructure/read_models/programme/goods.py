"""Goods on sale, and purchases on their way."""

from __future__ import annotations

from collections.abc import Iterable

from domain.booking.purchase import Purchase
from domain.kernel.documents import sums
from domain.programme.goods import Goods
from infrastructure.read_models.kernel.projection import Change, Projection, Table, as_bytes
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.serialization.event_mapper import Entry

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


@GOODS.on(Goods.Offered)
def _offered(event: Goods.Offered, _: Entry) -> Iterable[Change]:
    yield ARTICLE.put(
        goods_id=event.originator_id,
        organiser_id=event.organiser_id,
        title=event.title,
        sort_key=sort_key(event.title),
        price=event.price.amount,
        postage=event.postage.amount,
        currency=event.price.currency,
        vat=event.vat.basis_points,
        is_withdrawn=False,
    )


@GOODS.on(Purchase.Made)
def _made(event: Purchase.Made, entry: Entry) -> Iterable[Change]:
    currency = event.lines[0].net.currency
    yield PURCHASE.put(
        purchase_id=event.originator_id,
        organiser_id=event.organiser_id,
        goods_id=event.goods_id,
        quantity=event.quantity,
        person_id=event.bought_by,
        address=as_bytes(event.address),
        gross=sums(event.lines, currency).gross.amount,
        currency=currency,
        made_at=event.made_at,
        dispatched_on=None,
        position=entry.position,
    )


GOODS.sets(Goods.Withdrawn, ARTICLE, is_withdrawn=True)
GOODS.sets(Goods.OfferedAgain, ARTICLE, is_withdrawn=False)
GOODS.sets(Goods.Retitled, ARTICLE, sort_key=lambda event, _: sort_key(event.title))
GOODS.sets(
    Goods.Repriced,
    ARTICLE,
    price=lambda event, _: event.price.amount,
    postage=lambda event, _: event.postage.amount,
    currency=lambda event, _: event.price.currency,
    vat=lambda event, _: event.vat.basis_points,
)
GOODS.sets(Purchase.AddressCorrected, PURCHASE)
GOODS.sets(Purchase.Dispatched, PURCHASE)
