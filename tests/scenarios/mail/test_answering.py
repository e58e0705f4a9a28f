"""Whoever answers a letter about a season reaches the contact it names; other letters are the organiser's."""

from __future__ import annotations

from application.people.organiser import ArrangeInvoicing
from application.people.person import ErasePerson, RequestErasure
from application.programme.season import NameLeaders
from domain.kernel.ids import PersonId, SeasonId
from tests.samples import Institute
from tests.scenarios.mailed import deliver
from tests.scenarios.story import book


def answers(institute: Institute, season: SeasonId, who: PersonId) -> list[str]:
    """Where the answers to the letters about a new booking and its invoice go."""
    book(institute, season, institute.acme, who)
    return [str(each.message["Reply-To"]).rpartition("<")[2].rstrip(">") for each in deliver(institute)]


def named(institute: Institute, *contacts: PersonId) -> SeasonId:
    organiser = institute.organiser
    arrange = ArrangeInvoicing(organiser, email="kontakt@institutet.example")
    institute.services.organisers.arrange_invoicing(institute.finance, arrange)
    season = institute.conference()
    institute.services.seasons.name_leaders(institute.admin, NameLeaders(season, (), contacts))
    deliver(institute)
    return season


def test_a_letter_of_a_season_is_answered_by_the_first_contact_who_can_be_reached(institute: Institute) -> None:
    gone, gun, leo = (institute.person(name) for name in ("Gone", "Gun", "Leo"))
    season = named(institute, gone, gun, leo)
    institute.services.people.request_erasure(institute.admin, RequestErasure(gone))
    institute.services.people.erase(institute.admin, ErasePerson(gone))
    deliver(institute)
    anna = institute.person("Anna", institute.acme)
    assert "gun@example.org" in answers(institute, season, anna)
    assert "leo@example.org" in answers(institute, season, gun), "nobody answers themselves"


def test_where_nobody_is_named_the_organiser_answers(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    assert set(answers(institute, named(institute), anna)) == {"kontakt@institutet.example"}
