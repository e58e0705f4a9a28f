"""A membership for so many persons (S18): asked wherever it gives a price or lets somebody in; the next one is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.held_seats import HoldSeats
from application.booking.merging import MergePeople
from application.booking.reinstatement import UndoCancellation
from application.booking.transfer import AcceptTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import Actor
from application.people.membership import AgreeAbove, GrantMembership, RenewMembership
from application.people.participant import Participant
from domain.kernel.eligibility import Ground, MembershipFull, PriceAbove
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import OrganisationId, PersonId, SeasonId, membership_of
from domain.kernel.terms import free_before
from domain.people.admission import Admission
from domain.people.membership import Membership
from domain.programme.price import Price, PriceList
from tests.samples import AUTUMN, Institute, conference_prices, kronor
from tests.scenarios.cards import cards
from tests.scenarios.story import FREE, book, cancel, documents, hand_over, seated, whole
from web.words.language import Say, read_phrases
from web.words.price import price_reasons

MEMBER, ANYBODY = 7_500_00, 15_000_00


def employer(made: Institute, persons: int) -> OrganisationId:
    """An organisation whose membership covers so many persons."""
    holder = made.organisation("Eta AB", "556999-8007")
    command = GrantMembership(holder, Ground.MEMBER, date(2026, 1, 1), date(2026, 12, 31), persons)
    made.services.memberships.grant(made.admin, command)
    return holder


def people(made: Institute, holder: OrganisationId, *names: str) -> list[PersonId]:
    """Employees: all of one e-mail domain."""
    return [made.person(name, holder, email=f"{name.lower()}@eta.example") for name in names]


def pays(made: Institute, season: SeasonId, holder: OrganisationId, *who: PersonId | None) -> int:
    return book(made, season, holder, *who).gross


def test_the_eleventh_of_ten_pays_what_others_pay_and_is_told_why(institute: Institute) -> None:
    """3.6: two of one e-mail domain are two; the explanation names the membership and its number."""
    conference, holder = institute.conference(), employer(institute, 10)
    everybody = people(institute, holder, *(f"Anstalld{no}" for no in range(11)))
    for who in everybody[:10]:
        assert pays(institute, conference, holder, who) == MEMBER

    look = MakeBooking(conference, seated(everybody[10]), holder)
    quote = institute.services.bookings.preview(institute.admin, look).quote
    assert quote.ground is None and quote.beyond is not None
    assert (quote.beyond.covers, quote.sums.gross.amount) == (10, ANYBODY)
    assert pays(institute, conference, holder, everybody[10]) == ANYBODY


def test_a_person_counts_once_in_all_seasons_and_a_period_by_itself(institute: Institute) -> None:
    first, second, holder = institute.conference(), institute.conference(), employer(institute, 2)
    anna, bo, cecilia = people(institute, holder, "Anna", "Bo", "Cecilia")
    assert [pays(institute, first, holder, who) for who in (anna, bo)] == [MEMBER, MEMBER]

    assert [pays(institute, second, holder, who) for who in (anna, cecilia)] == [MEMBER, ANYBODY]
    membership = membership_of(institute.organiser, holder, Ground.MEMBER)
    institute.services.memberships.renew(institute.admin, RenewMembership(membership, date(2027, 1, 1)))
    institute.clock.instant += timedelta(days=125)
    assert pays(institute, first, holder, cecilia) == MEMBER


def test_a_seat_to_be_named_is_one_and_naming_it_takes_no_more(institute: Institute) -> None:
    conference, holder = institute.conference(), employer(institute, 2)
    anna, bo = people(institute, holder, "Anna", "Bo")
    made = book(institute, conference, holder, anna, None)
    assert made.gross == 2 * MEMBER
    assert pays(institute, institute.conference(), holder, None) == ANYBODY

    name = NameParticipant(made.booking_id, 2, Participant(bo))
    institute.services.bookings.name_participant(institute.admin, name)

    assert covered(institute, holder) == {anna, bo}
    assert pays(institute, institute.conference(), holder, bo) == MEMBER


def test_those_who_are_covered_and_those_who_are_not_book_by_themselves(institute: Institute) -> None:
    conference, holder = institute.conference(), employer(institute, 2)
    anna, bo, cecilia = people(institute, holder, "Anna", "Bo", "Cecilia")

    with pytest.raises(MembershipFull) as refused:
        book(institute, conference, holder, anna, bo, cecilia)

    assert refused.value.facts == {"covers": 2, "room": 2, "asked": 3}
    book(institute, institute.conference(), holder, anna)
    with pytest.raises(MembershipFull):
        book(institute, conference, holder, anna, cecilia, bo)
    assert [pays(institute, conference, holder, anna, bo), pays(institute, conference, holder, cecilia)] == [
        2 * MEMBER, ANYBODY,
    ]  # fmt: skip


def test_who_gives_up_a_seat_makes_room_and_an_undone_cancellation_needs_it(institute: Institute) -> None:
    conference, holder = institute.conference(), employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    annas = book(institute, conference, holder, anna)
    institute.catch_up()
    gone = cancel(institute, institute.admin, annas.booking_id)
    institute.catch_up()

    assert pays(institute, conference, holder, bo) == MEMBER
    with pytest.raises(MembershipFull):
        institute.services.reinstatements.undo(institute.admin, UndoCancellation(gone.cancellation_id))


def test_a_colleague_takes_over_and_is_covered_instead(institute: Institute) -> None:
    conference, holder = institute.conference(), employer(institute, 2)
    anna, bo, cecilia = people(institute, holder, "Anna", "Bo", "Cecilia")
    made = book(institute, conference, holder, anna, bo)

    assert hand_over(institute, institute.admin, made.booking_id, 1, cecilia).difference == 0
    assert covered(institute, holder) == {bo, cecilia}
    assert pays(institute, institute.conference(), holder, anna) == ANYBODY


def test_a_colleague_whom_it_does_not_cover_takes_over_only_by_an_admin_at_the_difference(institute: Institute) -> None:
    """Anna sits in two seasons; whoever takes one of her seats over would be one person more."""
    first, second, holder = institute.conference(), institute.conference(), employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    book(institute, first, holder, anna)
    made = book(institute, second, holder, anna)
    with pytest.raises(MembershipFull) as refused:
        hand_over(institute, institute.acting(anna), made.booking_id, 1, bo)
    assert refused.value.facts == {"covers": 1, "room": 0, "asked": 1}

    command = ProposeTransfer(made.booking_id, 1, Participant(bo), "Anna is ill")
    proposed = institute.services.transfers.propose(institute.admin, command).answer
    assert (proposed.status, proposed.difference) == ("proposed", MEMBER)
    institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))
    assert covered(institute, holder) == {anna}


def test_a_membership_that_lets_people_in_lets_in_as_many_as_it_covers(institute: Institute) -> None:
    """Also where it is free; and an admin's decision lets in one more."""
    season = institute.season("Seminarium", 40, FREE, admission=Admission(grounds=(Ground.MEMBER,)))
    holder = employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    book(institute, season, holder, anna)
    for asked in (bo, None):
        with pytest.raises(MembershipFull):
            book(institute, season, holder, asked)

    assert covered(institute, holder) == {anna}


