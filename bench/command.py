"""`plats bench`: what this machine can do, beside what any booking service on the same parts must pay."""

from __future__ import annotations

import json

import click

from infrastructure.settings import Settings
from web.kernel.problems import report_problems

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


@click.group("bench", invoke_without_command=True)
@as_json
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Measure this machine, in a database of its own that is dropped afterwards; of bookings, if nothing is named.

    Takes less than two minutes. Ratios are against the floor: the same server with a route that checks the same body
    and inserts one row.
    """
    if context.invoked_subcommand is None:
        _measure_bookings(as_json=as_json)


@command.command("booking")
@as_json
def booking(*, as_json: bool) -> None:
    """Bookings a second through HTTP, spread over seasons and all in one; and how read models follow."""
    _measure_bookings(as_json=as_json)


@command.command("pages")
@as_json
@click.option("--bookings", type=click.IntRange(10), default=10_000, show_default=True, help="How many are made first.")
def pages(bookings: int, *, as_json: bool) -> None:
    """Server time and weight of every kind of page, with so many bookings of one organiser."""
    from bench.pages import measure

    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True), bookings)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


@command.command("finance")
@as_json
@click.option("--lines", type=click.IntRange(1000), default=1_000_000, show_default=True, help="Invoice lines to make.")
def finance(lines: int, *, as_json: bool) -> None:
    """Every list, report and export of finance on so many invoice lines, beside the bare SQL and COPY of the same."""
    from bench.finance import measure

    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True), lines)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


@command.command("slow")
@as_json
@click.option("--seconds", type=click.FloatRange(2), default=20.0, show_default=True, help="For each kind of them.")
def slow(seconds: float, *, as_json: bool) -> None:
    """How fast a page is served to 16 clients beside 40 slow connections of each kind."""
    from bench.slow import measure

    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True), seconds)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


def _measure_bookings(*, as_json: bool) -> None:
    from bench.booking import measure
    from bench.table import lines

    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True))
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(lines(report)))
