"""First refusal on the pages: the admin sees whom first, each answers on their own page, and the admin sees what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.kernel.actor import Role
from application.people.organisation import AppointContact
from application.people.participant import Participant
from application.programme.roll_over import CopySeason
from application.programme.season import AddSeats, OpenBooking
from domain.kernel.ids import SeasonId
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def again(acted: Stage, seats: int = 2) -> SeasonId:
    """Anna, Bertil and somebody without a name sit in the conference; its copy has so many seats."""
    made = acted.institute
    command = MakeBooking(
        acted.conference, (Participant(acted.anna), Participant(acted.bertil), Participant()), made.acme
    )
    made.services.bookings.make(made.acting(acted.anna), command)
    copied = made.services.roll_overs.copy(made.admin, CopySeason(acted.conference, "Nästa gång")).answer.season_id
    if seats != 3:
        made.services.seasons.add_seats(made.admin, AddSeats(copied, seats - 3))
    made.catch_up()
    return copied


def offered(acted: Stage, season: SeasonId) -> None:
    browser = acted.browser("admin")
    page = browser.open(f"/{SLUG}/seasons/{season}/first-refusal")
    looked = browser.send(page, "until_on", until_on="2027-08-15", earlier=str(acted.conference), do="look")
    browser.send(looked, "shown", do="offer")


def test_the_admin_sees_whom_and_until_when_before_it_is_done(acted: Stage) -> None:
    season, browser = again(acted), acted.browser("admin")
    run = browser.open(f"/{SLUG}/seasons/{season}/run")
    assert f"/{SLUG}/seasons/{season}/first-refusal" in run.html
    page = browser.open(f"/{SLUG}/seasons/{season}/first-refusal")
    typed = {"until_on": "2027-08-15", "earlier": str(acted.conference), "do": "look"}
    looked = browser.send(page, "until_on", **typed)
    assert looked.says("2 personer", "Anna, Bertil", "1 plats, som inte ger förtur", "måndag 16 augusti 2027 kl. 00.00")
    assert looked.says("0 platser", "när du öppnar bokningen") and "inte svarat" not in looked.words
    done = browser.send(looked, "shown", do="offer")
    assert done.says("Platserna hålls åt deltagarna.", "Anna", "Bertil", "inte svarat: 2")
    twice = browser.send(looked, "shown", do="offer")
    assert twice.says("inte svarat: 2")


def test_a_form_that_comes_back_keeps_what_was_typed(acted: Stage) -> None:
    season, browser = again(acted), acted.browser("admin")
    page = browser.open(f"/{SLUG}/seasons/{season}/first-refusal")
    late = browser.send(page, "until_on", until_on="2020-01-01", earlier=str(acted.conference), do="look")
    assert (
        late.status == 422
        and late.says("Sista dagen har passerat.")
        and late.form("until_on")["until_on"] == ["2020-01-01"]
    )
    empty = browser.send(page, "until_on", until_on="", earlier=str(acted.conference), do="look")
    assert empty.status == 422 and f'value="{acted.conference}" selected' in empty.html


def test_a_look_that_has_grown_old_is_not_carried_out(acted: Stage) -> None:
    season, browser = again(acted, seats=3), acted.browser("admin")
    page = browser.open(f"/{SLUG}/seasons/{season}/first-refusal")
    looked = browser.send(page, "until_on", until_on="2027-08-15", earlier=str(acted.conference), do="look")
    made = acted.institute
    [booking] = made.services.booking_questions.mine(made.acting(acted.anna)).items
    nina = Participant(made.person("Nina", made.acme))
    made.services.bookings.name_participant(made.admin, NameParticipant(booking.booking_id, 3, nina))
    stale = browser.send(looked, "shown", do="offer")
    assert stale.status == 409 and stale.says("nu är det 3 som får förtur")
    assert "inte svarat" not in stale.words


def test_with_too_few_seats_there_is_no_button(acted: Stage) -> None:
    season, browser = again(acted, seats=1), acted.browser("admin")
    page = browser.open(f"/{SLUG}/seasons/{season}/first-refusal")
    looked = browser.send(page, "until_on", until_on="2027-08-15", earlier=str(acted.conference), do="look")
    assert looked.says("Bara 1 plats är ledig. Lägg till platser först.") and "Ge 2 personer förtur" not in looked.words


def test_each_answers_on_their_own_page_and_the_admin_sees_what(acted: Stage) -> None:
    season = again(acted)
    offered(acted, season)
    acted.institute.services.seasons.open_booking(acted.institute.admin, OpenBooking(season))
    anna, bertil, cecilia = (acted.browser(who) for who in ("anna", "bertil", "cecilia"))
    mine = bertil.open(f"/{SLUG}/bookings")
    assert mine.says("Ta din plats", "Nästa gång", "Hålls åt dig till och med söndag 15 augusti 2027")
    left, twice = (bertil.press(mine, "/first-refusal/decline") for _ in range(2))
    assert twice.says("Platsen hålls inte längre.")
    assert left.says("Platsen hålls inte längre.") and "Ta din plats" not in left.words

    page = anna.open(f"/{SLUG}/seasons/{season}")
    assert page.says("En plats hålls åt Anna till och med 15 augusti 2027.")
    booked = anna.send(page, "payer", do="book", reference="PO 1")
    assert booked.says("Bokningen är gjord.")
    assert "hålls åt" not in cecilia.open(f"/{SLUG}/seasons/{season}").words
    answers = acted.browser("admin").open(f"/{SLUG}/seasons/{season}/first-refusal")
    assert answers.says("bokat: 1", "avstått: 1", "visa bokningen")
    english = acted.browser("admin", "en").open(f"/{SLUG}/seasons/{season}/first-refusal")
    assert english.says("First refusal", "booked: 1", "declined: 1")


def test_the_admin_notes_an_answer_given_by_telephone(acted: Stage) -> None:
    season = again(acted)
    offered(acted, season)
    browser = acted.browser("admin")
    noted = browser.press(browser.open(f"/{SLUG}/seasons/{season}/first-refusal"), "/first-refusal/decline")
    assert noted.says("avstått: 1", "inte svarat: 1")


def test_a_kept_seat_can_be_booked_when_the_season_is_full_for_others(acted: Stage) -> None:
    season = again(acted)
    offered(acted, season)
    acted.institute.services.seasons.open_booking(acted.institute.admin, OpenBooking(season))
    others = acted.browser("cecilia").open(f"/{SLUG}/seasons/{season}")
    assert others.says("Ställ mig i kö") and "payer" not in others.html
    desk = acted.browser("admin").open(f"/{SLUG}/seasons/{season}?for={acted.bertil}")
    assert desk.says("En plats hålls åt Bertil till och med 15 augusti 2027.")


def test_a_contact_person_books_the_seats_that_are_kept_for_colleagues(acted: Stage) -> None:
    made, season = acted.institute, again(acted)
    offered(acted, season)
    made.services.seasons.open_booking(made.admin, OpenBooking(season))
    contact = made.person("Nina", made.acme)
    made.services.organisations.appoint_contact(made.admin, AppointContact(made.acme, contact))
    acted.tokens["nina"] = made.services.tokens.make("nina", made.organiser, frozenset({Role.MEMBER}), contact)
    nina = acted.browser("nina")
    page = nina.open(f"/{SLUG}/seasons/{season}")
    assert page.says("Platser hålls till och med 15 augusti 2027 åt: Anna, Bertil.")
    assert "hålls till" not in acted.browser("cecilia").open(f"/{SLUG}/seasons/{season}").words
    command = MakeBooking(season, (Participant(name="Bertil", email="bertil@example.org"),), made.acme, "PO 1")
    made.services.bookings.make(made.acting(contact), command)
    assert nina.open(f"/{SLUG}/seasons/{season}").says("15 augusti 2027 åt: Anna.")
