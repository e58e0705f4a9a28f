"""What a request claims about the way it came: believed of as many proxies as there are, and of nobody else."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, request, url_for

from infrastructure.kernel.settings import Settings
from tests.conftest import Databases
from web.server.front_door import CLAIMS, Reached, hosts_of, put_behind_door
from web.server.server import served

HERE = Reached("http://127.0.0.1:8000", "127.0.0.1", (), 0)
EVERYWHERE = "0.0.0.0"  # told, not listened on
PUBLIC = Reached("https://plats.example", EVERYWHERE, ("Old.example", "b.example"), 0)
FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.9;proto=https;host=evil.example",
    "X-Real-IP": "203.0.113.9",
    "Script-Name": "/evil",
}


def told(reached: Reached, headers: dict[str, str], base_url: str = "http://127.0.0.1:8000") -> dict[str, Any]:
    """What the application sees of a request."""
    app = Flask("door")
    app.add_url_rule(
        "/seen",
        "seen",
        lambda: {
            "from": request.remote_addr,
            "address": url_for("seen", _external=True),
            "claims": [each for each in CLAIMS if each in request.environ],
        },
    )
    app.add_url_rule("/healthz", "healthz", lambda: {"status": "ok"})
    put_behind_door(app, reached)
    answer = app.test_client().get("/seen", base_url=base_url, headers=headers)
    return {"status": answer.status_code, **(answer.json or {})} if answer.is_json else {"status": answer.status_code}


def test_without_proxies_nothing_is_believed_and_it_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "plats"):
        seen = told(HERE, FORGED)
    assert seen == {"status": 200, "from": "127.0.0.1", "address": "http://127.0.0.1:8000/seen", "claims": []}
    [said] = [each.getMessage() for each in caplog.records]
    assert "PLATS_PROXIES is 0" in said and "evil" not in said


def test_one_proxy_is_believed_of_its_own_line_alone() -> None:
    settings = replace(PUBLIC, proxies=1)
    lines = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "http, https"}
    seen = told(settings, {**lines, "X-Forwarded-Host": "plats.example", "X-Forwarded-Prefix": "/evil"})
    assert (seen["from"], seen["address"]) == ("198.51.100.7", "https://plats.example/seen")
    assert told(settings, {"X-Forwarded-Host": "evil.example"}, "http://plats.example")["status"] == 400


def test_https_without_a_proxy_is_warned_of_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "plats"):
        told(PUBLIC, {}, "http://plats.example")
        told(replace(PUBLIC, proxies=1), {}, "http://plats.example")
        told(HERE, {})
    assert ["PLATS_URL begins with https" in each.getMessage() for each in caplog.records] == [True]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("plats.example", 200), ("PLATS.example", 200), ("plats.example:8443", 200), ("old.example", 200),
        ("b.example", 200), ("evil.example", 400), ("plats.example.evil.example", 400), ("evil@plats.example", 400),
        ("127.0.0.1", 400), ("localhost", 400),
    ],
)  # fmt: skip
def test_only_our_own_names_are_answered_to(host: str, status: int) -> None:
    assert told(PUBLIC, {"Host": host})["status"] == status


def test_on_ones_own_machine_its_own_names_will_do() -> None:
    assert hosts_of(HERE) == {"localhost", "127.0.0.1", "::1"}
    assert [told(HERE, {"Host": host})["status"] for host in ("localhost:8000", "[::1]:8000", "evil.example")] == [
        200,
        200,
        400,
    ]


@pytest.fixture(scope="module")
def running(new_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The web processes as they are run, without a worker."""
    home: Path = tmp_path_factory.mktemp("home")
    with new_database() as url:
        settings = replace(Settings.read({"PLATS_HOME": str(home)}), database_url=url, workers=1, threads=2)
        with served(settings, worker=False) as found:
            yield found.url


def ask(running: str, path: str, headers: list[tuple[str, str]]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(running).netloc, timeout=20)
    connection.putrequest("GET", path, skip_host=any(name == "Host" for name, _ in headers))
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    with closing(connection):
        answer = connection.getresponse()
        answer.read()
        return answer


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script-Name", "PATH_INFO"])
def test_the_server_itself_believes_no_prefix(running: str, name: str) -> None:
    assert ask(running, "/sign-in", [(name, "/sign-in")]).status == ask(running, "/sign-in", []).status == 200


def test_the_server_itself_believes_no_scheme_and_no_other_host(running: str) -> None:
    for claim in ("X-Forwarded-Proto", "X-Forwarded-Protocol", "X-Forwarded-Ssl"):
        answer = ask(running, "/sign-in", [(claim, "on" if claim.endswith("Ssl") else "https")])
        assert answer.status == 200 and answer.getheader("Strict-Transport-Security") is None
    assert ask(running, "/sign-in", [("Host", "evil.example")]).status == 400
    assert ask(running, "/api/v1/organisers", [("Host", "evil.example")]).status == 400
    assert ask(running, "/healthz", [("Host", "10.0.0.7:8000")]).status == 200
