"""Nobody sends us into our own house: every address in every dress, names that change, and who leads us on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from infrastructure.webhooks import post
from infrastructure.webhooks.guard import AddressRefused, must_be_public, way_to
from infrastructure.webhooks.post import Poster
from tests.receiver import receiving

NOT_PUBLIC = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "fec0::1",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1")
HERE_IN_DRESS = (
    "https://127.0.0.1/", "https://localhost/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0177.0.0.1/", "https://[::1]/", "https://[::ffff:7f00:1]/", "https://0/",
)  # fmt: skip


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_what_is_not_on_the_public_net_is_refused(number: str) -> None:
    with pytest.raises(AddressRefused):
        must_be_public(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_the_public_net_is_reached(number: str) -> None:
    must_be_public(number)


@pytest.mark.parametrize("address", HERE_IN_DRESS)
def test_this_computer_is_refused_however_it_is_written(address: str) -> None:
    with pytest.raises((AddressRefused, OSError)):
        way_to(address, may_be_here=False)


@pytest.mark.parametrize("address", ["http://example.org/", "ftp://example.org/", "https:///x", "https://x:99999/"])
def test_other_ways_than_https_are_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        way_to(address, may_be_here=True, resolve=lambda *_: ["93.184.216.34"])


def test_one_private_number_among_several_is_one_too_many() -> None:
    with pytest.raises(AddressRefused):
        way_to("https://example.org/", may_be_here=False, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


def test_where_this_computer_is_allowed_another_name_for_it_is_not() -> None:
    with pytest.raises(AddressRefused):
        way_to("https://trick.example.org/", may_be_here=True, resolve=lambda *_: ["127.0.0.1"])


def test_a_name_is_asked_once_and_its_number_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reached: list[object] = []

    def turning(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(where: object, **_: object) -> socket.socket:
        reached.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    answer = Poster(resolve=turning).post("https://turns.example.org:8443/x", b"{}", {})
    assert (asked, reached) == (["turns.example.org"], [("93.184.216.34", 8443)])
    assert (answer.status, answer.error) == (0, "ConnectionRefusedError")


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with receiving() as other:
        assert Poster(may_be_here=True).post(other.address, b'{"a":1}', {}).is_taken


def test_whoever_leads_elsewhere_is_not_followed() -> None:
    with receiving() as other:
        other.answers = lambda _: 307
        answer = Poster(may_be_here=True).post(other.address, b"{}", {})
        assert (answer.status, answer.is_taken, len(other.came)) == (307, False, 1)
        assert other.came[0][0]["Host"] == other.address.split("/")[2]


@contextmanager
def trickling(line: bytes, pause: float) -> Iterator[str]:
    """A server that answers a little at a time, for ever."""
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        try:
            connection, _ = server.accept()
            with connection:
                while not stop.wait(pause):
                    connection.sendall(line)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        stop.set()
        server.close()
        thread.join()


def test_whoever_answers_a_byte_at_a_time_is_left_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "WHOLE", 0.6)
    with trickling(b"H", 0.05) as address:
        began = time.monotonic()
        assert Poster(may_be_here=True).post(address, b"{}", {}).status == 0
        assert time.monotonic() - began < 4


def test_a_long_answer_is_not_read_to_its_end() -> None:
    with trickling(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 65536, 0.01) as address:
        assert Poster(may_be_here=True).post(address, b"{}", {}).is_taken


def test_a_server_that_cannot_prove_its_name_is_told_nothing() -> None:
    with receiving() as other:
        answer = Poster(may_be_here=True).post(other.address.replace("http://", "https://"), b"{}", {})
        assert answer.status == 0 and "SSL" in answer.error
