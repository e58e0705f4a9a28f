"""The links that stand in mails about a booking: each opens that booking for its reader, who need not sign in.

A link is somebody's for one booking: it gives them what they have there as a member, and no role. It lives until a
month after the last meeting, as long as the address that it was mailed to is theirs, and until somebody stops it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.booking.seat import load_booking, must_answer_for
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.one_time_token import Limits, count_attempt, digest_of
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import find_person
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.kernel.errors import NotAllowed, NotFound, RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId
from domain.people.particulars import may_sign_in
from domain.people.person import Person
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season

AFTER_THE_LAST = timedelta(days=30)
UNDATED = timedelta(days=365)
"""How long a link lives after the last meeting; and after it was made, while a meeting waits for its date."""

DAY, MOST_NAMED_IN_A_DAY = timedelta(days=1), 30
"""How often people may be named in a booking by its links: no forwarded mail writes to half the world."""

_PATH = re.compile(r"/(bookings|invoices)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class Why(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    OVER = "over"
    STOPPED = "stopped"
    MOVED = "moved"
    """The address that it was mailed to is not that person's any longer."""


class LinkOver(RuleBroken):
    """The link of a mail opens nothing (`why`)."""


class NoPartAnyLonger(RuleBroken):
    """Whoever the link is for has no part in the booking any longer (`why`: cancelled, handed_over, left)."""


@dataclass(frozen=True)
class LinkRow:
    """A link as it is kept: digests of its secret, and (keyed) of the address that it was mailed to."""

    link_id: UUID
    digest: bytes
    organiser_id: OrganiserId
    booking_id: BookingId
    person_id: PersonId
    address: str
    made_at: datetime
    stopped_at: datetime | None = None


class LinkStore(Protocol):
    """Where links are kept."""

    def keep(self, row: LinkRow) -> None:
        """Keep a new one."""

    def find(self, digest: bytes) -> LinkRow | None:
        """The link whose secret has this digest, also one that has been stopped."""

    def stop(self, booking_id: UUID, person_id: UUID | None, now: datetime) -> int:
        """Stop those of a booking, or one person's of them; how many."""

    def forget(self, person_id: UUID) -> None:
        """Forget all of a person's."""


