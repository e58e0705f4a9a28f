"""The book: alone, with postage, with a seat, and on its way."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.agreement import GoodsBeside
from application.booking.booking import MakeBooking
from application.booking.purchase import DispatchPurchase
from application.programme.goods import OfferGoods
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import PurchaseId
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.paper_trail import book_with_a_book, buy
from tests.scenarios.story import FREE, cancel, documents, invoices, seated, whole


def test_a_book_alone(institute: Institute) -> None:
    """S06: net 117.92, VAT 7.08, gross exactly 125.00."""
    buy(institute, institute.bolt, 1)

    assert invoices(institute) == [(117_92, 7_08, 125_00)]


def test_three_books_and_postage(institute: Institute) -> None:
    """S07: 353.77+21.23 and 46.23+2.77; 400.00, 24.00, 424.00."""
    buy(institute, institute.bolt, 3, postage=49)

    [row] = documents(institute)
    assert [(line.net.amount, line.vat.amount) for line in whole(institute, row).lines] == [
        (353_77, 21_23),
        (46_23, 2_77),
    ]
    assert (row.net, row.vat, row.gross) == (400_00, 24_00, 424_00)


def test_a_seat_and_a_book_stand_on_one_invoice(institute: Institute) -> None:
    """S08: 6 000.00/1 500.00 and 117.92/7.08, 7 625.00 in all; each line refers to what it is for."""
    conference = institute.conference()
    made = book_with_a_book(institute, conference)

    [row] = documents(institute)
    view = whole(institute, row)
    assert [(rate.basis_points, rate.net, rate.vat) for rate in view.rates] == [
        (2_500, 6_000_00, 1_500_00),
        (600, 117_92, 7_08),
    ]
    assert row.gross == 7_625_00
    [to_send] = institute.services.goods_questions.to_dispatch(institute.admin)
    assert [line.refers_to for line in view.lines] == [made, to_send.purchase_id]

    cancel(institute, institute.admin, made)
    [note] = documents(institute, "credit_note")
    assert (note.gross, note.refers_to_number) == (-7_500_00, row.number)


def test_a_free_seminar_with_a_book_is_invoiced_for_the_book(institute: Institute) -> None:
    seminar = institute.season("Seminarium", 40, FREE)
    book_with_a_book(institute, seminar)

    assert invoices(institute) == [(117_92, 7_08, 125_00)]


def test_a_book_is_sent_to_somebody(institute: Institute) -> None:
    offered = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(0), VAT_6))
    goods = GoodsBeside(offered.answer.goods_id, 1, "Storgatan 1")
    command = MakeBooking(institute.conference(), seated(None), institute.acme, goods=goods)

    with pytest.raises(BadValue):
        institute.services.bookings.make(institute.admin, command)


def test_what_has_been_sent_leaves_the_list(institute: Institute) -> None:
    for copies in (1, 2):
        buy(institute, institute.bolt, copies)
    institute.catch_up()
    questions = institute.services.goods_questions
    first, second = questions.to_dispatch(institute.admin)
    assert [(row.quantity, row.name, row.address) for row in (first, second)] == [
        (1, "Eva", "Storgatan 1"),
        (2, "Eva", "Storgatan 1"),
    ]

    sent = DispatchPurchase(PurchaseId(first.purchase_id), date(2026, 9, 2))
    institute.services.purchases.dispatch(institute.admin, sent)
    institute.catch_up()

    assert questions.to_dispatch(institute.admin) == (second,)
    with pytest.raises(NotAllowed):
        questions.to_dispatch(institute.finance)
