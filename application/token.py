"""Tokens: how a program or a signed-in person shows who they are; only a digest of the secret is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from application.actor import Actor, Role
from domain.errors import NotFound, PlatsError
from domain.ids import OrganiserId, PersonId


class NotSignedIn(PlatsError):
    """No token was given, or it is not (any longer) one of ours."""


@dataclass(frozen=True)
class TokenRecord:
    """A token as it is kept: whose, for which organiser, with which roles. `digest` is SHA-256 of the secret."""

    id: str
    digest: bytes
    organiser_id: OrganiserId | None
    roles: frozenset[Role]
    person_id: PersonId | None
    is_system: bool
    name: str


class TokenStore(Protocol):
    """Where tokens are kept."""

    def keep(self, record: TokenRecord) -> None:
        """Keep a new token."""
        ...

    def find(self, token_id: str) -> TokenRecord | None:
        """The token of that id, unless it has been revoked."""
        ...

    def revoke(self, token_id: str) -> bool:
        """Make it worthless at once; False when there is none."""
        ...

    def revoke_of(self, person_id: PersonId, role: Role | None) -> None:
        """Make a person's tokens worthless: those with a role, or (None) all of them."""
        ...

    def revoke_named(self, person_id: PersonId, name: str) -> None:
        """Make a person's tokens of one name worthless."""
        ...

    def has_named(self, person_id: PersonId, name: str) -> bool:
        """Whether a person has a living token of a name."""
        ...

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """All living tokens of an organiser (None: of the installation)."""
        ...


class Tokens:
    """Make, recognise and revoke tokens. A token reads `plats_ID_SECRET`."""

    def __init__(self, store: TokenStore, new_secret: Callable[[], str] = lambda: secrets.token_hex(24)) -> None:
        self._store, self._new_secret = store, new_secret

    def make(
        self,
        name: str,
        organiser_id: OrganiserId | None,
        roles: frozenset[Role],
        person_id: PersonId | None = None,
        *,
        is_system: bool = False,
    ) -> str:
        """A new token in the clear; it cannot be read again."""
        secret = self._new_secret()
        token_id = secrets.token_hex(8)
        digest = hashlib.sha256(secret.encode()).digest()
        self._store.keep(TokenRecord(token_id, digest, organiser_id, roles, person_id, is_system, name))
        return f"plats_{token_id}_{secret}"

    def recognise(self, token: str) -> Actor:
        """Who shows this token. Raises NotSignedIn."""
        kind, _, rest = token.partition("_")
        token_id, _, secret = rest.partition("_")
        if kind != "plats" or not token_id or not secret or not token.isascii():
            raise NotSignedIn
        record = self._store.find(token_id)
        digest = hashlib.sha256(secret.encode()).digest()
        if record is None or not hmac.compare_digest(record.digest, digest):
            raise NotSignedIn
        return Actor(f"token:{record.id}", record.organiser_id, record.roles, record.person_id, record.is_system)

    def list(self, organiser_id: OrganiserId | None) -> tuple[TokenRecord, ...]:
        """The living tokens of an organiser."""
        return self._store.list(organiser_id)

    def revoke(self, token_id: str) -> None:
        """Make a token worthless. Raises NotFound."""
        if not self._store.revoke(token_id):
            raise NotFound(what="token")

    def revoke_of(self, person_id: PersonId, role: Role | None = None) -> None:
        """Make a person's tokens worthless: those with a role they held, or all of them. Twice is once."""
        self._store.revoke_of(person_id, role)
