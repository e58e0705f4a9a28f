"""Tokens: how programs show who they are; made within one's own rights, taken back by their maker or an admin."""

from __future__ import annotations

from application.access.token_desk import MakeToken
from domain.kernel.errors import NotFound
from web.api.access.token_schema import TokenBody
from web.api.kernel.answers import NewToken, TokenInfo, WhoAmI, answer_from
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

tokens = ApiBlueprint("tokens", "Tokens: who may call, and as whom.")


@tokens.read("/whoami", Who.SIGNED_IN, WhoAmI)
def whoami(call: Call) -> WhoAmI:
    """Who the token speaks for."""
    actor = call.actor
    return WhoAmI(actor.organiser_id, actor.person_id, tuple(sorted(actor.roles)), actor.is_system)


@tokens.read("/tokens", Who.SIGNED_IN, tuple[TokenInfo, ...])
def list_tokens(call: Call) -> tuple[TokenInfo, ...]:
    """The living tokens: an admin sees all of the organiser's, everybody else their own."""
    anywhere = call.actor.organiser_id is None
    records = call.services.tokens.list(None) if anywhere else call.services.token_desk.list(call.actor)
    return tuple(answer_from(TokenInfo, each, roles=tuple(sorted(each.roles))) for each in records)


@tokens.write("POST", "/tokens", Who.SIGNED_IN, NewToken, body=TokenBody, status=201)
def make_token(call: Call) -> Written:
    """Make a token within one's own rights; it is shown once and cannot be read again, and ends with its maker."""
    told = call.body
    command = MakeToken(told["name"], told["roles"], told["person_id"], told["days"])
    if call.actor.is_system:
        if told["organiser_id"] is None:
            raise NotFound(what="organiser")
        organiser_id = call.services.programme.organiser(told["organiser_id"]).organiser_id
        made = call.services.token_desk.make_for_operator(organiser_id, command)
    else:
        if told["organiser_id"] is not None:
            call.own(told["organiser_id"])
        made = call.services.token_desk.make(call.actor, command)
    return Written(NewToken(made.record.id, made.shown), 0, is_repeated=False, location="/api/v1/tokens")


@tokens.write("DELETE", "/tokens/<token_id>", Who.SIGNED_IN, None, status=204)
def revoke_token(call: Call, token_id: str) -> Written:
    """Make a token that one sees in the list worthless, at once, and those made with it."""
    if call.actor.organiser_id is None and call.actor.is_system:
        call.services.tokens.revoke(token_id)
    else:
        call.services.token_desk.revoke(call.actor, token_id)
    return Written(None, 0, is_repeated=False)
