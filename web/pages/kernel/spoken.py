"""What every template may say and ask: words and figures in the reader's language, and who the reader is."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from flask import g, request

from application.kernel.actor import Actor
from domain.kernel.documents import rate_of
from domain.kernel.errors import NotFound
from domain.kernel.season_name import season_name
from domain.kernel.terms import day_in
from web.kernel.request_id import request_id
from web.letters.letter_words import kind_of_letter
from web.pages.kernel.as_shown import as_shown
from web.pages.kernel.form_token import FORM_FIELD, form_token, new_key
from web.pages.kernel.visit import AS_SHOWN, say, services, signed_in, today
from web.words import formats, wording
from web.words.initials import initials
from web.words.language import LANGUAGES
from web.words.learning import change_text, figure_text, mean_text
from web.words.price import paid_text, sum_text
from web.words.terms import terms_instants, terms_sentences
from web.words.unbroken import OnPage, unbroken

FIGURES = (
    formats.money, formats.figures, formats.number, formats.share, formats.day, formats.weekday, formats.short_day,
    formats.month, formats.short_month, formats.moment, formats.clock,
)  # fmt: skip
SENTENCES = (
    wording.where, wording.places, wording.seats_left, sum_text, paid_text, wording.line_text, terms_instants,
    wording.admission_sentence, wording.supplied, wording.period,
    wording.moved,
)  # fmt: skip
"""What templates may say by the function's own name, in the reader's language."""


def spoken() -> dict[str, object]:
    """What every template may say and ask."""
    return {
        "request_id": request_id,
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
        **{each.__name__: partial(each, say=say()) for each in (figure_text, change_text, mean_text)},
        "rate_of": rate_of,
        "status_text": partial(wording.status_text, say=say(), today=today(g.visit.zone)) if "visit" in g else None,
        "t": OnPage(say().language, say().phrases),
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
