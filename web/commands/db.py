"""The database from the operator's side: is it there, start it, stop it, what is its address."""

from __future__ import annotations

import json

import click

from domain.kernel.errors import PlatsError
from infrastructure.event_store.opening import prepare
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.database import own_server

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


class NotOurServer(PlatsError):
    """DATABASE_URL names a server that others run."""

    def __init__(self) -> None:
        super().__init__("DATABASE_URL names a server that Plats does not run: stop it there, or unset DATABASE_URL.")


@click.group("db")
def command() -> None:
    """Start, stop and look at the database."""


@command.command("status")
@as_json
def status(*, as_json: bool) -> None:
    """Say which server it is and how it is."""
    settings = Settings.read()
    if settings.database_url is not None:
        _answer({"server": "named by DATABASE_URL"}, "The database is the one that DATABASE_URL names.", as_json)
        return
    found = own_server(settings).status()
    facts = {"server": "own", "state": found.state, "url": found.url, "data": str(found.data), "log": str(found.log)}
    _answer(facts, f"Plats's own PostgreSQL is {found.state}; its data is in {found.data}.", as_json)


@command.command("start")
@as_json
def start(*, as_json: bool) -> None:
    """Start the server, if it is our own, and give the database the shape that this version wants.

    It goes on until `plats db stop`; started by any other command, our own server ends with the last one that uses it.
    """
    settings = Settings.read()
    url = prepare(settings)
    if settings.database_url is None:
        own_server(settings).keep()
    _answer({"url": url}, f"The database is ready: {url}", as_json)


@command.command("stop")
@as_json
def stop(*, as_json: bool) -> None:
    """Stop our own server; whoever is connected is cut off."""
    settings = Settings.read()
    if settings.database_url is not None:
        raise NotOurServer
    own_server(settings).stop()
    _answer({"state": "stopped"}, "Plats's own PostgreSQL is stopped.", as_json)


@command.command("url")
@as_json
def url(*, as_json: bool) -> None:
    """Say the address, for psql and the like; starts nothing."""
    settings = Settings.read()
    address = settings.database_url or own_server(settings).dsn
    _answer({"url": address}, address, as_json)


def _answer(facts: dict[str, str], sentence: str, as_json: bool) -> None:
    click.echo(json.dumps(facts) if as_json else sentence)
