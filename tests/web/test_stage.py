"""The server that browser tests use leaves nothing open behind a reader who goes away."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from tests.web.stage import Quiet, whole

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

AT_ONCE = struct.pack("ii", 1, 0)
"""The option of a socket that is closed with a reset, as a browser does with an answer it no longer wants."""
READERS = 20


class _Parts:
    """An answer in many parts that counts the times one was closed."""

    closed = 0

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"x" * 2_000] * 200)

    def close(self) -> None:
        """Close it."""
        _Parts.closed += 1


def _in_parts(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "400000")])
    return _Parts()


def test_an_answer_is_closed_though_its_reader_has_gone_away() -> None:
    server = make_server("127.0.0.1", 0, whole(_in_parts), threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        for _ in range(READERS):
            with socket.create_connection(("127.0.0.1", server.server_port)) as reader:
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                reader.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                reader.recv(10)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert _Parts.closed == READERS
