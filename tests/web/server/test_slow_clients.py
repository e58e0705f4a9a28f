"""Slow clients hold no thread: everybody else is answered while they send, or read, a byte now and then."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.slow import KINDS, slow_clients
from infrastructure.kernel.settings import Settings
from tests.conftest import Databases
from web.app import LARGEST_BODY
from web.server.server import Running, served
from web.server.whole_requests import Arriving

HEAD = b"POST /x HTTP/1.1\r\nHost: h\r\n"


@pytest.fixture(scope="module")
def running(new_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with new_database() as url:
        settings = Settings.read({"PLATS_HOME": str(tmp_path_factory.mktemp("home"))})
        with served(replace(settings, database_url=url, workers=1, threads=2), worker=False) as running:
            yield running


@pytest.mark.parametrize("kind", KINDS)
def test_others_are_served_beside(running: Running, kind: str) -> None:
    with slow_clients(running.host, running.port, kind, number=20):
        connection = http.client.HTTPConnection(running.host, running.port, timeout=8)
        for _ in range(5):
            connection.request("GET", "/sign-in")
            answer = connection.getresponse()
            assert (answer.status, b"</html>" in answer.read()) == (200, True)
        connection.close()


def test_a_request_in_pieces_is_answered_and_so_is_the_next_one_behind_it(running: Running) -> None:
    host = f"{running.host}:{running.port}".encode()
    get = b"GET /healthz HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
    with socket.create_connection((running.host, running.port), timeout=8) as client:
        for piece in (get[:9], get[9:30], get[30:] + get + get[:12], get[12:]):
            client.sendall(piece)
        came = b""
        while came.count(b"HTTP/1.1 200") < 3:
            piece = client.recv(9999)
            assert piece, came
            came += piece


def test_whoever_asks_whether_to_send_a_body_is_told_to(running: Running) -> None:
    host = f"{running.host}:{running.port}".encode()
    with socket.create_connection((running.host, running.port), timeout=8) as client:
        client.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: " + host + b"\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        )
        assert client.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"a=b")
        assert client.recv(9) == b"HTTP/1.1 "


def test_what_is_too_large_is_refused_before_it_is_sent(running: Running) -> None:
    connection = http.client.HTTPConnection(running.host, running.port, timeout=8)
    connection.putrequest("POST", "/sign-in")
    connection.putheader("Content-Length", str(LARGEST_BODY + 1))
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.endheaders()
    assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    ("request_", "is_whole"),
    [
        (b"GET / HTTP/1.1\r\nHost: h\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", True),
        (HEAD + b"Content-Length: 3\r\n\r\nab", False),
        (HEAD + b"content-length:3\r\n\r\nabc", True),
        (HEAD + b"Content-Length: 0\r\n\r\n", True),
        (HEAD + b"Content-Length: many\r\n\r\n", True),  # gunicorn says what is wrong with it
        (HEAD + b"Content-Length: 999999999\r\n\r\n", True),  # as it does here
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nA: b\r\n\r\n", True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", True),  # no number: refused
        (b"x" * 70_000, True),  # no head: refused
    ],
)
def test_a_thread_is_given_to_a_request_that_is_whole(request_: bytes, is_whole: bool) -> None:
    at_once, in_pieces = Arriving(b"", 0), Arriving(b"", 0)
    at_once.take(request_, 0)
    assert at_once.is_whole() is is_whole

    for no in range(len(request_)):
        in_pieces.take(request_[no : no + 1], 0)
    assert in_pieces.is_whole() is is_whole
