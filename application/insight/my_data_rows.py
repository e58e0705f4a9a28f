"""What is kept about a person, in the words of the page and the file that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.billing.queries.invoice import DocumentRow
from application.booking.opening_list import OpeningRow
from application.booking.queries.roster import PlaceRow
from application.insight.history import Happening
from application.people.queries.own_facts import OwnFact
from application.people.queries.people import MembershipRow, PersonRow
from application.programme.queries.goods import PurchaseRow
from domain.accounting.bookkeeping import YEARS_KEPT
from domain.kernel.financial_year import FinancialYears


@dataclass(frozen=True)
class MySeat:
    """A seat of mine, in whose name it is."""

    no: int
    organisation_id: UUID | None
    is_cancelled: bool


@dataclass(frozen=True)
class MyBooking:
    """A booking that I made, pay, or sit in. Of the seats only mine; sums in öre incl. VAT where I made or pay it.

    `seats_held`: how many of them all are not cancelled.
    """

    booking_id: UUID
    season: str
    network: str
    made_at: datetime
    is_booked_by_me: bool
    is_paid_by_me: bool
    seats: tuple[MySeat, ...]
    seats_in_all: int
    seats_held: int
    gross: int | None
    credited: int | None
    currency: str
    reference: str
    ended_for: str


@dataclass(frozen=True)
class MyCase:
    """A cancellation or a transfer about me, with what I wrote and what I was answered."""

    case_id: UUID
    kind: str
    status: str
    season: str
    booking_id: UUID
    requested_at: datetime
    received_at: datetime
    plea: str | None
    reason: str | None
    credit: int
    difference: int
    decided_at: datetime | None


@dataclass(frozen=True)
class MyLetter:
    """A letter to me, and what came of it."""

    kind: str
    to: str | None
    state: str
    posted_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class MySession:
    """A place where I am signed in."""

    method: str
    browser: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class MyPasskey:
    """A passkey of mine: what I call it, and when I used it last."""

    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class MyData:
    """All of it, as of an instant.

    `facts`: each value as it was given, wherever it was recorded: earlier names and addresses, whom invoices go to,
    order numbers, notes, needs. `kept_until`: the last day that bookkeeping law keeps my documents, if I have any.
    `more`: which of its lists go on, where only the latest were asked for.
    """

    made_at: datetime
    person: PersonRow
    memberships: tuple[MembershipRow, ...]
    bookings: tuple[MyBooking, ...]
    cases: tuple[MyCase, ...]
    places: tuple[PlaceRow, ...]
    openings: tuple[OpeningRow, ...]
    documents: tuple[DocumentRow, ...]
    purchases: tuple[PurchaseRow, ...]
    letters: tuple[MyLetter, ...]
    sessions: tuple[MySession, ...]
    passkeys: tuple[MyPasskey, ...]
    history: tuple[Happening, ...]
    facts: tuple[OwnFact, ...]
    kept_until: date | None
    more: frozenset[str] = frozenset()


def kept_until(documents: tuple[DocumentRow, ...], years: FinancialYears) -> date | None:
    """The last day on which the latest of the documents must be kept."""
    if not documents:
        return None
    return date(years.closing_year(max(each.issued_on for each in documents)) + YEARS_KEPT, 12, 31)
