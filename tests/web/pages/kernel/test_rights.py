"""Whose page is whose: every page × strangers, a member whom nothing concerns, finance, and the neighbour's staff."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from application.people.queries.people import PersonRow
from domain.kernel.ids import BookingId
from tests.web.calling import Api, api
from tests.web.furnished import Furnished, furnish
from tests.web.test_rights import head
from web.pages.kernel.by_link import OPENED_BY_LINK

FOR_ANYONE = {
    "programme.organiser", "goods.page", "season.page", "season.registered", "calendar.season", "sign_in.page",
    "sign_in.confirm", "order.ordered", "links_again.page", "queue.asked", "network_home.page",
    "session.page", "application.page", "application.sent", "opening.of_season", "opening.of_network",
    "feeds.announced", "feeds.announced_in_network", "feeds.calendar", "feeds.calendar_of_network",
}  # fmt: skip
FOR_MEMBERS = FOR_ANYONE | {
    "booking.mine", "calendar.page", "invoice.index", "me.page", "sessions.page", "token.page", "learning.own",
}  # fmt: skip
"""Pages about whoever reads them, and nobody else."""

FOR_FINANCE = FOR_ANYONE | {
    "booking.mine", "booking.page", "calendar.page", "cancellation.page", "bookkeeping.page", "bookkeeping.accounts",
    "financial_year.page", "bookkeeping.codes", "closing.page", "vat_return.page", "vat_return.ec_sales",
    "finance.page", "invoice.index", "invoice.page", "invoice.sums", "paper.pdf", "paper.xml", "payment_card.page",
    "compensation.page", "crediting.page", "interest.page", "history.of_booking", "history.of_document",
    "history.of_organisation", "people.organisation",
    "people.organisations", "organiser.page", "payment.index", "payment.page", "payment_rules.page", "report.season",
    "terms_trial.page",
    "safeguard.page", "token.page", "learning.own",
}  # fmt: skip
"""Money and who owes it: no roster, nobody's needs, nobody's letters (S62)."""


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.fixture(scope="module")
def there(calls: Api) -> Furnished:
    made = furnish(calls)
    calls.token("unconcerned", Role.MEMBER, person=calls.institute.person("Obekant", calls.institute.bolt))
    calls.institute.catch_up()
    ids = {"slug": "institutet", "document_id": made.ids["invoice_id"], "case_id": made.ids["cancellation_id"]}
    return Furnished({**made.ids, **ids, "holder_id": made.ids["organisation_id"], "code": "fel"})


def client(calls: Api, who: str) -> FlaskClient:
    made = calls.app.test_client()
    if who:
        made.set_cookie("plats_token", calls.tokens[who])
    return made


def pages(calls: Api, there: Furnished, method: str) -> Iterator[tuple[Rule, str]]:
    """Every rule under an organiser's pages whose address can be filled in."""
    for rule in calls.app.url_map.iter_rules():
        path = rule.rule
        for name, value in there.ids.items():
            path = path.replace(f"<uuid:{name}>", value).replace(f"<{name}>", value)
        if rule.rule.startswith("/<slug>") and method in (rule.methods or ()) and "<" not in path:
            yield rule, path


@pytest.mark.parametrize(
    ("who", "may"),
    [("", FOR_ANYONE), ("neighbour", FOR_ANYONE), ("unconcerned", FOR_MEMBERS), ("finance", FOR_FINANCE)],
)
def test_a_page_opens_for_those_it_is_for_alone(calls: Api, there: Furnished, who: str, may: set[str]) -> None:
    reader, opened, seen = client(calls, who), set(), 0
    for rule, path in pages(calls, there, "GET"):
        seen += 1
        answer = reader.get(path, buffered=True)
        assert answer.status_code in (200, 303, 401, 403, 404, 405, 410), (path, answer.status_code)
        if answer.status_code == 200:
            opened.add(rule.endpoint)
    assert seen > 60
    assert opened - may == set()
    assert may - opened == set(), "what is not there any longer need not be allowed"


