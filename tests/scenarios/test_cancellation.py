"""Cancelling: what the terms of the day of booking give back, to the millisecond, to the öre, on a note of its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from application.booking import MakeBooking, OutcomeChanged
from application.cancellation import (
    CancellationOutcome,
    DeclineCancellation,
    GrantCancellation,
    RequestCancellation,
    WaiveCancellation,
    WithdrawCancellation,
)
from application.invoice import RecordPayment
from application.ports import Busy
from application.season import AgreeTerms, OpenBooking, PlanSeason
from application.transfer import TransferOutcome
from domain.booking import BookingEnded, SeatGivenUp
from domain.cancellation import CancellationSettled
from domain.errors import BadValue, NotAllowed
from domain.ids import BookingId, InvoiceId
from domain.money import Money
from domain.price import Per, Price, PriceList
from domain.terms import Terms, Tier, free_before
from tests.infrastructure.event_store import all_at_once
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.story import (
    book,
    cancel,
    credit_notes,
    documents,
    hand_over,
    invoices,
    seated,
    seats_left,
    sitting,
    stockholm,
    whole,
)

MIDNIGHT = stockholm("2027-01-03 00:00")
TIERS = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))
ODD = PriceList(0, (Price(Money(100_01), per=Per.ORGANISATION, persons=3),))


def test_the_last_millisecond_before_the_deadline_is_free(institute: Institute) -> None:
    """S24: a credit note of 7 500.00, and nothing left to pay."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2027-01-02 23:59:59.999")
    assert institute.clock.instant == MIDNIGHT - timedelta(milliseconds=1)

    outcome = cancel(institute, institute.admin, made.booking_id)

    assert (outcome.status, outcome.kept, outcome.credit) == ("granted", 0, 7_500_00)
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    [invoice] = documents(institute, "invoice")
    assert (invoice.balance, invoice.credited, invoice.status) == (0, 7_500_00, "credited")
    assert sitting(institute, conference) == []
    assert seats_left(institute, conference) == 100


