"""The web processes: gunicorn with threads, on an application that is read once and shared by all of them."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from application.access.token import NotSignedIn
from domain.kernel.errors import PlatsError
from web.server.interpreter import settle
from web.server.whole_requests import WholeRequestWorker

_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes an unnamed file of its own there
_FIRST_REQUESTS = 500
"""After so many a process has read what its pages are made of: templates, words, how days and sums are written."""
_WARM_UP = "plats_warm_up"


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    """Gunicorn as we run it.

    The application is made before the processes fork: a process that dies is back in milliseconds, and what was read
    is kept in memory once. That is safe because nothing connects or starts a thread before it is first used.
    """

    def __init__(self, make_app: Callable[[], Flask], bind: str, workers: int, threads: int) -> None:
        self._make_app, self._bind, self._workers, self._threads = make_app, bind, workers, threads
        super().__init__()

    def load_config(self) -> None:
        """Choose; gunicorn's own files, environment and command line are not read."""
        choices = {"bind": self._bind.split(","), "workers": self._workers, "threads": self._threads}
        for name, choice in {**choices, **_choices()}.items():
            self.cfg.set(name, choice)

    def load(self) -> Flask:
        """The application."""
        return self._make_app()


def _settle_once(worker: Any, _: object) -> None:
    if next(worker.plats_requests) == _FIRST_REQUESTS:  # counted in one step: many threads serve
        settle()


def _give_place(arbiter: Any, worker: Any) -> None:
    """Each process listens on a socket of its own, so that the system shares out connections evenly."""
    taken = {other.place for other in arbiter.WORKERS.values()}
    worker.place = next(place for place in itertools.count() if place not in taken)


def _take_place(_: object, worker: Any) -> None:
    worker.sockets = [worker.sockets[worker.place % len(worker.sockets)]]


def _warm_up(worker: BaseApplication) -> None:
    """Connect before the first request comes."""
    worker.plats_requests = itertools.count(1)
    app: Flask = worker.wsgi
    with suppress(NotSignedIn, PlatsError):
        app.extensions["plats"].tokens.recognise(_WARM_UP)
    app.test_client().get("/", base_url=app.config.get("PLATS_ADDRESS", "http://127.0.0.1"))
    logging.getLogger("plats").info("a web process is ready")


def _choices() -> dict[str, object]:
    """What is the same for every server."""
    return {
        "worker_class": WholeRequestWorker,
        "preload_app": True,
        "keepalive": 15,
        "timeout": 30,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "accesslog": None,
        "control_socket_disable": True,
        # what a request claims about the way it came is `web.server.front_door`'s to believe or not
        "forwarded_allow_ips": "",
        "forwarder_headers": "",
        "secure_scheme_headers": {},
        # a slow disk must not look like a dead process
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "pre_fork": _give_place,
        "post_fork": _take_place,
        "when_ready": settle,
        "post_worker_init": _warm_up,
        "post_request": _settle_once,
    }
