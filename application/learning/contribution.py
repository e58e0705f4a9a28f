"""Texts: written and taken back by their authors, shown or held back by whoever guides the season.

Whoever guides reads texts without names, once the time for writing is over and enough have written (`words_from`), in
an order that says nothing of when each was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.kernel.command import command
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.learning.part import LearningRef, Part, guided, record_of
from domain.kernel.errors import NotFound
from domain.kernel.ids import ContributionId, MeetingId, SeasonId, contribution_of, round_of
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean
from domain.learning.contribution import LONGEST, Contribution, Kind, State
from domain.learning.round import Round
from domain.programme.season import Season


@dataclass(frozen=True)
class ShowText:
    """The group may read a text as it is."""

    season_id: SeasonId
    handle: UUID


@dataclass(frozen=True)
class HoldBackText:
    """The group may not read it; its author reads why."""

    season_id: SeasonId
    handle: UUID
    reason: str


@dataclass(frozen=True)
class WithdrawText:
    """Its author takes it back."""

    handle: UUID


@dataclass(frozen=True)
class PutUnderTheme:
    """Under which theme a hope or a fear belongs; None: under none."""

    season_id: SeasonId
    handle: UUID
    theme_id: UUID | None


class Handles(Protocol):
    """Knows which text a handle is of."""

    def behind(self, handle: UUID) -> ContributionId | None:
        """The text's id, which says who wrote it: for nobody's eyes."""

    def writers(self, season_id: SeasonId, meeting_id: MeetingId | None, kind: Kind) -> int:
        """How many have written of a kind, taken back or not."""


class Contributions(UseCases):
    """What becomes of a text."""

    def __init__(self, decisions: Decisions, handles: Handles) -> None:
        super().__init__(decisions)
        self._handles = handles

    @command
    def show(self, work: UnitOfWork, command: ShowText) -> LearningRef:
        """Raises NotAllowed unless admin or leader, NotFound (also while nobody may read it), NotForTheGroup."""
        found = self._read(work, command.season_id, command.handle)
        found.show()
        return LearningRef(found.season_id, found.meeting_id)

    @command
    def hold_back(self, work: UnitOfWork, command: HoldBackText) -> LearningRef:
        """As `show`. Raises BadValue without a reason."""
        found = self._read(work, command.season_id, command.handle)
        found.hold_back(work.encrypt(found.person_id, "reason", clean("reason", command.reason, LONGEST)))
        return LearningRef(found.season_id, found.meeting_id)

    @command
    def put_under(self, work: UnitOfWork, command: PutUnderTheme) -> LearningRef:
        """As `show`. Raises NotFound where there is no such theme."""
        found = self._read(work, command.season_id, command.handle)
        if command.theme_id is not None:
            record_of(work, guided(work, command.season_id)).must_have(command.theme_id)
        found.put_under(command.theme_id)
        return LearningRef(found.season_id, found.meeting_id)

    @command
    def withdraw(self, work: UnitOfWork, command: WithdrawText) -> LearningRef:
        """Also by somebody who has left. Raises NotFound for another's text."""
        found = self._behind(work, command.handle)
        if not work.actor.is_person(found.person_id):
            raise NotFound(what="text")
        found.withdraw()
        return LearningRef(found.season_id, found.meeting_id)

    def _read(self, work: UnitOfWork, season_id: SeasonId, handle: UUID) -> Contribution:
        guided(work, season_id)
        found = self._behind(work, handle)
        writers = self._handles.writers(season_id, found.meeting_id, found.kind)
        if found.season_id != season_id or not are_read(work, season_id, found.meeting_id, writers):
            raise NotFound(what="text")
        return found

    def _behind(self, work: UnitOfWork, handle: UUID) -> Contribution:
        contribution_id = self._handles.behind(handle)
        if contribution_id is None:
            raise NotFound(what="text")
        return load_for(work, Contribution, contribution_id)


def are_read(work: UnitOfWork, season_id: SeasonId, meeting_id: MeetingId | None, writers: int) -> bool:
    """Whether whoever guides the season reads such texts now: no more may come, and enough have written."""
    record = record_of(work, work.load(Season, season_id))
    if meeting_id is None:
        is_over = record.has_hopes(work.now)
    else:
        one = work.find(Round, round_of(meeting_id))
        is_over = one is not None and not one.takes_texts(work.now)
    return is_over and writers >= record.words_from


def write(
    work: UnitOfWork, part: Part, kind: Kind, text: str, meeting_id: MeetingId | None, *, may_be_shown: bool
) -> None:
    """What somebody writes of a kind, as it is from now on; nothing takes back what was there. Raises BadValue."""
    words = clean(kind.value, text, LONGEST, may_be_empty=True)
    about = meeting_id or part.season.season_id
    known = work.find(Contribution, contribution_of(about, kind.value, part.person_id))
    if not words:
        if known is not None:
            known.withdraw()
        return
    sealed = work.encrypt(part.person_id, "text", words)
    if known is None:
        work.add(_written(work, part, kind, meeting_id, sealed, may_be_shown=may_be_shown))
    elif known.state is State.WITHDRAWN or work.decrypt(known.text) != words or known.may_be_shown != may_be_shown:
        known.rewrite(sealed, may_be_shown=may_be_shown)


def _written(
    work: UnitOfWork, part: Part, kind: Kind, meeting_id: MeetingId | None, sealed: Encrypted, *, may_be_shown: bool
) -> Contribution:
    return Contribution(
        organiser_id=part.season.organiser_id,
        season_id=part.season.season_id,
        meeting_id=meeting_id,
        person_id=part.person_id,
        kind=kind,
        handle=work.new_id(),
        text=sealed,
        may_be_shown=may_be_shown,
    )
