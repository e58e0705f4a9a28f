"""Links that say something by themselves: signed, kept nowhere, and each purpose under a salt of its own."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from domain.kernel.ids import PersonId
from infrastructure.keys.keyring import Keyring

_INVITATIONS = "plats.invitations.v1"


class InvitationLinks:
    """`application.people.invitations.InvitationLinks`: whose answer to invitations a link gives, for good."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def token_for(self, person_id: PersonId) -> str:
        """What stands in the link: an id that means nothing elsewhere, the same each time."""
        return str(self._signer().dumps(person_id.hex))

    def person_in(self, token: str) -> PersonId | None:
        """Whose link it is; None for one that nobody has signed for this."""
        try:
            return PersonId(UUID(self._signer().loads(token)))
        except (BadData, ValueError, TypeError, AttributeError):
            return None

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._keyring.link_key(), salt=_INVITATIONS)
