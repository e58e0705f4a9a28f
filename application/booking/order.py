"""Orders: goods asked for by somebody who has not signed in, bought and invoiced once the mailed link is confirmed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.goods_sent import lines_sent
from application.booking.purchase import MakePurchase, buy, money_of
from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, MailedLink, address_digest, linked, state_shown
from application.kernel.actor import Actor
from application.kernel.command import command, dry_run
from application.kernel.ports import Busy, Committed, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from application.people.person import digest_of
from domain.booking.order import Order
from domain.kernel.documents import Line, Sums, sums
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import PurchaseId
from domain.kernel.text import clean, clean_line, email_of, name_of
from domain.people.particulars import come_in_by_letter, read_in
from domain.programme.goods import Goods

ORDER_KEPT = timedelta(days=3)
"""How long an order waits for its confirmation. Nobody else goes without meanwhile, so it is longer than for seats."""


@dataclass(frozen=True)
class OrderPlaced:
    """The same for a known and an unknown address: sums in öre, and until when it may be confirmed (excluded)."""

    goods_id: UUID
    quantity: int
    net: int
    vat: int
    gross: int
    currency: str
    until: datetime
    next_step: str = "confirm_order"


@dataclass(frozen=True)
class OrderConfirmed:
    """What was bought; sums in öre."""

    order_id: UUID
    purchase_id: PurchaseId
    net: int
    vat: int
    gross: int
    currency: str


@dataclass(frozen=True)
class OrderView:
    """An order as whoever holds its link sees it; `typed` is None once it is kept no longer.

    `state`: held, over (not confirmed in time), or confirmed.
    """

    order_id: UUID
    goods_id: UUID
    goods: str
    state: str
    quantity: int
    lines: tuple[Line, ...]
    sums: Sums
    currency: str
    until: datetime
    typed: MakePurchase | None
    purchase_id: PurchaseId | None


class Orders(ConfirmedByMail):
    """Place, look, confirm."""

    def place(
        self, actor: Actor, command: MakePurchase, key: str | None = None, place: str = "", language: str = ""
    ) -> Committed[OrderPlaced]:
        """Keep what is ordered until it is confirmed; nothing is looked up about the address.

        `place`: from which network address; "" is a program of the house. Raises TooManyAttempts, BadValue, NotFound,
        GoodsWithdrawn, NotAllowed where an organisation is to pay.
        """
        code = self._new_code()
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))
        recorded = self._record(actor, command, OrderPlaced, lambda work: _place(work, command, code, language), key)
        return Committed(recorded.answer, 0, recorded.repeated)

    @dry_run
    def view(self, work: UnitOfWork, link: MailedLink) -> OrderView:
        """What is ordered, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""
        order = linked(work, Order, link)
        goods = load_for(work, Goods, order.goods_id)
        currency = goods.price.currency
        return OrderView(
            order.id,
            order.goods_id,
            goods.title,
            state_shown(work, order),
            order.quantity,
            order.lines,
            sums(order.lines, currency),
            currency,
            order.until,
            _typed(work, order),
            order.purchase_id,
        )

    @command
    def confirm(self, work: UnitOfWork, link: MailedLink) -> OrderConfirmed:
        """Buy and invoice what was ordered, as it was shown; confirmed already: the same answer, and nothing more.

        Raises NotFound, OrderLapsed.
        """
        order = linked(work, Order, link)
        if order.purchase_id is None:
            order.must_wait(work.now)
            _buy(work, order)
        return _confirmed(work, order)


def _asking(work: UnitOfWork, command: MakePurchase) -> Asking:
    typed, _ = _looked_at(work, command)
    rules = registration_rules(work)
    return Asking(address_digest(work, typed.email), (), 1, rules.seats_of_address, rules.seats_from_place)


def _looked_at(work: UnitOfWork, command: MakePurchase) -> tuple[MakePurchase, tuple[Line, ...]]:
    if command.organisation_id is not None:
        raise NotAllowed(needs="contact of the organisation")
    lines = lines_sent(work, command.sent, None)
    typed = replace(
        command,
        name=name_of("name", command.name),
        email=email_of(command.email),
        address=clean("address", command.address, 500),
        reference=clean_line("reference", command.reference, 100, may_be_empty=True),
        order_number=clean_line("order_number", command.order_number, 100, may_be_empty=True),
    )
    return typed, lines


def _place(work: UnitOfWork, command: MakePurchase, code: str, language: str) -> OrderPlaced:
    typed, lines = _looked_at(work, command)
    order_id, until = work.new_id(), work.now + ORDER_KEPT
    told = {**asdict(typed), "language": language}
    work.add(
        Order(
            id=order_id,
            organiser_id=organiser_of(work.actor),
            goods_id=command.goods_id,
            quantity=command.quantity,
            lines=lines,
            typed=work.encrypt(order_id, "order", json.dumps(told, default=str)),
            email=work.encrypt(order_id, "email", typed.email),
            code=work.encrypt(order_id, "code", code),
            digest=digest_of(code),
            placed_at=work.now,
            until=until,
        )
    )
    currency = load_for(work, Goods, command.goods_id).price.currency
    return OrderPlaced(command.goods_id, command.quantity, *money_of(lines, currency), until)


def _typed(work: UnitOfWork, order: Order) -> MakePurchase | None:
    told = work.decrypt(order.typed)
    if told is None:
        return None
    facts = {name: value for name, value in json.loads(told).items() if name != "language"}
    return MakePurchase(**{**facts, "goods_id": order.goods_id})


def _language(work: UnitOfWork, order: Order) -> str:
    """In which language it was placed."""
    return str(json.loads(work.decrypt(order.typed) or "{}").get("language", ""))


def _buy(work: UnitOfWork, order: Order) -> None:
    typed = _typed(work, order)
    if typed is None:
        raise Busy("what was typed cannot be read")
    person = known_or_new(work, order.organiser_id, typed.name, typed.email, shares=True)
    come_in_by_letter(person)
    read_in(person, _language(work, order))
    purchase_id = buy(work, order.organiser_id, person.person_id, typed, order.lines)
    order.confirm(purchase_id, person.person_id, work.now)
    work.destroy_key(order.id)


def _confirmed(work: UnitOfWork, order: Order) -> OrderConfirmed:
    if order.purchase_id is None:
        raise Busy("it is not bought yet")
    currency = load_for(work, Goods, order.goods_id).price.currency
    return OrderConfirmed(order.id, order.purchase_id, *money_of(order.lines, currency))
