"""No nonsense in an address or in a field of any form breaks a page: a clear answer each time, and nothing recorded."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from tests.conftest import Databases
from tests.web.stage import SLUG, Stage, stage
from web.reports.catalogue import REPORTS

NONSENSE = (
    "", " ", "\0", "x" * 5_000, "-1", "0", "99999999999999999999", "1e9", "\u0663", "½", "NaN", "null", "{}", "[]",
    '{"_type_": "x"}', "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59", "2027-03-28T02:30",
    "2027-02-30", "2027-13", "0000-01", "00000000-0000-0000-0000-000000000000", "' or 1=1 --", "\ud800", "\u202e",
    "🙂" * 100, "a\r\nb", "%s%n", "../../etc/passwd", "<script>", "--5", "\N{SUPERSCRIPT TWO}", "7,\N{SUPERSCRIPT TWO}",
)  # fmt: skip
ROUNDS = 150
EDGES = ("0001-01-01", "9999-12-31", "9999-12", "2027-1")
"""Days and months with no neighbours, and one that is written in another way."""


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def pages_of(acted: Stage) -> list[tuple[str, str]]:
    """Addresses with forms or questions, and who uses them."""
    made = acted.institute
    season = made.conference(seats=500)
    command = MakeBooking(season, (Participant(acted.anna), Participant()), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    request = RequestCancellation(booking, (2,), plea="Sjukdom.")
    made.services.cancellations.request(made.acting(acted.anna), request)
    made.catch_up()
    document = made.services.invoice_questions.list(made.finance, DocumentFilter()).items[0].document_id
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    at = f"/{SLUG}/bookings/{booking}"
    return [
        (f"/{SLUG}/seasons/{season}", ""),
        (f"/{SLUG}/seasons/{season}", "bertil"),
        (f"{at}/seats/2/name", "anna"),
        (f"{at}/seats/1/transfer", "admin"),
        (f"{at}/cancel", "admin"),
        (f"/{SLUG}/desk", "admin"),
        (f"/{SLUG}/seasons/{season}?for={acted.bertil}", "admin"),
        (f"/{SLUG}/seasons/{season}/call-off", "admin"),
        (f"/{SLUG}/seasons/{acted.network}/run", "admin"),
        (f"/{SLUG}/invoices/{document}", "finance"),
        (f"/{SLUG}/goods/{goods}", ""),
        ("/sign-in", ""),
    ]


def test_nonsense_in_any_field_of_any_form_gets_a_clear_answer(acted: Stage) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    pages = pages_of(acted)
    for _ in range(ROUNDS):
        address, who = chance.choice(pages)
        browser = acted.browser(who)
        forms = [each for each in browser.open(address).elements.forms if "sign-out" not in str(each)]
        typed = {**chance.choice(forms)} if forms else {"action": [address], "method": ["post"]}
        action = (typed.pop("action")[0] or address).partition("#")[0]
        method = typed.pop("method")[0]
        for name in chance.sample(sorted(typed), k=min(len(typed), chance.randint(1, 3))):
            if name != "form_token":
                typed[name] = [chance.choice(NONSENSE)]
        acts = ("book", "sum", "add", "cancel", "ask", "schedule", "postpone", "seats", "open", "plan", "look", "order")
        typed["do"] = [chance.choice((*acts, *NONSENSE))]
        encoded = {name: [each.encode("utf-8", "replace") for each in values] for name, values in typed.items()}
        if method == "get":
            answer = browser.client.get(action, query_string=encoded)
        else:
            answer = browser.client.post(action, data=encoded)
        assert answer.status_code < 500, (seed, action, typed, answer.text)


@pytest.mark.parametrize(
    "question",
    ["people?q=", "people?after=", "organisations?q=", "organisations?after=", "invoices?q=", "invoices?after=",
     "invoices?status=", "invoices?organisation=", "invoices?season=", "invoices?from=", "invoices?until=",
     "invoices.csv?q=", "desk?after=", "bookings?after=", "?after=", "?done=", "?language="],
)  # fmt: skip
def test_nonsense_in_an_address_gets_a_clear_answer(acted: Stage, question: str) -> None:
    for who in ("admin", "anna"):
        client = acted.browser(who).client
        for nonsense in NONSENSE:
            page, _, name = question.partition("?")
            value = nonsense.encode("utf-8", "replace")
            answer = client.get(f"/{SLUG}/{page}".rstrip("/"), query_string={name.rstrip("="): value})
            assert answer.status_code < 500 and answer.data, (question, nonsense)


@pytest.mark.parametrize("who", ["admin", "finance"])
def test_nonsense_in_whatever_a_page_lets_staff_choose_gets_a_clear_answer(acted: Stage, who: str) -> None:
    chance, browser = Random(len(who)), acted.browser(who)
    reports = [f"/{SLUG}/reports/{name}" for name in REPORTS]
    rules = [rule for rule in acted.app.url_map.iter_rules() if rule.arguments == {"slug"}]
    lists = [rule.rule.replace("<slug>", SLUG) for rule in rules if "GET" in (rule.methods or ())]
    asked = 0
    for address in [*reports, *lists]:
        forms = [each for each in browser.open(address).elements.forms if each["method"] == ["get"]]
        names = {name for form in forms for name in form} - {"action", "method"}
        for name, value in product(sorted(names), (*EDGES, chance.choice(NONSENSE))):
            answer = browser.client.get(address, query_string={name: value.encode("utf-8", "replace")})
            assert answer.status_code < 500, (address, name, value)
            asked += 1
    assert asked > 50


@pytest.mark.parametrize("name", ["on", "known"])
def test_nonsense_for_a_day_of_the_roster_gets_a_clear_answer(acted: Stage, name: str) -> None:
    client = acted.browser("admin").client
    for nonsense in NONSENSE:
        for page in ("roster", "roster.csv"):
            question = {name: nonsense.encode("utf-8", "replace")}
            answer = client.get(f"/{SLUG}/seasons/{acted.conference}/{page}", query_string=question)
            assert answer.status_code < 500, (page, nonsense)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00", "9999-12-31T23:59", "2027-03-28T02:30", "2030-01-01T00:00", "yesterday"]
)
def test_a_moment_that_is_none_is_told_at_the_field(acted: Stage, moment: str) -> None:
    made = acted.institute
    season = made.conference(seats=5)
    command = MakeBooking(season, (Participant(),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/bookings/{booking}/cancel")
    sent = admin.send(page, "shown", do="cancel", received_at=moment)
    assert sent.status == 422 and 'id="received_at-problem"' in sent.html
