"""Codes for what the link of a mail alone must not be enough for: mailed anew, six figures, ten minutes, five tries.

Mails are forwarded. Whoever reads a forwarded one may look and may swap a name within the organisation; what costs
others their seat or their money, or tells what is theirs alone, asks whether they read the mailbox itself.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.booking.seat import load_booking
from application.kernel.actor import SYSTEM, Actor
from application.kernel.one_time_token import Limits, count_attempt
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import find_person
from application.mail.letter_facts import moment_fact
from application.mail.letters import Letter, Letters
from domain.booking.booking import Booking
from domain.kernel.errors import NotFound, RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId
from domain.programme.season import Season

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
DAY, MOST_IN_A_DAY = timedelta(days=1), 10
"""How many codes somebody is mailed for a booking in a day: fifty guesses among a million."""

KIND = "link_code"


class Act(StrEnum):
    """What a code is asked for."""

    CANCEL = "cancel"
    NEEDS = "needs"


class CodeNeeded(RuleBroken):
    """What was asked for needs the code that has just been mailed (`to`: where, half hidden)."""


class CodeWrong(RuleBroken):
    """That is not the code, or not any longer."""


@dataclass(frozen=True)
class CodeRow:
    """A code as it is kept: for whom, for what in which booking, and a keyed digest."""

    booking_id: BookingId
    person_id: PersonId
    act: str
    digest: bytes
    expires_at: datetime


class CodeStore(Protocol):
    """Where codes are kept: one for each person, booking and act."""

    def ask(self, row: CodeRow) -> None:
        """Keep a code; the one before it for the same is worthless."""

    def attempt(self, booking_id: UUID, person_id: UUID, act: str, now: datetime, most: int) -> bytes | None:
        """Count an attempt; the digest of the code it is measured against, None where there is none (any longer)."""

    def use(self, row: CodeRow) -> bool:
        """Use a code up; False where somebody else has."""

    def fingerprint(self, text: str) -> bytes:
        """A keyed digest."""


class LinkCodes:
    """Mail codes, and look whether one that comes back is right. Who has signed in needs none."""

    def __init__(
        self,
        decisions: Decisions,
        store: CodeStore,
        limits: Limits,
        letters: Letters,
        clock: Clock,
        new_id: Callable[[], UUID],
        new_code: Callable[[], str] = lambda: f"{secrets.randbelow(1_000_000):06}",
    ) -> None:
        self._decisions, self._store, self._limits, self._letters = decisions, store, limits, letters
        self._clock, self._new_id, self._new_code = clock, new_id, new_code

    def must_hold(self, actor: Actor, act: Act, code: str) -> None:
        """Goes on where the code is right, which is used up by it, or where the actor has signed in.

        Raises CodeNeeded where none is shown (a new one is on its way then), CodeWrong, TooManyAttempts, NotFound.
        """
        booking_id, person_id = actor.booking_id, actor.person_id
        if booking_id is None:
            return
        if person_id is None:
            raise NotFound(what="booking")
        about = self._decisions.dry_run(SYSTEM, lambda work: _about(work, booking_id, person_id))
        if not code:
            self._mail(about, act)
            raise CodeNeeded(to=half_hidden(about.address))
        if not self._is_right(about, act, code):
            raise CodeWrong(to=half_hidden(about.address))

    def is_needed(self, actor: Actor, seats: tuple[int, ...]) -> bool:
        """Whether giving up these seats takes a code: they are not all one's own, and there is money in it."""
        booking_id = actor.booking_id
        if booking_id is None:
            return False
        return self._decisions.dry_run(actor, lambda work: _takes_code(work, booking_id, seats))

    def _is_right(self, about: _About, act: Act, code: str) -> bool:
        """Whether it is the code, which is used up by that; each look counts."""
        now, whose = self._clock.now(), (about.booking_id, about.person_id, act.value)
        kept = self._store.attempt(*whose, now, MOST_TRIES)
        is_right = kept is not None and hmac.compare_digest(kept, self._digest(about, act, _figures(code)))
        return is_right and kept is not None and self._store.use(CodeRow(*whose, kept, now))

    def _mail(self, about: _About, act: Act) -> None:
        count_attempt(self._limits, f"link code/{about.booking_id}/{about.person_id}", MOST_IN_A_DAY, DAY)
        code, until = self._new_code(), self._clock.now() + CODE_LIFE
        digest = self._digest(about, act, code)
        self._store.ask(CodeRow(about.booking_id, about.person_id, act.value, digest, until))
        facts = {"code": f"{code[:3]} {code[3:]}", "season": about.season, "until": moment_fact(until)}
        acts = {f"act_{each.value}": "1" if each is act else "" for each in Act}
        key = f"{KIND}/{self._new_id()}"
        self._letters.post(Letter(key, about.organiser_id, KIND, about.person_id, facts={**facts, **acts}))

    def _digest(self, about: _About, act: Act, code: str) -> bytes:
        return self._store.fingerprint(f"link code/{about.booking_id}/{about.person_id}/{act.value}/{code}")


@dataclass(frozen=True)
class _About:
    """Who is to show a code, where they are written to, and for which booking."""

    organiser_id: OrganiserId
    booking_id: BookingId
    person_id: PersonId
    season: str
    address: str


def _figures(code: str) -> str:
    """What was typed, without the spaces that people put in."""
    return "".join(code.split())[:20]


def _about(work: UnitOfWork, booking_id: BookingId, person_id: PersonId) -> _About:
    booking, person = work.load(Booking, booking_id), find_person(work, person_id)
    address = work.decrypt(person.email) if person is not None and person.email is not None else None
    if person is None or address is None:
        raise NotFound(what="booking")
    season = work.load(Season, booking.season_id)
    return _About(booking.organiser_id, booking_id, person.person_id, called(work, season), address)


def half_hidden(address: str) -> str:
    """An address that whoever has it knows again, and nobody else can write to: "a•••@example.org"."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}"


def _takes_code(work: UnitOfWork, booking_id: BookingId, seats: tuple[int, ...]) -> bool:
    booking = load_booking(work, booking_id)
    held = {seat.no: seat for seat in booking.held}
    are_own = all(work.actor.is_person(held[no].person_id) for no in seats if no in held)
    return not are_own and booking.quote.sums.gross.amount > 0
