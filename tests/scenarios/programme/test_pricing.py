"""What is paid, by whom and why: per person and per organisation, members and others, on the day of the booking."""

from __future__ import annotations

from datetime import date

import pytest

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking, NameParticipant
from application.booking.purchase import MakePurchase
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import stranger
from application.people.membership import EndMembership
from application.people.participant import Participant
from application.programme.goods import OfferGoods
from application.programme.season import CallOffSeason
from domain.booking.seating import SeatsShort
from domain.kernel.documents import sums, sums_per_rate
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotAllowed, OutcomeChanged
from domain.kernel.ids import SeasonId, membership_of
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.programme.no_price import SeatsGoTogether
from domain.programme.price import Per, Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.story import (
    FREE,
    amounts,
    book,
    cancel,
    credit_notes,
    documents,
    invoices,
    seated,
    seats_left,
    sitting,
    stockholm,
    whole,
)
from tests.strangers import confirm, order


def test_a_non_members_cluster_costs_32_000_for_two_persons_one_of_them_to_be_named(institute: Institute) -> None:
    """S01: naming the second later changes no money and creates no invoice."""
    cluster = institute.cluster()
    bodil = institute.person("Bodil", institute.bolt)

    made = book(institute, cluster, institute.bolt, bodil, None)

    assert (made.net, made.vat, made.gross, made.left) == (32_000_00, 8_000_00, 40_000_00, 13)
    assert invoices(institute) == [(32_000_00, 8_000_00, 40_000_00)]
    assert sitting(institute, cluster) == ["Bodil", "Bolt AB – to be named"]

    name = NameParticipant(made.booking_id, 2, Participant(institute.person("Bengt", institute.bolt)))
    institute.services.bookings.name_participant(institute.admin, name)

    assert sitting(institute, cluster) == ["Bengt", "Bodil"]
    assert invoices(institute) == [(32_000_00, 8_000_00, 40_000_00)]
    assert seats_left(institute, cluster) == 13


def test_a_members_cluster_costs_25_000_and_the_membership_is_named(institute: Institute) -> None:
    """S02: the price explanation names the membership fact and its validity on the booking instant."""
    cluster = institute.cluster()

    made = book(institute, cluster, institute.acme, None, None)

    assert (made.net, made.vat, made.gross) == (25_000_00, 6_250_00, 31_250_00)
    institute.catch_up()
    quote = institute.services.booking_questions.one(institute.admin, made.booking_id).quote
    assert quote.ground is not None
    assert quote.ground.source_id == membership_of(institute.organiser, institute.acme, Ground.MEMBER)
    assert (quote.ground.from_on, quote.ground.until_on) == (date(2026, 1, 1), date(2027, 12, 31))
    assert (quote.decided_on, quote.price_version) == (date(2026, 9, 1), 1)


def test_one_seat_left_is_never_sold_as_two(institute: Institute) -> None:
    """S03: the eighth organisation is refused, and told of the waiting list; one seat only where the admin lets it."""
    cluster = institute.cluster()
    _fill(institute, cluster, organisations=7)
    eighth = institute.organisation("Eta AB", "556999-8007")

    with pytest.raises(SeatsShort) as refused:
        book(institute, cluster, eighth, None, None)

    assert refused.value.facts == {"asked": 2, "left": 1, "waiting_list": True, "may_book_fewer": False}
    with pytest.raises(SeatsGoTogether):
        book(institute, cluster, eighth, None)
    assert seats_left(institute, cluster) == 1
    place = institute.services.waiting_lists.join(
        institute.member("Eva", eighth), JoinWaitingList(cluster, seats=2)
    ).answer
    assert place.place == 1


def test_one_seat_costs_the_organisation_its_full_price_where_that_is_allowed(institute: Institute) -> None:
    """S03, the admin's choice."""
    cluster = institute.cluster(may_book_fewer=True)
    _fill(institute, cluster, organisations=7)
    eighth = institute.organisation("Eta AB", "556999-8007")

    with pytest.raises(SeatsShort) as refused:
        book(institute, cluster, eighth, None, None)
    assert refused.value.facts["may_book_fewer"] is True

    made = book(institute, cluster, eighth, None)
    assert (made.net, made.gross, made.left) == (32_000_00, 40_000_00, 0)


def test_a_seasons_sums_are_the_sums_of_its_invoices(institute: Institute) -> None:
    """S04: five non-members and two members in a cluster."""
    cluster = institute.cluster()
    _fill(institute, cluster, organisations=5)
    book(institute, cluster, institute.acme, None, None)
    book(institute, cluster, institute.delta, None, None)

    rows = documents(institute)

    assert len(rows) == 7
    expected = 210_000_00, 52_500_00, 262_500_00
    assert tuple(map(sum, zip(*map(amounts, rows), strict=True))) == expected
    [told] = institute.services.invoice_questions.sums(institute.finance)
    assert (told.net, told.vat, told.gross) == expected
    assert (told.seats_taken, told.documents) == (14, 7)


