"""The finance desk: found by whatever is in one's hand, and every figure leads to what it is made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from domain.kernel.documents import ocr_of
from domain.kernel.ids import BookingId
from tests.scenarios.story import documents
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage

REPORTS = f"/{SLUG}/reports"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def book(acted: Stage, seats: int = 1, reference: str = "PO 4711") -> BookingId:
    made = acted.institute
    people = (Participant(acted.anna), *(Participant() for _ in range(seats - 1)))
    command = MakeBooking(acted.institute.conference(), people, made.acme, reference)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    return booking


def document(acted: Stage, number: int) -> str:
    """Where an invoice is shown."""
    rows = documents(acted.institute, "invoice")
    return f"/{SLUG}/invoices/{next(row.document_id for row in rows if row.number == number)}"


def link(page: Page, words: str) -> str:
    """The first link whose address has these words in it."""
    return next(each for each in page.elements.links if words in each)


def test_one_field_takes_a_number_an_ocr_a_sum_a_reference_a_name_and_an_address(acted: Stage) -> None:
    book(acted, 2, "Kostnadsställe 17")
    book(acted, 1, "PO 2")
    finance = acted.browser("finance")
    found = f"/{SLUG}/invoices?q="
    typed = "1", "Faktura 1", "ocr " + ocr_of(1), ocr_of(1), "15 000", "15000,00", "15 000 kr", "kostnadsställe 17"
    for words in typed:
        assert finance.open(found + words).says("Faktura 1", "15 000,00"), words
        assert finance.open(found + words).address.startswith(f"/{SLUG}/invoices/"), words
    acme = finance.open(found + "acme")
    assert acme.address == f"/{SLUG}/invoices" and acme.says("Faktura 1", "Faktura 2")
    assert finance.open(found + "556999-0004").says("Faktura 1", "Faktura 2")
    assert finance.open(found + "99 999").says("Inget passar.")


def test_a_payer_who_is_a_person_is_found_by_name_and_address(acted: Stage) -> None:
    made = acted.institute
    made.services.bookings.make(made.acting(acted.bertil), MakeBooking(made.conference(), (Participant(acted.bertil),)))
    finance = acted.browser("finance")
    for words in ("bertil", "bertil@example.org"):
        assert finance.open(f"/{SLUG}/invoices?q={words}").says("Faktura 1", "Bertil"), words


def test_a_sum_that_several_documents_come_to_is_a_list(acted: Stage) -> None:
    book(acted)
    booking = book(acted)
    made = acted.institute
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking))
    page = acted.browser("finance").open(f"/{SLUG}/invoices?q=7500")
    assert page.says("Träffar på ”7500”", "Faktura 1", "Faktura 2", "Kreditfaktura 1")


def test_only_staff_search(acted: Stage) -> None:
    book(acted)
    assert acted.browser("cecilia").open(f"/{SLUG}/invoices?q=1").says("Du har inga fakturor.")


def test_the_desk_shows_what_is_open_and_the_year(acted: Stage) -> None:
    book(acted, 2)
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/finance")
    assert page.says("Att få betalt", "Inte förfallet", "15 000 kr", "1 faktura", "Fakturerat och betalt per månad")
    assert '<svg role="group"' in page.html and "style=" not in page.html
    assert finance.open(link(page, "bucket=0")).says("Öppna fakturor", "Faktura 1", "Acme AB", "15 000,00")
    month = next(each for each in page.elements.links if "until=2026-09-30" in each and "/invoices" in each)
    assert finance.open(month).says("Faktura 1")
    assert acted.browser("anna").open(f"/{SLUG}/finance").status == 403


def test_what_is_late_stands_under_its_age_now_and_as_of_a_past_day(acted: Stage) -> None:
    book(acted)
    acted.institute.at(2026, 11, 15)
    finance = acted.browser("finance")
    page = finance.open(f"{REPORTS}/ageing")
    assert page.says("31–60 dagar sent", "7 500,00", "Summa", "Obetalt efter ålder")
    late = next(each for each in page.elements.links if "bucket=2" in each)
    assert finance.open(late).says("Faktura 1", "45")
    then = finance.open(f"{REPORTS}/ageing?on=2026-10-11")
    earlier = next(each for each in then.elements.links if "bucket=1" in each)
    assert "on=2026-10-11" in earlier and finance.open(earlier).says("Faktura 1", "10")


def test_the_vat_of_a_month_leads_to_the_documents_behind_it(acted: Stage) -> None:
    booking = book(acted, 2)
    made = acted.institute
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,)))
    finance = acted.browser("finance")
    page = finance.open(f"{REPORTS}/vat?from=2026-09-01&until=2026-09-30")
    assert page.says("25 %", "6 000,00", "1 500,00")
    behind = finance.open(link(page, "vat-documents"))
    assert behind.says("Faktura 1", "12 000,00", "Kreditfaktura 1", "\N{MINUS SIGN}6 000,00")
    assert finance.open(link(behind, "/invoices/")).says("Moms 25 %")
    assert finance.open(f"{REPORTS}/vat?from=2026-10-01&until=2026-10-31").says("Inget att visa")


def test_revenue_and_what_is_earned_of_it_lead_to_the_season(acted: Stage) -> None:
    book(acted)
    acted.institute.at(2027, 2, 3, 22)
    finance = acted.browser("finance")
    page = finance.open(f"{REPORTS}/revenue")
    assert page.says("Lära och förändra tillsammans", "6 000,00", "1 500,00", "7 500,00")
    earned = finance.open(f"{REPORTS}/deferred")
    assert earned.says("1 av 2", "3 000,00", "Intjänat och förutbetalt per säsong")
    season = finance.open(link(earned, "/reports/seasons/"))
    assert season.says("Så har platserna fyllts", "1 av 100", "6 000 kr", "1 september 2026")
    assert finance.open(link(season, "/invoices?season=")).says("Faktura 1")


def test_balances_lead_to_the_postings_and_they_to_the_documents(acted: Stage) -> None:
    book(acted)
    finance = acted.browser("finance")
    page = finance.open(f"{REPORTS}/accounts")
    assert page.says("Kundfordringar", "7 500,00", "Intäkter", "6 000,00", "Utgående moms 25 %", "1 500,00")
    journal = finance.open(link(page, "account=revenue"))
    assert journal.says("Huvudbok", "Faktura 1", "6 000,00")
    assert finance.open(link(journal, "/invoices/")).says("Faktura 1")


def test_seats_lines_and_payments_are_reconciled(acted: Stage) -> None:
    book(acted, 2)
    finance = acted.browser("finance")
    page = finance.open(f"{REPORTS}/reconciliation")
    assert page.says("Platser tagna", "2", "Avtalat", "15 000,00", "Platser utan fakturarad", "0")
    assert finance.open(link(page, "kind=seat_without_money")).says("Listan är tom: allt stämmer.")


def test_a_report_is_a_file_too(acted: Stage) -> None:
    book(acted)
    answer = acted.browser("finance").client.get(f"{REPORTS}/vat.csv?from=2026-09-01")
    assert answer.content_type.startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows == [["Skattesats", "Underlag", "Moms"], ["25\N{NO-BREAK SPACE}%", "6000,00", "1500,00"]]


def test_days_that_cannot_be_are_said_and_unknown_reports_are_not_there(acted: Stage) -> None:
    finance = acted.browser("finance")
    assert finance.open(f"{REPORTS}/ageing?on=2026-02-31").says("Skriv en dag")
    assert finance.open(f"{REPORTS}/nonsense").status == 404
    for report in (
        "ageing",
        "open",
        "vat",
        "revenue",
        "deferred",
        "earned",
        "accounts",
        "journal",
        "reconciliation",
        "matches",
    ):
        assert acted.browser("cecilia").open(f"{REPORTS}/{report}").status == 403, report
        assert finance.open(f"{REPORTS}/{report}").status == 200, report


def test_each_line_of_an_invoice_explains_itself(acted: Stage) -> None:
    book(acted, 2)
    page = acted.browser("finance").open(f"/{SLUG}/invoices?q=1")
    assert page.says(
        "Bokad tisdag 1 september 2026 kl. 10.00, 2 platser.",
        "Acme AB",
        "Prislista 1, som gällde 1 september 2026.",
        "Moms 25 % på 12 000,00 är 3 000,00",
    )
    assert any("/bookings/" in each for each in page.elements.links)


def test_a_credit_note_explains_when_the_cancellation_came_and_which_term_applied(acted: Stage) -> None:
    booking = book(acted)
    made = acted.institute
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking))
    member = acted.browser("anna")
    credited = member.open(link(member.open(f"/{SLUG}/invoices"), "/invoices/"))
    note = credited if "Kreditfaktura 1 " in credited.words else member.open(link(credited, "/invoices/"))
    assert note.says("Avbokningen kom in tisdag 1 september 2026 kl. 10.00 (2026-09-01 08:00 UTC).", "ingen kostnad")


def test_lists_and_reports_are_workbooks_too(acted: Stage) -> None:
    book(acted, 2)
    client = acted.browser("finance").client
    for address in (f"/{SLUG}/invoices.xlsx?status=open", f"{REPORTS}/vat.xlsx", f"{REPORTS}/journal.xlsx"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        sheet = load_workbook(io.BytesIO(answer.data)).active
        assert sheet is not None and sheet.max_row > 1, address
        assert any(cell in (12_000, 15_000) for row in sheet.iter_rows(values_only=True) for cell in row), address
        if "vat" not in address:  # days are days, so that a spreadsheet sorts and filters them
            days = [cell for row in sheet.iter_rows() for cell in row if cell.is_date]
            assert {(str(cell.value), cell.number_format) for cell in days} >= {("2026-09-01 00:00:00", "yyyy-mm-dd")}


def test_what_comes_late_to_a_closed_period_is_said_where_it_happens(acted: Stage) -> None:
    """The field says until when the books are handed over; what is dated earlier is listed for the next file."""
    book(acted)
    finance = acted.browser("finance")
    acted.institute.at(2026, 10, 3)
    assert "är överlämnat till bokföringen" not in finance.open(document(acted, 1)).words
    finance.send(finance.open(f"/{SLUG}/bookkeeping"), "from_on")
    page = finance.open(document(acted, 1))
    assert page.says("Till och med 30 september 2026 är överlämnat till bokföringen.")
    finance.send(page, "amount", received_on="2026-09-29", reference="BG 1")
    late = finance.open(f"/{SLUG}/bookkeeping")
    assert late.says("Kommer med i nästa fil", "29 september 2026", "Betalning, Faktura 1", "7 500,00")
    assert "ligger i ingen överlämnad period" not in late.words
    early = finance.send(late, "from_on", from_on="2026-10-01", until_on="2026-10-31")
    assert early.status == 409 and early.says("Perioden slutar 31 oktober 2026 och är inte över.")
    acted.institute.at(2026, 11, 2)
    finance.send(late, "from_on", from_on="2026-10-01", until_on="2026-10-31")
    done = finance.open(f"/{SLUG}/bookkeeping")
    assert "Kommer med i nästa fil" not in done.words


def test_days_that_no_period_covers_are_told(acted: Stage) -> None:
    """Whoever hands October over and forgets September is told what was left out."""
    book(acted)
    finance = acted.browser("finance")
    acted.institute.at(2026, 11, 3)
    asked = finance.send(finance.open(f"/{SLUG}/bookkeeping"), "from_on")
    assert asked.status == 409 and asked.says("Perioden är inte färdig.", "ingen period tar med: 1")
    finance.send(asked, "from_on", confirmed="yes")
    told = finance.open(f"/{SLUG}/bookkeeping")
    assert told.says("1 september 2026 – 1 september 2026: 1 verifikation ligger i ingen överlämnad period.")


@pytest.mark.parametrize("balance", [2_270_05, 100_00, 99_90])
def test_what_is_left_to_pay_is_what_the_field_proposes(acted: Stage, balance: int) -> None:
    book(acted)
    finance, gross = acted.browser("finance"), 7_500_00
    paid = f"{(gross - balance) // 100},{(gross - balance) % 100:02}"
    finance.send(finance.open(document(acted, 1)), "amount", amount=paid, reference="BG 1")
    assert finance.open(document(acted, 1)).form("amount")["amount"] == [f"{balance // 100},{balance % 100:02}"]


def test_a_period_is_handed_over_once_and_its_file_stays_the_same(acted: Stage) -> None:
    book(acted)
    finance = acted.browser("finance")
    acted.institute.at(2026, 10, 3)
    page = finance.open(f"/{SLUG}/bookkeeping")
    assert page.form("from_on")["from_on"] == ["2026-09-01"] and page.form("from_on")["until_on"] == ["2026-09-30"]
    done = finance.send(page, "from_on")
    assert done.says("Perioden är överlämnad.", "Nr 1: 1 september 2026 – 30 september 2026", "3 oktober 2026")
    assert done.says("Ta tillbaka")
    finance.press(done, "/back")
    done = finance.send(finance.open(f"/{SLUG}/bookkeeping"), "from_on")
    assert done.says("Nr 2: 1 september 2026")
    first = finance.client.get(link(done, ".si"))
    assert first.status_code == 200 and b"#VER" in first.data and b"1510" in first.data
    again = finance.send(finance.open(f"/{SLUG}/bookkeeping"), "from_on")
    assert again.says("Perioden var redan överlämnad. Filen är densamma.", "Filen hämtad 3 oktober 2026.")
    assert "Ta tillbaka" not in again.words
    assert finance.client.get(link(again, ".si")).data == first.data
    overlapping = finance.send(again, "from_on", until_on="2026-10-02")
    assert overlapping.status == 409 and overlapping.says("Nr 2")
    assert finance.send(again, "from_on", until_on="").status == 422


def test_accounts_are_chosen_by_finance_and_read_by_admins(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/bookkeeping/accounts")
    assert page.says("Kundfordringar", "Utgående moms 25 %", "Intäkter av varor, export", "Dimensioner i SIE-filen")
    assert finance.send(page, "receivable", receivable="1511").says("Kontona är sparade.")
    assert finance.open(f"/{SLUG}/bookkeeping/accounts").form("receivable")["receivable"] == ["1511"]
    for wrong in ("151", "kundfordringar"):
        refused = finance.send(page, "receivable", receivable=wrong)
        assert refused.status == 422 and 'id="receivable-problem"' in refused.html, wrong
    admin = acted.browser("admin")
    read = admin.open(f"/{SLUG}/bookkeeping/accounts")
    assert read.says("Kundfordringar 1511") and "Spara kontona" not in read.words and 'id="receivable"' not in read.html
    assert acted.browser("anna").open(f"/{SLUG}/bookkeeping").status == 403


def test_the_list_is_narrowed_by_network_season_and_day_and_its_totals_follow(acted: Stage) -> None:
    book(acted, 2)
    acted.institute.at(2026, 9, 20)
    book(acted)
    made = acted.institute
    seasons = {each.season_id: each.gross for each in made.services.invoice_questions.sums(made.finance) if each.gross}
    first = next(season for season, gross in seasons.items() if gross == 1_500_000)
    network = made.services.programme.season(made.admin, first).row.network_id
    finance = acted.browser("finance")
    address = f"/{SLUG}/invoices"
    assert finance.open(address).says("Summa, 2 dokument", "22 500,00")
    for narrowed in (f"season={first}", f"network={network}", "on=2026-09-19", "until=2026-09-19"):
        page = finance.open(f"{address}?{narrowed}")
        assert page.says("Summa, 1 dokument", "15 000,00", "Faktura 1") and "Faktura 2" not in page.words, narrowed
        assert narrowed in link(page, ".csv"), narrowed
    assert finance.open(f"{address}?on=2026-02-31").says("Skriv en dag")


def test_deferred_revenue_is_shown_and_posted_on_a_page(acted: Stage) -> None:
    book(acted)
    acted.institute.at(2026, 10, 3)
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/bookkeeping/closings")
    assert page.says("Förutbetalt 30 september 2026", "6 000,00", "Ingen periodisering är bokad än.")
    done = finance.press(page, "/closings")
    assert done.says("Periodiseringen är bokad, och återförs dagen efter.", "30 september 2026: 6 000 kr")
    again = finance.press(done, "/closings")
    assert again.says("Dagen var redan periodiserad.")
    early = finance.press(again, "/closings", on="2026-10-03")
    assert early.status == 409 and early.says("är inte över")


def test_the_vat_return_is_made_on_a_page_and_leads_to_its_documents(acted: Stage) -> None:
    book(acted)
    acted.institute.at(2026, 10, 3)
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/bookkeeping/vat")
    assert page.says(
        "1 juli 2026 till 30 september 2026", "05 Momspliktig försäljning", "6 000", "10 Utgående moms 25 %"
    )
    assert page.says("Lämnas och betalas senast 12 november 2026.")
    assert finance.open(link(page, "vat-documents")).says("Faktura 1", "1 500,00")
    early = finance.open(f"/{SLUG}/bookkeeping/vat?on=2026-10-03")
    assert early.says("Perioden deklareras när den är slut, efter 31 december 2026.") and "box_48" not in early.html
    done = finance.send(page, "box_48", box_48="500")
    assert done.says("Deklarationen är gjord.", "Perioden är deklarerad, nr 1.", "Att betala 1 000 kr")
    assert b"<MomsBetala>1000</MomsBetala>" in finance.client.get(link(done, ".xml")).data
    again = finance.send(done, "box_48")
    assert again.says("Deklarationen var redan gjord med samma belopp.")
    corrected = finance.send(again, "box_48", box_48="700")
    assert corrected.says("Rättar nr 1.", "Att betala 800 kr")
    assert finance.send(corrected, "box_48", box_48="fem").status == 422
    monthly = finance.press(corrected, "/vat/periods", months="1")
    assert monthly.says("Redovisningsperioden är sparad.", "1 juli 2026 till 30 september 2026", "deklarerad, nr 2")
    october = finance.open(f"/{SLUG}/bookkeeping/vat?on=2026-10-03")
    assert october.says("1 oktober 2026 till 31 oktober 2026", "senast 14 december 2026.")
    assert october.says("40 miljoner kronor i beskattningsunderlag om året: senast 26 november")
    assert finance.press(monthly, "/vat/periods", months="12").says("Redovisningsperioden är sparad.")
    before = finance.open(f"/{SLUG}/bookkeeping/vat?on=2025-10-03")
    assert before.says("Lämnas och betalas senast 26 februari 2026, eller med inkomstdeklarationen")


def test_finance_chooses_from_when_vat_on_invoices_sent_ahead_is_owed(acted: Stage) -> None:
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/bookkeeping/vat")
    assert page.says("Förskottsfakturor", "när fakturan betalas eller träffen hålls, det som kommer först")
    assert finance.press(page, "/vat/advances", way="when_paid_or_held", advances_from="").status == 422
    chosen = {"way": "when_paid_or_held", "advances_from": "2026-09-01"}
    done = finance.press(page, "/vat/advances", **chosen)
    assert done.says("Valet om förskottsfakturor är sparat.", "Fakturor från 1 september 2026: när de betalas")
    book(acted)
    acted.institute.at(2026, 10, 3)
    page = finance.open(f"/{SLUG}/bookkeeping/vat")
    assert page.says("Inget såldes i perioden.", "1 500 kr när perioden slutar, 0 kr när den började")
    assert finance.open(link(page, "dormant-vat")).says("Faktura 1", "Acme AB", "6 000,00", "1 500,00")
    english = acted.browser("finance", "en").open(f"/{SLUG}/bookkeeping/vat")
    assert english.says("Invoices from 1 September 2026: when they are paid or the meeting is held.")
    declared = finance.send(page, "box_48")
    assert declared.says("Deklarationen är gjord.", "Att betala 0 kr")
    journal = finance.open(f"/{SLUG}/reports/journal?account=vat_dormant_2500")
    assert journal.says("Vilande moms", "Återförd vilande moms", "Vilande utgående moms 25 %")
    late = finance.press(declared, "/vat/advances", **{**chosen, "way": "on_invoice"})
    assert late.status == 409 and late.says("Dagar till och med 30 september 2026 är redan deklarerade")


def test_codes_are_chosen_on_a_page_and_a_second_tab_does_not_undo_them(acted: Stage) -> None:
    book(acted)
    finance = acted.browser("finance")
    page = finance.open(f"/{SLUG}/bookkeeping/codes")
    network, *_ = acted.institute.services.bookkeeping_questions.codes(acted.institute.finance)
    field = str(network.object_id)
    assert finance.send(page, field, **{field: "lof"}).says("Koderna är sparade.")
    late = finance.send(page, field, **{field: "sen"}, key="another")
    assert late.status == 409
    wrong = finance.send(finance.open(f"/{SLUG}/bookkeeping/codes"), field, **{field: "L-F"})
    assert wrong.status == 422 and wrong.says(f"{network.name}: Koden har ett till sex tecken, A–Z och 0–9")
