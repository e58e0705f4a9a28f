"""Signing in by a letter or with a key, and out again. Opening an address never signs anybody in: the button does."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for

from application.access.session import Whose
from application.access.token import NotSignedIn
from application.kernel.actor import Actor, Role, stranger
from application.kernel.one_time_token import TooManyAttempts
from application.people.address import AddressUnderAnotherName
from application.people.person import ConfirmEmail
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganiserId, PersonId
from web.kernel.errors import status_of
from web.kernel.trail import note_refusal, note_sign_in
from web.pages.access.entrance import let_in, local_address, this_browser
from web.pages.kernel.spoken import name_of
from web.pages.kernel.visit import (
    A_MONTH,
    TOKEN_COOKIE,
    Answer,
    after,
    place_of_reader,
    refusal,
    say,
    services,
    set_cookie,
    shown_soon,
    visit_by_anyone,
)

pages = Blueprint("sign_in", __name__)

KEY = "plats_"


@pages.get("/sign-in")
@pages.get("/<slug>/sign-in")
def page() -> Answer:
    """The ways in: a letter, a passkey, the organiser's own provider for staff, and a key; and where one was going."""
    return _page(local_address(request.args.get("next", "")))


@pages.post("/sign-in/letter")
@pages.post("/<slug>/sign-in/letter")
def ask() -> Answer:
    """Ask for a link by letter. The answer is the same whether anybody has the address or not."""
    going_to, email = local_address(request.form.get("next", "")), request.form.get("email", "").strip()
    organisers = _organisers()
    try:
        services().sign_in.ask(organisers, email, place_of_reader(), going_to, say().language)
    except (BadValue, TooManyAttempts) as error:
        note_refusal(error, None)
        problem = refusal(error)
        return _page(going_to, email=email, problem=problem, status=status_of(error))
    return render_template("sign_in_sent.html", email=email)


@pages.post("/sign-in")
@pages.post("/<slug>/sign-in")
def enter() -> Answer:
    """Come in with a key that was typed, or with the link of a letter whose button was pressed."""
    going_to = local_address(request.form.get("next", ""))
    shown = request.form.get("token", "").strip()
    try:
        return _with_key(shown, going_to) if shown.startswith(KEY) else _with_link(shown)
    except NotSignedIn as error:
        note_refusal(error, None)
        return _page(going_to, key_problem=say()("sign_in.unknown"), status=422)


@pages.get("/sign-in/<token>")
@pages.get("/<slug>/sign-in/<token>")
def link(token: str) -> Answer:
    """The button behind a link: mail scanners open links, only people press buttons."""
    try:
        actor = services().tokens.recognise(token) if token.startswith(KEY) else _guest(services().sign_in.opens(token))
    except NotSignedIn as error:
        note_refusal(error, None)
        problem = say()("sign_in.unknown" if token.startswith(KEY) else "sign_in.link_over")
        return _page("", problem=problem, status=401)
    if g.slug:
        visit_by_anyone()
    return render_template("sign_in_link.html", token=token, who=name_of(actor), organiser=_name(actor.organiser_id))


@pages.get("/<slug>/confirm/<uuid:person_id>/<code>")
def confirm(person_id: UUID, code: str) -> Answer:  # noqa: ARG001 # what stands in the address
    """The button by which somebody shows that an address is theirs."""
    visit_by_anyone()
    return render_template("confirm_email.html")


@pages.post("/<slug>/confirm/<uuid:person_id>/<code>")
def confirmed(person_id: UUID, code: str) -> Answer:
    """The code has come back. It lets nobody in: that is what signing in is for."""
    visit = visit_by_anyone()
    somebody = stranger(visit.organiser.organiser_id)
    try:
        recorded = services().people.confirm_email(somebody, ConfirmEmail(PersonId(person_id), code))
    except AddressUnderAnotherName as error:
        note_refusal(error, somebody)
        return render_template("confirm_email.html", problem=say()("confirm.taken")), status_of(error)
    return after(recorded, "programme.organiser", done="email_confirmed")


@pages.post("/sign-out")
def leave() -> Answer:
    """End the session, or forget the key in this browser."""
    services().sessions.sign_out(request.cookies.get(TOKEN_COOKIE, ""))
    answer = redirect(url_for("programme.home", done="signed_out"), 303)
    answer.delete_cookie(TOKEN_COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _page(going_to: str, *, email: str = "", problem: str = "", key_problem: str = "", status: int = 200) -> Answer:
    if g.slug:
        visit_by_anyone()
    provider = services().staff_sign_in.name_of(g.slug) if g.slug else ""
    told = {"email": email, "problem": problem, "key_problem": key_problem, "provider": provider}
    return render_template("sign_in.html", going_to=going_to, **told), status


def _with_key(token: str, going_to: str) -> Answer:
    actor = services().tokens.recognise(token)
    answer = redirect(going_to or _home(actor.organiser_id), 303)
    services().sessions.sign_out(request.cookies.get(TOKEN_COOKIE, ""))
    note_sign_in(actor, "key")
    set_cookie(answer, TOKEN_COOKIE, token, A_MONTH)
    return answer


def _with_link(secret: str) -> Answer:
    entered = services().sign_in.enter(secret, this_browser())
    answer = redirect(entered.going_to or _home(entered.organiser_id), 303)
    shown_soon(answer, entered.position)
    let_in(answer, entered.secret)
    return answer


def _guest(whose: Whose | None) -> Actor:
    """Whom a link lets in, to be called by name before the button is pressed."""
    if whose is None:
        return Actor("link", None, is_system=True)
    return Actor("link", whose.organiser_id, frozenset({Role.MEMBER}), whose.person_id)


def _organisers() -> tuple[OrganiserId, ...]:
    if g.slug:
        return (visit_by_anyone().organiser.organiser_id,)
    return tuple(each.organiser_id for each in services().programme.organisers())


def _home(organiser_id: OrganiserId | None) -> str:
    organisers = [each for each in services().programme.organisers() if each.organiser_id == organiser_id]
    if organisers:
        return url_for("programme.organiser", slug=organisers[0].slug)
    return url_for("programme.home")


def _name(organiser_id: OrganiserId | None) -> str:
    return services().programme.organiser(organiser_id).name if organiser_id is not None else ""
