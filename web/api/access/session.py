"""One's own sign-ins: in which browsers one is signed in, and signing out of one or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.kernel.actor import Actor
from domain.kernel.errors import NotFound
from web.api.kernel.answers import answer_from
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

sessions = ApiBlueprint("own_sessions", "One's own sign-ins.")


@dataclass(frozen=True)
class SignedIn:
    """A browser in which one is signed in. `method`: how one came in; never the secret."""

    session_id: UUID
    method: str
    browser: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


@sessions.read("/me/sessions", Who.SIGNED_IN, tuple[SignedIn, ...])
def list_my_sessions(call: Call) -> tuple[SignedIn, ...]:
    """Where whoever asks is signed in, the last used first."""
    return tuple(answer_from(SignedIn, row) for row in call.services.sessions.mine(_somebody(call)))


@sessions.write("DELETE", "/me/sessions", Who.SIGNED_IN, None, status=204)
def end_my_sessions(call: Call) -> Written:
    """Sign out everywhere; the token that asks goes on."""
    call.services.sessions.end_others(_somebody(call))
    return Written(None, 0, is_repeated=False)


@sessions.write("DELETE", "/me/sessions/<uuid:session_id>", Who.SIGNED_IN, None, status=204)
def end_my_session(call: Call, session_id: UUID) -> Written:
    """Sign out in one browser."""
    call.services.sessions.end(_somebody(call), session_id)
    return Written(None, 0, is_repeated=False)


def _somebody(call: Call) -> Actor:
    """Whoever asks, who must be a person: a program signs in nowhere. Raises NotFound."""
    if call.actor.person_id is None:
        raise NotFound(what="person")
    return call.actor
