"""What waits at the desk beside cancellations and transfers: affiliations to verify, and erasures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.person import ClaimAffiliation, RequestErasure
from domain.standing import Ground
from tests.web.stage import SLUG, Stage, stage

DESK = f"/{SLUG}/desk"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        people, actor = made.institute.services.people, made.institute.acting(made.bertil)
        people.claim_affiliation(actor, ClaimAffiliation(made.bertil, Ground.ALUMNUS, "Kurs 2019"))
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
    assert admin.send(page, "until", do="decline").says("Fyll i fältet.")
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
