"""A season bought as one: five meetings, some of them without a date yet, material for those who come, late joiners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from application.attendance.door import AgreeDoor
from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList
from application.booking.waiting_rules import AgreeWaitingRules
from application.kernel.actor import SYSTEM, Actor, Role, stranger
from application.kernel.ports import UnitOfWork
from application.learning.learning import AgreeLearning
from application.mail.letter_rules import ChooseReminders
from application.payments.account_entry import RecordEntry
from application.people.organiser import FoundOrganiser
from application.people.person import ErasePerson, RequestErasure
from application.programme.goods import OfferGoods
from application.programme.material import PublishMaterial
from application.programme.meeting import PlannedMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.price import AgreePrices
from application.programme.roll_over import CopySeason
from application.programme.season import AddSeats, OpenBooking, PlanSeason
from domain.attendance.door import Door, HandingOver, WalkIns
from domain.booking.seating import SeatsShort
from domain.booking.waiting_rules import Answering, Party, PriceRule
from domain.kernel.documents import Supply
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, SeasonId, door_of, learning_of
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.learning.learning import Learning
from domain.mail.reminding import Reminding
from domain.people.admission import OPEN, Admission, NotAdmitted
from domain.people.organiser import OtherCurrency
from domain.programme.meeting import Format, Moment, Place, ProgrammeItem, Readers
from domain.programme.meeting_time import TO_COME, TimeKind, in_month, scheduled
from domain.programme.no_price import NoPriceForBuyer
from domain.programme.price import Price, PriceList
from domain.programme.season import PLANNED_AGAIN, Fate, Season
from tests.samples import Institute, conference_prices, full_day, kronor
from tests.scenarios.story import FREE, book, cancel, documents, invoices, seated, seats_left, stockholm, whole

DAYS = ("2026-09-15", "2026-10-20", "2026-11-26", "2027-02-09", "2027-04-13")


def half_day(no: int, day: str) -> PlannedMeeting:
    start, end = (datetime.fromisoformat(f"{day} {clock}") for clock in ("08:30", "12:00"))
    return PlannedMeeting(f"Träff {no}", scheduled(start, end))


def network(institute: Institute, *meetings: PlannedMeeting, pro_rata: bool = False) -> SeasonId:
    """The network's season 2026/27: 15 000 kr, twenty seats."""
    prices = PriceList(0, (Price(kronor(15_000)),), pro_rata=pro_rata)
    planned = meetings or tuple(half_day(no, day) for no, day in enumerate(DAYS, start=1))
    return institute.season("Nätverket 2026/27", 20, prices, free_before(date(2026, 9, 8)), meetings=planned)


def test_five_meetings_are_bought_as_one(institute: Institute) -> None:
    """S40: 18 750.00 for five meetings, one of them to come; the portal shows five rows."""
    to_come = PlannedMeeting("Träff 5", TO_COME)
    season = network(institute, *(half_day(no, day) for no, day in enumerate(DAYS[:4], start=1)), to_come)

    assert book(institute, season, institute.bolt, None).gross == 18_750_00
    assert invoices(institute) == [(15_000_00, 3_750_00, 18_750_00)]
    meetings = institute.services.programme.season(institute.admin, season).meetings
    assert [meeting.time.kind for meeting in meetings] == [TimeKind.SCHEDULED] * 4 + [TimeKind.TO_COME]
    assert [meeting.no for meeting in meetings] == [1, 2, 3, 4, 5]


def test_a_postponed_meeting_keeps_its_place_and_what_it_was(institute: Institute) -> None:
    """S41: nobody is refunded; the page says until further notice, and which day it was."""
    season = network(institute)
    book(institute, season, institute.bolt, None)
    institute.catch_up()
    third = institute.services.programme.season(institute.admin, season).meetings[2].meeting_id
    institute.clock.instant = stockholm("2026-11-20 14:00")

    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, third, "Talaren är sjuk"))

    institute.catch_up()
    time = institute.services.programme.season(institute.admin, season).meetings[2].time
    assert (time.kind, time.was_at, time.reason) == (
        TimeKind.POSTPONED,
        stockholm("2026-11-26 08:30"),
        "Talaren är sjuk",
    )
    assert [row.kind for row in documents(institute)] == ["invoice"]


