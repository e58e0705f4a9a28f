"""The public programme: what anyone may read and do on an organiser's pages, without a token."""

from __future__ import annotations

from uuid import UUID

from application.kernel.page import Page
from application.people.person import ConfirmEmail, PersonRef
from application.programme.queries.goods import GoodsRow
from application.programme.queries.programme import NetworkRow
from application.programme.queries.season_view import SeasonRow
from web.api.kernel.answers import Season, season_of
from web.api.kernel.call import Call, Written, written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import ConfirmEmailBody
from web.api.programme.season import seasons_asked_for
from web.api.programme.season_schema import SeasonsQuery

programme = ApiBlueprint("public programme", "The public programme of an organiser, and registration without a token.")
AT = "/organisers/<organiser>"


@programme.read(f"{AT}/networks", Who.ANYONE, tuple[NetworkRow, ...])
def list_public_networks(call: Call, organiser: str) -> tuple[NetworkRow, ...]:
    """An organiser's networks."""
    return call.services.programme.networks(organiser_named(call, organiser).organiser_id)


@programme.read(f"{AT}/networks/<uuid:network_id>", Who.ANYONE, NetworkRow)
def read_public_network(call: Call, organiser: str, network_id: UUID) -> NetworkRow:
    """One network of an organiser."""
    return call.services.programme.network(organiser_named(call, organiser).organiser_id, network_id)


@programme.read(f"{AT}/seasons", Who.ANYONE, Page[SeasonRow], SeasonsQuery)
def list_public_seasons(call: Call, organiser: str) -> Page[SeasonRow]:
    """An organiser's seasons that are asked for, by first day, those without one last; what is past: the last first."""
    return seasons_asked_for(call, organiser_named(call, organiser).organiser_id)


@programme.read(f"{AT}/seasons/<uuid:season_id>", Who.ANYONE, Season)
def read_public_season(call: Call, organiser: str, season_id: UUID) -> Season:
    """One season whole; material for participants only where the token's person holds a seat."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return season_of(call.services.programme.season(actor, season_id))


@programme.write("POST", f"{AT}/email-confirmations", Who.ANYONE, PersonRef, body=ConfirmEmailBody)
def confirm_email(call: Call, organiser: str) -> Written:
    """Bring back the code that was sent to an address."""
    actor = call.at(organiser_named(call, organiser).organiser_id)
    return written(call.services.people.confirm_email(actor, ConfirmEmail(**call.body), call.key))


@programme.read(f"{AT}/goods", Who.ANYONE, tuple[GoodsRow, ...])
def list_public_goods(call: Call, organiser: str) -> tuple[GoodsRow, ...]:
    """What an organiser sells."""
    return call.services.goods_questions.goods(organiser_named(call, organiser).organiser_id)
