"""First refusal in a season to come: offered to everybody who sits in an earlier one, used, declined, or over (S45)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from application.booking.seat import seat_claim
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import command, seats
from application.kernel.ports import Committed, Decisions, SeasonBookings, UnitOfWork
from application.kernel.seen import ChangedSinceShown, token_of
from application.kernel.use_case import UseCases, admin_of, load_for
from domain.booking.booking import Booking
from domain.booking.first_refusal import FirstRefusal
from domain.booking.seat import Seat
from domain.booking.seating import Seating, SeatsShort
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import BookingId, PersonId, SeasonId, first_refusal_of, seating_of
from domain.kernel.terms import start_of
from domain.people.person import Person
from domain.programme.season import Season

MOST_AT_ONCE = 200
"""How many are offered a seat in one decision; more people take several, and none of them twice."""


class NobodyToOffer(RuleBroken):
    """Nobody sits in the earlier season who has not been offered a seat or does not have one already."""


class ParticipantsChanged(RuleBroken):
    """Other people would be offered a seat than were shown (`shown`, `now`, how many); look again."""


@dataclass(frozen=True)
class OfferFirstRefusal:
    """A seat each for the participants of an earlier season, kept through a local day.

    `shown`: how many people it was shown to be, if it was; `who`: the token of who they were (`FirstRefusalPreview`).
    """

    season_id: SeasonId
    earlier_season_id: SeasonId
    until_on: date
    shown: int | None = None
    who: str = ""


@dataclass(frozen=True)
class DeclineFirstRefusal:
    """The seat is not wanted: by whom it is kept for, or by an admin who was told so."""

    season_id: SeasonId
    person_id: PersonId


@dataclass(frozen=True)
class FirstRefusalPreview:
    """Who would be offered a seat, how many seats of the earlier season have no name, and how many seats are free."""

    people: tuple[PersonId, ...]
    unnamed: int
    left: int
    until: datetime

    @property
    def who(self) -> str:
        """The token of the people: other people in the same number are not those who were shown."""
        return token_of(self.people)


@dataclass(frozen=True)
class FirstRefusalsOffered:
    """How many people were offered a seat in which season."""

    season_id: SeasonId
    offered: int


@dataclass(frozen=True)
class FirstRefusalRef:
    """Which first refusal it was about."""

    first_refusal_id: UUID
    season_id: SeasonId


class FirstRefusals(UseCases):
    """Look first, offer, decline, lapse."""

    def __init__(self, decisions: Decisions, season_bookings: SeasonBookings) -> None:
        super().__init__(decisions)
        self._season_bookings = season_bookings

    def preview(self, actor: Actor, command: OfferFirstRefusal) -> FirstRefusalPreview:
        """Who would be offered a seat now. Raises as `offer`, except for too few seats and for what was shown."""
        admin_of(actor)
        bookings = tuple(self._season_bookings.bookings_of(command.earlier_season_id))
        return self._decisions.dry_run(actor, lambda work: _preview(work, command, bookings))

    def offer(
        self, actor: Actor, command: OfferFirstRefusal, key: str | None = None
    ) -> Committed[FirstRefusalsOffered]:
        """A seat is kept for each of them, before those who wait and the public. Nothing of the earlier season changes.

        Raises NotAllowed unless admin, NotFound, SeasonCalledOff, BadValue for a day that has passed, NobodyToOffer,
        ParticipantsChanged, SeatsShort where there are fewer seats than people, SeatsPromised where others wait.
        """
        admin_of(actor)
        bookings = tuple(self._season_bookings.bookings_of(command.earlier_season_id))
        offered, turn = self._offer(actor, command, bookings, key), 1
        while offered.answer.offered == MOST_AT_ONCE * turn:
            turn += 1
            try:
                rest = replace(command, shown=None, who="")  # what was shown was asked for with the first of them
                more = self._offer(actor.seeing(None), rest, bookings, key and f"{key}/{turn}")
            except NobodyToOffer:
                break
            together = offered.answer.offered + more.answer.offered
            offered = replace(more, answer=replace(more.answer, offered=together))
        return offered

    def _offer(
        self, actor: Actor, command: OfferFirstRefusal, bookings: tuple[BookingId, ...], key: str | None
    ) -> Committed[FirstRefusalsOffered]:
        serial = (seating_of(command.season_id),)
        return self._record(
            actor, command, FirstRefusalsOffered, lambda work: _offer(work, command, bookings), key, serial=serial
        )

    @command(serial=seats)
    def decline(self, work: UnitOfWork, command: DeclineFirstRefusal) -> FirstRefusalRef:
        """The seat goes to those who wait, then to anybody. Raises NotFound (another's too), FirstRefusalSettled."""
        refusal = load_for(work, FirstRefusal, first_refusal_of(command.season_id, command.person_id))
        if not work.actor.is_person(command.person_id) and not work.actor.has(refusal.organiser_id, Role.ADMIN):
            raise NotFound(what="firstrefusal")
        refusal.decline()
        return _freed(work, refusal)

    def decline_erased(self, season_id: SeasonId, person_id: PersonId) -> Committed[FirstRefusalRef]:
        """Nothing is kept for somebody who has been erased; what is settled already stays so."""
        return self._settle(season_id, person_id, is_erased=True)

    def lapse(self, season_id: SeasonId, person_id: PersonId) -> Committed[FirstRefusalRef]:
        """The day has passed: the seat is free for those who wait, then for anybody."""
        return self._settle(season_id, person_id, is_erased=False)

    def _settle(self, season_id: SeasonId, person_id: PersonId, *, is_erased: bool) -> Committed[FirstRefusalRef]:
        def decide(work: UnitOfWork) -> FirstRefusalRef:
            refusal = work.load(FirstRefusal, first_refusal_of(season_id, person_id))
            refusal.lapse(work.now)
            if is_erased and refusal.is_open:
                refusal.decline()
            return _freed(work, refusal)

        content, serial = ("first refusal over", season_id, person_id, is_erased), (seating_of(season_id),)
        return self._record(SYSTEM, content, FirstRefusalRef, decide, serial=serial)


def _preview(work: UnitOfWork, command: OfferFirstRefusal, bookings: tuple[BookingId, ...]) -> FirstRefusalPreview:
    season = load_for(work, Season, command.season_id)
    season.must_be_on()
    season.must_be_shown()
    load_for(work, Season, command.earlier_season_id)
    if command.earlier_season_id == command.season_id:
        raise BadValue(field="earlier_season_id", why="another season than this one")
    until = _end_of(command.until_on, season.zone)
    if until <= work.now:
        raise BadValue(field="until_on", why="the day has passed")
    seating = load_for(work, Seating, seating_of(command.season_id))
    seats = _seats_in(work, bookings)
    sitting = dict.fromkeys(seat.person_id for seat in seats if seat.person_id is not None)
    people = tuple(dict.fromkeys(load_for(work, Person, each).person_id for each in sitting))
    refusals = [(FirstRefusal, first_refusal_of(command.season_id, each)) for each in people]
    work.fetch((Seating, seating.id), *refusals, *((Person, each) for each in people))
    unnamed = sum(seat.person_id is None for seat in seats)
    offered = tuple(each for each in people if _may_be_offered(work, command.season_id, each))
    return FirstRefusalPreview(offered, unnamed, seating.left_at(work.now), until)


def _seats_in(work: UnitOfWork, bookings: tuple[BookingId, ...]) -> list[Seat]:
    work.fetch(*((Booking, each) for each in bookings))
    return [seat for each in bookings for seat in load_for(work, Booking, each).held]


def _may_be_offered(work: UnitOfWork, season_id: SeasonId, person_id: PersonId) -> bool:
    person = load_for(work, Person, person_id)
    return (
        not person.is_erased
        and work.find(FirstRefusal, first_refusal_of(season_id, person_id)) is None
        and work.unique_key_owner("seat", seat_claim(season_id, person.person_id)) is None
    )


def _offer(work: UnitOfWork, command: OfferFirstRefusal, bookings: tuple[BookingId, ...]) -> FirstRefusalsOffered:
    preview = _preview(work, command, bookings)
    _must_be_as_shown(command, preview)
    seating = load_for(work, Seating, seating_of(command.season_id))
    seating.lapse(work.now)
    organisations = {
        load_for(work, Person, seat.person_id).person_id: seat.organisation_id
        for seat in _seats_in(work, bookings)
        if seat.person_id is not None
    }
    people = preview.people[:MOST_AT_ONCE]
    for person_id in people:
        seating.hold(first_refusal_of(command.season_id, person_id), 1, preview.until)
        work.add(
            FirstRefusal(
                organiser_id=seating.organiser_id,
                season_id=command.season_id,
                earlier_season_id=command.earlier_season_id,
                person_id=person_id,
                organisation_id=organisations[person_id],
                until_on=command.until_on,
                until=preview.until,
            )
        )
    return FirstRefusalsOffered(command.season_id, len(people))


def _must_be_as_shown(command: OfferFirstRefusal, preview: FirstRefusalPreview) -> None:
    seats = len(preview.people)
    if not seats:
        raise NobodyToOffer
    if command.shown not in (None, seats):
        raise ParticipantsChanged(shown=command.shown, now=seats)
    if command.who and command.who != preview.who:
        raise ChangedSinceShown
    if seats > preview.left:
        raise SeatsShort(asked=seats, left=preview.left)


def _freed(work: UnitOfWork, refusal: FirstRefusal) -> FirstRefusalRef:
    seating = work.load(Seating, seating_of(refusal.season_id))
    seating.lapse(work.now)
    if not refusal.is_open and refusal.id in seating.holds:
        seating.end_hold(refusal.id, work.now)
    return FirstRefusalRef(refusal.id, refusal.season_id)


def _end_of(day: date, zone: str) -> datetime:
    """The instant at which a local day ends. Raises BadValue outside the calendar."""
    try:
        return start_of(day + timedelta(days=1), zone)
    except OverflowError:
        raise BadValue(field="until_on", why="lies outside the calendar") from None