def test_at_the_deadline_the_full_price_applies(institute: Institute) -> None:
    """S25: no credit; the person is off the roster, the seat free for who waits, the invoice as it was."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = MIDNIGHT

    preview = institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    outcome = cancel(institute, institute.admin, made.booking_id)

    assert (preview.price, preview.credit, preview.assessment.since) == (7_500_00, 0, MIDNIGHT)
    assert (outcome.status, outcome.kept, outcome.credit) == ("granted", 10_000, 0)
    assert credit_notes(institute) == []
    [invoice] = documents(institute)
    assert (invoice.balance, invoice.status) == (7_500_00, "open")
    assert sitting(institute, conference) == []
    assert seats_left(institute, conference) == 100


def test_what_the_screen_showed_is_what_happens_or_it_stops(institute: Institute) -> None:
    """S26: seen at 23:50, confirmed five seconds past midnight: the new effect is shown, and nothing has changed."""
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    services = institute.services
    institute.clock.instant = stockholm("2027-01-02 23:50")
    preview = services.cancellations.preview(anna, RequestCancellation(made.booking_id))
    assert (preview.credit, preview.assessment.until, preview.assessment.kept_after) == (7_500_00, MIDNIGHT, 10_000)

    institute.clock.instant = stockholm("2027-01-03 00:00:05")
    with pytest.raises(OutcomeChanged) as refused:
        services.cancellations.request(anna, RequestCancellation(made.booking_id, shown=preview.credit))

    assert refused.value.facts == {"shown": 7_500_00, "now": 0}
    assert sitting(institute, conference) == ["Anna"]
    outcome = services.cancellations.request(anna, RequestCancellation(made.booking_id, shown=0)).answer
    assert (outcome.status, outcome.credit) == ("granted", 0)


def test_one_of_three_is_credited_by_a_note_of_its_own(institute: Institute) -> None:
    """S27: the original invoice stays as it was; two persons remain; 7 500.00 to give back."""
    conference = institute.conference()
    people = [institute.person(name, institute.acme) for name in ("Anna", "Bertil", "Carin")]
    made = book(institute, conference, institute.acme, *people)
    [invoice] = documents(institute)
    before = whole(institute, invoice)
    pay = RecordPayment(InvoiceId(invoice.document_id), 22_500_00, "BG 1", date(2026, 9, 20))
    institute.services.invoices.record_payment(institute.finance, pay)

    institute.clock.instant = stockholm("2026-12-15 10:00")
    cancel(institute, institute.admin, made.booking_id, 2)

    [note] = documents(institute, "credit_note")
    assert (note.net, note.vat, note.gross, note.number) == (-6_000_00, -1_500_00, -7_500_00, 1)
    assert (note.refers_to_id, note.refers_to_number, note.issued_on) == (
        invoice.document_id,
        invoice.number,
        date(2026, 12, 15),
    )
    after = whole(institute, invoice)
    assert (after.lines, after.row.gross, after.supply) == (before.lines, 22_500_00, before.supply)
    assert after.row.balance == -7_500_00
    assert sitting(institute, conference) == ["Anna", "Carin"]


def test_one_of_two_in_a_cluster_changes_no_price(institute: Institute) -> None:
    """S28: a price per organisation; one seat is free again, no credit note; with the last seat the price goes back."""
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, institute.person("Bodil", institute.bolt), None)

    assert cancel(institute, institute.admin, made.booking_id, 1).credit == 0
    assert credit_notes(institute) == []
    assert (seats_left(institute, cluster), sitting(institute, cluster)) == (14, ["Bolt AB – to be named"])

    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 40_000_00
    assert credit_notes(institute) == [(-32_000_00, -8_000_00, -40_000_00)]


def test_half_is_kept_in_december(institute: Institute) -> None:
    """S29: 12 000 ex, cancelled 10 December: 7 500.00 back, 7 500.00 kept incl. VAT."""
    conference = institute.conference()
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, TIERS))
    made = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.clock.instant = stockholm("2026-12-10 12:00")

    assert cancel(institute, institute.admin, made.booking_id).credit == 7_500_00
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    [invoice] = documents(institute, "invoice")
    assert invoice.balance == 7_500_00


def test_terms_that_change_touch_later_bookings_only(institute: Institute) -> None:
    """S30: each booking shows the terms that it was made under."""
    conference = institute.conference()
    before = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    institute.clock.instant = stockholm("2026-11-01 09:00")
    institute.services.seasons.agree_terms(institute.admin, AgreeTerms(conference, TIERS))
    after = book(institute, conference, institute.delta, institute.person("Dag", institute.delta))

    institute.clock.instant = stockholm("2026-12-10 12:00")
    assert cancel(institute, institute.admin, before.booking_id).kept == 0
    assert cancel(institute, institute.admin, after.booking_id).kept == 5_000

    institute.catch_up()
    terms = [
        institute.services.booking_questions.one(institute.admin, booking_id).terms
        for booking_id in (before.booking_id, after.booking_id)
    ]
    assert terms == [Terms(1, (Tier(date(2027, 1, 3), 0), Tier(None, 10_000))), Terms(2, TIERS)]


def test_cancelling_twice_is_refused_and_credits_nothing_more(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    cancel(institute, institute.admin, made.booking_id, 1)

    with pytest.raises(SeatGivenUp):
        cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id)
    with pytest.raises(BookingEnded):
        cancel(institute, institute.admin, made.booking_id)
    with pytest.raises(BookingEnded):
        institute.services.cancellations.preview(institute.admin, RequestCancellation(made.booking_id))
    with pytest.raises(BookingEnded):
        institute.services.cancellations.request(institute.admin, RequestCancellation(made.booking_id, plea="Snälla"))

    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)] * 2


def test_a_click_repeated_cancels_once(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    command = RequestCancellation(made.booking_id)

    first = institute.services.cancellations.request(anna, command, "ett klick")
    second = institute.services.cancellations.request(anna, command, "ett klick")

    assert (second.answer, second.repeated) == (first.answer, True)
    assert len(credit_notes(institute)) == 1


def test_many_cancel_and_hand_over_the_same_seat_at_once_and_one_does(institute: Institute) -> None:
    """Ten at once, five of each: whatever comes first, the seat is credited once or handed over and then credited."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    colleagues = [institute.person(f"Bertil{number}", institute.acme) for number in range(5)]

    def reach(which: int) -> object:
        if which % 2:
            return cancel(institute, institute.admin, made.booking_id, 1)
        return hand_over(institute, institute.admin, made.booking_id, 1, colleagues[which // 2])

    came_of_it = all_at_once(10, reach)

    cancelled = [each for each in came_of_it if isinstance(each, CancellationOutcome)]
    if not cancelled:  # those who handed over were quicker each time
        cancelled = [cancel(institute, institute.admin, made.booking_id, 1)]
    assert len(cancelled) == 1
    assert {type(each) for each in came_of_it} <= {CancellationOutcome, TransferOutcome, SeatGivenUp, Busy}
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]
    assert (sitting(institute, conference), seats_left(institute, conference)) == (["Acme AB – to be named"], 99)


def test_who_only_sits_there_answers_for_no_seat_but_their_own(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id, institute.person("Bertil", institute.acme))

    for seats in ((2,), ()):
        with pytest.raises(NotAllowed):
            institute.services.cancellations.request(anna, RequestCancellation(made.booking_id, seats))
    with pytest.raises(NotAllowed):
        hand_over(institute, anna, made.booking_id, 2, institute.person("Carin", institute.acme))
    cancel(institute, anna, made.booking_id, 1)

    assert sitting(institute, conference) == ["Bertil"]


def test_a_seat_given_back_can_be_booked_again(institute: Institute) -> None:
    """The claims on the person and on the organisation go with the seats."""
    cluster = institute.cluster()
    bodil = institute.person("Bodil", institute.bolt)
    made = book(institute, cluster, institute.bolt, bodil, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    cancel(institute, institute.admin, made.booking_id, 2)

    again = book(institute, cluster, institute.bolt, bodil, None)

    assert (again.left, again.gross) == (13, 40_000_00)
    assert sitting(institute, cluster) == ["Bodil", "Bolt AB – to be named"]


@pytest.mark.parametrize(
    ("day", "granted", "waived"),
    [("2026-11-30", 12_501, 0), ("2026-12-10", 6_250, 6_251), ("2027-01-03", 0, 12_501)],
)
def test_what_was_kept_is_given_back_when_the_admin_waives_it(
    institute: Institute, day: str, granted: int, waived: int
) -> None:
    season = institute.season("Kurs", 10, ODD, Terms(0, TIERS))
    made = book(institute, season, institute.bolt, None, None, None)
    institute.clock.instant = stockholm(f"{day} 12:00")
    outcome = cancel(institute, institute.admin, made.booking_id)
    assert outcome.credit == granted

    waive = WaiveCancellation(outcome.cancellation_id, "Sjukdom")
    institute.services.cancellations.waive(institute.admin, waive)

    assert [-gross for _, _, gross in credit_notes(institute)] == [each for each in (granted, waived) if each]
    [invoice] = documents(institute, "invoice")
    assert (invoice.gross, invoice.credited, invoice.balance, invoice.status) == (12_501, 12_501, 0, "credited")
    with pytest.raises(CancellationSettled):
        institute.services.cancellations.waive(institute.admin, waive)


def test_a_plea_waits_for_the_desk_and_counts_from_the_instant_it_came(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = MIDNIGHT - timedelta(hours=1)
    plea = RequestCancellation(made.booking_id, plea="Jag är sjuk")
    asked = institute.services.cancellations.request(anna, plea).answer
    assert (asked.status, asked.credit) == ("requested", 7_500_00)
    assert sitting(institute, conference) == ["Anna"]

    institute.clock.instant = MIDNIGHT + timedelta(days=2)
    granted = institute.services.cancellations.grant(institute.admin, GrantCancellation(asked.cancellation_id)).answer

    assert (granted.status, granted.credit) == ("granted", 7_500_00)
    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_a_plea_that_comes_to_nothing_leaves_the_seat(institute: Institute, end: str) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    plea = RequestCancellation(made.booking_id, plea="Jag är sjuk")
    asked = institute.services.cancellations.request(anna, plea).answer

    if end == "declined":
        decline = DeclineCancellation(asked.cancellation_id, "Biljetten kan överlåtas")
        outcome = institute.services.cancellations.decline(institute.admin, decline).answer
    else:
        withdraw = WithdrawCancellation(asked.cancellation_id)
        outcome = institute.services.cancellations.withdraw(anna, withdraw).answer

    assert (outcome.status, outcome.credit) == (end, 0)
    assert sitting(institute, conference) == ["Anna"]
    assert credit_notes(institute) == []


def test_two_pleas_for_the_seats_of_one_organisation_give_its_price_back_with_the_last(institute: Institute) -> None:
    cluster = institute.cluster()
    made = book(institute, cluster, institute.bolt, None, None)
    pleas = [
        institute.services.cancellations.request(
            institute.admin, RequestCancellation(made.booking_id, (seat,), plea="Sjuk")
        ).answer
        for seat in (1, 2)
    ]

    granted = [
        institute.services.cancellations.grant(institute.admin, GrantCancellation(plea.cancellation_id)).answer.credit
        for plea in pleas
    ]

    assert granted == [0, 40_000_00]
    assert credit_notes(institute) == [(-32_000_00, -8_000_00, -40_000_00)]


def test_a_plea_for_a_seat_given_up_meanwhile_cannot_be_granted(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    request = RequestCancellation(made.booking_id, (1,), plea="Sjuk")
    asked = institute.services.cancellations.request(institute.admin, request).answer
    cancel(institute, institute.admin, made.booking_id, 1)

    with pytest.raises(SeatGivenUp):
        institute.services.cancellations.grant(institute.admin, GrantCancellation(asked.cancellation_id))
    with pytest.raises(SeatGivenUp):
        institute.services.cancellations.waive(institute.admin, WaiveCancellation(asked.cancellation_id, "Sjuk"))

    assert credit_notes(institute) == [(-6_000_00, -1_500_00, -7_500_00)]


def test_a_letter_counts_from_the_day_it_came(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2027-01-10 09:00")
    letter = RequestCancellation(made.booking_id, received_at=stockholm("2027-01-02 15:00"))

    assert institute.services.cancellations.request(institute.admin, letter).answer.credit == 7_500_00


@pytest.mark.parametrize("came", [stockholm("2027-01-10 09:01"), stockholm("2026-08-31 09:00"), datetime(2027, 1, 2)])  # noqa: DTZ001
def test_a_letter_came_between_the_booking_and_now(institute: Institute, came: datetime) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None)
    institute.clock.instant = stockholm("2027-01-10 09:00")

    with pytest.raises(BadValue):
        institute.services.cancellations.request(
            institute.admin, RequestCancellation(made.booking_id, received_at=came)
        )


def test_a_member_does_not_date_their_own_letter(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = stockholm("2027-01-10 09:00")

    letter = RequestCancellation(made.booking_id, received_at=stockholm("2027-01-02 15:00"))
    with pytest.raises(NotAllowed):
        institute.services.cancellations.request(anna, letter)


def test_a_deadline_is_where_the_season_is(institute: Institute) -> None:
    """In Helsinki the third begins an hour before it does in Stockholm."""
    network = institute.network("Helsingfors")
    plan = PlanSeason(
        network,
        "Konferens i Helsingfors",
        10,
        meetings=(full_day("Dag 1", 2027, 2, 3),),
        prices=conference_prices(),
        terms=free_before(date(2027, 1, 3)),
        zone="Europe/Helsinki",
    )
    season = institute.services.seasons.plan(institute.admin, plan).answer.season_id
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))
    made = book(institute, season, institute.bolt, None, None)

    institute.clock.instant = MIDNIGHT - timedelta(hours=1, milliseconds=1)
    assert cancel(institute, institute.admin, made.booking_id, 1).credit == 15_000_00
    institute.clock.instant = MIDNIGHT - timedelta(hours=1)
    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 0


def test_a_seasons_sums_lose_what_is_credited(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, None, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()

    [told] = institute.services.invoice_questions.sums(institute.finance)

    assert (told.net, told.vat, told.gross, told.credited) == (6_000_00, 1_500_00, 7_500_00, 7_500_00)
    assert (told.seats_taken, told.documents) == (1, 2)


def test_a_private_persons_booking_is_theirs_to_cancel(institute: Institute) -> None:
    conference = institute.conference()
    sven = institute.member("Sven")
    made = institute.services.bookings.make(sven, MakeBooking(conference, seated(sven.person_id))).answer

    assert cancel(institute, sven, BookingId(made.booking_id)).credit == 15_000_00
    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]
    assert credit_notes(institute) == [(-12_000_00, -3_000_00, -15_000_00)]
