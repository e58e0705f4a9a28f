"""Who sees a season: chosen by admins, or at an instant that they have set, when booking may open as well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.kernel.command import by_system, command
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import UseCases
from application.programme.meeting import season_to_change
from application.programme.season import SeasonRef
from domain.kernel.ids import SeasonId
from domain.kernel.terms import day_in
from domain.programme.season import Season
from domain.programme.season_opening import Visibility

PUBLICATION = "publication"


@dataclass(frozen=True)
class ChooseVisibility:
    """Who sees it from now on."""

    season_id: SeasonId
    visibility: Visibility


@dataclass(frozen=True)
class AgreeOpenness:
    """Whether participants may see each other, each by their own choice, and whether what is said stays in the room."""

    season_id: SeasonId
    shows_participants: bool = False
    stays_in_room: bool = False


@dataclass(frozen=True)
class PlanPublication:
    """When it goes public, and when booking opens, by themselves; None: not by themselves."""

    season_id: SeasonId
    goes_public_at: datetime | None = None
    opens_at: datetime | None = None


class PublicationsDue(Protocol):
    """Knows whose instant has come."""

    def publications_due(self, now: datetime) -> Iterable[tuple[SeasonId, datetime]]:
        """Seasons that go public or open by themselves, each with the first instant of its that has come."""


class Publications(UseCases):
    """Choose, plan; and do what was planned, once."""

    @command
    def choose(self, work: UnitOfWork, command: ChooseVisibility) -> SeasonRef:
        """Who sees it from now on. Raises SeasonWasOpen for a draft of what buyers have seen, SeasonCalledOff."""
        season_to_change(work, command.season_id).choose_visibility(command.visibility)
        return SeasonRef(command.season_id)

    @command
    def agree_openness(self, work: UnitOfWork, command: AgreeOpenness) -> SeasonRef:
        """From now on; what participants have chosen to tell is shown no longer where it is not so."""
        season = season_to_change(work, command.season_id)
        season.agree_openness(shows_participants=command.shows_participants, stays_in_room=command.stays_in_room)
        return SeasonRef(command.season_id)

    @command
    def plan(self, work: UnitOfWork, command: PlanPublication) -> SeasonRef:
        """What differs is recorded. Raises SeasonCalledOff, BadValue for what has passed or is so, NotReadyToOpen."""
        season = season_to_change(work, command.season_id)
        season.plan_publication(command.goes_public_at, work.now)
        season.plan_opening(command.opens_at, work.now)
        return SeasonRef(command.season_id)

    @by_system
    def go_public(self, work: UnitOfWork, season_id: SeasonId) -> None:
        """Its instant has come; what was planned otherwise meanwhile, or done already, changes nothing."""
        work.load(Season, season_id).go_public(work.now)

    @by_system
    def open_by_itself(self, work: UnitOfWork, season_id: SeasonId) -> None:
        """As `go_public`, for booking. Raises NotReadyToOpen, SeasonIsDraft where it cannot be booked any longer."""
        season = work.load(Season, season_id)
        season.open_by_itself(work.now, day_in(work.now, season.zone))


def publication_job(decisions: Decisions, known: PublicationsDue, clock: Clock) -> DueJob[tuple[SeasonId, datetime]]:
    """Shows and opens what is due: first the page, then booking on it."""
    publications = Publications(decisions)

    def act(due: tuple[SeasonId, datetime]) -> None:
        publications.go_public(due[0])
        publications.open_by_itself(due[0])

    return DueJob(PUBLICATION, lambda: tuple(known.publications_due(clock.now())), act)
