"""The booking form on another web site, in a frame: a stranger's registration that needs no cookie at all."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, render_template, url_for

from application.kernel.actor import Role
from application.people.organiser import AllowSites
from application.programme.queries.season_view import SeasonView
from web.pages.booking.booking_form import FIELDS, Rows, check_rows, first_rows, read_rows
from web.pages.booking.buyer import Buyer
from web.pages.booking.receipt import receipt_of
from web.pages.booking.season_form import offer_to, register
from web.pages.booking.typed_buyer import OTHER
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.frame import POLICY
from web.pages.kernel.visit import Answer, Visit, after, services, visit_by_anyone, visit_signed_in

pages = Blueprint("embed", __name__)

NOBODY_KNOWN = Buyer(None)


@pages.get("/embed/<slug>/<uuid:season_id>")
def page(season_id: UUID) -> Answer:
    """The form with price and terms above it, as anyone sees it, whoever may be signed in here."""
    visit = _anyone()
    view = services().programme.season(visit.actor, season_id)
    form = Form(Typed({"payer": OTHER}))
    return _framed(visit, _form(visit, view, form, first_rows(view, is_seated=False)))


@pages.post("/embed/<slug>/<uuid:season_id>")
def book(season_id: UUID) -> Answer:
    """The sum again, one more row, or the registration; what happens next is answered at once, without going on."""
    visit = _anyone()
    view = services().programme.season(visit.actor, season_id)
    form = Form.sent(lambda form: _framed(visit, _form(visit, view, form, rows)), FIELDS)
    rows = read_rows(form, always_me=True)
    if form.text("do") != "book":
        return _framed(visit, _form(visit, view, form, rows))
    check_rows(form, rows)
    sent = receipt_of(form, rows, register(visit, view, form, rows).answer)
    return _framed(visit, render_template("embed_done.html", view=view, row=view.row, sent=sent))


@pages.get("/<slug>/seasons/<uuid:season_id>/embed")
def snippet(season_id: UUID) -> Answer:
    """For admins: the two lines to put on another site, and which sites may."""
    visit = visit_signed_in()
    return _snippet(visit, season_id, Form(Typed({"sites": "\n".join(visit.organiser.sites)})))


@pages.post("/<slug>/seasons/<uuid:season_id>/embed")
def allow(season_id: UUID) -> Answer:
    """Save which sites may show the form."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _snippet(visit, season_id, form), {"sites": "sites"})
    command = AllowSites(visit.organiser.organiser_id, tuple(form.text("sites").split()))
    recorded = form.submit(services().organisers.allow_sites, visit.actor, command)
    return after(recorded, "embed.snippet", season_id=season_id, done="sites_allowed")


def _anyone() -> Visit:
    found = visit_by_anyone()
    return Visit(found.organiser, found.stranger)


def _form(visit: Visit, view: SeasonView, form: Form, rows: Rows) -> str:
    offer = offer_to(visit, view, form, rows, NOBODY_KNOWN)
    return form.page(
        "embed.html",
        view=view,
        row=view.row,
        rows=rows,
        buyer=NOBODY_KNOWN,
        **vars(offer),
    )


def _framed(visit: Visit, html: str) -> Answer:
    """May be shown by the organiser's own choice of sites, and by none where it has named none."""
    ancestors = " ".join(visit.organiser.sites) or "'none'"
    answer = current_app.response_class(html)
    answer.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    return answer


def _snippet(visit: Visit, season_id: UUID, form: Form) -> str:
    view = services().programme.season(visit.actor, season_id)
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return form.page(
        "embed_snippet.html",
        row=view.row,
        frame_address=url_for("embed.page", season_id=season_id, language=view.row.language, _external=True),
        page_address=url_for("season.page", season_id=season_id, _external=True),
    )