def test_a_conference_is_cheaper_for_members(institute: Institute) -> None:
    """S05: three from Acme, one from Bolt."""
    conference = institute.conference()

    assert book(institute, conference, institute.acme, None, None, None).gross == 22_500_00
    assert book(institute, conference, institute.bolt, None).gross == 15_000_00
    assert invoices(institute) == [(18_000_00, 4_500_00, 22_500_00), (12_000_00, 3_000_00, 15_000_00)]


def test_a_book_alone_costs_125_kronor(institute: Institute) -> None:
    """S06."""
    made = _buy(institute, 1, with_postage=False)

    assert made == (117_92, 7_08, 125_00)
    assert invoices(institute) == [made]


def test_three_books_and_postage_cost_424_kronor(institute: Institute) -> None:
    """S07: VAT is worked out for each line, never for each copy."""
    assert _buy(institute, 3, with_postage=True) == (400_00, 24_00, 424_00)

    [row] = documents(institute)
    lines = whole(institute, row).lines
    assert [(each.net.amount, each.vat.amount) for each in lines] == [(353_77, 21_23), (46_23, 2_77)]


def test_a_conference_and_a_book_have_two_rates(institute: Institute) -> None:
    """S08, as two documents: 7 625.00 in all, each rate summed by itself."""
    book(institute, institute.conference(), institute.acme, None)
    _buy(institute, 1, with_postage=False)

    lines = [line for row in documents(institute) for line in whole(institute, row).lines]

    assert [(rate.basis_points, each.net.amount, each.vat.amount) for rate, each in sums_per_rate(lines)] == [
        (2_500, 6_000_00, 1_500_00),
        (600, 117_92, 7_08),
    ]
    assert sums(lines).gross == kronor(7_625)


@pytest.mark.parametrize(
    ("when", "net", "lapsed_on"),
    [("2026-12-31 23:30", 6_000_00, None), ("2027-01-02 12:00", 12_000_00, date(2026, 12, 31))],
)
def test_a_membership_counts_until_midnight_of_its_last_day(
    institute: Institute, when: str, net: int, lapsed_on: date | None
) -> None:
    """S09: what was booked before it lapsed keeps its price; what is booked after says why it is dearer."""
    conference = institute.conference()
    institute.clock.instant = stockholm(when)
    made = book(institute, conference, institute.delta, None)
    institute.clock.instant = stockholm("2027-02-01 12:00")
    institute.catch_up()

    row = institute.services.booking_questions.one(institute.admin, made.booking_id)

    assert (made.net, row.net) == (net, net)
    assert (row.quote.lapsed and row.quote.lapsed.until_on) == lapsed_on


def test_a_booking_in_the_last_hour_of_the_year_is_invoiced_on_its_local_day(institute: Institute) -> None:
    conference = institute.conference()
    institute.clock.instant = stockholm("2027-01-01 00:30")
    book(institute, conference, institute.bolt, None)

    [row] = documents(institute)

    assert (row.issued_on, row.due_on) == (date(2027, 1, 1), date(2027, 1, 31))


def test_a_stranger_who_gives_a_members_address_pays_the_price_for_everyone(institute: Institute) -> None:
    """S10: no member price, only a mail to confirm, and the same answer for a known and an unknown address."""
    conference = institute.conference()
    institute.person("Anna", institute.acme)
    nobody = stranger(institute.organiser)
    answers = [
        institute.services.registrations.register(
            nobody, Register(conference, "Sven", email, employer="Acme AB", org_number="556999-0004", address="Gatan 1")
        ).answer
        for email in ("anna@example.org", "nobody@acme.example")
    ]

    assert answers[0] == answers[1]
    assert (answers[0].net, answers[0].gross, answers[0].next_step) == (12_000_00, 15_000_00, "confirm_registration")
    assert invoices(institute) == []
    for email in ("anna@example.org", "nobody@acme.example"):
        assert confirm(institute, email).gross == 15_000_00
    assert invoices(institute) == [(12_000_00, 3_000_00, 15_000_00)] * 2
    again = Register(conference, "Sven", "anna@example.org", address="Gatan 1")
    assert institute.services.registrations.register(nobody, again).answer == answers[0]
    assert len(invoices(institute)) == 2
    with pytest.raises(NotAllowed):
        institute.services.bookings.make(
            institute.member("Sven"), MakeBooking(conference, seated(None), institute.acme)
        )


def test_what_was_shown_is_what_is_agreed_or_nothing(institute: Institute) -> None:
    """The membership ends between the preview and the booking: the buyer looks again."""
    conference = institute.conference()
    command = MakeBooking(conference, seated(None), institute.acme)
    shown = institute.services.bookings.preview(institute.admin, command).quote.sums.gross.amount
    membership = membership_of(institute.organiser, institute.acme, Ground.MEMBER)
    institute.services.memberships.end(institute.admin, EndMembership(membership, date(2026, 8, 31)))

    with pytest.raises(OutcomeChanged) as refused:
        institute.services.bookings.make(
            institute.admin, MakeBooking(conference, seated(None), institute.acme, shown=shown)
        )

    assert refused.value.facts == {"shown": 7_500_00, "now": 15_000_00}
    assert invoices(institute) == []


