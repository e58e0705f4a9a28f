"""The OpenAPI document: made of the routes as they are declared, when it is first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version

from flask import Flask
from flask_smorest import Api

from web.api.kernel.describe import shapes_of
from web.api.kernel.noun import ApiBlueprint

ABOUT = """Membership and booking: networks, seasons of meetings, bookings, rosters and invoices.

Amounts are whole öre (minor units) of a currency. Days are local (YYYY-MM-DD), instants carry an offset. A meeting's
time is given as the clock on the wall shows it, with its zone. What is another organiser's answers 404, as what is not
there. Refusals are application/problem+json: `type` never changes, `detail` is a sentence in the language of
Accept-Language (sv or en), the facts stand beside it. A write answers with Plats-Position; a read that carries it
shows at least that."""


class Description(Api):
    """flask_smorest's Api without its error handling: ours answers under /api alone (web/api/kernel/face.py)."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass


def describe(nouns: Iterable[ApiBlueprint]) -> bytes:
    """The document that describes the nouns' routes."""
    app = Flask(__name__)
    app.config["API_SPEC_OPTIONS"] = {
        "info": {"description": ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
    api = Description(app, spec_kwargs={"title": "Plats", "version": version("plats"), "openapi_version": "3.1.0"})
    answers: list[object] = []
    for noun in nouns:
        answers += noun.describe()
        api.register_blueprint(noun)
    for name, shape in shapes_of(answers).items():
        api.spec.components.schemas[name] = shape
    return json.dumps(api.spec.to_dict(), ensure_ascii=False).encode()
