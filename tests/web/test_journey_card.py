"""Paying by card in a real browser: when booking, an invoice, turned back from, too late; there and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from demo.card_company import CardCompany
from demo.card_company_http import serving
from domain.kernel.ids import PersonId, SeasonId
from tests.clock import FixedClock
from tests.conftest import Databases
from tests.samples import AUTUMN
from tests.scenarios.cards import KEY, SECRET, signed_now
from tests.scenarios.story import documents, seated, sitting
from tests.web.browsing import EVERY_WAY, NEEDS_BROWSER, PHONE, Browsing, browsing, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "card": "Kort nu", "done": "Bokningen är gjord och betald.",
        "held": "1 plats hålls åt dig till", "again": "Betala 15 000 kr med kort", "let_go": "Släpp platsen",
        "gone": "Platserna är släppta.", "late": "Betalningen kom för sent",
        "place": "Du står på plats 1 i kön.",
        "paid": "betald", "thanks": "Tack. Betalningen syns på fakturan",
    },
    "en": {
        "card": "Card now", "done": "The booking is made and paid.",
        "held": "1 seat is held for you until", "again": "Pay SEK 15,000 by card", "let_go": "Let go of the seat",
        "gone": "The seats are let go.", "late": "The payment came too late",
        "place": "You are number 1 on the waiting list.",
        "paid": "Paid", "thanks": "Thank you. The payment shows on the invoice",
    },
}  # fmt: skip


@dataclass(frozen=True)
class There:
    """A stage that takes cards, a browser, and the card company with its address."""

    browsing: Browsing
    company: CardCompany
    address: str

    def member(self, name: str) -> PersonId:
        """Somebody new with a key of their own."""
        stage = self.browsing.stage
        made = stage.institute
        person = made.person(name)
        stage.tokens[name] = made.services.tokens.make(name, made.organiser, frozenset({Role.MEMBER}), person)
        made.catch_up()
        return person

    def conference(self, seats: int = 40) -> SeasonId:
        """A conference of its own for each story."""
        made = self.browsing.stage.institute
        season = made.conference(seats=seats)
        made.catch_up()
        return season

    def hear(self) -> None:
        """The company's notices arrive, and what follows follows."""
        services = self.browsing.stage.institute.services
        assert services.card_signatures is not None
        for told in list(self.company.notices):
            body, signature = signed_now(self.company, told)
            services.card_notices.keep(services.card_signatures.read(body, signature), body)
        self.settle()

    def settle(self) -> None:
        """The worker does all there is to do."""
        for _ in range(3):
            self.browsing.stage.institute.catch_up()
            self.browsing.stage.institute.house.worker.jobs.finish()
        self.browsing.stage.institute.catch_up()


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[There]:
    company = CardCompany(SECRET, FixedClock(AUTUMN).now)
    with new_database() as url, serving(company) as address:
        more = {"PLATS_STRIPE_KEY": KEY, "PLATS_STRIPE_WEBHOOK_SECRET": SECRET, "PLATS_STRIPE_URL": address}
        with stage(url, more=more) as made, browsing(made) as found:
            company.now = made.institute.clock.now
            yield There(found, company, address)


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def choose_card(page: Page, said: dict[str, str]) -> None:
    """Choose to pay by card, and go on."""
    page.get_by_label(said["card"]).check()
    page.locator("#bar").get_by_role("button").click()


def on_to_pay(page: Page, season: SeasonId, said: dict[str, str]) -> None:
    """From the booking form to the card company's page."""
    page.goto(f"/{SLUG}/seasons/{season}")
    choose_card(page, said)
    page.get_by_role("button", name="Betala", exact=True).wait_for()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_seat_is_paid_by_card_when_it_is_booked(there: There, language: str, width: int, *, script: bool) -> None:
    """Book, on to the card company, pay, back to a booking that is paid; without script too."""
    said, season = WORDS[language], there.conference()
    name = f"Kajsa-{language}-{width}-{script}"
    there.member(name)
    with there.browsing.opened(name, language=language, width=width, script=script, also=(there.address,)) as page:
        on_to_pay(page, season, said)
        page.get_by_role("button", name="Betala", exact=True).click()
        page.get_by_text(said["done"]).wait_for()
        assert fits(page)
    there.settle()
    made = there.browsing.stage.institute
    booking = UUID(urlsplit(page.url).path.rpartition("/")[2])
    [row] = [each for each in documents(made, "invoice") if each.source_id == booking]
    assert (row.gross, row.balance) == (15_000_00, 0)
    assert sitting(made, season) == [name]


