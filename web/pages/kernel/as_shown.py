"""The state that a form shows travels with it as one token; and a form that comes back stale is shown anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, current_app, g, request
from werkzeug.datastructures import MultiDict

from application.kernel.actor import Actor
from application.kernel.seen import Facts
from domain.kernel.errors import NotFound, PlatsError
from web.kernel.form_sent import FormSent
from web.kernel.rests_on import RESTS_ON, TYPED_ANEW, facts_for
from web.pages.kernel.forms import FormRefused
from web.pages.kernel.visit import Visit, services

BEHIND = "behind"
"""The token of a page that may show less than has been recorded: whatever is pressed there is looked at again first."""
A_SECOND = 1.0
FORBIDDEN = 403

View = Callable[..., Any]


def as_shown(action: str = "", **typed: object) -> str:
    """The token of a form that is sent to an address of ours ("": this one). `typed`: what it says it acts on."""
    path, _, query = (action.partition("#")[0] or request.full_path).partition("?")
    adapter = current_app.url_map.bind("")
    endpoint, args = adapter.match(path.removeprefix(request.script_root) or "/", method="POST")
    visit: Visit | None = g.get("visit")
    if visit is None:
        return ""
    fields = MultiDict([(name, str(each)) for name, value in typed.items() for each in _each(value)])
    asked = MultiDict(parse_qsl(query))
    facts = facts_for(endpoint, FormSent(args, fields, asked, visit.organiser.organiser_id, visit.actor.person_id))
    return _token(visit.actor, facts) if facts is not None else ""


def show_anew(app: Flask) -> None:
    """From now on a form that rests on something is answered with how things stand, where they no longer stand so."""
    for endpoint in (*RESTS_ON, *TYPED_ANEW):
        app.view_functions[endpoint] = _again(app.view_functions[endpoint])


def _again(view: View) -> View:
    @wraps(view)
    def act(**args: Any) -> Any:
        try:
            answer = _answer(view, args)
        except PlatsError:
            if not _is_stale():
                raise
        else:
            if not _is_stale():
                return answer
        services().freshness.wait_for(g.seen.missed_at, A_SECOND)
        answer = _answer(view, args)
        return (answer[0], FORBIDDEN) if g.get("is_older") and isinstance(answer, tuple) else answer

    return act


def _answer(view: View, args: Mapping[str, Any]) -> Any:
    """What the page answers; a form that is refused with its page."""
    try:
        return view(**args)
    except FormRefused as refused:
        return refused.answer()


def _is_stale() -> bool:
    """Whether the decision that was asked for found that things do not stand as they were shown."""
    seen = g.get("seen")
    return seen is not None and seen.missed_at is not None


def _each(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _token(actor: Actor, facts: Facts) -> str:
    try:
        now = services().shown.token(actor.seeing(None), facts)
    except NotFound:  # there is nothing there to act on
        return BEHIND
    return now.token if now.position <= g.shown_at else BEHIND
