"""Staff sign in through their organiser's provider of identities: the whole way out and back, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from application.access.staff_sign_in import Provider, StaffSignIn
from application.kernel.actor import Role
from application.services import Services
from domain.kernel.ids import PersonId
from infrastructure.kernel.settings import SettingRefused
from infrastructure.sign_in.one_time_store import PostgresOneTimeStore
from infrastructure.sign_in.provider_settings import read_providers
from infrastructure.sign_in.providers import OpenIdProviders
from tests.samples import Institute
from tests.samples import institute as furnished
from tests.web.provider import CLIENT, SECRET, FakeProvider, fake_provider
from web.app import create_app

SLUG = "institutet"
HIGH = "urn:example:high"


@dataclass
class Door:
    """An institute whose staff sign in elsewhere, and a browser."""

    institute: Institute
    provider: FakeProvider
    client: FlaskClient
    anna: PersonId

    @property
    def services(self) -> Services:
        """The use cases."""
        return self.institute.services

    def go_out(self) -> str:
        """Out to the provider, and where it sends the browser back to."""
        out = self.client.get(f"/{SLUG}/sign-in/staff?next=/{SLUG}/desk")
        assert out.status_code == 303, out.text
        back = requests.get(out.headers["Location"], allow_redirects=False, timeout=60)
        return back.headers["Location"]

    def come_in(self) -> TestResponse:
        """The whole way."""
        return self.client.get(self.go_out())


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    with furnished(database_url) as made, fake_provider() as found:
        anna = made.person("Anna")
        made.catch_up()
        found.claims = {"email": "Anna@example.org", "email_verified": True, "groups": ["economy", "choir"]}
        roles = {"economy": Role.FINANCE, "chiefs": Role.ADMIN}
        provider = Provider(
            "Institutets konto", found.issuer, CLIENT, SECRET, acr_values=HIGH, required_acr=HIGH, roles=roles
        )
        one_time, services = PostgresOneTimeStore(made.house.store), made.services
        decisions, out = made.house.store.decisions, OpenIdProviders()
        staff = StaffSignIn(decisions, {SLUG: provider}, out, one_time, services.sessions, made.clock)
        app = create_app(replace(services, staff_sign_in=staff))
        app.testing = True
        yield Door(made, found, app.test_client(), anna)


def test_staff_come_in_with_the_roles_of_their_groups(door: Door) -> None:
    assert "Medarbetare: logga in med Institutets konto" in door.client.get(f"/{SLUG}/sign-in").text
    answer = door.come_in()

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{SLUG}/desk")
    cookie = door.client.get_cookie("plats_token")
    assert cookie is not None
    actor = door.services.sessions.recognise(cookie.value)
    assert (actor.person_id, actor.roles) == (door.anna, frozenset({Role.MEMBER, Role.FINANCE}))
    assert door.provider.asked["code_challenge_method"] == "S256"
    assert door.provider.asked["acr_values"] == HIGH


def test_a_role_lasts_as_long_as_the_session(door: Door) -> None:
    door.come_in()
    door.provider.claims["groups"] = []
    other = door.client.application.test_client()
    other.get(Door(door.institute, door.provider, other, door.anna).go_out())
    cookie = other.get_cookie("plats_token")
    assert cookie is not None
    assert door.services.sessions.recognise(cookie.value).roles == {Role.MEMBER}


def test_the_way_back_works_once_and_in_the_same_browser_only(door: Door) -> None:
    back = door.go_out()
    thief = door.client.application.test_client()
    assert thief.get(back).status_code == 303
    assert thief.get_cookie("plats_token") is None
    assert door.client.get(back).headers["Location"] == f"/{SLUG}/desk"
    state = parse_qs(urlsplit(back).query)["state"][0]
    door.client.set_cookie("plats_state", state)
    assert "/sign-in" in door.client.get(back).headers["Location"]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_000_000},
        {"acr": "urn:example:low"},
        {"acr": None},
        {"email": None},
        {"email": "no address"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
    ],
)
def test_an_answer_that_does_not_show_who_it_is_lets_nobody_in(door: Door, claims: dict[str, object]) -> None:
    door.provider.claims |= claims
    answer = door.come_in()

    assert answer.status_code == 403
    assert "visade inte tillräckligt säkert vem du är" in answer.text
    assert door.client.get_cookie("plats_token") is None


def test_a_token_signed_by_somebody_else_lets_nobody_in(door: Door) -> None:
    door.provider.signed_by = RSAKey.generate_key(2048, {"kid": "k1"})
    assert door.come_in().status_code == 403


def test_somebody_unknown_here_is_told_to_be_added(door: Door) -> None:
    door.provider.claims["email"] = "ylva@example.org"
    answer = door.come_in()
    assert answer.status_code == 403
    assert "inte registrerad här" in answer.text


def test_who_says_no_at_the_provider_is_told_so(door: Door) -> None:
    state = parse_qs(urlsplit(door.go_out()).query)["state"][0]
    assert door.client.get(f"/{SLUG}/sign-in/staff/back?error=access_denied&state={state}").status_code == 403


def test_a_provider_that_is_away_is_told_as_such_and_none_is_not_there(door: Door) -> None:
    assert door.client.get("/grannen/sign-in/staff").status_code == 404
    away = Provider("Borta", "http://127.0.0.1:1", CLIENT, SECRET)
    staff = StaffSignIn(
        door.institute.house.store.decisions,
        {SLUG: away},
        OpenIdProviders(),
        PostgresOneTimeStore(door.institute.house.store),
        door.services.sessions,
        door.institute.clock,
    )
    client = create_app(replace(door.services, staff_sign_in=staff)).test_client()
    assert client.get(f"/{SLUG}/sign-in/staff").status_code == 503


def test_the_file_of_providers_is_read_and_what_is_wrong_in_it_is_said(tmp_path: Path) -> None:
    path, secret = tmp_path / "oidc.toml", tmp_path / "secret"
    secret.write_text("hush\n")
    whole = f"""[institutet]
name = "Konto"
issuer = "https://login.example.org"
client_id = "plats"
client_secret_file = "{secret}"
roles = {{ chiefs = "admin" }}
"""
    path.write_text(whole)
    found = read_providers(path)["institutet"]
    assert (found.client_secret, found.roles) == ("hush", {"chiefs": Role.ADMIN})
    assert "hush" not in repr(found)
    path.write_text(whole.replace(f'client_secret_file = "{secret}"', 'client_secret_env = "THE_SECRET"'))
    assert read_providers(path, os.environ | {"THE_SECRET": "ssh"})["institutet"].client_secret == "ssh"
    assert not found.trusts_email
    path.write_text(whole + "trusts_email = true\n")
    assert read_providers(path)["institutet"].trusts_email
    path.write_text(whole + 'trusts_email = "yes"\n')
    with pytest.raises(SettingRefused):
        read_providers(path)
    for wrong in (("https://login", "http://login"), ('"admin"', '"king"'), ("issuer", "isuer"), ("[institutet]", "[")):
        path.write_text(whole.replace(*wrong))
        with pytest.raises(SettingRefused):
            read_providers(path)
    assert read_providers(None) == {}