def test_an_admin_states_a_price_for_whom_it_does_not_cover(institute: Institute) -> None:
    """S18, above the cap: said as such, and for nobody else; nobody but an admin does it."""
    conference, holder = institute.conference(), employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    stated = MakeBooking(conference, seated(bo), holder, stated=9_000_00)
    with pytest.raises(BadValue):
        institute.services.bookings.make(institute.admin, stated)
    book(institute, conference, holder, anna)
    with pytest.raises(NotAllowed):
        institute.services.bookings.make(institute.acting(bo), stated)

    made = institute.services.bookings.make(institute.admin, stated).answer

    assert (made.net, made.gross) == (9_000_00, 11_250_00)
    institute.catch_up()
    quote = institute.services.booking_questions.one(institute.admin, made.booking_id).quote
    assert quote.is_stated and quote.beyond is not None and quote.beyond.covers == 1
    assert [row.gross for row in documents(institute, "invoice")] == [MEMBER, 11_250_00]


def test_a_membership_for_ten_covers_ten_people_not_their_domain_and_the_eleventh_has_a_price_of_their_own(
    institute: Institute,
) -> None:
    """S18, to the letter: ten persons of one e-mail domain are ten, and why the eleventh pays stands on the invoice."""
    conference, holder = institute.conference(), employer(institute, 10)
    ten = people(institute, holder, *(f"P{no}" for no in range(10)))
    for each in ten:
        assert book(institute, conference, holder, each).gross == MEMBER
    [eleventh] = people(institute, holder, "Elva")
    assert book(institute, institute.conference(), holder, ten[0]).gross == MEMBER
    why = "utöver medlemskapets tio personer"
    command = MakeBooking(conference, seated(eleventh), holder, stated=9_000_00, stated_for=why)
    with pytest.raises(NotAllowed):
        institute.services.bookings.make(institute.acting(eleventh), command)
    with pytest.raises(BadValue):
        MakeBooking(conference, seated(eleventh), holder, stated_for=why)
    institute.services.bookings.make(institute.admin, command)
    last = whole(institute, documents(institute, "invoice")[-1])
    assert (last.row.gross, f", {why}" in last.lines[0].text) == (11_250_00, True)


