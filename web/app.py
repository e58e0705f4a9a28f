"""The web application: the JSON API and the pages over the same use cases."""

from __future__ import annotations

from flask import Response, current_app, request

from application.services import Services
from web.api import register_api
from web.api.kernel.face import Face
from web.api.payments.card_notices import register_card_notices
from web.kernel.health import register_health
from web.kernel.trail import register_trail
from web.pages import register_pages
from web.pages.kernel.caching import register_caching
from web.pages.kernel.visit import IS_HTTPS

LARGEST_BODY = 256 * 1024
"""Bytes. What is larger is refused before it is read."""

A_YEAR_OF_HTTPS = "max-age=31536000"
"""Of this host alone: what else is below its name is not ours to say."""


def create_app(services: Services) -> Face:
    """A Flask application that serves one installation. May be made before a fork."""
    app = Face(__name__)
    app.extensions["plats"] = services
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    register_caching(app)
    register_trail(app)
    register_health(app)
    register_api(app)
    register_card_notices(app)
    register_pages(app)
    app.after_request(_only_encrypted)
    return app


def _only_encrypted(answer: Response) -> Response:
    """Where we are reached by https, browsers come by it alone from now on (RFC 6797)."""
    if request.is_secure or current_app.config.get(IS_HTTPS):
        answer.headers["Strict-Transport-Security"] = A_YEAR_OF_HTTPS
    return answer