@pytest.mark.parametrize("who", ["", "neighbour", "unconcerned"])
def test_a_button_pressed_by_somebody_it_is_not_for_changes_nothing(
    calls: Api, there: Furnished, module_database_url: str, who: str
) -> None:
    """Forms with the session's own token and nothing typed: what is refused, and what is only about oneself."""
    presser, token = client(calls, who), calls.tokens.get(who, "")
    form = {"form_token": hmac.new(token.encode(), b"our own form", hashlib.sha256).hexdigest()[:32]}
    before, changed = head(module_database_url), []
    for rule, path in pages(calls, there, "POST"):
        answer = presser.post(path, data=form if who else {}, buffered=True)
        assert answer.status_code < 500, (path, answer.status_code)
        now = head(module_database_url)
        if now != before:
            changed.append(rule.endpoint)
        before = now
    own = ("waiting_list.join", "opening.ask_of_network")
    assert [each for each in changed if each not in own] == []


BY_LINK = FOR_ANYONE | (OPENED_BY_LINK & {
    "booking.name_form", "booking.page", "calendar.booking", "cancellation.page", "needs.page",
    "history.of_booking", "invoice.page", "paper.pdf",
    "payment_card.page", "transfer.page", "participation.page", "ticket.page", "move.page", "learning.hopes",
    "learning.page",
})  # fmt: skip
"""What the link to a booking opens when it is read."""


def by_link(calls: Api, there: Furnished, booking: str, who: str) -> FlaskClient:
    """A browser that shows the link of somebody's booking at every address, which no honest one does."""
    person = next(each.person_id for each in named(calls, who))
    secret = calls.institute.services.booking_links.secret_for(BookingId(UUID(booking)), person)
    assert secret is not None
    made = calls.app.test_client()
    made.set_cookie("plats_link", f"{secret}.")
    return made


def named(calls: Api, who: str) -> list[PersonRow]:
    return [
        each
        for each in calls.institute.services.people_questions.people(calls.institute.admin).items
        if each.name == who
    ]


def another_booking(calls: Api) -> str:
    """Anna's booking of something else."""
    made = calls.institute
    [anna] = named(calls, "Anna")
    command = MakeBooking(made.conference(), (Participant(anna.person_id),), made.acme)
    booking = made.services.bookings.make(made.acting(anna.person_id), command).answer.booking_id
    made.catch_up()
    return str(booking)


def every_page(calls: Api, there: Furnished, method: str) -> Iterator[tuple[Rule, str]]:
    """As `pages`, with the seats by their number as well."""
    for rule in calls.app.url_map.iter_rules():
        path = rule.rule.replace("<int:no>", "1")
        for name, value in there.ids.items():
            path = path.replace(f"<uuid:{name}>", value).replace(f"<{name}>", value)
        if rule.rule.startswith("/<slug>") and method in (rule.methods or ()) and "<" not in path:
            yield rule, path


@pytest.mark.parametrize("is_its_own", [True, False], ids=["its own", "another booking's"])
def test_a_link_opens_the_pages_of_its_booking_and_no_others(calls: Api, there: Furnished, is_its_own: bool) -> None:
    booking = there.ids["booking_id"] if is_its_own else another_booking(calls)
    reader, opened = by_link(calls, there, booking, "Anna"), set()
    for rule, path in every_page(calls, there, "GET"):
        answer = reader.get(path, buffered=True)
        assert answer.status_code < 500, (path, answer.status_code)
        if answer.status_code == 200:
            opened.add(rule.endpoint)
            assert "booking_id" in rule.arguments or rule.endpoint in FOR_ANYONE, path
    assert opened - (BY_LINK if is_its_own else FOR_ANYONE) == set()
    assert is_its_own is ("booking.page" in opened)


def test_a_button_pressed_with_the_link_of_another_booking_changes_nothing(
    calls: Api, there: Furnished, module_database_url: str
) -> None:
    presser = by_link(calls, there, another_booking(calls), "Anna")
    cookie = presser.get_cookie("plats_link")
    assert cookie is not None
    token = hmac.new(cookie.value.removesuffix(".").encode(), b"our own form", hashlib.sha256).hexdigest()[:32]
    before, changed = head(module_database_url), []
    for rule, path in every_page(calls, there, "POST"):
        for form in ({"form_token": token}, {}):
            assert presser.post(path, data=form, buffered=True).status_code < 500, path
            if head(module_database_url) != before:
                changed.append(rule.endpoint)
                before = head(module_database_url)
    assert changed == []