def test_what_is_free_has_no_invoice(institute: Institute) -> None:
    """S13: admitted, 0.00, no document."""
    seminar = institute.season("Seminarium", 40, FREE)

    assert book(institute, seminar, institute.acme, None).gross == 0
    assert documents(institute) == []
    assert institute.services.invoice_questions.list(institute.finance, DocumentFilter()).items == ()


def _fill(institute: Institute, season: SeasonId, organisations: int) -> None:
    """So many organisations that are not members take two seats each."""
    numbers = ["556999-1002", "556999-3008", "556999-4006", "556999-5003", "556999-6001", "556999-7009", "556999-9005"]
    for no, number in enumerate(numbers[:organisations]):
        payer = institute.bolt if no == 0 else institute.organisation(f"Org {no}", number)
        book(institute, season, payer, None, None)


def _buy(institute: Institute, quantity: int, *, with_postage: bool) -> tuple[int, int, int]:
    offered = institute.services.goods.offer(institute.admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6))
    command = MakePurchase(
        offered.answer.goods_id, quantity, "Gatan 1", "Sven", "sven@example.org", with_postage=with_postage
    )
    made = order(institute, command)
    return made.net, made.vat, made.gross


TWO_AND_MORE = PriceList(
    0,
    (
        Price(kronor(32_000), per=Per.ORGANISATION, persons=2, extra=kronor(9_000)),
        Price(kronor(25_000), Ground.MEMBER, per=Per.ORGANISATION, persons=2, extra=kronor(7_500)),
    ),
)


def test_a_list_with_two_sizes_sells_both_and_says_which_it_has(institute: Institute) -> None:
    """3.5."""
    prices = PriceList(
        0, tuple(Price(kronor(n), per=Per.ORGANISATION, persons=k) for n, k in ((20_000, 2), (27_000, 3)))
    )
    season = institute.season("Kluster", 15, prices, free_before(date(2027, 1, 3)))

    assert book(institute, season, institute.acme, None, None, None).net == 27_000_00
    assert book(institute, season, institute.bolt, None, None).net == 20_000_00
    with pytest.raises(SeatsGoTogether) as refused:
        book(institute, season, institute.delta, None, None, None, None)
    assert refused.value.facts["sizes"] == [2, 3]


def test_extra_persons_are_invoiced_by_themselves_and_credited_as_they_go(institute: Institute) -> None:
    """3.5: four at a price for two; one goes and comes back, two go, all go: invoiced and credited add up."""
    season = institute.season("Kluster", 15, TWO_AND_MORE, free_before(date(2027, 1, 3)))
    made = book(institute, season, institute.bolt, None, None, None, None)
    assert (made.seats, made.net, made.gross) == (4, 50_000_00, 62_500_00)
    [invoice] = documents(institute, "invoice")
    assert [(each.kind, each.quantity, each.net) for each in whole(institute, invoice).lines] == [
        ("seat", 1, kronor(32_000)),
        ("extra", 2, kronor(9_000).times(2)),
    ]

    gone = cancel(institute, institute.admin, made.booking_id, 2)
    assert (gone.credit_net, gone.credit) == (9_000_00, 11_250_00)
    assert credit_notes(institute) == [(-9_000_00, -2_250_00, -11_250_00)]
    institute.services.reinstatements.undo(institute.admin, UndoCancellation(gone.cancellation_id))
    assert invoices(institute) == [(50_000_00, 12_500_00, 62_500_00), (9_000_00, 2_250_00, 11_250_00)]

    assert [cancel(institute, institute.admin, made.booking_id, no).credit for no in (1, 3, 4)] == [
        11_250_00,
        11_250_00,
        0,
    ]
    assert cancel(institute, institute.admin, made.booking_id, 2).credit == 40_000_00
    charged, back = (
        tuple(map(sum, zip(*each, strict=True))) for each in (invoices(institute), credit_notes(institute))
    )
    assert charged == tuple(-each for each in back) == (59_000_00, 14_750_00, 73_750_00)


def test_a_season_called_off_gives_extra_persons_back_too(institute: Institute) -> None:
    season = institute.season("Kluster", 15, TWO_AND_MORE, free_before(date(2026, 1, 3)))
    made = book(institute, season, institute.acme, None, None, None)
    assert made.net == 32_500_00
    institute.catch_up()
    assert cancel(institute, institute.admin, made.booking_id, 3).credit == 0
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "illness"))

    assert credit_notes(institute) == [(-25_000_00, -6_250_00, -31_250_00)]
