"""What waits at the desk beside cancellations and transfers: affiliations to verify, admissions, and erasures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kernel.actor import Role
from application.people.affiliation import ClaimAffiliation
from application.people.person import ErasePerson, RequestErasure
from application.programme.network import AskAdmission
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.errors import NotAllowed
from domain.people.admission import JobRole
from domain.programme.network import NothingToDecide
from tests.web.stage import SLUG, Stage, stage

DESK = f"/{SLUG}/desk"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        affiliations, actor = made.institute.services.affiliations, made.institute.acting(made.bertil)
        affiliations.claim(actor, ClaimAffiliation(made.bertil, Ground.ALUMNUS, "Kurs 2019"))
        yield made


def test_a_claim_is_verified_with_one_click_from_today(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(DESK)
    assert page.says("Bertil uppger sig vara alumn", "specialist, Acme AB", "Verifierar du, gäller priser")
    assert admin.send(page, "until", do="verify").says("Anknytningen är verifierad.", "Inget väntar på beslut.")
    [held] = acted.institute.services.people_questions.person(acted.institute.admin, acted.bertil).affiliations
    assert (held.status, str(held.from_on), held.until_on) == ("verified", "2026-09-01", None)


def test_a_claim_is_declined_with_a_reason(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(DESK)
    assert admin.send(page, "until", do="decline").says("Fyll i skälet.")
    assert admin.send(page, "until", do="decline", reason="Inte i registret.").says("Anknytningen är avslagen.")
    [held] = acted.institute.services.people_questions.person(acted.institute.admin, acted.bertil).affiliations
    assert held.status == "declined"


def test_the_desk_tells_who_wants_to_be_erased(acted: Stage) -> None:
    made = acted.institute
    made.services.people.request_erasure(made.acting(acted.anna), RequestErasure(acted.anna))
    assert acted.browser("admin").open(DESK).says("1 person vill bli raderad")


def test_only_admins_decide(acted: Stage) -> None:
    page = acted.browser("finance").open(f"/{SLUG}")
    address = f"{DESK}/claims/{acted.bertil}/alumnus"
    typed = {"do": "verify", "form_token": page.form("form_token")["form_token"][0]}
    assert acted.browser("finance").client.post(address, data=typed).status_code == 403


def town_manager(acted: Stage, name: str) -> str:
    """A manager at a company that a town owns, whose admission the rule leaves open; signed in."""
    made = acted.institute
    known = made.services.people_questions.organisations(made.admin, "Kommunbolaget").items
    company = (
        known[0].organisation_id
        if known
        else made.organisation("Kommunbolaget AB", "556999-4006", Sector.MUNICIPAL_COMPANY)
    )
    person = made.person(name, company, JobRole.MANAGER)
    acted.tokens[name] = made.services.tokens.make(name, made.organiser, frozenset({Role.MEMBER}), person)
    return name


def test_whoever_the_rule_leaves_open_asks_and_is_admitted_with_one_click(acted: Stage) -> None:
    """S16."""
    season = f"/{SLUG}/seasons/{acted.network}"
    maj, admin = acted.browser(town_manager(acted, "Maj")), acted.browser("admin")
    page = maj.open(season)
    assert page.says("Arrangören avgör om du får vara med.", "Be om besked")
    assert not any("payer" in form for form in page.elements.forms)
    page = maj.press(page, "/admission")
    assert page.says("Frågan är skickad till arrangören.", "Boka när svaret är ja.")
    page = admin.open(DESK)
    assert page.says(
        "Maj vill vara med i Ledarskap och förnyelse i offentlig sektor", "chef, Kommunbolaget AB", "Skälet sparas"
    )
    assert admin.send(page, "reason", do="admit").says("Fyll i skälet.")
    page = admin.send(page, "reason", do="admit", reason="Kommunen äger bolaget.")
    assert page.says("Personen får boka i nätverket.") and "Maj" not in page.words
    assert "payer" in str(maj.open(season).elements.forms)


def test_somebody_turned_away_is_told_by_the_rule_and_cannot_ask_again(acted: Stage) -> None:
    made = acted.institute
    season, maj = f"/{SLUG}/seasons/{acted.network}", acted.browser(town_manager(acted, "Maj"))
    maj.press(maj.open(season), "/admission")
    admin = acted.browser("admin")
    page = admin.send(admin.open(DESK), "reason", do="refuse", reason="Inte i år.")
    assert page.says("Personen får inte boka i nätverket.")
    [maj_id] = [each.person_id for each in made.services.people_questions.people(made.admin, "maj").items]
    with pytest.raises(NothingToDecide):
        made.services.networks.ask_admission(made.acting(maj_id), AskAdmission(acted.network, maj_id))


def test_nobody_asks_for_another_and_who_is_admitted_by_the_rule_has_nothing_to_ask(acted: Stage) -> None:
    made = acted.institute
    assert "Be om besked" not in acted.browser("bertil").open(f"/{SLUG}/seasons/{acted.network}").words
    with pytest.raises(NotAllowed):
        made.services.networks.ask_admission(made.acting(acted.anna), AskAdmission(acted.network, acted.bertil))
    with pytest.raises(NothingToDecide):
        made.services.networks.ask_admission(made.acting(acted.bertil), AskAdmission(acted.network, acted.bertil))


def test_an_erased_person_no_longer_waits_at_the_desk(acted: Stage) -> None:
    made = acted.institute
    town_manager(acted, "Maj")
    made.catch_up()
    [maj] = [each.person_id for each in made.services.people_questions.people(made.admin, "maj").items]
    for _ in range(2):
        made.services.networks.ask_admission(made.acting(maj), AskAdmission(acted.network, maj))
    made.catch_up()
    assert [each.person_id for each in made.services.desk.admissions(made.admin)] == [maj]
    made.services.people.erase(made.admin, ErasePerson(maj))
    made.catch_up()
    assert made.services.desk.admissions(made.admin) == ()