def test_a_price_agreed_once_for_those_above_the_number_is_followed_by_bookings_which_say_by_what(
    institute: Institute,
) -> None:
    """S18: nobody has to state it again; it is the organisation's own people who book."""
    conference, holder = institute.conference(), employer(institute, 1)
    anna, bo, cia, dan = people(institute, holder, "Anna", "Bo", "Cia", "Dan")
    membership, why = membership_of(institute.organiser, holder, Ground.MEMBER), "enligt avtal 14"
    agree = institute.services.memberships.agree_above
    with pytest.raises(NotAllowed):
        agree(institute.acting(bo), AgreeAbove(membership, 9_000_00, why))
    agree(institute.admin, AgreeAbove(membership, 9_000_00, why))
    institute.catch_up()
    row = institute.services.people_questions.membership(institute.admin, membership)
    assert row.above == PriceAbove(kronor(9_000), why)
    assert pays(institute, conference, holder, anna) == MEMBER
    made = institute.services.bookings.make(institute.acting(bo), MakeBooking(conference, seated(bo), holder)).answer
    assert made.gross == 11_250_00
    last = whole(institute, documents(institute, "invoice")[-1])
    assert last.row.gross == 11_250_00 and why in last.lines[0].text
    quote = institute.services.booking_questions.one(institute.admin, made.booking_id).quote
    told = price_reasons(quote, "Eta AB", Say("sv", read_phrases().by_language["sv"]))
    assert any(why in each for each in told) and quote.ground is None and covered(institute, holder) == {anna}
    agree(institute.admin, AgreeAbove(membership, 20_000_00))
    assert pays(institute, conference, holder, cia) == ANYBODY  # the lower of the two
    agree(institute.admin, AgreeAbove(membership))
    assert pays(institute, conference, holder, dan) == ANYBODY


def test_an_agreed_price_is_for_those_above_alone_also_where_only_members_have_a_price(institute: Institute) -> None:
    only = PriceList(0, (Price(kronor(6_000), Ground.MEMBER),))
    season = institute.season("Bara medlemmar", 40, only, free_before(date(2027, 1, 3)))
    holder = employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    membership = membership_of(institute.organiser, holder, Ground.MEMBER)
    institute.services.memberships.agree_above(institute.admin, AgreeAbove(membership, 9_000_00))
    with pytest.raises(MembershipFull):  # some covered and some not are booked by themselves, as ever
        book(institute, season, holder, anna, bo)
    assert [pays(institute, season, holder, who) for who in (anna, bo)] == [MEMBER, 11_250_00]


