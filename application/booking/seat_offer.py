"""Waiting lists that move: a seat that has become free is offered to whoever is next, accepted, declined, or lapses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.agreement import facts_of, with_turn
from application.booking.booking import BookingMade, MakeBooking, booked
from application.booking.seat import may_sit, refusal_of, seat_claim
from application.booking.waiting_rules import promise_price, rules_for
from application.kernel.actor import SYSTEM, Role
from application.kernel.command import admin, command, dry_run, seats
from application.kernel.payer import TypedBuyer, booker_of
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for
from application.people.participant import TO_BE_NAMED, Participant
from domain.booking.price_promise import PricePromise
from domain.booking.seat_offer import OfferOver
from domain.booking.seating import Seating
from domain.booking.turn import Move, Turn, moves
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, price_promise_of, seating_of
from domain.kernel.terms import start_of
from domain.programme.season import Season
from domain.programme.season_opening import BookingNotOpen, SeasonCalledOff

MOST_AT_ONCE = 50
"""To how many a seat is offered, and how many offers end, in one decision; more take several."""


@dataclass(frozen=True)
class OfferSeat:
    """Offer seats to a place on the list by hand, before its turn."""

    season_id: SeasonId
    place_id: UUID


@dataclass(frozen=True)
class DeclineOffer:
    """The seats are not wanted, and the place is given up: by whoever waits, or by an admin who was told so."""

    season_id: SeasonId
    place_id: UUID


@dataclass(frozen=True)
class AcceptOffer:
    """The seats are wanted: booked at once. Who pays: an organisation, or the person who waited (`billing`)."""

    season_id: SeasonId
    place_id: UUID
    organisation_id: OrganisationId | None = None
    reference: str = ""
    order_number: str = ""
    billing: TypedBuyer | None = None
    shown: int | None = None


@dataclass(frozen=True)
class OfferRef:
    """Which place it was about, and until when its seats are offered (None: not any longer)."""

    season_id: SeasonId
    place_id: UUID
    until: datetime | None


@dataclass(frozen=True)
class QueueMoved:
    """How many offers were over, and to how many places seats were offered."""

    season_id: SeasonId
    over: int
    offered: int


class SeatOffers(UseCases):
    """Move the line, offer by hand, accept, decline."""

    def move(self, season_id: SeasonId) -> Committed[QueueMoved]:
        """What has lapsed is over, and what is free is offered to those who are next; done already: nothing more."""
        moved = self._move(season_id)
        while max(moved.answer.over, moved.answer.offered) >= MOST_AT_ONCE:
            moved = self._move(season_id)
        return moved

    def _move(self, season_id: SeasonId) -> Committed[QueueMoved]:
        def decide(work: UnitOfWork) -> QueueMoved:
            seating = work.load(Seating, seating_of(season_id))
            over = seating.end_over(work.now, MOST_AT_ONCE)
            return QueueMoved(season_id, over, _offer_next(work, work.load(Season, season_id), seating))

        return self._record(SYSTEM, ("move", season_id), QueueMoved, decide, serial=(seating_of(season_id),))

    @command(by=admin, serial=seats)
    def offer(self, work: UnitOfWork, command: OfferSeat) -> OfferRef:
        """Offer seats out of turn. Raises NotWaiting, NoSeatsFor, BookingNotOpen, SeasonCalledOff."""
        season = load_for(work, Season, command.season_id)
        season.must_take_bookings(work.now)
        seating = load_for(work, Seating, seating_of(command.season_id))
        seating.lapse(work.now)
        rules = rules_for(work, season)
        until = answer_by(rules, season, work.now)
        seating.offer(command.place_id, until, work.now, is_by_hand=True)
        promise_price(work, season, command.place_id, rules.price)
        return OfferRef(command.season_id, command.place_id, seating.holds[command.place_id][1])

    @command(serial=seats)
    def decline(self, work: UnitOfWork, command: DeclineOffer) -> OfferRef:
        """The seats go to the next in line. Raises OfferOver, also for another's."""
        seating = load_for(work, Seating, seating_of(command.season_id))
        seating.lapse(work.now)
        _must_be_theirs(work, seating, command.place_id)
        seating.decline_offer(command.place_id)
        return OfferRef(command.season_id, command.place_id, None)

    @command(serial=seats, taken=refusal_of)
    def accept(self, work: UnitOfWork, command: AcceptOffer) -> BookingMade:
        """Book what is offered, through the agreement that every booking is made by, at the price that was promised.

        Raises OfferOver (another's too), and as `Bookings.make`.
        """
        wanted = _booking_of(work, command)
        if wanted is None:
            raise OfferOver
        booker = booker_of(work, wanted.booked_for)
        facts = with_turn(work, facts_of(work, wanted, booker), command.place_id, booker)
        return booked(work, facts, wanted, booker, BookingId(work.new_id()))

    @dry_run
    def promise(self, work: UnitOfWork, season_id: SeasonId, place_id: UUID) -> str:
        """Which price a place was promised: "joined", "offered", or nothing."""
        load_for(work, Seating, seating_of(season_id))
        found = work.find(PricePromise, price_promise_of(place_id))
        return found.rule.value if found is not None else ""

    @dry_run
    def booking_of(self, work: UnitOfWork, command: AcceptOffer) -> MakeBooking | None:
        """What accepting would book; None where nothing is offered to them there."""
        return _booking_of(work, command)


