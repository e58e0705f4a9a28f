"""Where the installation is reached by https, browsers are told to come by it alone; elsewhere they are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.calling import Api, api
from web.pages.kernel.visit import IS_HTTPS

EVERYWHERE = ("/", "/healthz", "/api/v1/organisers", "/api/v1/nothing", "/static/style.css", "/nothing")
HEADER = "Strict-Transport-Security"


@pytest.fixture(scope="module")
def calls(module_database_url: str) -> Iterator[Api]:
    with api(module_database_url) as calling:
        yield calling


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_of_an_installation_on_https_says_so(calls: Api, path: str) -> None:
    assert calls.client.get(path, base_url="https://localhost", buffered=True).headers[HEADER] == "max-age=31536000"
    assert HEADER not in calls.client.get(path, buffered=True).headers
    calls.app.config[IS_HTTPS] = True
    try:
        assert HEADER in calls.client.get(path, buffered=True).headers
    finally:
        calls.app.config[IS_HTTPS] = False
