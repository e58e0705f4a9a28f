"""A small provider of identities on this machine: OpenID Connect as far as stories need it, or wrong."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from tests.web.stage import Quiet

CLIENT, SECRET = "plats", "a secret between the two"


@dataclass
class FakeProvider:
    """Says yes to everybody at once; `claims` are added to (or, None, taken from) what it says about them."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}))
    signed_by: RSAKey | None = None

    def app(self) -> Flask:
        """Its addresses."""
        app = Flask(__name__)
        app.add_url_rule("/.well-known/openid-configuration", view_func=self._particulars)
        app.add_url_rule("/keys", view_func=lambda: {"keys": [self.key.as_dict(private=False)]}, endpoint="keys")
        app.add_url_rule("/authorize", view_func=self._authorize)
        app.add_url_rule("/token", view_func=self._token, methods=["POST"])
        return app

    def _particulars(self) -> dict[str, str]:
        at = self.issuer
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys",
        }

    def _authorize(self) -> Response:
        self.asked = dict(request.args)
        code = secrets.token_urlsafe()
        self.codes[code] = self.asked
        return redirect(f"{self.asked['redirect_uri']}?code={code}&state={self.asked['state']}")

    def _token(self) -> tuple[dict[str, Any], int]:
        asked = self.codes.pop(request.form["code"], None)
        shown = base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest())
        is_client = request.authorization is not None and request.authorization.password == SECRET
        if asked is None or asked["code_challenge"] != shown.rstrip(b"=").decode() or not is_client:
            return {"error": "invalid_grant"}, 400
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "sub": "u1",
            "aud": asked["client_id"],
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "acr": asked.get("acr_values"),
            **self.claims,
        }
        claims = {name: value for name, value in told.items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signed_by or self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token}, 200


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """A provider on a free port of this machine."""
    found = FakeProvider()
    server = make_server("127.0.0.1", 0, found.app(), threaded=True, request_handler=Quiet)
    found.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
