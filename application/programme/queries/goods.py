"""Goods and what has been bought of them, as buyers and an organiser's staff read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.ids import OrganiserId, PersonId


@dataclass(frozen=True)
class GoodsRow:
    """Something on sale; prices in minor units incl. VAT (basis points)."""

    goods_id: UUID
    organiser_id: OrganiserId
    title: str
    price: int
    postage: int
    currency: str
    vat: int
    is_withdrawn: bool


@dataclass(frozen=True)
class PurchaseRow:
    """A purchase, to be sent until `dispatched_on`."""

    purchase_id: UUID
    organiser_id: OrganiserId
    goods_id: UUID
    title: str
    quantity: int
    person_id: PersonId
    name: str | None
    address: str | None
    gross: int
    currency: str
    made_at: datetime
    dispatched_on: date | None


class GoodsModel(Protocol):
    """The read model behind goods and purchases."""

    def goods(self, organiser_id: UUID) -> tuple[GoodsRow, ...]:
        """What an organiser sells."""
        ...

    def purchases(self, organiser_id: UUID, after: str | None, limit: int) -> Page[PurchaseRow]:
        """What has been bought, latest first."""
        ...

    def purchases_of(self, person_id: UUID) -> tuple[PurchaseRow, ...]:
        """What somebody has bought, latest first."""
        ...

    def to_dispatch(self, organiser_id: UUID) -> tuple[PurchaseRow, ...]:
        """What has been bought and not yet sent, longest waiting first."""
        ...


class GoodsQuestions:
    """Anyone sees what is on sale; staff see what has been bought, and somebody their own."""

    def __init__(self, model: GoodsModel) -> None:
        self._model = model

    def goods(self, organiser_id: UUID) -> tuple[GoodsRow, ...]:
        """What an organiser sells; anyone may ask."""
        return self._model.goods(organiser_id)

    def purchases(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[PurchaseRow]:
        """What has been bought. Raises NotAllowed unless staff."""
        return self._model.purchases(_staff(actor, Role.ADMIN, Role.FINANCE), after, limit)

    def to_dispatch(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        """What is to be sent to whom. Raises NotAllowed unless admin."""
        return self._model.to_dispatch(_staff(actor, Role.ADMIN))

    def my_purchases(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        """What the actor has bought, latest first."""
        return self._model.purchases_of(actor.person_id) if actor.person_id is not None else ()


def _staff(actor: Actor, *roles: Role) -> OrganiserId:
    organiser = organiser_of(actor)
    actor.must_be(organiser, *roles)
    return organiser
