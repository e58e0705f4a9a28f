"""Registrations: somebody who has not signed in books on a public page, once they confirm by a mailed link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.agreement import LET_IN
from application.booking.registering import (
    STRANGER,
    Register,
    Registered,
    book_at_once,
    book_held,
    hold,
    looked_at,
    smallest_party,
    typed_in,
)
from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, MailedLink, address_digest, linked, state_shown
from application.kernel.actor import Actor, Role
from application.kernel.command import dry_run
from application.kernel.ports import Busy, Committed, UniqueKeyTaken, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.season_name import called
from application.kernel.use_case import load_for, organiser_of
from domain.booking.agreement import Facts, agree
from domain.booking.registration import Registration
from domain.kernel.ids import BookingId, SeasonId, seating_of
from domain.kernel.terms import Terms
from domain.programme.network import Network
from domain.programme.price import Quote
from domain.programme.season import Season

__all__ = ["Register", "Registered", "RegistrationConfirmed", "RegistrationView", "Registrations"]


@dataclass(frozen=True)
class RegistrationView:
    """A registration as whoever holds its link sees it; `typed` is None once it is kept no longer.

    `state`: held, over (not confirmed in time), or confirmed.
    """

    registration_id: UUID
    season_id: SeasonId
    season: str
    network: str
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


class Registrations(ConfirmedByMail):
    """Register, look, confirm."""

    @dry_run
    def preview(self, work: UnitOfWork, season_id: SeasonId, seats: int) -> Quote:
        """What that many seats cost anyone now. Raises NotFound, BookingNotOpen, SeatsGoTogether, NoPriceForBuyer."""
        season = load_for(work, Season, season_id)
        return agree(Facts(season, work.now, STRANGER, (LET_IN,) * seats, called=called(work, season))).quote

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
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))
        recorded = self._seat(actor, command, lambda work: hold(work, command, code), key)
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile

    @dry_run
    def view(self, work: UnitOfWork, link: MailedLink) -> RegistrationView:
        """What is held, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""
        registration = linked(work, Registration, link)
        season = load_for(work, Season, registration.season_id)
        return RegistrationView(
            registration.id,
            registration.season_id,
            season.title,
            work.load(Network, season.network_id).name,
            season.zone,
            state_shown(work, registration),
            registration.seats,
            registration.quote,
            registration.terms,
            registration.until,
            typed_in(work, registration),
            registration.booking_id,
        )

    def confirm(self, actor: Actor, link: MailedLink, key: str | None = None) -> Committed[RegistrationConfirmed]:
        """Book and invoice what is held, as it was shown; confirmed already: the same answer, and nothing more.

        Whoever presses has shown that they read that mailbox. Raises NotFound, HoldLapsed, PersonHasSeat,
        SeasonCalledOff, SeatingClosed.
        """
        season_id = self._decisions.dry_run(actor, lambda work: linked(work, Registration, link).season_id)

        def decide(work: UnitOfWork) -> RegistrationConfirmed:
            registration = linked(work, Registration, link)
            if registration.booking_id is None:
                typed = typed_in(work, registration)
                registration.must_wait(work.now)
                if typed is None:
                    raise Busy("what was typed cannot be read")
                book_held(work, registration, typed)
            return _confirmed(registration)

        return self._record(actor, link, RegistrationConfirmed, decide, key, serial=(seating_of(season_id),))

    def _seat(
        self, actor: Actor, command: Register, decide: Callable[[UnitOfWork], Registered], key: str | None
    ) -> Committed[Registered]:
        try:
            return self._record(actor, command, Registered, decide, key, serial=(seating_of(command.season_id),))
        except UniqueKeyTaken:
            raise Busy("somebody else was registered at the same moment") from None


def _asking(work: UnitOfWork, command: Register) -> Asking:
    typed, facts = looked_at(work, command)
    rules, least = registration_rules(work), smallest_party(agree(facts).quote)
    return Asking(
        address_digest(work, typed.email),
        tuple(address_digest(work, each.email) for each in typed.colleagues if each.email),
        command.seats,
        max(rules.seats_of_address, least),
        max(rules.seats_from_place, least),
    )


def _confirmed(registration: Registration) -> RegistrationConfirmed:
    if registration.booking_id is None:
        raise Busy("it is not booked yet")
    sums, currency = registration.quote.sums, registration.quote.price.amount.currency
    money = (sums.net.amount, sums.vat.amount, sums.gross.amount)
    about = (registration.id, registration.booking_id, registration.season_id, registration.seats)
    return RegistrationConfirmed(*about, *money, currency)
