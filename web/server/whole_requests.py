"""Slow clients: a thread is given to a request once all of it has arrived; until then it costs a buffer and a deadline.

gunicorn's threads read from sockets themselves, so as many clients as there are threads, sending a byte now and then,
stop everybody. (granian 2.8 in WSGI mode, tried beside it, waits well for slow heads but reads bodies in its threads.)
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import struct
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from web.app import LARGEST_BODY

HEAD_WITHIN, BODY_WITHIN = 10.0, 20.0
"""Seconds for the head of a request, and for its body after that."""

LINGER = 2.0
"""Seconds that a client gets to read the last answer before its connection is closed."""

SEND_WITHIN = 20
"""Seconds after which a client that reads nothing of an answer is given up."""

_SEND_BUFFER = 256 * 1024
"""Bytes that the system takes off a thread's hands: every page, whether or not its reader reads."""

_LONGEST_HEAD = 64 * 1024
_PIECE = 64 * 1024
_HEAD_END, _LINE_END = b"\r\n\r\n", b"\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_WAITS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]*\r\n")


class Arriving:
    """A request as far as it has come. What cannot be understood counts as whole: gunicorn answers what is wrong."""

    def __init__(self, came: bytes, now: float) -> None:
        self.came = bytearray(came)
        self.until = now + HEAD_WITHIN
        self._body, self._chunk = 0, 0

    @property
    def has_begun(self) -> bool:
        """Whether anything of it is there."""
        return bool(self.came)

    def take(self, piece: bytes, now: float) -> bool:
        """More of it has come; whether it waits to be told that its body may come."""
        self.came += piece
        if self._body or (end := self.came.find(_HEAD_END)) < 0:
            return False
        self._body = self._chunk = end + len(_HEAD_END)
        self.until = now + BODY_WITHIN
        return not self.is_whole() and _WAITS.search(self.came, 0, self._body) is not None

    def is_whole(self) -> bool:
        """Whether a thread may begin: all of it is there, or so much that it will be refused."""
        if not self._body:
            return len(self.came) > _LONGEST_HEAD
        if _CHUNKED.search(self.came, 0, self._body):
            return self._is_last_chunk_there() or len(self.came) - self._body > 2 * LARGEST_BODY
        length = _LENGTH.search(self.came, 0, self._body)
        return length is None or self.is_too_large() or len(self.came) - self._body >= int(length[1])

    def is_too_large(self) -> bool:
        """Whether its body is larger than anything that is taken."""
        length = _LENGTH.search(self.came, 0, self._body)
        return length is not None and int(length[1]) > LARGEST_BODY

    def _is_last_chunk_there(self) -> bool:
        """Walk on from the chunk that was looked at last."""
        while (size := _SIZE.match(self.came, self._chunk)) is not None:
            length = int(size[1], 16)
            if length == 0:
                return self.came.startswith(_LINE_END, size.end()) or self.came.find(_HEAD_END, size.end()) >= 0
            if len(self.came) < size.end() + length + len(_LINE_END):
                return False
            self._chunk = size.end() + length + len(_LINE_END)
        return len(self.came) - self._chunk > _LONGEST_HEAD or _LINE_END in self.came[self._chunk :]


class WholeRequestWorker(ThreadWorker):  # type: ignore[misc] # gunicorn carries no types
    """gunicorn's threaded process, whose one loop gathers requests and sees connections off; threads only answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[TConn, Arriving] = {}
        self._leaving: dict[TConn, float] = {}

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection and wait for its request; where there are too many, whoever is slowest goes."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._drop_slowest()
            return  # or gone again, or taken by another process
        self.nr_conns += 1
        _bound(client)
        if self.nr_conns >= self.worker_connections:
            self._drop_slowest()
        self._gather(TConn(self.cfg, client, address, listener.getsockname()), b"")

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn, b"")

    def finish_request(self, conn: TConn, done: Any) -> None:
        """It has been answered: wait for the next one, or let the client read to the end and close."""
        is_kept = not done.cancelled() and done.exception() is None and bool(done.result())
        if not is_kept:
            self._see_off(conn)
        elif ahead := conn.parser.unreader.take_buffered():
            self._gather(conn, ahead)
        else:
            super().finish_request(conn, done)

    def murder_pending(self) -> None:
        """Close the connections whose time is over; where we are ending, also those on which nothing has come."""
        now = time.monotonic()
        if not self.alive:
            for conn in [one for one, arriving in self._arriving.items() if not arriving.has_begun]:
                self._close(conn, self._arriving)
        for conn in [one for one, arriving in self._arriving.items() if arriving.until <= now]:
            self._close(conn, self._arriving)
        for conn in [one for one, until in self._leaving.items() if until <= now]:
            self._close(conn, self._leaving)

    def _gather(self, conn: TConn, ahead: bytes) -> None:
        self._arriving[conn] = Arriving(b"", time.monotonic())
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, conn))
        if ahead:
            self._take(conn, ahead)
        else:
            self._read(conn, conn.sock)

    def _read(self, conn: TConn, client: socket.socket) -> None:
        try:
            piece = client.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        if piece:
            self._take(conn, piece)
        else:
            self._close(conn, self._arriving)

    def _take(self, conn: TConn, piece: bytes) -> None:
        arriving = self._arriving[conn]
        if arriving.take(piece, time.monotonic()):
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if arriving.is_whole():
            del self._arriving[conn]
            self.poller.unregister(conn.sock)
            conn.came, conn.data_ready = _closing(arriving) if arriving.is_too_large() else bytes(arriving.came), True
            self.enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """Answer a request that has arrived. Runs in a thread."""
        with suppress(OSError):  # gone meanwhile: gunicorn finds out by itself
            conn.sock.setblocking(True)
            conn.init()
            conn.parser.unreader.unread(conn.came)
        return super().handle(conn)

    def _see_off(self, conn: TConn) -> None:
        """Whoever has been answered may still read; what they still send is read and forgotten."""
        self._leaving[conn] = time.monotonic() + LINGER
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._forget, conn))
        except (OSError, ValueError, KeyError):
            self._close(conn, self._leaving)

    def _forget(self, conn: TConn, client: socket.socket) -> None:
        with suppress(BlockingIOError, InterruptedError):
            try:
                if client.recv(_PIECE):
                    return
            except (ConnectionError, TimeoutError):
                pass
            self._close(conn, self._leaving)

    def _drop_slowest(self) -> None:
        for waiting in (self._leaving, self._arriving):
            for conn in waiting:
                self._close(conn, waiting)
                return

    def _close(self, conn: TConn, waiting: dict[TConn, Any]) -> None:
        waiting.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


def _bound(client: socket.socket) -> None:
    """No answer holds a thread for long: pages fit into what the system keeps, and what is not read is given up."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_WITHIN, 0))


def _closing(arriving: Arriving) -> bytes:
    """A request that will be refused for its size: nobody is to wait for the rest of it."""
    first, _, rest = bytes(arriving.came).partition(_LINE_END)
    return first + _LINE_END + b"Connection: close" + _LINE_END + rest