def test_a_seat_and_a_book_are_paid_by_card_in_one_go(there: There) -> None:
    """S08 by card: 15 000 + 125 + 45 kr."""
    said, season = WORDS["sv"], there.conference()
    there.member("Läsare")
    with there.browsing.opened("Läsare", width=PHONE, also=(there.address,)) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Lägg till", exact=True).select_option(label="Boken om möten, 125 kr")
        page.get_by_label("Adress att skicka till").fill("Hemvägen 7, 111 22 Stockholm")
        page.get_by_role("button", name="Boka 1 plats · 15 170 kr inkl. moms").wait_for()
        choose_card(page, said)
        page.get_by_role("button", name="Betala", exact=True).click()
        page.get_by_text(said["done"]).wait_for()
    there.settle()
    booking = UUID(urlsplit(page.url).path.rpartition("/")[2])
    [row] = [each for each in documents(there.browsing.stage.institute, "invoice") if each.source_id == booking]
    assert (row.gross, row.balance) == (15_170_00, 0)


def test_who_closed_the_card_page_finds_the_way_back_on_the_seasons_page(there: There) -> None:
    said, season = WORDS["sv"], there.conference(seats=1)
    there.member("Glömsk")
    with there.browsing.opened("Glömsk", width=PHONE, also=(there.address,)) as page:
        on_to_pay(page, season, said)
        page.goto(f"/{SLUG}/seasons/{season}")
        assert said["held"] in words_of(page)
        page.get_by_role("link", name="Betala eller släpp").click()
        page.get_by_role("button", name=said["let_go"]).click()
        page.get_by_text(said["gone"]).wait_for()
        assert "hålls åt dig till" not in words_of(page)
    there.member("Annan")
    with there.browsing.opened("Annan", also=(there.address,)) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        assert "hålls åt dig till" not in words_of(page)


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_who_turns_back_may_pay_again_or_let_go(there: There, language: str, width: int) -> None:
    said, season = WORDS[language], there.conference(seats=1)
    name = f"Tore-{language}-{width}"
    there.member(name)
    with there.browsing.opened(name, language=language, width=width, also=(there.address,)) as page:
        on_to_pay(page, season, said)
        page.get_by_role("button", name="Avbryt").click()
        page.get_by_text(said["held"]).wait_for()
        assert fits(page)
        page.get_by_role("button", name=said["again"]).click()
        page.get_by_role("button", name="Avbryt").click()
        page.get_by_role("button", name=said["let_go"]).click()
        page.get_by_text(said["gone"]).wait_for()
        assert page.get_by_label(said["card"]).is_visible()
    assert there.company.of("checkout.session")[0]["status"] == "expired"


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_an_invoice_is_paid_by_card(there: There, language: str, width: int) -> None:
    said, made = WORDS[language], there.browsing.stage.institute
    name = f"Frida-{language}-{width}"
    person = there.member(name)
    booking = made.services.bookings.make(made.acting(person), MakeBooking(there.conference(), seated(person))).answer
    there.settle()
    [row] = [each for each in documents(made, "invoice") if each.source_id == booking.booking_id]
    with there.browsing.opened(name, language=language, width=width, also=(there.address,)) as page:
        page.goto(f"/{SLUG}/invoices/{row.document_id}/card")
        page.get_by_role("button", name=said["again"]).click()
        page.get_by_role("button", name="Betala", exact=True).click()
        page.get_by_text(said["thanks"]).wait_for()
        there.hear()
        page.reload()
        assert said["paid"] in words_of(page)
        assert fits(page)
    [row] = [each for each in documents(made, "invoice") if each.source_id == booking.booking_id]
    assert row.balance == 0


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_late_money_goes_back_and_its_payer_is_first_in_line(there: There, language: str, width: int) -> None:
    """S12: the seats were held too short a time, and somebody else has taken them meanwhile."""
    said, made, season = WORDS[language], there.browsing.stage.institute, there.conference(seats=1)
    name, other = f"Sena-{language}-{width}", there.member(f"Snabbe-{language}-{width}")
    there.member(name)
    with there.browsing.opened(name, language=language, width=width, also=(there.address,)) as page:
        on_to_pay(page, season, said)
        made.clock.pass_by(timedelta(minutes=30))
        made.services.bookings.make(made.acting(other), MakeBooking(season, (Participant(other),)))
        refunds = len(there.company.of("refund"))
        page.get_by_role("button", name="Betala", exact=True).click()
        page.get_by_text(said["late"]).wait_for()
        assert said["place"] in words_of(page)
        assert fits(page)
        there.settle()
    assert [each["amount"] for each in there.company.of("refund")][: len(there.company.of("refund")) - refunds] == [
        15_000_00
    ]


def test_only_pages_that_lead_to_the_card_company_may_send_a_form_there(there: There) -> None:
    season = there.conference()
    there.member("Pia")
    with there.browsing.opened("Pia", width=PHONE, also=(there.address,)) as page:
        for path, leads in ((f"/{SLUG}/seasons/{season}", True), (f"/{SLUG}", False), (f"/{SLUG}/bookings", False)):
            answer = page.goto(path)
            assert answer is not None
            assert (there.address in answer.headers["content-security-policy"]) is leads
