"""Tokens: how a program or a signed-in person shows who they are; only a digest of the secret is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.kernel.actor import Actor, Role
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import OrganiserId, PersonId

REVOKED, MAKER = "revoked", "maker"
"""Why a token has ended: somebody took it back, or it ended with its maker."""


class NotSignedIn(PlatsError):
    """No token was given, or it is not (any longer) one of ours."""


@dataclass(frozen=True)
class TokenRecord:
    """A token as it is kept: whose, for which organiser, with which roles. `digest` is SHA-256 of the secret.

    `made_by`: who made it through the service (None: whoever runs the installation, or an older version), and
    `made_with`: with which other token. Without `expires_at` it does not end by itself.
    """

    id: str
    digest: bytes
    organiser_id: OrganiserId | None
    roles: frozenset[Role]
    person_id: PersonId | None
    is_system: bool
    name: str
    made_by: PersonId | None = None
    made_with: str = ""
    made_at: datetime | None = None
    expires_at: datetime | None = None
    used_at: datetime | None = None
    has_events: bool = False


class TokenStore(Protocol):
    """Where tokens are kept."""

    def keep(self, record: TokenRecord) -> None:
        """Keep a new token."""

    def find(self, token_id: str) -> TokenRecord | None:
        """The token of that id, unless it has been revoked or its time is over."""

    def used(self, record: TokenRecord) -> None:
        """It has just been shown: remembered now and then. Never raises: nobody is refused because of that."""

    def revoke(self, token_id: str, by: PersonId | None = None) -> bool:
        """Make it worthless at once, and what was made with it; False when there is none."""

    def revoke_of(self, person_id: PersonId, role: Role | None) -> None:
        """Make worthless a person's tokens, those they have made, and what was made with them.

        Those with a role, or (None) all of them.
        """

    def revoke_named(self, person_id: PersonId, name: str) -> None:
        """Make a person's tokens of one name worthless."""

    def has_named(self, person_id: PersonId, name: str) -> bool:
        """Whether a person has a living token of a name."""

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """All living tokens of an organiser (None: of the installation)."""


@dataclass(frozen=True)
class NewToken:
    """A token and its secret in the clear (`shown`), which cannot be read again."""

    record: TokenRecord
    shown: str


class Tokens:
    """Make, recognise and revoke tokens. A token reads `plats_ID_SECRET`.

    `still_may`: whether its maker may today what the token may; asked each time it is shown.
    `as_one`: whom the entry of its person leads to.
    """

    def __init__(
        self,
        store: TokenStore,
        new_secret: Callable[[], str] = lambda: secrets.token_hex(24),
        still_may: Callable[[TokenRecord], bool] = lambda _: True,
        as_one: Callable[[Actor], Actor] = lambda actor: actor,
    ) -> None:
        self._store, self._new_secret, self._still_may, self._as_one = store, new_secret, still_may, as_one

    def make(
        self,
        name: str,
        organiser_id: OrganiserId | None,
        roles: frozenset[Role],
        person_id: PersonId | None = None,
        *,
        is_system: bool = False,
        expires_at: datetime | None = None,
    ) -> str:
        """A new token in the clear, for whoever runs the installation; it cannot be read again."""
        made = self.new(name, organiser_id, roles, person_id, is_system=is_system, expires_at=expires_at)
        self._store.keep(made.record)
        return made.shown

    def new(
        self,
        name: str,
        organiser_id: OrganiserId | None,
        roles: frozenset[Role],
        person_id: PersonId | None = None,
        *,
        is_system: bool = False,
        expires_at: datetime | None = None,
    ) -> NewToken:
        """A token that is not kept yet."""
        secret, token_id = self._new_secret(), secrets.token_hex(8)
        digest = hashlib.sha256(secret.encode()).digest()
        record = TokenRecord(token_id, digest, organiser_id, roles, person_id, is_system, name, expires_at=expires_at)
        return NewToken(record, f"plats_{token_id}_{secret}")

    def recognise(self, token: str) -> Actor:
        """Who shows this token. Raises NotSignedIn."""
        kind, _, rest = token.partition("_")
        token_id, _, secret = rest.partition("_")
        if kind != "plats" or not token_id or not secret or not token.isascii():
            raise NotSignedIn
        record = self._store.find(token_id)
        digest = hashlib.sha256(secret.encode()).digest()
        if record is None or not hmac.compare_digest(record.digest, digest) or not self._has_maker(record):
            raise NotSignedIn
        self._store.used(record)
        actor = Actor(
            f"token:{record.id}",
            record.organiser_id,
            record.roles,
            record.person_id,
            record.is_system,
            made_by=self._maker_of(record),
        )
        return self._as_one(actor)

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """The living tokens of an organiser."""
        return self._store.list(organiser_id)

    def revoke(self, token_id: str) -> None:
        """Make a token worthless, for whoever runs the installation. Raises NotFound."""
        if not self._store.revoke(token_id):
            raise NotFound(what="token")

    def revoke_of(self, person_id: PersonId, role: Role | None = None) -> None:
        """Make a person's tokens worthless: those with a role they held, or all of them. Twice is once."""
        self._store.revoke_of(person_id, role)

    def _maker_of(self, record: TokenRecord) -> PersonId | None:
        """Who is behind it, however many keys there are between."""
        maker = self._store.find(record.made_with) if record.made_by is None and record.made_with else None
        return record.made_by if maker is None else maker.person_id or self._maker_of(maker)

    def _has_maker(self, record: TokenRecord) -> bool:
        """Whether those it comes from are still what they were."""
        if record.made_with:
            maker = self._store.find(record.made_with)
            if maker is None or not self._has_maker(maker):
                return False
        return record.made_by is None or self._still_may(record)