def test_a_season_is_sold_with_dates_to_come(institute: Institute) -> None:
    """S43: the invoice lists three dates and two to come; a date set later changes no document."""
    sold = network(
        institute,
        *(half_day(no, day) for no, day in enumerate(DAYS[:3], start=1)),
        PlannedMeeting("Träff 4", in_month("2027-02")),
        PlannedMeeting("Träff 5", TO_COME),
    )
    book(institute, sold, institute.bolt, None)
    [row] = documents(institute)
    expected = (
        Supply("Träff 1", "2026-09-15"),
        Supply("Träff 2", "2026-10-20"),
        Supply("Träff 3", "2026-11-26"),
        Supply("Träff 4", "2027-02"),
        Supply("Träff 5", ""),
    )
    assert whole(institute, row).supply == expected

    last = institute.services.programme.season(institute.admin, sold).meetings[4].meeting_id
    institute.services.meetings.schedule(institute.admin, ScheduleMeeting(sold, last, half_day(5, DAYS[4]).time))

    [row] = documents(institute)
    assert whole(institute, row).supply == expected
    meetings = institute.services.programme.season(institute.admin, sold).meetings
    assert meetings[4].time.start_at == stockholm("2027-04-13 08:30")


@pytest.mark.parametrize(("pro_rata", "net"), [(True, 9_000_00), (False, 15_000_00)])
def test_who_joins_after_two_of_five_meetings_pays_three_fifths(institute: Institute, pro_rata: bool, net: int) -> None:
    """S46: 9 000.00 and 2 250.00; the explanation shows the fraction; with the rule off the full price."""
    season = network(institute, pro_rata=pro_rata)
    institute.clock.instant = stockholm("2026-10-21 09:00")

    made = book(institute, season, institute.bolt, None)

    assert (made.net, made.vat) == (net, net // 4)
    institute.catch_up()
    quote = institute.services.booking_questions.one(institute.admin, made.booking_id).quote
    assert (quote.meetings_left, quote.meetings) == ((3, 5) if pro_rata else (None, None))


def test_nothing_is_sold_for_nothing_when_the_season_is_over(institute: Institute) -> None:
    season = network(institute, pro_rata=True)
    institute.clock.instant = stockholm("2027-05-01 09:00")

    with pytest.raises(NoPriceForBuyer):
        book(institute, season, institute.bolt, None)


def test_material_is_for_those_who_come(institute: Institute) -> None:
    """S47: a participant reads it, a stranger and somebody who has cancelled do not."""
    season = network(institute)
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.bolt)
    made = book(institute, season, institute.acme, anna.person_id)
    for title, readers in (("Bilder", Readers.PARTICIPANTS), ("Inbjudan", Readers.EVERYONE)):
        institute.services.materials.publish(
            institute.admin, PublishMaterial(season, title, "https://example.org/x", readers)
        )
    institute.catch_up()

    def reads(who: object) -> list[str]:
        institute.catch_up()
        actor = anna if who == "Anna" else bo
        return [each.title for each in institute.services.programme.season(actor, season).materials]

    assert reads("Anna") == ["Bilder", "Inbjudan"]
    assert reads("Bo") == ["Inbjudan"]
    cancel(institute, anna, made.booking_id)
    assert reads("Anna") == ["Inbjudan"]


def test_seats_are_added_and_taken_away(institute: Institute) -> None:
    conference = institute.conference(seats=2)
    book(institute, conference, institute.acme, None, None)
    with pytest.raises(BadValue):
        institute.services.seasons.add_seats(institute.admin, AddSeats(conference, -1))
    with pytest.raises(SeatsShort):
        book(institute, conference, institute.bolt, None)

    institute.services.seasons.add_seats(institute.admin, AddSeats(conference, 1))
    assert book(institute, conference, institute.bolt, None).left == 0
    assert seats_left(institute, conference) == 0


@pytest.mark.parametrize("seats", [0, 101])
def test_a_booking_is_of_one_to_a_hundred_seats(institute: Institute, seats: int) -> None:
    conference = institute.conference(seats=200)

    with pytest.raises(BadValue):
        institute.services.bookings.make(
            institute.admin, MakeBooking(conference, seated(*[None] * seats), institute.bolt)
        )


