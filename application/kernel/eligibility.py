"""On what grounds a buyer or participant stands on a day: memberships of the holder, affiliations of the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.kernel.eligibility import Eligibility, Ground, MembershipFull
from domain.kernel.ids import MembershipId, OrganisationId, OrganiserId, PersonId, membership_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.admission import Admission, AdmissionToDecide, JobRole, NotAdmitted
from domain.people.admission import Work as Job
from domain.people.employment import employment_on
from domain.people.membership import Besides, Membership
from domain.people.organisation import Organisation
from domain.people.person import Person, PersonErased
from domain.programme.network import Network
from domain.programme.price import PriceList
from domain.programme.season import Season


@dataclass(frozen=True)
class Asking:
    """For whom a membership is asked on a local day (None: somebody yet to be named), as it covers so many persons.

    `besides`: a seat that is decided anew, so that who sits there does not count.
    """

    people: tuple[PersonId | None, ...]
    day: date
    besides: Besides = None


def grounds_of(prices: PriceList | None, admission: Admission) -> list[Ground]:
    """The grounds that matter for a season: those with a price of their own, and those that admit."""
    priced = [price.audience for price in prices.prices if price.audience] if prices else []
    return list(dict.fromkeys([*priced, *admission.grounds]))


def eligibility_of(
    work: UnitOfWork,
    organiser: OrganiserId,
    holder: UUID,
    grounds: Iterable[Ground],
    asking: Asking | None = None,
) -> Eligibility:
    """The memberships a holder (organisation or person) has had on these grounds; what they prove for who asks."""
    eligibility = Eligibility()
    for ground in grounds:
        membership = work.find(Membership, membership_of(organiser, holder, ground))
        if membership is not None:
            proves = membership.eligibility
            if asking is not None:
                proves = membership.standing_for(asking.people, asking.day, work.now, asking.besides)
            eligibility = eligibility.and_(proves)
    return eligibility


def eligibility_of_person(
    work: UnitOfWork, person: Person, grounds: Iterable[Ground], asking: Asking | None = None
) -> Eligibility:
    """What a person stands on: grounds of their own, and memberships, by whichever of their ids."""
    eligibility, asked = person.eligibility, tuple(grounds)
    for each in sorted(person.ids):
        eligibility = eligibility.and_(eligibility_of(work, person.organiser_id, each, asked, asking))
    return eligibility


def employer_on(person: Person, day: date) -> OrganisationId | None:
    """The verified employer that counts on a local day (S37: an e-mail domain does not)."""
    employment = employment_on(person, day)
    return employment.organisation_id if employment else None


def admit(work: UnitOfWork, season: Season, person_id: PersonId, besides: Besides = None) -> OrganisationId | None:
    """Check that a person may sit in the season, and tell their employer on this day.

    Raises NotFound, PersonErased, NotAdmitted, AdmissionToDecide, MembershipFull when only a membership would let them
    in that is for so many persons as take part by it already.
    """
    person = load_for(work, Person, person_id)
    if person.is_erased:
        raise PersonErased
    day = day_in(work.now, season.zone)
    employer = employer_on(person, day)
    if season.admission.is_open:
        return employer
    theirs = Eligibility()
    if employer is not None:
        asking = Asking((person.person_id,), day, besides)
        theirs = eligibility_of(work, season.organiser_id, employer, season.admission.grounds, asking)
    try:
        _check(work, season, person, theirs)
    except NotAdmitted:
        _say_if_full(season, theirs, day)
        raise
    return employer


def let_in_by(
    work: UnitOfWork, season: Season, person_id: PersonId | None, employer: OrganisationId | None
) -> MembershipId | None:
    """The employer's membership without which somebody might not sit there; None where they may anyway."""
    if season.admission.is_open or employer is None:
        return None
    try:
        if person_id is not None:
            _check(work, season, load_for(work, Person, person_id), Eligibility())
        else:
            _check_somebody(work, season, employer, Eligibility())
    except (NotAdmitted, AdmissionToDecide):
        day, grounds = day_in(work.now, season.zone), season.admission.grounds
        eligibility = eligibility_of(work, season.organiser_id, employer, grounds)
        facts = (eligibility.on(ground, day) for ground in grounds)
        return next((MembershipId(fact.source_id) for fact in facts if fact is not None), None)
    return None


def _check(work: UnitOfWork, season: Season, person: Person, theirs: Eligibility) -> None:
    """Whether somebody may join on grounds of their own and on those of their employer's (`theirs`)."""
    day, grounds = day_in(work.now, season.zone), season.admission.grounds
    eligibility = eligibility_of_person(work, person, grounds).and_(theirs)
    employment, job = employment_on(person, day), None
    if employment is not None:
        job = Job(load_for(work, Organisation, employment.organisation_id).sector, employment.role)
    said = load_for(work, Network, season.network_id).decided
    decided = next((said[each] for each in (person.person_id, *reversed(person.absorbed)) if each in said), None)
    season.admission.check(eligibility, job, day, decided)


def _say_if_full(season: Season, theirs: Eligibility, day: date) -> None:
    """Raises MembershipFull where a membership would let somebody in if it covered one person more."""
    for ground in season.admission.grounds:
        full = theirs.beyond(ground, day)
        if full is not None:
            raise MembershipFull(covers=full.covers, room=0, asked=1)


def is_to_decide(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    """Whether the rule leaves somebody to an admin who has not decided yet (S16). Raises NotFound, PersonErased."""
    try:
        admit(work, season, person_id)
    except AdmissionToDecide:
        return True
    except (NotAdmitted, MembershipFull):
        return False
    return False


def admit_somebody(work: UnitOfWork, season: Season, payer: Payer) -> None:
    """Check that a seat to be named later may be kept for somebody of the payer's; who it is, is checked when named.

    Raises NotAdmitted, AdmissionToDecide (then the person is named first, and decided on),
    MembershipFull.
    """
    if season.admission.is_open:
        return
    if payer.organisation_id is None:
        if payer.person_id is not None:
            admit(work, season, payer.person_id)
        return
    day = day_in(work.now, season.zone)
    asking = Asking((None,), day)
    theirs = eligibility_of(work, season.organiser_id, payer.organisation_id, season.admission.grounds, asking)
    try:
        _check_somebody(work, season, payer.organisation_id, theirs)
    except NotAdmitted:
        _say_if_full(season, theirs, day)
        raise


def _check_somebody(work: UnitOfWork, season: Season, employer: OrganisationId, theirs: Eligibility) -> None:
    somebody = Job(load_for(work, Organisation, employer).sector, JobRole.MANAGER)
    season.admission.check(theirs, somebody, day_in(work.now, season.zone), None)
