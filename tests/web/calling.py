"""A small installation with its API to call: tokens for each role, and another organiser next door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from application.kernel.actor import SYSTEM, Role
from application.people.organiser import FoundOrganiser, GivePaymentDetails
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from tests.samples import Institute, furnished
from tests.web.apps import lent_app
from web.api.kernel.face import Face

V1 = "/api/v1"


@dataclass
class Api:
    """The API of an institute as somebody calls it."""

    institute: Institute
    app: Face
    client: FlaskClient
    tokens: dict[str, str] = field(default_factory=dict)
    keys: Iterator[int] = field(default_factory=count)

    def call(self, method: str, path: str, body: object = None, who: str = "admin", **headers: str) -> TestResponse:
        """One call under /api/v1; `headers` by name with _ for -; a write gets a fresh idempotency key."""
        given = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        if method != "GET":
            given["Idempotency-Key"] = f"key-{next(self.keys):012}"
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self.client.open(V1 + path, method=method, headers=given)
        return self.client.open(V1 + path, method=method, headers=given, json=body)

    def get(self, path: str, who: str = "admin", **headers: str) -> Any:
        """What a read answers; the worker has caught up, and it must have gone well."""
        self.institute.catch_up()
        answer = self.call("GET", path, None, who, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: object = None, who: str = "admin", **headers: str) -> Any:
        """What a write answers; it must have gone well."""
        return self._done(self.call("POST", path, body, who, **headers))

    def put(self, path: str, body: object, who: str = "admin") -> Any:
        """As `post`."""
        return self._done(self.call("PUT", path, body, who))

    def delete(self, path: str, who: str = "admin") -> Any:
        """As `post`."""
        return self._done(self.call("DELETE", path, None, who))

    def refused(self, method: str, path: str, body: object = None, who: str = "admin", **headers: str) -> Any:
        """The problem that a call comes to, which must be the asker's."""
        answer = self.call(method, path, body, who, **headers)
        assert 400 <= answer.status_code < 500, (answer.status_code, answer.text)
        assert answer.content_type == "application/problem+json"
        assert answer.json is not None
        assert answer.json["status"] == answer.status_code
        return answer.json

    def token(self, name: str, *roles: Role, person: PersonId | None = None, organiser: UUID | None = None) -> None:
        """Remember a new token by a name."""
        owner = OrganiserId(organiser or self.institute.organiser)
        self.tokens[name] = self.institute.services.tokens.make(name, owner, frozenset(roles), person)

    def somebody(self, name: str, employer: OrganisationId | None = None) -> PersonId:
        """A person with a token of their own, by their name."""
        person = self.institute.person(name, employer)
        self.token(name, Role.MEMBER, person=person)
        return person

    @staticmethod
    def _done(answer: TestResponse) -> Any:
        assert answer.status_code in (200, 201, 204), answer.text
        return answer.json if answer.data else None


@contextmanager
def api(database_url: str) -> Iterator[Api]:
    """An institute with its API: tokens admin, finance, member (Mia at Acme), system, neighbour (another's admin)."""
    with furnished("api", database_url, str, None, _let_in) as (made, tokens), lent_app(made.services) as app:
        yield Api(made, app, app.test_client(), dict(tokens))


def _let_in(made: Institute) -> dict[str, str]:
    with lent_app(made.services) as app:
        calling = Api(made, app, app.test_client())
        calling.token("admin", Role.ADMIN)
        calling.token("finance", Role.FINANCE)
        calling.token("member", Role.MEMBER, person=made.person("Mia", made.acme))
        calling.tokens["system"] = made.services.tokens.make("system", None, frozenset(), is_system=True)
        calling.token("neighbour", Role.ADMIN, Role.FINANCE, organiser=neighbour(made))
    return calling.tokens


def neighbour(made: Institute) -> OrganiserId:
    """Another organiser of the same installation."""
    found = made.services.organisers.found(SYSTEM, FoundOrganiser("Grannen", "grannen", "556999-2000"))
    organiser = found.answer.organiser_id
    details = GivePaymentDetails(organiser, "Grannvägen 3, 111 40 Stockholm", "5050-1055")
    made.services.organisers.give_payment_details(SYSTEM, details)
    return organiser
