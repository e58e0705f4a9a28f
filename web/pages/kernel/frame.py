"""What every page has: the frame around it, the headers, the reader's language, and words for what went wrong."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from application.access.token import NotSignedIn
from application.kernel.actor import Actor
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.season_name import season_name
from domain.kernel.terms import day_in
from web.kernel.errors import sentence, status_of
from web.kernel.problems import UNAVAILABLE, sent_away
from web.kernel.rests_on import NEED_NOBODY
from web.kernel.trail import note_refusal
from web.letters.letter_words import kind_of_letter
from web.pages.kernel.accents import register_accents
from web.pages.kernel.as_shown import as_shown
from web.pages.kernel.by_link import FOR_ONE_READER, comes_by_link
from web.pages.kernel.fonts import register_fonts
from web.pages.kernel.form_token import (
    FORM_FIELD,
    FormNotOurs,
    SessionOver,
    form_token,
    must_be_of_this_session,
    must_be_our_form,
    new_key,
)
from web.pages.kernel.forms import FormRefused
from web.pages.kernel.other_session import is_of_another_session, keep_typed
from web.pages.kernel.sheet import register_sheet
from web.pages.kernel.visit import (
    A_YEAR,
    AS_SHOWN,
    Answer,
    catch_up_with_reader,
    say,
    services,
    set_cookie,
    signed_in,
    today,
)
from web.words import formats, wording
from web.words.initials import initials
from web.words.language import COOKIE, LANGUAGES, read_phrases
from web.words.price import sum_text
from web.words.terms import terms_instants, terms_sentences
from web.words.unbroken import unbroken

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
LEAVE = "sign_in.leave"
SAFE = ("GET", "HEAD", "OPTIONS")
FIGURES = (
    formats.money, formats.figures, formats.number, formats.share, formats.day, formats.weekday, formats.short_day,
    formats.month, formats.short_month, formats.moment, formats.clock,
)  # fmt: skip
SENTENCES = (
    wording.where, wording.places, wording.seats_left, sum_text, wording.line_text, terms_instants,
    wording.admission_sentence, wording.supplied, wording.period,
)  # fmt: skip
"""What templates may say by the function's own name, in the reader's language."""

CODES = (400, 403, 404, 405, 413, 500)


LARGE_FORMS = dict.fromkeys(("bank_file.upload", "image.choose", "face.change"), 9 * 1024 * 1024)
"""The pages to which more than a form's usual bytes may be sent."""


def frame(app: Flask) -> None:
    """Put the frame around an application's pages; what is under /api/ is left alone."""
    app.extensions["plats_phrases"] = read_phrases()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_value_preprocessor(_whose_pages)
    app.url_defaults(_of_this_organiser)
    app.before_request(_before)
    app.after_request(_after)
    app.context_processor(_spoken)
    register_fonts(app)
    register_sheet(app)
    register_accents(app)
    app.add_url_rule("/favicon.ico", "favicon", lambda: app.send_static_file("favicon.svg"))


def answer_errors(app: Flask) -> None:
    """Say what went wrong on pages in the reader's language. What is under /api/ never comes here."""
    app.register_error_handler(PlatsError, refused)
    app.register_error_handler(FormRefused, FormRefused.answer)
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
    return render_template("error.html", status=status, words=sentence(error, say().language)), status


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


def _spoken() -> dict[str, object]:
    """What every template may say and ask."""
    return {
        **_words(),
        "here": _here_in,
        "visit": g.get("visit"),
        "actor": signed_in(),
        "my_name": my_name,
        "initials": initials,
        "name_of": name_of,
        "form_field": FORM_FIELD,
        "form_token": form_token,
        "as_shown_field": AS_SHOWN,
        "as_shown": as_shown,
        "local_day": day_in,
        "map_of": wording.map_of,
        "new_key": new_key,
        "done": _done(),
        "is_behind": g.get("is_behind", False),
    }


def _words() -> dict[str, object]:
    language = say().language
    return {
        **{each.__name__: partial(each, language=language) for each in FIGURES},
        **{each.__name__: partial(each, say=say()) for each in SENTENCES},
        "span": unbroken(partial(formats.span, language=language)),
        "when": unbroken(partial(wording.when, say=say())),
        **_as_of_today(language),
        "season_name": season_name,
        "status_text": partial(wording.status_text, say=say(), today=today(g.visit.zone)) if "visit" in g else None,
        "t": say(),
        "language": language,
        "other_language": next(each for each in LANGUAGES if each != language),
        "kind_of_letter": kind_of_letter,
        "org_number": formats.org_number,
    }


def _as_of_today(language: str) -> dict[str, object]:
    """What is said of a day, seen from this one."""
    now = today(g.visit.zone) if "visit" in g else None
    near = partial(formats.near_day, language=language, today=now)
    terms = partial(terms_sentences, say=say(), today=now)
    lately = {"lately": partial(formats.lately, language=language, today=now)} if now else {}
    return {"near_day": near, "terms_sentences": terms, **lately}


def my_name() -> str:
    """How the signed-in reader is called."""
    actor = signed_in()
    return name_of(actor) if actor else ""


def name_of(actor: Actor) -> str:
    """A person's name; what the actor is, where no person stands behind the token."""
    if actor.person_id is not None:
        try:
            return services().people_questions.person(actor, actor.person_id).name or say()("frame.erased")
        except NotFound:  # not in the read models yet
            return ""
    return ", ".join(say()(f"frame.role_{role.value}") for role in sorted(actor.roles)) or say()("frame.role_system")


def _done() -> str:
    """What the reader has just done, as a sentence, where the address says so."""
    word = request.args.get("done", "")
    return say()(f"done.{word}") if f"done.{word}" in say().phrases else ""


def _here_in(language: str) -> str:
    """This page in another language; after a form, the page that it was on."""
    args = {**request.args.to_dict(flat=False), "language": [language]}
    args.pop("done", None)
    query = "&".join(f"{quote(name)}={quote(each)}" for name, values in args.items() for each in values)
    return f"{quote(request.path)}?{query}"


def _http_error(error: HTTPException) -> Answer:
    code = error.code or 500
    return render_template("error.html", status=code, words=say()(f"error.http_{code}")), code
