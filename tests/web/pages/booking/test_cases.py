"""A member follows their own cases on the pages: what waits, how it ended and why, and answers what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from application.billing.crediting import CreditInvoice, PartOfLine
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation, WithdrawCancellation
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from application.booking.transfer_proposal import DifferencePaidBy, ProposeTransfer
from application.people.organisation import AppointContact
from application.people.participant import Participant
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, CancellationId, InvoiceId, PersonId
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

AFTER_THE_DEADLINE = datetime(2027, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage) -> BookingId:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def asked(acted: Stage, booking: BookingId, seat: int, plea: str) -> CancellationId:
    made = acted.institute
    made.clock.instant = AFTER_THE_DEADLINE
    command = RequestCancellation(booking, (seat,), plea=plea)
    return made.services.cancellations.request(made.acting(acted.anna), command).answer.cancellation_id


def look(browser: Browser, booking: BookingId) -> Page:
    return browser.open(f"/{SLUG}/bookings/{booking}")


def propose(acted: Stage, booking: BookingId, paid_by: DifferencePaidBy) -> None:
    made = acted.institute
    to = Participant(name="Cecilia", email="cecilia@example.org")
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 1, to, "Nytt arbete", paid_by))


def cecilia(acted: Stage) -> PersonId:
    found = acted.institute.services.people_questions.people(acted.institute.admin, "cecilia").items
    return found[0].person_id


def test_a_request_that_waits_is_seen_and_taken_back(acted: Stage) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    asked(acted, booking, 2, "Sjukdom i familjen.")
    waiting = look(browser, booking)
    assert waiting.says(
        "Bertil: begäran om avbokning kom in 5 januari 2027 och väntar på arrangörens beslut.", "Sjukdom i familjen."
    )
    back = browser.press(waiting, "/withdraw")
    assert back.says("Begäran är återtagen.", "Bertil: begäran om avbokning togs tillbaka 5 januari 2027.")
    assert "Sjukdom i familjen." not in back.words and "Ta tillbaka begäran" not in back.words
    assert acted.browser("admin").open(f"/{SLUG}/desk").says("Inget väntar på beslut.", "återtagen")


def test_how_a_request_ended_is_told_with_the_reason(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    settlements = made.services.settlements
    settlements.decline(made.admin, DeclineCancellation(asked(acted, booking, 1, "Vill inte."), "För sent."))
    settlements.waive(made.admin, WaiveCancellation(asked(acted, booking, 1, "Sjuk."), "Läkarintyg."))
    settlements.grant(made.admin, GrantCancellation(asked(acted, booking, 2, "Sjuk.")))
    page = look(acted.browser("anna"), booking)
    assert page.says(
        "Anna: begäran om avbokning avslogs 5 januari 2027. Inget är avbokat. Skäl: För sent.",
        "Anna: avbokningen eftergavs 5 januari 2027. 7 500 kr krediteras. Skäl: Läkarintyg.",
        "Bertil: avbokningen beviljades 5 januari 2027 enligt villkoren. Inget krediteras.",
    )
    english = look(acted.browser("anna", "en"), booking)
    assert english.says("Anna: the charge for the cancellation was waived on 5 January 2027. SEK 7,500 is credited.")


def test_who_only_sits_beside_reads_and_takes_back_nobody_elses_request(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    annas = asked(acted, booking, 1, "En hemlighet.")
    page = look(acted.browser("bertil"), booking)
    assert "En hemlighet." not in page.words and "begäran" not in page.words
    with pytest.raises(NotAllowed):
        made.services.cancellations.withdraw(made.acting(acted.bertil), WithdrawCancellation(annas))
    asked(acted, booking, 2, "Bertils skäl.")
    assert look(acted.browser("bertil"), booking).says("Bertil: begäran om avbokning kom in", "Bertils skäl.")
    assert "Bertils skäl." not in look(acted.browser("finance"), booking).words


def test_who_takes_a_seat_over_does_not_read_what_was_asked_about_it_before(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    before = asked(acted, booking, 1, "En hemlighet.")
    made.services.settlements.decline(made.admin, DeclineCancellation(before, "Nej, av hemliga skäl."))
    made.person("Disa", made.acme)
    disa = Participant(name="Disa", email="disa@example.org")
    made.services.transfers.propose(made.acting(acted.anna), ProposeTransfer(booking, 1, disa))
    made.catch_up()
    member = made.acting(made.services.people_questions.people(made.admin, "disa").items[0].person_id)
    seen = made.services.desk.of_booking(member, booking)
    assert [(case.kind, case.status) for case in seen] == [("transfer", "accepted")]


def test_a_transfer_to_another_organisation_waits_for_its_contact(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    propose(acted, booking, DifferencePaidBy.NEW_ORGANISATION)
    assert look(acted.browser("anna"), booking).says(
        "Anna föreslås lämna sin plats till Cecilia. Förslaget väntar på ett ja.",
        "Mellanskillnaden är 7 500 kr inkl. moms.",
        "Skäl: Nytt arbete",
    )
    assert "Svara på förslaget" not in look(acted.browser("anna"), booking).words
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.bolt, cecilia(acted)))
    browser = acted.browser("cecilia")
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says("Väntar på ditt svar", "Lära och förändra tillsammans", "Anna föreslås lämna sin plats")
    asking = browser.open(next(each for each in mine.elements.links if "/transfers/" in each))
    assert asking.says("Ja, platsen byter deltagare · 7 500 kr inkl. moms")
    yes = browser.send(asking, "reason", do="accept")
    assert yes.says("Du har svarat ja: platsen har bytt deltagare.") and "Väntar på ditt svar" not in yes.words
    assert look(acted.browser("bertil"), booking).says("Cecilia")
    assert look(acted.browser("anna"), booking).says("Cecilia tog över platsen efter Anna")


def test_who_would_take_the_seat_may_say_no_and_says_why(acted: Stage) -> None:
    booking = booked(acted)
    propose(acted, booking, DifferencePaidBy.PAYER)
    browser = acted.browser("cecilia")
    mine = browser.open(f"/{SLUG}/bookings")
    asking = browser.open(next(each for each in mine.elements.links if "/transfers/" in each))
    assert asking.says("Den som betalar svarar ja. Du kan tacka nej.")
    silent = browser.send(asking, "reason", do="decline", reason="")
    assert silent.status == 422 and 'id="reason-problem"' in silent.html
    assert browser.send(asking, "reason", do="accept").status == 404
    no = browser.send(silent, "reason", do="decline", reason="Jag är bortrest.")
    assert no.says("Du har svarat nej: platsen blir som den var.")
    assert look(acted.browser("anna"), booking).says("Cecilia tar inte över platsen", "Skäl: Jag är bortrest.")
    assert browser.open(asking.address).status == 404


def test_a_proposal_is_nobody_elses_to_answer(acted: Stage) -> None:
    booking = booked(acted)
    propose(acted, booking, DifferencePaidBy.NEW_ORGANISATION)
    acted.institute.catch_up()
    case = acted.institute.services.desk.list(acted.institute.admin).items[0].case_id
    for who in ("bertil", "finance"):
        browser = acted.browser(who)
        assert "Väntar på ditt svar" not in browser.open(f"/{SLUG}/bookings").words
        assert browser.open(f"/{SLUG}/transfers/{case}").status == 404


def test_waiving_says_what_it_gives_back_now_and_no_other_sum_is_given_back(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    asked(acted, booking, 1, "Sjuk.")
    made.catch_up()
    browser = acted.browser("admin")
    shown = browser.open(f"/{SLUG}/desk")
    assert shown.says("Efterge · 7 500 kr krediteras")
    [invoice] = made.services.invoice_questions.of_source(made.finance, booking)
    made.services.crediting.credit(made.finance, CreditInvoice(InvoiceId(invoice.row.document_id), "Avtal"))

    told = browser.press(shown, "/desk/", do="waive", reason="Läkarintyg.")
    assert "eftergiven" not in told.words and "Läkarintyg." in told.words
    assert "Efterge ·" not in told.words


def test_the_desk_shows_the_day_and_its_queue_one_open_all_in_sight(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    admin = acted.browser("admin")
    calm = admin.open(f"/{SLUG}/desk")
    assert calm.says("Inget väntar på beslut.", "Bokat i dag", "2 platser", "Nästa träff", "bokade 2 platser i")
    asked(acted, booking, 2, "Sjuk.")
    made.clock.instant += timedelta(days=2)
    propose(acted, booking, DifferencePaidBy.PAYER)
    made.catch_up()
    page = admin.open(f"/{SLUG}/desk")
    assert page.html.count('<details name="case"') == 2 and page.says("2 dagar", "i dag", "Alla 2", "Överlåtelser 1")
    assert page.html.count(" open>") == 1 and page.html.index(" open>") < page.html.index("avboka 1 plats")
    picked = admin.open(f"/{SLUG}/desk?only=transfer")
    assert picked.html.count('name="case"') == 1 and "avboka 1 plats" not in picked.words
    assert admin.open(f"/{SLUG}/desk?only=nonsense").html.count('name="case"') == 2


def test_who_decides_what_another_has_decided_is_told_so_at_the_desk(acted: Stage) -> None:
    case = asked(acted, booked(acted), 2, "Sjuk.")
    acted.institute.catch_up()
    first, second = acted.browser("admin"), acted.browser("admin")
    seen, old = first.open(f"/{SLUG}/desk"), second.open(f"/{SLUG}/desk")
    unsaid = first.press(seen, f"/desk/{case}", do="decline", reason="")
    assert unsaid.status == 422 and unsaid.says("Fyll i skälet.")
    first.press(seen, f"/desk/{case}", do="decline", reason="För sent.")
    told = second.press(old, f"/desk/{case}", do="grant")
    assert told.status == 409 and 'role="alert"' in told.html
    late = second.press(old, f"/desk/{case}", do="decline", reason="")
    assert late.says("Ärendet är redan avgjort eller återtaget, så inget ändrades nu.")


def test_granting_says_what_it_gives_back_now_and_no_other_sum_is_given_back(acted: Stage) -> None:
    """1.9, S26: half is credited by hand after it was asked, and once more between the page and the press."""
    booking, made = booked(acted), acted.institute
    command = RequestCancellation(booking, plea="Sjuka.")
    made.services.cancellations.request(made.acting(acted.anna), command)
    made.catch_up()
    [invoice] = made.services.invoice_questions.of_source(made.finance, booking)
    half = CreditInvoice(InvoiceId(invoice.row.document_id), "Avtal", (PartOfLine(1, 6_000_00),))
    made.services.crediting.credit(made.finance, half)
    browser = acted.browser("admin")
    shown = browser.open(f"/{SLUG}/desk")
    assert shown.says("Bevilja · 7 500 kr krediteras"), shown.words
    made.services.crediting.credit(made.finance, replace(half, parts=(PartOfLine(1, 3_000_00),)))
    stale = browser.press(shown, "/desk/", do="grant")
    assert stale.status == 409 and stale.says("3 750 kr krediteras"), stale.words
    assert made.services.desk.list(made.admin).items[0].status == "requested"
    browser.press(stale, "/desk/", do="grant")
    assert made.services.desk.list(made.admin).items[0].credit == 3_750_00
