"""Whom a membership for so many persons covers: asked wherever it gives a price or lets somebody in, and remembered."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from application.booking.difference import quote_of
from application.booking.seat import covering, memberships_about
from application.kernel.eligibility import employer_on, let_in_by
from application.kernel.ports import UnitOfWork
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer
from domain.kernel.eligibility import Ground, MembershipFull
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import MembershipId, OrganisationId, PersonId, membership_of
from domain.kernel.terms import day_in
from domain.payments.checkout import Checkout
from domain.people.membership import Membership
from domain.people.person import Person
from domain.programme.price import Quote
from domain.programme.season import Season


def cover(
    work: UnitOfWork,
    season: Season,
    holding_id: UUID,
    quote: Quote | None,
    seats: Iterable[Seat],
    until: datetime | None = None,
) -> None:
    """Whoever sits there by a membership for so many persons is one of them. `holding_id`: the booking, or the hold.

    By the price that was agreed, or because the season is for such people alone. Raises MembershipFull.
    """
    for seat in seats:
        for membership_id in _by(work, season, quote, seat):
            membership = work.find(Membership, membership_id)
            if membership is not None:
                day = day_in(work.now, season.zone)
                membership.cover(holding_id, seat.no, seat.person_id, day, work.now, until)


def must_cover_instead(work: UnitOfWork, season: Season, booking: Booking, seat: Seat, to: PersonId) -> None:
    """Somebody takes over a seat that is somebody's by a membership. Raises MembershipFull."""
    for membership in covering(work, season, booking.id, booking.quote, seat):
        facts = membership.standing_for((to,), day_in(work.now, season.zone), work.now, (booking.id, seat.no)).facts
        full = next((fact for fact in facts if fact.beyond), None)
        if full is not None:
            raise MembershipFull(covers=full.covers, room=0, asked=1)


def cover_instead(
    work: UnitOfWork, season: Season, booking: Booking, before: Seat, now: Seat, *, has_moved: bool = False
) -> None:
    """The seat has another person: covered as the one before, unless it is another organisation's or costs more now."""
    for membership in covering(work, season, booking.id, booking.quote, before):
        since = membership.covered[(booking.id, before.no)].on
        membership.uncover(booking.id, before.no)
        if not has_moved:
            membership.cover(booking.id, now.no, now.person_id, since, work.now)


def cover_transferred(work: UnitOfWork, booking: Booking, transfer: Transfer, before: Seat) -> None:
    """Within the organisation the membership covers the new holder instead; elsewhere, or for more, another may."""
    season, seat = work.load(Season, booking.season_id), booking.seat(transfer.seat)
    has_moved = bool(transfer.difference) or seat.organisation_id != before.organisation_id
    cover_instead(work, season, booking, before, seat, has_moved=has_moved)
    if not has_moved:
        cover(work, season, booking.id, None, [seat])
        return
    with suppress(RuleBroken):  # what was agreed holds, though a membership is full by now
        employer, to = transfer.to_organisation_id, transfer.to_person_id
        quote = quote_of(work, season, booking, seat, employer, to) if season.prices is not None else None
        cover(work, season, booking.id, quote, [seat])


def cover_as(work: UnitOfWork, lesser: Person, greater: Person, bookings: Iterable[Booking]) -> None:
    """Two entries are one person: memberships count them once, by whose price they sit in their bookings or who employs
    them.
    """
    employers = dict.fromkeys(each.organisation_id for each in (*lesser.employments, *greater.employments))
    found = [membership_of(lesser.organiser_id, each, ground) for each in employers for ground in Ground]
    found += [MembershipId(each.quote.ground.source_id) for each in bookings if each.quote.ground is not None]
    for membership_id in dict.fromkeys(found):
        membership = work.find(Membership, membership_id)
        if membership is None:
            continue
        again = [(key, each) for key, each in membership.covered.items() if each.person_id in lesser.ids]
        for (holding, no), _ in again:
            membership.uncover(holding, no)
        for (holding, no), each in again:
            membership.cover(holding, no, greater.person_id, each.on, work.now, each.until)


def uncover_hold(work: UnitOfWork, season: Season, held: Checkout) -> None:
    """Seats are held no longer: booked now, or let go."""
    people = [person for person in held.participants if person is not None]
    employers = (employer_on(work.load(Person, each), day_in(work.now, season.zone)) for each in people)
    organisations = {each for each in (held.organisation_id, *employers) if each is not None}
    for organisation in sorted(organisations):
        for membership in memberships_about(work, season, None, Seat(0, None, OrganisationId(organisation))):
            membership.uncover(held.id)


def _by(work: UnitOfWork, season: Season, quote: Quote | None, seat: Seat) -> list[MembershipId]:
    """By which memberships somebody sits there: the one that gave the price, and the one that lets them in."""
    found = [MembershipId(quote.ground.source_id)] if quote is not None and quote.ground is not None else []
    let_in = let_in_by(work, season, seat.person_id, seat.organisation_id)
    return list(dict.fromkeys([*found, *([let_in] if let_in is not None else [])]))
