"""What is told of bookings: made, seats given to somebody, handed over, given up and held again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from application.billing.charges import is_paid_by_card
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.greeting import greeted
from application.mail.letter_facts import moment_fact, money_fact, people_fact, sum_fact
from application.mail.letters import Agreed
from application.notifications.money_back import given_back, money_facts, payer_name
from application.notifications.people import hosting, ids, of_booking, to_ask
from application.notifications.story import People, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.booking.booking import Booking
from domain.booking.move_request import MoveRequest
from domain.booking.seat import Seat
from domain.kernel.documents import rate_of, sums
from domain.kernel.ids import PersonId, learning_of
from domain.kernel.money import Money
from domain.kernel.season_name import season_name
from domain.learning.learning import Learning
from domain.programme.meeting import Format, Meeting
from domain.programme.network import Network
from domain.programme.season import Season


def seat_story(
    booking: Booking,
    season: Season,
    people: People,
    facts: Mapping[str, str] | None = None,
    own: Mapping[Whom, Mapping[str, str]] | None = None,
    coming: Iterable[PersonId] | None = None,
    hopes: str = "",
) -> Story:
    """A story about seats of a booking; all who are told come to the meetings, where it does not say who does.

    `hopes`: until when those who come are asked for hopes and fears.
    """
    meetings = tuple(season.meetings.values())
    links = _links(meetings)
    everybody = ids(each for group in people.values() for each in group) if coming is None else coming
    return Story(
        booking.organiser_id,
        people,
        {"links": "", "path": f"/bookings/{booking.id}", **(facts or {})},
        own or {},
        {each: {"links": links, "hopes": hopes} for each in everybody},
        season=season,
        meetings=meetings,
        says=True,
        coming=dict.fromkeys(everybody, meetings),
        stays={} if season.called_off_for else hosting(season),
    )


def _links(meetings: Iterable[Meeting]) -> str:
    """Where those who sit there take part online: each link on a line of its own.

    Where there is a room as well, everybody is there until they choose: the link is told to those who do (S44).
    """
    return "\n".join(f"{each.title}:\n{each.place.link}" for each in meetings if is_linked(each) and not each.is_held)


def is_linked(meeting: Meeting) -> bool:
    """Whether everybody who sits there takes part by its link."""
    return bool(meeting.place.link) and meeting.place.format is not Format.HYBRID


def sitting_in(seats: Iterable[Seat]) -> frozenset[PersonId]:
    """Who sits in seats."""
    return frozenset(seat.person_id for seat in seats if seat.person_id is not None)


def _of(work: UnitOfWork, booking_id: UUID) -> tuple[Booking, Season]:
    booking = work.load(Booking, booking_id)
    return booking, work.load(Season, booking.season_id)


def _hopes(work: UnitOfWork, season: Season, at: datetime) -> str:
    """Until when hopes and fears are asked for of whoever gets a seat now, as a fact; "" where they are not."""
    learning = work.find(Learning, learning_of(season.season_id))
    until = learning.hopes_until if learning is not None and learning.asks_hopes(at) else None
    return moment_fact(until) if until is not None else ""


def _named(work: UnitOfWork, event: Booking.ParticipantNamed) -> Story:
    booking, season = _of(work, event.originator_id)
    people = {Whom.PARTICIPANT: recipients_of([event.person_id])}
    return seat_story(booking, season, people, hopes=_hopes(work, season, event.timestamp))


def _made(work: UnitOfWork, event: Booking.Made) -> Story:
    booking, season = _of(work, event.originator_id)
    people, sitting = of_booking(work, booking, event.timestamp), sitting_in(event.seats)
    payer, name, by_card = booking.payer, payer_name(work, booking), is_paid_by_card(work, booking.id)
    is_invoiced = event.quote.sums.gross.amount and not by_card
    facts = {
        "seats": str(len(event.seats)),
        "people": people_fact((seat.no, _named_as(work, seat)) for seat in event.seats),
        "card": "1" if by_card else "",
        "invoiced": "1" if is_invoiced and payer.organisation_id is None else "",
        "invoice_to": name if is_invoiced and payer.organisation_id is not None else "",
    }
    told = {**people, Whom.PARTICIPANT: recipients_of(sitting)}
    own, hopes = dict.fromkeys(people, facts), _hopes(work, season, event.timestamp)
    story = seat_story(booking, season, told, own=own, coming=sitting, hopes=hopes)
    return replace(story, agreed=Agreed(event.quote, event.terms, name), payer=payer.person_id)


def _named_as(work: UnitOfWork, seat: Seat) -> str:
    """Who sits there, as far as they may be named to others."""
    person = find_person(work, seat.person_id)
    return greeted(work, person) if person is not None else ""


def whose_seats(work: UnitOfWork, seats: Iterable[Seat], people: People) -> Mapping[Whom, Mapping[str, str]]:
    """Who sits (or sat) in seats, by name, for those who answer for the booking; nobody else is told of others."""
    named = {"whose": ", ".join(filter(None, (_named_as(work, each) for each in seats)))}
    return {whom: named for whom in (Whom.BOOKER, Whom.CONTACT) if whom in people}


def _transferred(work: UnitOfWork, event: Booking.SeatTransferred) -> Story | None:
    """Whose seat is another organisation's from now on has it as before; the invoice tells what it costs."""
    if event.from_person_id == event.to_person_id:
        return None
    booking, season = _of(work, event.originator_id)
    former = () if event.from_person_id is None else recipients_of([event.from_person_id])
    people = {
        **of_booking(work, booking, event.timestamp),
        Whom.PARTICIPANT: recipients_of([event.to_person_id]),
        Whom.FORMER: former,
        Whom.ORGANISER: to_ask(work, season),
    }
    more = sums(event.difference).gross if event.difference else None
    facts = {"difference": sum_fact(more, rate_of(event.difference)) if more is not None and more.amount > 0 else ""}
    coming, hopes = ids((*former, *people[Whom.PARTICIPANT])), _hopes(work, season, event.timestamp)
    return seat_story(booking, season, people, facts, coming=coming, hopes=hopes)


