"""Services about people, how they sign in, and the letters they get: what each is made of."""

from __future__ import annotations

import secrets

from application.access.calendar_address import CalendarAddresses
from application.access.passkey import Passkeys
from application.access.sign_in import SignIn
from application.access.staff_sign_in import StaffSignIn
from application.access.token import Tokens
from application.access.token_desk import TokenDesk, TokenLife, TokenMakers
from application.access.webhook import Webhooks
from application.mail.bounces import Bounces
from application.mail.letter_desk import LetterDesk
from application.mail.queries.letters import WhoKnewWhat
from application.notifications.mailing import Mailings
from application.notifications.own_words import OwnWordsDesk
from application.people.face import Faces
from application.people.invitations import Invitations
from application.people.logo import LogoDesk
from application.people.organiser import Organisers
from application.people.safeguard import FRESH, Safeguards
from infrastructure.documents.image_maker import PillowMaker
from infrastructure.kernel.clock import new_id
from infrastructure.keys.signed_links import InvitationLinks
from infrastructure.mail.returned import ReturnedInDatabase
from infrastructure.mail.told import ToldInDatabase
from infrastructure.sign_in.devices import WebAuthnDevices
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from infrastructure.sign_in.provider_settings import read_providers
from infrastructure.sign_in.providers import OpenIdProviders
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.webhooks.deliveries import PostgresDeliveries
from infrastructure.webhooks.signature import Secrets
from web.wiring.parts import Made, Parts


def people(parts: Parts) -> Made:
    """Persons, organisations, organisers and their pictures."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    sessions, shelf = parts.sessions, parts.shelf
    return {
        "organisers": Organisers(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        "safeguards": Safeguards(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        "logos": LogoDesk(decisions, shelf),
        "faces": Faces(decisions, PillowMaker(), shelf, models.people, lambda: secrets.token_hex(32)),
        "invitations": Invitations(decisions, InvitationLinks(store.keyring)),
        "people_questions": models.people,
    }


def access(parts: Parts) -> Made:
    """Signing in, sessions, keys to the API, webhooks."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    settings, box, one_time, sessions = parts.settings, parts.box, parts.one_time, parts.sessions
    passkeys = Passkeys(PostgresPasskeyStore(store), one_time, WebAuthnDevices(), sessions, store.clock, new_id)
    providers, way_out = read_providers(settings.oidc), OpenIdProviders()
    token_store, as_one = PostgresTokenStore(store), parts.selves.as_one
    tokens = Tokens(token_store, still_may=TokenMakers(decisions).still_may, as_one=as_one)
    return {
        "tokens": tokens,
        "token_desk": TokenDesk(
            decisions, token_store, tokens, TokenLife(settings.token_days, settings.token_days_most)
        ),
        "webhooks": Webhooks(
            decisions, PostgresDeliveries(store), Secrets(store.keyring).of, may_be_here=settings.webhooks_here
        ),
        "webhook_questions": models.webhook,
        "sessions": sessions,
        "sign_in": SignIn(decisions, one_time, one_time, one_time, box, sessions, store.clock),
        "passkeys": passkeys,
        "staff_sign_in": StaffSignIn(decisions, providers, way_out, one_time, sessions, store.clock),
        "calendars": CalendarAddresses(token_store, as_one=as_one),
    }


def mail(parts: Parts) -> Made:
    """Letters, in whose words they are, and what has become of them."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    box = parts.box
    return {
        "bounces": Bounces(decisions, ReturnedInDatabase(store)),
        "letters": LetterDesk(box, decisions),
        "who_knew_what": WhoKnewWhat(ToldInDatabase(store), decisions),
        "mailings": Mailings(decisions, models.mailing, box),
        "own_words": OwnWordsDesk(decisions, box),
    }
