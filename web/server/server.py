"""A whole installation running: web processes and worker under one supervisor, on one address."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from domain.kernel.errors import PlatsError
from infrastructure.event_store.opening import is_empty, prepare
from infrastructure.kernel.machine import cores
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.connections import connected
from infrastructure.postgres.database import database_url, own_server
from infrastructure.subscriptions.partitions import number_in
from web.server.listening import listening
from web.server.supervisor import Program, Supervisor

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).parents[2]
APP = "web.server.server:open_app"
TIMEOUT = 120.0
"""Seconds in which the first answer must come, on a machine that is busy with much else."""


class DidNotStart(PlatsError):
    """The web processes gave no answer."""

    def __init__(self) -> None:
        super().__init__("Plats did not start: what is said above tells why.")


@dataclass(frozen=True)
class Running:
    """An installation that answers at `url`; the supervisor of `web`, `worker` (and `worker 2` …) and `effects`."""

    url: str
    host: str
    port: int
    database_url: str
    supervisor: Supervisor


def open_app(settings: Settings) -> Flask:
    """The application of the installation that the settings name; its database has been prepared, and may be away."""
    from web.app import create_app  # the supervisor itself reads none of it
    from web.kernel.metrics import register_metrics
    from web.kernel.request_log import Told, register_request_log
    from web.pages.kernel.fonts import cut_all
    from web.server.front_door import Reached, put_behind_door
    from web.wiring import build

    services = build(database_url(settings), settings).services
    app = create_app(services)
    register_metrics(app, services, settings.metrics_token)
    register_request_log(app, Told(settings.log))
    app.config["PLATS_ADDRESS"] = settings.url
    app.config["PLATS_HTTPS"] = settings.url.startswith("https://")
    cut_all()
    put_behind_door(app, Reached(settings.url, settings.host, settings.hosts, settings.proxies))
    return app


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT (Ctrl-C) comes, then end gracefully. `say` gets the sentences for the terminal.

    Raises AddressTaken, DidNotStart and what `prepare` raises.
    """
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: told.set())
    with (
        listening(settings.host, settings.port, settings.workers, told) as listeners,
        _running(settings, listeners, APP, told) as running,
    ):
        if not told.is_set():
            say(f"Plats is at {running.url} (stop it with Ctrl-C)")
            _invite(replace(settings, database_url=running.database_url), running.url, say)
        told.wait()


def _invite(settings: Settings, url: str, say: Callable[[str], None]) -> None:
    """Show whoever has just started an empty installation the way in."""
    if is_empty(settings.database_url or ""):
        from web.wiring import build

        house = build(settings.database_url or "", settings)
        try:
            secret = house.services.sign_in.first_admin_link()
        finally:
            house.close()
        say(f"Nobody is here yet. Begin at {os.environ.get('PLATS_URL') or url}/sign-in/{secret}")


@contextmanager
def served(settings: Settings, app: str = APP, *, worker: bool = True) -> Iterator[Running]:
    """A whole installation on a free port for as long as the block lasts; without `worker`, its web processes alone.

    `app` names, as `module:function`, what makes the application of the settings.
    """
    told = threading.Event()
    with (
        listening(settings.host, 0, settings.workers, told) as listeners,
        _running(settings, listeners, app, told, worker) as running,
    ):
        yield running


def run_web(settings: Settings, app: str, bind: str) -> None:
    """Be the web processes until told to end. `bind`: `host:port`, or `fd://N,fd://M` for sockets that are open."""
    from web.server.gunicorn_server import WebServer

    module, _, function = app.partition(":")
    make_app: Callable[[Settings], Flask] = getattr(import_module(module), function)
    WebServer(lambda: make_app(settings), bind, settings.workers, settings.threads).run()


@contextmanager
def _running(
    settings: Settings, listeners: list[socket.socket], app: str, told: threading.Event, worker: bool = True
) -> Iterator[Running]:
    prepared = replace(settings, database_url=prepare(settings))
    host, port = listeners[0].getsockname()[:2]
    descriptors = tuple(listener.fileno() for listener in listeners)
    bind = ",".join(f"fd://{descriptor}" for descriptor in descriptors)
    programs = [Program("web", words_of("web", "--app", app, "--bind", bind), descriptors)]
    if worker:
        for number in range(_followers(prepared)):
            name = f"worker {number + 1}" if number else "worker"
            programs.append(Program(name, words_of("worker", "--only", "following")))
        programs.append(Program("effects", words_of("worker", "--only", "effects")))
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    environment = {"PLATS_URL": url, **_environment(prepared)}  # links lead here, unless another address is named
    with TemporaryDirectory(prefix="plats-counts-") as counts:  # what web processes count together while they run
        supervisor = Supervisor(programs, {**environment, "PROMETHEUS_MULTIPROC_DIR": counts}, _watch(settings))
        supervisor.start()
        try:
            _wait_for_answer(host, port, supervisor, told)
            yield Running(url, host, port, prepared.database_url or "", supervisor)
        finally:
            supervisor.stop()


def _followers(settings: Settings) -> int:
    """How many processes follow the log here: as many as it has partitions, where there are cores for them."""
    with connected(settings.database_url or "") as connection:
        of = settings.partitions or number_in(connection)
    return min(of, cores())


def words_of(*words: str) -> list[str]:
    """The command line of a process of ours that ends with its parent."""
    return [sys.executable, "-P", "-m", "web.server.child", *words]


def path_with_us() -> Mapping[str, str]:
    """Where a process of ours finds what it runs."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}


def _environment(settings: Settings) -> Mapping[str, str]:
    """What the children read: the same decisions, and the database as we found or started it."""
    return (
        os.environ
        | path_with_us()
        | {
            "DATABASE_URL": settings.database_url or "",
            "PLATS_HOME": str(settings.home),
            "PLATS_KEYS": str(settings.keys),
            "PLATS_HOST": settings.host,
            "PLATS_PORT": str(settings.port),
            "PLATS_WORKERS": str(settings.workers),
            "PLATS_THREADS": str(settings.threads),
            "PLATS_PARTITIONS": str(settings.partitions or ""),
            "PLATS_STRIPE_KEY": settings.stripe_key,
            "PLATS_STRIPE_WEBHOOK_SECRET": settings.stripe_webhook_secret,
            "PLATS_STRIPE_URL": settings.stripe_url,
            "PLATS_STRIPE_ORGANISERS": ",".join(settings.stripe_organisers),
        }
    )


def _watch(settings: Settings) -> Callable[[], None]:
    """Our own PostgreSQL is started again if it dies; a named server is for others to look after."""
    if settings.database_url is not None:
        return lambda: None
    server = own_server(settings)

    def revive() -> None:
        server.ensure()

    return revive


def _wait_for_answer(host: str, port: int, supervisor: Supervisor, told: threading.Event) -> None:
    until = time.monotonic() + TIMEOUT
    while not told.is_set():
        try:
            _ask(host, port)
            return
        except (OSError, http.client.HTTPException):
            if time.monotonic() > until or supervisor.starts("web") > 2:
                raise DidNotStart from None
        told.wait(0.05)


def _ask(host: str, port: int) -> None:
    every = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - listening everywhere, here is one place
    connection = http.client.HTTPConnection(every.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    finally:
        connection.close()
