"""The bench's application: the whole of Plats, and beside it the least that any booking service must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request

from infrastructure.kernel.clock import new_id
from infrastructure.postgres.connections import Connections
from web.api.booking.booking_schema import MakeBookingBody
from web.app import create_app
from web.wiring import build

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from infrastructure.kernel.settings import Settings

PATH = "/bench/floor"
TABLE = """
create table bench_floor (id uuid primary key, season_id uuid not null, organisation_id uuid, body bytea not null,
recorded_at timestamptz not null default now())"""
INSERT = "insert into bench_floor (id, season_id, organisation_id, body) values (%s, %s, %s, %s)"


def open_app(settings: Settings) -> Flask:
    """Plats with the floor route: it checks the same body with the same schema, and inserts one row."""
    house = build(settings.database_url or "", settings)
    app = create_app(house.services)
    floor = Floor(house.store.connections)
    app.add_url_rule(PATH, "bench_floor", floor.insert, methods=["POST"])
    return app


class Floor:
    """One body checked, one row inserted and committed."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._schema = MakeBookingBody()

    def insert(self) -> ResponseReturnValue:
        """Answer 201 with the row's id."""
        body = self._schema.load(request.get_json())
        row_id = new_id()
        with self._connections.borrow() as connection:
            row = [row_id, body["season_id"], body["organisation_id"], request.get_data()]
            connection.execute(INSERT, row, prepare=True)
        return {"id": str(row_id)}, 201