EURO = PriceList(0, (Price(Money(1_000_00, "EUR")),))


def test_an_organiser_in_euro_invoices_and_credits_in_euro(institute: Institute) -> None:
    founded = institute.services.organisers.found(
        SYSTEM, FoundOrganiser("Institute", "institute", "556999-3040", "SE556999304001", currency="EUR")
    )
    organiser = founded.answer.organiser_id
    abroad = replace(institute, organiser=organiser, admin=Actor("admin", organiser, frozenset({Role.ADMIN})))
    abroad.finance = Actor("finance", organiser, frozenset({Role.FINANCE}))
    buyer = abroad.organisation("Ems GmbH", "556999-4006")
    season = abroad.season("Conference", 10, EURO, free_before(date(2027, 1, 3)), admission=OPEN)
    made = book(abroad, season, buyer, None, None)
    assert (made.gross, made.currency) == (2_500_00, "EUR")

    cancel(abroad, abroad.admin, made.booking_id, 1)

    assert [(row.gross, row.currency) for row in documents(abroad)] == [(2_500_00, "EUR"), (-1_250_00, "EUR")]


def test_one_organiser_sells_in_one_currency(institute: Institute) -> None:
    """One ledger adds up one currency: prices in another are refused where they are set; what is free is free."""
    services, season = institute.services, institute.conference()
    with pytest.raises(OtherCurrency) as refused:
        services.seasons.agree_prices(institute.admin, AgreePrices(season, EURO.prices))
    assert refused.value.facts == {"sells_in": "SEK", "given": "EUR"}
    with pytest.raises(OtherCurrency):
        institute.season("Conference", 10, EURO, free_before(date(2027, 1, 3)))
    with pytest.raises(OtherCurrency):
        services.goods.offer(institute.admin, OfferGoods("Book", Money(12_50, "EUR"), kronor(0), VAT_6))
    with pytest.raises(OtherCurrency):
        taken = RecordEntry("bank/1", 1_00, "EUR", "OCR", date(2026, 9, 1), "Ems GmbH")
        services.payments.record_entry(institute.finance, taken)
    services.seasons.agree_prices(institute.admin, AgreePrices(season, (Price(Money(0, "EUR")),)))


def test_the_link_to_an_online_meeting_is_for_those_who_sit_there(institute: Institute) -> None:
    """S47: who holds no seat reads when it is, and not the way in."""
    room = Place(Format.ONLINE, link="https://meet.example/x")
    online = PlannedMeeting("Webbinarium", full_day("", 2027, 2, 3).time, room)
    season = institute.season("Webb", 10, conference_prices(), free_before(date(2027, 1, 3)), meetings=(online,))
    anna, bosse = institute.member("Anna", institute.acme), institute.member("Bosse", institute.bolt)
    book(institute, season, institute.acme, anna.person_id)
    institute.catch_up()

    def link(actor: Actor) -> str:
        return institute.services.programme.season(actor, season).meetings[0].place.link

    assert link(anna) == "https://meet.example/x"
    assert [link(bosse), link(stranger(institute.organiser))] == ["", ""]


def test_material_is_for_participants_and_a_recording_for_after_the_meeting(institute: Institute) -> None:
    """S47: not for who waits or has cancelled; the recording comes once the meeting is over."""
    conference = institute.conference(seats=1)
    anna, vera = institute.member("Anna", institute.acme), institute.member("Vera")
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.services.waiting_lists.join(vera, JoinWaitingList(conference, 1))
    institute.catch_up()
    first = institute.services.programme.season(institute.admin, conference).meetings[0].meeting_id
    for title, moment in (("Bilder", Moment.BEFORE), ("Inspelning", Moment.AFTER)):
        url = f"https://example.org/{title}"
        command = PublishMaterial(conference, title, url, meeting_id=MeetingId(first), moment=moment)
        institute.services.materials.publish(institute.admin, command)
    institute.catch_up()

    def reads(who: Actor) -> list[str]:
        return [each.title for each in institute.services.programme.season(who, conference).materials]

    assert reads(anna) == ["Bilder"]
    assert reads(vera) == []
    assert reads(institute.admin) == ["Bilder", "Inspelning"]

    institute.clock.instant = stockholm("2027-02-03 15:59")
    assert reads(anna) == ["Bilder"]
    institute.clock.instant = stockholm("2027-02-03 16:00")
    assert reads(anna) == ["Bilder", "Inspelning"]

    cancel(institute, institute.admin, made.booking_id)
    institute.catch_up()
    assert reads(anna) == []


