"""What was written down wrongly is put right: one fact for each thing that differs, none where nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.booking.purchase import AlreadyDispatched, Purchase
from domain.kernel.eligibility import Eligibility, Ground, Sector
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import MeetingId, NetworkId
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.kernel.vat import VAT_6, VAT_25
from domain.people.admission import OPEN, Admission, JobRole
from domain.people.affiliation import NothingClaimed, verify_affiliation, withdraw_affiliation
from domain.people.employment import NotEmployedThere, correct_employment, employ, withdraw_employment
from domain.people.membership import Membership, MembershipAlreadyGranted, NoMembershipThen
from domain.people.organisation import Organisation, RenamedEarlier, register
from domain.people.organiser import Organiser
from domain.people.organiser import found as found_organiser
from domain.people.person import Person
from domain.people.person_employment import Employment
from domain.people.selling import Accounts
from domain.programme.goods import Goods, offer
from domain.programme.meeting import Material, Meeting, ProgrammeItem, Readers
from domain.programme.meeting_time import NoSuchLocalTime, in_month, scheduled
from domain.programme.network import Network, NetworkKind
from domain.programme.network import found as found_network
from domain.programme.price import PriceList
from domain.programme.season import Season
from domain.programme.season_meetings import MeetingIsCalledOff
from domain.programme.season_opening import BookingHasOpened, SeasonCalledOff
from tests.domain.agreements import season
from tests.domain.vocabulary import ACME, ANNA, BERTIL, NOON, ORGANISER, fact, given, kronor, wall

FIRST, SECOND = MeetingId(UUID(int=71)), MeetingId(UUID(int=72))
DAYS = (date(2027, 2, 3), date(2027, 2, 4))
NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 9, 1)
STATE = Admission(sectors=(Sector.STATE,))
SLIDES = Material(UUID(int=81), FIRST, "Bilder", "https://example.org/1", Readers.PARTICIPANTS)


def company() -> Organisation:
    return register(UUID(int=7), ORGANISER, "Acme AB", "556999-0004", Sector.PRIVATE)


def network() -> Network:
    return found_network(UUID(int=61), ORGANISER, "Ledning", NetworkKind.NETWORK, "Att leda", OPEN)


def book() -> Goods:
    return offer(UUID(int=6), ORGANISER, "Boken", kronor(125), kronor(49), VAT_6)


def member() -> Membership:
    return Membership(
        organiser_id=ORGANISER,
        holder_id=ACME,
        ground=Ground.MEMBER,
        from_on=NEW_YEAR,
        until_on=NEW_YEARS_EVE,
        persons=1,
    )


def employed() -> Person:
    anna = Person(id=ANNA, organiser_id=ORGANISER, name=Encrypted("person", ANNA, "", "name", b"..."), email=None)
    employ(anna, ACME, JobRole.SPECIALIST, NEW_YEAR)
    return anna


def with_material() -> Season:
    made = season(*DAYS)
    made.publish_material(SLIDES)
    return made


def opened() -> Season:
    made = season(*DAYS)
    made.open_booking(None, TODAY)
    made.close_booking(TODAY)
    return made


def test_the_same_again_records_nothing() -> None:
    acme, led, goods, grant = company(), network(), book(), member()
    given(acme).when(Organisation.correct_name, " Acme AB ").then()
    given(acme).when(Organisation.correct_registration, "5569990004", "SE").then()
    given(acme).when(Organisation.correct_sector, Sector.PRIVATE).then()
    given(acme).when(Organisation.rename, "Acme AB", TODAY, TODAY).then()
    given(acme).when(Organisation.withdraw_domain, "acme.example").then()
    given(led).when(Network.rename, "Ledning").then()
    given(led).when(Network.reword_promise, "Att leda ").then()
    given(led).when(Network.correct_kind, NetworkKind.NETWORK).then()
    given(led).when(Network.agree_admission, Admission()).then()
    given(led).when(Network.leave_partner, ACME).then()
    given(led).when(Network.reopen).then()
    given(goods).when(Goods.retitle, "Boken").then()
    given(goods).when(Goods.reprice, kronor(125), kronor(49), VAT_6).then()
    given(goods).when(Goods.offer_again).then()
    given(grant).when(Membership.correct_period, NEW_YEAR, NEW_YEAR, NEW_YEARS_EVE, "").then()


def test_the_same_season_again_records_nothing() -> None:
    made = with_material()
    given(made).when(Season.retitle, made.title).then()
    given(made).when(Season.reword_promise, made.promise).then()
    given(made).when(Season.choose_language, "sv").then()
    given(made).when(Season.correct_zone, "Europe/Stockholm").then()
    given(made).when(Season.agree_admission, OPEN).then()
    given(made).when(Season.name_leaders, (), ()).then()
    given(made).when(Season.retitle_meeting, FIRST, made.meetings[FIRST].title).then()
    given(made).when(Season.publish_programme, FIRST, ()).then()
    given(made).when(Season.undo_holding, FIRST).then()
    given(made).when(Season.replace_material, SLIDES).then()


def test_an_organisation_is_called_registered_and_placed_as_it_is() -> None:
    acme = company()
    given(acme).when(Organisation.correct_name, "Akme AB").then(
        fact(Organisation.NameCorrected, name="Akme AB", was="Acme AB")
    )
    given(acme).when(Organisation.correct_registration, "556999-3008", "SE").then(
        fact(Organisation.NumberCorrected, org_number="5569993008", was="5569990004")
    )
    given(acme).when(Organisation.correct_registration, "5569993008", "PT").then(
        fact(Organisation.CountryCorrected, country="PT", was="SE")
    )
    given(acme).when(Organisation.correct_sector, Sector.STATE).then(
        fact(Organisation.SectorCorrected, sector=Sector.STATE, was=Sector.PRIVATE)
    )


@pytest.mark.parametrize(
    ("number", "country"), [("556999-3009", "SE"), ("974760673", "SE"), ("974760674", "NO"), ("", "NO"), ("1", "xx")]
)
def test_a_number_is_checked_as_on_registering(number: str, country: str) -> None:
    given(company()).when(Organisation.correct_registration, number, country).refused(BadValue)


def test_a_new_name_has_its_day_and_names_follow_each_other() -> None:
    acme = company()
    given(acme).when(Organisation.rename, "Bolt AB", TODAY, date(2026, 8, 31)).refused(BadValue, field="renamed_on")
    given(acme).when(Organisation.rename, "Bolt AB", TODAY, TODAY).then(
        fact(Organisation.Renamed, name="Bolt AB", was="Acme AB", renamed_on=TODAY)
    )
    given(acme).when(Organisation.rename, "Cirkel AB", TODAY, TODAY).refused(RenamedEarlier, since="2026-09-01")


def test_billing_that_is_the_same_records_nothing_and_every_part_can_be_withdrawn() -> None:
    acme = company()
    acme.give_billing_details("Gatan 1", "SE556999000401", "0007:5569990004", needs_reference=True, is_collective=True)
    again = ("Gatan 1", "SE556999000401", "0007:5569990004")
    given(acme).when(Organisation.give_billing_details, *again, needs_reference=True, is_collective=True).then()
    nothing = {"vat_number": "", "peppol_id": "", "needs_reference": False, "language": "sv", "is_collective": False}
    given(acme).when(Organisation.give_billing_details, "Gatan 1", "", "", needs_reference=False).then(
        fact(Organisation.BillingDetailsGiven, address="Gatan 1", **nothing, invoice_email=None)
    )


def test_a_domain_that_is_not_its_own_is_taken_back() -> None:
    acme = company()
    acme.verify_domain("acme.exmple")
    given(acme).when(Organisation.withdraw_domain, "acme.exmple").then(
        fact(Organisation.DomainWithdrawn, domain="acme.exmple")
    )


def test_a_network_is_put_right_part_by_part() -> None:
    led = network()
    given(led).when(Network.rename, "Ledarna").then(fact(Network.Renamed, name="Ledarna", was="Ledning"))
    given(led).when(Network.reword_promise, "").then(fact(Network.PromiseReworded, promise="", was="Att leda"))
    given(led).when(Network.correct_kind, NetworkKind.THEME).then(
        fact(Network.KindCorrected, kind=NetworkKind.THEME, was=NetworkKind.NETWORK)
    )
    given(led).when(Network.agree_admission, STATE).then(fact(Network.AdmissionAgreed, admission=STATE, was=OPEN))
    given(led).when(Network.rename, " ").refused(BadValue, field="name")


def test_a_network_closed_by_mistake_goes_on_and_a_partner_leaves_also_a_closed_one() -> None:
    led = network()
    led.join_partner(ACME)
    led.close(TODAY)
    given(led).when(Network.leave_partner, ACME).then(fact(Network.PartnerLeft, organisation_id=ACME))
    given(led).when(Network.reopen).then(fact(Network.Reopened, closed_on=TODAY))
    led.must_be_open()


def test_a_season_is_put_right_part_by_part_also_after_it_opened() -> None:
    made = opened()
    title, promise = made.title, made.promise
    given(made).when(Season.retitle, "Våren").then(fact(Season.Retitled, title="Våren", was=title))
    assert made.prices is not None
    assert made.prices.quote(made.title, 1, Eligibility(), NOON).lines[0].text == "Våren"
    given(made).when(Season.reword_promise, "Fem dagar").then(
        fact(Season.PromiseReworded, promise="Fem dagar", was=promise)
    )
    given(made).when(Season.choose_language, "en").then(fact(Season.LanguageChosen, language="en", was="sv"))
    given(made).when(Season.choose_language, "fi").refused(BadValue, field="language")
    given(made).when(Season.agree_admission, STATE).then(fact(Season.AdmissionAgreed, admission=STATE, was=OPEN))
    made.call_off("För få")
    given(made).when(Season.agree_admission, OPEN).refused(SeasonCalledOff)
    given(made).when(Season.retitle, "Höst").then(fact(Season.Retitled, title="Höst", was="Våren"))


def test_in_another_zone_meetings_keep_their_hours_and_deadlines_their_days() -> None:
    made = season(*DAYS)
    place = made.meetings[FIRST].place
    points = (ProgrammeItem(datetime(2027, 2, 3, 8, tzinfo=UTC), datetime(2027, 2, 3, 9, tzinfo=UTC), "Start"),)
    made.publish_programme(FIRST, points)
    made.schedule_meeting(SECOND, in_month("2027-04"))
    moved = (replace(points[0], start_at=datetime(2027, 2, 3, 7, tzinfo=UTC), end_at=points[0].start_at),)
    time = scheduled(wall("2027-02-03 09:00"), wall("2027-02-03 16:00"), "Europe/Helsinki")

    given(made).when(Season.correct_zone, "Europe/Helsinki").then(
        fact(Season.ZoneCorrected, zone="Europe/Helsinki", was="Europe/Stockholm"),
        fact(Season.MeetingScheduled, meeting_id=FIRST, time=time, place=place),
        fact(Season.ProgrammePublished, meeting_id=FIRST, items=moved, were=points),
    )
    assert isinstance(made.prices, PriceList) and isinstance(made.terms, Terms)
    assert made.prices.zone == made.terms.zone == "Europe/Helsinki"


def test_a_zone_is_refused_once_booking_has_opened_and_where_an_hour_is_missing() -> None:
    given(opened()).when(Season.correct_zone, "Europe/Helsinki").refused(BookingHasOpened)
    given(season(*DAYS)).when(Season.correct_zone, "Europe/Ingenstans").refused(BadValue, field="zone")
    made = season(*DAYS)
    made.schedule_meeting(FIRST, scheduled(wall("2027-03-14 02:30"), wall("2027-03-14 04:00")))
    given(made).when(Season.correct_zone, "America/New_York").refused(NoSuchLocalTime)


def test_a_meeting_is_retitled_also_after_it_was_held_and_held_by_mistake_is_undone() -> None:
    made = season(*DAYS)
    was, time = made.meetings[FIRST].title, made.meetings[FIRST].time
    made.hold_meeting(FIRST, DAYS[0])
    given(made).when(Season.retitle_meeting, FIRST, "Att våga").then(
        fact(Season.MeetingRetitled, meeting_id=FIRST, title="Att våga", was=was)
    )
    given(made).when(Season.retitle_meeting, FIRST, "").refused(BadValue, field="title")
    given(made).when(Season.undo_holding, FIRST).then(
        fact(Season.MeetingHoldingUndone, meeting_id=FIRST, held_on=DAYS[0], time=time)
    )
    made.postpone_meeting(FIRST, "Sjukdom")


def test_a_meeting_planned_by_mistake_goes_with_its_material_before_booking_opens() -> None:
    made = with_material()
    meeting: Meeting = made.meetings[FIRST]
    given(made).when(Season.remove_meeting, FIRST).then(fact(Season.MeetingRemoved, meeting=meeting))
    assert list(made.meetings) == [SECOND] and made.materials == {}
    given(opened()).when(Season.remove_meeting, FIRST).refused(BookingHasOpened)
    given(made).when(Season.remove_meeting, FIRST).refused(NotFound)


def test_a_programme_is_put_right_after_the_meeting_was_held_and_not_once_it_is_called_off() -> None:
    made = season(*DAYS)
    point = ProgrammeItem(datetime(2027, 2, 3, 8, tzinfo=UTC), datetime(2027, 2, 3, 9, tzinfo=UTC), "Strat", (ANNA,))
    made.publish_programme(FIRST, (point,))
    made.hold_meeting(FIRST, DAYS[0])
    right = replace(point, title="Start", speakers=(BERTIL,))
    given(made).when(Season.publish_programme, FIRST, (right,)).then(
        fact(Season.ProgrammePublished, meeting_id=FIRST, items=(right,), were=(point,))
    )
    made.call_off_meeting(SECOND, "Ingen lokal")
    given(made).when(Season.publish_programme, SECOND, (right,)).refused(MeetingIsCalledOff)


def test_leaders_are_named_with_who_they_were() -> None:
    made = season(*DAYS)
    made.name_leaders((ANNA,), ())
    given(made).when(Season.name_leaders, (BERTIL,), (ANNA,)).then(
        fact(Season.LeadersNamed, leaders=(BERTIL,), contacts=(ANNA,), were_leaders=(ANNA,), were_contacts=())
    )


def test_material_is_replaced_opened_to_others_and_removed() -> None:
    made = with_material()
    right = replace(SLIDES, title="Bilder 1", url="https://example.org/2", meeting_id=None)
    given(made).when(Season.replace_material, right).then(fact(Season.MaterialReplaced, material=right, was=SLIDES))
    public = replace(right, readers=Readers.EVERYONE)
    given(made).when(Season.replace_material, public).then(
        fact(Season.MaterialReadersChosen, material=public, was=Readers.PARTICIPANTS)
    )
    given(made).when(Season.replace_material, replace(public, title=" ")).refused(BadValue, field="title")
    given(made).when(Season.replace_material, replace(public, material_id=UUID(int=1))).refused(NotFound)
    given(made).when(Season.remove_material, SLIDES.material_id).then(fact(Season.MaterialRemoved, material=public))
    given(made).when(Season.remove_material, SLIDES.material_id).refused(NotFound)


def test_goods_are_retitled_and_repriced_for_purchases_from_then_on() -> None:
    goods = book()
    given(goods).when(Goods.retitle, "Boken två").then(fact(Goods.Retitled, title="Boken två", was="Boken"))
    was = {"was_price": kronor(125), "was_postage": kronor(49), "was_vat": VAT_6}
    given(goods).when(Goods.reprice, kronor(130), kronor(0), VAT_25).then(
        fact(Goods.Repriced, price=kronor(130), postage=kronor(0), vat=VAT_25, **was)
    )
    given(goods).when(Goods.reprice, kronor(-1), kronor(0), VAT_25).refused(BadValue, field="price")
    goods.withdraw()
    given(goods).when(Goods.offer_again).then(fact(Goods.OfferedAgain))
    assert goods.lines_for(1, with_postage=True)[0].text == "Boken två"


def test_a_membership_has_other_days_and_never_two_at_once() -> None:
    grant = member()
    grant.renew(date(2027, 1, 1), None)
    february = date(2026, 2, 1)
    told = {"was_from_on": NEW_YEAR, "was_until_on": NEW_YEARS_EVE, "reason": "Fel dag"}
    given(grant).when(Membership.correct_period, NEW_YEAR, february, NEW_YEARS_EVE, "Fel dag").then(
        fact(Membership.PeriodCorrected, from_on=february, until_on=NEW_YEARS_EVE, **told)
    )
    given(grant).when(Membership.correct_period, february, february, None, "").refused(MembershipAlreadyGranted)
    given(grant).when(Membership.correct_period, NEW_YEAR, NEW_YEAR, None, "").refused(NoMembershipThen)
    given(grant).when(Membership.correct_period, february, NEW_YEARS_EVE, february, "").refused(BadValue)


def test_a_membership_granted_by_mistake_never_was_and_can_be_granted_again() -> None:
    grant = member()
    given(grant).when(Membership.withdraw_period, NEW_YEAR, "Fel").then(
        fact(Membership.PeriodWithdrawn, from_on=NEW_YEAR, until_on=NEW_YEARS_EVE, reason="Fel")
    )
    assert grant.eligibility.on(Ground.MEMBER, TODAY) is None
    given(grant).when(Membership.end, TODAY, "").refused(NoMembershipThen)
    given(grant).when(Membership.renew, NEW_YEAR, None).then(fact(Membership.Renewed, from_on=NEW_YEAR, until_on=None))


def test_an_employment_had_another_role_or_other_days_or_never_was() -> None:
    anna = employed()
    was = Employment(ACME, JobRole.SPECIALIST, NEW_YEAR)
    given(anna).when(correct_employment, was, JobRole.SPECIALIST, NEW_YEAR, None).then()
    given(anna).when(correct_employment, was, JobRole.MANAGER, TODAY, NEW_YEAR).refused(BadValue)
    told = {"was_role": JobRole.SPECIALIST, "was_from_on": NEW_YEAR, "was_until_on": None}
    given(anna).when(correct_employment, was, JobRole.MANAGER, TODAY, None).then(
        fact(
            Person.EmploymentCorrected, organisation_id=ACME, role=JobRole.MANAGER, from_on=TODAY, until_on=None, **told
        )
    )
    given(anna).when(withdraw_employment, was).refused(NotEmployedThere)
    given(anna).when(withdraw_employment, Employment(ACME, JobRole.MANAGER, TODAY)).then(
        fact(Person.EmploymentWithdrawn, organisation_id=ACME, role=JobRole.MANAGER, from_on=TODAY, until_on=None)
    )


def test_a_ground_verified_by_mistake_never_held() -> None:
    anna = employed()
    verify_affiliation(anna, Ground.ALUMNUS, NEW_YEAR, None, "admin")
    given(anna).when(withdraw_affiliation, Ground.ALUMNUS, TODAY).refused(NothingClaimed)
    given(anna).when(withdraw_affiliation, Ground.ALUMNUS, NEW_YEAR).then(
        fact(Person.AffiliationWithdrawn, ground=Ground.ALUMNUS, from_on=NEW_YEAR, until_on=None)
    )
    assert anna.affiliations == []


def test_an_organisers_name_and_a_purchases_address() -> None:
    seller = found_organiser(
        UUID(int=1),
        name="Institutt",
        slug="institutet",
        org_number="556036-0793",
        vat_number="",
        currency="SEK",
        zone="Europe/Stockholm",
    )
    given(seller).when(Organiser.correct, "Institutt", "5560360793").then()
    given(seller).when(Organiser.correct, "Institutet", "556999-3008").then(
        fact(Organiser.NameCorrected, name="Institutet", was="Institutt"),
        fact(Organiser.NumberCorrected, org_number="5569993008", was="5560360793"),
    )
    given(seller).when(Organiser.correct, "Institutet", "1").refused(BadValue, field="org_number")
    seller.give_payment_details("Gatan 1", Accounts("991-2346"), 30)
    given(seller).when(Organiser.give_payment_details, "Gatan 1 ", Accounts("9912346"), 30).then()
    wrong, right = (Encrypted("person", ANNA, "", "address", text) for text in (b"1", b"11"))
    bought = Purchase(
        id=UUID(int=91),
        organiser_id=ORGANISER,
        goods_id=UUID(int=6),
        quantity=1,
        bought_by=ANNA,
        payer=Payer(person_id=ANNA),
        address=wrong,
        lines=(),
        made_at=NOON,
    )
    given(bought).when(Purchase.correct_address, right).then(fact(Purchase.AddressCorrected, address=right, was=wrong))
    bought.dispatch(TODAY)
    given(bought).when(Purchase.correct_address, wrong).refused(AlreadyDispatched, dispatched_on="2026-09-01")


def test_a_season_belongs_to_another_network_until_booking_opens() -> None:
    made = season(*DAYS)
    was, right = made.network_id, NetworkId(UUID(int=99))
    given(made).when(Season.correct_network, was).then()
    given(made).when(Season.correct_network, right).then(fact(Season.NetworkCorrected, network_id=right, was=was))
    given(opened()).when(Season.correct_network, right).refused(BookingHasOpened)
