"""What was misspelt is put right on a page, is seen where it matters, and history says what it was."""

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
from application.programme.goods import OfferGoods
from application.programme.material import PublishMaterial
from application.programme.season import PlanSeason
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.people.admission import Admission
from tests.conftest import Databases
from tests.samples import conference_prices, full_day
from tests.scenarios.story import stockholm
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture
def admin(acted: Stage) -> Browser:
    return acted.browser("admin")


def planned(acted: Stage, title: str) -> SeasonId:
    """A season that takes no bookings yet, of two meetings."""
    made = acted.institute
    days = (full_day("Dag ett", 2027, 3, 3), full_day("Dag två", 2027, 3, 4))
    plan = PlanSeason(made.network(f"{title}, nätverket"), title, 5, meetings=days, prices=conference_prices())
    return made.services.seasons.plan(made.admin, plan).answer.season_id


def positions(acted: Stage) -> int:
    """How many events there are."""
    with acted.institute.house.store.connections.borrow() as connection:
        return int(connection.execute("select count(*) from event").fetchall()[0][0])


def same_again(acted: Stage, browser: Browser, address: str, with_field: str, **pressed: str) -> None:
    """The form is sent as it stands: it records nothing."""
    page = browser.open(address)
    before = positions(acted)
    page = browser.send(page, with_field, **pressed)
    assert page.status == 200 and positions(acted) == before


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


def planned_open(acted: Stage, title: str) -> SeasonId:
    """A season that takes bookings."""
    made = acted.institute
    return made.season(title, 5, conference_prices(), free_before(date(2027, 1, 3)))


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


