"""Purchases: goods ordered by anyone, member or not; invoiced by policy, dispatched by staff."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.booking.goods_sent import Sent, lines_sent
from application.kernel.actor import Role, is_stranger
from application.kernel.command import admin, command
from application.kernel.payer import kept_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.people.address import known_or_new
from domain.booking.agreement import must_have_reference
from domain.booking.purchase import Purchase
from domain.kernel.country import country_named
from domain.kernel.documents import Line, sums
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId, PurchaseId
from domain.kernel.payer import Payer
from domain.kernel.text import clean, clean_line
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.goods import Goods


@dataclass(frozen=True)
class MakePurchase:
    """Goods, sent to an address. Somebody who has not signed in gives name and e-mail; `organisation_id`: who pays.

    `country`: where they go, where the address does not say it.
    """

    goods_id: UUID
    quantity: int
    address: str
    name: str = ""
    email: str = ""
    organisation_id: OrganisationId | None = None
    reference: str = ""
    with_postage: bool = True
    order_number: str = ""
    shares_address: bool = False
    country: str = ""

    @property
    def sent(self) -> Sent:
        """How many of what goes where."""
        return Sent(self.goods_id, self.quantity, self.address, self.with_postage, self.country)

    @property
    def whole_address(self) -> str:
        """The address, with the country that was chosen where it does not name it itself."""
        return f"{self.address}\n{self.country}" if self.country and not country_named(self.address) else self.address


@dataclass(frozen=True)
class CorrectAddress:
    """Where a purchase goes that has not been sent yet."""

    purchase_id: PurchaseId
    address: str


@dataclass(frozen=True)
class DispatchPurchase:
    """It was sent on a local day."""

    purchase_id: PurchaseId
    dispatched_on: date


@dataclass(frozen=True)
class PurchaseMade:
    """What was bought; sums in öre."""

    purchase_id: PurchaseId
    net: int
    vat: int
    gross: int
    currency: str


@dataclass(frozen=True)
class PurchaseRef:
    """Which purchase it was about."""

    purchase_id: PurchaseId


class Purchases(UseCases):
    """Make, correct and dispatch."""

    @command
    def make(self, work: UnitOfWork, command: MakePurchase) -> PurchaseMade:
        """Buy goods, as somebody we know or as staff for somebody; strangers order first (`application.booking.order`).

        Raises GoodsWithdrawn, GoodsNotSentThere, BadValue, ReferenceRequired, NotAllowed.
        """
        organiser, goods = organiser_of(work.actor), load_for(work, Goods, command.goods_id)
        lines = lines_sent(work, command.sent, command.organisation_id)
        purchase_id = buy(work, organiser, _buyer(work, organiser, command), command, lines)
        return PurchaseMade(purchase_id, *money_of(lines, goods.price.currency))

    @command(by=admin)
    def correct_address(self, work: UnitOfWork, command: CorrectAddress) -> PurchaseRef:
        """The same address again records nothing. Raises AlreadyDispatched, BadValue."""
        purchase = load_for(work, Purchase, command.purchase_id)
        address = clean("address", command.address, 500)
        if work.decrypt(purchase.address) != address:
            purchase.correct_address(work.encrypt(purchase.bought_by, "address", address))
        return PurchaseRef(command.purchase_id)

    @command(by=admin)
    def dispatch(self, work: UnitOfWork, command: DispatchPurchase) -> PurchaseRef:
        """Record that it was sent."""
        load_for(work, Purchase, command.purchase_id).dispatch(command.dispatched_on)
        return PurchaseRef(command.purchase_id)


def buy(
    work: UnitOfWork, organiser: OrganiserId, person: PersonId, command: MakePurchase, lines: tuple[Line, ...]
) -> PurchaseId:
    """Goods are bought by a person, for these lines. Raises BadValue, ReferenceRequired, NotAllowed."""
    purchase_id = PurchaseId(work.new_id())
    address = clean("address", command.whole_address, 500)
    work.add(
        Purchase(
            id=purchase_id,
            organiser_id=organiser,
            goods_id=command.goods_id,
            quantity=command.quantity,
            bought_by=person,
            payer=payer_of_goods(work, person, command),
            address=work.encrypt(person, "address", address),
            lines=lines,
            made_at=work.now,
        )
    )
    return purchase_id


def money_of(lines: tuple[Line, ...], currency: str) -> tuple[int, int, int, str]:
    """Net, VAT and gross of lines in öre, and in which currency."""
    total = sums(lines, currency)
    return total.net.amount, total.vat.amount, total.gross.amount, currency


def _buyer(work: UnitOfWork, organiser: OrganiserId, command: MakePurchase) -> PersonId:
    if work.actor.person_id is not None and not command.email:
        return load_for(work, Person, work.actor.person_id).person_id
    if not work.actor.has(organiser, Role.ADMIN, Role.FINANCE):
        raise NotAllowed(needs="admin")
    if not command.email:
        raise NotAllowed(needs="name and e-mail")
    shares = command.shares_address or is_stranger(work.actor)
    return known_or_new(work, organiser, command.name, command.email, shares=shares).person_id


def payer_of_goods(work: UnitOfWork, person: PersonId, command: MakePurchase) -> Payer:
    """Who gets the invoice: an organisation whose contact buys, or the person who does. Raises NotAllowed."""
    reference = clean_line("reference", command.reference, 100, may_be_empty=True)
    order = clean_line("order_number", command.order_number, 100, may_be_empty=True)
    if command.organisation_id is None:
        name = clean_line("name", command.name, 300, may_be_empty=True)
        billed = {"name": name, "address": clean("address", command.address, 500)}
        if not name:
            billed["name"] = work.decrypt(work.load(Person, person).name) or ""
        billing = work.encrypt(person, "billing", json.dumps(billed))
        payer = Payer(person_id=person, reference=reference, billing=billing, order_number=order)
        organiser = organiser_of(work.actor)
        return kept_for_ledger(work, organiser, payer, today_of(work, organiser))
    organisation = load_for(work, Organisation, command.organisation_id)
    is_theirs = work.actor.person_id in organisation.contacts
    if not is_theirs and not work.actor.has(organisation.organiser_id, Role.ADMIN):
        raise NotAllowed(needs="contact of the organisation")
    must_have_reference(organisation, reference, order)
    return Payer(organisation_id=command.organisation_id, reference=reference, order_number=order)
