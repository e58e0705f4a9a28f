"""`plats web`: the pages and the API alone, for who runs the worker elsewhere."""

from __future__ import annotations

from dataclasses import replace

import click

from infrastructure.event_store.opening import prepare
from infrastructure.kernel.settings import Settings
from web.kernel.problems import report_problems


@click.command("web")
@click.option("--bind", hidden=True, help="A socket that is open already, as fd://N.")
@click.option("--app", hidden=True, default="web.server.server:open_app", help="What to serve, as module:function.")
def command(bind: str | None, app: str) -> None:
    """Start the pages and the API alone; nothing is shown as done until a worker runs somewhere."""
    from web.server.server import run_web

    report_problems()
    settings = Settings.read()
    if bind is None:  # nobody has prepared the database for us
        settings = replace(settings, database_url=prepare(settings))
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        bind = f"{host}:{settings.port}"
    run_web(settings, app, bind)
