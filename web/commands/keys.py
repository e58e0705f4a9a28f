"""`plats keys`: what personal data is locked with; wrapped anew, so that older backups forget who has been erased."""

from __future__ import annotations

import json

import click

from infrastructure.kernel.settings import Settings


@click.group("keys")
def command() -> None:
    """The keys to personal data, in the folder that PLATS_KEYS names."""


@command.command("renew")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
def renew(*, as_json: bool) -> None:
    """Wrap every key that lives anew and destroy what the old ones were wrapped under. Takes half a minute.

    Afterwards nobody can read in an older backup, or in a copy of the write-ahead log, who has been erased; nor anybody
    else: take a new backup first, of the database and of the folder, and one more afterwards. Copies of the folder that
    were made before open older backups still: destroy them when their time is up. Do so monthly. Not while read models
    are rebuilt or verified: that is refused.
    """
    from infrastructure.keys.key_rotation import RotationUnfinished
    from infrastructure.read_models.people.shelves_resealed import resealing
    from infrastructure.subscriptions.rebuild import alone
    from web.wiring import open_house

    settings = Settings.read()
    house = open_house(settings)
    try:
        with house.store.connections.dedicated() as connection, alone(connection):  # tables beside are not sealed anew
            renewed = house.store.rotate_keys(resealing(house.store.keyring))
        epochs = house.store.key_files.epochs()
    except RotationUnfinished as why:
        raise click.ClickException(f"{why}; the old keys are kept. Run it again.") from why
    finally:
        house.close()
    if as_json:
        click.echo(json.dumps({"renewed": renewed, "epoch": epochs[-1], "folder": str(settings.keys)}))
    else:
        click.echo(f"Keys wrapped anew: {renewed} (epoch {epochs[-1]}). Take a new backup now.")
