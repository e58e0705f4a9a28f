"""What every page has: the frame around it, the headers, the reader's language, and words for what went wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from application.access.token import NotSignedIn
from domain.kernel.errors import PlatsError
from web.kernel.errors import status_of
from web.kernel.problems import UNAVAILABLE, sent_away
from web.kernel.rests_on import NEED_NOBODY
from web.kernel.trail import note_refusal
from web.pages.kernel.accents import register_accents
from web.pages.kernel.by_link import FOR_ONE_READER, comes_by_link
from web.pages.kernel.fonts import register_fonts
from web.pages.kernel.form_token import (
    FormNotOurs,
    SessionOver,
    must_be_of_this_session,
    must_be_our_form,
)
from web.pages.kernel.forms import FormRefused
from web.pages.kernel.other_session import is_of_another_session, keep_typed
from web.pages.kernel.sheet import register_sheet
from web.pages.kernel.spoken import spoken
from web.pages.kernel.visit import (
    A_YEAR,
    Answer,
    catch_up_with_reader,
    refusal,
    say,
    set_cookie,
)
from web.words.language import COOKIE, LANGUAGES, read_phrases

API, EMBED = "/api/", "/embed/"
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SECRETS = frozenset({"secret", "code", "token"})
"""Parts of an address that let in whoever has them: such a page is kept nowhere and sends its address nowhere."""
LEAVE = "sign_in.leave"
SAFE = ("GET", "HEAD", "OPTIONS")
CODES = (400, 403, 404, 405, 413, 500)
LARGE_FORMS = dict.fromkeys(
    ("image.choose", "face.change", "material.publish", "material.replace"), 9 * 1024 * 1024
) | {"bank_file.upload": 33 * 1024 * 1024}
"""The pages to which more than a form's usual bytes may be sent."""


def frame(app: Flask) -> None:
    """Put the frame around an application's pages; what is under /api/ is left alone."""
    app.extensions["plats_phrases"] = read_phrases()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_value_preprocessor(_whose_pages)
    app.url_defaults(_of_this_organiser)
    app.before_request(_before)
    app.after_request(_after)
    app.context_processor(spoken)
    register_fonts(app)
    register_sheet(app)
    register_accents(app)
    app.add_url_rule("/favicon.ico", "favicon", lambda: app.send_static_file("favicon.svg"))


def answer_errors(app: Flask) -> None:
    """Say what went wrong on pages in the reader's language. What is under /api/ never comes here."""
    app.register_error_handler(PlatsError, refused)
    app.register_error_handler(FormRefused, _form_again)
    for code in CODES:
        app.register_error_handler(code, _http_error)


def refused(error: PlatsError) -> Answer:
    """A refusal as a page; whoever must sign in first is sent there and back."""
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return redirect(f"{url_for('sign_in.page')}?next={quote(request.full_path.rstrip('?'))}", 303)
    note_refusal(error, comes_by_link() or g.get("actor"))
    if isinstance(error, FormNotOurs):
        return render_template("error.html", status=403, words=say()("error.form_not_ours")), 403
    status = status_of(error)
    if status == UNAVAILABLE:
        sent_away.tell(error, f"{request.method} {request.url_rule}")
    return render_template("error.html", status=status, words=refusal(error)), status


def _form_again(error: FormRefused) -> Answer:
    """The page of a form once more; whoever may not see that page is refused instead."""
    try:
        return error.answer()
    except PlatsError as refusal_of_page:
        return refused(refusal_of_page)


def _whose_pages(_: str | None, args: dict[str, Any] | None) -> None:
    """Take the organiser's word out of the address; "" on what is no organiser's. `visit_by_anyone` looks it up."""
    g.slug = args.pop("slug", "") if args else ""


def _of_this_organiser(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the organiser that is visited, where they do not say to which; and stay below a booking that a

    link has opened.
    """
    if "visit" in g and "slug" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = g.visit.organiser.slug
    if "visit" in g and g.visit.is_by_link and current_app.url_map.is_endpoint_expecting(endpoint, "booking_id"):
        values.setdefault("booking_id", g.visit.actor.booking_id)


def _before() -> Answer | None:
    if request.path.startswith(API):
        return None
    if request.method in SAFE:
        if not request.path.startswith("/static/"):
            g.is_behind = not catch_up_with_reader()
        return None
    if request.endpoint in LARGE_FORMS:
        request.max_content_length = request.max_form_memory_size = LARGE_FORMS[request.endpoint]
    try:
        must_be_our_form(request)
        must_be_of_this_session(request)
    except SessionOver:
        return None if request.endpoint in (*NEED_NOBODY, LEAVE) else keep_typed()
    except FormNotOurs as error:
        g.is_older = is_of_another_session()
        return None if g.is_older else refused(error)
    return None


def _after(answer: Response) -> Response:
    if request.path.startswith(API):
        return answer
    if comes_by_link() is not None and request.method in SAFE:
        answer.headers.update(FOR_ONE_READER)
    if answer.mimetype == "text/html" and not SECRETS.isdisjoint(request.view_args or ()):
        answer.headers.update({**FOR_ONE_READER, "Referrer-Policy": "no-referrer"})
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    chosen = request.args.get("language")
    if chosen in LANGUAGES and answer.mimetype == "text/html" and not request.path.startswith(EMBED):
        set_cookie(answer, COOKIE, str(chosen), A_YEAR)
    if answer.mimetype == "text/html":
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        answer.headers["Content-Language"] = say().language
        answer.vary.update(("Cookie", "Accept-Language"))
    return answer


def _http_error(error: HTTPException) -> Answer:
    code = error.code or 500
    return render_template("error.html", status=code, words=say()(f"error.http_{code}")), code
