"""`plats serve`: the whole installation in one command."""

from __future__ import annotations

from dataclasses import replace

import click

from infrastructure.kernel.settings import Settings
from web.kernel.problems import report_problems


@click.command("serve")
@click.option("--host", help="The address to listen on; PLATS_HOST, or else 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; PLATS_PORT, or else 8000.")
def command(host: str | None, port: int | None) -> None:
    """Start Plats: pages, API and worker; and PostgreSQL, where DATABASE_URL names none.

    Stops at Ctrl-C or SIGTERM, when what was begun has been finished.
    """
    from web.server.server import serve

    report_problems()
    settings = Settings.read()
    serve(replace(settings, host=host or settings.host, port=port or settings.port), click.echo)
