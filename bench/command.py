"""`plats bench`: what this machine can do, beside what any booking service on the same parts must pay."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import click

from infrastructure.kernel.settings import Settings
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

    _tell(measure, bookings, as_json=as_json)


@command.command("finance")
@as_json
@click.option("--lines", type=click.IntRange(1000), default=1_000_000, show_default=True, help="Invoice lines to make.")
def finance(lines: int, *, as_json: bool) -> None:
    """Every list, report and export of finance on so many invoice lines, beside the bare SQL and COPY of the same."""
    from bench.finance import measure

    _tell(measure, lines, as_json=as_json)


@command.command("chain")
@as_json
@click.option("--seconds", type=click.FloatRange(2), default=30.0, show_default=True, help="For how long is booked.")
def chain(seconds: float, *, as_json: bool) -> None:
    """Bookings with everything that follows them: read models, invoices and letters, beside the floor."""
    from bench.chain import measure

    _tell(measure, seconds, as_json=as_json)


@command.command("profile")
@as_json
@click.option("--bookings", type=click.IntRange(1), default=2000, show_default=True, help="How many are made.")
def profile(bookings: int, *, as_json: bool) -> None:
    """Where the CPU of a booking, its read models, decisions and letters goes, a step at a time in one process."""
    from bench.profile import measure

    _tell(measure, bookings, as_json=as_json)


@command.command("growth")
@as_json
@click.option(
    "--most", type=click.IntRange(10), default=100_000, show_default=True, help="Bookings in the largest town."
)
@click.option("--torture", is_flag=True, help="A million bookings as well; takes an hour.")
def growth(most: int, *, as_json: bool, torture: bool) -> None:
    """What a booking, a page, a search, a process and a rebuild cost at 1 000 bookings, ten times and 100 times that.

    With the scenario S79: 10 000 bookings in one season.
    """
    from bench.growth import S79_BOOKINGS, SIZES, TORTURE, measure

    sizes = sorted({min(each, most) for each in SIZES} | ({TORTURE} if torture else set()))
    _tell(measure, sizes, min(most, S79_BOOKINGS), as_json=as_json)


@command.command("bank")
@as_json
def bank(*, as_json: bool) -> None:
    """Entries of a bank's file a second: read, shown, taken in, of 1 000 and of 10 000, beside parsing it."""
    from bench.bank import measure

    _tell(measure, as_json=as_json)


@command.command("slow")
@as_json
@click.option("--seconds", type=click.FloatRange(2), default=20.0, show_default=True, help="For each kind of them.")
def slow(seconds: float, *, as_json: bool) -> None:
    """How fast a page is served to 16 clients beside 40 slow connections of each kind."""
    from bench.slow import measure

    _tell(measure, seconds, as_json=as_json)


def _tell(measure: Callable[..., Mapping[str, object]], *given: object, as_json: bool) -> None:
    """Measure, saying what comes next, and tell what has come of it."""
    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True), *given)
    click.echo(json.dumps(report, ensure_ascii=False, indent=None if as_json else 2))


def _measure_bookings(*, as_json: bool) -> None:
    from bench.booking import measure
    from bench.table import lines

    report_problems()
    report = measure(Settings.read(), lambda part: click.echo(f"{part} …", err=True))
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(lines(report)))
