"""`plats daily`: what the worker does once a day, done now: reminders, and the comparison with the cards."""

from __future__ import annotations

import click

from infrastructure.kernel.settings import Settings


@click.command("daily")
def command() -> None:
    """Remind those who are late, and compare card payments with the card company's.

    The worker does it by itself every day. Run again on the same day, it reminds nobody twice.
    """
    from application.payments.card import CardsUnavailable
    from domain.kernel.ids import OrganiserId
    from domain.kernel.terms import day_in
    from web.wiring import open_house

    house = open_house(Settings.read())
    try:
        house.worker.catch_up()
        for row in house.models.programme.organisers():
            today = day_in(house.store.clock.now(), row.zone)
            number = len(house.daily.run(OrganiserId(row.organiser_id), today))
            click.echo(f"{row.name}: {number} reminders")
        try:
            found = house.cards.compare()
        except CardsUnavailable:
            click.echo("Cards: the card company does not answer; try again.", err=True)
        else:
            click.echo(f"Cards: {len(found)} differences")
        house.worker.catch_up()
    finally:
        house.close()
