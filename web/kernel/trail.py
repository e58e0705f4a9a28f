"""What the faces note in the trail: refusals, sign-ins that succeed or fail, and files that are taken out."""

from __future__ import annotations

from contextlib import suppress
from typing import cast
from uuid import UUID

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from application.insight.trail import Noted, TrailKind, network_of
from application.kernel.actor import Actor
from application.services import Services
from domain.kernel.errors import NotFound, PlatsError
from web.kernel.errors import status_of
from web.kernel.request_log import remember_refusal

SIGNING_IN = frozenset({"sign_in", "passkey", "staff_sign_in"})
PERSONAL = frozenset({"own_data.export_me", "own_data.export_person"})
"""Exports that are no files: everything known about somebody, as the API answers it."""

_OF_ONESELF = frozenset({"text/calendar"})
_REFUSALS = (401, 403, 429)
_OK = 200


def register_trail(app: Flask) -> None:
    """Note exports from now on; refusals and sign-ins are noted where they happen."""
    app.after_request(_note_export)


def note_refusal(error: PlatsError, actor: Actor | None) -> None:
    """Somebody was refused. What merely is not there is noted of those who have signed in."""
    remember_refusal(error)
    if request.blueprint in SIGNING_IN:
        note(TrailKind.FAILED_SIGN_IN, actor, type(error).__name__)
    elif isinstance(error, NotFound):
        if actor is not None and actor.organiser_id is not None and (actor.roles or actor.person_id):
            note(TrailKind.NOT_FOUND, actor, type(error).__name__)
    elif status_of(error) in _REFUSALS or type(error).__name__ == "FormNotOurs":
        is_key = status_of(error) == _REFUSALS[0]
        note(TrailKind.BAD_KEY if is_key else TrailKind.REFUSED, actor, type(error).__name__)


def note_sign_in(actor: Actor, how: str) -> None:
    """Somebody has come in."""
    note(TrailKind.SIGN_IN, actor, how)


def note(kind: TrailKind, actor: Actor | None, why: str) -> None:
    """Note what this request is about."""
    services = cast(Services, current_app.extensions["plats"])
    known = actor if actor is not None and actor.id != "stranger" else None
    services.trail.note(
        Noted(
            kind,
            _organiser(known),
            f"{request.method} {request.url_rule or '?'}",
            why,
            "" if known is None else known.id,
            () if known is None else tuple(sorted(known.roles)),
            None if known is None else known.person_id,
            _about(),
            network_of(request.remote_addr or ""),
        )
    )


def _organiser(actor: Actor | None) -> UUID | None:
    """The organiser on whose pages it was, or else the actor's own."""
    if "visit" in g:
        return cast(UUID, g.visit.organiser.organiser_id)
    if g.get("slug"):
        with suppress(PlatsError):
            return cast(Services, current_app.extensions["plats"]).programme.organiser_by_slug(g.slug).organiser_id
    return actor.organiser_id if actor is not None else None


def _about() -> UUID | None:
    """The thing that the address names."""
    return next((value for value in (request.view_args or {}).values() if isinstance(value, UUID)), None)


def _note_export(answer: Response) -> Response:
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    is_export = (is_file and answer.mimetype not in _OF_ONESELF) or request.endpoint in PERSONAL
    if is_export and answer.status_code == _OK and request.method == "GET":
        actor = g.get("asker") or g.get("actor")
        note(TrailKind.EXPORT, actor, answer.mimetype or "")
    return answer
