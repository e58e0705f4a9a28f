"""What acts about a season rest on: what is offered, how it is run, its meetings, material, doors and rules."""

from __future__ import annotations

from uuid import UUID

from application.insight.rests_on.facts import facts, nothing_but
from application.insight.rests_on.people import admission
from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts
from application.kernel.use_case import load_for, organiser_of
from domain.attendance.door import Door
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.kernel.ids import (
    MeetingId,
    SeasonId,
    letter_rules_of,
    seating_of,
)
from domain.learning.learning import Learning
from domain.mail.letter_rules import LetterRules
from domain.programme.goods import Goods
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season


@facts
def offer(work: UnitOfWork, season_id: UUID) -> object:
    """What a buyer is shown of a season: meetings with time and place, prices, terms, who may come, open until when."""
    season = load_for(work, Season, season_id)
    meetings = [(each.meeting_id, each.title, each.time, each.place) for each in season.meetings.values()]
    agreed = season.prices, season.terms, season.admission
    return season_id, season.title, season.zone, meetings, agreed, season.is_open, season.closes_on, is_on(season)


@facts
def run(work: UnitOfWork, season_id: UUID) -> object:
    """A season as its admins run it, with how many seats it has."""
    seating = load_for(work, Seating, seating_of(SeasonId(season_id)))
    return season_id, load_for(work, Season, season_id).version, seating.capacity


@facts
def meeting(work: UnitOfWork, season_id: UUID, meeting_id: UUID) -> object:
    """One meeting of a season that is on."""
    season = load_for(work, Season, season_id)
    return meeting_id, season.meetings.get(MeetingId(meeting_id)), is_on(season)


@facts
def material(work: UnitOfWork, season_id: UUID, material_id: UUID) -> object:
    """One item of material of a season."""
    return material_id, load_for(work, Season, season_id).materials.get(material_id)


@facts
def which_meetings(work: UnitOfWork, season_id: UUID) -> object:
    """Which meetings a season has that can still be changed; what has become of each, its own row says."""
    season = load_for(work, Season, season_id)
    over = TimeKind.CALLED_OFF
    coming = [each.meeting_id for each in season.meetings.values() if not each.is_held and each.time.kind is not over]
    return season_id, coming, is_on(season)


@facts
def asking(work: UnitOfWork, season_id: UUID, person_id: UUID | None) -> object:
    """What is offered, and how it stands with the admission of who asks."""
    network = load_for(work, Season, season_id).network_id
    return offer(season_id)(work), admission(network, person_id)(work) if person_id else None


@facts
def learning(work: UnitOfWork, season_id: UUID) -> object:
    """What is written down of a season's learning; None while nothing is. What participants answer is not in it."""
    found = work.find(Learning, Learning.create_id(SeasonId(season_id)))
    return found and found.version


@facts
def door(work: UnitOfWork, season_id: UUID) -> object:
    """What holds at a season's doors; None while it is the usual."""
    found = work.find(Door, Door.create_id(SeasonId(season_id)))
    return found and (found.walk_ins, found.handing_over)


@facts
def letter_rules(work: UnitOfWork, season_id: UUID | None = None) -> object:
    """Which letters go out by the clock; None while they are the usual ones."""
    owner = SeasonId(load_for(work, Season, season_id).id) if season_id is not None else None
    found = work.find(LetterRules, letter_rules_of(organiser_of(work.actor), owner))
    return owner, found and found.version


@facts
def registration_rules(work: UnitOfWork) -> object:
    """An organiser's rules for strangers; None while they are the usual ones."""
    found = work.find(RegistrationRules, RegistrationRules.create_id(organiser_of(work.actor)))
    return found and found.version


def goods(goods_id: UUID) -> Facts:
    """Goods with price and postage."""
    return nothing_but(Goods, goods_id)


def is_on(season: Season) -> bool:
    """Whether a season has not been called off."""
    return not season.called_off_for
