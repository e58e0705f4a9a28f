"""A delivery: the way of one document to its buyer as an e-invoice, until it has arrived or somebody must see to it."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganiserId, derived


class NotFailed(RuleBroken):
    """Only what did not arrive is sent again (`status`)."""


class Delivery(Aggregate):
    """Queued when the document is issued; delivered or failed by who carries it; sent again by finance."""

    class Queued(Aggregate.Created):
        organiser_id: OrganiserId
        document_id: UUID
        receiver: str

    class Delivered(Aggregate.Event):
        name: str

        def apply(self, delivery: Delivery) -> None:
            delivery.status = "delivered"

    class Failed(Aggregate.Event):
        why: str

        def apply(self, delivery: Delivery) -> None:
            delivery.status = "failed"

    class Retried(Aggregate.Event):
        receiver: str

        def apply(self, delivery: Delivery) -> None:
            delivery.status = "queued"

    @staticmethod
    def create_id(document_id: UUID) -> UUID:
        """One delivery for each document."""
        return derived(document_id, "delivery")

    @event(Queued)
    def __init__(self, organiser_id: OrganiserId, document_id: UUID, receiver: str) -> None:
        self.organiser_id, self.document_id, self.receiver = organiser_id, document_id, receiver
        self.status = "queued"

    def deliver(self, name: str) -> None:
        """It has been handed over, under a name; twice is once."""
        if self.status == "queued":
            self.record(Delivery.Delivered(name=name))

    def fail(self, why: str) -> None:
        """It could not be handed over; finance sees it and why."""
        if self.status == "queued":
            self.record(Delivery.Failed(why=why))

    def retry(self) -> None:
        """Try once more. Raises NotFailed."""
        if self.status != "failed":
            raise NotFailed(status=self.status)
        self.record(Delivery.Retried(receiver=self.receiver))
