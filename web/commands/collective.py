"""`plats collective`: the collective invoices that are due today, issued now instead of when the worker next looks."""

from __future__ import annotations

import click

from infrastructure.kernel.settings import Settings


@click.command("collective")
def command() -> None:
    """Issue what was bought in months that have ended to organisations that are invoiced once a month.

    The worker does it by itself every day. Run again on the same day, it issues nothing more.
    """
    from domain.kernel.ids import OrganiserId
    from domain.kernel.terms import day_in
    from web.wiring import open_house

    house = open_house(Settings.read())
    try:
        for row in house.models.programme.organisers():
            today = day_in(house.store.clock.now(), row.zone)
            number = house.collective.run(OrganiserId(row.organiser_id), today)
            click.echo(f"{row.name}: {number}")
    finally:
        house.close()
