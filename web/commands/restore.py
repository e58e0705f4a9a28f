"""`plats restore`: a backup put back into an empty database, and made ready before anybody is let in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from infrastructure.kernel.settings import Settings

if TYPE_CHECKING:
    from web.wiring import Installation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("restore")
@click.argument("dump", type=FILE, required=False)
@click.option("--keys", "copies", type=FILE, multiple=True, help="A copy of the keys; may be repeated.")
@click.option("--prepare", "only_prepare", is_flag=True, help="The database is there already: make it ready.")
@click.option("--unverified", is_flag=True, help="Open without seeing whether everything adds up.")
@click.pass_context
def command(
    context: click.Context, dump: Path | None, copies: tuple[Path, ...], *, only_prepare: bool, unverified: bool
) -> None:
    """Put DUMP back into the empty database that the settings name, and make it ready.

    Ready means: it counts onwards from where it was, whoever has been erased since is erased again, nobody is signed
    in, and everything adds up. With --prepare, a database that was put back by other means (pg_restore, a base backup
    with its write-ahead log up to some moment) is made ready. Until that is done Plats does not start on it.
    """
    if (dump is None) != only_prepare:
        raise click.UsageError("Name a dump, or say --prepare.")
    from infrastructure.backup.key_copy import about_in, put_keys_back, read_copy
    from infrastructure.backup.restore import put_back
    from infrastructure.postgres.database import database_url

    settings = Settings.read()
    contents = [read_copy(path) for path in copies]
    for content in contents:
        put_keys_back(content, settings.keys)
    url = database_url(settings)
    if dump is not None:
        told = (about_in(content) for content in contents)
        put_back(dump, url, next((each for each in told if each is not None and each.dump == dump.name), None))
    context.exit(0 if _make_ready(replace(settings, database_url=url), url, verified=not unverified) else 1)


def _make_ready(settings: Settings, url: str, *, verified: bool) -> bool:
    """Whether it is open now."""
    from infrastructure.backup.restore import closed, count_onwards, erase_again, open_again
    from infrastructure.postgres.migrations import migrate
    from web.wiring import build

    migrate(url)
    house = build(url, settings)
    try:
        with closed(url, settings.keys) as connection:
            click.echo(f"Positions are counted from {count_onwards(connection)} higher up.")
            click.echo(f"Erased again: {erase_again(connection, settings.keys, _eraser(house))} keys.")
            if verified and not _adds_up(house):
                click.echo("It stays closed: use another backup, or open this one with --prepare --unverified.")
                return False
            open_again(connection)
    finally:
        house.close()
    click.echo("It is ready: start Plats.")
    return True


def _eraser(house: Installation) -> Callable[[UUID, UUID], object]:
    """Erases an organiser's person with all that goes with them, as if they were erased now."""
    from application.kernel.actor import SYSTEM, Role
    from application.people.person import ErasePerson
    from domain.kernel.ids import OrganiserId, PersonId

    def erase(organiser: UUID, person: UUID) -> None:
        actor = replace(SYSTEM, organiser_id=OrganiserId(organiser), roles=frozenset({Role.ADMIN}))
        house.services.people.erase(actor, ErasePerson(PersonId(person)))

    return erase


def _adds_up(house: Installation) -> bool:
    """Whether all that is remembered adds up, once read models have followed; what does not is said."""
    from infrastructure.serialization.event_mapper import UnknownEvent, UnreadableEvent
    from infrastructure.subscriptions.broken import PolicyBroken, ProjectionBroken
    from infrastructure.subscriptions.verify import Verification
    from web.commands.rebuild import progress_of

    with suppress(UnknownEvent, UnreadableEvent, ProjectionBroken, PolicyBroken):  # verification names it
        house.worker.catch_up()
    with progress_of(house.store, "Events") as progress:
        wrong = [each for each in Verification(house.store).run(progress).checks if not each.ok]
    for check in wrong:
        click.echo(f"WRONG {check.name}: {check.seen}")
    return not wrong
