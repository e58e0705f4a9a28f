"""Read models made again from the log, while the old ones go on being read."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from infrastructure.event_store.store import Store
from infrastructure.kernel.settings import Settings
from infrastructure.read_models.catalogue import projections_named


@click.command("rebuild")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
def command(name: str, *, as_json: bool) -> None:
    """Make the read model NAME again from the events, or `all`, and put it in the old one's place."""
    from infrastructure.subscriptions.rebuild import Rebuild
    from web.wiring import open_house

    projections = projections_named(name)
    house = open_house(Settings.read())
    started = time.monotonic()
    try:
        with progress_of(house.store, "Events") as progress:
            events = Rebuild(house.store, projections).run(progress)
    finally:
        house.close()
    seconds = round(time.monotonic() - started, 3)
    names = [one.name for one in projections]
    if as_json:
        click.echo(json.dumps({"rebuilt": names, "events": events, "seconds": seconds}))
    else:
        click.echo(f"Made again: {', '.join(names)}; from {events} events in {seconds} s.")


@contextmanager
def progress_of(store: Store, label: str) -> Iterator[Callable[[int], None]]:
    """A bar that fills while the log is read; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    [(count,)] = store.recorder.query("select count(*) from event", [])
    with click.progressbar(length=int(count), label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(max(0, done - bar.pos))
