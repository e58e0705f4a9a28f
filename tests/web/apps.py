"""Applications for tests: made once, and lent to one installation after another, so that pages are read once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from application.services import Services
from web.api.kernel.face import Face
from web.app import create_app

_free: list[Face] = []


@contextmanager
def lent_app(services: Services) -> Iterator[Face]:
    """An application over these services; afterwards it is somebody else's, with its settings as they were."""
    app = _free.pop() if _free else create_app(services)
    settings, app.extensions["plats"] = dict(app.config), services
    app.testing = True
    try:
        yield app
    finally:
        app.config.clear()
        app.config.update(settings)
        _free.append(app)
