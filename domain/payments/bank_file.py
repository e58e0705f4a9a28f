"""A bank's file that has been taken in: what it was called, when, and what it said of the account."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.ids import OrganiserId, derived
from domain.payments.origin import Statement


class BankFile(Aggregate):
    """Once for each content, however often it is brought."""

    class TakenIn(Aggregate.Created):
        organiser_id: OrganiserId
        name: str
        taken_on: date
        statements: tuple[Statement, ...]

    @staticmethod
    def create_id(organiser_id: OrganiserId, digest: str) -> UUID:
        """One for each content of a file (by its SHA-256)."""
        return derived(organiser_id, "bank-file", digest)

    @event(TakenIn)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, name: str, taken_on: date, statements: tuple[Statement, ...]
    ) -> None:
        self.organiser_id, self.name, self.taken_on, self.statements = organiser_id, name, taken_on, statements
