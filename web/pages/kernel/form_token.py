"""How a page knows that a form is its own: a token of the session, and where the browser says it comes from."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Request, request

from domain.kernel.errors import PlatsError
from web.pages.kernel.by_link import link_secret
from web.pages.kernel.visit import TOKEN_COOKIE, signed_in

FORM_FIELD = "form_token"


class FormNotOurs(PlatsError):
    """A form was sent from another site, or from a page that was opened before the reader signed in."""


class SessionOver(PlatsError):
    """A form was sent from the page of somebody who was signed in, and nobody is any longer."""


def form_token() -> str:
    """What our own forms carry: bound to the session, or to the link somebody comes by; empty for strangers."""
    token = link_secret() or (request.cookies.get(TOKEN_COOKIE, "") if signed_in() is not None else "")
    if not token:
        return ""
    return hmac.new(token.encode(), b"our own form", hashlib.sha256).hexdigest()[:32]


def new_key() -> str:
    """A fresh idempotency key for a form, so that a second click is not a second booking."""
    return secrets.token_hex(12)


def must_be_our_form(asked: Request) -> None:
    """Raises FormNotOurs for a form that another site sent."""
    site = asked.headers.get("Sec-Fetch-Site")
    origin = asked.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        raise FormNotOurs
    if site is None and origin is not None and origin != asked.host_url.rstrip("/"):
        raise FormNotOurs


def must_be_of_this_session(asked: Request) -> None:
    """Raises SessionOver where the session has ended, FormNotOurs for a form that lacks the session's token."""
    wanted, brought = form_token(), asked.form.get(FORM_FIELD, "")
    if brought and not wanted:
        raise SessionOver
    if wanted and not hmac.compare_digest(wanted, brought):
        raise FormNotOurs
