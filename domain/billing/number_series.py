"""A number series: an organiser's unbroken run of document numbers, in which a gap would show (Skatteverket)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.ids import OrganiserId, series_of


class NumberSeries(Aggregate):
    """Numbers are drawn in the decision that issues the document, so neither exists without the other."""

    SNAPSHOT_EVERY: ClassVar[int] = 25
    KEPT: ClassVar[Mapping[str, object]] = {"organiser_id": UUID, "documents": str, "next": int}

    class Begun(Aggregate.Created):
        organiser_id: OrganiserId
        documents: str
        first: int

    class Drawn(Aggregate.Event):
        number: int
        document_id: UUID

        def apply(self, number_series: NumberSeries) -> None:
            number_series.next = self.number + 1

    @staticmethod
    def create_id(organiser_id: OrganiserId, documents: str) -> UUID:
        """One series for each organiser and kind of document."""
        return series_of(organiser_id, documents)

    @event(Begun)
    def __init__(self, organiser_id: OrganiserId, documents: str, first: int) -> None:
        self.organiser_id = organiser_id
        self.documents = documents
        self.next = first

    def draw(self, document_id: UUID) -> int:
        """The next number, for this document."""
        number = self.next
        self.record(NumberSeries.Drawn(number=number, document_id=document_id))
        return number
