"""Staff sign in through the organiser's own provider of identities (OpenID Connect), where one has been configured.

The provider says who it is; the address must be that of a person registered with the organiser. Groups may give roles,
for that session alone; roles given here come on top.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from application.access.session import Browser, Sessions, Whose
from application.access.sign_in import Entered
from application.access.token import NotSignedIn
from application.kernel.actor import SYSTEM, Role
from application.kernel.one_time_token import OneTimeStore, digest_of
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import find_person
from domain.kernel.errors import BadValue, NotFound, PlatsError
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import email_of
from domain.people.particulars import may_sign_in

ROUND_TRIP = timedelta(minutes=15)
_PURPOSE = "provider"


class ProviderRefused(PlatsError):
    """The provider's answer does not show who it is, or not surely enough (`why`)."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.facts = {"why": why}


class ProviderUnreachable(PlatsError):
    """The provider does not answer, or not as it should."""


class NotRegisteredHere(PlatsError):
    """The provider knows the person, the organiser does not: there is nobody here with that address."""


@dataclass(frozen=True)
class Provider:
    """A provider as it has been configured. `name` is said to people; `roles`: which of its groups gives which role.

    `acr_values` is asked of it (how surely it is to know who it is), `required_acr` must come back. `trusts_email`:
    its people cannot choose their own address, so that it need not say that each has been verified.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid email"
    acr_values: str = ""
    required_acr: str = ""
    email_claim: str = "email"
    groups_claim: str = "groups"
    roles: Mapping[str, Role] = field(default_factory=dict)
    trusts_email: bool = False


@dataclass(frozen=True)
class Identity:
    """Whom the provider has vouched for, from a token that has been verified."""

    email: str
    is_email_verified: bool | None
    groups: frozenset[str]
    acr: str


class IdentityProviders(Protocol):
    """Speaks to providers. `back`: the address that the browser is sent back to."""

    def way_out(self, provider: Provider, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser is sent. Raises ProviderUnreachable."""

    def identity(self, provider: Provider, back: str, code: str, nonce: str, verifier: str) -> Identity:
        """Who has come back. Raises ProviderRefused, ProviderUnreachable."""


@dataclass(frozen=True)
class WayOut:
    """Where to send the browser, and the state that it must bring back."""

    address: str
    state: str


class StaffSignIn:
    """Out to the provider and back in."""

    def __init__(
        self,
        decisions: Decisions,
        configured: Mapping[str, Provider],
        providers: IdentityProviders,
        one_time: OneTimeStore,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._decisions, self._configured, self._providers = decisions, configured, providers
        self._one_time, self._sessions, self._clock = one_time, sessions, clock

    def name_of(self, slug: str) -> str:
        """What the organiser's provider is called; empty where there is none."""
        return self._configured[slug].name if slug in self._configured else ""

    def start(self, slug: str, back: str, going_to: str) -> WayOut:
        """The way to the provider. Raises NotFound where none is configured, ProviderUnreachable."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        address = self._providers.way_out(self._provider(slug), back, state, nonce, verifier)
        facts = {"slug": slug, "nonce": nonce, "verifier": verifier, "going_to": going_to}
        self._one_time.keep(digest_of(state), _PURPOSE, facts, self._clock.now() + ROUND_TRIP)
        return WayOut(address, state)

    def enter(self, slug: str, state: str, code: str, back: str, browser: Browser) -> Entered:
        """Come in with what the provider has sent back, once.

        Raises NotSignedIn for a state that is unknown or too old, ProviderRefused, ProviderUnreachable,
        NotRegisteredHere, NotFound.
        """
        provider = self._provider(slug)
        facts = self._one_time.take(digest_of(state), _PURPOSE, self._clock.now())
        if facts is None or facts["slug"] != slug:
            raise NotSignedIn
        identity = self._providers.identity(provider, back, code, facts["nonce"], facts["verifier"])
        if provider.required_acr and identity.acr != provider.required_acr:
            raise ProviderRefused("acr")
        is_theirs = provider.trusts_email if identity.is_email_verified is None else identity.is_email_verified
        if not identity.email or not is_theirs:
            raise ProviderRefused("email")
        whose = self._whose(slug, identity.email)
        granted = frozenset(role for group, role in provider.roles.items() if group in identity.groups)
        secret = self._sessions.begin(whose, "provider", browser, granted)
        return Entered(secret, whose.organiser_id, facts["going_to"])

    def _provider(self, slug: str) -> Provider:
        try:
            return self._configured[slug]
        except KeyError:
            raise NotFound(what="organiser") from None

    def _whose(self, slug: str, address: str) -> Whose:
        def look(work: UnitOfWork) -> tuple[UUID | None, PersonId | None]:
            organiser = work.unique_key_owner("organiser", slug)
            owner = work.unique_key_owner("email", work.blind_index(f"{organiser}/{email_of(address)}"))
            person = find_person(work, owner)
            return organiser, None if person is None or not may_sign_in(person) else person.person_id

        try:
            organiser, person_id = self._decisions.dry_run(SYSTEM, look)
        except BadValue:
            raise ProviderRefused("email") from None
        if organiser is None or person_id is None:
            raise NotRegisteredHere
        return Whose(OrganiserId(organiser), person_id)
