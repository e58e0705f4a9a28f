"""The web application: the JSON API and the pages over the same use cases."""

from __future__ import annotations

from flask import Flask

from application.services import Services
from web.api import register_api
from web.pages import register_pages


def create_app(services: Services) -> Flask:
    """A Flask application that serves one installation. May be made before a fork."""
    app = Flask(__name__)
    app.extensions["plats"] = services
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    register_api(app)
    register_pages(app)
    return app
