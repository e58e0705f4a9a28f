"""Somebody who has not signed in registers: seats are held, booked and invoiced on confirmation; nothing is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from application.automation.unconfirmed_jobs import TYPED_KEPT
from application.booking.registration import Register, Registered
from application.booking.registration_rules import AgreeRegistrationRules
from application.kernel.actor import stranger
from application.kernel.one_time_token import TooManyAttempts
from application.kernel.rate_limit import MOST_FOR_ADDRESS, SEATS_WINDOW
from application.people.participant import Participant
from application.programme.price import AgreePrices
from application.programme.season import CallOffSeason, CloseBooking, OpenBooking, PlanSeason
from domain.booking.agreement import PersonHasSeat
from domain.booking.registration import Registration
from domain.booking.seating import SeatsShort, TooManyUnconfirmed
from domain.kernel.errors import BadValue, HoldLapsed, NotFound
from domain.kernel.ids import SeasonId
from domain.kernel.terms import free_before
from domain.programme.no_price import SeatsGoTogether
from domain.programme.price import Per, Price, PriceList
from domain.programme.season_opening import SeasonCalledOff
from tests.samples import AUTUMN, Institute, full_day, kronor
from tests.scenarios.story import FREE, documents, facts, invoices, seats_left, sitting
from tests.strangers import confirm, mailed, tidy

AN_HOUR = timedelta(hours=1)


def typed(season: SeasonId, name: str, *colleagues: str) -> Register:
    """Name and address of the one who registers, and of colleagues; an empty name is to be named."""
    others = tuple(
        Participant(name=each, email=f"{each.lower()}@example.org") if each else Participant() for each in colleagues
    )
    return Register(season, name, f"{name.lower()}@example.org", others, address="Gatan 1, 111 11 Byn")


def register(
    institute: Institute,
    season: SeasonId,
    name: str,
    *colleagues: str,
    key: str | None = None,
    place: str = "192.0.2.9",
) -> Registered:
    """Somebody nobody knows registers."""
    nobody, command = stranger(institute.organiser), typed(season, name, *colleagues)
    return institute.services.registrations.register(nobody, command, key, place).answer


def held(institute: Institute) -> int:
    """How many seats are held for registrations that nobody has confirmed."""
    return sum(fact.seats for fact in facts(institute) if isinstance(fact, Registration.Held))


def test_seats_are_held_and_booked_and_invoiced_on_confirmation(institute: Institute) -> None:
    conference = institute.conference()

    answer = register(institute, conference, "Sven", "Siv", "")

    assert (answer.seats, answer.gross, answer.next_step) == (3, 45_000_00, "confirm_registration")
    assert answer.held_until == AUTUMN + AN_HOUR
    assert (seats_left(institute, conference), sitting(institute, conference)) == (97, [])
    assert documents(institute) == []
    assert institute.services.people_questions.people(institute.admin, "sven").items == ()

    assert confirm(institute, "sven@example.org").gross == 45_000_00

    assert sitting(institute, conference) == [" – to be named", "Siv", "Sven"]
    assert (seats_left(institute, conference), invoices(institute)) == (97, [(36_000_00, 9_000_00, 45_000_00)])
    [sven] = institute.services.people_questions.people(institute.admin, "sven").items
    assert sven.is_email_confirmed


def test_one_request_with_69_colleagues_sells_nothing_out_and_invoices_nobody(institute: Institute) -> None:
    """8.1: a season of 70 seats, and one of 2 000."""
    for seats in (70, 2_000):
        season = institute.conference(seats=seats)
        with pytest.raises(TooManyAttempts):
            register(institute, season, f"Sven{seats}", *[""] * 69)
        assert seats_left(institute, season) == seats
    assert documents(institute) == []


def test_many_small_requests_from_anywhere_hold_at_most_their_share_together(institute: Institute) -> None:
    """8.1: 70 addresses from 70 places; half of what is not sold, and after an hour all of it is free again."""
    season = institute.conference(seats=70)
    for no in range(35):
        register(institute, season, f"Sven{no}", place=f"198.51.100.{no}")
    for no in range(35, 70):
        with pytest.raises(TooManyUnconfirmed):
            register(institute, season, f"Sven{no}", place=f"198.51.100.{no}")
    assert (seats_left(institute, season), documents(institute)) == (35, [])
    institute.clock.pass_by(AN_HOUR)
    assert seats_left(institute, season) == 70


def test_the_share_is_of_what_is_not_sold_and_always_one_party(institute: Institute) -> None:
    season, cluster = institute.conference(seats=4), institute.cluster()
    register(institute, season, "Sven", "")
    with pytest.raises(TooManyUnconfirmed) as refused:
        register(institute, season, "Siv")
    assert refused.value.facts == {"most": 2, "held": 2, "asked": 1}
    confirm(institute, "sven@example.org")
    register(institute, season, "Siv")
    with pytest.raises(TooManyUnconfirmed):
        register(institute, season, "Sara")
    confirm(institute, "siv@example.org")
    register(institute, season, "Sara")
    confirm(institute, "sara@example.org")
    assert seats_left(institute, season) == 0
    assert register(institute, cluster, "Sven", "").gross == 40_000_00


def test_seats_are_counted_for_an_address_and_for_a_place(institute: Institute) -> None:
    """Ten seats an hour of one address; the organiser may say otherwise. An IPv6 customer is one place, all /64."""
    conference = institute.conference(seats=2_000)
    register(institute, conference, "Sven", *[""] * 8)
    with pytest.raises(TooManyAttempts):
        register(institute, conference, "Sven", "")
    rules = AgreeRegistrationRules(seats_of_address=20, seats_from_place=12)
    institute.services.registration_rules.agree(institute.admin, rules)
    register(institute, conference, "Bo", *[""] * 11, place="2001:db8:1:2::1")
    with pytest.raises(TooManyAttempts):
        register(institute, conference, "Pia", place="2001:db8:1:2:ffff::2")
    register(institute, conference, "Pia", place="2001:db8:1:3::2")
    institute.clock.pass_by(SEATS_WINDOW)
    register(institute, conference, "Sven", "")


def test_a_party_that_goes_together_is_let_in_once_and_larger_ones_come_under_the_limits(institute: Institute) -> None:
    """A price for an organisation with twelve persons: more than an address may register for, but nobody takes less."""
    price = Price(kronor(90_000), per=Per.ORGANISATION, persons=12, extra=kronor(5_000))
    season = institute.season("Ledningsgrupper", 14, PriceList(0, (price,)), free_before(date(2027, 1, 3)))
    with pytest.raises(TooManyAttempts):
        register(institute, season, "Bo", *[""] * 12)
    assert register(institute, season, "Sven", *[""] * 11).gross == 112_500_00
    with pytest.raises((TooManyAttempts, SeatsShort)):
        register(institute, season, "Siv", *[""] * 11)


def test_how_long_seats_are_held_is_the_organisers_choice(institute: Institute) -> None:
    institute.services.registration_rules.agree(institute.admin, AgreeRegistrationRules(hold_minutes=15))

    answer = register(institute, institute.conference(), "Sven")

    assert answer.held_until == AUTUMN + timedelta(minutes=15)


def test_an_address_is_written_in_only_so_often(institute: Institute) -> None:
    """Each letter goes to somebody who may not have asked: so many to one address in a while."""
    seminar = institute.season("Seminarium", 2_000, FREE)
    for _ in range(MOST_FOR_ADDRESS):
        register(institute, seminar, "Sven")
    known = len(facts(institute))
    with pytest.raises(TooManyAttempts):
        register(institute, seminar, "Sven")
    with pytest.raises(TooManyAttempts):
        register(institute, seminar, "Siv", "Sven")
    assert len(facts(institute)) == known


def test_staff_write_down_any_number_and_book_at_once(institute: Institute) -> None:
    conference = institute.conference(seats=200)
    for no in range(2):
        command = replace(typed(conference, f"Bo{no}"), colleagues=(Participant(),) * 59)
        answer = institute.services.registrations.register(institute.admin, command, place="192.0.2.1").answer
        assert (answer.next_step, answer.held_until) == ("confirm_email", None)
    assert seats_left(institute, conference) == 80
    assert len(documents(institute)) == 2
    with pytest.raises(PersonHasSeat):
        institute.services.registrations.register(institute.admin, typed(conference, "Bo0"))


def test_what_was_shown_is_what_is_booked(institute: Institute) -> None:
    """The price rises and booking closes while the seats are held."""
    conference = institute.conference()
    register(institute, conference, "Sven")
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(conference, (Price(kronor(1)),)))
    institute.services.seasons.close_booking(institute.admin, CloseBooking(conference))

    assert confirm(institute, "sven@example.org").gross == 15_000_00
    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)]


def test_confirmed_twice_is_one_booking(institute: Institute) -> None:
    conference = institute.conference()
    register(institute, conference, "Sven", "Siv")
    link = mailed(institute, "sven@example.org")
    first = institute.services.registrations.confirm(stranger(institute.organiser), link).answer
    known = len(facts(institute))

    institute.clock.pass_by(AN_HOUR)
    again = institute.services.registrations.confirm(stranger(institute.organiser), link).answer

    assert (again, len(facts(institute))) == (first, known)
    assert institute.services.registrations.view(stranger(institute.organiser), link).state == "confirmed"


def test_two_tabs_at_the_same_moment_are_one_booking(institute: Institute) -> None:
    conference, nobody = institute.conference(), stranger(institute.organiser)
    register(institute, conference, "Sven", "Siv")
    link = mailed(institute, "sven@example.org")
    with ThreadPoolExecutor(4) as tabs:
        answers = set(tabs.map(lambda _: institute.services.registrations.confirm(nobody, link).answer, range(4)))
    assert len(answers) == 1
    assert (seats_left(institute, conference), len(documents(institute))) == (98, 1)


def test_many_strangers_at_the_same_moment_hold_their_share_and_no_more(institute: Institute) -> None:
    conference = institute.conference(seats=10)

    def one(no: int) -> int:
        try:
            return register(institute, conference, f"Sven{no}", place=f"198.51.100.{no}").seats
        except TooManyUnconfirmed:
            return 0

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(one, range(16))) == 5
    assert seats_left(institute, conference) == 5


def test_after_its_instant_it_is_free_and_what_was_typed_is_there_for_some_days(institute: Institute) -> None:
    conference, nobody = institute.conference(), stranger(institute.organiser)
    register(institute, conference, "Sven", "Siv")
    link, registrations = mailed(institute, "sven@example.org"), institute.services.registrations
    institute.clock.pass_by(AN_HOUR)

    with pytest.raises(HoldLapsed) as refused:
        registrations.confirm(nobody, link)

    assert refused.value.facts == {"held_until": (AUTUMN + AN_HOUR).isoformat()}
    for _ in range(2):  # before and after the worker has recorded it
        seen = registrations.view(nobody, link)
        assert seen.state == "over"
        assert seen.typed is not None
        assert [each.name for each in seen.typed.colleagues] == ["Siv"]
        assert (seats_left(institute, conference), documents(institute)) == (100, [])
        tidy(institute)
    institute.clock.pass_by(TYPED_KEPT)
    tidy(institute)
    assert registrations.view(nobody, link).typed is None
    with pytest.raises(HoldLapsed):
        registrations.confirm(nobody, link)
    ends = [type(fact).__name__ for fact in facts(institute) if type(fact).__qualname__.startswith("Registration.")]
    assert ends == ["Held", "Lapsed", "Forgotten"]


def test_only_the_mailed_code_opens_a_registration(institute: Institute) -> None:
    register(institute, institute.conference(), "Sven")
    link = mailed(institute, "sven@example.org")
    for act in (institute.services.registrations.view, institute.services.registrations.confirm):
        with pytest.raises(NotFound):
            act(stranger(institute.organiser), replace(link, code="fel"))
    assert documents(institute) == []


def test_known_and_unknown_addresses_have_the_same_effect(institute: Institute) -> None:
    """8.8: whoever has a seat, whoever is known and confirmed, and nobody: same answer, same seats left, same facts."""
    conference = institute.conference()
    register(institute, conference, "Sven")
    confirm(institute, "sven@example.org")
    institute.person("Anna")
    effects = []
    for name in ("Sven", "Anna", "Okand"):
        left, known = seats_left(institute, conference), len(facts(institute))
        recorded = institute.services.registrations.register(
            stranger(institute.organiser), typed(conference, name), name, "192.0.2.9"
        )
        new = [type(fact).__qualname__ for fact in facts(institute)[known:]]
        effects.append((recorded.answer, recorded.position, left - seats_left(institute, conference), new))
    assert effects[0] == effects[1] == effects[2]
    assert effects[0][2:] == (1, ["Seating.SeatsHeld", "Registration.Held"])


def test_whoever_sits_there_already_is_told_in_their_own_mailbox_alone(institute: Institute) -> None:
    conference = institute.conference()
    register(institute, conference, "Sven")
    confirm(institute, "sven@example.org")
    register(institute, conference, "Sven")

    with pytest.raises(PersonHasSeat):
        confirm(institute, "sven@example.org")

    assert sitting(institute, conference) == ["Sven"]


def test_a_colleague_with_a_seat_leaves_one_to_be_named(institute: Institute) -> None:
    """S10: who registers is booked all the same."""
    conference = institute.conference()
    for name, others in (("Siv", ()), ("Sven", ("Siv",))):
        register(institute, conference, name, *others)
        confirm(institute, f"{name.lower()}@example.org")

    assert sitting(institute, conference) == [" – to be named", "Siv", "Sven"]
    assert [row.gross for row in documents(institute)] == [15_000_00, 30_000_00]


@pytest.mark.parametrize("colleagues", [("Sven",), ("Siv", "Siv")])
def test_nobody_is_registered_twice_in_one(institute: Institute, colleagues: tuple[str, ...]) -> None:
    conference = institute.conference()

    with pytest.raises(BadValue):
        register(institute, conference, "Sven", *colleagues)

    assert seats_left(institute, conference) == 100


def test_the_same_click_again_holds_once_and_counts_once(institute: Institute) -> None:
    conference = institute.conference()
    answers = [register(institute, conference, "Sven", *[""] * 7, key="1") for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert seats_left(institute, conference) == 92


def test_a_click_that_was_refused_is_refused_again(institute: Institute) -> None:
    """8.1: who sends each request twice, with its key, comes under the limits as everybody does."""
    season = institute.conference(seats=2_000)
    for _ in range(3):
        with pytest.raises(TooManyAttempts):
            register(institute, season, "Sven", *[""] * 69, key="1")
    assert seats_left(institute, season) == 2_000


def test_a_stranger_takes_no_more_seats_than_there_are(institute: Institute) -> None:
    conference, cluster = institute.conference(seats=1), institute.cluster()

    with pytest.raises(SeatsShort):
        register(institute, conference, "Sven", "Siv")
    with pytest.raises(SeatsGoTogether):
        register(institute, cluster, "Sven")

    assert register(institute, cluster, "Sven", "").gross == 40_000_00
    assert sitting(institute, conference) == []


def test_a_season_called_off_meanwhile_is_not_booked(institute: Institute) -> None:
    conference = institute.conference()
    register(institute, conference, "Sven")
    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "Talaren är sjuk"))

    with pytest.raises(SeasonCalledOff):
        confirm(institute, "sven@example.org")

    assert documents(institute) == []


def test_what_is_free_is_booked_on_confirmation_too(institute: Institute) -> None:
    seminar = institute.season("Seminarium", 40, FREE)
    register(institute, seminar, "Sven")
    assert sitting(institute, seminar) == []
    assert confirm(institute, "sven@example.org").gross == 0
    assert (sitting(institute, seminar), documents(institute)) == (["Sven"], [])


def test_nothing_that_a_stranger_typed_stands_in_the_clear(institute: Institute) -> None:
    register(institute, institute.conference(), "Sven", "Siv")
    institute.catch_up()
    with institute.house.store.connections.borrow() as connection:
        events = connection.execute("select convert_from(state, 'UTF8') from event").fetchall()
        rows = connection.execute("select a::text from unconfirmed.asked a").fetchall()
    for (text,) in (*events, *rows):
        assert not any(word in text.lower() for word in ("sven", "siv", "gatan 1, 111 11 byn"))


@pytest.mark.parametrize("email", ["", "sven", "sven@example", "sven@\0.org"])
def test_a_stranger_gives_an_address_that_can_be_confirmed(institute: Institute, email: str) -> None:
    command = Register(institute.conference(), "Sven", email, address="Gatan 1")

    with pytest.raises(BadValue):
        institute.services.registrations.register(stranger(institute.organiser), command)


def test_a_colleague_with_a_seat_for_the_content_elsewhere_leaves_one_to_be_named(institute: Institute) -> None:
    """S15, 8.8: where a second seat is refused, the answer tells nobody that the colleague attends in another city."""
    network, cities = institute.network("Öppet Forum"), []
    for name, day in (("Stockholm", 3), ("Malmö", 4)):
        plan = PlanSeason(
            network, name, 9, meetings=(full_day(name, 2027, 2, day),), prices=FREE, content="Motvind",
            second_seat="refuse",
        )  # fmt: skip
        cities.append(institute.services.seasons.plan(institute.admin, plan).answer.season_id)
        institute.services.seasons.open_booking(institute.admin, OpenBooking(cities[-1]))
    register(institute, cities[0], "Siv")
    confirm(institute, "siv@example.org")
    register(institute, cities[1], "Sven", "Siv")
    assert confirm(institute, "sven@example.org").seats == 2
    assert sitting(institute, cities[1]) == [" – to be named", "Sven"]
