"""What finance asks of open invoices, now or as of any day, and of what does not match between seats and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.queries import Queries, for_staff

SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE = "seat_without_money", "money_without_seat", "free_by_rule"
MATCHES = (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE)


@dataclass(frozen=True)
class AsOf:
    """`on`: what counts from that local day or earlier (None: everything). `known_at`: only what had been recorded

    by that instant, so that a report of a past day says what it said then, whatever has been recorded since.
    """

    on: date | None = None
    known_at: datetime | None = None


NOW = AsOf()


@dataclass(frozen=True)
class AgeingBucket:
    """Open invoices by how many days late they are: `from_days` to `until_days`, both included (None: no end).

    The first bucket is what is not yet due (until 0 days late). `amount` in öre.
    """

    from_days: int | None
    until_days: int | None
    documents: int
    amount: int


@dataclass(frozen=True)
class Ageing:
    """Open invoices on a day by age. `overpaid` (below zero) is what is owed back on invoices paid or credited too far.

    `total` is all buckets together with `overpaid`, and equals `receivable`, which is what the ledger says (S58).
    """

    on: date
    buckets: tuple[AgeingBucket, ...]
    overpaid: int
    total: int
    receivable: int


@dataclass(frozen=True)
class OpenItem:
    """An invoice open on a day: what was still owed in öre, and how many days late it was (below zero: left)."""

    document_id: UUID
    number: int
    organisation_id: UUID | None
    buyer: str | None
    issued_on: date
    due_on: date
    gross: int
    balance: int
    days_late: int


@dataclass(frozen=True)
class Reconciliation:
    """Seats against lines against payments (S60). Amounts in öre.

    `seats`: held now, of which `free_seats` by rule. `agreed` is what bookings and purchases come to by their price and
    terms, `invoiced` what their lines say; every difference is an alarm: seats without money, money without a seat.
    `waiting`: agreed too, but waits for a collective invoice of the month, so `agreed` = `invoiced` + `waiting`.
    `receivable` of the ledger equals `open_invoices`; `unallotted` has arrived and belongs nowhere yet.
    """

    seats: int
    free_seats: int
    agreed: int
    invoiced: int
    seats_without_money: int
    money_without_seat: int
    receivable: int
    open_invoices: int
    unallotted: int
    waiting: int = 0


@dataclass(frozen=True)
class MatchRow:
    """A booking, purchase or transfer: what it comes to, and what its lines say. `ground`: why a seat is free."""

    subject_id: UUID
    kind: str
    season_id: UUID | None
    season: str | None
    network: str | None
    organisation_id: UUID | None
    organisation: str | None
    seats: int
    agreed: int
    invoiced: int
    ground: str


class AgeingQuestions(Queries, Protocol):
    """For finance and admins of an organiser; everybody else: NotAllowed."""

    @for_staff
    def ageing(self, actor: Actor, as_of: AsOf = NOW) -> Ageing:
        """Open invoices by age on a day (today, in the organiser's zone)."""

    @for_staff
    def open_items(
        self, actor: Actor, as_of: AsOf = NOW, bucket: int | None = None, after: str | None = None, limit: int = 50
    ) -> Page[OpenItem]:
        """The invoices behind the ageing, longest overdue first; `bucket`: those of one bucket, counted from 0."""

    @for_staff
    def reconciliation(self, actor: Actor) -> Reconciliation:
        """Seats against lines against payments, as they are now."""

    @for_staff
    def matches(self, actor: Actor, kind: str, after: str | None = None, limit: int = 50) -> Page[MatchRow]:
        """What does not match (seat_without_money, money_without_seat), or is free by rule. Raises BadValue."""
