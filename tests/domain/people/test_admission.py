"""Who may join: anyone, on a ground, by sector and role, or by an admin's recorded decision."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.kernel.eligibility import Eligibility, Ground, Sector, StandingFact
from domain.people.admission import OPEN, Admission, AdmissionToDecide, JobRole, NotAdmitted, Work
from tests.domain.vocabulary import ANNA

DAY = date(2026, 9, 15)
NOBODY = Eligibility()
ALUMNA = Eligibility((StandingFact(Ground.ALUMNUS, ANNA, UUID(int=1), date(2020, 1, 1), DAY),))
SEMINAR = Admission(grounds=(Ground.MEMBER, Ground.ALUMNUS, Ground.CUSTOMER))
PUBLIC = Admission(
    sectors=(Sector.STATE, Sector.REGION, Sector.MUNICIPALITY),
    decided_sectors=(Sector.MUNICIPAL_COMPANY,),
    managers_only=True,
)


def test_anyone_may_join_what_is_open() -> None:
    OPEN.check(NOBODY, None, DAY, None)


def test_one_ground_is_enough() -> None:
    SEMINAR.check(ALUMNA, None, DAY, None)


def test_a_ground_that_has_ended_is_none() -> None:
    with pytest.raises(NotAdmitted) as refused:
        SEMINAR.check(ALUMNA, None, date(2026, 9, 16), None)
    assert refused.value.facts["grounds"] == ["member", "alumnus", "customer"]


@pytest.mark.parametrize("sector", [Sector.STATE, Sector.REGION, Sector.MUNICIPALITY])
def test_managers_in_the_public_sector_may_join(sector: Sector) -> None:
    """S16."""
    PUBLIC.check(NOBODY, Work(sector, JobRole.MANAGER), DAY, None)


@pytest.mark.parametrize(
    "work",
    [None, Work(Sector.PRIVATE, JobRole.CONSULTANT), Work(Sector.STATE, JobRole.SPECIALIST)],
)
def test_others_may_not(work: Work | None) -> None:
    """S16."""
    with pytest.raises(NotAdmitted):
        PUBLIC.check(NOBODY, work, DAY, None)


def test_a_municipal_company_is_left_to_an_admin() -> None:
    """S16."""
    work = Work(Sector.MUNICIPAL_COMPANY, JobRole.MANAGER)

    with pytest.raises(AdmissionToDecide):
        PUBLIC.check(NOBODY, work, DAY, None)
    PUBLIC.check(NOBODY, work, DAY, True)
    with pytest.raises(NotAdmitted):
        PUBLIC.check(NOBODY, work, DAY, False)


def test_an_admins_no_comes_before_the_rule() -> None:
    with pytest.raises(NotAdmitted):
        PUBLIC.check(NOBODY, Work(Sector.STATE, JobRole.MANAGER), DAY, False)
