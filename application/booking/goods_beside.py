"""Goods beside seats: bought in the same decision, on the same invoice, sent to an address (S08)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.booking.purchase import Purchase, purchase_with
from domain.booking.seat import Seat
from domain.kernel.documents import Line
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, PersonId
from domain.kernel.payer import Payer
from domain.kernel.text import clean
from domain.programme.goods import Goods


@dataclass(frozen=True)
class GoodsBeside:
    """Goods bought together with seats: on the same invoice, sent to an address (S08)."""

    goods_id: UUID
    quantity: int
    address: str
    with_postage: bool = True


def lines_beside(work: UnitOfWork, goods: GoodsBeside | None) -> tuple[Line, ...]:
    """What they cost, line by line; nothing for none. Raises NotFound, GoodsWithdrawn, BadValue."""
    if goods is None:
        return ()
    return load_for(work, Goods, goods.goods_id).lines_for(goods.quantity, with_postage=goods.with_postage)


def buy_beside(
    work: UnitOfWork,
    goods: GoodsBeside,
    booking_id: BookingId,
    payer: Payer,
    booker: PersonId | None,
    seats: tuple[Seat, ...],
    lines: tuple[Line, ...],
) -> None:
    """Bought by who books, or else by the first participant, whose address it is."""
    buyer = booker or next((seat.person_id for seat in seats if seat.person_id is not None), None)
    if buyer is None:
        raise BadValue(field="participant", why="say who sits in the seat")
    work.add(
        Purchase(
            id=purchase_with(booking_id),
            organiser_id=load_for(work, Goods, goods.goods_id).organiser_id,
            goods_id=goods.goods_id,
            quantity=goods.quantity,
            bought_by=buyer,
            payer=payer,
            address=work.encrypt(buyer, "address", clean("address", goods.address, 500)),
            lines=lines,
            made_at=work.now,
            booking_id=booking_id,
        )
    )
