"""Places in line: the list of a season as it moves, offers and their answers, and the rules."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import request

from application.booking.booking import BookingMade
from application.booking.queries.seat_offer import OfferRow, QueueRow
from application.booking.queue_link import For, PlaceView
from application.booking.queue_request import AskToQueue, QueueAsked, QueueConfirmed
from application.booking.seat_offer import AcceptOffer, DeclineOffer, OfferRef, OfferSeat
from application.booking.unconfirmed import MailedLink
from application.booking.waiting_list import LeaveWaitingList, MoveInQueue, WaitingPlace
from application.booking.waiting_rules import AgreeWaitingRules, Effect, WaitingRulesOf
from application.kernel.actor import Actor
from application.kernel.payer import TypedBuyer
from domain.kernel.ids import SeasonId
from web.api.booking import queue_schema as bodies
from web.api.booking.waiting_list import waiting_lists
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.problem import language
from web.api.kernel.who import Who
from web.api.people.organiser import organiser_named
from web.api.people.person_schema import CodeBody
from web.api.programme.programme import AT, programme

__all__ = ["waiting_lists"]
LIST = "/seasons/<uuid:season_id>/waiting-list"
PLACE = f"{LIST}/<uuid:place_id>"
BY_LINK = f"{AT}{PLACE}"
RULES = "/waiting-rules"
OWN_RULES = f"/seasons/<uuid:season_id>{RULES}"


@waiting_lists.read(LIST, Who.ADMIN, tuple[QueueRow, ...])
def read_waiting_list(call: Call, season_id: UUID) -> tuple[QueueRow, ...]:
    """Who waits, in order; what is offered or gathered for whom, until when; who was passed over."""
    call.services.programme.season(call.actor, season_id)
    return call.services.seat_offer_questions.line(call.actor, season_id)


@waiting_lists.write("POST", f"{PLACE}/move", Who.ADMIN, WaitingPlace, body=bodies.MoveInQueueBody)
def move_in_waiting_list(call: Call, season_id: SeasonId, place_id: UUID) -> Written:
    """Let somebody stand elsewhere in the line, for a reason that is remembered."""
    return call.execute(call.services.waiting_lists.move, MoveInQueue(season_id, place_id, **call.body))


@waiting_lists.write("POST", f"{PLACE}/offer", Who.ADMIN, OfferRef)
def offer_seat(call: Call, season_id: SeasonId, place_id: UUID) -> Written:
    """Offer free seats to a place out of turn."""
    return call.execute(call.services.seat_offers.offer, OfferSeat(season_id, place_id))


@waiting_lists.write("POST", f"{PLACE}/accept", Who.SIGNED_IN, BookingMade, body=bodies.AcceptOfferBody, status=201)
def accept_offer(call: Call, season_id: SeasonId, place_id: UUID) -> Written:
    """Book the seats that are offered, at the price that was promised: one's own, or (an admin) somebody's."""
    return call.execute(call.services.seat_offers.accept, AcceptOffer(season_id, place_id, **call.body))


@waiting_lists.write("POST", f"{PLACE}/decline", Who.SIGNED_IN, OfferRef)
def decline_offer(call: Call, season_id: SeasonId, place_id: UUID) -> Written:
    """The seats are not wanted; the place is given up."""
    return call.execute(call.services.seat_offers.decline, DeclineOffer(season_id, place_id))


@waiting_lists.read("/me/seat-offers", Who.SIGNED_IN, tuple[OfferRow, ...])
def list_my_seat_offers(call: Call) -> tuple[OfferRow, ...]:
    """The seats that are offered to oneself now."""
    return call.services.seat_offer_questions.mine(call.actor)


@waiting_lists.read(RULES, Who.ADMIN, AgreeWaitingRules)
def read_waiting_rules(call: Call) -> AgreeWaitingRules:
    """How the organiser's waiting lists move."""
    return call.services.waiting_rules.rules(call.actor, None)


@waiting_lists.write("PUT", RULES, Who.ADMIN, WaitingRulesOf, body=bodies.WaitingRulesBody)
def agree_waiting_rules(call: Call) -> Written:
    """Other rules from now on; what has been offered and promised stays."""
    return call.execute(call.services.waiting_rules.agree, AgreeWaitingRules(**call.body))


