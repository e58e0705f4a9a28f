"""A certificate of attendance: which meetings of a season somebody was at, and for how long these were. Only facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.attendance.queries.attendance import AttendanceQuestions, CameRow
from application.attendance.ticket import Tickets
from application.kernel.actor import Actor, Role
from application.kernel.ports import Clock
from application.kernel.use_case import organiser_of
from application.programme.queries.programme import OrganiserRow, Programme
from application.programme.queries.season_view import MeetingRow
from domain.kernel.errors import NotAllowed, RuleBroken
from domain.kernel.ids import PersonId, SeasonId


class NothingAttended(RuleBroken):
    """They have not been at any meeting of the season that has ended, so there is nothing to certify."""


@dataclass(frozen=True)
class Attended:
    """A meeting that somebody was at. Instants are UTC."""

    title: str
    start_at: datetime
    end_at: datetime
    place: str


@dataclass(frozen=True)
class Certificate:
    """All that is printed; `on`: an instant of the day it is written."""

    organiser: OrganiserRow
    season: str
    network: str
    language: str
    zone: str
    name: str
    meetings: tuple[Attended, ...]
    of: int
    on: datetime

    @property
    def spent(self) -> timedelta:
        """How long the meetings were together."""
        return sum((each.end_at - each.start_at for each in self.meetings), timedelta())


class CertificatePress(Protocol):
    """Prints certificates."""

    def print(self, certificate: Certificate) -> bytes:
        """A PDF for archives and screen readers; the same facts give the same bytes."""


class Certificates:
    """For whom it is about, and for admins."""

    def __init__(
        self,
        programme: Programme,
        attendance: AttendanceQuestions,
        tickets: Tickets,
        press: CertificatePress,
        clock: Clock,
    ) -> None:
        self._programme, self._attendance, self._tickets = programme, attendance, tickets
        self._press, self._clock = press, clock

    def facts(self, actor: Actor, season_id: SeasonId, person_id: PersonId, language: str = "") -> Certificate:
        """What can be certified. Raises NotAllowed unless admin or oneself, NotFound, NothingAttended."""
        organiser_id = organiser_of(actor)
        if actor.booking_id is not None or not (actor.is_person(person_id) or actor.has(organiser_id, Role.ADMIN)):
            raise NotAllowed(needs="admin")
        view, now = self._programme.season(actor, season_id), self._clock.now()
        came = {each.meeting_id for each in self._came(actor, season_id, person_id)}
        ended = [each for each in view.meetings if each.time.end_at is not None and each.time.end_at <= now]
        meetings = tuple(_attended(each) for each in ended if each.meeting_id in came)
        name = self._tickets.names_of([person_id]).get(person_id)
        if not meetings or not name:
            raise NothingAttended
        row = view.row
        organiser = self._programme.organiser(organiser_id)
        about = (organiser, row.title, row.network, language or row.language, row.zone, name)
        return Certificate(*about, meetings, len(view.meetings), now)

    def pdf(self, actor: Actor, season_id: SeasonId, person_id: PersonId, language: str = "") -> bytes:
        """The certificate. Raises as `facts`."""
        return self._press.print(self.facts(actor, season_id, person_id, language))

    def _came(self, actor: Actor, season_id: UUID, person_id: PersonId) -> list[CameRow]:
        return [each for each in self._attendance.of_person(actor, person_id) if each.season_id == season_id]


def _attended(meeting: MeetingRow) -> Attended:
    start, end = meeting.time.start_at, meeting.time.end_at
    if start is None or end is None:
        raise NothingAttended
    return Attended(meeting.title, start, end, meeting.place.venue)
