"""Tokens: how programs show who they are; an admin gives and takes back those of their own organiser."""

from __future__ import annotations

from uuid import UUID

from application.token import TokenRecord
from domain.errors import NotFound
from domain.ids import OrganiserId
from web.api.answers import NewToken, TokenInfo, WhoAmI
from web.api.call import Call, Written
from web.api.noun import Noun
from web.api.schemas.invoice import TokenBody
from web.api.who import Who

tokens = Noun("tokens", "Tokens: who may call, and as whom.")


@tokens.read("/whoami", Who.SIGNED_IN, WhoAmI)
def whoami(call: Call) -> WhoAmI:
    """Who the token speaks for."""
    actor = call.actor
    return WhoAmI(actor.organiser_id, actor.person_id, tuple(sorted(actor.roles)), actor.is_system)


@tokens.read("/tokens", Who.ADMIN, tuple[TokenInfo, ...])
def list_tokens(call: Call) -> tuple[TokenInfo, ...]:
    """The living tokens of the token's organiser."""
    return tuple(_info(each) for each in call.services.tokens.list(call.actor.organiser_id))


@tokens.write("POST", "/tokens", Who.ADMIN, NewToken, body=TokenBody, status=201)
def make_token(call: Call) -> Written:
    """Make a token of one's own organiser; it is shown once and cannot be read again."""
    told = call.body
    organiser_id = _organiser(call, told["organiser_id"])
    if told["person_id"] is not None:
        row = call.services.people_questions.person(call.actor, told["person_id"])
        if row.organiser_id != organiser_id:
            raise NotFound(what="person")
    token = call.services.tokens.make(told["name"], organiser_id, frozenset(told["roles"]), told["person_id"])
    token_id = token.split("_")[1]
    return Written(NewToken(token_id, token), 0, is_repeated=False, location="/api/v1/tokens")


@tokens.write("DELETE", "/tokens/<token_id>", Who.ADMIN, None, status=204)
def revoke_token(call: Call, token_id: str) -> Written:
    """Make a token of one's own organiser worthless, at once."""
    if token_id not in [each.id for each in call.services.tokens.list(call.actor.organiser_id)]:
        raise NotFound(what="token")
    call.services.tokens.revoke(token_id)
    return Written(None, 0, is_repeated=False)


def _organiser(call: Call, named: UUID | None) -> OrganiserId:
    """The actor's own organiser; the installation names one. Raises NotFound."""
    own = call.actor.organiser_id
    if not call.actor.is_system and named in (None, own) and own is not None:
        return own
    if named is None or not call.actor.is_system:
        raise NotFound(what="organiser")
    return call.services.programme.organiser(named).organiser_id


def _info(record: TokenRecord) -> TokenInfo:
    return TokenInfo(
        record.id, record.name, record.organiser_id, record.person_id, tuple(sorted(record.roles)), record.is_system
    )
