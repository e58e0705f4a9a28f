"""What the API answers where a read model's row is not said as it is: seasons and documents in one piece, whoami."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from application.billing.queries.invoice import BuyerTerms, DocumentRow, DocumentView, PaymentRow, RateSum
from application.kernel.page import Page, PersonName
from application.people.queries.people import MembershipRow, OrganisationRow
from application.programme.queries.season_view import MeetingRow, Presented, SeasonRow, SeasonView
from domain.kernel.documents import Line, Seller, Supply
from domain.kernel.eligibility import PriceAbove
from domain.kernel.terms import Terms, zone_named
from domain.people.admission import Admission
from domain.programme.meeting import Format, Material, ProgrammeItem
from domain.programme.meeting_time import TimeKind
from domain.programme.price import PriceList
from domain.programme.season_images import SeasonImage

A = TypeVar("A", bound=Any)


@dataclass(frozen=True)
class WhoAmI:
    """Who a token speaks for."""

    organiser_id: UUID | None
    person_id: UUID | None
    roles: tuple[str, ...]
    is_system: bool


@dataclass(frozen=True)
class TokenInfo:
    """A token as lists show it: never its secret."""

    id: str
    name: str
    organiser_id: UUID | None
    person_id: UUID | None
    roles: tuple[str, ...]
    is_system: bool
    made_by: UUID | None
    made_at: datetime | None
    expires_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True)
class NewToken:
    """A new token in the clear; it cannot be read again."""

    id: str
    token: str


@dataclass(frozen=True)
class Period:
    """From a first until a last local day, both included; no last one: until ended."""

    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Membership:
    """A membership with its periods, oldest first. `persons`: how many it covers.

    `above`: what each of the others costs excl. VAT, where that is agreed.
    """

    membership_id: UUID
    organiser_id: UUID
    holder_id: UUID
    holder: str | None
    ground: str
    periods: tuple[Period, ...]
    persons: int | None
    above: PriceAbove | None


@dataclass(frozen=True)
class Organisation:
    """An employer and payer, with its contacts and memberships."""

    organisation_id: UUID
    organiser_id: UUID
    name: str
    org_number: str
    sector: str
    address: str
    vat_number: str
    peppol_id: str
    needs_reference: bool
    domains: tuple[str, ...]
    contacts: tuple[PersonName, ...]
    memberships: tuple[Membership, ...]
    country: str
    language: str
    is_collective: bool
    invoice_email: str | None


@dataclass(frozen=True)
class Meeting:
    """A meeting. `start` and `end` are what a clock on the wall shows in the season's zone, `start_at` and `end_at`

    the same as instants (UTC). `link` is empty for who holds no seat.
    """

    meeting_id: UUID
    no: int
    title: str
    kind: TimeKind
    start: str | None
    end: str | None
    start_at: datetime | None
    end_at: datetime | None
    month: str | None
    was_at: datetime | None
    was_until: datetime | None
    reason: str
    format: Format
    venue: str
    address: str
    town: str
    link: str
    programme: tuple[ProgrammeItem, ...]
    speakers: tuple[PersonName, ...]
    is_held: bool


@dataclass(frozen=True)
class Season(SeasonRow):
    """A season whole. `left` is free seats, `waiting` how many parties wait; prices in öre.

    `has_opened`: bookings are or were taken, so that meetings are called off and no longer removed.
    """

    admission: Admission
    prices: PriceList | None
    terms: Terms | None
    meetings: tuple[Meeting, ...]
    leaders: tuple[PersonName, ...]
    contacts: tuple[PersonName, ...]
    materials: tuple[Material, ...]
    images: tuple[SeasonImage, ...]
    has_opened: bool
    presented: tuple[Presented, ...]
    goods: tuple[UUID, ...]


@dataclass(frozen=True)
class Document:
    """An invoice or a credit note whole, as it is printed. Sums in minor units; `rates` is the VAT summary."""

    document: DocumentRow
    seller: Seller
    buyer_address: str | None
    buyer_org_number: str
    buyer_vat_number: str
    supply: tuple[Supply, ...]
    lines: tuple[Line, ...]
    rates: tuple[RateSum, ...]
    payments: tuple[PaymentRow, ...]
    credit_notes: tuple[DocumentRow, ...]
    rounding: int
    set_off: int
    terms: BuyerTerms
    refers_to_on: date | None


def answer_from(kind: type[A], row: object, /, **others: object) -> A:
    """An answer: what a row has under the same names, and `others`."""
    names = {each.name for each in fields(kind)} - set(others)
    answer: A = kind(**{name: getattr(row, name) for name in names}, **others)
    return answer


def season_of(view: SeasonView) -> Season:
    """A season as the API says it."""
    parts = {name: value for name, value in vars(view).items() if name not in ("row", "meetings")}
    return Season(**vars(view.row), **parts, meetings=tuple(_meeting(each, view.row.zone) for each in view.meetings))


def membership_of(row: MembershipRow) -> Membership:
    """A membership as the API says it."""
    return answer_from(Membership, row, periods=tuple(Period(first, last) for first, last in row.periods))


def memberships_of(page: Page[MembershipRow]) -> Page[Membership]:
    """A page of them."""
    return Page(tuple(membership_of(row) for row in page.items), page.next_cursor)


def organisation_of(row: OrganisationRow) -> Organisation:
    """An organisation as the API says it."""
    return answer_from(Organisation, row, memberships=tuple(membership_of(each) for each in row.memberships))


def organisations_of(page: Page[OrganisationRow]) -> Page[Organisation]:
    """A page of them."""
    return Page(tuple(organisation_of(row) for row in page.items), page.next_cursor)


def document_of(view: DocumentView) -> Document:
    """A document as the API says it."""
    return answer_from(Document, view, document=view.row)


def _meeting(row: MeetingRow, zone: str) -> Meeting:
    start, end = _local(row.time.start_at, zone), _local(row.time.end_at, zone)
    return answer_from(Meeting, row, **vars(row.time), start=start, end=end, **vars(row.place))


def _local(instant: datetime | None, zone: str) -> str | None:
    if instant is None:
        return None
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None).isoformat(timespec="minutes")
