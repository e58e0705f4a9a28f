"""What holds whatever the numbers: money adds up, seats are never oversold, later is never cheaper to cancel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as any_of

from domain.booking.booking import Booking, BookingEnded, SeatGivenUp
from domain.booking.cancellation import Cancellation
from domain.booking.seating import Seating, open_seating
from domain.kernel.documents import Line, LineKind, line, sums, sums_per_rate
from domain.kernel.eligibility import Eligibility
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import BookingId, PersonId, SeasonId, TransferId
from domain.kernel.money import WHOLE, Money, total
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms, Tier
from domain.kernel.vat import NO_VAT, VAT_6, VAT_12, VAT_25, VatRate
from domain.programme.price import Per, Price, PriceList
from tests.domain.agreements import booking
from tests.domain.vocabulary import ANNA, BOLT, NOON, ORGANISER, memory, replayed

RULES = settings(deadline=None, max_examples=150, print_blob=True)
ore = any_of.integers(min_value=0, max_value=10**9)
signed_ore = any_of.integers(min_value=-(10**9), max_value=10**9)
shares = any_of.integers(min_value=0, max_value=WHOLE)
rates = any_of.sampled_from([VAT_25, VAT_12, VAT_6, NO_VAT, VatRate(1_730)])
days = any_of.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))
moments = any_of.datetimes(datetime(2025, 12, 1), datetime(2029, 1, 31), timezones=any_of.just(UTC))  # noqa: DTZ001  # the strategy adds the zone
ACTIONS = ("take", "take from the list", "release", "add", "join", "leave", "close")


@RULES
@over(signed_ore, any_of.integers(min_value=1, max_value=100))
def test_parts_add_up(amount: int, of: int) -> None:
    parts = [Money(amount).part(number, of) for number in range(1, of + 1)]

    assert total(parts) == Money(amount)
    assert max(part.amount for part in parts) - min(part.amount for part in parts) <= 1


@RULES
@over(signed_ore, shares)
def test_a_share_mirrors_its_negative(amount: int, share: int) -> None:
    assert Money(-amount).share(share) == -Money(amount).share(share)


@RULES
@over(ore, any_of.integers(min_value=1, max_value=1000), rates, any_of.booleans())
def test_vat_is_worked_out_once_for_a_line(unit: int, quantity: int, rate: VatRate, included: bool) -> None:
    made = line(LineKind.SEAT, "x", quantity, Money(unit), rate, unit_includes_vat=included)

    assert made.gross.amount >= made.net.amount >= 0
    assert (made.gross if included else made.net) == Money(unit).times(quantity)
    assert abs(made.vat.amount * WHOLE - made.net.amount * rate.basis_points) <= WHOLE


@RULES
@over(any_of.lists(any_of.tuples(ore, rates), min_size=1, max_size=10))
def test_the_vat_summary_adds_up_to_the_document(drawn: list[tuple[int, VatRate]]) -> None:
    lines = [line(LineKind.GOODS, "x", 1, Money(amount), rate, unit_includes_vat=True) for amount, rate in drawn]

    assert sum(each.gross.amount for _, each in sums_per_rate(lines)) == sum(amount for amount, _ in drawn)


@RULES
@over(ore, any_of.integers(min_value=1, max_value=12), rates, any_of.booleans(), any_of.sampled_from(Per))
def test_a_quotes_total_is_the_sum_of_its_lines(unit: int, seats: int, rate: VatRate, included: bool, per: Per) -> None:
    prices = PriceList(1, (Price(Money(unit), per=per, persons=seats, vat=rate, includes_vat=included),))
    quote = prices.quote("x", seats, Eligibility(), NOON)

    assert quote.sums.gross == total([each.gross for each in quote.lines])
    assert (quote.sums.gross if included else quote.sums.net).amount == unit * (seats if per is Per.PERSON else 1)


@RULES
@over(ore, any_of.integers(min_value=0, max_value=7))
def test_who_joins_late_never_pays_more_than_the_whole(amount: int, left: int) -> None:
    prices = PriceList(1, (Price(Money(amount)),), pro_rata=True)

    if left:
        assert 0 <= prices.quote("x", 1, Eligibility(), NOON, (left, 7)).sums.net.amount <= amount


@RULES
@over(
    any_of.integers(min_value=1, max_value=5),
    any_of.builds(Price, any_of.builds(Money, ore), per=any_of.sampled_from(Per), persons=any_of.just(1), vat=rates),
    any_of.lists(any_of.tuples(any_of.integers(0, 4), any_of.none() | ore, shares), max_size=8),
    any_of.tuples(any_of.integers(0, 4), ore),
)
def test_all_that_was_agreed_is_credited_and_never_more(
    seats: int, price: Price, steps: list[tuple[int, int | None, int]], extra: tuple[int, int]
) -> None:
    """In any order of cancelling and handing over, whatever is kept each time, when all is waived in the end."""
    people = [PersonId(UUID(int=100 + no)) for no in range(seats)]
    included = max(1, seats - extra[0])
    more = Money(extra[1]) if price.per is Per.ORGANISATION else None
    prices = PriceList(1, (replace(price, persons=included, extra=more),))
    made = booking(*people, prices=prices, eligibility=Eligibility())
    agreed, credited = list(made.quote.lines), list[Line]()
    for which, difference, kept in [*steps, *[(0, None, 0)] * seats]:
        if made.ended_for:
            break
        no = made.held[which % len(made.held)].no
        if difference is None:
            credited += _settled(made, no, kept)
        else:
            agreed.append(_handed_over(made, no, difference))
        assert sums(credited).net.amount <= sums(agreed).net.amount
    assert made.ended_for
    assert sums(credited) == sums(agreed)
    assert memory(replayed(made)) == memory(made)


@RULES
@over(
    any_of.lists(any_of.tuples(days, shares), min_size=0, max_size=5, unique_by=lambda tier: tier[0]), moments, moments
)
def test_a_later_cancellation_is_never_cheaper(drawn: list[tuple[date, int]], one: datetime, other: datetime) -> None:
    kept = sorted([share for _, share in drawn] + [WHOLE])
    tiers = [Tier(day, share) for day, share in zip(sorted(day for day, _ in drawn), kept, strict=False)]
    terms = Terms(1, (*tiers, Tier(None, WHOLE)))
    earlier, later = sorted([one, other])

    assert terms.assess(earlier).kept <= terms.assess(later).kept


@RULES
@over(any_of.lists(days, min_size=1, max_size=5, unique=True), moments)
def test_an_assessment_holds_from_its_first_instant_until_its_last(drawn: list[date], at: datetime) -> None:
    terms = Terms(1, (*[Tier(day, 100 * no) for no, day in enumerate(sorted(drawn))], Tier(None, WHOLE)))
    now = terms.assess(at)

    assert (now.since is None or now.since <= at) and (now.until is None or at < now.until)
    assert now.since is None or terms.assess(now.since) == now
    if now.until is not None:
        assert terms.assess(now.until - timedelta(microseconds=1)) == now
        assert terms.assess(now.until).kept == now.kept_after


@RULES
@over(any_of.data())
def test_seats_are_never_oversold(data: any_of.DataObject) -> None:
    hall = open_seating(ORGANISER, SeasonId(UUID(int=31)), data.draw(any_of.integers(min_value=1, max_value=8)))
    held: dict[BookingId, int] = {}
    for turn in range(data.draw(any_of.integers(min_value=0, max_value=30))):
        _act(hall, held, data.draw(any_of.sampled_from(ACTIONS)), data.draw(any_of.integers(-3, 5)), turn)
        assert hall.taken == sum(held.values())
        assert 0 <= hall.left_at(NOON) <= hall.capacity
    assert memory(replayed(hall)) == memory(hall)


def _handed_over(made: Booking, no: int, difference: int) -> Line:
    number = len(made.pending_events)
    extra = line(LineKind.DIFFERENCE, "x", 1, Money(difference), VAT_25).about(UUID(int=number))
    made.hand_over(no, TransferId(UUID(int=number)), PersonId(UUID(int=1000 + number)), BOLT, (extra,), NOON)
    return extra


def _settled(made: Booking, no: int, kept: int) -> list[Line]:
    """One seat is given up, a share is kept, and in the end all of it is waived."""
    request = Cancellation(
        id=UUID(int=1),
        organiser_id=ORGANISER,
        booking_id=BookingId(made.id),
        season_id=SeasonId(UUID(int=31)),
        seats=(no,),
        received_at=NOON,
        plea=None,
    )
    request.assess(made.assess(NOON), made.credit_for((no,), kept), made.credit_for((no,), 0))
    made.give_up((no,), request.cancellation_id, request.credit, NOON)
    request.grant("admin")
    request.waive(Encrypted("person", ANNA, "", "reason", b""), "admin")
    for again in ((no,), (no, no), ()):
        _refused(made, again)
    return list(request.credited)


def _refused(made: Booking, numbers: tuple[int, ...]) -> None:
    try:
        made.credit_for(numbers, 0)
    except (SeatGivenUp, BookingEnded, BadValue):
        return
    raise AssertionError("a seat was credited twice")


def _act(hall: Seating, held: dict[BookingId, int], action: str, number: int, turn: int) -> None:
    booking_id = BookingId(UUID(int=turn))
    try:
        match action:
            case "take":
                hall.take(booking_id, number)
                held[booking_id] = number
            case "take from the list" if hall.queue:
                hall.take(booking_id, number, place_id=hall.queue[number % len(hall.queue)][0])
                held[booking_id] = number
            case "release" if held:
                released = sorted(held)[number % len(held)]
                hall.release(released, held.pop(released))
            case "add":
                hall.add_seats(number, NOON)
            case "join":
                hall.join_queue(UUID(int=turn), PersonId(UUID(int=number + 10)), number)
            case "leave" if hall.queue:
                hall.leave_queue(hall.queue[number % len(hall.queue)][0])
            case "close" if number == 0:
                hall.close()
            case _:
                pass
    except RuleBroken:
        return