def _reinstated(work: UnitOfWork, event: Booking.Reinstated) -> Story:
    booking, season = _of(work, event.originator_id)
    sitting, anew = sitting_in(event.seats), sums(event.credited).gross if event.credited else None
    people = of_booking(work, booking, event.timestamp)
    told = sum_fact(anew, rate_of(event.credited)) if anew is not None else ""
    payer, whose = booking.payer.person_id, whose_seats(work, event.seats, people)
    own = {
        whom: {
            "anew_yours": told if each.person_id == payer else "",
            "anew_theirs": "" if each.person_id == payer else told,
            "payer": payer_name(work, booking),
            **whose.get(whom, {}),
        }
        for whom, group in people.items()
        for each in group
    }
    facts = {"seats": str(len(event.seats)), "whose": ""}
    return seat_story(booking, season, {**people, Whom.PARTICIPANT: recipients_of(sitting)}, facts, own, coming=sitting)


def _move_asked(work: UnitOfWork, event: MoveRequest.Made) -> Story:
    """Whoever answers for the booking decides: they move it, or leave it."""
    booking, season = _of(work, event.booking_id)
    to, who = work.load(Season, event.to), find_person(work, event.asked_by)
    facts = {
        "who": greeted(work, who) if who is not None else "",
        "to": season_name(work.load(Network, to.network_id).name, to.title),
        "more": money_fact(Money(event.more, event.currency)),
    }
    people = of_booking(work, booking, event.asked_at)
    return replace(seat_story(booking, season, people, facts, coming=()), says=False)


def _called_off(work: UnitOfWork, event: Booking.SeatsCancelled) -> Story | None:
    """A cancellation tells of itself. Whoever leads or speaks and has booked for others is told by this alone."""
    booking, season = _of(work, event.originator_id)
    if event.cancellation_id is not None or not season.called_off_for:
        return None
    people = of_booking(work, booking, event.timestamp)
    sitting = sitting_in(seat for seat in booking.seats.values() if seat.no in event.seats)
    money = given_back(work, booking, event.credited, booking.id, "called-off")
    told = {**people, Whom.PARTICIPANT: recipients_of(sitting)}
    facts = {"reason": season.called_off_for, **NO_MONEY}
    story = seat_story(booking, season, told, facts, money_facts(work, booking, money, people), sitting)
    return replace(story, says=False, coming={**hosting(season), **story.coming})


NO_MONEY: Mapping[str, str] = {
    **{f"{name}_{whose}": "" for name in ("back", "spared", "owed") for whose in ("yours", "theirs")},
    **dict.fromkeys(("free", "nothing", "noted", "payer"), ""),
}
"""The facts of `money_facts` for whom money is none of their business."""


STORIES: Stories = {
    Booking.Made: _made,
    Booking.ParticipantNamed: _named,
    Booking.SeatTransferred: _transferred,
    MoveRequest.Made: _move_asked,
    Booking.SeatsCancelled: _called_off,
    Booking.Reinstated: _reinstated,
}
