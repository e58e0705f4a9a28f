"""A cancellation: asked for, assessed by the terms, then settled once: granted, waived, declined or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from domain.booking.cancellation import Cancellation, CancellationSettled
from domain.kernel.documents import Line, sums
from domain.kernel.ids import BookingId, SeasonId
from domain.kernel.money import WHOLE, Money
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Assessment
from domain.programme.price import Price, PriceList
from tests.domain.agreements import booking
from tests.domain.vocabulary import ANNA, NOON, ORGANISER, fact, given, kronor

REASON = Encrypted("person", ANNA, "", "reason", b"...")
ODD = PriceList(1, (Price(Money(10_001)),))


def asked(kept: int, prices: PriceList | None = None) -> Cancellation:
    """A request to give up one seat, with the terms' answer."""
    made = booking(ANNA, prices=prices) if prices else booking(ANNA)
    request = Cancellation(
        id=UUID(int=91),
        organiser_id=ORGANISER,
        booking_id=BookingId(made.id),
        season_id=SeasonId(UUID(int=31)),
        seats=(1,),
        received_at=NOON,
        plea=None,
    )
    request.assess(Assessment(0, kept, None, None, None), made.credit_for((1,), kept), made.credit_for((1,), 0))
    return request


def test_it_is_settled_as_the_terms_say() -> None:
    request = asked(5_000)

    given(request).when(Cancellation.grant, "admin").then(
        fact(Cancellation.Granted, organiser_id=ORGANISER, credit=request.credit, decided_by="admin")
    )
    assert sums(request.credited).gross == kronor(3_750)


@pytest.mark.parametrize(("kept", "rest"), [(0, 0), (5_000, 62_51), (3_300, 41_25), (WHOLE, 125_01)])
def test_what_is_waived_afterwards_is_what_had_been_kept(kept: int, rest: int) -> None:
    request = asked(kept, ODD)
    request.grant("admin")
    granted = sums(request.credited).gross

    given(request).when(Cancellation.waive, REASON, "admin").then(
        fact(Cancellation.Waived, organiser_id=ORGANISER, credit=_credit_of(request), reason=REASON, decided_by="admin")
    )

    assert (sums(request.credited).gross - granted).amount == rest
    assert sums(request.credited).gross == sums(request.price).gross == Money(125_01)


def test_an_open_request_is_waived_whole() -> None:
    request = asked(WHOLE)
    request.waive(REASON, "admin")

    assert (request.status, sums(request.credited).gross) == ("waived", kronor(7_500))


SETTLE: list[tuple[str, Callable[[Cancellation], None]]] = [
    ("granted", lambda request: request.grant("admin")),
    ("waived", lambda request: request.waive(REASON, "admin")),
    ("declined", lambda request: request.decline(REASON, "admin")),
    ("withdrawn", lambda request: request.withdraw()),
]


@pytest.mark.parametrize(("status", "settle"), SETTLE)
def test_it_is_settled_once(status: str, settle: Callable[[Cancellation], None]) -> None:
    request = asked(5_000)
    settle(request)

    given(request).when(Cancellation.grant, "admin").refused(CancellationSettled, status=status)
    given(request).when(Cancellation.decline, REASON, "admin").refused(CancellationSettled, status=status)
    given(request).when(Cancellation.withdraw).refused(CancellationSettled, status=status)
    given(request).when(Cancellation.assess, request_assessment(), (), ()).refused(CancellationSettled)
    if status != "granted":
        given(request).when(Cancellation.waive, REASON, "admin").refused(CancellationSettled, status=status)


def test_it_is_waived_once() -> None:
    request = asked(5_000)
    request.grant("admin")
    request.waive(REASON, "admin")

    given(request).when(Cancellation.waive, REASON, "admin").refused(CancellationSettled, status="waived")


def request_assessment() -> Assessment:
    return Assessment(0, 0, None, None, None)


def _credit_of(request: Cancellation) -> tuple[Line, ...]:
    """What is left of each line, where anything is."""
    given_back = request.credited or tuple(each.less(WHOLE) for each in request.price)
    rest = [price.minus(back) for price, back in zip(request.price, given_back, strict=True)]
    return tuple(each for each in rest if each.gross.amount)
