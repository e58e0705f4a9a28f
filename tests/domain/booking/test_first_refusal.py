"""First refusal: answered once, or over with its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.booking.first_refusal import FirstRefusal, FirstRefusalSettled
from domain.kernel.ids import BookingId, SeasonId
from tests.domain.vocabulary import ANNA, ORGANISER, fact, given

END = datetime(2027, 8, 15, 22, tzinfo=UTC)
BOOKING = BookingId(UUID(int=1))


def refusal() -> FirstRefusal:
    return FirstRefusal(
        organiser_id=ORGANISER,
        season_id=SeasonId(UUID(int=31)),
        earlier_season_id=SeasonId(UUID(int=30)),
        person_id=ANNA,
        organisation_id=None,
        until_on=date(2027, 8, 15),
        until=END,
    )


def test_it_is_used_or_declined() -> None:
    given(refusal()).when(FirstRefusal.use, BOOKING).then(fact(FirstRefusal.Used, booking_id=BOOKING))
    given(refusal()).when(FirstRefusal.decline).then(fact(FirstRefusal.Declined))


def test_it_is_free_when_the_person_has_another_seat() -> None:
    freed = refusal()
    given(freed).when(FirstRefusal.free, BOOKING).then(fact(FirstRefusal.Freed, booking_id=BOOKING))
    given(freed).when(FirstRefusal.free, BOOKING).refused(FirstRefusalSettled, status="freed")
    given(freed).when(FirstRefusal.lapse, END).then()


def test_what_is_settled_is_not_settled_again() -> None:
    declined = refusal()
    declined.decline()
    given(declined).when(FirstRefusal.use, BOOKING).refused(FirstRefusalSettled, status="declined")
    given(declined).when(FirstRefusal.decline).refused(FirstRefusalSettled, status="declined")
    given(declined).when(FirstRefusal.lapse, END).then()


def test_it_is_over_from_the_instant_its_day_has_ended() -> None:
    given(refusal()).when(FirstRefusal.lapse, END - timedelta(microseconds=1)).then()
    given(refusal()).when(FirstRefusal.lapse, END).then(fact(FirstRefusal.Lapsed))
