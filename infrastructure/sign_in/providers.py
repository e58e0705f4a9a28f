"""Providers of identities by OpenID Connect: the code flow with PKCE, state and nonce; the token verified."""

from __future__ import annotations

import threading
import time
from typing import Any

from application.access.staff_sign_in import Identity, Provider, ProviderRefused, ProviderUnreachable

TIMEOUT = 10.0
"""Seconds that a provider gets for an answer."""

_REMEMBERED = 3600.0
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]


class OpenIdProviders:
    """`application.access.staff_sign_in.IdentityProviders`. Libraries are read when they are first needed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[dict[str, Any], float]] = {}
        self._lock = threading.Lock()

    def way_out(self, provider: Provider, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser is sent. Raises ProviderUnreachable."""
        asked = {"nonce": nonce, **({"acr_values": provider.acr_values} if provider.acr_values else {})}
        address: str
        address, _ = _client(provider, back).create_authorization_url(
            self._particulars(provider)["authorization_endpoint"], state=state, code_verifier=verifier, **asked
        )
        return address

    def identity(self, provider: Provider, back: str, code: str, nonce: str, verifier: str) -> Identity:
        """Who has come back. Raises ProviderRefused, ProviderUnreachable."""
        from authlib.common.errors import AuthlibBaseError
        from requests import RequestException

        particulars = self._particulars(provider)
        try:
            given = _client(provider, back).fetch_token(
                particulars["token_endpoint"], code=code, code_verifier=verifier, timeout=TIMEOUT
            )
        except AuthlibBaseError as error:
            raise ProviderRefused("code") from error
        except (RequestException, ValueError) as error:
            raise ProviderUnreachable from error
        claims = self._claims(provider, particulars, str(given.get("id_token", "")), nonce)
        groups = claims.get(provider.groups_claim, ())
        return Identity(
            email=str(claims.get(provider.email_claim) or ""),
            is_email_verified=_is_true(claims.get("email_verified")),
            groups=frozenset(str(each) for each in groups) if isinstance(groups, list) else frozenset(),
            acr=str(claims.get("acr") or ""),
        )

    def _claims(self, provider: Provider, particulars: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": particulars["issuer"]},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
            leeway=60,
        )
        try:
            keys = KeySet.import_key_set(_fetched(particulars["jwks_uri"]))  # type: ignore[arg-type] # keys as JSON
            read = jwt.decode(token, keys, algorithms=_ALGORITHMS)
            wanted.validate(read.claims)
        except (JoseError, ValueError) as error:
            raise ProviderRefused("token") from error
        return dict(read.claims)

    def _particulars(self, provider: Provider) -> dict[str, Any]:
        known = self._known.get(provider.issuer)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        found = _fetched(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != provider.issuer or not all(isinstance(found.get(each), str) for each in needed):
            raise ProviderUnreachable
        with self._lock:
            self._known[provider.issuer] = found, time.monotonic() + _REMEMBERED
        return found


def _is_true(claim: object) -> bool | None:
    """Some providers write it as text; None where nothing is said."""
    return None if claim is None else claim is True or str(claim).lower() == "true"


def _client(provider: Provider, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        scope=provider.scope,
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _fetched(address: str) -> dict[str, Any]:
    import requests

    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnreachable from error
    if not isinstance(found, dict):
        raise ProviderUnreachable
    return found
