"""What goods cost where they are sent: without VAT out of the Union, and to businesses in its other countries."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.kernel.country import country_named
from domain.kernel.documents import Line
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganisationId
from domain.kernel.place_of_supply import BuyerPlace, SupplyKind, rate_there
from domain.kernel.text import country_of
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.programme.goods import Goods


@dataclass(frozen=True)
class Sent:
    """How many of which goods, sent where; `country` ("": as the address or the payer says)."""

    goods_id: UUID
    quantity: int
    address: str
    with_postage: bool = True
    country: str = ""


def lines_sent(work: UnitOfWork, sent: Sent, organisation_id: OrganisationId | None) -> tuple[Line, ...]:
    """What they cost there, line by line. Raises NotFound, GoodsWithdrawn, GoodsNotSentThere, BadValue."""
    goods = load_for(work, Goods, sent.goods_id)
    lines = goods.lines_for(sent.quantity, with_postage=sent.with_postage)
    seller = work.load(Organiser, goods.organiser_id).country
    payer = load_for(work, Organisation, organisation_id).place if organisation_id is not None else BuyerPlace(seller)
    country = _country(sent, payer.country)
    rate = rate_there(goods.vat, SupplyKind.GOODS, seller, BuyerPlace(country, payer.vat_number, payer.is_organisation))
    return tuple(each.taxed_at(rate) for each in lines)


def _country(sent: Sent, usual: str) -> str:
    """Raises BadValue where the address names another country than was chosen."""
    named, chosen = country_named(sent.address), country_of(sent.country) if sent.country else ""
    if named and chosen and named != chosen:
        raise BadValue(field="country", why="is another one than the address names")
    return named or chosen or usual
