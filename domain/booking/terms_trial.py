"""A trial of cancellation terms on history: what other terms would have given back for cancellations that were made.

Nothing is recorded by a trial (S73). It answers for the cancellations alone: whether people would have cancelled on the
same days under other terms, nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from domain.billing.crediting import credit_of
from domain.booking.cancellation import Cancellation, CancellationStatus
from domain.kernel.documents import sums
from domain.kernel.ids import BookingId, CancellationId
from domain.kernel.terms import Terms

_COUNTED = CancellationStatus.GRANTED, CancellationStatus.WAIVED


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What seats cost, what was given back for them, and what the terms tried give back, in öre.

    `net` is excluding VAT. `credited`: what was given back, kindness of the desk included.
    `credit`: by the terms tried.
    """

    price_net: int
    price: int
    credited_net: int
    credited: int
    credit_net: int
    credit: int


@dataclass(frozen=True, kw_only=True)
class TriedCancellation(Tried):
    """A cancellation under its own terms and under those that are tried.

    `is_waived`: the desk was kind. `kept` and `kept_then`: the share that is kept by the terms tried and by its own, in
    basis points, where it had any. Whole kronor are not rounded to. `received_at`: UTC.
    """

    cancellation_id: CancellationId
    booking_id: BookingId
    seats: tuple[int, ...]
    received_at: datetime
    is_waived: bool
    kept_then: int | None
    kept: int

    @property
    def more_kept(self) -> int:
        """What the organiser would have kept more, including VAT; below zero: less."""
        return self.credited - self.credit


@dataclass(frozen=True, kw_only=True)
class TrialSums(Tried):
    """What the cancellations of a trial come to. `kept_then` of what they cost, `kept` by the terms tried.

    `more_kept`: what the organiser would have kept more, below zero less.
    """

    kept_then_net: int
    kept_then: int
    kept_net: int
    kept: int
    more_kept_net: int
    more_kept: int


def counts(cancellation: Cancellation) -> bool:
    """Whether terms have decided about it: granted or waived, of seats that cost something, and no move elsewhere."""
    return cancellation.status in _COUNTED and bool(cancellation.price) and cancellation.moved_to is None


def tried(terms: Terms, cancellation: Cancellation) -> TriedCancellation:
    """What terms would have given back at the instant a cancellation arrived."""
    kept = terms.assess(cancellation.received_at).kept
    price, then = sums(cancellation.price), sums(cancellation.credited)
    credit = sums(credit_of(cancellation.price, kept, fee_outside_vat=terms.fee_outside_vat))
    return TriedCancellation(
        cancellation_id=cancellation.cancellation_id,
        booking_id=cancellation.booking_id,
        seats=cancellation.seats,
        received_at=cancellation.received_at,
        is_waived=cancellation.status is CancellationStatus.WAIVED,
        kept_then=cancellation.assessment.kept if cancellation.assessment else None,
        kept=kept,
        price_net=price.net.amount,
        price=price.gross.amount,
        credited_net=then.net.amount,
        credited=then.gross.amount,
        credit_net=credit.net.amount,
        credit=credit.gross.amount,
    )


def summed(rows: Iterable[TriedCancellation]) -> TrialSums:
    """What they come to together."""
    every = list(rows)
    total = {each.name: sum(getattr(row, each.name) for row in every) for each in fields(Tried)}
    both = Tried(**total)
    return TrialSums(
        **total,
        kept_then_net=both.price_net - both.credited_net,
        kept_then=both.price - both.credited,
        kept_net=both.price_net - both.credit_net,
        kept=both.price - both.credit,
        more_kept_net=both.credited_net - both.credit_net,
        more_kept=both.credited - both.credit,
    )
