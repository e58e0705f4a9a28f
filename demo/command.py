"""`plats demo`: four organisers and their programmes to look at, or to be tried out by the machine itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import click

from demo.by_card import pay_by_card
from demo.card_company import CardCompany
from demo.card_company_http import serving
from demo.checks.check import check_all
from demo.checks.outcome import Outcome, table
from demo.clock import DemoClock
from demo.dates import ZONE
from demo.loading import ORGANISERS, PROGRAMMES, Loaded, load
from demo.mailbox import reads_mail
from demo.way_in import ways_in
from domain.kernel.errors import PlatsError
from domain.kernel.terms import day_in
from infrastructure.event_store.opening import prepare
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.database import database_url
from infrastructure.postgres.throwaway_database import throwaway_database
from infrastructure.stripe.chosen import EVERYBODY
from infrastructure.subscriptions.verify import Verification
from web.kernel.problems import report_problems
from web.wiring import Installation, build


class OthersAreHere(PlatsError):
    """The database holds organisers that are not the demo's."""


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; PLATS_PORT, or else 8000.")
@click.option("--no-serve", is_flag=True, help="Load only.")
@click.option("--fresh", is_flag=True, help="In a database of its own, dropped when you stop.")
@click.option("--check", is_flag=True, help="Try every programme out in a database of its own; says what came of it.")
@click.option("--season", is_flag=True, help="Play a year of each programme in a database of its own, by the API.")
@click.option("--json", "as_json", is_flag=True, help="With --check: one JSON object a line for each programme.")
def command(port: int | None, *, no_serve: bool, fresh: bool, check: bool, season: bool, as_json: bool) -> None:
    """Start Plats with four organisers and their programmes to look at.

    Loading again changes nothing. All people and organisations in it are invented.
    """
    report_problems()
    if fresh and no_serve:
        raise click.UsageError("--fresh keeps its database only while it serves; leave one of the two out.")
    settings = Settings.read()
    if check:
        sys.exit(0 if _check(settings, as_json=as_json) else 1)
    if season:
        sys.exit(0 if _play_a_year(settings) else 1)
    settings = replace(settings, port=port or settings.port)
    if fresh:
        with _fresh(settings) as throwaway:
            _demo(throwaway, no_serve=no_serve)
    else:
        _demo(settings, no_serve=no_serve)


def _demo(settings: Settings, *, no_serve: bool) -> None:
    if no_serve:
        _prepare(settings, None)
        return
    from web.server.server import serve

    with _cards(settings) as (with_cards, company):
        _prepare(with_cards, company)
        serve(with_cards, click.echo)


def _prepare(settings: Settings, company: CardCompany | None) -> None:
    """Load, and say how to get in; where the trial's card company is there, some pay by card."""
    clock = DemoClock(SystemClock())
    house = build(prepare(settings), settings, clock)
    try:
        _refuse_strangers(house)
        loaded = _load(house, clock)
        address = f"http://{settings.host}:{settings.port}"
        if company is not None:
            pay_by_card(house.services, company, loaded[0].organiser_id, f"{address}/{loaded[0].sketch.slug}")
        for way in ways_in(house.services, loaded, address):
            click.echo(way)
        click.echo(f"Letters: {settings.mail or settings.home / 'outbox'}")
        if company is not None:
            click.echo(f"Cards (a trial, no money is drawn): {settings.stripe_url}")
    finally:
        house.close()


@contextmanager
def _cards(settings: Settings) -> Iterator[tuple[Settings, CardCompany | None]]:
    """The settings with a card company to try on, which takes no money; those that name one already are left alone."""
    if settings.stripe_key:
        yield settings, None
        return
    company = CardCompany(token_hex(16), SystemClock().now, f"http://{settings.host}:{settings.port}/hooks/cards")
    with serving(company) as address:
        key, secret = "sk_test_demo", company.secret
        found = replace(settings, stripe_key=key, stripe_webhook_secret=secret, stripe_url=address)
        yield replace(found, stripe_organisers=(EVERYBODY,)), company


def _refuse_strangers(house: Installation) -> None:
    """The demo does not move in with organisers who are there already."""
    house.worker.catch_up()
    ours = {sketch.slug for sketch in ORGANISERS}
    if any(row.slug not in ours for row in house.services.programme.organisers()):
        raise OthersAreHere("The database holds other organisers than the demo's: use `plats demo --fresh`.")


def _load(house: Installation, clock: DemoClock) -> tuple[Loaded, ...]:
    with _progress() as done:
        return load(house.services, house.worker.catch_up, done, clock)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A bar on the terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _programme: None
        return
    with click.progressbar(length=len(PROGRAMMES), label="Loading the programmes", file=sys.stderr) as bar:
        yield lambda _programme: bar.update(1)


@contextmanager
def _fresh(settings: Settings) -> Iterator[Settings]:
    """The settings with a database and keys of their own, both gone afterwards."""
    with TemporaryDirectory(prefix="plats-demo-") as keys, throwaway_database(database_url(settings)) as url:
        yield replace(settings, database_url=url, keys=Path(keys) / "keys")


def _check(settings: Settings, *, as_json: bool) -> bool:
    from web.server.server import served

    outcomes: list[Outcome] = []
    with _fresh(settings) as fresh:
        clock = DemoClock(SystemClock())
        house = build(prepare(fresh), fresh, clock)
        try:
            _load(house, clock)
            today = day_in(house.services.clock.now(), ZONE)
            with served(fresh) as running:
                for outcome in check_all(running.url, house.services.tokens, reads_mail(house.box), today):
                    outcomes.append(outcome)
                    if as_json:
                        click.echo(json.dumps(outcome.facts(), ensure_ascii=False))
            adds_up = _adds_up(house)
        finally:
            house.close()
    if not as_json:
        click.echo(table(outcomes))
    return adds_up and all(outcome.ok for outcome in outcomes) and len(outcomes) == len(PROGRAMMES)


def _play_a_year(settings: Settings) -> bool:
    """Print what each was told, who came, what was given back and invoiced, and what is left to do by hand."""
    from demo.season.play import play

    with _fresh(settings) as fresh:
        outcome = play(fresh)
    for programme in outcome.programmes:
        click.echo("\n".join(programme.lines()))
    click.echo(f"Other systems were told of {len(set(outcome.told_outside))} happenings.")
    for line in outcome.left:
        click.echo(f"Left to do by hand: {line}")
    click.echo("Nothing is left to do by hand." if outcome.is_done else "The year is not whole.")
    return outcome.is_done


def _adds_up(house: Installation) -> bool:
    """Whether all that the trials have left behind adds up; what does not is said."""
    house.worker.catch_up()
    wrong = [check for check in Verification(house.store).run().checks if not check.ok]
    for check in wrong:
        click.echo(f"Wrong: {check.name} ({check.seen})", err=True)
    return not wrong
