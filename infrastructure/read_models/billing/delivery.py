"""E-invoices on their way: what is queued, what arrived, and what did not and why."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from application.billing.delivery import DeliveryQuestions, DeliveryRow
from application.kernel.actor import Actor
from domain.billing.delivery import Delivery
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.query import Shape, Tables
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

DELIVERY = Table(
    "delivery",
    "delivery",
    {
        "delivery_id": "uuid",
        "document_id": "uuid",
        "organiser_id": "uuid",
        "receiver": "text",
        "status": "text",
        "why": "text",
        "attempts": "bigint",
        "changed_at": "timestamptz",
        "position": "bigint",
    },
    key=("delivery_id",),
    indexes=(
        "(document_id)",
        "(position) where status = 'queued'",
        "(organiser_id, changed_at) where status = 'failed'",
    ),
)
DELIVERIES = Projection("delivery", version=1, tables=(DELIVERY,))

_ROW = "select document_id, organiser_id, receiver, status, why, attempts, changed_at from delivery.delivery"


DELIVERIES.puts(Delivery.Queued, DELIVERY, status="queued", why="", attempts=1, changed_at=recorded_at)
DELIVERIES.sets(Delivery.Delivered, DELIVERY, status="delivered", why="", changed_at=recorded_at)
DELIVERIES.sets(Delivery.Failed, DELIVERY, status="failed", changed_at=recorded_at)
DELIVERIES.adds(Delivery.Retried, DELIVERY, attempts=1)


@DELIVERIES.on(Delivery.Retried)
def _retried(event: Delivery.Retried, entry: Entry) -> Iterable[Change]:
    yield DELIVERY.change((event.originator_id,), status="queued", why="", changed_at=entry.recorded_at)


_SHAPE = Shape(DeliveryRow)


class DeliveryTables(Tables, DeliveryQuestions):
    """Also `QueuedDeliveries` of the application."""

    def queued(self, limit: int) -> tuple[DeliveryRow, ...]:
        return self._reader.rows(_SHAPE, f"{_ROW} where status = 'queued' order by position limit %s", [limit])

    def failed(self, actor: Actor) -> tuple[DeliveryRow, ...]:
        chosen = "where organiser_id = %s and status = 'failed' order by changed_at desc limit 200"
        return self._reader.rows(_SHAPE, f"{_ROW} {chosen}", [actor.organiser_id])

    def _delivery(self, document_id: UUID) -> DeliveryRow | None:
        return self._reader.row(_SHAPE, f"{_ROW} where document_id = %s", [document_id])
