"""Links that say something by themselves: signed, kept nowhere, and each purpose under a salt of its own."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from domain.kernel.ids import MeetingId, PersonId, SeasonId
from infrastructure.keys.keyring import Keyring

_INVITATIONS, _DOORS, _ROOMS = "plats.invitations.v1", "plats.doors.v1", "plats.rooms.v1"


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


class _MeetingLinks:
    """Links of a meeting, under the salt of their purpose."""

    _salt: ClassVar[str]

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def secret_for(self, season_id: SeasonId, meeting_id: MeetingId, link_id: UUID) -> str:
        """What stands in a link."""
        return str(self._signer().dumps([season_id.hex, meeting_id.hex, link_id.hex]))

    def read(self, secret: str) -> tuple[SeasonId, MeetingId, UUID] | None:
        """Of which season, meeting and link; None for one that nobody has signed."""
        try:
            season, meeting, link = map(UUID, self._signer().loads(secret))
        except (BadData, ValueError, TypeError, AttributeError):
            return None
        return SeasonId(season), MeetingId(meeting), link

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._keyring.link_key(), salt=self._salt)


class SignedDoorLinks(_MeetingLinks):
    """`application.attendance.door.DoorLinks`: which door a helpers' link opens, as long as the door knows the link."""

    _salt = _DOORS


class SignedRoomLinks(_MeetingLinks):
    """`application.learning.answer.RoomLinks`: which round a room's link opens, as long as the round knows the link."""

    _salt = _ROOMS
