"""On what grounds a buyer or participant stands on a day: memberships of the holder, affiliations of the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.kernel.eligibility import NO_GROUNDS, Eligibility, Ground, MembershipFull
from domain.kernel.ids import MembershipId, OrganisationId, OrganiserId, PersonId, membership_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.admission import OPEN, Admission, AdmissionToDecide, Applicant, JobRole, NotAdmitted
from domain.people.admission import Work as Job
from domain.people.membership import Membership
from domain.people.membership_cap import Besides
from domain.people.organisation import Organisation
from domain.people.person import Person, PersonErased
from domain.people.person_employment import Employment
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


def standing_on(person: Person, day: date) -> Employment | None:
    """Where somebody works on a local day as seats ask: as is verified, else as is vouched for. Nobody else says so."""
    return person.employment_on(day) or person.vouched_on(day)


def employer_on(person: Person, day: date) -> OrganisationId | None:
    """The employer that counts for a seat on a local day: verified, or vouched for (S37: no e-mail domain is that)."""
    employment = standing_on(person, day)
    return employment.organisation_id if employment else None


def applicant_of(work: UnitOfWork, season: Season, person: Person, besides: Besides = None) -> Applicant:
    """Somebody as the season's admission asks about them on this day."""
    day = day_in(work.now, season.zone)
    employment = standing_on(person, day)
    employer = employment.organisation_id if employment is not None else None
    if season.admission == OPEN:
        return Applicant(PersonId(person.id), employer)
    decided = load_for(work, Network, season.network_id).decided
    return Applicant(
        person.person_id,
        employer,
        _job(work, employer, employment.role) if employer is not None and employment is not None else None,
        eligibility_of_person(work, person, season.admission.grounds),
        _employers(work, season, employer, Asking((person.person_id,), day, besides)),
        next((decided[each] for each in (person.person_id, *reversed(person.absorbed)) if each in decided), None),
    )


def somebody_of(work: UnitOfWork, season: Season, payer: Payer) -> Applicant:
    """Somebody of the payer's who is named later, and judged then by who it is; until then by who they could be."""
    if season.admission == OPEN:
        return Applicant()
    if payer.organisation_id is None:
        themselves = applicant_of(work, season, existing(work, PersonId(payer.person_id or season.id)))
        return replace(themselves, person_id=None, employer=None)
    asking = Asking((None,), day_in(work.now, season.zone))
    employers = _employers(work, season, payer.organisation_id, asking)
    return Applicant(job=_job(work, payer.organisation_id), employers=employers)


def existing(work: UnitOfWork, person_id: PersonId) -> Person:
    """Somebody, unless they have been erased. Raises NotFound, PersonErased."""
    person = load_for(work, Person, person_id)
    if person.is_erased:
        raise PersonErased
    return person


def admit(work: UnitOfWork, season: Season, person_id: PersonId, besides: Besides = None) -> OrganisationId | None:
    """Check that a person may sit in the season, and tell their employer on this day.

    Raises NotFound, PersonErased, NotAdmitted, AdmissionToDecide, MembershipFull when only a membership would let them
    in that is for so many persons as take part by it already.
    """
    applicant = applicant_of(work, season, existing(work, person_id), besides)
    season.admission.must_admit(applicant, day_in(work.now, season.zone))
    return applicant.employer


def let_in_by(
    work: UnitOfWork, season: Season, person_id: PersonId | None, employer: OrganisationId | None
) -> MembershipId | None:
    """The employer's membership without which somebody might not sit there; None where they may anyway."""
    if season.admission == OPEN or employer is None:
        return None
    day = day_in(work.now, season.zone)
    applicant = Applicant(job=_job(work, employer))
    if person_id is not None:
        applicant = applicant_of(work, season, load_for(work, Person, person_id))
    try:
        season.admission.must_admit(replace(applicant, employers=NO_GROUNDS), day)
    except (NotAdmitted, AdmissionToDecide):
        proves = _employers(work, season, employer)
        facts = (proves.on(ground, day) for ground in season.admission.grounds)
        return next((MembershipId(fact.source_id) for fact in facts if fact is not None), None)
    return None


def is_to_decide(work: UnitOfWork, season: Season, person_id: PersonId) -> bool:
    """Whether the rule leaves somebody to an admin who has not decided yet (S16). Raises NotFound, PersonErased."""
    try:
        admit(work, season, person_id)
    except AdmissionToDecide:
        return True
    except (NotAdmitted, MembershipFull):
        return False
    return False


def _employers(
    work: UnitOfWork, season: Season, employer: OrganisationId | None, asking: Asking | None = None
) -> Eligibility:
    if employer is None:
        return NO_GROUNDS
    return eligibility_of(work, season.organiser_id, employer, season.admission.grounds, asking)


def _job(work: UnitOfWork, employer: OrganisationId, role: JobRole = JobRole.MANAGER) -> Job:
    return Job(load_for(work, Organisation, employer).sector, role)
