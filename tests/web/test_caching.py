"""What is private is kept by no browser and no proxy: every route, as a stranger, as a member and as staff meets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from application.kernel.actor import Role
from tests.web.calling import Api, api
from tests.web.furnished import Furnished, furnish
from web.pages.kernel.caching import ALIKE, FOR_ANYONE

METHODS = ("GET", "POST", "PUT", "DELETE")


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.fixture(scope="module")
def there(calls: Api) -> Furnished:
    made = furnish(calls)
    calls.token("unconcerned", Role.MEMBER, person=calls.institute.person("Obekant", calls.institute.bolt))
    calls.institute.catch_up()
    usual = {
        "slug": "institutet", "document_id": made.ids["invoice_id"], "case_id": made.ids["cancellation_id"],
        "holder_id": made.ids["organisation_id"], "code": "fel", "secret": "fel", "token": "fel", "digest": "fel",
        "report": "revenue", "kind": "csv", "no": "1", "number": "1", "filename": "style.css", "role": "admin",
    }  # fmt: skip
    return Furnished({**made.ids, **usual})


def path_of(rule: Rule, there: Furnished) -> str:
    """An address of the rule: what the ids name is there, anything else is something that is not."""
    parts = []
    for is_name, text in rule._trace:  # the rule as it was read: literals and names
        parts.append(there.ids.get(text, "00000000-0000-0000-0000-000000000000") if is_name else text)
    return "".join(parts).lstrip("|")


def asking(calls: Api, who: str) -> tuple[FlaskClient, dict[str, str]]:
    client = calls.app.test_client()
    if who.startswith("api "):
        return client, {"Authorization": f"Bearer {calls.tokens[who.removeprefix('api ')]}"}
    if who:
        client.set_cookie("plats_token", calls.tokens[who])
    return client, {}


@pytest.mark.parametrize("who", ["", "unconcerned", "admin", "finance", "api admin"])
def test_only_what_is_public_may_be_kept(calls: Api, there: Furnished, who: str) -> None:
    """A new route is private until it is named public; nothing is kept of what somebody reads who has signed in."""
    client, headers = asking(calls, who)
    wrong, seen = [], 0
    for rule in calls.app.url_map.iter_rules():
        for method in sorted({*METHODS} & (rule.methods or set())):
            answer = client.open(path_of(rule, there), method=method, headers=headers, buffered=True)
            kept = answer.headers.get("Cache-Control") != "no-store"
            may = method == "GET" and rule.endpoint in (ALIKE if who else FOR_ANYONE)
            seen += 1
            if kept and not may:
                wrong.append((method, rule.rule, answer.status_code, answer.headers.get("Cache-Control")))
    assert wrong == []
    assert seen > 200


def test_public_pages_and_feeds_are_kept_as_before(calls: Api, there: Furnished) -> None:
    client, season = calls.app.test_client(), there.ids["season_id"]
    for path, kept in (
        ("/", "private, no-cache"),
        ("/institutet", "private, no-cache"),
        (f"/institutet/seasons/{season}", "private, no-cache"),
        (f"/institutet/seasons/{season}.ics", "private, max-age=300"),
        ("/static/style.css", "no-cache"),
    ):
        answer = client.get(path, buffered=True)
        assert (answer.status_code, answer.headers.get("Cache-Control")) == (200, kept), path


def test_a_private_link_is_kept_by_nobody_even_where_it_is_wrong(calls: Api, there: Furnished) -> None:
    for path in ("/institutet/calendar/fel.ics", "/institutet/sign-in/fel", "/nowhere/at/all"):
        assert calls.app.test_client().get(path).headers["Cache-Control"] == "no-store"
