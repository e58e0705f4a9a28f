"""The API does what its description says: whatever is sent, no fault, no undocumented answer, no unknown shape."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from application.kernel.actor import Role
from tests.web.calling import Api, api
from tests.web.furnished import furnish
from web.app import create_app

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.missing_required_header,
    checks.unsupported_method,
]
IRREVERSIBLE = ("call-off", "erasure", "close", "{token_id}")
APP = create_app(None)  # type: ignore[arg-type]  # the description needs no services; the tests give it some
CONFIG = SchemathesisConfig.from_path(Path(__file__).parents[2] / "schemathesis.toml")
SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", APP, config=CONFIG)
Case = schemathesis.Case[Any]
EXAMPLES = int(os.environ.get("PLATS_CONTRACT_EXAMPLES", "8"))
"""How many random calls of each operation, beside those at its borders; a long run asks for hundreds."""


@dataclass(frozen=True)
class Furnished:
    """An installation with one of everything, and tokens that get past the door."""

    calls: Api
    ids: dict[str, str]

    def seed(self, case: Case) -> None:
        """Let a well-formed call name things that are there."""
        if isinstance(case.headers.get("Plats-Position"), str):
            del case.headers["Plats-Position"]
        if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
            return
        if any(word in case.path for word in IRREVERSIBLE):
            return
        for name in case.path_parameters:
            case.path_parameters[name] = self.ids.get(name, case.path_parameters[name])
        self._seed(case.body)

    def token(self, case: Case) -> str:
        """The installation founds organisers; somebody who is admin, finance and a person does all the rest."""
        is_founding = (case.method, case.path) == ("POST", "/api/v1/organisers")
        return self.calls.tokens["system" if is_founding else "everything"]

    def _seed(self, body: Any) -> None:
        if isinstance(body, dict):
            for name, value in body.items():
                if isinstance(value, str) and name in self.ids and name.endswith("_id"):
                    body[name] = self.ids[name]
                self._seed(value)
        elif isinstance(body, list):
            for each in body:
                self._seed(each)


@pytest.fixture(scope="module")
def furnished(module_database_url: str) -> Iterator[Furnished]:
    with api(module_database_url) as calls:
        ids = furnish(calls).ids
        person = calls.institute.person("Allan", calls.institute.acme)
        calls.token("everything", Role.ADMIN, Role.FINANCE, Role.MEMBER, person=person)
        APP.extensions["plats"] = calls.institute.services
        yield Furnished(calls, ids)


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_does_what_its_description_says(case: Case, furnished: Furnished) -> None:
    furnished.seed(case)
    headers = {"Authorization": f"Bearer {furnished.token(case)}"}
    case.call_and_validate(headers=headers, checks=CHECKS)


def test_the_worker_has_nothing_against_what_came_of_it(furnished: Furnished) -> None:
    furnished.calls.institute.catch_up()
    assert furnished.calls.get("/whoami")["roles"] == ["admin"]
