"""What is done with the card company beside the record: notices have their effect, refunds are sent, books compared."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.booking.hold import Holds
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock
from application.payments.card import (
    CardDifference,
    CardDispute,
    CardPayment,
    CardRefund,
    CardsUnavailable,
    Notice,
    Notices,
)
from application.payments.card_refund import CardRefunds
from application.payments.checkout import Checkouts
from application.payments.queries.payment import CheckoutRow, PaymentRecords
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.terms import day_in

_log = logging.getLogger(__name__)
_MOST = 20
COMPARED = timedelta(days=14)
"""How far back the books are compared."""

_SETTLING = timedelta(hours=2)
"""What was opened later than that may still be under way."""


_OURS = timedelta(days=1)
"""After so long a notice about something unknown is not ours."""

_TRIED_AGAIN = timedelta(minutes=10)
"""After so long a refund that could not be recorded is asked for again."""


class Differences(Protocol):
    """Where what was found is kept."""

    def replace(self, found: Sequence[CardDifference], owners: Mapping[UUID, UUID]) -> None:
        """Forget the last comparison and keep this one; `owners`: the organiser of each checkout."""


class CardJobs:
    """Every step may be broken off anywhere and done again: one payment, one refund, one state."""

    def __init__(
        self,
        checkouts: Checkouts,
        refunds: CardRefunds,
        holds: Holds,
        notices: Notices,
        records: PaymentRecords,
        differences: Differences,
        clock: Clock,
        is_sure: Callable[[], bool] = lambda: True,
    ) -> None:
        self._refunds = refunds
        self._checkouts, self._notices, self._records = checkouts, notices, records
        self._differences, self._clock = differences, clock
        self._sent: set[UUID] = set()
        self._lapsing = DueJob("holds", lambda: records.lapsed(clock.now()), holds.lapse, is_sure)
        self._again_at: dict[UUID, datetime] = {}

    def turn(self) -> bool:
        """Deal with what waits; False when nothing does. Holds end also where cards are taken no longer."""
        if not self._checkouts.takes_cards:
            return self._lapsing.turn()
        return self._hear() + self._refund() + self._lapsing.turn() > 0

    def _hear(self) -> int:
        done = 0
        for notice in self._notices.waiting(_MOST):
            try:
                outcome = self._outcome(notice)
            except PlatsError as error:  # whatever is wrong with one, the others are dealt with
                _log.warning("notice %s of the card company waits: %r", notice.notice_id, error)
                self._notices.later(notice.notice_id, type(error).__name__)
            else:
                self._notices.done(notice.notice_id, outcome)
                done += 1
        return done

    def _outcome(self, notice: Notice) -> str:
        """What came of it. What nobody here knows after a day is about somebody else's use of the same account."""
        try:
            return self._deal_with(notice)
        except NotFound:
            if notice.received_at is None or self._clock.now() < notice.received_at + _OURS:
                raise
            return "not ours"

    def _deal_with(self, notice: Notice) -> str:
        """The effect follows from how the thing stands now, so notices may come twice and in any order."""
        subject = self._checkouts.cards.told(notice.kind, notice.object_id)
        match subject:
            case CardPayment():
                self._checkouts.receive(subject)
            case CardRefund(checkout_id=checkout_id, refund_id=refund_id) if checkout_id and refund_id:
                self._refunds.settle(checkout_id, refund_id, subject)
            case CardDispute():
                self._checkouts.disputed(subject)
            case _:
                return "nothing to do"
        return "done"

    def _refund(self) -> int:
        """What was sent is not sent again while the read models come after; after a restart the company knows it."""
        done, now = 0, self._clock.now()
        asked = self._records.refunds_asked()
        self._sent &= {row.refund_id for row in asked}
        for row in asked:
            if row.refund_id in self._sent or self._again_at.get(row.refund_id, now) > now:
                continue
            try:
                refund = self._refunds.carry_out(row.checkout_id, row.refund_id)
                self._refunds.settle(row.checkout_id, row.refund_id, refund)
            except CardsUnavailable as error:
                _log.warning("refund %s waits: %s", row.refund_id, error)
                return done
            except PlatsError as error:  # whatever is wrong with one, the others are refunded
                _log.error("refund %s waits: %r", row.refund_id, error)
                self._again_at[row.refund_id] = now + _TRIED_AGAIN
                continue
            self._sent.add(row.refund_id)
            done += 1
        return done

    def compare(self) -> tuple[CardDifference, ...]:
        """Our card payments of the last fortnight beside the card company's; what does not agree is kept and listed.

        Nothing where no cards are taken. Raises CardsUnavailable.
        """
        if not self._checkouts.takes_cards:
            return ()
        now = self._clock.now()
        listed = list(self._checkouts.cards.payments_since(now - COMPARED))
        theirs = {each.checkout_id: each for each in listed if each.checkout_id is not None}
        rows = {each.checkout_id: each for each in self._records.checkouts(now - COMPARED - _SETTLING)}
        found = [_unknown(each) for each in listed if each.checkout_id not in rows]
        for checkout_id, row in rows.items():
            if row.opened_at < now - COMPARED and checkout_id not in theirs:
                continue
            difference = _compared(row, theirs.get(checkout_id))
            is_settled = row.opened_at < now - _SETTLING or row.state == "paid"
            if difference is not None and is_settled:
                found.append(difference)
        self._ask_for_fees(rows.values())
        self._differences.replace(found, {key: row.organiser_id for key, row in rows.items()})
        return tuple(found)

    def _ask_for_fees(self, rows: Iterable[CheckoutRow]) -> None:
        """What the company keeps of a payment is often not known yet when the payment is told."""
        for row in rows:
            if row.state == "paid" and not row.fee and row.session:
                self._checkouts.receive(self._checkouts.cards.look_up(row.session))


def _compared(row: CheckoutRow, told: CardPayment | None) -> CardDifference | None:
    """What a payment of ours and theirs do not agree on."""
    ours, theirs = row.amount if row.state == "paid" else 0, told.amount.amount if told else 0
    if ours == theirs:
        return None
    kind = "missing_here" if not ours else "missing_there" if not theirs else "amount"
    reference = row.session or str(row.checkout_id)
    return CardDifference(kind, reference, row.checkout_id, ours, theirs, row.paid_on or day_in(row.opened_at, "UTC"))


def _unknown(told: CardPayment) -> CardDifference:
    on = day_in(told.paid_at, "UTC") if told.paid_at else None
    return CardDifference("missing_here", told.session, told.checkout_id, 0, told.amount.amount, on)
