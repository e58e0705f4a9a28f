"""On what grounds a buyer or participant stands on a day: memberships of the holder, affiliations of the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from application.ports import Work
from application.use_case import load_for
from domain.admission import Admission, AdmissionToDecide, JobRole, NotAdmitted
from domain.admission import Work as Job
from domain.ids import OrganisationId, OrganiserId, PersonId, membership_of
from domain.membership import Membership
from domain.network import Network
from domain.organisation import Organisation
from domain.payer import Payer
from domain.person import Person, PersonErased
from domain.price import PriceList
from domain.season import Season
from domain.standing import Ground, Standing
from domain.terms import day_in


def grounds_of(prices: PriceList | None, admission: Admission) -> list[Ground]:
    """The grounds that matter for a season: those with a price of their own, and those that admit."""
    priced = [price.audience for price in prices.prices if price.audience] if prices else []
    return list(dict.fromkeys([*priced, *admission.grounds]))


def standing_of(work: Work, organiser: OrganiserId, holder: UUID, grounds: Iterable[Ground]) -> Standing:
    """The memberships a holder (organisation or person) has had on these grounds."""
    standing = Standing()
    for ground in grounds:
        membership = work.find(Membership, membership_of(organiser, holder, ground))
        if membership is not None:
            standing = standing.and_(membership.standing)
    return standing


def employer_on(person: Person, day: date) -> OrganisationId | None:
    """The verified employer that counts on a local day (S37: an e-mail domain does not)."""
    employment = person.employment_on(day)
    return employment.organisation_id if employment else None


def admit(work: Work, season: Season, person_id: PersonId) -> OrganisationId | None:
    """Check that a person may sit in the season, and tell their employer on this day.

    Raises NotFound, PersonErased, NotAdmitted, AdmissionToDecide.
    """
    person = load_for(work, Person, person_id)
    if person.is_erased:
        raise PersonErased
    day = day_in(work.now, season.zone)
    employment = person.employment_on(day)
    employer = employment.organisation_id if employment else None
    if season.admission.is_open:
        return employer
    grounds = season.admission.grounds
    standing = person.standing.and_(standing_of(work, season.organiser_id, person_id, grounds))
    job = None
    if employment is not None:
        standing = standing.and_(standing_of(work, season.organiser_id, employment.organisation_id, grounds))
        job = Job(load_for(work, Organisation, employment.organisation_id).sector, employment.role)
    decided = load_for(work, Network, season.network_id).decided.get(person_id)
    season.admission.check(standing, job, day, decided)
    return employer


def is_to_decide(work: Work, season: Season, person_id: PersonId) -> bool:
    """Whether the rule leaves somebody to an admin who has not decided yet (S16). Raises NotFound, PersonErased."""
    try:
        admit(work, season, person_id)
    except AdmissionToDecide:
        return True
    except NotAdmitted:
        return False
    return False


def admit_somebody(work: Work, season: Season, payer: Payer) -> None:
    """Check that a seat to be named later may be kept for somebody of the payer's; who it is, is checked when named.

    Raises NotAdmitted, AdmissionToDecide (then the person is named first, and decided on).
    """
    if season.admission.is_open:
        return
    if payer.organisation_id is None:
        if payer.person_id is not None:
            admit(work, season, payer.person_id)
        return
    day = day_in(work.now, season.zone)
    standing = standing_of(work, season.organiser_id, payer.organisation_id, season.admission.grounds)
    somebody = Job(load_for(work, Organisation, payer.organisation_id).sector, JobRole.MANAGER)
    season.admission.check(standing, somebody, day, None)
