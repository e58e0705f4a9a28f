"""Where a supervisor or a load balancer looks: does this process answer, and can people be sent to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from flask import Flask, Response, current_app

from application.services import Services

_ANSWERS, _SEND_NOBODY = 200, 503


def register_health(app: Flask) -> None:
    """Add /healthz and /readyz. They tell nothing that is anybody's."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    """This process answers."""
    return _told({"status": "ok"}, _ANSWERS)


def readyz() -> Response:
    """The database takes writes and has the shape this version wants; `behind` is the read models' lag in seconds.

    `stands_still`: whose read models or reactions have stopped at an event that cannot be taken in. `troubles`: what
    somebody should look at, in words.
    """
    report = cast(Services, current_app.extensions["plats"]).health.look()
    told = {"status": report.status, "troubles": report.troubles, **asdict(report)}
    return _told(told, _ANSWERS if report.is_ready else _SEND_NOBODY)


def _told(what: dict[str, object], status: int) -> Response:
    answer = current_app.json.response(what)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return cast(Response, answer)
