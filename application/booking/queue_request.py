"""Somebody who has not signed in stands in line, once they confirm by a mailed link."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, MailedLink, address_digest, linked, state_shown
from application.booking.waiting_list import stand_in_line
from application.kernel.actor import Actor
from application.kernel.command import dry_run
from application.kernel.ports import Busy, Committed, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from application.people.person import digest_of
from domain.booking.queue_request import QueueRequest
from domain.booking.seating import Seating
from domain.kernel.errors import BadValue
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.kernel.terms import day_in
from domain.kernel.text import email_of, name_of
from domain.people.admission import Applicant
from domain.people.particulars import come_in_by_letter, read_in
from domain.programme.network import Network
from domain.programme.season import Season

ASKED_KEPT = timedelta(days=3)
"""How long the link to stand in line waits: nothing is held meanwhile."""


@dataclass(frozen=True)
class AskToQueue:
    """A stranger's wish to stand in line for some seats together. `language`: "sv" or "en", of the letters."""

    season_id: SeasonId
    name: str
    email: str
    seats: int = 1
    language: str = ""


@dataclass(frozen=True)
class QueueAsked:
    """The same for a known and an unknown address: what comes next is to confirm by the mailed link, in time."""

    season_id: SeasonId
    seats: int
    next_step: str
    until: datetime


@dataclass(frozen=True)
class QueueRequestView:
    """A wish to stand in line as whoever holds its link sees it. `state`: held, over (not in time), or confirmed."""

    request_id: UUID
    season_id: SeasonId
    season: str
    network: str
    zone: str
    state: str
    seats: int
    until: datetime
    waiting: int
    place: int


@dataclass(frozen=True)
class QueueConfirmed:
    """Where somebody stands now, counted from 1 (0: not any longer)."""

    season_id: SeasonId
    place_id: UUID
    place: int
    waiting: int


class QueueRequests(ConfirmedByMail):
    """Ask, look, confirm."""

    def ask(self, actor: Actor, command: AskToQueue, key: str | None = None, place: str = "") -> Committed[QueueAsked]:
        """Ask to stand in line. Nothing is looked up about the address; it counts once the mailed link is confirmed.

        `place`: from which network address; "" is a program of the house. Raises TooManyAttempts, BadValue,
        BookingNotOpen, NotAdmitted where a season is not for anyone, SeatsFree.
        """
        code = self._new_code()
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))
        recorded = self._record(actor, command, QueueAsked, lambda work: _ask(work, command, code), key)
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile

    @dry_run
    def view(self, work: UnitOfWork, link: MailedLink) -> QueueRequestView:
        """What was asked for, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""
        request = linked(work, QueueRequest, link)
        season, place, waiting = load_for(work, Season, request.season_id), *_stands(work, request)
        network = work.load(Network, season.network_id).name
        about = (request.id, request.season_id, season.title, network, season.zone, state_shown(work, request))
        return QueueRequestView(*about, request.seats, request.until, waiting, place)

    def confirm(self, actor: Actor, link: MailedLink, key: str | None = None) -> Committed[QueueConfirmed]:
        """Stand in line; confirmed already: the same answer, and nothing more.

        Raises NotFound, QueueRequestOver, AlreadyWaiting, SeatsFree, BookingNotOpen.
        """
        season_id = self._decisions.dry_run(actor, lambda work: linked(work, QueueRequest, link).season_id)

        def decide(work: UnitOfWork) -> QueueConfirmed:
            request = linked(work, QueueRequest, link)
            if request.place_id is None:
                _stand(work, request)
            place, waiting = _stands(work, request)
            return QueueConfirmed(season_id, request.place_id or request.id, place, waiting)

        return self._record(actor, link, QueueConfirmed, decide, key, serial=(seating_of(season_id),))


def _looked_at(work: UnitOfWork, command: AskToQueue) -> tuple[AskToQueue, Season]:
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    season.admission.must_admit(Applicant(), day_in(work.now, season.zone))
    if not 1 <= command.seats <= 100:
        raise BadValue(field="seats", why="1 to 100 seats")
    return replace(command, name=name_of("name", command.name), email=email_of(command.email)), season


def _asking(work: UnitOfWork, command: AskToQueue) -> Asking:
    typed, _ = _looked_at(work, command)
    rules = registration_rules(work)
    return Asking(address_digest(work, typed.email), (), 1, rules.seats_of_address, rules.seats_from_place)


def _ask(work: UnitOfWork, command: AskToQueue, code: str) -> QueueAsked:
    typed, season = _looked_at(work, command)
    seating = load_for(work, Seating, seating_of(command.season_id))
    seating.lapse(work.now)
    seating.must_be_waited_for(command.seats)
    request_id, until = work.new_id(), work.now + ASKED_KEPT
    work.add(
        QueueRequest(
            id=request_id,
            organiser_id=organiser_of(work.actor),
            season_id=season.season_id,
            seats=command.seats,
            typed=work.encrypt(request_id, "queue", json.dumps(asdict(typed), default=str)),
            email=work.encrypt(request_id, "email", typed.email),
            code=work.encrypt(request_id, "code", code),
            digest=digest_of(code),
            asked_at=work.now,
            until=until,
        )
    )
    return QueueAsked(command.season_id, command.seats, "confirm_queue", until)


def _stand(work: UnitOfWork, request: QueueRequest) -> None:
    """Whoever confirms has shown that the address is theirs."""
    request.must_wait(work.now)
    told = work.decrypt(request.typed)
    if told is None:
        raise Busy("what was typed cannot be read")
    typed, season = json.loads(told), load_for(work, Season, request.season_id)
    season.must_take_bookings(work.now)
    person = known_or_new(work, request.organiser_id, typed["name"], typed["email"], shares=True)
    come_in_by_letter(person)
    read_in(person, typed["language"])
    place = stand_in_line(work, season, person.person_id, request.seats)
    request.confirm(place.place_id, PersonId(person.person_id), work.now)
    work.destroy_key(request.id)


def _stands(work: UnitOfWork, request: QueueRequest) -> tuple[int, int]:
    """Which place of how many; 0 for none."""
    places = [place_id for place_id, _, _ in work.load(Seating, seating_of(request.season_id)).queue]
    return (places.index(request.place_id) + 1 if request.place_id in places else 0), len(places)