class BookingLinks:
    """Make, open and stop links."""

    def __init__(
        self,
        decisions: Decisions,
        store: LinkStore,
        limits: Limits,
        clock: Clock,
        new_id: Callable[[], UUID],
        as_one: Callable[[Actor], Actor] = lambda actor: actor,
        new_secret: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._decisions, self._store, self._limits, self._clock = decisions, store, limits, clock
        self._new_id, self._as_one, self._new_secret = new_id, as_one, new_secret

    def path_for(self, path: str, person_id: PersonId | None, address: str) -> str:
        """The path of a mail to somebody's own address, opened by a link where it leads to a booking of theirs."""
        found = _PATH.fullmatch(path)
        if found is None or person_id is None:
            return path
        noun, thing = found[1], UUID(found[2])
        booking_id = self._decisions.dry_run(SYSTEM, lambda work: _booking_of(work, noun, thing))
        secret = self.secret_for(booking_id, person_id, address) if booking_id is not None else None
        if secret is None:
            return path
        return f"/bookings/{booking_id}/link/{secret}{f'/{thing}' if noun == 'invoices' else ''}"

    def secret_for(self, booking_id: BookingId, person_id: PersonId, address: str = "") -> str | None:
        """A new link to a booking of somebody's, to be mailed to an address ("": theirs); None where either is not."""

        def look(work: UnitOfWork) -> LinkRow | None:
            person, booking = find_person(work, person_id), work.find(Booking, booking_id)
            digest = None if person is None else _address_of(work, person)
            if person is None or booking is None or digest is None or (address and digest != _digest(work, address)):
                return None
            whose = (booking.organiser_id, booking.booking_id, person.person_id)
            return LinkRow(link_id, digest_of(secret), *whose, digest, self._clock.now())

        secret, link_id = self._new_secret(), self._new_id()
        row = self._decisions.dry_run(SYSTEM, look)
        if row is None:
            return None
        try:
            self.must_have_part(_actor(row))
        except NoPartAnyLonger:
            return None
        self._store.keep(row)
        return secret

    def secret_for_booker(self, booking_id: BookingId) -> str | None:
        """A new link for whoever has just shown that the address they booked with is theirs; None where nobody has."""
        booked_by = self._decisions.dry_run(SYSTEM, lambda work: work.load(Booking, booking_id).booked_by)
        return self.secret_for(booking_id, booked_by) if booked_by is not None else None

    def opens(self, booking_id: UUID, secret: str) -> Actor:
        """Whom a link opens its booking for, as they may act there; nothing is used up. Raises LinkOver."""
        row = self._store.find(digest_of(secret))
        if row is None or row.booking_id != booking_id:
            raise LinkOver(why=Why.UNKNOWN.value)
        if row.stopped_at is not None:
            raise LinkOver(why=Why.STOPPED.value)
        why = self._decisions.dry_run(SYSTEM, lambda work: _why_over(work, row))
        if why is not None:
            raise LinkOver(why=why.value)
        return self._as_one(_actor(row))

    def must_have_part(self, actor: Actor) -> None:
        """Raises NoPartAnyLonger for whoever came by a link, and neither sits in its booking nor answers for it now."""
        booking_id = actor.booking_id
        if booking_id is not None:
            self._decisions.dry_run(actor, lambda work: _must_have_part(work, booking_id))

    def must_name_seldom(self, actor: Actor) -> None:
        """Raises TooManyAttempts for whoever names people by a link again and again: each name is written to."""
        if actor.booking_id is not None:
            count_attempt(self._limits, f"named/{actor.booking_id}", MOST_NAMED_IN_A_DAY, DAY)

    def stop(self, actor: Actor, booking_id: BookingId) -> None:
        """The links in earlier mails open nothing: all to a booking that one answers for, or else one's own.

        Raises NotFound.
        """
        is_whole = self._decisions.dry_run(actor, lambda work: _answers_for_all(work, booking_id))
        self._store.stop(booking_id, None if is_whole else actor.person_id, self._clock.now())

    def forget_of(self, person_id: PersonId) -> None:
        """Somebody's links are forgotten."""
        self._store.forget(person_id)


def over_at(season: Season, made_at: datetime) -> datetime:
    """When a link to a booking of a season is over, by itself."""
    times = [each.time for each in season.meetings.values()]
    ends = [each.end_at + AFTER_THE_LAST for each in times if each.end_at is not None]
    is_waiting = not times or any(each.kind in (TimeKind.MONTH, TimeKind.TO_COME, TimeKind.POSTPONED) for each in times)
    return max([made_at + (UNDATED if is_waiting else AFTER_THE_LAST), *ends])


def _actor(row: LinkRow) -> Actor:
    """Whoever comes by a link: the person as a member, for that booking."""
    member = frozenset({Role.MEMBER})
    return Actor(f"link:{row.link_id}", row.organiser_id, member, row.person_id, booking_id=row.booking_id)


def _why_over(work: UnitOfWork, row: LinkRow) -> Why | None:
    person, booking = find_person(work, row.person_id), work.find(Booking, row.booking_id)
    if person is None or person.is_erased or booking is None:
        return Why.UNKNOWN
    if _address_of(work, person) != row.address:
        return Why.MOVED
    return Why.OVER if work.now >= over_at(work.load(Season, booking.season_id), row.made_at) else None


def _address_of(work: UnitOfWork, person: Person) -> str | None:
    """A keyed digest of where somebody is written to; None for nobody who is."""
    address = work.decrypt(person.email) if person.email is not None and may_sign_in(person) else None
    return _digest(work, address) if address else None


def _digest(work: UnitOfWork, address: str) -> str:
    return work.blind_index(f"booking link/{address}")


def _booking_of(work: UnitOfWork, noun: str, thing: UUID) -> BookingId | None:
    """Which booking a path leads to, or what an invoice (also one that a credit note is about) is for."""
    if noun == "bookings":
        return BookingId(thing)
    note = work.find(CreditNote, thing)
    invoice = work.find(Invoice, note.invoice_id if note is not None else thing)
    booking = work.find(Booking, invoice.source_id) if invoice is not None else None
    return booking.booking_id if booking is not None else None


def _must_have_part(work: UnitOfWork, booking_id: BookingId) -> None:
    try:
        load_booking(work, booking_id)
    except NotFound:
        booking, is_me = work.load(Booking, booking_id), work.actor.is_person
        if is_me(booking.booked_by) or is_me(booking.payer.person_id):
            raise NoPartAnyLonger(why="left") from None
        is_cancelled = any(is_me(seat.person_id) for seat in booking.seats.values())
        raise NoPartAnyLonger(why="cancelled" if is_cancelled else "handed_over") from None


def _answers_for_all(work: UnitOfWork, booking_id: BookingId) -> bool:
    booking = load_booking(work, booking_id)
    try:
        must_answer_for(work, booking, tuple(booking.seats))
    except NotAllowed:
        return False
    return True
