"""Booking on the pages: for two, in the open, with the sum that was shown; naming, giving away and giving up seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from application.booking.booking import MakeBooking
from application.people.organisation import GiveBillingDetails
from application.people.participant import Participant
from application.programme.meeting import PlannedMeeting
from application.programme.network import CorrectNetwork
from application.programme.price import AgreePrices
from domain.kernel.ids import SeasonId
from domain.programme.price import Price, PriceList
from tests.samples import kronor
from tests.scenarios.story import book
from tests.strangers import links_of
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage
from web.pages.booking.booking import waits_for_credit


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def season_page(browser: Browser, season: SeasonId) -> Page:
    return browser.open(f"/{SLUG}/seasons/{season}")


def booked_for_two(acted: Stage) -> tuple[Browser, Page]:
    browser = acted.browser("anna")
    two = browser.send(season_page(browser, acted.conference), "wanted", do="add")
    return browser, browser.send(two, "wanted", do="book")


def link(page: Page, *words: str) -> str:
    return next(each for each in page.elements.links if all(word in each for word in words))


def test_a_manager_books_two_seats_and_names_the_second_later(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = season_page(browser, acted.conference)
    two = browser.send(page, "wanted", do="add", reference="PO 4711")
    assert two.says("Plats 2", "Lämna tomt om du vill namnge senare.", "Boka 2 platser · 15 000 kr inkl. moms")
    booked = browser.send(two, "wanted", do="book")
    assert booked.says(
        "Bokningen är gjord.", "Nästa träff", "Anna", "Namnges senare", "PO 4711", "Faktura 1", "obetald"
    )
    naming = browser.open(link(booked, "/seats/2/name"))
    named = browser.send(naming, "name", name="Bertil", email="bertil@example.org")
    assert named.says("Deltagaren är namngiven.", "Bertil") and "Namnges senare" not in named.words
    assert browser.open(f"/{SLUG}/bookings").says("Lära och förändra tillsammans", "2 platser", "du, Bertil")


def test_who_names_somebody_with_a_seat_elsewhere_at_that_time_reads_so_on_the_booking(acted: Stage) -> None:
    made = acted.institute
    meeting = made.services.programme.season(made.admin, acted.conference).meetings[0]
    other = made.season("Kursen", 10, PriceList(0, (Price(kronor(0)),)), meetings=(PlannedMeeting("Då", meeting.time),))
    book(made, other, made.bolt, made.person("Nina", email="nina@example.org"))
    browser, booked = booked_for_two(acted)
    assert "Sitter också" not in booked.words
    naming = browser.open(link(booked, "/seats/2/name"))
    named = browser.send(naming, "name", name="Nina", email="nina@example.org")
    assert named.says("Nina", "Sitter också i något annat här samtidigt (") and "Kursen" not in named.words
    seen = acted.browser("admin").open(named.address)
    assert seen.says("Samtidigt: ", "Kursen: Då (") and "<span" not in seen.words and "&lt;" not in named.html


def test_who_booked_for_an_organisation_without_being_its_contact_reads_who_pays_and_awaits_no_invoice(
    acted: Stage,
) -> None:
    made = acted.institute
    wanted = MakeBooking(acted.conference, (Participant(acted.bertil),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.bertil), wanted).answer.booking_id
    assert acted.browser("anna").open(f"/{SLUG}/bookings/{booking}").says("Faktura 1", "obetald")
    seen = acted.browser("bertil").open(f"/{SLUG}/bookings/{booking}")
    assert seen.says("Acme AB betalar") and "Fakturan kommer" not in seen.words


def test_a_second_click_is_not_a_second_booking(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = season_page(browser, acted.conference)
    first, second = (browser.send(page, "wanted", do="book") for _ in range(2))
    assert first.address == second.address
    assert acted.browser().open(f"/{SLUG}").says("2 platser kvar")


def test_a_sum_that_has_changed_is_shown_and_asked_again(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = season_page(browser, acted.conference)
    made = acted.institute
    made.services.seasons.agree_prices(made.admin, AgreePrices(acted.conference, (Price(kronor(8_000)),)))
    changed = browser.send(page, "wanted", do="book")
    assert changed.status == 409 and changed.says("i stället för 7 500,00", "Boka 1 plats · 10 000 kr inkl. moms")
    assert browser.send(changed, "wanted", do="book").says("Bokningen är gjord.")


def test_errors_stand_at_the_field_and_keep_what_was_typed(acted: Stage) -> None:
    browser = acted.browser("anna")
    two = browser.send(season_page(browser, acted.conference), "wanted", do="add")
    wrong = browser.send(two, "wanted", do="book", name_2="Bo Ek", email_2="bo at example")
    assert wrong.status == 422 and wrong.says(
        "Ett fält behöver ändras:", "”bo at example” ser inte ut som en e-postadress."
    )
    assert 'value="Bo Ek"' in wrong.html and 'aria-invalid="true"' in wrong.html and "#email_2" in wrong.elements.links
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")


def test_a_payer_that_needs_a_reference_is_asked_for_it_at_the_field(acted: Stage) -> None:
    made = acted.institute
    details = GiveBillingDetails(made.acme, "Storgatan 1", needs_reference=True)
    made.services.organisations.give_billing_details(made.admin, details)
    browser = acted.browser("anna")
    page, told = season_page(browser, acted.conference), "Acme AB tar bara emot fakturor med referens eller inköps"
    assert page.says(told) and "Lämna tomt om ni inte behöver" not in page.words
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    assert browser.open(f"/{SLUG}/goods/{goods}").says(told)
    asked = browser.send(page, "wanted", do="book")
    assert asked.status == 422 and 'id="reference-problem"' in asked.html
    assert browser.send(asked, "wanted", do="book", reference="PO 1").says("Bokningen är gjord.")


def test_the_one_who_books_need_not_take_part_and_may_pay_themselves(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = browser.send(season_page(browser, acted.conference), "wanted", do="add", payer="me")
    assert page.says("Boka 2 platser · 30 000 kr inkl. moms", "Ordinarie pris.")
    none = browser.send(season_page(browser, acted.conference), "wanted", do="book", wanted="0")
    assert none.status == 422 and none.says("Skriv hur många platser du vill boka, 1 till 99.")
    somebody = browser.send(season_page(browser, acted.conference), "wanted", do="book", me="")
    assert somebody.says("Bokningen är gjord.", "Namnges senare")


def test_who_has_a_seat_already_is_led_to_it_and_may_book_for_a_colleague(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    page = season_page(browser, acted.conference)
    assert page.says("Du har redan en bokning här:", "Boka 1 plats") and booked.address in page.elements.links
    assert "me" not in page.form("wanted")
    assert browser.send(page, "wanted", do="book", name_2="Bo", email_2="bo@example.org").says("Bokningen är gjord.")


def test_what_is_free_asks_for_no_reference(acted: Stage) -> None:
    season = acted.institute.season("Öppet hus", 50, PriceList(0, (Price(kronor(0)),)))
    page = season_page(acted.browser("anna"), season)
    assert page.says("Boka 1 plats · kostnadsfritt", "För vilken organisation", "Det kostar ingenting att avboka.")
    assert "reference" not in page.form("wanted")
    assert acted.browser("anna").send(page, "wanted", do="book").says("Bokningen är gjord.", "kostnadsfritt")
    stranger = season_page(acted.browser(), season)
    assert "address" not in stranger.form("wanted")
    typed = {"name": "Nina", "email": "nina@example.org"}
    assert acted.browser().send(stranger, "wanted", do="book", **typed).says("Anmälan är mottagen.")


def test_a_price_for_an_organisation_starts_with_all_its_seats(acted: Stage) -> None:
    cluster = acted.institute.cluster()
    browser = acted.browser("anna")
    page = season_page(browser, cluster)
    assert page.says("Plats 2", "Boka 2 platser · 31 250 kr inkl. moms", "omfattar 2 personer")
    one = browser.send(page, "wanted", do="remove")
    assert one.says("2") and "Boka 1 plats ·" not in one.words


def test_when_the_seats_are_gone_the_waiting_list_is_open(acted: Stage) -> None:
    made = acted.institute
    seats = (Participant(),) * 3
    made.services.bookings.make(made.acting(acted.anna), MakeBooking(acted.conference, seats, made.acme))
    browser = acted.browser("bertil")
    page = season_page(browser, acted.conference)
    assert page.says("Fullbokat", "Ställ mig i kö")
    assert browser.send(page, "seats", seats="1").says("Du står i kö.", "Fullbokat, 1 väntar")
    assert acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/roster").says("I kö", "Bertil")


def test_too_many_seats_are_refused_in_words_beside_the_form(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = season_page(browser, acted.conference)
    for _ in range(3):
        page = browser.send(page, "wanted", do="add")
    refused = browser.send(page, "wanted", do="book")
    assert refused.status == 409 and refused.says("Boka 4 platser")
    assert "problems" in refused.html


def test_a_stranger_registers_and_learns_nothing_about_members(acted: Stage) -> None:
    browser = acted.browser()
    page = season_page(browser, acted.conference)
    empty = browser.send(page, "email", do="book")
    assert empty.status == 422 and empty.says("4 fält behöver ändras:", "Fyll i ditt namn.", "Fyll i din e-postadress.")

    def register(email: str) -> Page:
        typed = {"name": "Anna", "email": email, "address": "Gatan 1", "payer": "me"}
        return browser.send(season_page(browser, acted.conference), "email", do="book", **typed)

    assert register("anna@example.org").says("Anmälan är mottagen.")
    assert register("nina@example.org").says("Anmälan är mottagen.")
    assert acted.browser().open(f"/{SLUG}").says("1 plats kvar")
    full = register("olle@example.org")
    assert full.says("Så många platser kan inte hållas för anmälningar som inte är bekräftade ännu.", "Gatan 1")


def test_a_stranger_with_an_impossible_organisation_number_is_told_at_the_field(acted: Stage) -> None:
    browser = acted.browser()
    typed = {"name": "Nina", "email": "nina@example.org", "address": "Gatan 1", "org_number": "123"}
    page = browser.send(season_page(browser, acted.conference), "email", do="book", **typed)
    assert (
        page.status == 422 and 'id="org_number-problem"' in page.html and page.says("Organisationsnumret stämmer inte.")
    )


def test_a_seat_goes_to_a_colleague_at_once_and_free(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    page = browser.open(link(booked, "/seats/1/transfer"))
    assert page.says("Platsen har nu: Anna.", "Till en kollega i samma organisation är det kostnadsfritt")
    done = browser.send(page, "email", do="hand_over", name="Bertil", email="bertil@example.org")
    assert done.says("Platsen har bytt deltagare.", "Bertil")
    assert acted.browser("bertil").open(f"/{SLUG}/bookings").says("Lära och förändra tillsammans")


def test_a_seat_to_another_organisation_is_refused_with_the_rule(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    page = browser.open(link(booked, "/seats/1/transfer"))
    refused = browser.send(page, "email", do="hand_over", name="Cecilia", email="cecilia@example.org")
    assert refused.status == 409 and 'value="Cecilia"' in refused.html
    assert refused.says("organisation")


def test_an_admin_proposes_it_with_a_reason_after_seeing_what_it_costs(acted: Stage) -> None:
    _, booked = booked_for_two(acted)
    admin = acted.browser("admin")
    page = admin.open(link(booked, "/seats/1/transfer"))
    typed = {"name": "Cecilia", "email": "cecilia@example.org", "reason": "Nytt arbete"}
    look = admin.send(page, "email", do="look", paid_by="new_organisation", **typed)
    assert look.says("Mellanskillnaden är 7 500 kr inkl. moms, och bytet väntar på ett ja.")
    proposed = admin.send(look, "email", do="hand_over")
    assert proposed.says("Överlåtelsen är föreslagen och väntar på ett ja.")
    desk = admin.open(f"/{SLUG}/desk")
    assert desk.says(
        "Anna överlåter sin plats", "till Cecilia", "Mellanskillnaden är 7 500 kr inkl. moms.", "Nytt arbete"
    )
    assert admin.send(desk, "reason", do="accept").says("Överlåtelsen är godtagen.", "Inget väntar på beslut.")
    assert admin.open(booked.address).says("Cecilia")


def test_somebody_who_only_sits_in_the_seat_may_change_that_seat_alone(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    named = browser.send(browser.open(link(booked, "/seats/2/name")), "name", name="Bertil", email="bertil@example.org")
    theirs = acted.browser("bertil").open(named.address)
    assert any("/seats/2/transfer" in each for each in theirs.elements.links)
    assert not any("/seats/1/transfer" in each for each in theirs.elements.links)


def test_a_booking_is_not_there_for_others(acted: Stage) -> None:
    _, booked = booked_for_two(acted)
    assert acted.browser("cecilia").open(booked.address).status == 404
    assert acted.browser().open(booked.address).says("Logga in")


def test_the_way_back_from_somebody_elses_booking_leads_to_the_roster(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    above = '<p class="above"><a href="'
    assert f"{above}/{SLUG}/seasons/{acted.conference}/roster" in acted.browser("admin").open(booked.address).html
    assert f"{above}/{SLUG}/bookings" in browser.open(booked.address).html


def test_a_confirmation_says_what_happens_next(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    assert booked.says(
        "Det här händer nu",
        "Fakturan ställs ut till Acme AB och ska betalas inom 30 dagar.",
        "Kollegor utan namn namnger du här",
        "Avboka gratis till och med 30 november.",
    )
    assert any(each.startswith(f"/{SLUG}/bookings/") and each.endswith(".ics") for each in booked.elements.links)
    assert "Det här händer nu" not in browser.open(booked.address).words


def test_the_invoice_of_somebody_who_pays_may_be_made_out_to_another_organisation(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = season_page(browser, acted.conference)
    empty = browser.send(page, "wanted", do="book", payer="other")
    assert empty.status == 422 and empty.says(
        "3 fält behöver ändras:", "Fyll i organisationsnumret.", "Fyll i fakturaadressen."
    )
    typed = {"org_number": "556999-9005", "employer": "Eta AB", "address": "Etagatan 1", "order_number": "PO 7"}
    shown = browser.send(empty, "wanted", do="sum", payer="other", **typed)
    assert shown.says("Boka 1 plats · 15 000 kr inkl. moms")
    booked = browser.send(shown, "wanted", do="book", payer="other", **typed)
    assert booked.says("Bokningen är gjord.")
    invoice = browser.open(link(booked, "/invoices/"))
    assert invoice.says("Eta AB", "Etagatan 1", "556999-9005", "PO 7")


def test_a_strangers_own_reference_and_order_stand_on_the_invoice(acted: Stage) -> None:
    browser = acted.browser()
    typed = {"name": "Nina", "email": "nina@example.org", "address": "Gatan 1", "employer": "Ny AB"}
    wanted = {"reference": "Nina N", "order_number": "PO 12"}
    done = browser.send(season_page(browser, acted.conference), "email", do="book", **typed, **wanted)
    assert done.says("Anmälan är mottagen.", "Det här händer nu", "Bekräfta anmälan med länken")
    registration_id, code = links_of(acted.institute, "nina@example.org")[0]
    held = browser.open(f"/{SLUG}/registrations/{registration_id}/{code}")
    browser.press(held, "")
    finance = acted.browser("finance")
    invoice = finance.open(link(finance.open(f"/{SLUG}/invoices"), "/invoices/", "-"))
    assert invoice.says("Ny AB", "Nina N", "PO 12")


def test_my_bookings_say_when_it_is_next_and_how_many_are_to_be_named(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says("2 platser · du, 1 namnges senare · nästa träff 3 februari")

    assert booked.address in mine.elements.links
    page = browser.open(booked.address + "/cancel")
    assert page.says("Du slipper betala 15 000 kr av 15 000 kr inkl. moms", "2 platser blir lediga för andra genast.")
    cancelled = browser.send(page, "shown", do="cancel")
    assert cancelled.says("Bokningen är avbokad.") and "på väg" not in cancelled.words
    mine = browser.open(f"/{SLUG}/bookings")
    assert "Bokningen är avbokad." in mine.words and "bokad 1 september" not in mine.words


def test_after_the_deadline_the_rule_is_not_called_later(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    address = booked.address + "/cancel"
    assert browser.open(address).says("Senare", "Så är det till och med")
    acted.institute.at(2027, 1, 4)
    late = browser.open(address)
    assert late.says("Villkoret", "Sedan söndag 3 januari 2027 kl. 00.00 gäller fullt pris.")
    assert "Senare" not in late.words


def test_seasons_of_two_networks_may_be_called_the_same_so_a_booking_says_whose_it_is(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    made = acted.institute
    row = made.services.programme.season(made.admin, acted.conference).row
    made.services.networks.correct(made.admin, CorrectNetwork(row.network_id, "Ledningen"))
    made.catch_up()
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says(
        f"om 155 dagar Ledningen, {row.title} Träff 1 av 2 ·", f"Bokningar Ledningen, {row.title} 2 platser"
    )
    assert browser.open(booked.address).says(f"om 155 dagar Ledningen {row.title} · träff 1 av 2")


def test_my_bookings_begin_with_what_is_to_be_done(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says(
        "Att göra Namnge 1 plats i Lära och förändra tillsammans",
        "Betala faktura 1 på 15 000 kr Senast torsdag 1 oktober. Se fakturan",
        "Februari 2027 3 ons Lära och förändra tillsammans Dag 1 · träff 1 av 2 · du, 1 namnges senare",
    )
    assert link(mine, "/seats/2/name").startswith(booked.address) and link(mine, "/invoices/")
    nobody = acted.browser("bertil").open(f"/{SLUG}/bookings")
    assert nobody.says("Du har inga bokningar än. Se programmet") and "Att göra" not in nobody.words


def test_a_booking_that_has_ended_is_folded_among_the_earlier_ones(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    browser.send(browser.open(booked.address + "/cancel"), "shown", do="cancel")
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says("Ingen bokning pågår.", "1 tidigare bokning", "Bokningen är avbokad.")
    assert "Nästa träff" not in mine.words and "Att göra" not in mine.words


def test_a_booking_begins_with_its_next_meeting_and_tells_its_story_with_what_is_ahead(acted: Stage) -> None:
    _, booked = booked_for_two(acted)
    assert booked.says(
        "onsdag 3 februari 2027 Nästa träff, om 155 dagar Lära och förändra tillsammans träff 1 av 2",
        "Anna du Byt person plats 1 Avboka plats 1",
        "Betalning senast 1 oktober",
        "Historik onsdag 3 februari Nästa träff: Dag 1",
        "torsdag 1 oktober Faktura 1, 15 000 kr, ska vara betald.",
    )
    acted.institute.at(2027, 2, 5)
    later = acted.browser("anna").open(booked.address)
    assert later.says("Alla träffar har varit.", "Betalning förfallen") and "Nästa träff" not in later.words
    assert acted.browser("anna").open(f"/{SLUG}/bookings").says("1 tidigare bokning", "Skulle ha betalats")


def test_who_only_sits_there_reads_what_has_happened_and_who_pays(acted: Stage) -> None:
    browser = acted.browser("anna")
    two = browser.send(season_page(browser, acted.conference), "wanted", do="add")
    browser.send(two, "wanted", do="book", name_2="Bertil", email_2="bertil@example.org")
    sitter = acted.browser("bertil")
    mine = sitter.open(f"/{SLUG}/bookings")
    theirs = sitter.open(next(each for each in mine.elements.links if "/bookings/" in each))
    assert theirs.says("Betalning Acme AB betalar", "2 platser bokades i Lära och förändra tillsammans. Av Anna")


def test_new_invoices_name_the_network_first_and_what_has_been_issued_keeps_its_words(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    made = acted.institute
    row = made.services.programme.season(made.admin, acted.conference).row
    made.services.networks.correct(made.admin, CorrectNetwork(row.network_id, "Ledningen"))
    again = browser.send(
        season_page(browser, acted.conference), "wanted", name_2="Bo", email_2="bo@x.example", do="book"
    )
    assert browser.open(link(again, "/invoices/")).says(f"Ledningen, {row.title}, 2 träffar 1 6 000,00")
    first = browser.open(link(booked, "/invoices/"))
    assert first.says(f"{row.title}, 2 träffar 2 6 000,00") and "Ledningen" not in first.words


def test_a_credit_note_on_its_way_is_said_while_the_invoice_still_asks_for_all(acted: Stage) -> None:
    browser, booked = booked_for_two(acted)
    browser.send(browser.open(booked.address + "/cancel"), "shown", do="cancel")
    made = acted.institute
    [row] = made.services.booking_questions.all(made.admin).items
    issued = list(made.services.invoice_questions.of_source(made.admin, row.booking_id))
    assert not waits_for_credit(row, issued)
    before = [replace(each, credit_notes=(), row=replace(each.row, balance=row.gross)) for each in issued]
    assert waits_for_credit(row, before)