def answer_by(rules: WaitingRules, season: Season, now: datetime) -> datetime:
    """Until which instant (excluded) an answer is waited for: as the rules say, but while bookings are taken."""
    until = rules.answer_by(now, season.zone)
    if season.closes_on is not None:
        until = min(until, start_of(season.closes_on + timedelta(days=1), season.zone))
    starts = [each.time.start_at for each in season.meetings.values() if each.time.start_at is not None]
    return min([until, *(each for each in starts if each > now)])


def _offer_next(work: UnitOfWork, season: Season, seating: Seating) -> int:
    try:
        season.must_take_bookings(work.now)
    except (BookingNotOpen, SeasonCalledOff):
        return 0
    if seating.is_closed or not seating.queue:
        return 0
    rules = rules_for(work, season)
    made = _next(work, season, seating, rules)
    for move in made:
        if move.turn is Turn.OFFERED:
            seating.offer(move.place_id, answer_by(rules, season, work.now), work.now)
            promise_price(work, season, move.place_id, rules.price)
        elif move.turn is Turn.GATHERED:
            seating.gather(move.place_id, move.seats, rules.gather_until(work.now))
        else:
            seating.pass_over(move.place_id, move.seats, move.free)
    return sum(move.turn is Turn.OFFERED for move in made)


def _next(work: UnitOfWork, season: Season, seating: Seating, rules: WaitingRules) -> tuple[Move, ...]:
    """Who is next and fits. Whoever may not sit there any longer waits no more."""
    while True:
        made = moves(seating.in_line, seating.left_at(work.now), rules.party)[:MOST_AT_ONCE]
        whose = {place_id: person for place_id, person, _ in seating.queue}
        gone = [each.place_id for each in made if not may_sit(work, season, PersonId(whose[each.place_id]))]
        if not gone:
            return made
        for place_id in gone:
            seating.leave_queue(place_id)


def _must_be_theirs(work: UnitOfWork, seating: Seating, place_id: UUID) -> PersonId:
    person_id = next((person for each, person, _ in seating.queue if each == place_id), None)
    if person_id is None or not (work.actor.is_person(person_id) or work.actor.has(seating.organiser_id, Role.ADMIN)):
        raise OfferOver
    return PersonId(person_id)


def _booking_of(work: UnitOfWork, command: AcceptOffer) -> MakeBooking | None:
    """What was waited for, booked: a seat for whoever waited, and others to be named later."""
    seating = load_for(work, Seating, seating_of(command.season_id))
    seating.lapse(work.now)
    if command.place_id not in seating.offered:
        return None
    person = find_person(work, _must_be_theirs(work, seating, command.place_id))
    if person is None:
        return None
    count, person_id = seating.holds[command.place_id][0], person.person_id
    sits = work.unique_key_owner("seat", seat_claim(command.season_id, person_id)) is not None
    first = TO_BE_NAMED if sits else Participant(person_id=person_id)
    return MakeBooking(
        command.season_id,
        (first, *(TO_BE_NAMED,) * (count - 1)),
        organisation_id=command.organisation_id,
        reference=command.reference,
        shown=command.shown,
        place_id=command.place_id,
        order_number=command.order_number,
        billing=command.billing,
        booked_for=None if work.actor.is_person(person_id) else person_id,
    )
