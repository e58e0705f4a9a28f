"""Sessions: somebody is signed in, in one browser, until they sign out, somebody ends it or its time is up."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.access.token import NotSignedIn
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import find_person
from application.people.person import People
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.organiser import Organiser
from domain.people.person import Person

PREFIX = "session_"
LIFE, STAFF_LIFE, FOUNDER_LIFE = timedelta(days=30), timedelta(hours=12), timedelta(hours=2)
"""How long a session lasts: a member's, one with a staff role, and that of whoever sets the installation up."""

SURE = frozenset({"passkey", "provider"})
"""The ways of signing in that show a person and not only a mailbox."""

_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Whose:
    """A person of an organiser."""

    organiser_id: OrganiserId
    person_id: PersonId


@dataclass(frozen=True)
class Browser:
    """In which browser somebody signs in (`name`: "Firefox · Linux"), and in which language they read."""

    name: str = ""
    language: str = "sv"


@dataclass(frozen=True)
class SessionRow:
    """A session as it is kept. `whose` None: whoever sets the installation up. `granted`: roles from a provider."""

    session_id: UUID
    digest: bytes
    whose: Whose | None
    method: str
    browser: str
    language: str
    granted: frozenset[Role]
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


class SessionStore(Protocol):
    """Where sessions are kept; those that have ended are not found."""

    def keep(self, row: SessionRow) -> None:
        """Keep a new session."""

    def find(self, digest: bytes, now: datetime) -> SessionRow | None:
        """The living session whose secret has this digest."""

    def seen(self, session_id: UUID, now: datetime) -> None:
        """Somebody has just come with it."""

    def of(self, whose: Whose, now: datetime) -> tuple[SessionRow, ...]:
        """A person's living sessions, the last used first."""

    def end(self, session_id: UUID, now: datetime) -> None:
        """End one; twice is once."""

    def end_of(self, person_id: PersonId, now: datetime, but: UUID | None = None) -> None:
        """End all of a person's sessions, but one where it is given."""


class Sessions:
    """Begin, recognise and end sessions. Roles are those the organiser has given at the very moment."""

    def __init__(
        self,
        decisions: Decisions,
        store: SessionStore,
        organisers: Callable[[], tuple[UUID, ...]],
        clock: Clock,
        new_id: Callable[[], UUID],
        new_secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._decisions, self._store, self._organisers = decisions, store, organisers
        self._clock, self._new_id, self._new_secret = clock, new_id, new_secret

    def begin(self, whose: Whose | None, method: str, browser: Browser, granted: frozenset[Role] = frozenset()) -> str:
        """A new session's secret, for the browser's cookie. Raises NotSignedIn for somebody erased."""
        now, secret = self._clock.now(), self._new_secret()
        life = FOUNDER_LIFE
        if whose is not None:
            person, roles = self._known(whose)
            whose, life = Whose(whose.organiser_id, person.person_id), STAFF_LIFE if roles | granted else LIFE
        name, language = browser.name[:200], browser.language
        row = SessionRow(self._new_id(), _digest(secret), whose, method, name, language, granted, now, now, now + life)
        self._store.keep(row)
        if whose is not None:
            actor = Actor(f"session:{row.session_id}", whose.organiser_id, frozenset({Role.MEMBER}), whose.person_id)
            People(self._decisions).read_in(actor, language)
        return PREFIX + secret

    def recognise(self, shown: str) -> Actor:
        """Who comes with this secret. Raises NotSignedIn."""
        row, now = self._found(shown), self._clock.now()
        actor_id = f"session:{row.session_id}"
        if row.whose is None:
            self._must_be_empty()
            return Actor(actor_id, None, is_system=True)
        person, roles = self._known(row.whose)
        roles |= row.granted
        if roles and now >= row.made_at + STAFF_LIFE:
            raise NotSignedIn
        if now - row.seen_at >= _SEEN_EVERY:
            self._store.seen(row.session_id, now)
        roles |= {Role.MEMBER}
        return Actor(actor_id, row.whose.organiser_id, roles, person.person_id, also=frozenset(person.absorbed))

    def mine(self, actor: Actor) -> tuple[SessionRow, ...]:
        """The actor's own sessions, the last used first. Raises NotSignedIn."""
        return self._store.of(whose_of(actor), self._clock.now())

    def current(self, actor: Actor) -> UUID | None:
        """The session that the actor comes with, if it is one."""
        kind, _, session_id = actor.id.partition(":")
        return UUID(session_id) if kind == "session" else None

    def is_fresh(self, actor: Actor, within: timedelta) -> bool:
        """Whether the actor has signed in with a passkey or at the provider within so long."""
        session_id = self.current(actor)
        if session_id is None or actor.person_id is None:
            return False
        mine = [row for row in self.mine(actor) if row.session_id == session_id and row.method in SURE]
        return any(self._clock.now() - row.made_at <= within for row in mine)

    def end(self, actor: Actor, session_id: UUID) -> None:
        """End one of the actor's own sessions. Raises NotFound, NotSignedIn."""
        if session_id not in [row.session_id for row in self.mine(actor)]:
            raise NotFound(what="session")
        self._store.end(session_id, self._clock.now())

    def end_others(self, actor: Actor) -> None:
        """End all of the actor's sessions but this one. Raises NotSignedIn."""
        self._store.end_of(whose_of(actor).person_id, self._clock.now(), self.current(actor))

    def sign_out(self, shown: str) -> None:
        """End the session of this secret, if it is one."""
        try:
            self._store.end(self._found(shown).session_id, self._clock.now())
        except NotSignedIn:
            return

    def end_all_of(self, person_id: PersonId) -> None:
        """Somebody is signed out everywhere."""
        self._store.end_of(person_id, self._clock.now())

    def must_be_unfounded(self) -> None:
        """Raises NotSignedIn once an organiser has staff: from then on they let each other in."""
        self._must_be_empty()

    def _found(self, shown: str) -> SessionRow:
        if not shown.startswith(PREFIX) or not shown.isascii():
            raise NotSignedIn
        row = self._store.find(_digest(shown.removeprefix(PREFIX)), self._clock.now())
        if row is None:
            raise NotSignedIn
        return row

    def _known(self, whose: Whose) -> tuple[Person, frozenset[Role]]:
        """Who it is, by the entry that theirs has been merged into, and in which roles. Raises NotSignedIn."""

        def look(work: UnitOfWork) -> tuple[Person, frozenset[Role]]:
            work.fetch((Organiser, whose.organiser_id), (Person, whose.person_id))
            organiser, person = work.find(Organiser, whose.organiser_id), find_person(work, whose.person_id)
            if organiser is None or person is None or person.is_erased:
                raise NotSignedIn
            return person, frozenset(Role(role) for who, role in organiser.staff if who in person.ids)

        return self._decisions.dry_run(SYSTEM, look)

    def _must_be_empty(self) -> None:
        def look(work: UnitOfWork) -> bool:
            organisers = (work.find(Organiser, one) for one in self._organisers())
            return any(organiser is not None and organiser.staff for organiser in organisers)

        if self._decisions.dry_run(SYSTEM, look):
            raise NotSignedIn


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def whose_of(actor: Actor) -> Whose:
    """Who the actor is, and where. Raises NotSignedIn for who is no person of an organiser."""
    if actor.person_id is None or actor.organiser_id is None:
        raise NotSignedIn
    return Whose(actor.organiser_id, actor.person_id)
