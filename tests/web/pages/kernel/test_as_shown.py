"""A form carries what it shows: where that no longer holds, nothing happens and it is shown anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.waiting_list import JoinWaitingList
from application.people.membership import EndMembership
from application.people.participant import TO_BE_NAMED, Participant
from application.people.person import Employ
from application.programme.meeting import ScheduleMeeting
from application.programme.price import AgreePrices, AgreeTerms
from application.programme.roll_over import CopySeason
from application.programme.season import CloseBooking
from domain.kernel.eligibility import Ground
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId, membership_of
from domain.kernel.terms import Tier
from domain.people.admission import JobRole
from domain.programme.meeting_time import scheduled
from domain.programme.price import Price
from tests.conftest import Databases
from tests.samples import Institute, kronor
from tests.web.stage import SLUG, Stage, at, stage
from web.kernel.rests_on import RESTS_ON
from web.kernel.rests_on_nothing import RESTS_ON_NOTHING

CHANGED = "Det har ändrats sedan sidan visades, så ingenting är gjort."


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def test_every_form_of_the_pages_says_what_it_rests_on(acted: Stage) -> None:
    sent_to = {
        rule.endpoint
        for rule in acted.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/hooks/"))
    }
    assert sent_to == {*RESTS_ON, *RESTS_ON_NOTHING}
    assert not set(RESTS_ON) & set(RESTS_ON_NOTHING)


def test_two_tabs_cancel_one_seat_and_nobody_else_loses_theirs(acted: Stage) -> None:
    season = acted.institute.conference()
    booking = booked(acted, season)
    first, second = acted.browser("anna"), acted.browser("anna")
    address = f"/{SLUG}/bookings/{booking}/cancel?seat=2"
    pages = first.open(address), second.open(address)
    assert first.send(pages[0], "shown", do="cancel").says("Avbokningen är klar.")
    again = second.send(pages[1], "shown", do="cancel")
    assert again.status == 409 and again.says("Plats 2 är redan avbokad.")
    assert sitting(acted, booking) == [acted.anna]


def test_a_seat_that_was_named_meanwhile_is_shown_before_it_is_cancelled(acted: Stage) -> None:
    season, made = acted.institute.conference(), acted.institute
    booking = made.services.bookings.make(
        made.admin, MakeBooking(season, (Participant(acted.anna), TO_BE_NAMED), made.acme)
    ).answer.booking_id
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
    made.services.bookings.name_participant(made.admin, NameParticipant(booking, 2, Participant(acted.bertil)))
    stopped = anna.send(page, "shown", do="ask", plea="Jag är sjuk.")
    assert stopped.status == 409 and stopped.says(CHANGED, "Bertil", "Jag är sjuk.")
    assert anna.send(stopped, "shown", do="cancel").says("Avbokningen är klar.")


def test_a_seat_handed_over_meanwhile_is_not_handed_on_by_an_old_page(acted: Stage) -> None:
    season, made = acted.institute.conference(), acted.institute
    booking = made.services.bookings.make(
        made.admin, MakeBooking(season, (Participant(acted.anna),), made.acme)
    ).answer.booking_id
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/bookings/{booking}/seats/1/transfer")
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 1, Participant(acted.bertil)))
    stopped = admin.send(
        page, "email", name="Carin Ny", email="carin@example.org", reason="Byter jobb.", do="hand_over"
    )
    assert stopped.status == 409 and stopped.says(CHANGED, "Bertil")
    assert stopped.form("email")["email"] == ["carin@example.org"]
    assert sitting(acted, booking) == [acted.bertil]


def test_a_seat_cancelled_meanwhile_is_said_to_be_so_and_not_that_the_page_is_missing(acted: Stage) -> None:
    booking = booked(acted, acted.institute.conference())
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/bookings/{booking}/seats/2/transfer")
    acted.institute.services.cancellations.request(acted.institute.admin, RequestCancellation(booking, (2,)))
    for late in (anna.send(page, "email", name="Carin Ny", email="carin@example.org"), anna.open(page.address)):
        assert late.status == 409 and late.says("Plats 2 är redan avbokad. Se bokningen för hur det är nu.")
    assert anna.open(f"/{SLUG}/bookings/{booking}/seats/9/transfer").status == 404


def test_a_page_without_its_token_counts_as_stale(acted: Stage) -> None:
    season = acted.institute.conference()
    booking = booked(acted, season)
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
    assert anna.send(page, "shown", do="cancel", as_shown="").status == 409
    assert len(sitting(acted, booking)) == 2


def test_a_page_that_shows_less_than_is_recorded_is_looked_at_again(acted: Stage) -> None:
    season, made = acted.institute.conference(), acted.institute
    booking = booked(acted, season)
    anna = acted.browser("anna")
    anna.open(f"/{SLUG}/bookings")
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 2, Participant(made.person("Dag", made.acme))))
    behind = anna.client.get(f"/{SLUG}/bookings/{booking}/cancel?seat=2").text
    assert "Bertil" in behind and 'name="as_shown" value="behind"' in behind


def test_no_seat_chosen_is_none_and_not_all(acted: Stage) -> None:
    season = acted.institute.conference()
    booking = booked(acted, season)
    anna = acted.browser("anna")
    assert "Avboka 2 platser" not in anna.open(f"/{SLUG}/bookings/{booking}/cancel?chosen=yes").words
    page = anna.open(f"/{SLUG}/bookings/{booking}/cancel")
    refused = anna.send(page, "shown", do="cancel", seat=[])
    assert refused.status == 422 and refused.says("Välj minst en plats.")
    assert len(sitting(acted, booking)) == 2


def booked(acted: Stage, season: SeasonId) -> BookingId:
    made = acted.institute
    command = MakeBooking(season, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def sitting(acted: Stage, booking: BookingId) -> list[PersonId | None]:
    acted.institute.catch_up()
    row = acted.institute.services.booking_questions.one(acted.institute.admin, booking)
    return [seat.person_id for seat in row.seats if not seat.is_cancelled]


def dearer(made: Institute, season: SeasonId) -> None:
    made.services.seasons.agree_prices(made.admin, AgreePrices(season, (Price(kronor(20_000)),)))


def stricter(made: Institute, season: SeasonId) -> None:
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, (Tier(None, 10_000),)))


def moved(made: Institute, season: SeasonId) -> None:
    meeting = MeetingId(made.services.programme.season(made.admin, season).meetings[0].meeting_id)
    time = scheduled(at("2027-03-03T09:00"), at("2027-03-03T16:00"))
    made.services.meetings.schedule(made.admin, ScheduleMeeting(season, meeting, time))


def closed(made: Institute, season: SeasonId) -> None:
    made.services.seasons.close_booking(made.admin, CloseBooking(season))


def lapsed(made: Institute, season: SeasonId) -> None:
    membership = membership_of(made.organiser, made.acme, Ground.MEMBER)
    made.services.memberships.end(made.admin, EndMembership(membership, date(2026, 8, 31), "Betalar inte."))


@pytest.mark.parametrize("change", [dearer, stricter, moved, closed, lapsed])
def test_nobody_books_at_another_price_under_other_terms_or_on_another_day_than_were_shown(
    acted: Stage, change: Callable[[Institute, SeasonId], None]
) -> None:
    made, season = acted.institute, acted.institute.conference()
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/seasons/{season}")
    change(made, season)
    stopped = anna.send(page, "wanted", do="book", reference="Kst 4711")
    assert stopped.status == 409
    assert change is closed or stopped.form("wanted")["reference"] == ["Kst 4711"]
    made.catch_up()
    assert made.services.programme.season(made.admin, season).row.left == 100


def test_whoever_waited_and_works_somewhere_else_by_now_is_looked_at_before_an_employer_pays(acted: Stage) -> None:
    made = acted.institute
    season, kim = made.conference(seats=1), made.person("Kim", made.bolt)
    first = made.services.bookings.make(made.admin, MakeBooking(season, (TO_BE_NAMED,), made.acme)).answer
    made.services.waiting_lists.join(made.admin, JoinWaitingList(season, 1, kim))
    made.services.cancellations.request(made.admin, RequestCancellation(first.booking_id))
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/seasons/{season}/roster")
    made.services.people.employ(made.admin, Employ(kim, made.delta, JobRole.SPECIALIST, date(2026, 9, 1)))
    assert admin.press(page, "/book").status == 409
    made.catch_up()
    assert made.services.programme.season(made.admin, season).row.offered == 1


def test_two_clerks_record_one_payment_once(acted: Stage) -> None:
    made, season = acted.institute, acted.institute.conference()
    booking = booked(acted, season)
    made.catch_up()
    [document] = made.services.invoice_questions.of_source(made.finance, booking)
    address = f"/{SLUG}/invoices/{document.row.document_id}"
    one, other = acted.browser("finance"), acted.browser("finance")
    pages = one.open(address), other.open(address)
    assert one.send(pages[0], "amount", reference="BG 12").status == 200
    stopped = other.send(pages[1], "amount", reference="BG 13")
    assert stopped.status == 409 and stopped.says(CHANGED)
    made.catch_up()
    [after] = made.services.invoice_questions.of_source(made.finance, booking)
    assert after.row.paid == document.row.gross


def test_first_refusal_is_offered_to_the_people_who_were_shown_and_to_nobody_in_their_stead(acted: Stage) -> None:
    made, season = acted.institute, acted.institute.conference()
    booking = booked(acted, season)
    again = made.services.roll_overs.copy(made.admin, CopySeason(season, "Igen")).answer.season_id
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/seasons/{again}/first-refusal")
    looked = admin.send(page, "until_on", do="look", earlier=str(season), until_on="2026-10-20")
    somebody = Participant(made.person("Dora", made.acme))
    made.services.transfers.propose(made.admin, ProposeTransfer(booking, 2, somebody))
    stopped = admin.send(looked, "who", do="offer")
    assert stopped.status == 409 and stopped.says(CHANGED)
    assert made.services.first_refusal_questions.of_season(made.admin, again) == ()
