"""Registrations: somebody who has not signed in books on a public page, once they confirm by a mailed link."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.registering import (
    Register,
    Registered,
    book_at_once,
    book_held,
    hold,
    looked_at,
    registration_rules,
    typed_in,
)
from application.kernel.actor import Actor, Role
from application.kernel.one_time_token import Limits
from application.kernel.ports import Busy, Committed, Decisions, UniqueKeyTaken, UnitOfWork
from application.kernel.rate_limit import Asking, must_be_seldom
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.people.person import digest_of
from domain.booking.registration import Registration
from domain.kernel.eligibility import Eligibility
from domain.kernel.ids import BookingId, SeasonId, seating_of
from domain.kernel.terms import Terms
from domain.programme.price import Quote
from domain.programme.season import Season

__all__ = ["Register", "Registered", "RegistrationConfirmed", "RegistrationLink", "RegistrationView", "Registrations"]


@dataclass(frozen=True)
class RegistrationLink:
    """What stands in the link that was mailed: which registration, and the code."""

    registration_id: UUID
    code: str


@dataclass(frozen=True)
class RegistrationView:
    """A registration as whoever holds its link sees it; `typed` is None once it is kept no longer.

    `state`: held, over (not confirmed in time), or confirmed.
    """

    registration_id: UUID
    season_id: SeasonId
    season: str
    zone: str
    state: str
    seats: int
    quote: Quote
    terms: Terms | None
    until: datetime
    typed: Register | None
    booking_id: BookingId | None


@dataclass(frozen=True)
class RegistrationConfirmed:
    """What was booked; sums in öre."""

    registration_id: UUID
    booking_id: BookingId
    season_id: SeasonId
    seats: int
    net: int
    vat: int
    gross: int
    currency: str


class Registrations(UseCases):
    """Register, look, confirm."""

    def __init__(
        self, decisions: Decisions, limits: Limits, new_code: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    ) -> None:
        super().__init__(decisions)
        self._limits, self._new_code = limits, new_code

    def preview(self, actor: Actor, season_id: SeasonId, seats: int) -> Quote:
        """What that many seats cost anyone now. Raises NotFound, BookingNotOpen, SeatsGoTogether, NoPriceForBuyer."""

        def look(work: UnitOfWork) -> Quote:
            season = load_for(work, Season, season_id)
            season.must_take_bookings(work.now)
            return season.quote(seats, Eligibility(), work.now)

        return self._decisions.dry_run(actor, look)

    def register(
        self, actor: Actor, command: Register, key: str | None = None, place: str = ""
    ) -> Committed[Registered]:
        """Hold seats for a stranger at the price for everyone: what is typed about membership counts for nothing (S10).

        They are booked and invoiced once the mailed link is confirmed. Nothing is looked up about the address, so
        a known one and an unknown one have the same effect. Staff who write somebody down book at once.
        `place`: from which network address; "" is a program of the house, which may do so as often as it likes.
        Raises TooManyAttempts, BadValue, BookingNotOpen, SeatsShort, SeatsPromised, TooManyUnconfirmed,
        SeatsGoTogether, NoPriceForBuyer, NotAdmitted, OutcomeChanged; for staff PersonHasSeat.
        """
        code = self._new_code()
        if actor.has(organiser_of(actor), Role.ADMIN, Role.FINANCE):
            return self._seat(actor, command, lambda work: book_at_once(work, command, code), key)
        if place:
            self._must_be_seldom(actor, command, key, place)
        recorded = self._seat(actor, command, lambda work: hold(work, command, code), key)
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile

    def view(self, actor: Actor, link: RegistrationLink) -> RegistrationView:
        """What is held, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""

        def look(work: UnitOfWork) -> RegistrationView:
            found = _shown(work, link)
            season = load_for(work, Season, found.season_id)
            is_over = found.state == "held" and work.now >= found.until
            return RegistrationView(
                found.id,
                found.season_id,
                season.title,
                season.zone,
                "over" if is_over or found.state in ("lapsed", "forgotten") else found.state,
                found.seats,
                found.quote,
                found.terms,
                found.until,
                typed_in(work, found),
                found.booking_id,
            )

        return self._decisions.dry_run(actor, look)

    def confirm(self, actor: Actor, link: RegistrationLink, key: str | None = None) -> Committed[RegistrationConfirmed]:
        """Book and invoice what is held, as it was shown; confirmed already: the same answer, and nothing more.

        Whoever presses has shown that they read that mailbox. Raises NotFound, HoldLapsed, PersonHasSeat,
        SeasonCalledOff, SeatingClosed.
        """
        season_id = self._decisions.dry_run(actor, lambda work: _shown(work, link).season_id)

        def decide(work: UnitOfWork) -> RegistrationConfirmed:
            found = _shown(work, link)
            if found.booking_id is None:
                typed = typed_in(work, found)
                found.must_hold(work.now)
                if typed is None:
                    raise Busy("what was typed cannot be read")
                book_held(work, found, typed)
            return _confirmed(found)

        return self._record(actor, link, RegistrationConfirmed, decide, key, serial=(seating_of(season_id),))

    def _seat(
        self, actor: Actor, command: Register, decide: Callable[[UnitOfWork], Registered], key: str | None
    ) -> Committed[Registered]:
        try:
            return self._record(actor, command, Registered, decide, key, serial=(seating_of(command.season_id),))
        except UniqueKeyTaken:
            raise Busy("somebody else was registered at the same moment") from None

    def _must_be_seldom(self, actor: Actor, command: Register, key: str | None, place: str) -> None:
        def look(work: UnitOfWork) -> Asking:
            typed, agreed = looked_at(work, command)
            rules = registration_rules(work)
            addresses = tuple(work.blind_index(f"registration/{each.email}") for each in typed.colleagues if each.email)
            mine = work.blind_index(f"registration/{typed.email}")
            least = agreed.smallest_party
            most_of_address, most_from_place = max(rules.seats_of_address, least), max(rules.seats_from_place, least)
            return Asking(mine, addresses, command.seats, most_of_address, most_from_place)

        asking = self._decisions.dry_run(actor, look)
        must_be_seldom(self._limits, asking, place, f"{key}/{command!r}" if key else "")


def _shown(work: UnitOfWork, link: RegistrationLink) -> Registration:
    found = load_for(work, Registration, link.registration_id)
    found.must_be_shown(digest_of(link.code))
    return found


def _confirmed(found: Registration) -> RegistrationConfirmed:
    if found.booking_id is None:
        raise Busy("it is not booked yet")
    sums, currency = found.quote.sums, found.quote.price.amount.currency
    money = (sums.net.amount, sums.vat.amount, sums.gross.amount)
    return RegistrationConfirmed(found.id, found.booking_id, found.season_id, found.seats, *money, currency)
