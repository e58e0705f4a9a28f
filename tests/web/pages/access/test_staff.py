"""The pages of staff: rosters of any day, running a season, finding and paying invoices, people and organisations."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.affiliation import ClaimAffiliation
from application.people.organisation import RegisterOrganisation
from application.people.participant import Participant
from application.people.person import ErasePerson
from domain.kernel.documents import ocr_of
from domain.kernel.eligibility import Ground
from domain.kernel.ids import BookingId
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def book(acted: Stage, *participants: Participant) -> BookingId:
    made = acted.institute
    command = MakeBooking(acted.conference, participants, made.acme, "PO 4711")
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_roster_of_today_and_of_any_past_day(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    made.at(2026, 12, 1)
    booking = book(acted, Participant(acted.anna), Participant())
    made.at(2026, 12, 20)
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (1,)))
    address = f"/{SLUG}/seasons/{acted.conference}/roster"
    today = admin.open(address)
    assert today.says("1 av 3 platser är tagna", "Acme AB", "namnges senare") and "anna@example.org" not in today.words
    then = admin.open(f"{address}?on=2026-12-15")
    assert then.says("Så såg listan ut tisdag 15 december 2026", "Anna", "anna@example.org", "namnges senare")
    assert admin.open(f"{address}?on=2026-11-15").says("Ingen står på listan.")
    assert admin.open(f"{address}?on=2026-12-19&known=2026-11-30").says("Ingen står på listan.", "som det var känt")


def test_the_roster_as_a_file_holds_no_formula(acted: Stage) -> None:
    made = acted.institute
    person = made.person("=cmd", made.acme)
    book(acted, Participant(person))
    made.catch_up()
    file = acted.browser("admin").client.get(f"/{SLUG}/seasons/{acted.conference}/roster.csv")
    assert file.content_type.startswith("text/csv")
    assert rows_of(file.text)[1] == ["Acme AB", "'=cmd", "'=cmd@example.org", "1", ""]


def test_only_admins_see_a_roster_and_the_desk(acted: Stage) -> None:
    for address in (f"/{SLUG}/seasons/{acted.conference}/roster", f"/{SLUG}/desk", f"/{SLUG}/people"):
        for who in ("anna", "finance"):
            page = acted.browser(who).open(address)
            assert page.status == 403 and page.says("Det får du inte göra")
        assert acted.browser().open(address).says("Logga in")


def test_a_season_is_run_from_one_page(acted: Stage) -> None:
    admin = acted.browser("admin")
    address = f"/{SLUG}/seasons/{acted.network}/run"
    page = admin.press(admin.open(address), address, do="close")
    assert page.says("Bokningen stängde 1 september 2026.")
    assert admin.send(page, "closes_on", do="open", closes_on="2026-10-31").says("till och med lördag 31 oktober 2026")
    page = admin.send(admin.open(address), "seats", do="seats", seats="25")
    assert page.says("Antalet platser är ändrat.", "0 av 25 är tagna.")
    refused = admin.send(page, "seats", do="seats", seats="-1")
    assert refused.status == 422 and 'id="seats-problem"' in refused.html
    assert admin.send(page, "seats", do="seats", seats="fem").says("Skriv ett heltal")


def test_a_meeting_is_moved_postponed_and_called_off_with_the_reason(acted: Stage) -> None:
    admin = acted.browser("admin")
    address = f"/{SLUG}/seasons/{acted.network}/run"
    page = admin.open(address)
    first = page.form("start")
    assert first["start"] == ["2026-10-28T09:30"] and first["venue"] == ["Konferenscentrum, Stockholm"]
    moved = admin.send(page, "start", do="schedule", start="2026-10-29T13:00", end="2026-10-29T16:00")
    assert moved.says("Tid och plats är sparade.", "torsdag 29 oktober 2026, 13.00–16.00")
    wrong = admin.send(moved, "start", do="schedule", end="2026-10-29T12:00")
    assert wrong.status == 422 and 'id="end-1-problem"' in wrong.html
    month = admin.send(moved, "start", do="schedule", start="", end="", month="2026-11")
    assert month.says("november 2026, dag kommer")
    assert admin.send(month, "start", do="postpone", reason="").says("Fyll i skälet.")
    postponed = admin.send(month, "start", do="postpone", reason="Lokalen är stängd.")
    assert postponed.says("Träffen är uppskjuten tills vidare.", "Lokalen är stängd.")
    assert admin.send(postponed, "start", do="call_off", reason="Ställs in.").says("Träffen är inställd.")
    planned = admin.send(admin.open(address), "title", do="plan", title="En till", start="", end="", month="")
    assert planned.says("Träffen är planerad.", "En till")


def test_invoices_are_found_by_number_ocr_and_organisation(acted: Stage) -> None:
    book(acted, Participant(acted.anna))
    finance = acted.browser("finance")
    address = f"/{SLUG}/invoices"
    assert finance.open(address).says("Faktura 1", "Acme AB", "7 500,00", "obetald", "Summa, 1 dokument")
    for found in ("q=1", f"q={ocr_of(1)}", "q=acme", "status=open", "kind=invoice", "from=2026-09-01"):
        assert finance.open(f"{address}?{found}").says("Faktura 1"), found
    assert finance.open(f"{address}?q=2").says("Inget passar.")
    for not_found in ("status=paid", "kind=credit_note", "from=2026-09-02"):
        assert finance.open(f"{address}?{not_found}").says("Inga fakturor passar."), not_found
    assert finance.open(f"{address}?q=nobody").says("Inget passar. Sök på ett nummer")


def test_several_organisations_that_match_are_offered_by_name(acted: Stage) -> None:
    made = acted.institute
    made.services.organisations.register(made.admin, RegisterOrganisation("Acme Norr AB", "556999-4006"))
    page = acted.browser("finance").open(f"/{SLUG}/invoices?q=acme")
    assert page.says("Träffar på ”acme”", "Acme AB", "Acme Norr AB")


def test_an_invoice_says_all_that_the_law_asks(acted: Stage) -> None:
    book(acted, Participant(acted.anna), Participant())
    page = open_invoice(acted, "finance")
    assert page.says(
        "Faktura 1", "Institutet", "Lilla gatan 2, 111 30 Stockholm", "556036-0793", "991-2346",
        "Acme AB", "Storgatan 1, 111 22 Stockholm", "556999-0004", "SE556999000401", "PO 4711",
        "1 september 2026", "1 oktober 2026", ocr_of(1), "Dag 1: 3 februari 2027", "Dag 2: 4 februari 2027",
        "6 000,00", "12 000,00", "25 %", "Moms 25 % på 12 000,00", "3 000,00", "15 000,00",
    )  # fmt: skip


def open_invoice(acted: Stage, who: str) -> Page:
    made = acted.institute
    made.catch_up()
    document = made.services.invoice_questions.list(made.finance, DocumentFilter()).items[0].document_id
    return acted.browser(who).open(f"/{SLUG}/invoices/{document}")


def test_a_payment_is_recorded_once_by_finance_alone(acted: Stage) -> None:
    book(acted, Participant(acted.anna))
    finance = acted.browser("finance")
    page = open_invoice(acted, "finance")
    wrong = finance.send(page, "amount", amount="mycket", reference="", received_on="2026-09-01")
    assert wrong.status == 422 and wrong.says("Skriv ett belopp", "Fyll i referensen.")
    tomorrow = finance.send(page, "amount", amount="7500", reference="BG 1", received_on="2026-09-02")
    assert tomorrow.status == 422 and tomorrow.says("Dagen då pengarna kom har inte kommit än (2026-09-02).")
    paid = finance.send(page, "amount", amount="7 500,00", reference="BG 1", received_on="2026-09-01")
    assert paid.says("Betalningen är bokförd.", "betald", "tisdag 1 september 2026 Betalt 7 500 kr via bank, BG 1")
    again = finance.send(paid, "amount", amount="7500", reference="BG 1", received_on="2026-09-01")
    assert again.status == 409
    assert all("amount" not in form for form in open_invoice(acted, "anna").elements.forms)
    assert open_invoice(acted, "cecilia").status == 404


def test_sums_for_each_season_lead_to_the_documents_behind_them(acted: Stage) -> None:
    booking = book(acted, Participant(acted.anna), Participant())
    made = acted.institute
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,)))
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/invoices/sums")
    assert page.says("Lära och förändra tillsammans", "7 500,00", "Alla säsonger")
    behind = next(each for each in page.elements.links if f"season={acted.conference}" in each)
    assert finance.open(behind).says("Faktura 1", "Kreditfaktura 1")


def test_invoices_as_a_file_can_be_added_up(acted: Stage) -> None:
    booking = book(acted, Participant(acted.anna))
    made = acted.institute
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking))
    made.catch_up()
    header, *rows = rows_of(acted.browser("finance").client.get(f"/{SLUG}/invoices.csv").text)
    assert sorted(row[header.index("Inkl. moms")] for row in rows) == ["-7500,00", "7500,00"]


def test_members_see_their_own_invoices_and_no_search(acted: Stage) -> None:
    book(acted, Participant(acted.anna))
    page = acted.browser("anna").open(f"/{SLUG}/invoices")
    assert page.says("Faktura 1") and "Summor per säsong" not in page.words
    assert acted.browser("cecilia").open(f"/{SLUG}/invoices").says("Du har inga fakturor.")


def test_people_and_organisations_are_found_by_a_part_of_the_name(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/people?q=bert")
    assert page.says("Bertil", "bertil@example.org", "specialist, Acme AB") and "Cecilia" not in page.words
    assert admin.open(f"/{SLUG}/people?q=zzz").says("Ingen passar ”zzz”.")
    found = admin.open(f"/{SLUG}/organisations?q=556999")
    assert found.says("Acme AB", "medlem 1 januari 2026 – 31 december 2027")
    one = next(each for each in found.elements.links if re.search("/organisations/[0-9a-f-]{36}$", each))
    assert admin.open(one).says("Storgatan 1, 111 22 Stockholm", "Kontaktpersoner", "Anna")


def test_what_happened_later_than_a_day_does_not_show_on_that_day(acted: Stage) -> None:
    acted.institute.clock.instant = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)  # 23.59 in Stockholm
    book(acted, Participant(acted.anna))
    address = f"/{SLUG}/seasons/{acted.conference}/roster"
    admin = acted.browser("admin")
    assert admin.open(f"{address}?on=2026-12-01").says("Anna")
    assert admin.open(f"{address}?on=2026-11-30").says("Ingen står på listan.")
    assert admin.open(f"{address}?on=9999-12-31").says("Skriv en dag")


def test_people_are_filtered_sorted_and_saved_as_csv_and_xlsx(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    made.services.affiliations.claim(made.acting(acted.bertil), ClaimAffiliation(acted.bertil, Ground.ALUMNUS, "2019"))
    made.person("Åke", made.acme)
    made.catch_up()
    address = f"/{SLUG}/people"
    claimed = admin.open(f"{address}?only=claimed")
    assert claimed.says("Bertil") and "Cecilia" not in claimed.words
    latest = admin.open(f"{address}?order=latest").words
    assert latest.index("Åke") < latest.index("Bertil") < latest.index("Anna")
    by_name = admin.open(address).words
    assert by_name.index("Bertil") < by_name.index("Sara") < by_name.index("Åke")
    header, *rows = rows_of(admin.client.get(f"{address}.csv?q=bertil").text)
    assert header[0] == "Namn" and [row[0] for row in rows] == ["Bertil"]
    assert "alumn (uppgiven, ska verifieras)" in rows[0]
    book = load_workbook(io.BytesIO(admin.client.get(f"{address}.xlsx").data), read_only=True)
    assert "Åke" in [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    assert admin.client.get(f"{address}.pdf").status_code == 404
    assert acted.browser("finance").client.get(f"{address}.csv").status_code == 403


def test_organisations_are_saved_as_files_and_show_who_works_there(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    book(acted, Participant(acted.anna))
    made.catch_up()
    rows = rows_of(admin.client.get(f"/{SLUG}/organisations.csv?q=acme").text)
    assert rows[1][:3] == ["Acme AB", "556999-0004", "näringsliv"]
    page = admin.open(f"/{SLUG}/organisations/{made.acme}")
    assert page.says("Arbetar här", "Anna", "Bertil", "Faktura 1", "7 500 kr", "obetald")
    assert "Cecilia" not in page.words


def test_an_erased_person_is_out_of_the_search_at_the_next_question(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    assert admin.open(f"/{SLUG}/people?q=cecilia").says("cecilia@example.org")
    cecilia = made.services.people_questions.people(made.admin, "cecilia").items[0].person_id
    made.services.people.erase(made.admin, ErasePerson(cecilia))
    assert admin.open(f"/{SLUG}/people?q=cecilia").says("Ingen passar")
    assert admin.open(f"/{SLUG}/people?only=erased").says("raderad person")


def test_the_kitchen_is_told_counts_and_needs_and_nobodys_name(acted: Stage) -> None:
    """S62: the organiser sees who needs what, the kitchen how many, finance nothing of it."""
    made, admin = acted.institute, acted.browser("admin")
    book(acted, Participant(acted.anna), Participant(acted.bertil), Participant())
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/people/{acted.anna}/needs")
    assert anna.send(page, "needs", needs="Nötallergi").says("Det är sparat.", "Nötallergi")
    address = f"/{SLUG}/seasons/{acted.conference}"
    assert admin.open(f"{address}/roster").says("Anna", "Nötallergi")
    kitchen = admin.open(f"{address}/catering")
    assert kitchen.says("Alla platser 3", "Nötallergi 1") and "Anna" not in kitchen.words
    file = rows_of(admin.client.get(f"{address}/catering.csv").text)
    assert file == [["Behov", "Antal"], ["Alla platser", "3"], ["Nötallergi", "1"]]
    for who in ("finance", "bertil"):
        for path in (f"{address}/catering", f"{address}/roster", f"{address}/catering.xlsx"):
            assert acted.browser(who).open(path).status == 403
    assert acted.browser("bertil").open(f"/{SLUG}/people/{acted.anna}/needs").status == 404
    made.services.people.erase(made.admin, ErasePerson(acted.anna))
    assert "Nötallergi" not in admin.open(f"{address}/roster").words


def test_the_roster_is_filtered_saved_and_made_badges_of(acted: Stage) -> None:
    admin = acted.browser("admin")
    book(acted, Participant(acted.anna), Participant(acted.bertil), Participant())
    address = f"/{SLUG}/seasons/{acted.conference}/roster"
    found = admin.open(f"{address}?q=bert")
    assert found.says("3 av 3 platser är tagna, 1 visas", "Bertil") and "anna@example.org" not in found.words
    unnamed = admin.open(f"{address}?only=unnamed")
    assert unnamed.says("1 visas", "namnges senare")
    assert admin.open(f"{address}?organisation=Bolt+AB").says("Ingen står på listan.")
    book_ = load_workbook(io.BytesIO(admin.client.get(f"{address}.xlsx?q=anna").data), read_only=True)
    rows = list(book_.worksheets[0].iter_rows(values_only=True))
    book_.close()
    assert rows[0][:2] == ("Organisation", "Namn") and [row[1] for row in rows[1:]] == ["Anna"]
    badges = admin.open(f"/{SLUG}/seasons/{acted.conference}/badges")
    assert badges.says("Anna", "Bertil", "Acme AB") and badges.html.count('<span class="name">') == 3