def test_a_season_again_keeps_its_own_rule_its_people_and_its_programme(institute: Institute) -> None:
    """3.4: all that `roll_over` says is copied; who has been erased leads nothing. Only members may join."""
    eva, bo, gone = (institute.person(name) for name in ("Eva", "Bo", "Gunnar"))
    first = half_day(1, DAYS[0])
    start = first.time.start_at
    assert start is not None
    points = (ProgrammeItem(start, start + timedelta(hours=1), "Mod", (bo, gone)),)
    command = PlanSeason(
        institute.network("Öppet nätverk"), "Egen regel", 10, promise="Mod", prices=FREE, language="en",
        meetings=(replace(first, programme=points),), admission=Admission((Ground.MEMBER,)),
        leaders=(eva, gone), contacts=(bo,),
    )  # fmt: skip
    season = institute.services.seasons.plan(institute.admin, command).answer.season_id
    institute.services.people.request_erasure(institute.acting(gone), RequestErasure(gone))
    institute.services.people.erase(institute.admin, ErasePerson(gone))

    again = institute.services.roll_overs.copy(institute.admin, CopySeason(season, "Igen")).answer.season_id

    def look(work: UnitOfWork) -> tuple[Season, Season]:
        return work.load(Season, season), work.load(Season, again)

    old, new = institute.house.store.decisions.dry_run(SYSTEM, look)
    kept = {name for name, fate in PLANNED_AGAIN.items() if fate is Fate.COPIED} - {"title", "leaders"}
    assert {name: getattr(new, name) for name in kept} == {name: getattr(old, name) for name in kept}
    assert (new.leaders, new.contacts) == ((eva,), (bo,))
    [meeting] = new.meetings.values()
    assert [(item.start_at, item.speakers) for item in meeting.programme] == [(start + timedelta(days=364), (bo,))]
    institute.services.seasons.open_booking(institute.admin, OpenBooking(again))
    with pytest.raises(NotAdmitted):
        book(institute, again, institute.bolt, eva)


def test_a_season_again_keeps_the_rules_of_its_own_that_stand_beside_it(institute: Institute) -> None:
    """3.4: of its line, its doors, its reminders and its learning; what the organiser has otherwise does not count."""
    services, admin, season = institute.services, institute.admin, institute.conference()
    waits = AgreeWaitingRules(Answering.WORKING_DAYS, 5, Party.HOLD, 3, PriceRule.OFFERED, season)
    services.waiting_rules.agree(admin, waits)
    services.doors.agree(admin, AgreeDoor(season, WalkIns.BOOKED, HandingOver.REFUSED))
    services.letter_rules.choose_reminders(admin, ChooseReminders(Reminding((3,), 7), season))
    services.learnings.agree(admin, AgreeLearning(season, 6, 9, 14))

    again = services.roll_overs.copy(admin, CopySeason(season, "Igen")).answer.season_id

    assert services.waiting_rules.rules(admin, again) == replace(waits, season_id=again)
    assert services.letter_rules.reminders(admin, again).reminding == Reminding((3,), 7)

    def look(work: UnitOfWork) -> tuple[object, ...]:
        door, learning = work.load(Door, door_of(again)), work.load(Learning, learning_of(again))
        agreed = learning.at_least, learning.words_from, learning.reflection_days
        return door.walk_ins, door.handing_over, door.links, *agreed, learning.themes

    found = institute.house.store.decisions.dry_run(SYSTEM, look)
    assert found == (WalkIns.BOOKED, HandingOver.REFUSED, {}, 6, 9, 14, {})
    third = services.roll_overs.copy(admin, CopySeason(institute.cluster(), "Igen")).answer.season_id
    assert services.waiting_rules.rules(admin, third).answering is Answering.HOURS
