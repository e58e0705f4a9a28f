"""What an admin writes down: people and where they work, organisations, memberships, contacts, staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from application.kernel.actor import Role
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def admin(acted: Stage) -> Browser:
    return acted.browser("admin")


def test_a_person_is_registered_with_an_employer_found_by_its_name(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/people")
    assert f"/{SLUG}/people/new" in page.elements.links
    page = admin.open(f"/{SLUG}/people/new")
    page = admin.send(page, "employer", name="Åke", email="ake@example.org", employer="acme ab", role="manager")
    assert page.says("Personen är registrerad.", "Åke", "ake@example.org", "chef, Acme AB")
    [known] = acted.institute.services.people_questions.people(acted.institute.admin, "åke").items
    assert known.employments[0].from_on == date(2026, 9, 1)


def test_the_same_address_again_is_the_same_person(acted: Stage, admin: Browser) -> None:
    for name in ("Åke", "Åke Åkesson"):
        admin.send(admin.open(f"/{SLUG}/people/new"), "employer", name=name, email="ake@example.org")
    assert len(acted.institute.services.people_questions.people(acted.institute.admin, "ake@").items) == 1


def test_an_employer_that_cannot_be_told_is_said_at_the_field(admin: Browser) -> None:
    page = admin.send(admin.open(f"/{SLUG}/people/new"), "employer", name="Åke", employer="AB")
    assert page.status == 422 and page.says("Flera organisationer passar ”AB”.")
    page = admin.send(page, "employer", employer="Ingenstans")
    assert page.status == 422 and page.says("Ingen organisation passar ”Ingenstans”.")
    assert admin.send(page, "employer", employer="556999-1002").says("specialist, Bolt AB")


def test_an_employment_ends_and_another_begins(acted: Stage, admin: Browser) -> None:
    at = f"/{SLUG}/people/{acted.bertil}/work"
    page = admin.open(at)
    assert page.says("Anställningar: Bertil", "Acme AB", "Avsluta anställningen hos Acme AB")
    assert admin.send(page, "ended_on", ended_on="").status == 422
    page = admin.send(page, "ended_on", ended_on="2026-08-31")
    assert page.says("Anställningens sista dag är sparad.", "– 31 augusti 2026")
    page = admin.send(page, "employer", employer="Bolt AB", from_on="2026-09-01", role="consultant")
    assert page.says("Anställningen är registrerad.", "konsult", "Bolt AB")


def test_an_employment_does_not_end_before_it_began(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/people/{acted.bertil}/work")
    page = admin.send(page, "ended_on", ended_on="2019-01-01")
    assert page.status == 409 and 'id="ended_on-problem"' in page.html


def test_an_organisation_is_registered_with_how_it_is_invoiced(acted: Stage, admin: Browser) -> None:
    page = admin.send(
        admin.open(f"/{SLUG}/organisations/new"), "org_number", name="Ekot AB", org_number="556999-3008",
        sector="non_profit", address="Gatan 5, 222 22 Lund", vat_number="SE556999300801", needs_reference="yes",
        peppol_id="0007:5569993008", language="en",
    )  # fmt: skip
    assert page.says(
        "Organisationen är registrerad.", "556999-3008", "ideell", "Gatan 5, 222 22 Lund", "SE556999300801",
        "0007:5569993008", "krävs", "Ingen är registrerad här än.",
    )  # fmt: skip
    [row] = acted.institute.services.people_questions.organisations(acted.institute.admin, "ekot").items
    assert (row.language, row.is_collective, row.country) == ("en", False, "SE")


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"org_number": "123"}, "org_number"),
        ({"org_number": "556999-0004"}, "org_number"),
        ({"peppol_id": "fel"}, "peppol_id"),
        ({"country": "Sverige"}, "country"),
    ],
)
def test_a_number_that_is_wrong_or_taken_leaves_nothing_behind(
    acted: Stage, admin: Browser, wrong: dict[str, str], at: str
) -> None:
    typed = {"name": "Ekot AB", "org_number": "556999-3008", "address": "Gatan 5", **wrong}
    page = admin.send(admin.open(f"/{SLUG}/organisations/new"), "org_number", **typed)
    assert page.status in (409, 422) and f'id="{at}-problem"' in page.html
    assert acted.institute.services.people_questions.organisations(acted.institute.admin, "ekot").items == ()


def test_how_an_organisation_is_invoiced_is_changed_and_what_was_known_stands_in_the_form(
    acted: Stage, admin: Browser
) -> None:
    at = f"/{SLUG}/organisations/{acted.institute.acme}/change"
    page = admin.open(at)
    assert page.form("peppol_id")["address"] == ["Storgatan 1, 111 22 Stockholm"]
    page = admin.send(page, "peppol_id", address="Nygatan 2, 111 22 Stockholm", is_collective="yes")
    assert page.says("Faktureringen är sparad.", "Nygatan 2")
    form = admin.open(at).form("peppol_id")
    assert (form["is_collective"], form["vat_number"]) == (["yes"], ["SE556999000401"])
    assert admin.send(admin.open(at), "peppol_id", address="").status == 422


def test_letters_with_invoices_get_an_address_of_the_organisations_own(acted: Stage, admin: Browser) -> None:
    at = f"/{SLUG}/organisations/{acted.institute.acme}/change"
    page = admin.send(admin.open(at), "peppol_id", invoice_email="faktura@acme.example")
    assert page.says("Faktureringen är sparad.", "E-post för fakturor", "faktura@acme.example")
    assert admin.open(at).form("peppol_id")["invoice_email"] == ["faktura@acme.example"]
    wrong = admin.send(admin.open(at), "peppol_id", invoice_email="faktura")
    assert wrong.status == 422 and 'id="invoice_email-problem"' in wrong.html


def test_a_contact_is_appointed_and_dismissed_and_a_domain_saved(acted: Stage, admin: Browser) -> None:
    at = f"/{SLUG}/organisations/{acted.institute.acme}/change"
    page = admin.send(admin.open(f"{at}?q=bertil"), "person_id", person_id=str(acted.bertil))
    assert page.says("Kontaktpersonen är utsedd.", "Bertil")
    assert admin.press(page, f"{acted.bertil}/dismiss").says("Personen är inte längre kontaktperson.")
    page = admin.send(admin.open(at), "domain", domain="acme.example")
    assert page.says("Domänen är sparad.", "acme.example")
    assert admin.open(f"{at}?q=finnsinte").says("Ingen passar", "Ny person")


def test_a_membership_is_granted_ended_and_renewed(acted: Stage, admin: Browser) -> None:
    at = f"/{SLUG}/memberships/{acted.institute.bolt}"
    page = admin.open(at)
    assert page.says("Medlemskap: Bolt AB", "Inget medlemskap.")
    assert admin.send(page, "persons", do="grant", ground="member", from_on="").status == 422
    page = admin.send(page, "persons", do="grant", ground="member", from_on="2026-09-01", persons="25")
    assert page.says("Medlemskapet är beviljat.", "Omfattar 25 personer.")
    page = admin.send(page, "ended_on", do="end", ended_on="2026-12-31", reason="Uppsagt")
    assert page.says("Medlemskapets sista dag är sparad.")
    wrong = admin.send(page, "membership_id", do="renew", from_on="2026-12-01")
    assert wrong.status == 409 and 'id="from_on-problem"' in wrong.html
    page = admin.send(page, "membership_id", do="renew", from_on="2027-02-01", until_on="2027-12-31")
    assert page.says("Medlemskapet är förnyat.")
    [row] = acted.institute.services.people_questions.memberships(acted.institute.admin, acted.institute.bolt).items
    assert row.periods == ((date(2026, 9, 1), date(2026, 12, 31)), (date(2027, 2, 1), date(2027, 12, 31)))


def test_a_person_may_hold_a_membership_too(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/memberships/{acted.bertil}")
    page = admin.send(page, "persons", do="grant", ground="alumnus", from_on="2026-09-01", until_on="2026-08-01")
    assert page.status == 422 and 'id="until_on-problem"' in page.html
    page = admin.send(page, "persons", do="grant", ground="alumnus", from_on="2026-09-01", until_on="")
    assert page.says("Medlemskapet är beviljat.", "Alumn")
    assert admin.open(f"/{SLUG}/memberships/{acted.network}").status == 404


def test_staff_are_appointed_and_dismissed_but_nobody_locks_themselves_out(acted: Stage, admin: Browser) -> None:
    page = admin.send(admin.open(f"/{SLUG}/organiser?q=bertil"), "person_id", person_id=str(acted.bertil), role="admin")
    assert page.says("Personen har fått rollen.", "Bertil")
    made = acted.institute
    acted.tokens["bertil-admin"] = made.services.tokens.make(
        "bertil-admin", made.organiser, frozenset({Role.ADMIN}), acted.bertil
    )
    himself = acted.browser("bertil-admin")
    page = himself.open(f"/{SLUG}/organiser")
    assert not any("dismiss" in form["action"][0] for form in page.elements.forms)
    address = f"/{SLUG}/organiser/staff/{acted.bertil}/admin/dismiss"
    typed = {"form_token": page.form("form_token")["form_token"][0]}
    assert himself.client.post(address, data=typed).status_code == 409
    assert admin.press(admin.open(f"/{SLUG}/organiser"), "dismiss").says("Rollen är borttagen.", "Ingen är utsedd än.")


def test_what_invoices_say_is_saved(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/organiser")
    assert page.form("bankgiro")["bankgiro"] == ["991-2346"]
    wrong = admin.send(page, "bankgiro", payment_days="400")
    assert wrong.status == 422 and 'id="payment_days-problem"' in wrong.html
    page = admin.send(page, "bankgiro", payment_days="20", is_f_tax="yes", contact="Ada", email="ada@example.org")
    assert page.says("Uppgifterna är sparade.")
    known = acted.institute.services.organisers.particulars(acted.institute.admin, acted.institute.organiser)
    assert (known.payment_days, known.is_f_tax, known.is_rounded, known.contact) == (20, True, False, "Ada")


def test_an_organisations_page_shows_some_and_leads_to_all_who_work_there(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    for no in range(25):
        made.person(f"Person {no:02}", made.bolt, email=f"person{no}@example.org")
    page = admin.open(f"/{SLUG}/organisations/{made.bolt}")
    assert page.says("Person 00", "Visa alla som arbetar här") and "Person 24" not in page.words
    everyone = admin.open(f"/{SLUG}/people?at={made.bolt}")
    assert everyone.says("De som arbetar på Bolt AB i dag.", "Person 24") and "Bertil" not in everyone.words
    taken_along = admin.client.get(f"/{SLUG}/people.csv?at={made.bolt}").text
    assert taken_along.count("Person ") == 25 and "Bertil" not in taken_along


@pytest.mark.parametrize("address", ["people/new", "organisations/new", "people/{bertil}/work", "memberships/{acme}"])
def test_only_admins_write_things_down(acted: Stage, address: str) -> None:
    path = f"/{SLUG}/" + address.format(bertil=acted.bertil, acme=acted.institute.acme)
    for who in ("anna", "finance"):
        assert acted.browser(who).open(path).status == 403


def test_finance_appoints_nobody(acted: Stage) -> None:
    finance = acted.browser("finance")
    typed = {"form_token": finance.open(f"/{SLUG}/organiser").form("form_token")["form_token"][0]}
    typed |= {"person_id": str(acted.bertil), "role": "admin"}
    assert finance.client.post(f"/{SLUG}/organiser/staff", data=typed).status_code == 403


def test_who_writes_another_name_beside_a_known_address_is_told_whose_it_is_and_decides(acted: Stage) -> None:
    admin = acted.browser("admin")
    new = {"name": "Bo Lager", "email": "ANNA@example.org", "employer": "Bolt"}
    page = admin.send(admin.open(f"/{SLUG}/people/new"), "name", **new)
    assert page.status == 409 and page.says("adressen redan under ett annat namn", "Visa Anna, som har adressen")
    assert page.form("name")["name"] == ["Bo Lager"]
    people = acted.institute.services.people_questions
    [anna] = people.people(acted.institute.admin, "anna@").items
    assert [each.organisation for each in anna.employments] == ["Acme AB"]
    assert admin.send(page, "name", shares_email="yes").says("Personen är registrerad.", "Bo Lager")
    assert [each.name for each in people.people(acted.institute.admin, "anna@").items] == ["Anna", "Bo Lager"]
    same = admin.send(admin.open(f"/{SLUG}/people/new"), "name", name="ANNA", email="anna@example.org")
    assert same.says("fanns redan här", "Anna")


def test_nobody_who_is_known_gains_an_employment_by_being_registered_again(acted: Stage) -> None:
    admin = acted.browser("admin")
    new = {"name": "Anna", "email": "anna@example.org", "employer": "Bolt"}
    page = admin.send(admin.open(f"/{SLUG}/people/new"), "name", **new)
    assert page.status == 409 and page.says("arbetar inte där", "Visa Anna")
    [anna] = acted.institute.services.people_questions.people(acted.institute.admin, "anna@").items
    assert [each.organisation for each in anna.employments] == ["Acme AB"]


def test_a_number_that_is_taken_leads_to_who_has_it(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.send(
        admin.open(f"/{SLUG}/organisations/new"), "org_number", name="Acme igen", org_number="556999-0004"
    )
    assert page.status == 409 and page.says("Organisationsnumret är redan registrerat.", "Visa Acme AB, som har numret")
    assert f"/{SLUG}/organisations/{acted.institute.acme}" in page.html
    assert page.form("org_number")["name"] == ["Acme igen"]
