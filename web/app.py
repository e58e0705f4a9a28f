"""The web application: the JSON API and the pages over the same use cases."""

from __future__ import annotations

from application.services import Services
from web.api import register_api
from web.card_notices import register_card_notices
from web.face import Face
from web.health import register_health
from web.pages import register_pages

LARGEST_BODY = 256 * 1024
"""Bytes. What is larger is refused before it is read."""


def create_app(services: Services) -> Face:
    """A Flask application that serves one installation. May be made before a fork."""
    app = Face(__name__)
    app.extensions["plats"] = services
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    register_health(app)
    register_api(app)
    register_card_notices(app)
    register_pages(app)
    return app
