"""A line of JSON for each request, or for each that was refused: what was asked for by its route, never whose it was.

No address, no id of anybody's thing, no name: a route is told as it is written in the code, a refusal by its class.
"""

from __future__ import annotations

import json
import logging
import time
from enum import StrEnum

from flask import Flask, Response, g, request

from domain.kernel.errors import PlatsError
from web.kernel.request_id import HEADER, request_id

_WRONG = 400
_log = logging.getLogger("plats.requests")


class Told(StrEnum):
    """Which requests are told of (PLATS_LOG)."""

    PROBLEMS = "problems"
    """None: only what the service itself has trouble with."""
    REFUSALS = "refusals"
    REQUESTS = "requests"


def register_request_log(app: Flask, told: Told) -> None:
    """Name what went wrong by the request's id, and tell of the requests that are to be told of."""
    if told is not Told.PROBLEMS:
        _to_standard_error()
        app.before_request(_begin)
    app.after_request(lambda answer: _tell(answer, told))


def remember_refusal(error: PlatsError) -> None:
    """Which refusal this request came to."""
    g.refusal = type(error).__name__


def _begin() -> None:
    g.began = time.perf_counter()


def _tell(answer: Response, told: Told) -> Response:
    is_wrong = answer.status_code >= _WRONG
    if is_wrong:
        answer.headers[HEADER] = request_id()
    if told is Told.REQUESTS or (told is Told.REFUSALS and is_wrong):
        _log.info("%s", json.dumps(_line(answer), ensure_ascii=False))
    return answer


def _line(answer: Response) -> dict[str, object]:
    line: dict[str, object] = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "request": request_id(),
        "method": request.method,
        "route": str(request.url_rule or "?"),
        "status": answer.status_code,
        "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    }
    return line | ({"refusal": g.refusal} if "refusal" in g else {})


def _to_standard_error() -> None:
    if not _log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
        _log.propagate = False
