"""Who knew what: what somebody had been told of a meeting by mail and calendar, on a day (S77)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import admin_of, load_for
from application.mail.letter_desk import LetterState
from domain.kernel.ids import MeetingId, PersonId, SeasonId
from domain.kernel.terms import start_of
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Place
from domain.programme.meeting_time import MeetingTime
from domain.programme.season import Season


@dataclass(frozen=True)
class ToldRow:
    """What one letter said of a meeting, with the calendar entry it carried; `sent_at` None: it has not gone out."""

    person_id: PersonId
    season_id: SeasonId
    meeting_id: MeetingId
    meeting: str
    time: MeetingTime
    place: Place
    entry: CalendarEntry | None
    letter_id: UUID
    kind: str
    state: LetterState
    posted_at: datetime
    sent_at: datetime | None


class ToldModel(Protocol):
    """Where it is kept what letters told."""

    def entries(
        self, asked: Iterable[tuple[PersonId, MeetingId]]
    ) -> Mapping[tuple[PersonId, MeetingId], CalendarEntry]:
        """The last entry of each person and meeting."""

    def of_season(self, organiser_id: UUID, season_id: UUID, people: Sequence[UUID]) -> tuple[ToldRow, ...]:
        """All that some people have been told of a season's meetings, in order."""


class WhoKnewWhat:
    """Questions of an organiser's admins, and of people about their own calendars."""

    def __init__(self, model: ToldModel, decisions: Decisions) -> None:
        self._model, self._decisions = model, decisions

    def my_calendar(self, actor: Actor, meetings: Sequence[MeetingId]) -> Mapping[MeetingId, CalendarEntry]:
        """What letters have last told the actor's own calendar of meetings; nothing where none has told it."""
        if actor.person_id is None:
            return {}
        mine = [(actor.person_id, each) for each in meetings]
        return {meeting: entry for (_, meeting), entry in self._model.entries(mine).items()}

    def of(self, actor: Actor, season_id: UUID, person_id: UUID, on: date | None = None) -> tuple[ToldRow, ...]:
        """The last that somebody had been told of each meeting of a season, by the end of a local day (or until now).

        What has not been sent, or was sent later, they had not been told. Raises NotAllowed unless admin, NotFound.
        """
        organiser = admin_of(actor)
        zone = self._decisions.dry_run(actor, lambda work: _zone(work, season_id, person_id))
        rows = self._model.of_season(organiser, season_id, [person_id])
        end = start_of(on + timedelta(days=1), zone) if on is not None else None
        last: dict[MeetingId, ToldRow] = {}
        for row in sorted((each for each in rows if each.sent_at is not None), key=_sent):
            if end is None or _sent(row) < end:
                last[row.meeting_id] = row
        return tuple(last.values())


def _zone(work: UnitOfWork, season_id: UUID, person_id: UUID) -> str:
    """Where the organiser's days begin, provided that season and person are its own."""
    load_for(work, Person, person_id)
    return work.load(Organiser, load_for(work, Season, season_id).organiser_id).zone


def _sent(row: ToldRow) -> datetime:
    return row.sent_at or row.posted_at
