"""Answering: what a participant says of a meeting's theme, and writes beside it.

Whoever answers is one participant, known in one of three ways: they have signed in, the link of a mail has opened
their booking, or they show the code on their ticket on the page that the room's link opens. Links are forwarded and
tickets hang around necks: by them nothing that was answered before is shown, and what is left empty stays as it was. By
a code, an answer that was given in a better known way is not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.attendance.ticket import Codes, Tickets
from application.kernel.actor import Actor
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, organiser_of
from application.learning.contribution import write
from application.learning.part import LearningRef, Part, taking_part
from application.learning.round import round_in, sealed
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import MeetingId, PersonId, SeasonId, answer_of, round_of
from domain.learning.answer import Answer
from domain.learning.contribution import OF_A_MEETING, Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column, Round


class RoomLinkOver(RuleBroken):
    """The room's link opens nothing: it has been replaced, or the round has closed."""


class TicketUnknown(RuleBroken):
    """The code is on no ticket that somebody holds in this season."""


@dataclass(frozen=True)
class GiveAnswer:
    """How somebody grades the theme, and what they write. `may_be_shown`: the group may read the texts.

    `room`, `code`: what stands in the room's link, and on their ticket, of somebody who is not known otherwise.
    """

    season_id: SeasonId
    meeting_id: MeetingId
    grades: tuple[tuple[Column, Grade], ...] = ()
    texts: tuple[tuple[Kind, str], ...] = ()
    may_be_shown: bool = False
    room: str = ""
    code: str = ""


class RoomLinks(Protocol):
    """Signs what stands in a room's link, and reads it."""

    def secret_for(self, season_id: SeasonId, meeting_id: MeetingId, link_id: UUID) -> str:
        """What stands in a link."""

    def read(self, secret: str) -> tuple[SeasonId, MeetingId, UUID] | None:
        """Of which season, meeting and link; None for one that nobody has signed."""


@dataclass(frozen=True)
class Room:
    """What a room's link opens."""

    season_id: SeasonId
    meeting_id: MeetingId
    theme: str
    closes_at: datetime


class Answers(UseCases):
    """Give an answer, or give it anew."""

    def __init__(self, decisions: Decisions, links: RoomLinks, codes: Codes, tickets: Tickets) -> None:
        super().__init__(decisions)
        self._links, self._codes, self._tickets = links, codes, tickets

    def give(self, actor: Actor, command: GiveAnswer, key: str | None = None) -> Committed[LearningRef]:
        """Raises NotFound unless they sit there, RoundClosed, BadValue; by a code RoomLinkOver, TicketUnknown.

        Also AnsweredAlready, by a code, where they have answered in a better known way.
        """
        by_code = self._person_in(actor, command) if command.code else None

        def decide(work: UnitOfWork) -> LearningRef:
            if by_code is not None:
                self._open_room(work, command.room, command.meeting_id)
            part = _part(work, command, by_code)
            one = round_in(work, command.season_id, command.meeting_id)
            one.must_take(work.now)
            if one.takes_answers(work.now):
                _grade(work, part, one, command, is_by_ticket=by_code is not None)
            if one.takes_texts(work.now):
                _write(work, part, command, sees_own=by_code is None and actor.booking_id is None)
            return LearningRef(command.season_id, command.meeting_id)

        return self._record(actor, command, LearningRef, decide, key)

    def room(self, actor: Actor, secret: str) -> Room:
        """What a room's link opens, for the meeting's time. Raises RoomLinkOver."""

        def look(work: UnitOfWork) -> Room:
            one = self._open_room(work, secret)
            if one.organiser_id != organiser_of(actor):
                raise RoomLinkOver
            return Room(one.season_id, one.meeting_id, one.theme, one.closes_at)

        return self._decisions.dry_run(actor, look)

    def _open_room(self, work: UnitOfWork, secret: str, meeting_id: MeetingId | None = None) -> Round:
        told = self._links.read(secret)
        one = work.find(Round, round_of(told[1])) if told is not None else None
        is_it = one is not None and told is not None and one.link_id == told[2] and one.takes_answers(work.now)
        if one is None or not is_it or meeting_id not in (None, one.meeting_id):
            raise RoomLinkOver
        return one

    def _person_in(self, actor: Actor, command: GiveAnswer) -> PersonId:
        ticket_id = self._codes.ticket_in(command.code)
        found = self._tickets.ticket(organiser_of(actor), ticket_id) if ticket_id is not None else None
        if found is None or found.season_id != command.season_id:
            raise TicketUnknown
        return found.person_id


def _part(work: UnitOfWork, command: GiveAnswer, by_code: PersonId | None) -> Part:
    try:
        return taking_part(work, command.season_id, by_code)
    except NotFound:
        if by_code is not None:
            raise TicketUnknown from None
        raise


def _grade(work: UnitOfWork, part: Part, one: Round, command: GiveAnswer, *, is_by_ticket: bool) -> None:
    grades = dict(command.grades)
    if not grades:
        raise BadValue(field="grades", why="choose in at least one row")
    known = work.find(Answer, answer_of(one.meeting_id, part.person_id))
    told = sealed(work, part.person_id, grades)
    if known is not None:
        known.change(told, is_by_ticket=is_by_ticket)
        return
    given = Answer(
        organiser_id=one.organiser_id,
        season_id=one.season_id,
        meeting_id=one.meeting_id,
        person_id=part.person_id,
        organisation_id=part.organisation_id,
        grades=told,
        is_by_ticket=is_by_ticket,
        given_at=work.now,
    )
    work.add(given)


def _write(work: UnitOfWork, part: Part, command: GiveAnswer, *, sees_own: bool) -> None:
    for kind, text in command.texts:
        if kind not in OF_A_MEETING:
            raise BadValue(field="kind", why="is about a season")
        if text.strip() or sees_own:
            write(work, part, kind, text, command.meeting_id, may_be_shown=command.may_be_shown)
