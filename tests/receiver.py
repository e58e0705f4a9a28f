"""Another system on this computer that takes webhooks: it answers what it is told to, and remembers what came."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec


@dataclass
class Receiver:
    """What came, in order; `answers`: the number that a happening is answered with."""

    address: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: Callable[[dict[str, Any]], int] = lambda _: 204

    @property
    def taken(self) -> list[dict[str, Any]]:
        """The happenings that came."""
        return [msgspec.json.decode(body) for _, body in self.came]

    def ids(self, subject: object = None) -> list[str]:
        """The ids of those that came, of one subject where it is named."""
        return [each["event_id"] for each in self.taken if subject in (None, each["subject"]["id"])]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """It listens for as long as the block lasts."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append((dict(self.headers), body))
            status = receiver.answers(msgspec.json.decode(body))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{receiver.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    receiver.address = f"http://127.0.0.1:{server.server_address[1]}/plats"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
