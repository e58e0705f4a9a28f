"""The door that requests come in by: what they claim about the way they came is believed of known proxies alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CLAIMS = (
    "HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PREFIX", "HTTP_X_FORWARDED_SSL", "HTTP_X_FORWARDED_PROTOCOL",
    "HTTP_X_REAL_IP", "HTTP_X_SCRIPT_NAME",
)  # fmt: skip
"""What a proxy says of the way a request came, and anybody else may say too."""

PROBES = ("/healthz", "/readyz", "/metrics")
"""Asked by machines that know us by number."""

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
HOSTS = "PLATS_HOSTS"

_log = logging.getLogger("plats")


@dataclass(frozen=True)
class Reached:
    """How we are reached: the public address, where we listen, our other names, through how many proxies."""

    url: str
    host: str
    hosts: tuple[str, ...]
    proxies: int


def put_behind_door(app: Flask, reached: Reached) -> None:
    """Everything that is asked of the application comes through here."""
    app.config[HOSTS] = hosts_of(reached)
    door = FrontDoor(app.wsgi_app, reached.proxies)
    app.wsgi_app = door  # type: ignore[method-assign] # as Flask tells one to
    app.before_request_funcs.setdefault(None, []).insert(0, _must_be_our_host)
    if reached.url.startswith("https://") and not reached.proxies:
        _log.warning(
            "PLATS_URL begins with https, so there is a proxy in front, but PLATS_PROXIES is 0: everybody who comes "
            "through it counts as one, and shares one limit. Set PLATS_PROXIES to the number of proxies."
        )


def hosts_of(reached: Reached) -> frozenset[str]:
    """The names we answer to: that of PLATS_URL, those of PLATS_HOSTS, and this machine's own where that is it."""
    named = urlsplit(reached.url).hostname or ""
    hosts = {named, *(each.lower() for each in reached.hosts)}
    is_here = named in HERE or reached.host in HERE
    return frozenset(hosts | HERE if is_here else hosts)


class FrontDoor:
    """Believes so many proxies, each of which has written its line; without any, forgets what is claimed."""

    def __init__(self, app: WSGIApplication, proxies: int) -> None:
        # the address on the net, the scheme and the name of the host; never a prefix of the path
        self._app = ProxyFix(app, proxies, proxies, proxies, 0, 0) if proxies else app
        self._proxies, self._has_warned = proxies, False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request in."""
        if not self._proxies:
            self._forget(environ)
        environ.pop("HTTP_SCRIPT_NAME", None)
        return self._app(environ, start_response)

    def _forget(self, environ: dict[str, Any]) -> None:
        environ.pop("HTTP_X_REQUEST_ID", None)
        claimed = [each for each in CLAIMS if environ.pop(each, None) is not None]
        if claimed and not self._has_warned:
            self._has_warned = True
            name = claimed[0].removeprefix("HTTP_").replace("_", "-").title()
            _log.warning(
                "a request came with %s, but PLATS_PROXIES is 0, so it is not believed: if there is a proxy in front, "
                "everybody who comes through it counts as one. Set PLATS_PROXIES to the number of proxies.",
                name,
            )


def _must_be_our_host() -> None:
    """400 for any other name than ours: links and cookies are made of it."""
    if request.path in PROBES:
        return
    try:
        named = urlsplit(f"//{request.host}").hostname
    except (SecurityError, ValueError):
        named = None
    if named not in current_app.config[HOSTS]:
        _say_once()
        abort(400)


@cache
def _say_once() -> None:
    """Whoever has just set Plats up finds out; whoever tries many names does not fill the log."""
    _log.warning(
        "requests for names of hosts that are not ours are refused: if people reach Plats by another name than "
        "that of PLATS_URL, name it in PLATS_HOSTS."
    )
