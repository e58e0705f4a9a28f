"""What is told of a season's learning: please answer, please tell your hopes, it is there to be read."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from application.kernel.ports import UnitOfWork
from application.notifications.story import Sources, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.kernel.ids import SeasonId
from domain.learning.learning import Learning
from domain.learning.round import Round
from domain.programme.season import Season

Published: TypeAlias = Learning.HopesAsked | Learning.HopesPublished | Learning.InsightsPublished


def _opened(sources: Sources, work: UnitOfWork, event: Round.Opened) -> Story:
    """Each is asked by their own booking, where they answer without signing in."""
    facts = {"theme": event.theme, "until": event.closes_at.isoformat()}
    return _to_participants(sources, work, event.season_id, facts)


def _told(sources: Sources, work: UnitOfWork, event: Published) -> Story:
    season_id = work.load(Learning, event.originator_id).season_id
    facts = {"until": event.hopes_until.isoformat()} if isinstance(event, Learning.HopesAsked) else {}
    return _to_participants(sources, work, season_id, facts)


def _to_participants(sources: Sources, work: UnitOfWork, season_id: SeasonId, facts: dict[str, str]) -> Story:
    season = work.load(Season, season_id)
    theirs = {
        seat.person_id: {"path": f"/bookings/{seat.booking_id}"}
        for seat in sources.seats.seats_of(season_id)
        if seat.person_id is not None
    }
    people = {Whom.PARTICIPANT: recipients_of(set(theirs))}
    return Story(season.organiser_id, people, facts, each=theirs, season=season)


def stories(sources: Sources) -> Stories:
    """How each event is told."""
    return {
        Round.Opened: partial(_opened, sources),
        Learning.HopesAsked: partial(_told, sources),
        Learning.HopesPublished: partial(_told, sources),
        Learning.InsightsPublished: partial(_told, sources),
    }
