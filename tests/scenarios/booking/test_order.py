"""Somebody who has not signed in orders goods: bought, invoiced and sent only once they have confirmed."""

from __future__ import annotations

from uuid import UUID

import pytest

from application.automation.unconfirmed_jobs import TYPED_KEPT
from application.booking.order import ORDER_KEPT, OrderPlaced
from application.booking.purchase import MakePurchase
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import stranger
from application.kernel.one_time_token import TooManyAttempts
from application.programme.goods import OfferGoods, WithdrawGoods
from domain.booking.order import Order, OrderLapsed
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.story import documents, facts
from tests.strangers import links_of, tidy


def book(institute: Institute) -> UUID:
    return institute.services.goods.offer(
        institute.admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)
    ).answer.goods_id


def place(institute: Institute, goods: UUID, name: str = "Sven", at: str = "192.0.2.9", key: str = "") -> OrderPlaced:
    command = MakePurchase(goods, 3, "Gatan 1", name, f"{name.lower()}@example.org")
    return institute.services.orders.place(stranger(institute.organiser), command, key or None, at).answer


def test_nothing_is_bought_until_it_is_confirmed_and_then_once(institute: Institute) -> None:
    orders, nobody = institute.services.orders, stranger(institute.organiser)
    goods = book(institute)
    assert (place(institute, goods).gross, documents(institute)) == (424_00, [])
    assert institute.services.people_questions.people(institute.admin, "sven").items == ()
    [link] = links_of(institute, "sven@example.org")

    answers = [orders.confirm(nobody, MailedLink(*link)).answer for _ in range(2)]

    assert answers[0] == answers[1]
    assert [row.gross for row in documents(institute)] == [424_00]
    [row] = institute.services.goods_questions.purchases(institute.admin).items
    assert (row.quantity, row.address) == (3, "Gatan 1")


def test_sixty_orders_make_no_invoice_and_ten_letters_an_hour(institute: Institute) -> None:
    """8.2: to one address; from many addresses at one place, as many as the organiser says."""
    goods = book(institute)
    for _ in range(10):
        place(institute, goods)
    for _ in range(50):
        with pytest.raises(TooManyAttempts):
            place(institute, goods)
    for no in range(90):
        place(institute, goods, f"Siv{no}")
    with pytest.raises(TooManyAttempts):
        place(institute, goods, "Siv90")
    assert documents(institute) == []
    assert len([fact for fact in facts(institute) if isinstance(fact, Order.Placed)]) == 100


def test_known_and_unknown_addresses_have_the_same_effect(institute: Institute) -> None:
    goods = book(institute)
    institute.person("Anna")
    effects = []
    for name in ("Anna", "Okand"):
        known = len(facts(institute))
        answer = place(institute, goods, name)
        effects.append((answer, [type(fact).__qualname__ for fact in facts(institute)[known:]]))
    assert effects[0] == effects[1]


def test_too_late_is_too_late_and_what_was_typed_is_forgotten_some_days_later(institute: Institute) -> None:
    orders, nobody = institute.services.orders, stranger(institute.organiser)
    place(institute, book(institute))
    link = MailedLink(*links_of(institute, "sven@example.org")[0])
    institute.clock.pass_by(ORDER_KEPT)
    tidy(institute)
    seen = orders.view(nobody, link)
    assert (seen.state, seen.typed and seen.typed.address) == ("over", "Gatan 1")
    with pytest.raises(OrderLapsed):
        orders.confirm(nobody, link)
    institute.clock.pass_by(TYPED_KEPT)
    tidy(institute)
    assert orders.view(nobody, link).typed is None
    assert documents(institute) == []


def test_what_was_shown_is_what_is_bought(institute: Institute) -> None:
    goods = book(institute)
    place(institute, goods)
    institute.services.goods.withdraw(institute.admin, WithdrawGoods(goods))
    link = MailedLink(*links_of(institute, "sven@example.org")[0])
    nobody = stranger(institute.organiser)
    assert institute.services.orders.confirm(nobody, link).answer.gross == 424_00


def test_only_the_mailed_code_opens_an_order(institute: Institute) -> None:
    place(institute, book(institute))
    link = links_of(institute, "sven@example.org")[0]
    for act in (institute.services.orders.view, institute.services.orders.confirm):
        with pytest.raises(NotFound):
            act(stranger(institute.organiser), MailedLink(link[0], "fel"))


def test_nobody_buys_at_once_in_anothers_name_but_staff(institute: Institute) -> None:
    """Neither a stranger nor a member who types somebody else's address; an organisation pays only for its contacts."""
    goods, nobody = book(institute), stranger(institute.organiser)
    command = MakePurchase(goods, 1, "Gatan 1", "Sven", "sven@example.org")
    for who in (nobody, institute.member("Anna")):
        with pytest.raises(NotAllowed):
            institute.services.purchases.make(who, command)
    paid = MakePurchase(goods, 1, "Gatan 1", "Sven", "sven@example.org", organisation_id=institute.acme)
    with pytest.raises(NotAllowed):
        institute.services.orders.place(nobody, paid)
    institute.services.purchases.make(institute.admin, command)
    assert len(documents(institute)) == 1
