"""Every form of the site in two tabs: the first is pressed, then the second, and the second touches nothing.

A form that is not walked makes the test fail, and so does one whose second press records anything.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.conftest import Databases
from tests.web.page import Page
from tests.web.stage import Stage, stage
from tests.web.tabs import ELSEWHERE, FILL, MEANWHILE, all_pages, typed_in
from web.kernel.rests_on import RESTS_ON
from web.kernel.rests_on_nothing import RESTS_ON_NOTHING

Forms = dict[str, list[tuple[str, str]]]
"""By endpoint: who opens which page where such a form stands."""


@pytest.fixture(scope="module")
def url(new_database: Databases) -> Iterator[str]:
    with new_database() as made:
        yield made


@pytest.fixture(scope="module")
def acted(url: str) -> Iterator[Stage]:
    with stage(url) as made:
        yield made


def test_every_form_that_rests_on_something_is_walked() -> None:
    assert {*FILL, *ELSEWHERE} == set(RESTS_ON)
    assert not {*FILL} & {*ELSEWHERE} and not {*RESTS_ON} & {*RESTS_ON_NOTHING}


def test_in_two_tabs_the_second_press_touches_nothing(acted: Stage, url: str) -> None:
    found = forms_of(acted)
    assert sorted(set(FILL) - set(found)) == [], "no page has these forms"
    told = {endpoint: walked(acted, url, endpoint, found[endpoint]) for endpoint in FILL}
    assert "\n".join(f"{endpoint}: {wrong}" for endpoint, wrong in told.items() if wrong) == ""


def forms_of(acted: Stage) -> Forms:
    found: Forms = {}
    for path, who in all_pages(acted):
        for endpoint in {
            sent_to(acted, page, form) for page in [acted.browser(who).open(path)] for form in posts(page)
        }:
            found.setdefault(endpoint, []).append((who, path))
    return found


def posts(page: Page) -> list[dict[str, list[str]]]:
    return [form for form in page.elements.forms if form["method"] == ["post"]]


def sent_to(acted: Stage, page: Page, form: dict[str, list[str]]) -> str:
    address = (form["action"][0] or page.address).partition("?")[0].partition("#")[0]
    endpoint, _ = acted.app.url_map.bind("localhost").match(address, method="POST")
    return str(endpoint)


def walked(acted: Stage, url: str, endpoint: str, places: list[tuple[str, str]]) -> str:
    """What is wrong with a form; "" where the first press did something and the second nothing at all."""
    told, typed = "no page has it any longer", typed_in(acted, endpoint)
    for who, path in places:
        first, second = acted.browser(who), acted.browser(who)
        one, other = first.open(path), second.open(path)
        for form, same in zip(posts(one), posts(other), strict=True):
            if sent_to(acted, one, form) != endpoint:
                continue
            before = recorded(url)
            if endpoint in MEANWHILE:
                MEANWHILE[endpoint](acted, path)
                answered = one
            else:
                answered = first._post(one, form, typed)
            between = recorded(url)
            if between == before:
                told = f"{path}: the first press did nothing: {answered.words[-900:-300]}"
                continue
            answer = second._post(other, same, typed)
            if recorded(url) != between:
                return f"{path}: the second press recorded something"
            return "" if answer.status >= 400 else f"{path}: the second press was answered with {answer.status}"
    return told


def recorded(url: str) -> int:
    """How many events there are."""
    with psycopg.connect(url) as connection:
        [(count,)] = connection.execute("select count(*) from event").fetchall()
    return int(count)
