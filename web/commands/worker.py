"""The worker on its own: what follows the log, keeps the read models and lets policies react."""

from __future__ import annotations

import signal
import threading

import click

from infrastructure.settings import Settings
from web.kernel.problems import report_problems


@click.command("worker")
def command() -> None:
    """Start the worker alone; of several, one works and the others stand by.

    Stops at Ctrl-C or SIGTERM, between two events.
    """
    from web.wiring import open_house

    report_problems()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    house = open_house(Settings.read())
    try:
        house.worker.run(stop)
    finally:
        house.close()
