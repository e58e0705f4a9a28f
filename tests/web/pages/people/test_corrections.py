"""What was misspelt of people and organisations is put right on a page, seen where it matters, and told in history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.people.affiliation import VerifyAffiliation
from application.people.membership import GrantMembership
from application.people.organisation import AppointContact, VerifyDomain
from application.people.participant import Participant
from domain.kernel.eligibility import Ground
from tests.conftest import Databases
from tests.web.correcting import planned_open, positions, same_again
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture
def admin(acted: Stage) -> Browser:
    return acted.browser("admin")


def test_an_organisation_is_put_right_and_later_invoices_say_so(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    wrong = made.organisation("Felstvat AB", "556999-5003")
    person = made.person("Ylva", wrong)
    book = MakeBooking(acted.conference, (Participant(person),), wrong, "PO 1")
    made.services.bookings.make(made.admin, book)
    at = f"/{SLUG}/organisations/{wrong}"
    same_again(acted, admin, f"{at}/change", "org_number")
    page = admin.send(
        admin.open(f"{at}/change"), "org_number", name="Felstavat AB", org_number="556999-3008", sector="non_profit"
    )
    assert page.says("Uppgifterna är rättade.", "Felstavat AB", "556999-3008", "ideell")
    history = admin.open(f"{at}/history")
    assert history.says("Namnet rättades från Felstvat AB till Felstavat AB.", "från 5569995003 till 5569993008")
    assert history.says("Sektorn rättades från näringsliv till ideell.") and "Landet" not in history.words
    assert admin.open(f"/{SLUG}/organisations?q=felstavat").says("556999-3008")
    assert "Felstvat" not in admin.open(f"/{SLUG}/organisations?q=felstvat").words.replace("”felstvat”", "")

    second = MakeBooking(planned_open(acted, "Ny bok"), (Participant(person),), wrong, "PO 2")
    made.services.bookings.make(made.admin, second)
    made.catch_up()
    documents = made.services.invoice_questions.list(made.finance, DocumentFilter(organisation_id=wrong)).items
    buyers = [made.services.invoice_questions.one(made.finance, each.document_id) for each in documents]
    assert sorted((each.row.buyer or "", each.buyer_org_number) for each in buyers) == [
        ("Felstavat AB", "5569993008"),
        ("Felstvat AB", "5569995003"),
    ]


def test_a_number_that_another_has_is_refused_with_the_way_there_and_one_given_up_is_free(
    acted: Stage, admin: Browser
) -> None:
    made = acted.institute
    one = made.organisation("Ett AB", "212000-0142")
    change = f"/{SLUG}/organisations/{one}/change"
    page = admin.send(admin.open(change), "org_number", org_number="556999-0004", name="Ett annat")
    assert page.status == 409 and page.says("Organisationsnumret är redan registrerat", "Visa Acme AB")
    assert page.form("org_number")["name"] == ["Ett annat"] and f"/{SLUG}/organisations/{made.acme}" in page.html
    page = admin.send(admin.open(change), "org_number", org_number="212000-0143")
    assert page.status == 422 and page.says("kontrollsiffra")
    assert admin.send(admin.open(change), "org_number", country="NO", org_number="974 760 673").says("NO")
    page = admin.send(admin.open(change), "org_number", country="SE")
    assert page.status == 422 and 'id="org_number-problem"' in page.html
    two = made.organisation("Två AB", "212000-0142")
    assert two != one


def test_a_company_that_took_another_name_keeps_the_old_one_on_earlier_days(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    company = made.organisation("Gamla AB", "556999-7009")
    made.services.bookings.make(
        made.admin, MakeBooking(acted.conference, (Participant(made.person("Yngve", company)),), company, "PO 3")
    )
    made.clock.instant += timedelta(days=20)
    change = f"/{SLUG}/organisations/{company}/change"
    today = made.clock.instant.date()
    late = admin.send(admin.open(change), "org_number", name="Nya AB", renamed_on=f"{today + timedelta(days=2)}")
    assert late.status == 422 and late.says("Dagen för namnbytet har inte kommit än.")
    page = admin.send(admin.open(change), "org_number", name="Nya AB", renamed_on=f"{today - timedelta(days=5)}")
    assert page.says("Det nya namnet är sparat.", "Nya AB")
    earlier = admin.send(admin.open(change), "org_number", name="Nyast", renamed_on=f"{today - timedelta(days=9)}")
    assert earlier.status == 409 and earlier.says("fick sitt senaste namn")
    assert admin.open(f"/{SLUG}/organisations/{company}/history").says("Gamla AB heter Nya AB från")
    assert admin.open(f"/{SLUG}/organisations?q=gamla").says("Nya AB")

    def seen(days: int) -> list[str]:
        at = made.clock.instant - timedelta(days=days)
        lines = made.services.rosters.of(made.admin, acted.conference, at=at)
        return [each.organisation for each in lines if each.organisation_id == company]

    assert (seen(0), seen(4), seen(6)) == (["Nya AB"], ["Nya AB"], ["Gamla AB"])
    made.clock.instant -= timedelta(days=20)


def test_a_domain_is_taken_back_and_billing_that_is_the_same_records_nothing(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    made.services.organisations.verify_domain(made.admin, VerifyDomain(made.delta, "delta.exmple"))
    change = f"/{SLUG}/organisations/{made.delta}/change"
    page = admin.press(admin.open(change), "domains/withdraw")
    assert page.says("Domänen är borttagen.") and "delta.exmple" not in page.words
    assert admin.open(f"/{SLUG}/organisations/{made.delta}/history").says("E-postdomänen delta.exmple togs bort.")
    admin.send(admin.open(change), "vat_number", invoice_email="faktura@delta.example", vat_number="", peppol_id="")
    same_again(acted, admin, change, "vat_number")
    page = admin.send(admin.open(change), "vat_number", invoice_email="")
    assert "faktura@delta.example" not in page.words


def test_the_organisers_own_name_is_put_right(acted: Stage, admin: Browser) -> None:
    settings = f"/{SLUG}/organiser"
    same_again(acted, admin, settings, "org_number")
    page = admin.send(admin.open(settings), "org_number", name="Institutet för möten")
    assert page.says("Uppgifterna är sparade.") and acted.browser().open(f"/{SLUG}").says("Institutet för möten")
    wrong = admin.send(page, "org_number", org_number="556036-0794")
    assert wrong.status == 422 and 'id="org_number-problem"' in wrong.html
    admin.send(page, "org_number", name="Institutet")
    assert "org_number" not in str(acted.browser("finance").open(settings).elements.forms)


def test_a_purchase_goes_to_the_right_address_until_it_is_sent(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    buy = MakePurchase(goods, 1, "Fel gata 1", "Åsa", "asa@example.org")
    bought = made.services.purchases.make(made.admin, buy).answer.purchase_id
    page = admin.press(admin.open(f"/{SLUG}/dispatch"), f"{bought}/address", address="Rätt gata 1")
    assert page.says("Adressen är rättad.", "Rätt gata 1") and "Fel gata" not in page.words
    before = positions(acted)
    assert admin.press(page, f"{bought}/address").status == 200 and positions(acted) == before
    refused = admin.press(page, f"{bought}/address", address=" ")
    assert refused.status == 422 and refused.says("Fyll i adressen.")


def test_an_employment_recorded_wrongly_is_put_right_or_taken_back(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    person = made.person("Ylva Fel", made.bolt, email="ylva.fel@example.org")
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.bolt, person))
    at = f"/{SLUG}/people/{person}/work"
    same_again(acted, admin, at, "was", do="correct")
    page = admin.send(admin.open(at), "was", do="correct", right_role="manager", right_from_on="2021-05-01")
    assert page.says("Anställningen är rättad.", "chef", "1 maj 2021")
    wrong = admin.send(page, "was", do="correct", right_until_on="2020-01-01")
    assert wrong.status == 422 and 'id="right_until_on-problem"' in wrong.html
    page = admin.send(admin.open(at), "was", do="withdraw")
    assert page.says("Anställningen är återtagen.") and "Bolt AB" not in page.words
    told = admin.open(f"/{SLUG}/people/{person}/history")
    assert told.says("chef, 1 maj 2021 –", "i stället för specialist, 1 januari 2020", "var fel och togs tillbaka")
    assert told.says("är inte längre kontaktperson för Bolt AB")


def test_an_affiliation_verified_by_mistake_is_taken_back(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    person = made.person("Yrsa")
    verify = VerifyAffiliation(person, Ground.ALUMNUS, date(2026, 1, 1))
    made.services.affiliations.verify(made.admin, verify)
    at = f"/{SLUG}/people/{person}"
    page = admin.press(admin.open(at), "/affiliation")
    assert page.says("Anknytningen är återtagen.")
    assert admin.open(f"{at}/history").says("Anknytningen alumn från 1 januari 2026 var fel och togs tillbaka.")
    row = made.services.people_questions.person(made.admin, person)
    assert row.affiliations == ()


def test_a_membership_granted_wrongly_is_put_right_or_taken_back(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    grant = GrantMembership(made.bolt, Ground.PARTNER, date(2026, 1, 1), date(2026, 12, 31))
    made.services.memberships.grant(made.admin, grant)
    at = f"/{SLUG}/memberships/{made.bolt}"
    same_again(acted, admin, at, "was_from_on", do="correct")
    page = admin.send(admin.open(at), "was_from_on", do="correct", from_on="2026-02-01", until_on="", reason="Fel dag")
    assert page.says("Perioden är rättad.") and page.form("was_from_on")["was_from_on"] == ["2026-02-01"]
    page = admin.send(page, "was_from_on", do="withdraw", reason="Fel organisation")
    assert page.says("Perioden är återtagen.", "Inget medlemskap.")
    assert admin.open(f"/{SLUG}/organisations?q=bolt").says("Bolt AB")
    assert admin.open(f"/{SLUG}/organisations/{made.bolt}/history").says("var fel och togs tillbaka")
    page = admin.send(admin.open(at), "persons", do="grant", ground="partner", from_on="2026-03-01")
    assert page.says("Medlemskapet är beviljat.", "1 mars 2026")


def test_a_price_for_more_people_than_a_membership_covers_is_agreed_on_its_page(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    grant = GrantMembership(made.bolt, Ground.ALUMNUS, date(2026, 1, 1), date(2026, 12, 31), 10)
    made.services.memberships.grant(made.admin, grant)
    at = f"/{SLUG}/memberships/{made.bolt}"
    wrong = admin.send(admin.open(at), "above", do="above", above="gratis")
    assert wrong.status == 422 and 'value="gratis"' in wrong.html
    page = admin.send(wrong, "above", do="above", above="9 000", above_for="enligt avtal 14")
    assert page.says("Priset för fler personer är sparat.", "Fler personer kostar 9 000 kr", "enligt avtal 14")
    same_again(acted, admin, at, "above", do="above")
    page = admin.send(page, "above", do="above", above="")
    assert page.says("Priset för fler personer är sparat.") and "Fler personer kostar" not in page.words
