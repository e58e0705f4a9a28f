"""Single sessions of an open programme, ticked on one page by a stranger (A6): all are held, or none.

Each is a registration of its own, confirmed by the link of its own letter, so that one can be left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.attendance.session import MOST, must_go_together
from application.booking.registering import Register, hold, looked_at
from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, address_digest
from application.kernel.actor import Actor
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.use_case import load_for
from domain.kernel.errors import BadValue
from domain.kernel.ids import SeasonId, seating_of
from domain.kernel.text import email_of
from domain.programme.season import Season


@dataclass(frozen=True)
class RegisterForSessions:
    """A seat in each of some seasons that cost nothing, for a stranger. `language`: "sv" or "en", of the letters."""

    season_ids: tuple[SeasonId, ...]
    name: str
    email: str
    language: str = ""


@dataclass(frozen=True)
class SessionsRegistered:
    """The same for a known and an unknown address: until when each is held (excluded); each is confirmed by mail."""

    season_ids: tuple[SeasonId, ...]
    held_until: tuple[datetime, ...]
    next_step: str


class SessionRegistrations(ConfirmedByMail):
    """Hold a seat in each."""

    def register(
        self, actor: Actor, command: RegisterForSessions, key: str | None = None, place: str = ""
    ) -> Committed[SessionsRegistered]:
        """All or none. Raises SessionsClash, TooManyAttempts, and what a registration for any of them would raise.

        `place`: from which network address; "" is a program of the house.
        """
        if not 1 <= len(command.season_ids) <= MOST or len(set(command.season_ids)) < len(command.season_ids):
            raise BadValue(field="sessions", why="1 to 20 different sessions")
        codes = [self._new_code() for _ in command.season_ids]
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))
        queue = tuple(sorted({seating_of(each) for each in command.season_ids}))
        recorded = self._record(
            actor, command, SessionsRegistered, lambda work: _held(work, command, codes), key, serial=queue
        )
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile


def _wanted(command: RegisterForSessions) -> list[Register]:
    return [Register(each, command.name, command.email, language=command.language) for each in command.season_ids]


def _asking(work: UnitOfWork, command: RegisterForSessions) -> Asking:
    for each in _wanted(command):
        looked_at(work, each)
    rules, many = registration_rules(work), len(command.season_ids)
    most = max(rules.seats_of_address, many), max(rules.seats_from_place, many)
    return Asking(address_digest(work, email_of(command.email)), (), many, *most)


def _held(work: UnitOfWork, command: RegisterForSessions, codes: list[str]) -> SessionsRegistered:
    must_go_together([load_for(work, Season, each) for each in command.season_ids])
    held = [hold(work, each, code) for each, code in zip(_wanted(command), codes, strict=True)]
    until = tuple(each.held_until for each in held if each.held_until is not None)
    return SessionsRegistered(command.season_ids, until, "confirm_registration")
