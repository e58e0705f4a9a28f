"""Who may call a route: every route of the API declares it, and a route that does not is not there."""

from __future__ import annotations

from enum import StrEnum

from application.access.token import NotSignedIn
from application.kernel.actor import Actor, Role
from domain.kernel.errors import NotAllowed
from web.kernel.identity import NOBODY


class Who(StrEnum):
    """Who may call it. The use cases then ask whose the thing is; another's is not found."""

    ANYONE = "anyone, with or without a token"
    SIGNED_IN = "anyone with a token"
    ADMIN = "admins"
    FINANCE = "finance staff"
    STAFF = "admins and finance staff"
    SYSTEM = "whoever runs the installation"


_ROLES = {Who.ADMIN: (Role.ADMIN,), Who.FINANCE: (Role.FINANCE,), Who.STAFF: (Role.ADMIN, Role.FINANCE), Who.SYSTEM: ()}


def must_be(who: Who, actor: Actor) -> None:
    """Raises NotSignedIn or NotAllowed unless the actor is one of those."""
    if who is Who.ANYONE:
        return
    if actor is NOBODY:
        raise NotSignedIn
    if who is Who.SIGNED_IN or actor.is_system:
        return
    roles = _ROLES[who]
    if actor.roles.isdisjoint(roles):
        raise NotAllowed(needs=" or ".join(roles) or "system")
