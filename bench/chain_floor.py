"""The floor of the chain: one booking as somebody would take it in today, with Flask, gunicorn's threads and a pool.

A process of its own that knows nothing of Plats: one body checked, one row inserted and committed, one answer.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4  # noqa: TID251 # it stands for a program that knows nothing of ours

import psycopg
from flask import Flask, Response, request
from marshmallow import Schema, ValidationError, fields, validate
from psycopg_pool import ConnectionPool

PATH = "/bookings"
TABLE = """
create table chain_floor (id uuid primary key, season_id uuid not null, organisation_id uuid, seats int not null,
body jsonb not null, recorded_at timestamptz not null default now())"""
INSERT = "insert into chain_floor (id, season_id, organisation_id, seats, body) values (%s, %s, %s, %s, %s)"
_ROOT = Path(__file__).parents[1]
_URL = "CHAIN_FLOOR_DATABASE"
_TIMEOUT = 30.0


class ParticipantBody(Schema):
    """Who sits on a seat, if that is known."""

    person_id = fields.UUID()
    name = fields.String(validate=validate.Length(1, 120))
    email = fields.Email()


class BookingBody(Schema):
    """What is booked."""

    season_id = fields.UUID(required=True)
    organisation_id = fields.UUID()
    participants = fields.List(fields.Nested(ParticipantBody), required=True, validate=validate.Length(1, 100))


_SCHEMA = BookingBody()
app = Flask(__name__)


@cache
def _pool() -> ConnectionPool[Any]:
    return ConnectionPool(os.environ[_URL], min_size=4, max_size=20, kwargs={"autocommit": True})


@app.post(PATH)
def book() -> tuple[dict[str, str], int] | Response:
    """Answer 201 with the row's id."""
    try:
        body = _SCHEMA.load(request.get_json())
    except ValidationError as error:
        return Response(str(error), 422)
    row_id, seats = uuid4(), len(body["participants"])
    with _pool().connection() as connection:
        row = [row_id, body["season_id"], body.get("organisation_id"), seats, request.get_data(as_text=True)]
        connection.execute(INSERT, row)
    return {"id": str(row_id)}, 201


@dataclass(frozen=True)
class RunningFloor:
    """Where it answers, and its process."""

    host: str
    port: int
    pid: int


@contextmanager
def floor_served(database_url: str, workers: int, threads: int) -> Iterator[RunningFloor]:
    """The floor on a free port, with as many processes and threads as what it is compared with."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(TABLE.encode())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", "bench.chain_floor:app", "--worker-class", "gthread"]
    chosen = ["--workers", str(workers), "--threads", str(threads), "--bind", f"127.0.0.1:{port}", "--keep-alive", "15"]
    environment = os.environ | {_URL: database_url}
    process = subprocess.Popen([*words, *chosen, "--log-level", "warning"], cwd=_ROOT, env=environment)
    try:
        _wait_for_answer(port)
        yield RunningFloor("127.0.0.1", port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=_TIMEOUT)


def _wait_for_answer(port: int) -> None:
    until = time.monotonic() + _TIMEOUT
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", PATH)
                connection.getresponse().read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
