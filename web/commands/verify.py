"""Everything remembered, checked: seats, bookings, numbers, invoices, and each read model against the log."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from infrastructure.kernel.settings import Settings
from web.commands.rebuild import progress_of


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """See that everything remembered adds up; the exit status is 1 when something does not.

    May be run at any time; it reads the whole log and changes nothing.
    """
    from infrastructure.subscriptions.verify import Verification
    from web.wiring import open_house

    house = open_house(Settings.read())
    try:
        with progress_of(house.store, "Events") as progress:
            verified = Verification(house.store).run(progress)
    finally:
        house.close()
    if as_json:
        click.echo(json.dumps({"ok": verified.ok, "checks": [asdict(check) for check in verified.checks]}))
    else:
        for check in verified.checks:
            click.echo(f"{'ok   ' if check.ok else 'WRONG'} {check.name}: {check.seen}")
    context.exit(0 if verified.ok else 1)
