"""The worker on its own: what follows the log, keeps the read models and lets policies react, and its slow effects."""

from __future__ import annotations

import os
import signal
import threading

import click

from infrastructure.kernel.settings import Settings
from web.kernel.problems import report_problems
from web.server.interpreter import settle, take_short_turns

FOLLOWING, EFFECTS = "following", "effects"
_KINDLY = 10
"""How much processes of effects give way to whoever books or looks, where they share a machine."""


@click.command("worker")
@click.option(
    "--only",
    type=click.Choice([FOLLOWING, EFFECTS]),
    help="Only follow the log, or only carry out effects: letters, documents, cards, other systems, daily work.",
)
def command(only: str | None) -> None:
    """Start the worker alone: one process that follows the log, and one that carries out effects.

    Of several that follow, each leads its share of the partitions of organisers (PLATS_PARTITIONS), and others stand
    by. Any number carry out effects, each thing once. Stops at Ctrl-C or SIGTERM, between two events.
    """
    report_problems()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if only == EFFECTS:
        _carry_out(stop)
    elif only == FOLLOWING:
        _follow(stop)
    else:
        _both(stop)


def _both(stop: threading.Event) -> None:
    """Follow here, and let a process of our own carry out effects."""
    from web.server.server import path_with_us, words_of
    from web.server.supervisor import Program, Supervisor

    supervisor = Supervisor([Program(EFFECTS, words_of("worker", "--only", EFFECTS))], os.environ | path_with_us())
    supervisor.start()
    try:
        _follow(stop)
    finally:
        supervisor.stop()


def _follow(stop: threading.Event) -> None:
    from web.wiring import open_house

    house = open_house(Settings.read())
    settle()
    take_short_turns()
    try:
        house.worker.follow(stop)
    finally:
        house.close()


def _carry_out(stop: threading.Event) -> None:
    from web.wiring import open_house

    os.environ["PGAPPNAME"] = f"plats {EFFECTS}"
    if hasattr(os, "nice"):
        os.nice(_KINDLY)
    house = open_house(Settings.read())
    settle()
    try:
        house.worker.effects.run(stop)
    finally:
        house.close()
