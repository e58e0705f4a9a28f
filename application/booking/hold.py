"""Seats paid by card at once: held while somebody pays, theirs when the money comes in time, or the money goes back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.billing.allotment import allot
from application.billing.invoice import Invoices
from application.booking.booking import BookHeld, BookingMade, Bookings
from application.booking.coverage import uncover_hold
from application.booking.held_seats import HOLD, Held, HoldSeats, hold_seats, own_hold, own_hold_in
from application.booking.waiting_rules import promise_price, rules_for
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import dry_run
from application.kernel.ports import Committed, Decisions, UniqueKeyTaken, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import UseCases, organiser_of
from application.payments.card import CardsUnavailable, PageWanted
from application.payments.checkout import CardPageOpened, CheckoutRef, Checkouts
from domain.booking.seating import Seating
from domain.kernel.errors import HoldLapsed, NotAllowed, RuleBroken
from domain.kernel.ids import BookingId, InvoiceId, SeasonId, derived, seating_of
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
from domain.programme.network import Network
from domain.programme.season import Season

SHORTEST_PAGE = timedelta(minutes=31)
"""The card company keeps a page open for half an hour at least; a payment after the hold goes back by itself."""


@dataclass(frozen=True)
class HoldView:
    """A hold as its holder sees it: seats, the sum in öre, until when (excluded), and what came of it.

    `state`: held, over (not paid in time), paid (it is being booked), booked, or returned (the money goes back; then
    `place` is the holder's place on the waiting list, 0 for none).
    """

    checkout_id: UUID
    season_id: SeasonId
    season: str
    network: str
    seats: int
    amount: int
    currency: str
    held_until: datetime
    state: str
    booking_id: BookingId | None
    place: int


class Holds(UseCases):
    """Hold, pay again, let go, confirm, lapse."""

    def __init__(self, decisions: Decisions, checkouts: Checkouts, bookings: Bookings, invoices: Invoices) -> None:
        super().__init__(decisions)
        self._checkouts, self._bookings, self._invoices = checkouts, bookings, invoices

    def hold(self, actor: Actor, command: HoldSeats, key: str | None = None) -> CardPageOpened:
        """Seats are held until an instant that the organiser's rule gives, and a page is opened to pay on.

        Raises NotAllowed, what `Bookings.make` raises, CardsUnavailable (the seats are held all the same), NoCards.
        """
        self._checkouts.cards_for(organiser_of(actor))
        if actor.person_id is None:
            raise NotAllowed(needs="member")
        seating_id = seating_of(command.season_id)
        held = self._record(actor, command, Held, lambda work: hold_seats(work, command), key, serial=(seating_id,))
        opened = self._open(held.answer, command.paid_url, command.back_url)
        return replace(opened, position=max(opened.position, held.position))

    def again(self, actor: Actor, checkout_id: UUID, paid_url: str, back_url: str) -> CardPageOpened:
        """The page once more for whoever turned back: the addresses as the first time. Raises NotFound, HoldLapsed."""
        return self._open(self._held(actor, checkout_id), paid_url, back_url)

    @dry_run
    def _held(self, work: UnitOfWork, checkout_id: UUID) -> Held:
        checkout = own_hold(work, checkout_id)
        if checkout.is_paid or checkout.is_expired or checkout_id not in _holds(work, checkout):
            raise HoldLapsed
        season = work.load(Season, checkout.season_id or checkout_id)
        return Held(checkout_id, checkout.amount, called(work, season))

    @dry_run
    def view(self, work: UnitOfWork, checkout_id: UUID) -> HoldView:
        """How it stands. Raises NotFound."""
        return _view_of(work, own_hold(work, checkout_id))

    @dry_run
    def mine(self, work: UnitOfWork, season_id: SeasonId) -> HoldView | None:
        """The seats that the actor holds in a season without having paid; None for none."""
        checkout = own_hold_in(work, season_id)
        view = _view_of(work, checkout) if checkout else None
        return view if view and view.state == "held" else None

    def let_go(self, actor: Actor, checkout_id: UUID) -> Committed[CheckoutRef]:
        """The seats are free again, and the page to pay on is closed. Raises NotFound."""
        season_id = self._decisions.dry_run(actor, lambda work: own_hold(work, checkout_id).season_id)
        recorded = self._free(actor, checkout_id, seating_of(SeasonId(season_id or checkout_id)), at_once=True)
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        if not checkout.is_paid and checkout.session:
            with suppress(CardsUnavailable):  # paid at this very moment: then it comes late
                self._checkouts.cards.close(checkout.session)
        return recorded

    def come_back(self, actor: Actor, checkout_id: UUID) -> int:
        """Somebody comes back from paying: ask how it stands and book at once, rather than wait for the notice.

        Says where it was recorded (0: nothing was). Raises NotFound, CardsUnavailable.
        """
        checkout = self._decisions.dry_run(actor, lambda work: own_hold(work, checkout_id))
        if checkout.booking_id is not None or checkout.refunds or not checkout.session:
            return 0
        self._checkouts.receive(self._checkouts.cards.look_up(checkout.session))
        return self.confirm(checkout_id)

    def confirm(self, checkout_id: UUID) -> int:
        """The money has come: the seats are booked, invoiced and paid; or it goes back and they are first in the queue.

        Each step may be broken off and done again, also by two at once. Says where it was recorded.
        """
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        if checkout.season_id is None or checkout.person_id is None or not checkout.is_paid:
            return 0
        booking_id, position = checkout.booking_id, 0
        if booking_id is None:
            try:
                booking = self._book(checkout)
            except (RuleBroken, UniqueKeyTaken):
                return self._give_up(checkout)
            booking_id, position = booking.answer.booking_id, booking.position
        issued = self._invoices.issue_for_booking(SYSTEM, checkout.organiser_id, booking_id)
        if issued.answer.invoice_id is None:
            return position
        return self._allot(checkout, issued.answer.invoice_id) or issued.position

    def lapse(self, checkout_id: UUID) -> None:
        """The time of a hold is over: its seats are free for others."""
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        if checkout.season_id is not None:
            self._free(SYSTEM, checkout_id, seating_of(checkout.season_id), at_once=False)

    def _open(self, held: Held, paid_url: str, back_url: str) -> CardPageOpened:
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, held.checkout_id))
        until = max(checkout.held_until or checkout.opened_at, checkout.opened_at + SHORTEST_PAGE)
        paid, back = (each.replace(HOLD, str(held.checkout_id)) for each in (paid_url, back_url))
        page = self._checkouts.cards.open(PageWanted(held.checkout_id, held.amount, held.title, paid, back, until))
        return CardPageOpened(held.checkout_id, page.address, self._checkouts.started(held.checkout_id, page.session))

    def _free(self, actor: Actor, checkout_id: UUID, seating_id: UUID, *, at_once: bool) -> Committed[CheckoutRef]:
        def decide(work: UnitOfWork) -> CheckoutRef:
            seating, checkout = work.load(Seating, seating_id), work.load(Checkout, checkout_id)
            seating.lapse(work.now)
            if at_once and not checkout.is_paid and checkout_id in seating.holds:
                seating.end_hold(checkout_id, work.now)
                uncover_hold(work, work.load(Season, SeasonId(checkout.season_id or checkout_id)), checkout)
            checkout.expire(work.now.date())
            return CheckoutRef(checkout_id)

        return self._record(actor, ("lapse", checkout_id, at_once), CheckoutRef, decide, serial=(seating_id,))

    def _book(self, checkout: Checkout) -> Committed[BookingMade]:
        actor = Actor(f"card:{checkout.id}", checkout.organiser_id, frozenset({Role.MEMBER}), checkout.person_id)
        season_id = SeasonId(checkout.season_id or checkout.id)
        return self._bookings.book_held(actor, BookHeld(season_id, checkout.id), f"hold/{checkout.id}")

    def _allot(self, checkout: Checkout, invoice_id: InvoiceId) -> int:
        def decide(work: UnitOfWork) -> CheckoutRef:
            payment = work.load(Payment, checkout.payment_id or checkout.id)
            allot(work, payment, invoice_id, payment.left, payment.arrived_on)
            if payment.left.amount:
                work.load(Checkout, checkout.id).ask_refund(derived(checkout.id, "left"), payment.left, None)
            return CheckoutRef(checkout.id)

        return self._record(SYSTEM, ("allot", checkout.id), CheckoutRef, decide, f"hold-allot/{checkout.id}").position

    def _give_up(self, checkout: Checkout) -> int:
        seating_id = seating_of(SeasonId(checkout.season_id or checkout.id))

        def decide(work: UnitOfWork) -> CheckoutRef:
            seating, known = work.load(Seating, seating_id), work.load(Checkout, checkout.id)
            if known.booking_id is not None:  # by somebody at the same moment
                return CheckoutRef(checkout.id)
            payment = work.load(Payment, checkout.payment_id or checkout.id)
            seating.lapse(work.now)
            if checkout.id in seating.holds:
                seating.end_hold(checkout.id, work.now)
            known.ask_refund(derived(checkout.id, "left"), payment.left, None)
            if known.person_id is not None and not seating.is_closed:
                place_id, season = derived(checkout.id, "place"), work.load(Season, SeasonId(seating.season_id))
                seating.join_queue_first(place_id, known.person_id, len(known.participants))
                promise_price(work, season, place_id, rules_for(work, season).price)
            return CheckoutRef(checkout.id)

        key = f"hold-given-up/{checkout.id}"
        return self._record(SYSTEM, ("given up", checkout.id), CheckoutRef, decide, key, serial=(seating_id,)).position


def _holds(work: UnitOfWork, checkout: Checkout) -> dict[UUID, object]:
    """The holds that have not lapsed."""
    seating = work.load(Seating, seating_of(SeasonId(checkout.season_id or checkout.id)))
    return {hold_id: held for hold_id, held in seating.holds.items() if held[1] > work.now}


def _view_of(work: UnitOfWork, checkout: Checkout) -> HoldView:
    """How a hold stands."""
    season_id = SeasonId(checkout.season_id or checkout.id)
    season, seating = work.load(Season, season_id), work.load(Seating, seating_of(season_id))
    places = [person for _, person, _ in seating.queue]
    until = checkout.held_until or checkout.opened_at
    return HoldView(
        checkout.id,
        season_id,
        season.title,
        work.load(Network, season.network_id).name,
        len(checkout.participants),
        checkout.amount.amount,
        checkout.amount.currency,
        until,
        _state(checkout, is_held=checkout.id in seating.holds and work.now < until),
        checkout.booking_id,
        places.index(checkout.person_id) + 1 if checkout.person_id in places else 0,
    )


def _state(checkout: Checkout, *, is_held: bool) -> str:
    if checkout.booking_id is not None:
        return "booked"
    if checkout.refunds:
        return "returned"
    if checkout.is_paid:
        return "paid"
    return "held" if is_held and not checkout.is_expired else "over"
