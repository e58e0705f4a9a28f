"""`plats backup`: the database and the keys, each into a folder of its own."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import click

from infrastructure.kernel.settings import Settings

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@click.option("--keys", "keys_folder", type=FOLDER, required=True, help="Where the copy of the keys goes.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
def command(folder: Path, keys_folder: Path, *, as_json: bool) -> None:
    """Write a dump of the database into FOLDER and a copy of the keys into another, while Plats runs.

    Both are read again before they count, and nobody else on this machine may read them. Keep the two apart: the dump
    is worth nothing without the keys, and whoever has both can read everything.
    """
    from infrastructure.backup.dump import take_backup
    from infrastructure.event_store.opening import prepare
    from web.wiring import build

    settings = Settings.read()
    url = prepare(settings)
    house = build(url, settings)
    before = signal.signal(signal.SIGTERM, _end)
    try:
        taken = take_backup(url, house.store, folder, keys_folder, house.store.clock.now())
    finally:
        house.close()
        signal.signal(signal.SIGTERM, before)
    facts = {"dump": str(taken.dump), "keys": str(taken.keys), "events": taken.events}
    said = f"{taken.events} events are in {taken.dump}, the keys in {taken.keys}: keep the two apart."
    click.echo(json.dumps(facts) if as_json else said)


def _end(number: int, _: object) -> None:
    """Told to end, as whoever presses Ctrl-C: what is half written is taken away."""
    sys.exit(128 + number)
