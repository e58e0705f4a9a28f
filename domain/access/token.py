"""A token: a key to the API that somebody has made; it may no more than its maker, and ends with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import OrganiserId, PersonId, derived

MEMBER = "member"


class Token(Aggregate):
    """Its secret stands nowhere; its name and when it was last used stand beside its digest, not here."""

    class Made(Aggregate.Created):
        organiser_id: OrganiserId
        made_by: PersonId | None
        made_with: str
        person_id: PersonId | None
        roles: tuple[str, ...]
        expires_at: datetime | None

    class FirstUsed(Aggregate.Event):
        used_at: datetime

        def apply(self, token: Token) -> None:
            token.is_used = True

    class Revoked(Aggregate.Event):
        revoked_by: PersonId | None
        why: str

        def apply(self, token: Token) -> None:
            token.is_revoked = True

    @event(Made)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        made_by: PersonId | None,
        made_with: str,
        person_id: PersonId | None,
        roles: tuple[str, ...],
        expires_at: datetime | None,
    ) -> None:
        self.organiser_id, self.made_by, self.made_with, self.person_id = organiser_id, made_by, made_with, person_id
        self.roles, self.expires_at = roles, expires_at
        self.is_used, self.is_revoked = False, False

    def use(self, at: datetime) -> None:
        """It has been shown for the first time; later times are not remembered here."""
        if not self.is_used:
            self.record(Token.FirstUsed(used_at=at))

    def revoke(self, by: PersonId | None, why: str) -> None:
        """It opens nothing any longer; twice is once. `why`: "revoked" by somebody, or it ended with its "maker"."""
        if not self.is_revoked:
            self.record(Token.Revoked(revoked_by=by, why=why))


def token_id_of(name: str) -> UUID:
    """The id of the token that is shown with this name (the part before its secret)."""
    return derived("token", name)


def may_make(
    roles: Collection[str], person_id: PersonId | None, maker_roles: Collection[str], maker: PersonId | None
) -> None:
    """Nobody gives away more than they have, or acts as somebody else: a token may what its maker may, at most.

    Raises NotAllowed, BadValue.
    """
    if not roles:
        raise BadValue(field="roles", why="at least one role")
    if person_id is not None and person_id != maker:
        raise NotAllowed(needs="system")
    if not set(roles) <= set(maker_roles):
        raise NotAllowed(needs=" and ".join(sorted(roles)))
    if MEMBER in roles and person_id is None:
        raise BadValue(field="person_id", why="a member's token is for the member alone")


def end_of(days: int | None, usual: int, most: int, now: datetime) -> datetime:
    """When a token made now ends. Raises BadValue."""
    chosen = usual if days is None else days
    if not 1 <= chosen <= most:
        raise BadValue(field="days", why=f"1 to {most} days")
    return now + timedelta(days=chosen)
