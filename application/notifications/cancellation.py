"""What is told of cancellations and transfers that are answered: seats given up and what that came to, or a no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.notifications.booking import NO_MONEY, seat_story, sitting_in, whose_seats
from application.notifications.money_back import given_back, money_facts
from application.notifications.people import of_booking
from application.notifications.story import Sources, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation, CancellationStatus
from domain.booking.transfer import Transfer
from domain.programme.season import Season


def _granted(work: UnitOfWork, event: Cancellation.Granted) -> Story:
    return _given_up(work, event, "granted")


def _waived(sources: Sources, work: UnitOfWork, event: Cancellation.Waived) -> Story:
    before = sources.past.before(Cancellation, event.originator_id, event.originator_version)
    was_given_up = before is not None and before.status is CancellationStatus.GRANTED
    return _given_up(work, event, "waived", was_given_up=was_given_up)


def _given_up(
    work: UnitOfWork, event: Cancellation.Granted | Cancellation.Waived, occasion: str, *, was_given_up: bool = False
) -> Story:
    """Whoever sat there is told once, however often more is given back afterwards."""
    cancellation = work.load(Cancellation, event.originator_id)
    booking = work.load(Booking, cancellation.booking_id)
    people = of_booking(work, booking, event.timestamp)
    gone = () if was_given_up else cancellation.seats
    sitting = sitting_in(seat for seat in booking.seats.values() if seat.no in gone)
    money = given_back(work, booking, event.credit, cancellation.id, occasion)
    told = {**people, Whom.PARTICIPANT: recipients_of(sitting)}
    season, moved = work.load(Season, booking.season_id), ""
    if cancellation.moved_to is not None:
        moved = called(work, work.load(Season, cancellation.moved_to))
    facts = {"seats": str(len(cancellation.seats)), "whose": "", "moved": moved, **NO_MONEY}
    whose = whose_seats(work, (booking.seats[no] for no in cancellation.seats), people)
    own = {whom: {**said, **whose.get(whom, {})} for whom, said in money_facts(work, booking, money, people).items()}
    return replace(seat_story(booking, season, told, facts, own, sitting), says=False)


def _declined(work: UnitOfWork, event: Cancellation.Declined) -> Story:
    cancellation = work.load(Cancellation, event.originator_id)
    booking = work.load(Booking, cancellation.booking_id)
    return _no(work, booking, cancellation.seats, event.timestamp)


def _overtaken(work: UnitOfWork, event: Cancellation.Overtaken) -> Story | None:
    """Whoever asked, and where that was not kept, whoever booked. That the season is called off is told by itself."""
    if event.why != "seat":
        return None
    booking = work.load(Booking, work.load(Cancellation, event.originator_id).booking_id)
    season = work.load(Season, booking.season_id)
    asked = event.asked_by or booking.booked_by
    people = {Whom.PERSON: recipients_of([asked] if asked is not None else [])}
    return Story(booking.organiser_id, people, {"path": f"/bookings/{booking.id}"}, season=season)


def _stays(work: UnitOfWork, event: Transfer.Declined) -> Story:
    transfer = work.load(Transfer, event.originator_id)
    return _no(work, work.load(Booking, transfer.booking_id), (transfer.seat,), event.timestamp)


def _no(work: UnitOfWork, booking: Booking, seats: tuple[int, ...], at: datetime) -> Story:
    sitting = sitting_in(seat for seat in booking.held if seat.no in seats)
    people = {**of_booking(work, booking, at), Whom.PARTICIPANT: recipients_of(sitting)}
    season, facts = work.load(Season, booking.season_id), {"path": f"/bookings/{booking.id}", "whose": ""}
    whose = whose_seats(work, (seat for seat in booking.held if seat.no in seats), people)
    return Story(booking.organiser_id, people, facts, whose, season=season)


def stories(sources: Sources) -> Stories:
    """How each event is told."""
    return {
        Cancellation.Granted: _granted,
        Cancellation.Waived: partial(_waived, sources),
        Cancellation.Declined: _declined,
        Cancellation.Overtaken: _overtaken,
        Transfer.Declined: _stays,
    }
