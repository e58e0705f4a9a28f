"""Networks: standing groups that meet season after season, and who may join."""

from __future__ import annotations

from uuid import UUID

from application.kernel.use_case import organiser_of
from application.programme import network as commands
from application.programme.queries.programme import NetworkRow
from domain.kernel.ids import NetworkId, OrganisationId, SeasonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme import network_schema as bodies

networks = ApiBlueprint("networks", "Networks: standing groups, and who may join.")
ONE = "/networks/<uuid:network_id>"


@networks.read("/networks", Who.SIGNED_IN, tuple[NetworkRow, ...])
def list_networks(call: Call) -> tuple[NetworkRow, ...]:
    """The networks of the token's organiser, by name."""
    return call.services.programme.networks(organiser_of(call.actor))


@networks.write("POST", "/networks", Who.ADMIN, commands.NetworkRef, body=bodies.FoundNetworkBody, status=201)
def found_network(call: Call) -> Written:
    """Found a network."""
    return call.execute(call.services.networks.found, commands.FoundNetwork(**call.body), "/networks/{network_id}")


@networks.read(ONE, Who.SIGNED_IN, NetworkRow)
def read_network(call: Call, network_id: UUID) -> NetworkRow:
    """One network of the token's organiser."""
    return call.services.programme.network(organiser_of(call.actor), network_id)


@networks.write(
    "POST", "/seasons/<uuid:season_id>/admissions", Who.SIGNED_IN, commands.NetworkRef, body=bodies.AskAdmissionBody
)
def ask_admission(call: Call, season_id: SeasonId) -> Written:
    """Ask an admin to decide about somebody whom the season's rule leaves open."""
    return call.execute(call.services.networks.ask_admission, commands.AskAdmission(season_id, **call.body))


@networks.write("POST", f"{ONE}/admissions", Who.ADMIN, commands.NetworkRef, body=bodies.DecideAdmissionBody)
def decide_admission(call: Call, network_id: NetworkId) -> Written:
    """Admit or turn away one person whatever the rule says, with reason and name on record."""
    return call.execute(call.services.networks.decide_admission, commands.DecideAdmission(network_id, **call.body))


@networks.write("POST", f"{ONE}/partners", Who.ADMIN, commands.NetworkRef, body=bodies.PartnerBody)
def join_partner(call: Call, network_id: NetworkId) -> Written:
    """Make an organisation a partner; twice is once."""
    return call.execute(call.services.networks.join_partner, commands.JoinPartner(network_id, **call.body))


@networks.write("DELETE", f"{ONE}/partners/<uuid:organisation_id>", Who.ADMIN, commands.NetworkRef)
def leave_partner(call: Call, network_id: NetworkId, organisation_id: OrganisationId) -> Written:
    """End that an organisation is a partner; what is none changes nothing."""
    return call.execute(call.services.networks.leave_partner, commands.LeavePartner(network_id, organisation_id))


@networks.write("POST", f"{ONE}/correct", Who.ADMIN, commands.NetworkRef, body=bodies.CorrectNetworkBody)
def correct_network(call: Call, network_id: NetworkId) -> Written:
    """Put right what was misspelt or is to be another way; the rule holds for seasons planned from now on."""
    return call.execute(call.services.networks.correct, commands.CorrectNetwork(network_id, **call.body))


@networks.write("POST", f"{ONE}/reopen", Who.ADMIN, commands.NetworkRef)
def reopen_network(call: Call, network_id: NetworkId) -> Written:
    """Let a closed network go on; one that is open stays so."""
    return call.execute(call.services.networks.reopen, commands.ReopenNetwork(network_id))


@networks.write("POST", f"{ONE}/close", Who.ADMIN, commands.NetworkRef, body=bodies.CloseNetworkBody)
def close_network(call: Call, network_id: NetworkId) -> Written:
    """End the network; its seasons and their record stay."""
    return call.execute(call.services.networks.close, commands.CloseNetwork(network_id, **call.body))