@waiting_lists.read(OWN_RULES, Who.ADMIN, AgreeWaitingRules)
def read_waiting_rules_of_season(call: Call, season_id: SeasonId) -> AgreeWaitingRules:
    """How the waiting list of a season moves."""
    return call.services.waiting_rules.rules(call.actor, season_id)


@waiting_lists.write("PUT", OWN_RULES, Who.ADMIN, WaitingRulesOf, body=bodies.WaitingRulesBody)
def agree_waiting_rules_of_season(call: Call, season_id: SeasonId) -> Written:
    """Rules of a season's own from now on."""
    command = AgreeWaitingRules(**call.body, season_id=season_id)
    return call.execute(call.services.waiting_rules.agree, command)


@waiting_lists.read(f"{OWN_RULES}/effects", Who.ADMIN, tuple[Effect, ...])
def preview_waiting_rules(call: Call, season_id: SeasonId) -> tuple[Effect, ...]:
    """What each rule about parties would do with the next seats that become free."""
    return call.services.waiting_rules.effects(call.actor, season_id)


@programme.write("POST", f"{AT}{LIST}", Who.ANYONE, QueueAsked, body=bodies.AskToQueueBody, status=201, is_keyed=True)
def ask_to_queue(call: Call, organiser: str, season_id: SeasonId) -> Written:
    """Ask to stand in line without a token: it counts once the mailed link is confirmed."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    command = AskToQueue(season_id, language=language(), **call.body)
    recorded = call.services.queue_requests.ask(actor, command, call.key, request.remote_addr or "")
    return written(recorded, f"{PREFIX}/organisers/{organiser}/seasons/{season_id}")


@programme.write("POST", f"{AT}/queue-requests/<uuid:request_id>/confirm", Who.ANYONE, QueueConfirmed, body=CodeBody)
def confirm_queue_request(call: Call, organiser: str, request_id: UUID) -> Written:
    """Bring back the code of the link: one stands in line, once."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    return written(call.services.queue_requests.confirm(actor, MailedLink(request_id, call.body["code"]), call.key))


@programme.look(f"{BY_LINK}/view", Who.ANYONE, PlaceView, bodies.PlaceLinkBody)
def read_place(call: Call, organiser: str, season_id: SeasonId, place_id: UUID) -> PlaceView:
    """Which place of how many, by the secret of the link to it; nobody else's name."""
    return call.services.queue_links.view(_comer(call, organiser, For.PLACE, season_id, place_id), season_id, place_id)


@programme.write("POST", f"{BY_LINK}/leave", Who.ANYONE, WaitingPlace, body=bodies.PlaceLinkBody)
def leave_by_link(call: Call, organiser: str, season_id: SeasonId, place_id: UUID) -> Written:
    """Wait no longer, by the secret of the link to the place."""
    actor = _comer(call, organiser, For.PLACE, season_id, place_id)
    return written(call.services.waiting_lists.leave(actor, LeaveWaitingList(season_id, place_id), call.key))


@programme.write("POST", f"{BY_LINK}/accept", Who.ANYONE, BookingMade, body=bodies.AcceptByLinkBody, status=201)
def accept_by_link(call: Call, organiser: str, season_id: SeasonId, place_id: UUID) -> Written:
    """Book the seats that are offered, by the secret of the link in the letter that offered them."""
    actor, body = _comer(call, organiser, For.OFFER, season_id, place_id), call.body
    billing = TypedBuyer("", "", body["address"]) if body["address"] and not body["organisation_id"] else None
    command = AcceptOffer(season_id, place_id, body["organisation_id"], body["reference"], billing=billing)
    return written(call.services.seat_offers.accept(actor, replace(command, shown=body["shown"]), call.key))


@programme.write("POST", f"{BY_LINK}/decline", Who.ANYONE, OfferRef, body=bodies.PlaceLinkBody)
def decline_by_link(call: Call, organiser: str, season_id: SeasonId, place_id: UUID) -> Written:
    """The seats are not wanted, by the secret of the link in the letter that offered them."""
    actor = _comer(call, organiser, For.OFFER, season_id, place_id)
    return written(call.services.seat_offers.decline(actor, DeclineOffer(season_id, place_id), call.key))


def _comer(call: Call, organiser: str, purpose: For, season_id: SeasonId, place_id: UUID) -> Actor:
    """Whom the secret lets act on that place. Raises LinkOver."""
    actor = call.anyone(organiser_named(call, organiser).organiser_id)
    return call.services.queue_links.opens(actor, purpose, season_id, place_id, call.body["code"])
