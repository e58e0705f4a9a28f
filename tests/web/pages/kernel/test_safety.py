"""What the pages withstand: forms from elsewhere, stolen links, foreign texts; and what every page carries."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import SYSTEM, Role
from application.people.organiser import FoundOrganiser
from application.people.participant import Participant
from application.people.person import RegisterPerson
from application.programme.meeting import PostponeMeeting
from domain.kernel.ids import BookingId
from tests.conftest import Databases
from tests.web.stage import SLUG, Stage, stage
from web.pages.kernel.frame import POLICY

FILES = (".csv", ".ics", ".xlsx", ".pdf", ".xml", ".si", ".json")
HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}} \N{RIGHT-TO-LEFT OVERRIDE}txt \N{GRINNING FACE}"
INLINE = r"<style|<script(?! src=\"/static/| type=\"application/ld\+json\")| style=| on[a-z]+=[\"']"
"""What would run or be drawn from the page itself; data for search engines is neither."""
MAIL_AS_SET = re.compile(r"/letters/[0-9a-f-]{36}/page$")
NOTHING_BUT_STYLE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""A mail as its reader sees it carries its styles with it, and can do nothing."""


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture
def fresh(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def filled(acted: Stage) -> tuple[BookingId, list[str]]:
    """A booking with an invoice and a case, and the addresses of all pages that this gives."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant()), made.acme, HOSTILE[:90])
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.services.cancellations.request(
        made.acting(acted.anna), RequestCancellation(booking, (2,), plea=f"{HOSTILE} {'a' * 300}")
    )
    made.catch_up()
    found, todo = {"/", "/sign-in"}, [f"/{SLUG}", f"/{SLUG}/desk", f"/{SLUG}/bookings/{booking}"]
    admin = acted.browser("admin")
    while todo:
        address = todo.pop()
        if address in found:
            continue
        found.add(address)
        if not address.partition("?")[0].endswith(FILES):
            links = admin.open(address).elements.links
            todo += [each.partition("#")[0] for each in links if each.startswith(f"/{SLUG}") and "language" not in each]
    return booking, sorted(found)


def test_every_page_is_light_strict_and_private(fresh: Stage) -> None:
    _, addresses = filled(fresh)
    assert len(addresses) > 20
    for address in addresses:
        answer = fresh.browser("admin").client.get(address, buffered=True)
        assert answer.status_code == 200, address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if MAIL_AS_SET.search(address):
            assert answer.headers["Content-Security-Policy"] == NOTHING_BUT_STYLE, address
            continue
        assert answer.headers["Content-Security-Policy"] == POLICY
        if answer.mimetype == "text/html":
            assert len(answer.data) < 30_000, address
            assert answer.headers["Cache-Control"] == "no-store"
            assert not re.search(INLINE, answer.text), address
            own = re.sub(r"http://(localhost|127\.0\.0\.1:8000)/|w3\.org", "", answer.text)
            assert "http://" not in re.sub(r'href="https?://example\.org[^"]*"', "", own)


def test_hostile_text_is_shown_as_text_on_every_page(fresh: Stage) -> None:
    made = fresh.institute
    command = RegisterPerson(HOSTILE[:60], "hostile@example.org", made.acme)
    person = made.services.people.register(made.admin, command).answer.person_id
    made.services.bookings.make(made.admin, MakeBooking(fresh.conference, (Participant(person),), made.acme))
    first = made.services.programme.season(made.admin, fresh.network).meetings[0]
    made.services.meetings.postpone(made.admin, PostponeMeeting(fresh.network, first.meeting_id, HOSTILE))
    _, addresses = filled(fresh)
    seen = 0
    for address in addresses:
        if address.partition("?")[0].endswith(FILES):
            continue
        html = fresh.browser("admin").open(address).html
        assert "<img src=x" not in html and "{{" not in html.replace("{{7*7}}", ""), address
        seen += "&lt;img src=x onerror" in html
    assert seen > 5


def test_hostile_text_in_a_form_comes_back_as_text(acted: Stage) -> None:
    browser = acted.browser()
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    sent = browser.send(page, "email", do="book", name=HOSTILE, email=HOSTILE, address=HOSTILE, org_number=HOSTILE)
    assert sent.status == 422 and "<img" not in sent.html and "&lt;img src=x" in sent.html
    long = browser.send(page, "email", do="book", name="x" * 10_000, email="n@example.org", address="y\0z")
    assert long.status == 422


def test_opening_a_sign_in_link_signs_nobody_in_and_the_button_does(acted: Stage) -> None:
    browser = acted.browser()
    token = acted.tokens["anna"]
    page = browser.open(f"/sign-in/{token}")
    assert page.says("Logga in som Anna", "Institutet") and browser.client.get_cookie("plats_token") is None
    browser.send(page, "token")
    cookie = browser.client.get_cookie("plats_token")
    assert cookie and cookie.http_only and cookie.same_site == "Lax" and not cookie.secure
    assert browser.open(f"/{SLUG}").says("Mina bokningar", "Logga ut Anna")


def test_the_session_cookie_is_secure_where_the_page_is(acted: Stage) -> None:
    client = acted.app.test_client()
    client.post("/sign-in", data={"token": acted.tokens["anna"]}, base_url="https://plats.example")
    cookie = client.get_cookie("plats_token", "plats.example")
    assert cookie and cookie.secure


def test_signing_out_forgets_the_session(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}")
    assert browser.send(page, "form_token").says("Du är utloggad.")
    assert browser.open(f"/{SLUG}/bookings").says("Din nyckel")


def test_a_key_that_is_none_is_refused_in_words(acted: Stage) -> None:
    browser = acted.browser()
    page = browser.send(browser.open("/sign-in"), "token", token="plats_x_y")
    assert page.status == 422 and page.says("Nyckeln är inte giltig.")
    assert acted.browser().open("/sign-in/plats_x_y").status == 401


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_but_here(acted: Stage, elsewhere: str) -> None:
    client = acted.app.test_client()
    answer = client.post("/sign-in", data={"token": acted.tokens["anna"], "next": elsewhere})
    assert answer.status_code == 303 and answer.headers["Location"] == f"/{SLUG}"
    client.delete_cookie("plats_token")
    assert 'name="next" value=""' in client.get("/sign-in", query_string={"next": elsewhere}).text


def test_after_signing_in_one_is_where_one_was_going(acted: Stage) -> None:
    browser = acted.browser()
    page = browser.open(f"/{SLUG}/bookings")
    assert page.says("Din nyckel")
    assert browser.send(page, "token", token=acted.tokens["anna"]).address == f"/{SLUG}/bookings"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_is_refused(acted: Stage, headers: dict[str, str]) -> None:
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    form = {**page.form("wanted"), "do": "book"}
    answer = browser.client.post(page.address, data=form, headers=headers)
    assert answer.status_code == 403 and "annan webbplats" in answer.text
    stranger = acted.app.test_client()
    assert stranger.post("/sign-in", data={"token": acted.tokens["anna"]}, headers=headers).status_code == 403
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")


@pytest.mark.parametrize("token", ["", "0" * 32])
def test_a_form_without_the_sessions_token_is_refused(fresh: Stage, token: str) -> None:
    browser = fresh.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{fresh.conference}")
    assert browser.send(page, "wanted", do="book", form_token=token).status == 403
    assert browser.send(page, "wanted", do="book").says("Bokningen är gjord.")


def test_a_session_of_one_organiser_is_a_stranger_at_another(acted: Stage) -> None:
    acted.institute.services.organisers.found(SYSTEM, FoundOrganiser("Andra", "andra", "556999-3008"))
    for who in ("anna", "admin", "finance"):
        browser = acted.browser(who)
        assert "Mina bokningar" not in browser.open("/andra").words
        for place in ("bookings", "desk", "people", "invoices", "organisations"):
            assert browser.open(f"/andra/{place}").says("Din nyckel")


def test_the_installations_own_key_opens_no_pages_of_an_organiser(acted: Stage) -> None:
    token = acted.institute.services.tokens.make("root", None, frozenset({Role.ADMIN}), is_system=True)
    acted.tokens["root"] = token
    browser = acted.browser("root")
    assert browser.open(f"/{SLUG}/desk").says("Din nyckel")
    assert browser.open("/").says("Logga ut administratör")


@pytest.mark.parametrize("position", ["abc", "-1", "9" * 30, "\u0663"])
def test_a_forged_position_is_passed_by(acted: Stage, position: str) -> None:
    client = acted.app.test_client()
    assert client.get(f"/{SLUG}", headers={"Cookie": f"plats_position={position}"}).status_code == 200


def test_a_page_that_cannot_show_yet_what_was_done_says_so(acted: Stage) -> None:
    client = acted.app.test_client()
    client.set_cookie("plats_position", "999999999999")
    assert "är sparat men syns inte här än" in client.get(f"/{SLUG}").text


def test_a_body_that_is_too_large_is_refused_in_words(acted: Stage) -> None:
    answer = acted.app.test_client().post(f"/{SLUG}/seasons/{acted.conference}", data={"name": "x" * 300_000})
    assert answer.status_code == 413 and "välj en mindre fil eller korta ner texten" in answer.text


def test_the_wrong_way_to_call_a_page_is_said_in_words(acted: Stage) -> None:
    assert "Så används inte den här sidan." in acted.app.test_client().post(f"/{SLUG}").text


@pytest.mark.parametrize("done", ["booked", "nonsense", "<script>"])
def test_only_our_own_words_say_what_was_done(acted: Stage, done: str) -> None:
    page = acted.app.test_client().get(f"/{SLUG}", query_string={"done": done}).text
    assert ("Bokningen är gjord." in page) == (done == "booked") and "<script>" not in page