def test_a_network_is_put_right_closed_and_opened_again(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    rule = Admission(decided_sectors=(Sector.MUNICIPALITY,))
    network = made.network("Nätvärket", rule)
    at = f"/{SLUG}/networks/{network}"
    same_again(acted, admin, f"{at}/change", "promise")
    page = admin.send(
        admin.open(f"{at}/change"), "promise", name="Nätverket", promise="Att mötas", kind="cluster", sector=["state"]
    )
    assert page.says("Nätverket är rättat.") and page.form("promise")["sector"] == ["state"]
    row = made.services.programme.network(made.organiser, network)
    assert row.admission == Admission(sectors=(Sector.STATE,), decided_sectors=(Sector.MUNICIPALITY,))
    assert admin.open(f"/{SLUG}").says("Nätverket") and "Nätvärket" not in admin.open(f"/{SLUG}").words
    page = admin.send(page, "organisation", organisation="Bolt AB")
    assert page.says("Partnern är tillagd.", "Bolt AB")
    page = admin.press(page, "/leave")
    assert page.says("Organisationen är inte längre partner.")
    page = admin.press(page, "/end", do="close")
    assert page.says("Nätverket är avslutat.", "Återuppta nätverket")
    page = admin.press(page, "/end", do="reopen")
    assert page.says("Nätverket är återupptaget.", "Avsluta nätverket")
    told = admin.open(f"{at}/history")
    assert told.says(
        "Nätverket Nätvärket heter nu Nätverket.", "Nätverket är kluster, inte nätverk.", "skrevs om",
        "Bolt AB är inte längre partner i Nätverket.", "Nätverket är inte längre avslutat.", "för nya säsonger",
    )  # fmt: skip


def test_a_season_is_put_right_and_its_zone_only_before_booking_opens(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Vårsäsngen")
    at = f"/{SLUG}/seasons/{season}"
    same_again(acted, admin, f"{at}/change", "promise")
    page = admin.send(
        admin.open(f"{at}/change"), "promise", title="Vårsäsongen", promise="Två dagar.", zone="Europe/Helsinki",
        language="en", ground=["member"],
    )  # fmt: skip
    assert page.says("Säsongen är rättad.", "Rätta Vårsäsngen, nätverket, Vårsäsongen")
    view = made.services.programme.season(made.admin, season)
    start = view.meetings[0].time.start_at
    assert start == stockholm("2027-03-03 08:00") and view.row.zone == "Europe/Helsinki"
    assert view.admission == Admission(grounds=(Ground.MEMBER,)) and view.row.language == "en"
    assert view.prices is not None and view.prices.zone == "Europe/Helsinki"
    assert acted.browser().open(at).says("Vårsäsongen", "Två dagar.", "09.00–16.00")
    page = admin.send(
        admin.open(f"{at}/run"), "title", do="plan", title="Dag tre", start="2027-03-05T09:00", end="2027-03-05T12:00"
    )
    assert page.says("Träffen är planerad.")
    third = made.services.programme.season(made.admin, season).meetings[2]
    assert third.time.start_at == stockholm("2027-03-05 08:00")
    calendar = acted.browser().client.get(f"{at}.ics").text.replace("\r\n ", "")
    assert (
        "SUMMARY:Vårsäsngen\\, nätverket\\, Vårsäsongen: Dag ett" in calendar and "DTSTART:20270303T070000Z" in calendar
    )
    assert admin.open(f"{at}/history").says(
        "Säsongen Vårsäsngen heter nu Vårsäsongen.", "Tidszonen rättades från Europe/Stockholm till Europe/Helsinki",
        "Språket är nu engelska.", "Vem som får boka ändrades. Det var:", "Säsongens löfte skrevs om",
    )  # fmt: skip
    wrong = admin.send(admin.open(f"{at}/change"), "promise", zone="Europa/Ingenstans", title="Behålls")
    assert wrong.status == 422 and 'id="zone-problem"' in wrong.html and wrong.form("promise")["title"] == ["Behålls"]


def test_what_somebody_else_has_put_right_meanwhile_is_shown_first(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Två flikar")
    at = f"/{SLUG}/seasons/{season}/change"
    mine, theirs = admin.open(at), acted.browser("admin")
    assert theirs.send(theirs.open(at), "promise", title="Tre flikar").says("Säsongen är rättad.")
    stopped = admin.send(mine, "promise", title="Fyra flikar")
    assert stopped.status == 409 and stopped.says(
        "Det har ändrats sedan sidan visades", "Rätta Två flikar, nätverket, Tre flikar"
    )
    assert stopped.form("promise")["title"] == ["Fyra flikar"]
    assert admin.send(stopped, "promise").says("Rätta Två flikar, nätverket, Fyra flikar")


def test_a_season_planned_in_the_wrong_network_is_moved_before_booking_opens(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season, right = planned(acted, "Fel nätverk"), made.network("Rätt nätverk")
    at = f"/{SLUG}/seasons/{season}"
    page = admin.send(admin.open(f"{at}/change"), "promise", network=str(right))
    assert page.says("Säsongen är rättad.")
    assert made.services.programme.season(made.admin, season).row.network == "Rätt nätverk"
    assert admin.open(f"{at}/history").says("Säsongen hör till nätverket Rätt nätverk, inte Fel nätverk, nätverket.")


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


def test_once_booking_has_opened_zone_and_meetings_stay(acted: Stage, admin: Browser) -> None:
    page = admin.open(f"/{SLUG}/seasons/{acted.network}/change")
    assert "zone" not in page.form("promise") and page.says("ändras inte, eftersom bokningen har öppnat")
    refused = admin.send(page, "promise", zone="Europe/Helsinki")
    assert refused.status == 409 and refused.says("Bokningen har varit öppen")
    meeting = acted.institute.services.programme.season(acted.institute.admin, acted.network).meetings[0]
    at = f"/{SLUG}/seasons/{acted.network}/meetings/{meeting.meeting_id}"
    assert "Ta bort träffen" not in admin.open(at).words


def test_leaders_and_contacts_are_added_and_removed(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Ledd")
    at = f"/{SLUG}/seasons/{season}/change"
    page = admin.press(admin.open(f"{at}?q=bertil"), "/leaders", do="leader")
    assert page.says("Samtalsledare och kontaktpersoner är sparade.", "Bertil")
    page = admin.press(page, f"{acted.bertil}/leader/remove")
    assert page.says("Ingen än.")
    assert acted.browser("bertil").open(f"/{SLUG}/people/{acted.bertil}/history").words.count("Samtalsledare och") == 2


def test_a_meeting_is_retitled_and_gets_its_programme(acted: Stage, admin: Browser) -> None:
    season = planned(acted, "Med program")
    first, _ = meetings_of(acted, season)
    at = f"/{SLUG}/seasons/{season}/meetings/{first}"
    same_again(acted, admin, at, "title")
    page = admin.send(admin.open(at), "title", title="Första dagen")
    assert page.says("Rubriken är sparad.", "Första dagen")
    start, end, title = ["2027-03-03T09:00", "", ""], ["2027-03-03T10:00", "", ""], ["Inlening", "", ""]
    page = admin.send(page, "p_title", do="find", q="Bertil", p_start=start, p_end=end, p_title=title)
    page = admin.send(page, "p_title", do="save", **{"p_speaker-1": str(acted.bertil)})
    assert page.says("Programmet är sparat.")
    same_again(acted, admin, at, "p_title", do="save")
    page = admin.send(page, "p_title", do="save", p_title=["Inledning", "", ""])
    assert acted.browser().open(f"/{SLUG}/seasons/{season}").says("Inledning", "Bertil")
    wrong = admin.send(page, "p_title", do="save", p_end=["2027-03-03T08:00", "", ""])
    assert wrong.status == 422 and 'id="p_end-1-problem"' in wrong.html
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Träffen Dag ett heter nu Första dagen.", "Programmet för Första dagen publicerades."
    )


def test_a_meeting_held_by_mistake_is_undone_and_one_planned_by_mistake_removed(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Fel planerad")
    first, second = meetings_of(acted, season)
    at = f"/{SLUG}/seasons/{season}/meetings"
    page = admin.send(admin.open(f"{at}/{first}"), "held_on", do="held", held_on="2027-03-03")
    assert page.says("Träffen är markerad som hållen.", "Den var inte hållen")
    page = admin.press(page, "/held", do="undo")
    assert page.says("Träffen är inte längre markerad som hållen.")
    publish = PublishMaterial(season, "Till dag två", "https://example.org/2", meeting_id=second)
    made.services.materials.publish(made.admin, publish)
    page = admin.open(f"{at}/{second}")
    assert page.says("Dess material tas också bort: Till dag två.")
    page = admin.press(page, "/remove")
    assert page.says("Träffen är borttagen.") and "Dag två" not in page.words
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Träffen Dag ett var inte hållen", "Träffen Dag två togs bort: den var planerad av misstag.",
        "Träffen Dag två planerades.",
    )  # fmt: skip
    assert made.services.programme.season(made.admin, season).materials == ()


def meetings_of(acted: Stage, season: SeasonId) -> tuple[MeetingId, MeetingId]:
    """The ids of its two meetings."""
    acted.institute.catch_up()
    rows = acted.institute.services.programme.season(acted.institute.admin, season).meetings
    first, second = (MeetingId(each.meeting_id) for each in rows)
    return first, second


def test_material_is_replaced_opened_to_others_and_removed(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    season = planned(acted, "Läst")
    publish = PublishMaterial(season, "Artikln", "https://example.org/fel")
    item = made.services.materials.publish(made.admin, publish).answer.material_id
    at = f"/{SLUG}/seasons/{season}/material"
    same_again(acted, admin, f"{at}/{item}", "url", do="save")
    stranger = acted.browser()
    assert "Artikl" not in stranger.open(f"/{SLUG}/seasons/{season}").words
    page = admin.send(
        admin.open(f"{at}/{item}"),
        "url",
        do="save",
        title="Artikeln",
        url="https://example.org/rätt",
        readers="everyone",
    )
    assert page.says("Materialet är rättat.", "Artikeln", "alla")
    assert stranger.open(f"/{SLUG}/seasons/{season}").says("Artikeln")
    wrong = admin.send(admin.open(f"{at}/{item}"), "url", do="save", url="fel")
    assert wrong.status == 422 and 'id="url-problem"' in wrong.html
    assert admin.send(admin.open(f"{at}/{item}"), "url", do="remove").says("Materialet är borttaget.")
    assert admin.open(f"/{SLUG}/seasons/{season}/history").says(
        "Materialet Artikln ersattes med Artikeln.", "Vem som får läsa materialet Artikeln ändrades",
        "Materialet Artikeln togs bort.",
    )  # fmt: skip
    assert admin.open(f"{at}/{item}").status == 404


def test_goods_are_retitled_and_repriced_for_purchases_from_now_on(acted: Stage, admin: Browser) -> None:
    made = acted.institute
    offer = OfferGoods("Bokne", Money(125_00), Money(45_00), VAT_6)
    goods = made.services.goods.offer(made.admin, offer).answer.goods_id
    at = f"/{SLUG}/goods/{goods}"
    same_again(acted, admin, f"{at}/change", "postage", do="save")
    page = admin.send(admin.open(f"{at}/change"), "postage", do="save", title="Boken", price="1 130,50")
    assert page.says("Varan är rättad.", "Boken", "1 130,50 kr inkl. moms")
    assert admin.send(admin.open(f"{at}/change"), "postage", do="withdraw").says("Säljs inte längre.")
    assert admin.send(admin.open(f"{at}/change"), "postage", do="again").says("Varan säljs igen.", "1 130,50 kr")
    assert admin.open(f"{at}/history").says(
        "Varan ”Bokne” heter nu ”Boken”.", "från 125 kr till 1 130,50 kr", "Varan började säljas igen."
    )
    assert acted.browser("anna").open(f"{at}/change").status == 403


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
