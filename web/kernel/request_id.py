"""The id of a request: on what it is answered with where something was wrong, and in the line that tells of it."""

from __future__ import annotations

import re
import secrets

from flask import g, request

HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id() -> str:
    """What a proxy in front has called it, where that is believed (`web.server.front_door` takes it away elsewhere)."""
    if "request_id" not in g:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    return str(g.request_id)
