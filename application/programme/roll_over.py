"""Planning a season from the last one: first looked at as a draft, then recorded as a season that is not yet open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from application.kernel.command import admin, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.programme.meeting import PlannedMeeting, season_to_change
from application.programme.season import PlanSeason, SeasonRef, plan_season
from domain.booking.seating import Seating
from domain.kernel.ids import NetworkId, PersonId, SeasonId, seating_of
from domain.kernel.terms import day_in
from domain.people.person import Person
from domain.programme.roll_over import A_YEAR, SeasonDraft, days_ahead, roll_over
from domain.programme.season_opening import Visibility


@dataclass(frozen=True)
class CopySeason:
    """The same season again, some days later, under a title of its own."""

    season_id: SeasonId
    title: str
    days: int = A_YEAR
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True)
class Proposal:
    """A season to come as it is proposed: after which, in which network, with how many seats, how many days later."""

    like: SeasonId
    network_id: NetworkId
    seats: int
    days: int
    draft: SeasonDraft


class RollOvers(UseCases):
    """Look at the season to come, and plan it."""

    @dry_run
    def propose(self, work: UnitOfWork, season_id: SeasonId) -> Proposal:
        """What a copy would be, its days moved by so many times 52 weeks that it begins in the time to come.

        Raises NotAllowed unless admin, NotFound.
        """
        return _propose(work, season_id, None)

    @command(by=admin)
    def copy(self, work: UnitOfWork, command: CopySeason) -> SeasonRef:
        """Plan it. Nothing of the old season changes (S45). Raises NetworkClosed."""
        organiser = organiser_of(work.actor)
        proposed = _propose(work, command.season_id, command.days)
        return plan_season(work, organiser, _as_plan(proposed, command))


def _propose(work: UnitOfWork, season_id: SeasonId, wanted: int | None) -> Proposal:
    season = season_to_change(work, season_id)
    days = days_ahead(season, day_in(work.now, season.zone)) if wanted is None else wanted
    seats = load_for(work, Seating, seating_of(season_id)).capacity
    return Proposal(season_id, season.network_id, seats, days, _with_living(work, roll_over(season, days)))


def _with_living(work: UnitOfWork, draft: SeasonDraft) -> SeasonDraft:
    """Whoever has been erased leads nothing in the season to come, and gives nothing."""
    people = {*draft.leaders, *draft.contacts}
    people |= {who for meeting in draft.meetings for item in meeting.programme for who in item.speakers}
    gone = {each for each in people if work.load(Person, each).is_erased}

    def living(of: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
        return tuple(each for each in of if each not in gone)

    meetings = tuple(
        replace(each, programme=tuple(replace(item, speakers=living(item.speakers)) for item in each.programme))
        for each in draft.meetings
    )
    return replace(draft, leaders=living(draft.leaders), contacts=living(draft.contacts), meetings=meetings)


def _as_plan(proposed: Proposal, command: CopySeason) -> PlanSeason:
    draft = proposed.draft
    return PlanSeason(
        proposed.network_id,
        command.title,
        proposed.seats,
        meetings=tuple(
            PlannedMeeting(each.title, each.time, each.place, each.programme, each.seats) for each in draft.meetings
        ),
        prices=draft.prices,
        terms=draft.terms,
        admission=draft.admission,
        leaders=draft.leaders,
        contacts=draft.contacts,
        images=draft.images,
        goods=draft.goods,
        shows_participants=draft.shows_participants,
        stays_in_room=draft.stays_in_room,
        visibility=command.visibility,
        like=proposed.like,
        **draft.by_name,
    )
