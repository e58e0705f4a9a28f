"""Who may join: by ground, by sector and role, by an admin's decision, and what a change of job changes."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.people.affiliation import VerifyAffiliation
from application.people.participant import Participant
from application.people.person import EndEmployment
from application.programme.network import DecideAdmission
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import NetworkId, SeasonId
from domain.kernel.terms import free_before
from domain.people.admission import Admission, AdmissionToDecide, JobRole, NotAdmitted
from domain.programme.network import Network
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.story import FREE, book, documents, facts, hand_over, seated, sitting, stockholm

PUBLIC = Admission(
    sectors=(Sector.STATE, Sector.REGION, Sector.MUNICIPALITY),
    decided_sectors=(Sector.MUNICIPAL_COMPANY,),
    managers_only=True,
)
SEMINAR = Admission(grounds=(Ground.MEMBER, Ground.ALUMNUS, Ground.CUSTOMER))


def public_network(institute: Institute, title: str = "Ledning i offentlig sektor 2026/27") -> SeasonId:
    prices = PriceList(0, (Price(kronor(15_000)),))
    return institute.season(title, 20, prices, free_before(date(2026, 9, 1)), admission=PUBLIC)


def test_a_seminar_admits_on_any_of_three_grounds(institute: Institute) -> None:
    """S13: an affiliated employee, an alumna and a customer; others are told which grounds there are."""
    seminar = institute.season("Seminarium", 40, FREE, admission=SEMINAR)
    alumna, customer = institute.person("Alva"), institute.person("Kurt")
    for person, ground in ((alumna, Ground.ALUMNUS), (customer, Ground.CUSTOMER)):
        institute.services.affiliations.verify(institute.admin, VerifyAffiliation(person, ground, date(2026, 1, 1)))

    for person in (institute.person("Anna", institute.acme), alumna, customer):
        member = institute.acting(person)
        institute.services.bookings.make(member, MakeBooking(seminar, seated(person)))
    with pytest.raises(NotAdmitted) as refused:
        institute.services.bookings.make(
            institute.admin, MakeBooking(seminar, seated(institute.person("Bo", institute.bolt)), institute.bolt)
        )

    assert refused.value.facts["grounds"] == ["member", "alumnus", "customer"]
    assert sitting(institute, seminar) == ["Alva", "Anna", "Kurt"]
    assert documents(institute) == []


def test_managers_in_the_public_sector_join_and_consultants_do_not(institute: Institute) -> None:
    """S16."""
    network = public_network(institute)
    k = institute.organisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    manager = institute.person("Karin", k, JobRole.MANAGER)
    consultant = institute.person("Bosse", institute.bolt, JobRole.CONSULTANT)

    book(institute, network, k, manager)
    with pytest.raises(NotAdmitted):
        book(institute, network, institute.bolt, consultant)
    with pytest.raises(NotAdmitted):
        book(institute, network, k, institute.person("Kalle", k))

    assert sitting(institute, network) == ["Karin"]


@pytest.mark.parametrize("is_admitted", [True, False])
def test_a_municipal_company_is_decided_by_an_admin(institute: Institute, is_admitted: bool) -> None:
    """S16: recorded with reason and name; before the decision nobody is seated."""
    network = public_network(institute)
    company = institute.organisation("Bolaget AB", "556999-3008", Sector.MUNICIPAL_COMPANY)
    manager = institute.person("Maria", company, JobRole.MANAGER)
    with pytest.raises(AdmissionToDecide):
        book(institute, network, company, manager)

    institute.services.networks.decide_admission(
        institute.admin, DecideAdmission(_network_of(institute, network), manager, is_admitted, "Ägs av kommunen")
    )

    if is_admitted:
        assert book(institute, network, company, manager).gross == 18_750_00
    else:
        with pytest.raises(NotAdmitted):
            book(institute, network, company, manager)
    [decision] = [fact for fact in facts(institute) if isinstance(fact, Network.AdmissionDecided)]
    assert (decision.person_id, decision.is_admitted, decision.decided_by) == (manager, is_admitted, "admin")
    assert institute.house.store.keyring.decrypt(decision.reason) == "Ägs av kommunen"


def test_a_seat_to_be_named_is_for_those_who_may_join(institute: Institute) -> None:
    """S16: an unnamed seat is no way around the rule, for the organisation or for whoever is named at last."""
    network = public_network(institute)
    k = institute.organisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    consultant = institute.person("Bosse", institute.bolt, JobRole.CONSULTANT)

    with pytest.raises(NotAdmitted):
        book(institute, network, institute.bolt, None)
    made = book(institute, network, k, None)
    with pytest.raises(NotAdmitted):
        institute.services.bookings.name_participant(
            institute.admin, NameParticipant(made.booking_id, 1, Participant(consultant))
        )


def test_a_change_of_job_keeps_the_seat_until_the_season_ends(institute: Institute) -> None:
    """S17: the organisation may hand the seat to a colleague; the next season is checked anew; history stays."""
    network = public_network(institute)
    k = institute.organisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    karin, kerstin = institute.person("Karin", k, JobRole.MANAGER), institute.person("Kerstin", k, JobRole.MANAGER)
    made = book(institute, network, k, karin)

    institute.clock.instant = stockholm("2027-01-18 09:00")
    institute.services.people.end_employment(institute.admin, EndEmployment(karin, k, date(2027, 1, 15)))

    assert sitting(institute, network) == ["Karin"]
    with pytest.raises(NotAdmitted):
        book(institute, public_network(institute, "Ledning 2027/28"), k, karin)
    hand_over(institute, institute.admin, made.booking_id, 1, kerstin)
    assert sitting(institute, network) == ["Kerstin"]
    institute.catch_up()
    [job] = institute.services.people_questions.person(institute.admin, karin).employments
    assert (job.organisation_id, job.until_on) == (k, date(2027, 1, 15))


def _network_of(institute: Institute, season: SeasonId) -> NetworkId:
    institute.catch_up()
    return institute.services.programme.season(institute.admin, season).row.network_id
