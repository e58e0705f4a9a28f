"""First refusal (S45): who takes part now may choose first, then those who wait, then anybody."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from application.booking.booking import BookingMade, MakeBooking
from application.booking.first_refusal import (
    DeclineFirstRefusal,
    FirstRefusalsOffered,
    NobodyToOffer,
    OfferFirstRefusal,
    ParticipantsChanged,
)
from application.booking.held_seats import HoldSeats
from application.booking.waiting_list import JoinWaitingList, WaitingPlace
from application.kernel.actor import Actor
from application.people.person import ErasePerson, RequestErasure
from application.programme.roll_over import CopySeason
from application.programme.season import OpenBooking
from domain.booking.first_refusal import FirstRefusalSettled
from domain.booking.seating import SeatsPromised, SeatsShort
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.kernel.terms import free_before
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.cards import cards
from tests.scenarios.programme.test_season_letters import letters
from tests.scenarios.story import book, facts, seated, seats_left, sitting, stockholm

DAYS = ((2026, 9, 23), (2026, 10, 28), (2026, 11, 26), (2027, 1, 27), (2027, 3, 24))
UNTIL = date(2027, 8, 15)


def full_season(institute: Institute, participants: int) -> tuple[SeasonId, list[Actor]]:
    """Five meetings, every seat taken."""
    meetings = tuple(full_day(f"Träff {no}", *day) for no, day in enumerate(DAYS, start=1))
    season = institute.season(
        "Säsong 1", participants, conference_prices(), free_before(date(2026, 9, 1)), meetings=meetings
    )
    people = [institute.member(f"Deltagare{no:02d}", institute.acme) for no in range(1, participants + 1)]
    book(institute, season, institute.acme, *(each.person_id for each in people))
    return season, people


def next_season(institute: Institute, season: SeasonId) -> SeasonId:
    """The same again, not yet open."""
    institute.catch_up()
    return institute.services.roll_overs.copy(institute.admin, CopySeason(season, "Säsong 2")).answer.season_id


def offer(institute: Institute, season: SeasonId, earlier: SeasonId, shown: int | None = None) -> FirstRefusalsOffered:
    institute.catch_up()
    command = OfferFirstRefusal(season, earlier, UNTIL, shown)
    return institute.services.first_refusals.offer(institute.admin, command).answer


def opened(institute: Institute, season: SeasonId) -> None:
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))


def decline(institute: Institute, actor: Actor, season: SeasonId) -> None:
    assert actor.person_id is not None
    institute.services.first_refusals.decline(actor, DeclineFirstRefusal(season, actor.person_id))


def take(
    institute: Institute, actor: Actor, season: SeasonId, place: WaitingPlace | None = None, *others: PersonId | None
) -> BookingMade:
    command = MakeBooking(
        season, seated(actor.person_id, *others), institute.acme, place_id=place.place_id if place else None
    )
    return institute.services.bookings.make(actor, command).answer


def wait(institute: Institute, actor: Actor, season: SeasonId) -> WaitingPlace:
    return institute.services.waiting_lists.join(actor, JoinWaitingList(season, 1)).answer


def about(institute: Institute, season: SeasonId) -> list[object]:
    """All that is remembered about a season, its seats and its bookings."""
    bookings = institute.house.models.booking.bookings_of(season)
    streams = {season, seating_of(season), *bookings}
    return [one for one in facts(institute) if getattr(one, "originator_id", None) in streams]


def states(institute: Institute, season: SeasonId) -> Counter[str]:
    institute.catch_up()
    rows = institute.services.first_refusal_questions.of_season(institute.admin, season)
    return Counter(row.state for row in rows)


def test_a_season_again_first_for_its_twenty_participants_then_the_queue(institute: Institute) -> None:
    """S45: 364 days, five drafts, 20 offers; a seat that is declined goes to who waits longest, nothing to others."""
    season, people = full_season(institute, 20)
    again = next_season(institute, season)
    institute.catch_up()
    starts = [each.time.start_at for each in institute.services.programme.season(institute.admin, again).meetings]
    assert starts[0] == stockholm("2027-09-22 09:00") and len(starts) == 5
    assert offer(institute, again, season, shown=20).offered == 20
    opened(institute, again)
    assert len(letters(institute, "first_refusal")) == 20 and seats_left(institute, again) == 0
    ann, bo, eva = (institute.member(name, institute.acme) for name in ("Ann", "Bo", "Eva"))
    with pytest.raises(SeatsShort):
        take(institute, eva, again)
    anns, bos = wait(institute, ann, again), wait(institute, bo, again)

    take(institute, people[0], again)
    decline(institute, people[1], again)
    for actor, place in ((eva, None), (bo, bos)):
        with pytest.raises(SeatsPromised):
            take(institute, actor, again, place)
    take(institute, ann, again, anns)
    assert states(institute, again) == {"offered": 18, "used": 1, "declined": 1}
    assert sitting(institute, again) == ["Ann", "Deltagare01"]


def test_after_15_august_the_seats_are_the_queues_and_then_anybodys(institute: Institute) -> None:
    """S45, the day: kept through the last minute of 2027-08-15 in Stockholm, in queue order from the next."""
    season, _ = full_season(institute, 3)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    bo, eva = (institute.member(name, institute.acme) for name in ("Bo", "Eva"))
    bos = wait(institute, bo, again)
    institute.clock.instant = stockholm("2027-08-15 23:59:59")
    with pytest.raises(SeatsShort):
        take(institute, bo, again, bos)
    institute.clock.instant = stockholm("2027-08-16 00:00:00")
    with pytest.raises(SeatsPromised):
        take(institute, eva, again)
    take(institute, bo, again, bos)
    take(institute, eva, again)
    assert sitting(institute, again) == ["Bo", "Eva"] and seats_left(institute, again) == 1


def test_nothing_of_the_earlier_season_changes(institute: Institute) -> None:
    """S45: not its plan, its seats or its bookings, whatever happens in the next one."""
    season, people = full_season(institute, 2)
    institute.catch_up()
    remembered, before = about(institute, season), institute.services.programme.season(institute.admin, season)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    take(institute, people[0], again)
    decline(institute, people[1], again)
    institute.catch_up()
    assert about(institute, season) == remembered
    assert institute.services.programme.season(institute.admin, season) == before
    assert sitting(institute, season) == ["Deltagare01", "Deltagare02"]


def test_when_the_day_has_passed_the_seats_are_free_without_anybody_asking(institute: Institute) -> None:
    season, _ = full_season(institute, 2)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    assert seats_left(institute, again) == 0
    institute.clock.instant = stockholm("2027-08-15 23:59:59")
    assert seats_left(institute, again) == 0
    institute.clock.instant = stockholm("2027-08-16 00:00:00")
    institute.house.worker.jobs.finish()
    rows = institute.house.store.recorder.query("select count(*) from event where topic = 'FirstRefusal.Lapsed'", [])
    assert states(institute, again) == {"lapsed": 2} and rows == [(2,)]
    assert seats_left(institute, again) == 2


def test_what_will_be_offered_is_looked_at_first_and_a_stale_look_is_refused(institute: Institute) -> None:
    season, people = full_season(institute, 2)
    again = next_season(institute, season)
    command = OfferFirstRefusal(again, season, UNTIL)
    refusals = institute.services.first_refusals
    seen = refusals.preview(institute.admin, command)
    assert seen.people == tuple(each.person_id for each in people) and (seen.left, seen.unnamed) == (2, 0)
    assert seen.until == stockholm("2027-08-16 00:00:00")
    with pytest.raises(ParticipantsChanged):
        offer(institute, again, season, shown=1)
    with pytest.raises(BadValue):
        refusals.preview(institute.admin, OfferFirstRefusal(again, season, date(2026, 8, 31)))
    with pytest.raises(BadValue):
        refusals.preview(institute.admin, OfferFirstRefusal(season, season, UNTIL))
    for asked in (refusals.preview, refusals.offer):
        with pytest.raises(NotAllowed):
            asked(people[0], command)


def test_everybody_is_offered_once_and_more_people_than_seats_are_not(institute: Institute) -> None:
    season, _ = full_season(institute, 2)
    again = next_season(institute, season)
    offer(institute, again, season)
    with pytest.raises(NobodyToOffer):
        offer(institute, again, season)
    crowded, _ = _another_full(institute)
    with pytest.raises(SeatsShort):
        offer(institute, again, crowded)
    assert states(institute, again) == {"offered": 2}


def test_more_people_than_one_decision_records_are_all_offered_a_seat(institute: Institute) -> None:
    season = institute.season("Stor", 205, conference_prices(), free_before(date(2026, 9, 1)))
    people = [institute.member(f"Deltagare{no:03d}", institute.acme).person_id for no in range(205)]
    for first in range(0, 205, 100):
        book(institute, season, institute.acme, *people[first : first + 100])
    later = next_season(institute, season)

    assert offer(institute, later, season, shown=205).offered == 205

    institute.catch_up()
    assert states(institute, later) == Counter(offered=205)
    with pytest.raises(NobodyToOffer):
        offer(institute, later, season)


def test_only_they_and_an_admin_decline_and_only_once(institute: Institute) -> None:
    season, people = full_season(institute, 2)
    again = next_season(institute, season)
    offer(institute, again, season)
    anna, bo = people
    assert anna.person_id and bo.person_id
    refusals = institute.services.first_refusals
    with pytest.raises(NotFound):
        refusals.decline(bo, DeclineFirstRefusal(again, anna.person_id))
    refusals.decline(institute.admin, DeclineFirstRefusal(again, anna.person_id))
    with pytest.raises(FirstRefusalSettled):
        decline(institute, anna, again)
    institute.catch_up()
    mine = institute.services.first_refusal_questions.mine
    assert mine(anna) == () and [row.season for row in mine(bo)] == ["Säsong 2"]
    with pytest.raises(NotAllowed):
        institute.services.first_refusal_questions.of_season(bo, again)


def test_a_letter_goes_when_the_season_can_be_booked_and_once(institute: Institute) -> None:
    season, _ = full_season(institute, 1)
    again = next_season(institute, season)
    offer(institute, again, season)
    assert letters(institute, "first_refusal") == []
    for _ in range(2):
        opened(institute, again)
    [(to, text)] = letters(institute, "first_refusal")
    assert to == "deltagare01@example.org" and "Säsong\u00a01, Säsong\u00a02" in text and "15 augusti 2027" in text


def test_a_colleague_books_the_kept_seats_and_no_more(institute: Institute) -> None:
    """Whoever books for them uses their seats; a seat beside them is as for anybody."""
    season, people = full_season(institute, 2)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    with pytest.raises(SeatsShort):
        take(institute, people[0], again, None, people[1].person_id, None)
    take(institute, people[0], again, None, people[1].person_id)
    assert states(institute, again) == {"used": 2} and seats_left(institute, again) == 0


def test_nothing_is_kept_for_somebody_who_is_erased(institute: Institute) -> None:
    season, people = full_season(institute, 1)
    again = next_season(institute, season)
    offer(institute, again, season)
    [anna] = people
    assert anna.person_id
    institute.services.people.request_erasure(anna, RequestErasure(anna.person_id))
    institute.services.people.erase(institute.admin, ErasePerson(anna.person_id))
    assert states(institute, again) == {"declined": 1} and seats_left(institute, again) == 1


def _another_full(institute: Institute) -> tuple[SeasonId, list[PersonId]]:
    season = institute.season("Annan", 1, conference_prices(), free_before(date(2026, 9, 1)))
    person = institute.person("Vera", institute.acme)
    book(institute, season, institute.acme, person)
    return season, [person]


def test_a_kept_seat_is_paid_by_card_and_kept_when_it_is_not(database_url: str) -> None:
    """Whoever turns back from the card page still has first refusal; whoever pays has the seat."""
    with cards(database_url) as shop:
        made = shop.institute
        season, people = full_season(made, 2)
        again = next_season(made, season)
        offer(made, again, season)
        opened(made, again)
        for person in people:
            asked = HoldSeats(
                again, seated(person.person_id), paid_url="http://127.0.0.1/paid", back_url="http://127.0.0.1/back"
            )
            page = made.services.holds.hold(person, asked)
            if person is people[0]:
                made.services.holds.let_go(person, page.checkout_id)
            else:
                shop.pay(page)
        shop.hear()
        assert states(made, again) == {"offered": 1, "used": 1} and seats_left(made, again) == 0
        assert sitting(made, again) == ["Deltagare02"]
        take(made, people[0], again)
        assert states(made, again) == {"used": 2}
