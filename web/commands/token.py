"""Keys to the API: given out, listed and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click

from application.access.token import TokenRecord
from application.access.token_desk import MakeToken
from application.kernel.actor import SYSTEM, Role
from application.services import Services
from domain.access.token import end_of
from domain.kernel.errors import PlatsError
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.kernel.settings import Settings

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


class NoSuchOrganiser(PlatsError):
    """No organiser has that word in its addresses."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no organiser {slug!r}: give the word that stands in its addresses.")


class NoSuchToken(PlatsError):
    """No living token has that id."""

    def __init__(self, token_id: str) -> None:
        super().__init__(f"There is no token {token_id!r}, or it has been revoked: see `plats token list`.")


@click.group("token")
def command() -> None:
    """Give and take back the keys to the API."""


@command.command("create")
@click.option("--organiser", help="Whose: the word that stands in the organiser's addresses.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="May be repeated."
)
@click.option("--person", type=click.UUID, help="The person it acts for, by id.")
@click.option("--system", "is_system", is_flag=True, help="For the installation itself: may do everything.")
@click.option("--name", required=True, help="What it is for, as you will want to read it in the list.")
@click.option("--days", type=int, help="For how many days it works; a year where nothing is said.")
@as_json
def create(
    organiser: str | None,
    roles: tuple[str, ...],
    person: UUID | None,
    name: str,
    days: int | None,
    *,
    is_system: bool,
    as_json: bool,
) -> None:
    """Make a token and show its secret, once."""
    if (organiser is None) != is_system:
        raise click.UsageError("Give --organiser with --role, or --system.")
    if not is_system and not roles:
        raise click.UsageError("Give at least one --role.")
    with _services() as services:
        owner = None if organiser is None else _organiser(services, organiser)
        held = frozenset(Role(role) for role in roles)
        token = _made(services, name, owner, MakeToken(name, tuple(held), _person_id(person), days))
    click.echo(json.dumps({"token": token, "id": token.split("_")[1]}) if as_json else token)


@command.command("list")
@click.option("--organiser", help="Whose; without it, those of the installation itself.")
@as_json
def list_tokens(organiser: str | None, *, as_json: bool) -> None:
    """List the tokens that work; their secrets cannot be shown again."""
    with _services() as services:
        owner = None if organiser is None else _organiser(services, organiser)
        records = services.tokens.list(owner)
    if as_json:
        click.echo(json.dumps([_facts(record) for record in records]))
        return
    for record in records:
        click.echo(f"{record.id}  {_may(record)}  {record.name}")


@command.command("revoke")
@click.argument("token_id")
@as_json
def revoke(token_id: str, *, as_json: bool) -> None:
    """Make a token worthless: within five seconds in processes that have seen it, at once in others."""
    with _services() as services:
        try:
            services.tokens.revoke(token_id)
        except PlatsError:
            raise NoSuchToken(token_id) from None
    click.echo(json.dumps({"revoked": token_id}) if as_json else f"{token_id} opens nothing any longer.")


def _made(services: Services, name: str, owner: OrganiserId | None, command: MakeToken) -> str:
    """An organiser's token is made as an event, the installation's own stands in no organiser's log."""
    if owner is not None:
        return services.token_desk.make_for_operator(owner, command).shown
    until = end_of(command.days, *_life(services), services.clock.now())
    return services.tokens.make(name, None, frozenset(), is_system=True, expires_at=until)


def _life(services: Services) -> tuple[int, int]:
    return services.token_desk.life.usual, services.token_desk.life.most


def _person_id(person: UUID | None) -> PersonId | None:
    return None if person is None else PersonId(person)


@contextmanager
def _services() -> Iterator[Services]:
    from web.wiring import open_house

    house = open_house(Settings.read())
    try:
        yield house.services
    finally:
        house.close()


def _organiser(services: Services, slug: str) -> OrganiserId:
    found = services.organisers.by_slug(SYSTEM, slug)
    if found is None:
        raise NoSuchOrganiser(slug)
    return OrganiserId(found)


def _facts(record: TokenRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "name": record.name,
        "organiser_id": None if record.organiser_id is None else str(record.organiser_id),
        "roles": sorted(role.value for role in record.roles),
        "person_id": None if record.person_id is None else str(record.person_id),
        "is_system": record.is_system,
        "made_by": None if record.made_by is None else str(record.made_by),
        "expires_at": None if record.expires_at is None else record.expires_at.isoformat(),
        "used_at": None if record.used_at is None else record.used_at.isoformat(),
    }


def _may(record: TokenRecord) -> str:
    return "system" if record.is_system else ",".join(sorted(role.value for role in record.roles))
