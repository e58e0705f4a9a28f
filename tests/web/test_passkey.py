"""Passkeys in a real browser with a device that it pretends to have: made, used to come in, removed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from application.access.passkey import PasskeyRefused, Site
from application.access.session import Browser as BrowserName
from application.access.session import Whose
from application.kernel.one_time_token import digest_of
from application.people.person import ErasePerson
from tests.conftest import Databases
from tests.web.browsing import NEEDS_BROWSER, Browsing, browsing
from tests.web.stage import SLUG, Stage, stage

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture(scope="module")
def named(acted: Stage) -> Iterator[Browsing]:
    """The stage at a name: passkeys belong to a host's name, never to a number."""
    with browsing(acted) as made:
        yield Browsing(made.stage, made.address.replace("127.0.0.1", "localhost"), made.chromium)


def with_device(page: Page) -> None:
    """Give the browser a device that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@NEEDS_BROWSER
def test_a_passkey_is_made_lets_in_and_is_removed(acted: Stage, named: Browsing) -> None:
    whose = Whose(acted.institute.organiser, acted.anna)
    secret = acted.institute.services.sessions.begin(whose, "link", BrowserName("Chrome · Linux"))
    with named.opened() as page:
        with_device(page)
        page.context.add_cookies([{"name": "plats_token", "value": secret, "url": named.address}])
        page.goto(f"/{SLUG}/sign-ins")
        page.get_by_label("Vad du kallar den").fill("min telefon")
        page.get_by_role("button", name="Skapa en passkey").click()
        page.get_by_text("Din passkey är skapad.").wait_for()
        page.get_by_role("button", name="Logga ut Anna").click()
        page.goto(f"/{SLUG}/sign-in?next=/{SLUG}/sign-ins")
        page.get_by_role("button", name="Logga in med passkey").click()
        page.get_by_role("heading", name="Dina inloggningar").wait_for()
        assert "med passkey" in page.locator("main").inner_text()
        page.get_by_role("button", name="Ta bort min telefon").click()
        page.get_by_text("Din passkey är borttagen.").wait_for()
        assert page.get_by_role("button", name="Ta bort min telefon").count() == 0


@NEEDS_BROWSER
def test_a_passkey_that_has_been_removed_opens_nothing(acted: Stage, named: Browsing) -> None:
    whose = Whose(acted.institute.organiser, acted.bertil)
    services = acted.institute.services
    secret = services.sessions.begin(whose, "link", BrowserName("Chrome · Linux"))
    with named.opened() as page:
        with_device(page)
        page.context.add_cookies([{"name": "plats_token", "value": secret, "url": named.address}])
        page.goto(f"/{SLUG}/sign-ins")
        page.get_by_role("button", name="Skapa en passkey").click()
        page.get_by_text("Din passkey är skapad.").wait_for()
        services.people.erase(acted.institute.admin, ErasePerson(acted.bertil))
        page.goto(f"/{SLUG}/sign-in")
        page.get_by_role("button", name="Logga in med passkey").click()
        page.get_by_text("Din passkey gick inte att använda här.").wait_for()


@NEEDS_BROWSER
def test_without_script_no_passkey_is_offered(named: Browsing) -> None:
    with named.opened(script=False) as page:
        page.goto(f"/{SLUG}/sign-in")
        assert not page.get_by_role("button", name="Logga in med passkey").is_visible()
        assert page.get_by_role("button", name="Skicka länk").is_visible()


@pytest.mark.parametrize(
    "answer",
    ["", "null", "[]", "{}", '{"rawId":"AA","response":{"clientDataJSON":"AA"}}', '{"response":{"clientDataJSON":1}}'],
)
def test_what_is_no_answer_of_a_device_is_refused(acted: Stage, answer: str) -> None:
    services, site = acted.institute.services, Site("http://localhost", "localhost")
    with pytest.raises(PasskeyRefused):
        services.passkeys.enter(site, answer, BrowserName())
    with pytest.raises(PasskeyRefused):
        services.passkeys.make(acted.institute.acting(acted.anna), site, answer, "")
    assert acted.browser().client.post(f"/{SLUG}/sign-in/passkey", data={"credential": answer}).status_code == 422


def test_a_challenge_is_kept_as_a_digest_and_works_once(acted: Stage) -> None:
    services, site = acted.institute.services, Site("http://localhost", "localhost")
    options = json.loads(services.passkeys.options_to_show(site))
    challenge = services.passkeys._devices.challenge_in(_answer_to(options["challenge"]))
    now = acted.institute.clock.now()

    assert services.passkeys._one_time.look(digest_of(challenge), "passkey_show", now) == {}
    assert services.passkeys._one_time.take(digest_of(challenge), "passkey_show", now) == {}
    assert services.passkeys._one_time.take(digest_of(challenge), "passkey_show", now) is None


def _answer_to(challenge: str) -> str:
    from webauthn.helpers import bytes_to_base64url

    told = json.dumps({"challenge": challenge}).encode()
    return json.dumps({"rawId": "AA", "response": {"clientDataJSON": bytes_to_base64url(told)}})
