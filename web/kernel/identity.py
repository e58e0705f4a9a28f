"""Who asks: the bearer token of a request, and who that is."""

from __future__ import annotations

import re

from flask import Request

from application.access.token import NotSignedIn, Tokens
from application.kernel.actor import Actor

NOBODY = Actor(id="stranger", organiser_id=None)
"""Somebody who shows no token, before it is known on whose pages."""

_BEARER = re.compile(r"[Bb]earer +([!-~]{1,200})")


def actor_of(asked: Request, tokens: Tokens) -> Actor:
    """Who shows the request's bearer token; NOBODY where none is shown. Raises NotSignedIn for what is none of ours."""
    shown = asked.headers.get("Authorization")
    if shown is None:
        return NOBODY
    found = _BEARER.fullmatch(shown)
    if found is None:
        raise NotSignedIn
    return tokens.recognise(found[1])
