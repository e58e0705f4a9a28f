"""Waiting lists that move (S19-S23): a freed seat is offered to whoever is next, until an instant, then to the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.held_seats import HoldSeats
from application.booking.seat_offer import AcceptOffer, DeclineOffer, OfferSeat
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList, MoveInQueue, WaitingPlace
from application.booking.waiting_rules import AgreeWaitingRules
from application.kernel.actor import Actor
from application.people.person import ErasePerson, RequestErasure
from application.programme.price import AgreePrices
from application.programme.season import AddSeats
from domain.booking.seat_offer import NoSeatsFor, OfferOver
from domain.booking.seating import SeatsShort
from domain.booking.turn import Turn
from domain.booking.waiting_rules import Answering, Party, PriceRule
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import SeasonId
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute, conference_prices, full_day, kronor
from tests.scenarios.booking.test_first_refusal import decline as decline_first
from tests.scenarios.booking.test_first_refusal import full_season, next_season, opened
from tests.scenarios.booking.test_first_refusal import offer as offer_first
from tests.scenarios.cards import cards
from tests.scenarios.programme.test_season_letters import letters
from tests.scenarios.story import book, cancel, invoices, seated, seats_left, sitting, stockholm

MAY = (full_day("Dag 1", 2027, 5, 3),)


def join(institute: Institute, actor: Actor, season: SeasonId, seats: int = 1) -> WaitingPlace:
    return institute.services.waiting_lists.join(actor, JoinWaitingList(season, seats)).answer


def line(institute: Institute, season: SeasonId) -> list[tuple[str | None, str, int]]:
    institute.catch_up()
    rows = institute.services.seat_offer_questions.line(institute.admin, season)
    return [(row.name, row.state, row.held) for row in rows]


def jobs(institute: Institute) -> None:
    institute.catch_up()
    institute.house.worker.jobs.finish()
    institute.catch_up()


def test_a_freed_seat_is_offered_for_48_hours_then_to_the_next(institute: Institute) -> None:
    """S19: Ann until 3 December at noon, blocked for others; then Bo; Ann is told, and may join at the end."""
    conference = institute.conference(seats=1)
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    ann, bo, eva = (institute.member(name, institute.bolt) for name in ("Ann", "Bo", "Eva"))
    anns, bos = join(institute, ann, conference), join(institute, bo, conference)
    institute.clock.instant = stockholm("2026-12-01 12:00")
    cancel(institute, institute.admin, made.booking_id)

    assert line(institute, conference) == [("Ann", "offered", 1), ("Bo", "waiting", 0)]
    [(to, text)] = letters(institute, "seat_offered")
    assert to == "ann@example.org" and "3 december" in text and "12.00" in text
    assert seats_left(institute, conference) == 0
    with pytest.raises(SeatsShort):
        institute.services.bookings.make(eva, MakeBooking(conference, seated(eva.person_id)))
    institute.clock.instant = stockholm("2026-12-03 11:59:59")
    jobs(institute)
    assert line(institute, conference)[0] == ("Ann", "offered", 1)

    institute.clock.instant = stockholm("2026-12-03 12:00:00")
    with pytest.raises(OfferOver):  # at the instant itself, whether or not the worker has been there
        institute.services.seat_offers.accept(ann, AcceptOffer(conference, anns.place_id))
    for _ in range(3):
        jobs(institute)
    assert line(institute, conference) == [("Bo", "offered", 1)]
    assert [to for to, _ in letters(institute, "offer_lapsed")] == ["ann@example.org"]
    assert join(institute, ann, conference).place == 2
    institute.services.seat_offers.accept(bo, AcceptOffer(conference, bos.place_id))
    assert sitting(institute, conference) == ["Bo"] and len(invoices(institute)) == 2


def rules(institute: Institute, season: SeasonId | None = None, **rule: object) -> None:
    command = AgreeWaitingRules(season_id=season, **rule)  # type: ignore[arg-type]  # as a story names them
    institute.services.waiting_rules.agree(institute.admin, command)


def test_48_working_hours_from_friday_at_three_end_on_tuesday_at_three(institute: Institute) -> None:
    """S20."""
    conference, ann = institute.conference(seats=1), institute.member("Ann", institute.bolt)
    made = book(institute, conference, institute.acme, None)
    rules(institute, answering=Answering.WORKING_HOURS, answer_within=48)
    join(institute, ann, conference)
    institute.clock.instant = stockholm("2026-11-27 15:00")
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    [offer] = institute.services.seat_offer_questions.mine(ann)
    assert offer.until == stockholm("2026-12-01 15:00")


def test_two_working_days_go_past_christmas(institute: Institute) -> None:
    """S20, days: from 22 December they end with the 28th. The season's own rule comes before the organiser's."""
    conference, ann = institute.conference(seats=1), institute.member("Ann", institute.bolt)
    made = book(institute, conference, institute.acme, None)
    rules(institute, answering=Answering.HOURS, answer_within=1)
    rules(institute, conference, answering=Answering.WORKING_DAYS, answer_within=2)
    join(institute, ann, conference)
    institute.clock.instant = stockholm("2026-12-22 09:00")
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    [offer] = institute.services.seat_offer_questions.mine(ann)
    assert offer.until == stockholm("2026-12-29 00:00")


@pytest.mark.parametrize(
    ("offered", "hours", "until"),
    [
        ("2027-03-27 12:00", 24, "2027-03-28 13:00"),  # the night has 23 hours
        ("2026-10-24 12:00", 24, "2026-10-25 11:00"),  # the night has 25 hours
    ],
)
def test_a_night_in_which_the_clock_is_set_fires_once(
    institute: Institute, offered: str, hours: int, until: str
) -> None:
    conference = institute.season("Vår", 1, conference_prices(), free_before(date(2027, 4, 1)), meetings=MAY)
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, conference, institute.acme, None)
    rules(institute, answer_within=hours)
    join(institute, ann, conference)
    join(institute, bo, conference)
    institute.clock.instant = stockholm(offered)
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    [offer] = institute.services.seat_offer_questions.mine(ann)
    assert offer.until == stockholm(until)
    institute.clock.instant = offer.until
    jobs(institute)
    for jump in (timedelta(hours=-3), timedelta(hours=3), timedelta(0)):  # a clock that jumps, back and forth
        institute.clock.instant = offer.until + jump
        jobs(institute)
    assert count(institute, "Seating.OfferLapsed") == 1 and count(institute, "Seating.SeatOffered") == 2
    assert len(letters(institute, "offer_lapsed")) == 1 and len(letters(institute, "seat_offered")) == 2


def test_a_group_that_sits_together_is_passed_over_and_the_log_says_why(institute: Institute) -> None:
    """S21, together: one seat is free, the party of two waits, the next single one is offered it."""
    conference = institute.conference(seats=2)
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, conference, institute.acme, None, None)
    join(institute, ann, conference, 2)
    join(institute, bo, conference)
    cancel(institute, institute.admin, made.booking_id, 1)
    assert line(institute, conference) == [("Ann", "waiting", 0), ("Bo", "offered", 1)]
    rows = institute.services.seat_offer_questions.line(institute.admin, conference)
    assert rows[0].passed_over_for == 1 and rows[0].passed_over_at == institute.clock.instant
    assert count(institute, "Seating.PartyPassedOver") == 1
    cancel(institute, institute.admin, made.booking_id, 2)
    institute.services.seat_offers.decline(bo, DeclineOffer(conference, rows[1].place_id))
    assert line(institute, conference) == [("Ann", "offered", 2)]


def test_seats_are_held_for_a_group_for_some_days_and_then_it_keeps_its_place(institute: Institute) -> None:
    """S21, hold: one seat is gathered, shown as held, for seven days; then the next gets it."""
    conference = institute.conference(seats=3)
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, conference, institute.acme, None, None, None)
    rules(institute, conference, party=Party.HOLD, hold_days=7)
    join(institute, ann, conference, 2)
    join(institute, bo, conference)
    cancel(institute, institute.admin, made.booking_id, 1)
    assert line(institute, conference) == [("Ann", "gathered", 1), ("Bo", "waiting", 0)]
    row = institute.services.programme.season(institute.admin, conference).row
    assert (row.left, row.bookable, row.offered) == (0, 0, 1)
    institute.clock.instant += timedelta(days=7)
    jobs(institute)
    assert line(institute, conference) == [("Ann", "waiting", 0), ("Bo", "offered", 1)]
    cancel(institute, institute.admin, made.booking_id, 2, 3)
    assert line(institute, conference) == [("Ann", "offered", 2), ("Bo", "offered", 1)]


def test_gathered_seats_are_offered_when_there_are_enough(institute: Institute) -> None:
    conference, ann = institute.conference(seats=2), institute.member("Ann", institute.bolt)
    made = book(institute, conference, institute.acme, None, None)
    rules(institute, party=Party.HOLD)
    place = join(institute, ann, conference, 2)
    for no in (1, 2):
        cancel(institute, institute.admin, made.booking_id, no)
        institute.catch_up()
    assert line(institute, conference) == [("Ann", "offered", 2)]
    booked = institute.services.seat_offers.accept(ann, AcceptOffer(conference, place.place_id)).answer
    assert booked.seats == 2 and seats_left(institute, conference) == 0
    assert sitting(institute, conference) == [" – to be named", "Ann"]


def test_both_rules_are_shown_for_this_very_list_before_one_is_chosen(institute: Institute) -> None:
    """S21, the preview: what it says is what happens."""
    conference = institute.conference(seats=2)
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, conference, institute.acme, None, None)
    group, single = join(institute, ann, conference, 2), join(institute, bo, conference)
    effects = institute.services.waiting_rules.effects(institute.admin, conference)
    told = {
        (each.party, each.free): [(move.place_id, move.turn, move.seats) for move in each.moves] for each in effects
    }
    assert told[Party.TOGETHER, 1] == [
        (group.place_id, Turn.PASSED_OVER, 2),
        (single.place_id, Turn.OFFERED, 1),
    ]
    assert told[Party.HOLD, 1] == [(group.place_id, Turn.GATHERED, 1)]
    assert told[Party.TOGETHER, 3] == [(group.place_id, Turn.OFFERED, 2), (single.place_id, Turn.OFFERED, 1)]
    cancel(institute, institute.admin, made.booking_id, 1)
    assert line(institute, conference) == [("Ann", "waiting", 0), ("Bo", "offered", 1)]


def test_the_price_is_that_of_joining_whatever_the_list_says_on_the_day(institute: Institute) -> None:
    """S23: joined in early-bird time, offered when it is over and the prices have been raised; the letter said so."""
    early = PriceList(0, (Price(kronor(8_000), before=date(2026, 10, 1)), Price(kronor(12_000))))
    season = institute.season("Konferens", 1, early, free_before(date(2027, 1, 3)))
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, season, institute.acme, None)
    anns = join(institute, ann, season)
    institute.catch_up()
    [(_, text)] = letters(institute, "queue_joined")
    assert "Priset är det som gällde när du ställde dig i kö" in text
    institute.at(2026, 11, 2)
    bos = join(institute, bo, season)
    raised = (Price(kronor(15_000)),)
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, raised))
    cancel(institute, institute.admin, made.booking_id)
    [(_, text)] = letters(institute, "seat_offered")
    assert (
        "betalar kostar det 10 000 kr inkl. moms." in text.replace("\u00a0", " ") and "om du betalar själv" not in text
    )
    shown = institute.services.bookings.preview(ann, MakeBooking(season, seated(ann.person_id))).quote
    booked = institute.services.seat_offers.accept(ann, AcceptOffer(season, anns.place_id, shown=10_000_00)).answer
    assert shown.sums.gross.amount == booked.gross == 10_000_00
    cancel(institute, institute.admin, booked.booking_id)
    lower = (Price(kronor(6_000)),)
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, lower))
    assert "kostar det 7 500 kr" in dict(letters(institute, "seat_offered"))["bo@example.org"].replace("\u00a0", " ")
    assert institute.services.seat_offers.accept(bo, AcceptOffer(season, bos.place_id)).answer.gross == 7_500_00


def test_who_would_pay_themselves_reads_what_all_their_seats_cost_and_of_a_free_season_no_sum(
    institute: Institute,
) -> None:
    eva, free = institute.member("Eva"), PriceList(0, (Price(kronor(0)),))
    for title, prices in (("Konferens", conference_prices()), ("Fritt", free)):
        season = institute.season(title, 2, prices, free_before(date(2027, 1, 3)))
        made = book(institute, season, institute.acme, None, None)
        join(institute, eva, season, 2)
        cancel(institute, institute.admin, made.booking_id)
    told = [text.replace("\u00a0", " ") for _, text in letters(institute, "seat_offered")]
    said = sorted("Det kostar 30 000 kr inkl. moms om du betalar själv." in text for text in told)
    assert said == [False, True] and sum("kostar" in text for text in told) == 1


def test_the_price_may_be_that_of_the_offer(institute: Institute) -> None:
    """S23, the other rule: what was promised at joining is that the day of the offer counts."""
    season = institute.conference(seats=1)
    ann = institute.member("Ann", institute.bolt)
    rules(institute, price=PriceRule.OFFERED)
    made = book(institute, season, institute.acme, None)
    anns = join(institute, ann, season)
    institute.catch_up()
    assert "Priset är det som gäller när du får erbjudandet" in letters(institute, "queue_joined")[0][1]
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, (Price(kronor(9_000)),)))
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, conference_prices().prices))
    assert institute.services.seat_offers.accept(ann, AcceptOffer(season, anns.place_id)).answer.gross == 11_250_00


def test_nobody_wants_it_and_it_is_sold_to_anybody(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    ann, eva = (institute.member(name, institute.bolt) for name in ("Ann", "Eva"))
    made = book(institute, conference, institute.acme, None)
    place = join(institute, ann, conference)
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    assert institute.services.programme.season(eva, conference).row.bookable == 0
    institute.services.seat_offers.decline(ann, DeclineOffer(conference, place.place_id))
    institute.catch_up()
    assert institute.services.programme.season(eva, conference).row.bookable == 1
    institute.services.bookings.make(eva, MakeBooking(conference, seated(eva.person_id)))


def test_seats_added_and_a_first_refusal_declined_are_offered_too(institute: Institute) -> None:
    season, people = full_season(institute, 2)
    again = next_season(institute, season)
    offer_first(institute, again, season)
    opened(institute, again)
    ann, bo = (institute.member(name, institute.acme) for name in ("Ann", "Bo"))
    join(institute, ann, again)
    join(institute, bo, again)
    decline_first(institute, people[0], again)
    assert line(institute, again) == [("Ann", "offered", 1), ("Bo", "waiting", 0)]
    institute.services.seasons.add_seats(institute.admin, AddSeats(again, 1))
    assert line(institute, again) == [("Ann", "offered", 1), ("Bo", "offered", 1)]


def test_an_admin_moves_somebody_with_a_reason_and_offers_by_hand(institute: Institute) -> None:
    conference = institute.conference(seats=2)
    ann, bo, eva = (institute.member(name, institute.bolt) for name in ("Ann", "Bo", "Eva"))
    made = book(institute, conference, institute.acme, None, None)
    for who in (ann, bo):
        join(institute, who, conference, 2)
    evas = join(institute, eva, conference, 2)
    lists = institute.services.waiting_lists
    for actor, refusal in ((ann, NotAllowed), (institute.finance, NotAllowed)):
        with pytest.raises(refusal):
            lists.move(actor, MoveInQueue(conference, evas.place_id, 1, "Jag vill"))
    with pytest.raises(BadValue):
        lists.move(institute.admin, MoveInQueue(conference, evas.place_id, 4, "Sponsor"))
    lists.move(institute.admin, MoveInQueue(conference, evas.place_id, 1, "Lovades platsen i våras"))
    assert [name for name, _, _ in line(institute, conference)] == ["Eva", "Ann", "Bo"]
    last = join(institute, institute.member("Siv", institute.bolt), conference, 1)
    assert last.place == 4 and line(institute, conference)[3][0] == "Siv"
    with pytest.raises(NoSeatsFor):
        institute.services.seat_offers.offer(institute.admin, OfferSeat(conference, last.place_id))
    lists.leave(institute.admin, LeaveWaitingList(conference, evas.place_id))
    cancel(institute, institute.admin, made.booking_id)
    assert line(institute, conference)[0] == ("Ann", "offered", 2)


def test_who_leaves_or_is_erased_frees_what_was_offered(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    ann, bo, eva = (institute.member(name, institute.bolt) for name in ("Ann", "Bo", "Eva"))
    made = book(institute, conference, institute.acme, None)
    places = [join(institute, who, conference) for who in (ann, bo, eva)]
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    institute.services.waiting_lists.leave(ann, LeaveWaitingList(conference, places[0].place_id))
    assert line(institute, conference)[0] == ("Bo", "offered", 1)
    assert bo.person_id is not None
    institute.services.people.request_erasure(bo, RequestErasure(bo.person_id))
    institute.services.people.erase(institute.admin, ErasePerson(bo.person_id))
    assert line(institute, conference) == [("Eva", "offered", 1)]


def test_another_may_neither_accept_nor_decline(institute: Institute) -> None:
    conference = institute.conference(seats=1)
    ann, bo = (institute.member(name, institute.bolt) for name in ("Ann", "Bo"))
    made = book(institute, conference, institute.acme, None)
    place = join(institute, ann, conference)
    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    offers, about = institute.services.seat_offers, (conference, place.place_id)
    with pytest.raises(OfferOver):
        offers.accept(bo, AcceptOffer(*about))
    with pytest.raises(OfferOver):
        offers.decline(bo, DeclineOffer(*about))
    first, again = (offers.accept(ann, AcceptOffer(*about), "key") for _ in range(2))
    assert first.answer == again.answer and again.repeated


def test_who_pays_the_offer_by_card_is_not_too_late_for_it(database_url: str) -> None:
    """The seat stays theirs while they pay, also when the time to answer ends meanwhile."""
    with cards(database_url) as shop:
        made = shop.institute
        conference, ann = made.conference(seats=1), made.member("Ann", made.bolt)
        first = book(made, conference, made.acme, None)
        place = join(made, ann, conference)
        cancel(made, made.admin, first.booking_id)
        made.catch_up()
        [offer] = made.services.seat_offer_questions.mine(ann)
        made.clock.instant = offer.until - timedelta(minutes=1)
        command = HoldSeats(
            conference,
            seated(ann.person_id),
            place_id=place.place_id,
            paid_url="https://plats.example/paid",
            back_url="https://plats.example/back",
        )
        opened_ = made.services.holds.hold(ann, command)
        made.clock.instant = offer.until + timedelta(minutes=5)
        jobs(made)
        shop.pay(opened_)
        shop.hear()
        jobs(made)
        assert sitting(made, conference) == ["Ann"]


def count(institute: Institute, topic: str) -> int:
    rows = institute.house.store.recorder.query("select count(*) from event where topic = %s", [topic])
    return int(rows[0][0])
