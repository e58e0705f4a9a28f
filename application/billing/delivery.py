"""E-invoices on their way: queued by policy when issued, carried by the worker, sent again by finance."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.billing.queries.invoice import InvoiceQuestions
from application.billing.rendering import EInvoiceIncomplete, EInvoices
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import command, finance
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.queries import Queries, for_staff
from application.kernel.use_case import UseCases
from domain.billing.delivery import Delivery
from domain.kernel.errors import NotFound
from domain.kernel.ids import OrganiserId

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DeliverAgain:
    """Send an e-invoice that did not arrive once more."""

    document_id: UUID


@dataclass(frozen=True)
class DeliveryRef:
    """How far the delivery of a document has come: queued, delivered or failed."""

    document_id: UUID
    status: str


@dataclass(frozen=True)
class DeliveryRow:
    """A delivery as staff see it; `receiver` is a Peppol id, `why` says what was wrong."""

    document_id: UUID
    organiser_id: UUID
    receiver: str
    status: str
    why: str
    attempts: int
    changed_at: datetime


class CarrierFailed(Exception):
    """The e-invoice could not be handed over now."""


class Carrier(Protocol):
    """Hands e-invoices over to whoever brings them to their buyers."""

    def carry(self, receiver: str, name: str, content: bytes) -> None:
        """Hand it over; the same name again is the same document. Raises CarrierFailed."""


class QueuedDeliveries(Protocol):
    """What is to be carried."""

    def queued(self, limit: int) -> Iterable[DeliveryRow]:
        """Those to be carried, longest first."""


class Deliveries(UseCases):
    """Queue, carry, send again."""

    def queue(self, actor: Actor, organiser: OrganiserId, document_id: UUID, receiver: str) -> Committed[DeliveryRef]:
        """A document is to be delivered, once."""
        actor.must_be_system()

        def decide(work: UnitOfWork) -> DeliveryRef:
            if work.find(Delivery, Delivery.create_id(document_id)) is None:
                work.add(Delivery(organiser_id=organiser, document_id=document_id, receiver=receiver))
            return DeliveryRef(document_id, "queued")

        return self._record(actor, ("deliver", document_id), DeliveryRef, decide, f"delivery/{document_id}")

    def settle(self, actor: Actor, document_id: UUID, name: str, why: str = "") -> Committed[DeliveryRef]:
        """It has been handed over, or why not."""
        actor.must_be_system()

        def decide(work: UnitOfWork) -> DeliveryRef:
            delivery = work.load(Delivery, Delivery.create_id(document_id))
            if why:
                delivery.fail(why)
            else:
                delivery.deliver(name)
            return DeliveryRef(document_id, delivery.status)

        return self._record(actor, ("settle", document_id, why), DeliveryRef, decide)

    @command(by=finance)
    def again(self, work: UnitOfWork, command: DeliverAgain) -> DeliveryRef:
        """Send it once more. Raises NotFailed, NotFound, NotAllowed unless finance."""
        delivery = work.find(Delivery, Delivery.create_id(command.document_id))
        if delivery is None or delivery.organiser_id != work.actor.organiser_id:
            raise NotFound(what="delivery")
        delivery.retry()
        return DeliveryRef(command.document_id, delivery.status)


class DeliveryQuestions(Queries, Protocol):
    """How e-invoices fare, for staff."""

    def of(self, actor: Actor, document_id: UUID) -> DeliveryRow | None:
        """The delivery of a document; None where it is not an e-invoice, or for who is not staff."""
        row = self._delivery(document_id)
        is_theirs = row is not None and actor.has(OrganiserId(row.organiser_id), Role.FINANCE, Role.ADMIN)
        return row if is_theirs else None

    @for_staff
    def failed(self, actor: Actor) -> tuple[DeliveryRow, ...]:
        """What did not arrive, latest first."""

    def _delivery(self, document_id: UUID) -> DeliveryRow | None: ...


class EInvoiceSender:
    """A job of the leading worker: carries what is queued. Killed in between, it hands the same document over again."""

    def __init__(
        self,
        deliveries: Deliveries,
        queue: QueuedDeliveries,
        documents: InvoiceQuestions,
        e_invoices: EInvoices,
        carrier: Carrier,
    ) -> None:
        self._deliveries, self._queue, self._documents = deliveries, queue, documents
        self._e_invoices, self._carrier = e_invoices, carrier
        self._seen: set[tuple[UUID, int]] = set()

    def turn(self) -> bool:
        """Carry one; False when nothing is queued."""
        queued = {(row.document_id, row.attempts): row for row in self._queue.queued(50)}
        self._seen &= queued.keys()
        for key, row in queued.items():
            if key not in self._seen and self._carry(row):
                self._seen.add(key)
                return True
        return False

    def _carry(self, row: DeliveryRow) -> bool:
        """Whether it has been tried; a document that cannot be read yet waits, and the others do not wait for it."""
        try:
            view = self._documents.one(SYSTEM, row.document_id)
        except NotFound:
            return False
        name = f"{view.row.kind.replace('_', '-')}-{view.row.number}-{row.document_id}.xml"
        why = ""
        try:
            self._carrier.carry(row.receiver, name, self._e_invoices.write(view))
        except EInvoiceIncomplete as incomplete:
            why = str(incomplete.facts["lacks"])
        except CarrierFailed as failed:
            _log.warning("an e-invoice was not handed over: %s", failed)
            why = "carrier"
        except Exception:  # noqa: BLE001 # whatever is wrong with one document, it is said there, and the others go on
            _log.exception("the e-invoice %s could not be made", row.document_id)
            why = "carrier"
        self._deliveries.settle(SYSTEM, row.document_id, name, why)
        return True
