"""How somebody is let in with an answer, from whichever way of signing in; and where they are sent then."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from application.access.session import Browser, Whose
from web.kernel.trail import note_sign_in
from web.pages.kernel.browser_name import browser_name
from web.pages.kernel.visit import A_MONTH, TOKEN_COOKIE, say, services, set_cookie


def this_browser() -> Browser:
    """The browser that asks, and the language it is answered in."""
    return Browser(browser_name(request), say().language)


def sign_in_as(answer: AnyResponse, whose: Whose, method: str) -> None:
    """Let somebody in with this answer, whom we have just got to know; whoever was in this browser is signed out."""
    let_in(answer, services().sessions.begin(whose, method, this_browser()))


def let_in(answer: AnyResponse, secret: str) -> None:
    """Give the browser the secret of a session that has begun; the one it had ends."""
    services().sessions.sign_out(request.cookies.get(TOKEN_COOKIE, ""))
    note_sign_in(services().sessions.recognise(secret), request.blueprint or "")
    set_cookie(answer, TOKEN_COOKIE, secret, A_MONTH)


def local_address(address: str) -> str:
    """An address of our own, or nothing: nobody is sent to another site from here."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours and "\\" not in address else ""
