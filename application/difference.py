"""What a transfer costs: nothing within the organisation a seat belongs to, otherwise what the seat costs more now."""

from __future__ import annotations

from application.ports import Work
from application.standing import employer_on, grounds_of, standing_of
from domain.booking import Booking, Seat
from domain.documents import Line, LineKind, line
from domain.ids import OrganisationId, PersonId
from domain.money import Money, total
from domain.person import Person
from domain.price import Per
from domain.season import Season
from domain.terms import day_in


def home_of(work: Work, season: Season, booking: Booking, seat: Seat) -> OrganisationId | None:
    """The organisation a seat belongs to: the one it was transferred to, the payer's, or the sitter's employer."""
    if seat.no in booking.differences and seat.organisation_id is not None:
        return seat.organisation_id
    if booking.payer.organisation_id is not None or seat.person_id is None:
        return booking.payer.organisation_id
    return employer_on(work.load(Person, seat.person_id), day_in(work.now, season.zone))


def difference_of(
    work: Work, season: Season, booking: Booking, seat: Seat, employer: OrganisationId | None, to: PersonId
) -> tuple[Line, ...]:
    """What the seat costs more for its new holder (organisation or person) than has been agreed for it so far.

    A price per organisation has been paid for good; a season that has changed its currency asks for nothing more.
    """
    if booking.quote.price.per is Per.ORGANISATION or season.prices is None:
        return ()
    grounds = grounds_of(season.prices, season.admission)
    standing = standing_of(work, season.organiser_id, employer or to, grounds)
    if employer is None:
        standing = standing.and_(work.load(Person, to).standing)
    now = season.quote(1, standing, work.now).lines[0]
    agreed = [*booking.quote.lines, *booking.differences.get(seat.no, [])]
    if any(each.unit.currency != now.unit.currency for each in agreed):
        return ()
    is_gross = all(each.unit_includes_vat for each in (now, *agreed))
    units = [each.unit if is_gross else _net(each) for each in agreed]
    more = (now.unit if is_gross else _net(now)) - total(units, now.unit.currency)
    if more.amount <= 0:
        return ()
    return (line(LineKind.DIFFERENCE, season.title, 1, more, now.rate, unit_includes_vat=is_gross),)


def _net(priced: Line) -> Money:
    return priced.rate.net_of(priced.unit) if priced.unit_includes_vat else priced.unit
