"""The same content in three cities (S15, A3): a second seat is asked about; one seat moves, or everything stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from application.booking.booking import MakeBooking
from application.booking.merging import MergePeople
from application.booking.move import MoveSeat, SeatMoved
from application.booking.reinstatement import UndoCancellation
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import Actor
from application.people.organisation import AppointContact
from application.people.participant import Participant
from application.programme.meeting import PlannedMeeting
from application.programme.price import AgreePrices
from application.programme.season import CorrectSeason, OpenBooking, PlanSeason
from domain.booking.agreement import PersonHasSeat, SameContent
from domain.booking.move import MoveCostsMore, MoveCostsNoMore, MovedNotCancelled, MoveTooLate, NotSameContent
from domain.booking.seating import SeatsPromised, SeatsShort
from domain.kernel.errors import NotAllowed, NotFound, OutcomeChanged
from domain.kernel.ids import BookingId, CancellationId, SeasonId
from domain.kernel.terms import Terms, free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute, full_day, kronor
from tests.scenarios.mailed import deliver
from tests.scenarios.story import FREE, book, cancel, credit_notes, invoices, seats_left, sitting


class Cities:
    def __init__(self, made: Institute, prices: PriceList = FREE, terms: Terms | None = None) -> None:
        self.made, self.network = made, made.network("Öppet Forum")
        self.prices, self.terms = prices, terms
        self.stockholm, self.malmo = self.city("Stockholm", 20), self.city("Malmö", 21)

    def city(self, name: str, day: int, seats: int = 2, content: str = "Ledarskap i motvind") -> SeasonId:
        services, admin = self.made.services, self.made.admin
        meetings = (PlannedMeeting(f"Seminarium i {name}", full_day("", 2026, 11, day).time),)
        command = PlanSeason(
            self.network, name, seats, meetings=meetings, prices=self.prices, terms=self.terms, content=content
        )
        season = services.seasons.plan(admin, command).answer.season_id
        services.seasons.open_booking(admin, OpenBooking(season))
        self.made.catch_up()
        return season

    def rule(self, rule: str) -> None:
        for season in (self.stockholm, self.malmo):
            command = CorrectSeason(season, particulars={"second_seat": rule})
            self.made.services.seasons.correct(self.made.admin, command)

    def books(self, who: Actor, season: SeasonId, *, again: bool = False) -> BookingId:
        assert who.person_id is not None
        command = MakeBooking(season, (Participant(who.person_id),), again=again)
        made = self.made.services.bookings.make(who, command).answer.booking_id
        self.made.catch_up()
        return made

    def moves(self, who: Actor, booking: BookingId, to: SeasonId, shown: int | None = None) -> SeatMoved:
        moved = self.made.services.moves.move(who, MoveSeat(booking, 1, to, shown)).answer
        self.made.catch_up()
        return moved


@pytest.fixture
def cities(institute: Institute) -> Cities:
    return Cities(institute)


def test_s15_a_second_booking_of_the_same_content_asks_to_move_instead(cities: Cities) -> None:
    anna = cities.made.member("Anna")
    first = cities.books(anna, cities.stockholm)
    with pytest.raises(SameContent) as refused:
        cities.books(anna, cities.malmo)
    assert refused.value.facts["booking_id"] == str(first) and refused.value.facts["season"] == "Stockholm"
    assert anna.person_id is not None
    found = cities.made.services.moves.elsewhere(anna, cities.malmo, anna.person_id)
    assert found is not None and (found.booking_id, found.rule) == (first, "ask")
    moved = cities.moves(anna, first, cities.malmo)
    assert (sitting(cities.made, cities.stockholm), sitting(cities.made, cities.malmo)) == ([], ["Anna"])
    assert (moved.cost, moved.back) == (0, 0)
    again = cities.moves(anna, moved.booking_id, cities.stockholm)
    assert sitting(cities.made, cities.stockholm) == ["Anna"] and again.from_booking_id == moved.booking_id


def test_s15_the_rule_may_let_both_be_or_refuse_a_second_one(cities: Cities) -> None:
    anna, bo, eva = (cities.made.member(name) for name in ("Anna", "Bo", "Eva"))
    cities.books(anna, cities.stockholm)
    cities.books(anna, cities.malmo, again=True)
    cities.rule("refuse")
    cities.books(bo, cities.malmo)
    with pytest.raises(SameContent):
        cities.books(bo, cities.stockholm, again=True)
    with pytest.raises(SameContent):
        book(cities.made, cities.stockholm, cities.made.acme, bo.person_id)
    cities.rule("allow")
    cities.books(eva, cities.city("Lund", 22))
    extra = cities.city("Göteborg", 24)
    with pytest.raises(SameContent):
        cities.books(eva, extra)
    cities.made.services.seasons.correct(cities.made.admin, CorrectSeason(extra, particulars={"second_seat": "allow"}))
    cities.books(eva, extra)


def test_a_booker_learns_nothing_of_what_a_colleague_has_booked(cities: Cities) -> None:
    made = cities.made
    anna = made.member("Anna", made.acme)
    bo = made.member("Bo", made.acme)
    cities.books(bo, cities.stockholm)
    assert bo.person_id is not None
    with pytest.raises(SameContent) as refused:
        made.services.bookings.make(anna, MakeBooking(cities.malmo, (Participant(bo.person_id),), made.acme))
    assert "booking_id" not in refused.value.facts and "season" not in refused.value.facts
    with pytest.raises(NotAllowed):
        made.services.moves.elsewhere(anna, cities.malmo, bo.person_id)


def test_what_was_given_up_or_is_over_stops_nobody(cities: Cities) -> None:
    anna = cities.made.member("Anna")
    cities.books(anna, cities.stockholm)
    cities.made.clock.instant = datetime(2026, 11, 20, 20, tzinfo=UTC)
    other = cities.city("Umeå", 27)
    cities.books(anna, other)
    assert sitting(cities.made, other) == ["Anna"]


def test_a_refusal_loses_nothing(cities: Cities) -> None:
    made = cities.made
    anna, bo, eva, greta = (made.member(name) for name in ("Anna", "Bo", "Eva", "Greta"))
    booking = cities.books(anna, cities.stockholm)
    for who in (bo, eva):
        cities.books(who, cities.malmo)
    with pytest.raises(SeatsShort):
        cities.moves(anna, booking, cities.malmo)
    assert greta.person_id is not None
    made.services.waiting_lists.join(greta, JoinWaitingList(cities.malmo, 1, greta.person_id))
    assert (sitting(made, cities.stockholm), seats_left(made, cities.malmo)) == (["Anna"], 0)
    other = made.season("Något annat", 5, FREE)
    with pytest.raises(NotSameContent):
        cities.moves(anna, booking, other)
    with pytest.raises(NotFound):
        cities.moves(bo, booking, cities.malmo)
    with pytest.raises(NotSameContent):
        cities.moves(anna, booking, cities.stockholm)
    cities.made.clock.instant = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with pytest.raises(MoveTooLate):
        cities.moves(anna, booking, cities.malmo)
    assert sitting(made, cities.stockholm) == ["Anna"]


def test_whoever_waits_there_comes_first(cities: Cities) -> None:
    made = cities.made
    anna, bo, eva, greta = (made.member(name) for name in ("Anna", "Bo", "Eva", "Greta"))
    booking = cities.books(anna, cities.stockholm)
    there = [cities.books(who, cities.malmo) for who in (bo, eva)]
    assert greta.person_id is not None
    made.services.waiting_lists.join(greta, JoinWaitingList(cities.malmo, 1, greta.person_id))
    cancel(made, bo, there[0], 1)
    with pytest.raises((SeatsPromised, SeatsShort)):
        cities.moves(anna, booking, cities.malmo)
    assert sitting(made, cities.stockholm) == ["Anna"]


def test_two_move_at_once_to_the_last_seat_and_one_gets_it(cities: Cities) -> None:
    people = [cities.made.member(name) for name in ("Anna", "Bo")]
    bookings = [cities.books(each, cities.stockholm) for each in people]
    cities.books(cities.made.member("Eva"), cities.malmo)

    def move(no: int) -> bool:
        try:
            cities.made.services.moves.move(people[no], MoveSeat(bookings[no], 1, cities.malmo))
        except SeatsShort:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, range(2))) == [False, True]
    assert len(sitting(cities.made, cities.stockholm)) == 1 and len(sitting(cities.made, cities.malmo)) == 2


def test_the_letters_say_that_it_moved_and_calendars_follow(cities: Cities) -> None:
    anna = cities.made.member("Anna")
    booking = cities.books(anna, cities.stockholm)
    deliver(cities.made)
    cities.moves(anna, booking, cities.malmo)
    letters = deliver(cities.made)
    assert any(
        "Platsen är flyttad till Öppet Forum · Malmö" in each.text or "flyttad till" in each.text for each in letters
    )
    assert sorted(each.method for each in letters if each.method) == ["CANCEL", "REQUEST"]


def test_what_costs_is_credited_and_invoiced_anew_and_another_sum_than_shown_stops_it(institute: Institute) -> None:
    prices = PriceList(0, (Price(kronor(1_000)),))
    cities = Cities(institute, prices, free_before(date(2026, 11, 1)))
    anna = institute.person("Anna", institute.acme)
    booking = book(institute, cities.stockholm, institute.acme, anna).booking_id
    institute.catch_up()
    moved = cities.moves(institute.admin, booking, cities.malmo, 125_000)
    assert (moved.cost, moved.back) == (125_000, 125_000)
    assert invoices(institute) == [(100_000, 25_000, 125_000)] * 2
    assert credit_notes(institute) == [(-100_000, -25_000, -125_000)]
    with pytest.raises(OutcomeChanged):
        cities.moves(institute.admin, moved.booking_id, cities.stockholm, 1)
    assert sitting(institute, cities.malmo) == ["Anna"]


def test_a_member_moves_a_seat_as_long_as_it_is_given_up_for_nothing(institute: Institute) -> None:
    prices = PriceList(0, (Price(kronor(1_000)),))
    cities = Cities(institute, prices, free_before(date(2026, 11, 1)))
    anna = institute.member("Anna", institute.acme)
    assert anna.person_id is not None
    booking = book(institute, cities.stockholm, institute.acme, anna.person_id).booking_id
    institute.at(2026, 11, 2, 12)
    with pytest.raises(MoveTooLate):
        cities.moves(anna, booking, cities.malmo)
    assert sitting(institute, cities.stockholm) == ["Anna"]
    cities.moves(institute.admin, booking, cities.malmo)
    assert sitting(institute, cities.malmo) == ["Anna"]
    with pytest.raises(PersonHasSeat):
        book(institute, cities.malmo, institute.acme, anna.person_id)


def test_whoever_only_sits_there_asks_whoever_pays_to_move_it_where_it_costs_more(institute: Institute) -> None:
    cities, karin, anna = dearer(institute)
    booking = book(institute, cities.stockholm, institute.acme, anna.person_id).booking_id
    deliver(institute)
    moves, dear = institute.services.moves, MoveSeat(booking, 1, cities.malmo)
    with pytest.raises(MoveCostsMore) as refused:
        moves.move(anna, dear)
    assert refused.value.facts["more"] == 62_500
    with pytest.raises(NotFound):
        moves.ask(institute.member("Bo"), dear)
    assert [moves.ask(anna, dear).answer.more for _ in range(2)] == [62_500] * 2
    [letter] = deliver(institute)
    assert letter.to == "karin@example.org" and "625" in letter.text and "Anna" in letter.text
    with pytest.raises(MoveCostsNoMore):
        moves.ask(karin, dear)
    assert sitting(institute, cities.stockholm) == ["Anna"]
    assert cities.moves(karin, booking, cities.malmo).cost == 187_500


def dearer(institute: Institute) -> tuple[Cities, Actor, Actor]:
    """Malmö costs half as much again; Karin answers for Acme, Anna works there."""
    cities = Cities(institute, PriceList(0, (Price(kronor(1_000)),)), free_before(date(2026, 11, 1)))
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(cities.malmo, (Price(kronor(1_500)),)))
    karin, anna = (institute.member(name, institute.acme) for name in ("Karin", "Anna"))
    assert karin.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, karin.person_id))
    institute.catch_up()
    return cities, karin, anna


def test_s15_whoever_was_entered_twice_has_one_seat_for_one_content(cities: Cities) -> None:
    """The seat is another entry's, which has been merged into theirs since."""
    made = cities.made
    anna, entry = made.member("Anna"), made.member("Annie")
    assert anna.person_id is not None and entry.person_id is not None
    first = cities.books(entry, cities.stockholm)
    made.services.merging.merge(made.admin, MergePeople(entry.person_id, anna.person_id))
    made.catch_up()
    with pytest.raises(SameContent) as refused:
        cities.books(anna, cities.malmo)
    assert refused.value.facts["booking_id"] == str(first)
    found = made.services.moves.elsewhere(anna, cities.malmo, anna.person_id)
    assert found is not None and found.booking_id == first


def test_a_seat_that_moved_is_moved_back_and_its_move_is_not_undone(institute: Institute) -> None:
    """Else it would be held, and paid, twice."""
    cities = Cities(institute, PriceList(0, (Price(kronor(1_000)),)), free_before(date(2026, 11, 1)))
    booking = book(institute, cities.stockholm, institute.acme, institute.person("Anna", institute.acme)).booking_id
    institute.catch_up()
    cities.moves(institute.admin, booking, cities.malmo)
    [moved] = institute.services.desk.list(institute.admin, "cancellation").items
    with pytest.raises(MovedNotCancelled) as refused:
        institute.services.reinstatements.undo(institute.admin, UndoCancellation(CancellationId(moved.case_id)))
    assert refused.value.facts == {"season": "Öppet Forum, Malmö"}
    assert (sitting(institute, cities.stockholm), sitting(institute, cities.malmo)) == ([], ["Anna"])
