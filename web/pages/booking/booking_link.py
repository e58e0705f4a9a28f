"""The link of a mail: swapped for a cookie, chosen where somebody else is here already, closed and stopped.

Opening one changes nothing that is remembered, however often and by whomever: mail scanners open links.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from application.booking.booking_link import LinkOver, NoPartAnyLonger
from application.booking.link_code import CodeNeeded, CodeWrong
from application.insight.trail import TrailKind
from application.kernel.actor import Actor
from domain.kernel.ids import BookingId
from web.kernel.errors import status_of
from web.kernel.trail import note
from web.pages.kernel.by_link import (
    FOR_ONE_READER,
    WAITING_COOKIE,
    comes_by_link,
    drop_link,
    keep_link,
    lead_in,
    link_at,
    shown_in,
    somebody_else,
    visit_of_booking,
)
from web.pages.kernel.spoken import name_of
from web.pages.kernel.visit import Answer, refusal, services, visit_by_anyone

pages = Blueprint("booking_link", __name__)

OURS = ("form_token", "code", "new_code", "do")
"""Fields of a form that the page that asks for a code says anew."""


@pages.get("/<slug>/bookings/<uuid:booking_id>/link/<secret>")
@pages.get("/<slug>/bookings/<uuid:booking_id>/link/<secret>/<uuid:document_id>")
def open_link(booking_id: UUID, secret: str, document_id: UUID | None = None) -> Answer:
    """On to the booking (or its invoice) under an address that tells nothing. Raises LinkOver."""
    visit = visit_by_anyone()
    comer = services().booking_links.opens(booking_id, secret)
    if comer.organiser_id != visit.organiser.organiser_id:
        raise LinkOver(why="unknown")
    where = url_for("booking.page", booking_id=booking_id)
    if document_id is not None:
        where = url_for("invoice.page", booking_id=booking_id, document_id=document_id)
    return lead_in(comer, booking_id, secret, where)


@pages.get("/<slug>/bookings/<uuid:booking_id>/link")
def choose(booking_id: UUID) -> Answer:
    """Somebody else is here already: whose link it is, and as whom to go on. Raises LinkOver."""
    visit_by_anyone()
    comer = _waiting(booking_id)
    other = somebody_else(comer, booking_id)
    shown = {"whose": name_of(comer), "booking_id": booking_id}
    words = render_template("link_choice.html", **shown, other=name_of(other) if other is not None else "")
    return Response(words, mimetype="text/html", headers=FOR_ONE_READER)


@pages.post("/<slug>/bookings/<uuid:booking_id>/link")
def chosen(booking_id: UUID) -> Answer:
    """Go on by the link; whoever has signed in here stays signed in everywhere else. Raises LinkOver."""
    visit_by_anyone()
    _waiting(booking_id)
    answer = redirect(url_for("booking.page", booking_id=booking_id), 303)
    keep_link(answer, booking_id, shown_in(WAITING_COOKIE))
    drop_link(answer, booking_id, WAITING_COOKIE)
    return answer


@pages.post("/<slug>/bookings/<uuid:booking_id>/link/close")
def close(booking_id: UUID) -> Answer:
    """This browser opens the booking no longer; the link in the mail still does."""
    visit_by_anyone()
    answer = redirect(url_for("programme.organiser", done="link_closed"), 303)
    drop_link(answer, booking_id)
    return answer


@pages.post("/<slug>/bookings/<uuid:booking_id>/link/stop")
def stop(booking_id: UUID) -> Answer:
    """The links in earlier mails open nothing any longer: everybody's, or one's own."""
    visit = visit_of_booking()
    services().booking_links.stop(visit.actor, BookingId(booking_id))
    if not visit.is_by_link:
        return redirect(url_for("booking.page", booking_id=booking_id, done="links_stopped"), 303)
    answer = redirect(url_for("programme.organiser", done="links_stopped"), 303)
    drop_link(answer, booking_id)
    return answer


@pages.app_errorhandler(LinkOver)
def over(error: LinkOver) -> Answer:
    """What has become of the link, and the ways to the booking that there still are."""
    why = str(error.facts["why"])
    if why == "unknown":
        note(TrailKind.BAD_KEY, None, "LinkOver")
    headers = {**FOR_ONE_READER, "Referrer-Policy": "no-referrer"}
    return Response(render_template("link_over.html", why=why), status_of(error), headers, mimetype="text/html")


@pages.app_errorhandler(NoPartAnyLonger)
def without_part(error: NoPartAnyLonger) -> Answer:
    """The booking goes on without whom the link is for: what is the case, and what they can do."""
    words = render_template("link_without_part.html", why=str(error.facts["why"]))
    return words, status_of(error)


@pages.app_errorhandler(CodeNeeded)
@pages.app_errorhandler(CodeWrong)
def ask_code(error: CodeNeeded | CodeWrong) -> Answer:
    """The form once more, waiting for the code that has been mailed."""
    is_wrong = isinstance(error, CodeWrong)
    if is_wrong:
        note(TrailKind.REFUSED, comes_by_link(), "CodeWrong")
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]
    problem = refusal(error) if is_wrong else ""
    shown = {"sent": sent, "do": request.form.get("do", ""), "to": error.facts["to"], "problem": problem}
    return render_template("link_code.html", **shown), status_of(error) if is_wrong else 200


def _waiting(booking_id: UUID) -> Actor:
    comer = link_at(booking_id, WAITING_COOKIE)
    if comer is None or comer.organiser_id != g.visit.organiser.organiser_id:
        raise LinkOver(why="unknown")
    return comer
