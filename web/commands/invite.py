"""`plats invite`: the way in for whoever sets the installation up."""

from __future__ import annotations

import click

from domain.kernel.errors import PlatsError
from infrastructure.kernel.settings import Settings


class HasStaff(PlatsError):
    """The installation has staff, who let each other in."""

    def __init__(self) -> None:
        super().__init__("There are staff already: an admin appoints the next one, who signs in by e-mail.")


@click.command("invite")
def command() -> None:
    """Show a link that lets the first admin in, once and within a week; links shown before are worthless."""
    from web.wiring import open_house

    settings = Settings.read()
    house = open_house(settings)
    try:
        secret = house.services.sign_in.first_admin_link()
    finally:
        house.close()
    if secret is None:
        raise HasStaff
    click.echo(f"{settings.url}/sign-in/{secret}")
