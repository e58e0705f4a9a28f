"""A season that is a draft is there for staff alone: every route is walked, so that a new page is caught (A1, D2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from application.kernel.actor import Role
from tests.web.bodies import body_for
from tests.web.calling import Api, api
from tests.web.furnished import DAY, Furnished, furnish
from tests.web.test_caching import asking, path_of
from tests.web.test_rights import method, operation, rules
from web.api.kernel.examples import EXAMPLES

SECRET = "Hemligaplanen"
WORDS = "Ingenvetän"
READERS = ("", "unconcerned", "anna", "neighbour", "api unconcerned", "api neighbour")


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.fixture(scope="module")
def there(calls: Api) -> Furnished:
    made = furnish(calls)
    calls.token("unconcerned", Role.MEMBER, person=calls.institute.person("Obekant", calls.institute.bolt))
    plan: dict[str, Any] = {
        "network_id": made.ids["network_id"],
        "title": SECRET,
        "promise": WORDS,
        "seats": 4,
        "meetings": [{"title": f"{WORDS} ett", "time": DAY}],
        "prices": {"prices": [{"amount": 0}]},
        "visibility": "draft",
    }
    season = calls.post("/seasons", plan)["season_id"]
    meeting = calls.get(f"/seasons/{season}")["meetings"][0]["meeting_id"]
    calls.post(f"/seasons/{season}/material", {"title": WORDS, "url": "https://example.org/x", "readers": "everyone"})
    calls.institute.catch_up()
    usual = {
        "slug": "institutet", "document_id": made.ids["invoice_id"], "case_id": made.ids["cancellation_id"],
        "holder_id": made.ids["organisation_id"], "code": "fel", "secret": "fel", "token": "fel", "digest": "fel",
        "report": "revenue", "kind": "csv", "no": "1", "number": "1", "filename": "style.css", "role": "admin",
        "mark": "fel", "season_id": season, "meeting_id": meeting,
    }  # fmt: skip
    return Furnished({**made.ids, **usual})


@pytest.mark.parametrize("who", READERS)
def test_no_page_feed_list_or_answer_tells_of_it(calls: Api, there: Furnished, who: str) -> None:
    client, headers = asking(calls, who)
    wrong, of_it = [], 0
    for rule in calls.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for query in ("", f"?search={SECRET}", f"?q={WORDS}"):
            answer = client.get(path_of(rule, there) + query, headers=headers)
            text = answer.data.decode(errors="replace")
            answer.close()
            is_told = WORDS in text.replace(f"q={WORDS}", "") if not query else False
            is_told = is_told or (SECRET in text and SECRET not in query)
            if is_told or answer.status_code >= 500:
                wrong.append((rule.rule + query, answer.status_code))
            if "season_id" in rule.arguments and not query:
                of_it += 1
                if answer.status_code < 300 and there.ids["season_id"] in text:
                    wrong.append((rule.rule, answer.status_code))
    assert wrong == []
    assert of_it > 20


def test_nothing_can_be_done_with_it_by_anybody_but_staff(calls: Api, there: Furnished) -> None:
    wrong = []
    for rule in rules(calls.app):
        if "season_id" not in rule.arguments or method(rule) == "GET":
            continue
        for who in ("anna", "neighbour"):
            answer = calls.call(method(rule), path_of(rule, there).removeprefix("/api/v1"), body_of(rule, there), who)
            is_unread = answer.status_code == 422 and operation(rule) not in EXAMPLES
            is_of_a_place = "place_id" in rule.arguments and answer.status_code in (409, 410)  # another season's
            if answer.status_code not in (403, 404) and not is_unread and not is_of_a_place:
                wrong.append((rule.rule, who, answer.status_code, answer.text[:100]))
    booked = calls.call("POST", "/bookings", {"season_id": there.ids["season_id"], "participants": [{}]}, "anna")
    assert (wrong, booked.status_code) == ([], 404)


def body_of(rule: Rule, there: Furnished) -> Any:
    return body_for(operation(rule), there.ids) if operation(rule) in EXAMPLES else {}


def test_its_staff_sees_it_and_so_does_this_walk(calls: Api, there: Furnished) -> None:
    """The walk can fail: shown to everyone, the season is told of."""
    season = there.ids["season_id"]
    assert calls.get(f"/seasons/{season}")["title"] == SECRET
    assert SECRET in str(calls.get("/seasons"))
    assert SECRET not in str(calls.get("/organisers/institutet/seasons", who=""))
    assert SECRET not in asking(calls, "")[0].get("/institutet").text
    calls.call("PUT", f"/seasons/{season}/visibility", {"visibility": "hidden"}, "admin")
    calls.institute.catch_up()
    hidden = asking(calls, "")[0].get(f"/institutet/seasons/{season}")
    assert hidden.status_code == 200
    assert "noindex" in hidden.text and "ld+json" not in hidden.text
    assert SECRET not in str(calls.get("/organisers/institutet/seasons", who=""))
    calls.call("PUT", f"/seasons/{season}/visibility", {"visibility": "public"}, "admin")
    calls.institute.catch_up()
    assert SECRET in str(calls.get("/organisers/institutet/seasons", who=""))
    assert SECRET in asking(calls, "")[0].get("/institutet?closed=yes").text
    shown = asking(calls, "")[0].get(f"/institutet/seasons/{season}").text
    assert "noindex" not in shown and "ld+json" in shown
