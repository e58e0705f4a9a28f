"""Pages of one booking, opened by the link of a mail without signing in: which they are, and who comes by it.

The link has been swapped for a cookie that is sent to addresses below that booking's alone. Everywhere else whoever has
it is a stranger; where somebody has signed in as well, the link counts only if it was chosen beside that sign-in.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import cast
from uuid import UUID

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from application.access.token import NotSignedIn
from application.booking.booking_link import LinkOver
from application.booking.link_code import Act
from application.kernel.actor import Actor
from domain.kernel.errors import NotFound
from web.pages.kernel.visit import (
    IS_HTTPS,
    TOKEN_COOKIE,
    Visit,
    resting,
    services,
    signed_in,
    visit_by_anyone,
)

LINK_COOKIE, WAITING_COOKIE = "plats_link", "plats_link_waiting"
LINK_LIFE, WAITING_LIFE = 12 * 3600, 600
"""Seconds that a browser keeps a link open, and how long it waits for a choice."""

FOR_ONE_READER = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""What a link has opened is kept nowhere and found by nobody; answers to forms may be gone back to."""

OPENED_BY_LINK = frozenset({
    "booking.page", "booking.name_form", "booking.name",
    "booking_link.close", "booking_link.stop",
    "calendar.booking", "history.of_booking",
    "learning.page", "learning.change", "learning.hopes", "learning.write", "answer.page", "answer.give",
    "cancellation.page", "cancellation.cancel", "cancellation.withdraw",
    "invoice.page", "paper.pdf", "payment_card.page", "payment_card.pay",
    "material_file.of_booking",
    "needs.page", "needs.tell", "participation.answer", "participation.page", "ticket.page",
    "move.move", "move.page",
    "transfer.page", "transfer.propose", "transfer.swap_back",
})  # fmt: skip
"""All that a link opens, each below the address of its booking. What is not named here asks who has signed in."""


def visit_of_booking() -> Visit:
    """As `visit_signed_in`, on pages that the link to a booking opens as well. Raises NotSignedIn."""
    visit = visit_by_anyone()
    actor = comes_by_link()
    if actor is not None:
        if actor.organiser_id != visit.organiser.organiser_id:
            raise NotFound(what="booking")
        services().booking_links.must_have_part(actor)
        g.visit = visit = Visit(visit.organiser, resting(actor, visit.organiser))
        return visit
    if not visit.is_signed_in:
        raise NotSignedIn
    return visit


def comes_by_link() -> Actor | None:
    """Whom the link that this request shows lets in, on a page that it opens."""
    if "by_link" not in g:
        g.by_link = _comes_by_link() if request.endpoint in OPENED_BY_LINK else None
    return cast("Actor | None", g.by_link)


def link_secret() -> str:
    """The secret of the link by which somebody comes here; empty where nobody does."""
    return shown_in(LINK_COOKIE) if comes_by_link() is not None else ""


def link_at(booking_id: UUID, cookie: str) -> Actor | None:
    """Whom the link in a cookie opens a booking for, whichever page this is."""
    secret = shown_in(cookie)
    with suppress(LinkOver):
        return services().booking_links.opens(booking_id, secret) if secret else None
    return None


def keep_link(answer: Response, booking_id: UUID, secret: str, cookie: str = LINK_COOKIE) -> None:
    """Swap a link for a cookie, beside whoever has signed in here; it is sent below that booking's address alone."""
    seconds = LINK_LIFE if cookie == LINK_COOKIE else WAITING_LIFE
    answer.set_cookie(
        cookie,
        f"{secret}.{_beside()}",
        max_age=seconds,
        path=below(booking_id),
        secure=request.is_secure or bool(current_app.config.get(IS_HTTPS)),
        httponly=True,
        samesite="Lax",
    )


def lead_in(comer: Actor, booking_id: UUID, secret: str, where: str) -> Response:
    """On to a page of the booking that a link opens, or to the choice where somebody else is here already."""
    is_other = somebody_else(comer, booking_id) is not None
    if is_other:
        where = url_for("booking_link.choose", slug=g.slug, booking_id=booking_id)
    answer = redirect(where, 303)
    if is_other or not _is_signed_in(comer):
        keep_link(answer, booking_id, secret, WAITING_COOKIE if is_other else LINK_COOKIE)
    answer.headers.update(FOR_ONE_READER)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def somebody_else(comer: Actor, booking_id: UUID) -> Actor | None:
    """Whoever this browser is at a booking now, where that is not whom the link is for."""
    actor = signed_in()
    here = actor if actor is not None and actor.organiser_id == comer.organiser_id else None
    present = link_at(booking_id, LINK_COOKIE) or here
    return present if present is not None and not present.is_person(comer.person_id) else None


def drop_link(answer: Response, booking_id: UUID, cookie: str = LINK_COOKIE) -> None:
    """This browser opens the booking by the link no longer."""
    answer.delete_cookie(cookie, path=below(booking_id), httponly=True, samesite="Lax", secure=request.is_secure)


def below(booking_id: UUID) -> str:
    """The address below which a link counts."""
    return url_for("booking.page", slug=g.slug, booking_id=booking_id)


def must_be_own(visit: Visit, person_id: UUID) -> None:
    """Who comes by a link reaches of people themselves alone. Raises NotFound."""
    if visit.is_by_link and not visit.actor.is_person(person_id):
        raise NotFound(what="person")


def must_name_seldom(visit: Visit) -> None:
    """Whoever came by a link names people a few times a day. Raises TooManyAttempts."""
    services().booking_links.must_name_seldom(visit.actor)


def must_hold_code(visit: Visit, act: Act) -> None:
    """What a forwarded mail must not be enough for goes on with the code that was mailed anew.

    Raises CodeNeeded, CodeWrong, TooManyAttempts; never for somebody who has signed in.
    """
    if g.get("is_older"):  # a form of before: it is refused and shown anew, and no code goes out for it
        return
    code = "" if request.form.get("new_code") else request.form.get("code", "").strip()
    services().link_codes.must_hold(visit.actor, act, code)


def must_hold_code_for(visit: Visit, seats: tuple[int, ...]) -> None:
    """As `must_hold_code`, where giving up these seats takes one."""
    if services().link_codes.is_needed(visit.actor, seats):
        must_hold_code(visit, Act.CANCEL)


def _is_signed_in(comer: Actor) -> bool:
    """Whether whoever the link is for has signed in here."""
    actor = signed_in()
    return actor is not None and actor.organiser_id == comer.organiser_id and actor.is_person(comer.person_id)


def _comes_by_link() -> Actor | None:
    booking_id = (request.view_args or {}).get("booking_id")
    return link_at(booking_id, LINK_COOKIE) if isinstance(booking_id, UUID) else None


def shown_in(cookie: str) -> str:
    """The secret in a cookie, as long as whoever it was chosen beside is still who has signed in."""
    secret, _, beside = request.cookies.get(cookie, "").partition(".")
    return secret if beside == _beside() else ""


def _beside() -> str:
    """Who has signed in here, if anybody has, so that a link tells: not the session, but its trace."""
    session = request.cookies.get(TOKEN_COOKIE, "") if signed_in() is not None else ""
    return hashlib.sha256(f"beside {session}".encode()).hexdigest()[:16] if session else ""
