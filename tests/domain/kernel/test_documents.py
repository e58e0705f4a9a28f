"""Lines and sums of documents: VAT is worked out per line, and what is given back and kept add up to it."""

from __future__ import annotations

from domain.kernel.documents import LineKind, line, ocr_of, sums, sums_per_rate
from domain.kernel.money import WHOLE, Money
from domain.kernel.vat import NO_VAT, VAT_6, VAT_25
from tests.domain.vocabulary import kronor


def test_vat_is_worked_out_once_for_a_line_and_not_for_each_copy() -> None:
    """S07: three books of 125 kr incl. 6 % are 353.77 and 21.23; per copy it would have been 374.99 in all."""
    books = line(LineKind.GOODS, "Boken", 3, kronor(125), VAT_6, unit_includes_vat=True)

    assert (books.net.amount, books.vat.amount, books.gross.amount) == (353_77, 21_23, 375_00)


def test_a_document_sums_each_rate_by_itself() -> None:
    """S08: a member's conference seat and a book: two rates, 7 625.00 in all."""
    seat = line(LineKind.SEAT, "Konferens", 1, kronor(6_000), VAT_25)
    book = line(LineKind.GOODS, "Boken", 1, kronor(125), VAT_6, unit_includes_vat=True)

    rates = [(rate.basis_points, each.net.amount, each.vat.amount) for rate, each in sums_per_rate([book, seat])]

    assert rates == [(2_500, 6_000_00, 1_500_00), (600, 117_92, 7_08)]
    assert sums([seat, book]).gross == kronor(7_625)


def test_what_is_kept_and_what_is_given_back_add_up_with_odd_ore() -> None:
    odd = line(LineKind.SEAT, "Konferens", 3, Money(10_001), VAT_25)

    back = [odd.part(number, 3).less(3_300) for number in (1, 2, 3)]
    kept = [odd.part(number, 3).minus(given) for number, given in zip((1, 2, 3), back, strict=True)]

    assert sums(back + kept).gross == odd.gross
    assert sums(back + kept).net == odd.net


def test_what_is_kept_whole_gives_nothing_back() -> None:
    assert line(LineKind.SEAT, "Konferens", 1, kronor(100), VAT_25).less(WHOLE).gross.amount == 0


def test_what_is_outside_vat_has_none() -> None:
    assert line(LineKind.SEAT, "Medlemsavgift", 1, kronor(100), NO_VAT).vat.amount == 0


def test_sums_are_in_the_currency_of_their_lines() -> None:
    seat = line(LineKind.SEAT, "Conference", 1, Money(100_00, "EUR"), VAT_25)

    assert sums([seat]).gross == Money(125_00, "EUR")
    assert sums([], "EUR").gross == Money(0, "EUR")
    assert [rate.basis_points for rate, _ in sums_per_rate([seat])] == [2_500]


def test_a_payment_reference_has_a_length_and_a_check_digit() -> None:
    assert [ocr_of(number) for number in (1, 12345, 99)] == ["133", "1234574", "9944"]


def test_a_credit_line_is_quantity_times_unit_whatever_part_it_is() -> None:
    """S27: one of three seats is 1 × 6 000; a third that does not come out even, or a price with VAT, is one unit."""
    seats = line(LineKind.SEAT, "Konferens", 3, kronor(6_000), VAT_25)
    odd = line(LineKind.SEAT, "Konferens", 3, Money(10_001), VAT_25)
    books = line(LineKind.GOODS, "Boken", 3, kronor(125), VAT_6, unit_includes_vat=True)

    back = [
        seats,
        seats.part(2, 3),
        seats.less(3_333),
        odd.part(1, 2),
        odd.less(1),
        books,
        books.minus(books.part(1, 3)),
    ]

    for credit in (each.reversed() for each in back):
        assert credit.unit.times(credit.quantity) == credit.net, credit
        assert not credit.unit_includes_vat
    assert (seats.part(2, 3).quantity, seats.part(2, 3).unit) == (1, kronor(6_000))
    assert seats.minus(seats.part(1, 3)).quantity == 2
