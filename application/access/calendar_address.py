"""Calendar addresses: the secret address under which somebody's own calendar follows their meetings."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from application.access.token import NotSignedIn, TokenRecord, TokenStore
from application.kernel.actor import Actor, Role
from application.kernel.use_case import organiser_of
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId

NAME = "calendar"


class CalendarAddresses:
    """Make a secret address, and tell whose it is. It reads a calendar and opens nothing else, unlike a token."""

    def __init__(
        self,
        store: TokenStore,
        new_secret: Callable[[], str] = lambda: secrets.token_hex(20),
        as_one: Callable[[Actor], Actor] = lambda actor: actor,
    ) -> None:
        self._store, self._new_secret, self._as_one = store, new_secret, as_one

    def make(self, actor: Actor) -> str:
        """A new secret for the actor's own calendar; an earlier one stops working. Raises NotSignedIn."""
        if actor.person_id is None:
            raise NotSignedIn
        self.stop(actor)
        secret, address_id = self._new_secret(), secrets.token_hex(8)
        organiser_id, person_id = organiser_of(actor), actor.person_id
        record = TokenRecord(address_id, _digest(secret), organiser_id, frozenset(), person_id, False, NAME)
        self._store.keep(record)
        return f"{address_id}-{secret}"

    def stop(self, actor: Actor) -> None:
        """The actor's secret address stops working, if there is one."""
        for person_id in _ids(actor):
            self._store.revoke_named(person_id, NAME)

    def is_shared(self, actor: Actor) -> bool:
        """Whether the actor has a secret address that works."""
        return any(self._store.has_named(person_id, NAME) for person_id in _ids(actor))

    def reader(self, secret_address: str) -> Actor:
        """The person behind a secret address, as a member who reads. Raises NotFound."""
        address_id, _, secret = secret_address.partition("-")
        record = self._store.find(address_id) if address_id and secret.isascii() else None
        if record is None or not hmac.compare_digest(record.digest, _digest(secret)):
            raise NotFound(what="calendar")
        reader = Actor(f"calendar:{record.id}", record.organiser_id, frozenset({Role.MEMBER}), _person(record))
        return self._as_one(reader)


def _digest(secret: str) -> bytes:
    """Unlike a token's, so that neither can ever pass for the other."""
    return hashlib.sha256(f"calendar address {secret}".encode()).digest()


def _ids(actor: Actor) -> frozenset[PersonId]:
    """All that the actor goes by: an address that was made before a merging works still."""
    return actor.also if actor.person_id is None else actor.also | {actor.person_id}


def _person(record: TokenRecord) -> PersonId:
    if record.person_id is None:
        raise NotFound(what="calendar")
    return record.person_id
