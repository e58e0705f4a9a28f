"""The book added on the booking form: what it costs line by line, on one invoice with the seats, and its way out."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.programme.goods import OfferGoods, WithdrawGoods
from application.programme.price import AgreePrices
from domain.kernel.money import Money
from domain.kernel.vat import VAT_6
from domain.programme.price import Price
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def book_on_sale(acted: Stage, postage: int = 0) -> UUID:
    """Another book, 125.00 incl. 6 % VAT."""
    made = acted.institute
    offered = OfferGoods("Boken", Money(125_00), Money(postage), VAT_6)
    return made.services.goods.offer(made.admin, offered).answer.goods_id


def test_a_seat_and_the_book_on_a_page(acted: Stage) -> None:
    """S08: 6 000.00 + 1 500.00 and 117.92 + 7.08, in all 7 625.00; one invoice; the book is on the dispatch list."""
    goods, made, browser = book_on_sale(acted), acted.institute, acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    assert page.says("Köp till", "Boken, 125 kr", "Boken om möten, 125 kr", "Boka 1 plats · 7 500 kr inkl. moms")
    chosen = browser.send(page, "wanted", do="sum", goods=str(goods), goods_address="Storgatan 1\n111 22 Stockholm")
    assert chosen.says("Boken: 1 à 125 kr inkl. moms", "6 000,00", "1 500,00", "117,92", "7,08", "7 625,00")
    assert chosen.says("Boka 1 plats · 7 625 kr inkl. moms") and f'value="{goods}" selected' in chosen.html

    booked = browser.send(chosen, "wanted", do="book", goods=str(goods))

    assert booked.says("Bokningen är gjord.", "Faktura 1", "7 625")
    [row] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    view = made.services.invoice_questions.one(made.finance, row.document_id)
    assert [(each.net.amount, each.vat.amount) for each in view.lines] == [(6_000_00, 1_500_00), (117_92, 7_08)]
    assert row.gross == 7_625_00
    [to_send] = made.services.goods_questions.to_dispatch(made.admin)
    assert (to_send.title, to_send.quantity, to_send.address) == ("Boken", 1, "Storgatan 1\n111 22 Stockholm")


def test_postage_is_a_line_of_its_own_and_copies_count(acted: Stage) -> None:
    """S07 beside a seat: 353.77 + 21.23, 46.23 + 2.77."""
    goods, browser = str(book_on_sale(acted, 49_00)), acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    chosen = browser.send(page, "wanted", do="sum", goods=goods, copies="3")
    assert chosen.says("Boken: 3 à 125 kr", "353,77", "21,23", "Porto", "46,23", "2,77", "7 924,00")


def test_what_is_wrong_with_the_book_is_said_at_its_field(acted: Stage) -> None:
    goods, made, browser = book_on_sale(acted), acted.institute, acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    for typed, field in (
        ({"copies": "1"}, "goods_address"),
        ({"copies": "0", "goods_address": "Storgatan 1"}, "copies"),
        ({"copies": "två", "goods_address": "Storgatan 1"}, "copies"),
    ):
        wrong = browser.send(page, "wanted", **{"do": "book", "goods": str(goods), **typed})
        assert wrong.status == 422 and f'id="{field}-problem"' in wrong.html, typed
    made.services.goods.withdraw(made.admin, WithdrawGoods(goods))
    gone = browser.send(page, "wanted", do="book", goods=str(goods), goods_address="Storgatan 1")
    assert gone.status == 409 and gone.says("”Boken” säljs inte längre.")


def test_a_book_with_a_free_seat_is_paid_by_who_is_told(acted: Stage) -> None:
    goods, made, browser = book_on_sale(acted), acted.institute, acted.browser("bertil")
    made.services.seasons.agree_prices(made.admin, AgreePrices(acted.conference, (Price(Money(0)),)))
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    chosen = browser.send(page, "wanted", do="sum", goods=str(goods), goods_address="Storgatan 1")
    assert chosen.says("Vem betalar", "125,00", "Boka 1 plats · 125 kr inkl. moms")
    booked = browser.send(chosen, "wanted", do="book", goods=str(goods), payer="me")
    assert booked.says("Bokningen är gjord.", "125 kr")
    [row] = made.services.invoice_questions.list(made.finance, DocumentFilter()).items
    assert (row.buyer, row.gross) == ("Bertil", 125_00)
