"""Registrations: somebody who has not signed in books on a public page; no member's price, nothing given away."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.actor import SYSTEM, Actor, Role
from application.address import known_or_new
from application.booking import OutcomeChanged
from application.one_time import Limits, TooManyAttempts
from application.participant import Participant, person_of
from application.payer import kept_for_ledger
from application.person import digest_of
from application.ports import Busy, ClaimTaken, Decisions, Recorded, Work
from application.seat import seat_claim, sit
from application.turn import in_turn
from application.use_case import UseCases, load_for, organiser_of
from domain.booking import Booking, Seat
from domain.errors import BadValue
from domain.ids import BookingId, PersonId, SeasonId, seating_of
from domain.payer import Payer
from domain.person import Person
from domain.price import Quote
from domain.season import Season
from domain.seating import Seating
from domain.standing import Standing
from domain.terms import day_in
from domain.text import clean, clean_line, email_of, name_of, org_number_of

WINDOW = timedelta(minutes=15)
MOST_FOR_ADDRESS, MOST_FROM_PLACE = 10, 300
"""How often strangers may write in that time to one address; and to how many addresses from one network address."""


@dataclass(frozen=True)
class Register:
    """A stranger's registration: a name and an address to confirm; colleagues; who the invoice goes to, as typed.

    `shown`: the sum in öre incl. VAT that was shown, if it was.
    """

    season_id: SeasonId
    name: str
    email: str
    colleagues: tuple[Participant, ...] = ()
    employer: str = ""
    org_number: str = ""
    address: str = ""
    reference: str = ""
    shown: int | None = None
    order_number: str = ""


@dataclass(frozen=True)
class Registered:
    """The same for a known and an unknown address: seats, sums in öre, and that the address is to be confirmed."""

    season_id: SeasonId
    seats: int
    net: int
    vat: int
    gross: int
    currency: str
    next_step: str = "confirm_email"


class Registrations(UseCases):
    """Register."""

    def __init__(
        self, decisions: Decisions, limits: Limits, new_code: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    ) -> None:
        super().__init__(decisions)
        self._limits, self._new_code = limits, new_code

    def preview(self, actor: Actor, season_id: SeasonId, seats: int) -> Quote:
        """What that many seats cost anyone now. Raises NotFound, BookingNotOpen, SeatsGoTogether, NoPriceForBuyer."""

        def look(work: Work) -> Quote:
            season = load_for(work, Season, season_id)
            season.must_take_bookings(work.now)
            return season.quote(seats, Standing(), work.now)

        return self._decisions.look(actor, look)

    def register(
        self, actor: Actor, command: Register, key: str | None = None, place: str = ""
    ) -> Recorded[Registered]:
        """Book as a stranger, at the price for everyone: what is typed about membership counts for nothing (S10).

        An address that has a seat already gets the same answer, and nothing is recorded; a colleague who has one leaves
        a seat to be named. So nobody can find out who comes. `place`: from which network address;
        "" is a program of the house, which may do so as often as it likes.
        Raises TooManyAttempts (every address gets a letter, so only staff may write to any number), BadValue,
        BookingNotOpen, SeatsShort, SeatsGoTogether, NoPriceForBuyer, NotAdmitted, OutcomeChanged.
        """
        if place and not actor.has(organiser_of(actor), Role.ADMIN, Role.FINANCE):
            self._must_be_seldom(command, place)
        code = self._new_code()
        try:
            recorded = self._record(
                actor,
                command,
                Registered,
                lambda work: _register(work, command, code),
                key,
                serial=(seating_of(command.season_id),),
            )
        except ClaimTaken as taken:
            if taken.kind != "seat":
                raise Busy("somebody else was registered at the same moment") from None
            return Recorded(self._decisions.look(actor, lambda work: _price(work, command)), 0)
        return Recorded(recorded.answer, 0, recorded.repeated)  # a position would tell that something was recorded

    def _must_be_seldom(self, command: Register, place: str) -> None:
        typed = [command.email, *(each.email for each in command.colleagues if each.email)]
        addresses = dict.fromkeys(email_of(each) for each in typed)
        blind = self._decisions.look(SYSTEM, lambda work: [work.blind(f"registration/{each}") for each in addresses])
        for each in blind:
            if self._limits.count(f"registration/{each}", WINDOW) > MOST_FOR_ADDRESS:
                raise TooManyAttempts
            if self._limits.count(f"registration/from/{place}", WINDOW) > MOST_FROM_PLACE:
                raise TooManyAttempts


def _register(work: Work, command: Register, code: str) -> Registered:
    answer = _price(work, command)
    season = load_for(work, Season, command.season_id)
    person = known_or_new(work, organiser_of(work.actor), command.name, command.email, shares=True)
    _ask_confirmation(work, person, code)
    if command.employer:
        employer = clean_line("employer", command.employer, 300)
        person.claim_employer(work.seal(person.person_id, "employer", employer))
    booking_id = BookingId(work.new_id())
    seats = _seats(work, season, person.person_id, command)
    seating = work.load(Seating, seating_of(season.season_id))
    in_turn(work, season, seating, lambda: seating.take(booking_id, len(seats)))
    for seat in seats:
        if seat.person_id is not None:
            sit(work, season.season_id, seat.person_id, booking_id)
    quote = season.quote(len(seats), Standing(), work.now)
    work.add(
        Booking(
            id=booking_id,
            organiser_id=season.organiser_id,
            season_id=season.season_id,
            booked_by=person.person_id,
            payer=_payer(work, season, person.person_id, command, is_free=not quote.sums.gross.amount),
            seats=seats,
            quote=quote,
            terms=season.terms,
            made_at=work.now,
        )
    )
    return answer


def _price(work: Work, command: Register) -> Registered:
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    email_of(command.email)
    name_of("name", command.name)
    seats = 1 + len(command.colleagues)
    if seats > 100:
        raise BadValue(field="colleagues", why="at most 100 seats")
    quote = season.quote(seats, Standing(), work.now)
    if quote.sums.gross.amount:
        clean("address", command.address, 500)
    total = quote.sums
    if command.shown is not None and command.shown != total.gross.amount:
        raise OutcomeChanged(shown=command.shown, now=total.gross.amount)
    currency = quote.price.amount.currency
    return Registered(command.season_id, seats, total.net.amount, total.vat.amount, total.gross.amount, currency)


def _ask_confirmation(work: Work, person: Person, code: str) -> None:
    sealed = work.seal(person.person_id, "code", code)
    person.ask_confirmation(sealed, digest_of(code))


def _seats(work: Work, season: Season, person_id: PersonId, command: Register) -> tuple[Seat, ...]:
    season.admission.check(Standing(), None, day_in(work.now, season.zone), None)
    seats = [Seat(1, person_id)]
    for no, colleague in enumerate(command.colleagues, start=2):
        if colleague.person_id is not None:
            raise BadValue(field="colleagues", why="name a colleague by name and address")
        person = person_of(work, colleague)
        is_seated = person is not None and work.owner("seat", seat_claim(season.season_id, person)) is not None
        seats.append(Seat(no, None if is_seated else person))
    named = [seat.person_id for seat in seats if seat.person_id is not None]
    if len(set(named)) < len(named):
        raise BadValue(field="colleagues", why="name everybody once, each with an address of their own")
    return tuple(seats)


def _payer(work: Work, season: Season, person_id: PersonId, command: Register, *, is_free: bool) -> Payer:
    told = {
        "name": clean_line("employer", command.employer, 300, may_be_empty=True) or name_of("name", command.name),
        "address": clean("address", command.address, 500, may_be_empty=True),
        "org_number": org_number_of(command.org_number) if command.org_number else "",
    }
    billing = work.seal(person_id, "billing", json.dumps(told, ensure_ascii=False))
    reference = clean_line("reference", command.reference, 100, may_be_empty=True)
    order = clean_line("order_number", command.order_number, 100, may_be_empty=True)
    payer = Payer(person_id=person_id, reference=reference, billing=billing, order_number=order)
    if is_free:
        return payer
    return kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone).year)