def test_a_membership_for_any_number_has_no_price_for_more(institute: Institute) -> None:
    membership = membership_of(institute.organiser, institute.acme, Ground.MEMBER)
    with pytest.raises(BadValue):
        institute.services.memberships.agree_above(institute.admin, AgreeAbove(membership, 9_000_00))


def test_a_price_for_members_alone_is_refused_with_the_number(institute: Institute) -> None:
    only = PriceList(0, (Price(kronor(6_000), Ground.MEMBER),))
    season = institute.season("Bara medlemmar", 40, only, free_before(date(2027, 1, 3)))
    holder = employer(institute, 1)
    anna, bo = people(institute, holder, "Anna", "Bo")
    book(institute, season, holder, anna)
    with pytest.raises(MembershipFull):
        book(institute, season, holder, bo)
    command = MakeBooking(season, seated(bo), holder, stated=1_000_00)
    assert institute.services.bookings.make(institute.admin, command).answer.net == 1_000_00


def test_a_hold_counts_until_its_instant_and_is_booked_at_its_price(database_url: str) -> None:
    with cards(database_url) as shop:
        made = shop.institute
        conference, holder = made.season("K", 10, conference_prices(), free_before(date(2027, 1, 3))), employer(made, 1)
        anna, bo = people(made, holder, "Anna", "Bo")
        page = made.services.holds.hold(made.acting(anna), held(conference, anna, holder))
        look = MakeBooking(conference, seated(bo), holder)
        assert made.services.bookings.preview(made.admin, look).quote.beyond is not None
        made.clock.instant = AUTUMN + timedelta(minutes=30)
        assert made.services.bookings.preview(made.admin, look).quote.beyond is None
        made.clock.instant = AUTUMN + timedelta(minutes=10)

        shop.pay(page)
        shop.hear()

        assert [row.gross for row in documents(made, "invoice")] == [MEMBER]
        assert covered(made, holder) == {anna}
        bos = made.services.holds.hold(made.acting(bo), held(made.conference(), bo, holder))
        made.services.holds.let_go(made.acting(bo), bos.checkout_id)
        assert covered(made, holder) == {anna}


def held(season: SeasonId, person: PersonId, payer: OrganisationId) -> HoldSeats:
    paid, back = "http://127.0.0.1/paid", "http://127.0.0.1/back"
    return HoldSeats(season, seated(person), payer, paid_url=paid, back_url=back)


def covered(made: Institute, holder: OrganisationId) -> set[PersonId | None]:
    """Whom the membership covers now."""
    membership = membership_of(made.organiser, holder, Ground.MEMBER)
    actor: Actor = made.admin
    found = made.house.store.decisions.dry_run(actor, lambda work: work.load(Membership, membership))
    return {each.person_id for each in found.covered.values()}


def test_two_entries_made_one_are_one_person(institute: Institute) -> None:
    """Whoever was entered twice sits in two seasons by it; merged, there is room for one more."""
    first, second, holder = institute.conference(), institute.conference(), employer(institute, 2)
    anna, again, bo = people(institute, holder, "Anna", "Anna2", "Bo")
    book(institute, first, holder, anna)
    book(institute, second, holder, again)
    assert pays(institute, first, holder, bo) == ANYBODY
    institute.catch_up()

    institute.services.merging.merge(institute.admin, MergePeople(again, anna))

    assert covered(institute, holder) == {anna}
    assert pays(institute, second, holder, bo) == MEMBER


def test_whoever_was_entered_twice_is_one_person_also_where_nobody_has_verified_who_employs_them(
    institute: Institute,
) -> None:
    """Two seats at the price of the organisation that pays, for two entries of one person."""
    first, second, holder = institute.conference(), institute.conference(), employer(institute, 2)
    anna, entry, bo = (institute.person(name) for name in ("Anna", "Annie", "Bo"))
    assert [pays(institute, first, holder, anna), pays(institute, second, holder, entry)] == [MEMBER, MEMBER]
    institute.catch_up()
    institute.services.merging.merge(institute.admin, MergePeople(entry, anna))
    institute.catch_up()
    assert covered(institute, holder) == {anna}
    assert pays(institute, first, holder, bo) == MEMBER
