"""Who has applied for a season: once at a time, with a seat held meanwhile, and no longer once they sit there."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.booking.application import Application
from domain.booking.seating import Seating
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.people.person import Person
from domain.programme.season import Season


def applicant_claim(season_id: SeasonId, person_id: PersonId) -> str:
    """The claim by which nobody applies twice at a time."""
    return f"{season_id}/{person_id}"


def settled(work: UnitOfWork, application: Application) -> None:
    """It is being answered, so that they may apply again, by whichever of their entries it was made."""
    for each in sorted(load_for(work, Person, application.applicant).ids):
        claim = applicant_claim(application.season_id, each)
        if work.unique_key_owner("application", claim) == application.id:
            work.release_unique_key("application", claim)


def let_go(work: UnitOfWork, application: Application) -> None:
    """The seat that is held for the application is free for others."""
    seating = work.load(Seating, seating_of(application.season_id))
    seating.lapse(work.now)
    if application.id in seating.holds:
        seating.end_hold(application.id, work.now)


def end_applied(work: UnitOfWork, season: Season, person_id: PersonId) -> None:
    """Somebody has got a seat in another way than by what they applied for: nobody need decide on that any longer."""
    owner = work.unique_key_owner("application", applicant_claim(season.season_id, person_id))
    if owner is not None:
        _end(work, work.load(Application, owner))


def hand_on_applied(work: UnitOfWork, season_id: SeasonId, lesser: Person, greater: Person, *, sits: bool) -> None:
    """Two entries are one person, who applies once; whoever sits there already need not."""
    mine = applicant_claim(season_id, greater.person_id)
    for each in sorted(lesser.ids):
        claim = applicant_claim(season_id, each)
        owner = work.unique_key_owner("application", claim)
        if owner is None:
            continue
        if sits or work.unique_key_owner("application", mine) is not None:
            _end(work, work.load(Application, owner))
        else:
            work.release_unique_key("application", claim)
            work.take_unique_key("application", mine, owner)


def _end(work: UnitOfWork, application: Application) -> None:
    settled(work, application)
    application.withdraw()
    let_go(work, application)
