"""A certificate says which meetings somebody was at, and for how long; facts alone, the same in the same bytes."""

from __future__ import annotations

import io

import pypdf
import pytest

from application.attendance.certificate import NothingAttended
from domain.attendance.reading import How
from domain.kernel.errors import NotAllowed, NotFound
from tests.samples import Institute
from tests.scenarios.attendance.test_check_in import Night, first_day


@pytest.fixture
def night(institute: Institute) -> Night:
    return first_day(institute)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_what_was_attended_and_nothing_else(night: Night) -> None:
    made, certificates = night.institute, night.institute.services.certificates
    night.scan(person_id=night.anna, how=How.LIST)
    with pytest.raises(NothingAttended):  # the day is not over
        certificates.pdf(made.admin, night.season, night.anna)
    made.at(2027, 2, 5)
    anna = made.acting(night.anna)
    facts = certificates.facts(anna, night.season, night.anna)
    assert ([each.title for each in facts.meetings], facts.of, facts.spent.total_seconds()) == (["Dag 1"], 2, 7 * 3600)
    pdf = certificates.pdf(anna, night.season, night.anna, "sv")
    assert pdf == certificates.pdf(anna, night.season, night.anna, "sv")
    words = words_of(pdf)
    assert "Anna" in words and "1 träff av 2, 7 timmar." in words and "Dag 2" not in words
    assert "1 meeting of 2, 7 hours." in words_of(certificates.pdf(made.admin, night.season, night.anna, "en"))
    with pytest.raises(NothingAttended):
        certificates.pdf(made.admin, night.season, night.bo)


def test_it_is_nobody_elses(night: Night) -> None:
    night.scan(person_id=night.anna, how=How.LIST)
    night.institute.at(2027, 2, 5)
    certificates = night.institute.services.certificates
    for actor in (night.institute.acting(night.bo), night.institute.finance):
        with pytest.raises(NotAllowed):
            certificates.pdf(actor, night.season, night.anna)
    with pytest.raises(NotFound):
        certificates.pdf(night.institute.admin, night.institute.organiser, night.anna)  # type: ignore[arg-type] # no season
