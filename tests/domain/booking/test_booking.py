"""A booking: seats are named, handed over and given up one by one, and what is given back never exceeds the price."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.billing.crediting import reinstatement_of
from domain.booking.booking import Booking, BookingEnded, LaterCancellationFirst, SeatGivenUp
from domain.booking.seat import AlreadySeated, SeatHasName
from domain.kernel.documents import LineKind, line, sums
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import CancellationId, InvoiceId, TransferId
from domain.kernel.money import WHOLE, Money
from domain.kernel.vat import VAT_25
from domain.programme.price import Per, Price, PriceList
from tests.domain.agreements import BOOKING, CLUSTER, CONFERENCE, booking
from tests.domain.vocabulary import ACME, ANNA, BERTIL, BO, BOLT, CECILIA, NOON, ORGANISER, fact, given, kronor

CANCELLATION, TRANSFER = CancellationId(UUID(int=71)), TransferId(UUID(int=72))
EXTRA = line(LineKind.DIFFERENCE, "Konferens", 1, kronor(6_000), VAT_25).about(TRANSFER)


def test_a_seat_to_be_named_gets_its_person() -> None:
    named = fact(Booking.ParticipantNamed, seat=2, person_id=BO, organisation_id=ACME, named_at=NOON)

    given(booking(ANNA, None)).when(Booking.name_participant, 2, BO, ACME, NOON).then(named)


def test_naming_the_same_person_again_changes_nothing() -> None:
    given(booking(ANNA)).when(Booking.name_participant, 1, ANNA, ACME, NOON).then()


def test_a_named_seat_is_not_named_anew() -> None:
    given(booking(ANNA)).when(Booking.name_participant, 1, BO, ACME, NOON).refused(SeatHasName, seat=1)


def test_nobody_is_named_for_two_seats() -> None:
    given(booking(ANNA, None)).when(Booking.name_participant, 2, ANNA, ACME, NOON).refused(AlreadySeated, seat=1)


def test_there_is_no_third_seat_of_two() -> None:
    given(booking(ANNA, None)).when(Booking.name_participant, 3, BO, ACME, NOON).refused(NotFound)


def test_a_seat_is_handed_over() -> None:
    given(booking(ANNA)).when(Booking.hand_over, 1, TRANSFER, BERTIL, ACME, (), NOON).then(
        fact(
            Booking.SeatTransferred,
            organiser_id=ORGANISER,
            seat=1,
            transfer_id=TRANSFER,
            from_person_id=ANNA,
            to_person_id=BERTIL,
            organisation_id=ACME,
            difference=(),
            transferred_at=NOON,
        )
    )


def test_a_seat_is_not_handed_to_somebody_who_sits_there() -> None:
    given(booking(ANNA, BERTIL)).when(Booking.hand_over, 1, TRANSFER, BERTIL, ACME, (), NOON).refused(AlreadySeated)


def test_one_of_three_is_given_up() -> None:
    made = booking(ANNA, BERTIL, BO)
    back = made.credit_for((2,), 0)

    assert (sums(back).net, sums(back).vat) == (kronor(6_000), kronor(1_500))
    given(made).when(Booking.give_up, (2,), CANCELLATION, back, NOON).then(
        fact(
            Booking.SeatsCancelled,
            organiser_id=ORGANISER,
            seats=(2,),
            cancellation_id=CANCELLATION,
            credited=back,
            cancelled_at=NOON,
        )
    )
    assert [seat.no for seat in made.held] == [1, 3]


def test_a_booking_ends_with_its_last_seat() -> None:
    given(booking(ANNA)).when(Booking.give_up, (1,), None, (), NOON).then(
        fact(
            Booking.SeatsCancelled,
            organiser_id=ORGANISER,
            seats=(1,),
            cancellation_id=None,
            credited=(),
            cancelled_at=NOON,
        ),
        fact(Booking.Ended, reason="cancelled", ended_at=NOON),
    )


def test_a_seat_is_not_given_up_twice() -> None:
    made = booking(ANNA, BERTIL)
    made.give_up((1,), CANCELLATION, (), NOON)

    given(made).when(Booking.give_up, (1,), CANCELLATION, (), NOON).refused(SeatGivenUp, seat=1)
    given(made).when(Booking.credit_for, (1, 2), 0).refused(SeatGivenUp, seat=1)
    given(made).when(Booking.hand_over, 1, TRANSFER, BO, ACME, (), NOON).refused(SeatGivenUp)
    given(made).when(Booking.name_participant, 1, BO, ACME, NOON).refused(SeatGivenUp)


def test_nothing_is_left_to_change_when_it_has_ended() -> None:
    made = booking(ANNA)
    made.give_up((1,), None, (), NOON)

    given(made).when(Booking.give_up, (1,), None, (), NOON).refused(BookingEnded, reason="cancelled")
    given(made).when(Booking.credit_for, (), 0).refused(BookingEnded)
    given(made).when(Booking.name_participant, 1, BO, ACME, NOON).refused(BookingEnded)


@pytest.mark.parametrize("numbers", [(), (1, 1)])
def test_each_seat_is_given_up_by_name_and_once(numbers: tuple[int, ...]) -> None:
    given(booking(ANNA, BERTIL)).when(Booking.give_up, numbers, None, (), NOON).refused(BadValue, field="seats")
    given(booking(ANNA, BERTIL)).when(Booking.credit_for, numbers, 0).refused(BadValue, field="seats")


def test_the_price_of_an_organisation_is_given_back_with_its_last_seat_only() -> None:
    made = booking(ANNA, None, prices=CLUSTER)

    assert made.credit_for((1,), 0) == ()
    assert sums(made.credit_for((1, 2), 0)).gross == kronor(31_250)
    made.give_up((1,), CANCELLATION, (), NOON)
    assert sums(made.credit_for((2,), 5_000)).gross == kronor(15_625)


def test_what_a_transfer_cost_goes_back_to_its_own_invoice() -> None:
    made = booking(ANNA, BO)
    made.hand_over(1, TRANSFER, CECILIA, BOLT, (EXTRA,), NOON)

    back = {each.refers_to: each.gross for each in made.credit_for((1,), 0)}

    assert back == {TRANSFER: kronor(7_500), BOOKING: kronor(7_500)}


def test_a_seat_handed_on_again_gives_back_every_difference() -> None:
    made = booking(ANNA)
    second = EXTRA.about(InvoiceId(UUID(int=99)))
    made.hand_over(1, TRANSFER, CECILIA, BOLT, (EXTRA,), NOON)
    made.hand_over(1, TRANSFER, BERTIL, ACME, (), NOON)
    made.hand_over(1, TRANSFER, BO, BOLT, (second,), NOON)

    assert sums(made.credit_for((1,), 0)).gross == kronor(22_500)


def test_nothing_is_given_back_when_all_is_kept() -> None:
    assert booking(ANNA).credit_for((1,), WHOLE) == ()


def test_nothing_is_given_back_of_what_was_free() -> None:
    made = booking(ANNA, prices=PriceList(1, (Price(kronor(0)),)), terms=None)

    assert made.assess(NOON).kept == 0
    assert made.credit_for((1,), 0) == ()


def test_three_seats_at_an_odd_price_with_a_third_kept_add_up() -> None:
    odd = PriceList(1, (Price(Money(10_001)),))
    made = booking(ANNA, BERTIL, BO, prices=odd)
    parts = [sums(made.credit_for((no,), 3_300)).gross for no in (1, 2, 3)]

    assert [part.amount for part in parts] == [83_76, 83_77, 83_76]
    assert sums(made.credit_for((1, 2, 3), 0)).gross == made.quote.sums.gross


def test_the_terms_of_its_own_day_count() -> None:
    made = booking(ANNA)

    assert made.assess(NOON).kept == 0
    assert made.assess(NOON.replace(year=2027, month=1, day=3)).kept == WHOLE
    assert made.assess(NOON).until == NOON.replace(year=2027, month=1, day=2, hour=23)


def test_a_quote_of_a_whole_organisation_has_one_line() -> None:
    made = booking(None, None, prices=CLUSTER)

    assert [(each.quantity, each.net) for each in made.quote.lines] == [(1, kronor(25_000))]
    assert made.quote.price.per is Per.ORGANISATION
    assert CONFERENCE.version == made.quote.price_version == 1
    assert made.quote.decided_on == date(2026, 12, 1)


TWO_AND_MORE = PriceList(1, (Price(kronor(32_000), per=Per.ORGANISATION, persons=2, extra=Money(9_000_01)),))


def give_up(made: Booking, cancellation: int, kept: int, *numbers: int) -> Money:
    """Seats go by a cancellation; what it gives back, without VAT."""
    credit = made.credit_for(numbers, kept)
    made.give_up(numbers, CancellationId(UUID(int=cancellation)), credit, NOON)
    return sums(credit).net


def four() -> Booking:
    return booking(ANNA, None, BERTIL, BO, prices=TWO_AND_MORE)


def test_each_extra_person_less_gives_their_price_back_whoever_it_is() -> None:
    made = four()

    assert [give_up(made, no, 0, no) for no in (1, 4)] == [Money(9_000_01), Money(9_000_01)]
    assert [give_up(made, no, 0, no) for no in (2, 3)] == [Money(0), kronor(32_000)]
    assert made.ended_for
    assert give_up(four(), 1, 0, 2, 4, 1) == Money(18_000_02)
    assert give_up(four(), 1, 0, 4, 3, 2, 1) == Money(50_000_02)
    assert give_up(four(), 1, WHOLE, 4) == Money(0)


def test_an_extra_person_who_comes_after_all_is_charged_once_and_given_back_once() -> None:
    """A part was kept, then the cancellation is undone: the rest stands on the new invoice, and both go back."""
    made, first = four(), CancellationId(UUID(int=1))
    given = made.credit_for((4,), 3_333)
    made.give_up((4,), first, given, NOON)
    made.reinstate((4,), first, given, NOON)

    back = made.credit_for((2,), 0)

    assert [each.refers_to for each in back] == [BOOKING, reinstatement_of(first)]
    assert sums(back).net == Money(9_000_01) and {each.seat for each in back} == {2}
    assert give_up(made, 2, 0, 1, 2, 3, 4) == Money(50_000_02)


def test_an_earlier_extra_person_does_not_come_back_while_a_later_one_stays_away() -> None:
    """Then two would sit there, and three be paid for."""
    made = four()
    back = {no: made.credit_for((no,), 0) for no in (4,)}
    give_up(made, 4, 0, 4)
    back[3] = made.credit_for((3,), 0)
    give_up(made, 3, 0, 3)
    give_up(made, 2, 0, 2)

    given(made).when(Booking.reinstate, (4,), CancellationId(UUID(int=4)), back[4], NOON).refused(
        LaterCancellationFirst
    )
    made.reinstate((2,), CancellationId(UUID(int=2)), (), NOON)
    made.reinstate((4,), CancellationId(UUID(int=4)), back[4], NOON)
    made.reinstate((3,), CancellationId(UUID(int=3)), back[3], NOON)
    assert give_up(made, 5, 0, 1, 2, 3, 4) == Money(50_000_02)
