"""Being told, once, when booking opens: of a season that has not opened, or of a network's next."""

from __future__ import annotations

from uuid import UUID

from flask import request

from application.booking.opening_list import (
    JoinOpeningList,
    LeaveOpeningList,
    OpeningListRef,
    OpeningOf,
    OpeningRow,
    OpeningsWaiting,
)
from application.booking.opening_request import AskToBeTold, OpeningAsked, OpeningRequestView
from application.booking.unconfirmed import MailedLink
from domain.kernel.ids import NetworkId, SeasonId
from web.api.booking.opening_schema import AskToBeToldBody
from web.api.booking.queue import waiting_lists
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import CodeBody
from web.api.programme.programme import AT, programme

__all__ = ["waiting_lists"]
OF_SEASON = "/seasons/<uuid:season_id>/opening-list"
OF_NETWORK = "/networks/<uuid:network_id>/opening-list"
REQUEST = f"{AT}/opening-requests/<uuid:request_id>"


@waiting_lists.read(OF_SEASON, Who.ADMIN, OpeningsWaiting)
def count_opening_list_of_season(call: Call, season_id: SeasonId) -> OpeningsWaiting:
    """How many are told when booking of a season opens."""
    return call.services.opening_lists.waiting(call.actor, OpeningOf(season_id=season_id))


@waiting_lists.read(OF_NETWORK, Who.ADMIN, OpeningsWaiting)
def count_opening_list_of_network(call: Call, network_id: NetworkId) -> OpeningsWaiting:
    """How many are told when booking of a network's next season opens."""
    return call.services.opening_lists.waiting(call.actor, OpeningOf(network_id))


@waiting_lists.read("/me/opening-lists", Who.SIGNED_IN, tuple[OpeningRow, ...])
def list_my_opening_lists(call: Call) -> tuple[OpeningRow, ...]:
    """What one has asked to be told of, and has not been told of yet."""
    return call.services.opening_questions.mine(call.actor)


@waiting_lists.write("POST", OF_SEASON, Who.SIGNED_IN, OpeningListRef)
def join_opening_list_of_season(call: Call, season_id: SeasonId) -> Written:
    """Be told, once, when booking of a season opens; where it has been open: of the next in its network."""
    return call.execute(call.services.opening_lists.join, JoinOpeningList(season_id=season_id))


@waiting_lists.write("POST", OF_NETWORK, Who.SIGNED_IN, OpeningListRef)
def join_opening_list_of_network(call: Call, network_id: NetworkId) -> Written:
    """Be told, once, when booking of a network's next season opens."""
    return call.execute(call.services.opening_lists.join, JoinOpeningList(network_id))


@waiting_lists.write("DELETE", OF_SEASON, Who.SIGNED_IN, OpeningListRef)
def leave_opening_list_of_season(call: Call, season_id: SeasonId) -> Written:
    """Not be told of it after all; who is not to be told changes nothing."""
    return call.execute(call.services.opening_lists.leave, LeaveOpeningList(season_id=season_id))


@waiting_lists.write("DELETE", OF_NETWORK, Who.SIGNED_IN, OpeningListRef)
def leave_opening_list_of_network(call: Call, network_id: NetworkId) -> Written:
    """Not be told of it after all; who is not to be told changes nothing."""
    return call.execute(call.services.opening_lists.leave, LeaveOpeningList(network_id))


@programme.write("POST", f"{AT}{OF_SEASON}", Who.ANYONE, OpeningAsked, body=AskToBeToldBody, status=201, is_keyed=True)
def ask_to_be_told_of_season(call: Call, organiser: str, season_id: SeasonId) -> Written:
    """Ask for one letter when booking opens, without a token: it counts once the mailed link is confirmed."""
    command = AskToBeTold(season_id=season_id, language=language(), **call.body)
    return _asked(call, organiser, command, f"seasons/{season_id}")


@programme.write("POST", f"{AT}{OF_NETWORK}", Who.ANYONE, OpeningAsked, body=AskToBeToldBody, status=201, is_keyed=True)
def ask_to_be_told_of_network(call: Call, organiser: str, network_id: NetworkId) -> Written:
    """The same of a network's next season."""
    command = AskToBeTold(network_id=network_id, language=language(), **call.body)
    return _asked(call, organiser, command, "networks")


@programme.write("POST", f"{REQUEST}/confirm", Who.ANYONE, OpeningRequestView, body=CodeBody)
def confirm_opening_request(call: Call, organiser: str, request_id: UUID) -> Written:
    """Bring back the code of the link: one is told, once."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    return written(call.services.opening_requests.confirm(actor, MailedLink(request_id, call.body["code"]), call.key))


@programme.write("POST", f"{REQUEST}/withdraw", Who.ANYONE, OpeningRequestView, body=CodeBody)
def withdraw_opening_request(call: Call, organiser: str, request_id: UUID) -> Written:
    """Not be told after all, by the code of the same link."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    return written(call.services.opening_requests.withdraw(actor, MailedLink(request_id, call.body["code"]), call.key))


def _asked(call: Call, organiser: str, command: AskToBeTold, about: str) -> Written:
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    recorded = call.services.opening_requests.ask(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}/{about}")
