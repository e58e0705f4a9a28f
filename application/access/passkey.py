"""Passkeys: a device keeps a secret for a person, and shows by a signature that it is there.

One is made by whoever has signed in: it opens all that is theirs, for good; a key to the API opens a part, for a while.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.access.session import Browser, Sessions, Whose, whose_of
from application.access.sign_in import Entered
from application.access.token import NotSignedIn
from application.kernel.actor import Actor
from application.kernel.one_time_token import OneTimeStore, digest_of
from application.kernel.ports import Clock
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import PersonId
from domain.kernel.text import clean_line

CHALLENGE_LIFE = timedelta(minutes=5)
MOST = 20
_MAKE, _SHOW = "passkey_make", "passkey_show"


class PasskeyRefused(PlatsError):
    """What the device has sent does not show what it should, or came too late."""


class TooManyPasskeys(PlatsError):
    """Nobody needs that many; one that is not used is removed first."""


@dataclass(frozen=True)
class Site:
    """Where the passkeys belong: the origin that the browser sees, and its host."""

    origin: str
    host: str


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey as it is kept: the public half alone."""

    passkey_id: UUID
    credential_id: bytes
    whose: Whose
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None


class PasskeyStore(Protocol):
    """Where passkeys are kept."""

    def keep(self, row: PasskeyRow) -> None:
        """Keep a new one; one that is known already changes nothing."""

    def find(self, credential_id: bytes) -> PasskeyRow | None:
        """The passkey that calls itself so."""

    def of(self, person_id: PersonId) -> tuple[PasskeyRow, ...]:
        """A person's, oldest first."""

    def used(self, passkey_id: UUID, sign_count: int, now: datetime) -> None:
        """It has just been used."""

    def remove(self, passkey_id: UUID) -> None:
        """Forget one."""

    def remove_of(self, person_id: PersonId) -> None:
        """Forget all of a person's."""


@dataclass(frozen=True)
class Made:
    """What a device has made: how it calls itself, the public half, and its own count of uses."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


class Devices(Protocol):
    """Speaks the browsers' language about passkeys (Web Authentication). Everything that comes in is text."""

    def options_to_make(
        self, site: Site, person_id: PersonId, name: str, challenge: str, known: tuple[bytes, ...]
    ) -> str:
        """What the browser is asked, to make one."""

    def options_to_show(self, site: Site, challenge: str) -> str:
        """What the browser is asked, to sign in with one."""

    def challenge_in(self, answer: str) -> str:
        """Which challenge an answer is to. Raises PasskeyRefused."""

    def credential_in(self, answer: str) -> bytes:
        """Which passkey an answer is from. Raises PasskeyRefused."""

    def made(self, answer: str, challenge: str, site: Site) -> Made:
        """What was made, when the answer shows it. Raises PasskeyRefused."""

    def shown(self, answer: str, challenge: str, site: Site, passkey: PasskeyRow) -> int:
        """The passkey's new count, when the answer shows that it is there. Raises PasskeyRefused."""


class Passkeys:
    """Make, use and remove passkeys."""

    def __init__(
        self,
        store: PasskeyStore,
        one_time: OneTimeStore,
        devices: Devices,
        sessions: Sessions,
        clock: Clock,
        new_id: Callable[[], UUID],
    ) -> None:
        self._store, self._one_time, self._devices, self._sessions = store, one_time, devices, sessions
        self._clock, self._new_id = clock, new_id

    def options_to_make(self, actor: Actor, site: Site, name: str) -> str:
        """What the signed-in person's browser is asked, to make one. Raises NotSignedIn, TooManyPasskeys."""
        whose = self._signed_in(actor)
        known = self._store.of(whose.person_id)
        if len(known) >= MOST:
            raise TooManyPasskeys
        challenge = self._challenge(_MAKE, {"person": str(whose.person_id)})
        ids = tuple(row.credential_id for row in known)
        return self._devices.options_to_make(site, whose.person_id, name, challenge, ids)

    def make(self, actor: Actor, site: Site, answer: str, name: str) -> None:
        """Keep what the device has made. `name`: what the person calls it. Raises PasskeyRefused, NotSignedIn."""
        challenge, whose = self._devices.challenge_in(answer), self._signed_in(actor)
        facts = self._one_time.take(digest_of(challenge), _MAKE, self._clock.now())
        if facts is None or facts["person"] != str(whose.person_id):
            raise PasskeyRefused
        made, called = self._devices.made(answer, challenge, site), clean_line("name", name, 60, may_be_empty=True)
        now = self._clock.now()
        row = PasskeyRow(self._new_id(), made.credential_id, whose, made.public_key, made.sign_count, called, now, None)
        self._store.keep(row)

    def options_to_show(self, site: Site) -> str:
        """What anybody's browser is asked, to sign in with one."""
        return self._devices.options_to_show(site, self._challenge(_SHOW, {}))

    def enter(self, site: Site, answer: str, browser: Browser) -> Entered:
        """Come in with a passkey. Raises PasskeyRefused, NotSignedIn for somebody erased."""
        challenge, now = self._devices.challenge_in(answer), self._clock.now()
        passkey = self._store.find(self._devices.credential_in(answer))
        if self._one_time.take(digest_of(challenge), _SHOW, now) is None or passkey is None:
            raise PasskeyRefused
        count = self._devices.shown(answer, challenge, site, passkey)
        self._store.used(passkey.passkey_id, count, now)
        return Entered(self._sessions.begin(passkey.whose, "passkey", browser), passkey.whose.organiser_id, "")

    def mine(self, actor: Actor) -> tuple[PasskeyRow, ...]:
        """The actor's own, oldest first. Raises NotSignedIn."""
        return self._store.of(whose_of(actor).person_id)

    def remove(self, actor: Actor, passkey_id: UUID) -> None:
        """Forget one of the actor's own. Raises NotFound, NotSignedIn."""
        if passkey_id not in [row.passkey_id for row in self.mine(actor)]:
            raise NotFound(what="passkey")
        self._store.remove(passkey_id)

    def remove_all_of(self, person_id: PersonId) -> None:
        """Somebody's passkeys open nothing any longer."""
        self._store.remove_of(person_id)

    def _signed_in(self, actor: Actor) -> Whose:
        """Who has signed in. Raises NotSignedIn, also for whoever shows a key to the API."""
        if self._sessions.current(actor) is None:
            raise NotSignedIn
        return whose_of(actor)

    def _challenge(self, purpose: str, facts: dict[str, str]) -> str:
        challenge = secrets.token_urlsafe(32)
        self._one_time.keep(digest_of(challenge), purpose, facts, self._clock.now() + CHALLENGE_LIFE)
        return challenge
