"""What is kept about a person, as it is handed out: the same for the page's file and for the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.billing.queries.invoice import DocumentRow
from application.booking.opening_list import OpeningRow
from application.booking.queries.roster import PlaceRow
from application.insight.my_data_rows import MyBooking, MyCase, MyData, MyLetter, MyPasskey, MySession
from application.people.queries.own_facts import OwnFact
from application.people.queries.people import MembershipRow, PersonRow
from application.programme.queries.goods import PurchaseRow
from web.words.history import Teller
from web.words.language import Say


@dataclass(frozen=True)
class ToldHappening:
    """One line of somebody's history: what happened, under the name the record has for it, and in words."""

    at: datetime
    event: str
    words: str


@dataclass(frozen=True)
class ToldPeriod:
    """A membership of one's own: its ground, and the first and last day of a period."""

    membership_id: UUID
    ground: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class ToldData:
    """Everything about one person and nothing about others. Sums in minor units (öre), instants UTC."""

    made_at: datetime
    person: PersonRow
    memberships: tuple[ToldPeriod, ...]
    bookings: tuple[MyBooking, ...]
    cancellations_and_transfers: tuple[MyCase, ...]
    waiting_lists: tuple[PlaceRow, ...]
    told_when_booking_opens: tuple[OpeningRow, ...]
    documents: tuple[DocumentRow, ...]
    purchases: tuple[PurchaseRow, ...]
    letters: tuple[MyLetter, ...]
    sessions: tuple[MySession, ...]
    passkeys: tuple[MyPasskey, ...]
    history: tuple[ToldHappening, ...]
    as_given: tuple[OwnFact, ...]
    documents_kept_until: date | None


def told(data: MyData, say: Say, zone: str) -> ToldData:
    """Somebody's data with the history in words that name nobody else."""
    teller = Teller(say, zone, only=data.person.person_id)
    return ToldData(
        made_at=data.made_at,
        person=data.person,
        memberships=tuple(period for each in data.memberships for period in _periods(each)),
        bookings=data.bookings,
        cancellations_and_transfers=data.cases,
        waiting_lists=data.places,
        told_when_booking_opens=data.openings,
        documents=data.documents,
        purchases=data.purchases,
        letters=data.letters,
        sessions=data.sessions,
        passkeys=data.passkeys,
        history=tuple(ToldHappening(each.recorded_at, each.topic, teller.sentence(each)) for each in data.history),
        as_given=data.facts,
        documents_kept_until=data.kept_until,
    )


def _periods(row: MembershipRow) -> list[ToldPeriod]:
    return [ToldPeriod(row.membership_id, row.ground, first, last) for first, last in row.periods]
