"""What is left of a document's lines after something was credited of them."""

from __future__ import annotations

from uuid import UUID

from domain.billing.crediting import left_of
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.money import Money
from domain.kernel.vat import EXEMPT

BOOKED, AGAIN = UUID(int=1), UUID(int=2)


def test_what_is_credited_of_a_thing_is_taken_off_it_whatever_another_things_lines_are_called() -> None:
    """An extra person invoiced anew is most like the credited one; the booking has paid its own, so it comes off it."""
    lines = (_of(BOOKED, LineKind.SEAT, 152), _of(BOOKED, LineKind.EXTRA, 2), _of(AGAIN, LineKind.EXTRA, 4, seat=1))
    by_hand, cancelled = _of(BOOKED, LineKind.EXTRA, 2), _of(BOOKED, LineKind.EXTRA, 2, seat=1)

    left = left_of(lines, (by_hand.reversed(), cancelled.reversed()))

    assert [each.net for each in left] == [150, 0, 4]


def test_what_a_thing_has_no_longer_is_taken_off_another() -> None:
    lines = (_of(BOOKED, LineKind.SEAT, 3), _of(AGAIN, LineKind.SEAT, 4))

    left = left_of(lines, (_of(BOOKED, LineKind.SEAT, 5).reversed(),))

    assert [each.net for each in left] == [0, 2]


def _of(thing: UUID, kind: LineKind, net: int, seat: int | None = None) -> Line:
    made = line(kind, kind.value, 1, Money(net), EXEMPT).about(thing)
    return made if seat is None else made.for_seat(seat)
