"""Pages whose form may lead on to the card company: these alone may send it there."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from application.booking.held_seats import HOLD
from web.pages.kernel.frame import POLICY
from web.pages.kernel.visit import services

ANY = UUID(int=0)


def leads_to_cards(html: str, status: int = 200) -> Response:
    """The page, allowed to send its form on to the card company, where there is one."""
    answer = Response(html, status, mimetype="text/html")
    checkouts = services().checkouts
    if checkouts.takes_cards:
        allowed = f"form-action 'self' {checkouts.cards.pages_at}"
        answer.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", allowed)
    return answer


def ways_back() -> tuple[str, str]:
    """Where the card company sends the payer: when it is paid, and when not. The hold's id is filled in later."""
    paid = url_for("hold.page", hold_id=ANY, paid="yes", _external=True)
    back = url_for("hold.page", hold_id=ANY, _external=True)
    return paid.replace(str(ANY), HOLD), back.replace(str(ANY), HOLD)
