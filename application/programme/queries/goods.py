"""Goods and what has been bought of them, as buyers and an organiser's staff read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.queries import Queries, for_admins, for_oneself, for_roles
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.vat import VatRate


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

    @property
    def rate(self) -> VatRate:
        """The VAT that its prices have in them."""
        return VatRate(self.vat)


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


class GoodsQuestions(Queries, Protocol):
    """Anyone sees what is on sale; staff see what has been bought, and somebody their own."""

    def goods(self, organiser_id: UUID) -> tuple[GoodsRow, ...]:
        """What an organiser sells, by title; anyone may ask."""

    @for_roles(Role.ADMIN, Role.FINANCE)
    def purchases(self, actor: Actor, after: str | None = None, limit: int = 50) -> Page[PurchaseRow]:
        """What has been bought, latest first."""

    @for_admins
    def to_dispatch(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        """What has been bought and not yet sent, longest waiting first."""

    @for_oneself(())
    def my_purchases(self, actor: Actor) -> tuple[PurchaseRow, ...]:
        """What the actor has bought, latest first."""
