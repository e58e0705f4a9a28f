"""Seats paid by card at once: held while somebody pays, theirs when the money comes in time, or the money goes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.actor import SYSTEM, Actor, Role
from application.booking import BookingMade, Bookings, MakeBooking
from application.card import PageWanted
from application.checkout import CardPageOpened, CheckoutRef, Checkouts, allot
from application.invoice import Invoices
from application.participant import Participant
from application.payer import payer_of, quote_for
from application.payment import rules_of
from application.ports import ClaimTaken, Decisions, Recorded, Work
from application.use_case import UseCases, load_for
from domain.checkout import Checkout
from domain.errors import BadValue, NotAllowed, RuleBroken
from domain.ids import InvoiceId, OrganisationId, PersonId, SeasonId, derived, seating_of
from domain.money import Money
from domain.payment import Payment
from domain.season import Season
from domain.seating import Seating

SHORTEST_PAGE = timedelta(minutes=31)
"""The card company keeps a page open for half an hour at least; a payment after the hold goes back by itself."""


@dataclass(frozen=True)
class HoldSeats:
    """Seats for people who are known (None: to be named later), paid by card now. The payer as in a booking."""

    season_id: SeasonId
    participants: tuple[PersonId | None, ...]
    paid_url: str
    back_url: str
    organisation_id: OrganisationId | None = None
    shown: int | None = None


@dataclass(frozen=True)
class _Held:
    checkout_id: UUID
    amount: Money
    title: str


class Holds(UseCases):
    """Hold, confirm, lapse."""

    def __init__(self, decisions: Decisions, checkouts: Checkouts, bookings: Bookings, invoices: Invoices) -> None:
        super().__init__(decisions)
        self._checkouts, self._bookings, self._invoices = checkouts, bookings, invoices

    def hold(self, actor: Actor, command: HoldSeats, key: str | None = None) -> CardPageOpened:
        """Seats are held until an instant that the organiser's rule gives, and a page is opened to pay on.

        Raises NotAllowed, SeatsShort, SeatsPromised, BookingNotOpen, NoPriceForBuyer, CardsUnavailable, NoCards.
        """
        cards = self._checkouts.cards
        if actor.person_id is None:
            raise NotAllowed(needs="member")
        seating_id = seating_of(command.season_id)
        held = self._record(actor, command, _Held, lambda work: _hold(work, command), key, serial=(seating_id,))
        due = held.answer
        checkout = self._decisions.look(SYSTEM, lambda work: work.load(Checkout, due.checkout_id))
        until = max(checkout.held_until or checkout.opened_at, checkout.opened_at + SHORTEST_PAGE)
        wanted = PageWanted(due.checkout_id, due.amount, due.title, command.paid_url, command.back_url, until)
        page = cards.open(wanted)
        position = self._checkouts.started(due.checkout_id, page.session).position
        return CardPageOpened(due.checkout_id, page.address, max(position, held.position))

    def confirm(self, checkout_id: UUID) -> None:
        """The money has come: the seats are booked, invoiced and paid; or it goes back and they are first in the queue.

        Each step may be broken off and done again.
        """
        checkout = self._decisions.look(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        if checkout.season_id is None or checkout.person_id is None:
            return
        try:
            booking = self._book(checkout).answer
        except (RuleBroken, ClaimTaken):
            self._give_up(checkout)
            return
        issued = self._invoices.issue_for_booking(SYSTEM, checkout.organiser_id, booking.booking_id).answer
        if issued.invoice_id is not None:
            self._allot(checkout, issued.invoice_id)

    def lapse(self, checkout_id: UUID) -> None:
        """The time of a hold is over: its seats are free for others."""
        checkout = self._decisions.look(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        if checkout.season_id is None:
            return
        seating_id = seating_of(checkout.season_id)

        def decide(work: Work) -> CheckoutRef:
            work.load(Seating, seating_id).lapse(work.now)
            work.load(Checkout, checkout_id).expire(work.now.date())
            return CheckoutRef(checkout_id)

        self._record(SYSTEM, ("lapse", checkout_id), CheckoutRef, decide, serial=(seating_id,))

    def _book(self, checkout: Checkout) -> Recorded[BookingMade]:
        actor = Actor(f"card:{checkout.id}", checkout.organiser_id, frozenset({Role.MEMBER}), checkout.person_id)
        command = MakeBooking(
            SeasonId(checkout.season_id or checkout.id),
            tuple(Participant(person) for person in checkout.participants),
            OrganisationId(checkout.organisation_id) if checkout.organisation_id else None,
            shown=checkout.amount.amount,
            hold_id=checkout.id,
        )
        return self._bookings.make(actor, command, f"hold/{checkout.id}")

    def _allot(self, checkout: Checkout, invoice_id: InvoiceId) -> None:
        def decide(work: Work) -> CheckoutRef:
            payment = work.load(Payment, checkout.payment_id or checkout.id)
            allot(work, payment, invoice_id, payment.left, payment.arrived_on)
            if payment.left.amount:
                work.load(Checkout, checkout.id).ask_refund(derived(checkout.id, "left"), payment.left, None)
            return CheckoutRef(checkout.id)

        self._record(SYSTEM, ("allot", checkout.id), CheckoutRef, decide, f"hold-allot/{checkout.id}")

    def _give_up(self, checkout: Checkout) -> None:
        seating_id = seating_of(SeasonId(checkout.season_id or checkout.id))

        def decide(work: Work) -> CheckoutRef:
            payment = work.load(Payment, checkout.payment_id or checkout.id)
            seating, known = work.load(Seating, seating_id), work.load(Checkout, checkout.id)
            seating.lapse(work.now)
            known.ask_refund(derived(checkout.id, "left"), payment.left, None)
            if known.person_id is not None and not seating.is_closed:
                seating.join_queue_first(derived(checkout.id, "place"), known.person_id, len(known.participants))
            return CheckoutRef(checkout.id)

        key = f"hold-given-up/{checkout.id}"
        self._record(SYSTEM, ("given up", checkout.id), CheckoutRef, decide, key, serial=(seating_id,))


def _hold(work: Work, command: HoldSeats) -> _Held:
    if not 1 <= len(command.participants) <= 100:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    payer = payer_of(work, season, command.organisation_id, work.actor.person_id, "")
    amount = quote_for(work, season, payer, len(command.participants)).sums.gross
    if not amount.amount:
        raise BadValue(field="participants", why="what is free needs no card: book it")
    until = work.now + timedelta(minutes=rules_of(work, season.organiser_id).hold_minutes)
    checkout_id = work.new_id()
    seating = load_for(work, Seating, seating_of(command.season_id))
    seating.lapse(work.now)
    seating.hold(checkout_id, len(command.participants), until)
    work.add(
        Checkout(
            id=checkout_id,
            organiser_id=season.organiser_id,
            invoice_id=None,
            amount=amount,
            opened_at=work.now,
            season_id=command.season_id,
            person_id=work.actor.person_id,
            organisation_id=command.organisation_id,
            participants=command.participants,
            held_until=until,
        )
    )
    return _Held(checkout_id, amount, season.title)
