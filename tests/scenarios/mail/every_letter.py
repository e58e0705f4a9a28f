"""Every kind of letter as it is mailed, in both languages: of all that happens in a year and in a network.

Nothing here is a letter made up: what is read is what the product posts when these things happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from application.access.webhook import MakeWebhook
from application.booking.application import Apply
from application.booking.booking import BookingMade, MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.link_code import Act, CodeNeeded
from application.booking.opening_request import AskToBeTold
from application.booking.purchase import MakePurchase
from application.booking.queue_request import AskToQueue
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.insight.trail import Noted, Rate, TrailAlarms, TrailKind
from application.kernel.actor import SYSTEM, Role, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.checkout import CheckoutRef
from application.people.logo import ChooseLogo
from application.people.organisation import AppointContact
from application.people.organiser import AppointStaff, ArrangeInvoicing, ChooseAccent
from application.people.participant import Participant
from application.programme.goods import OfferGoods
from application.programme.material import PublishMaterial
from application.programme.meeting import PlanMeeting, PlannedMeeting, PublishProgramme, ScheduleMeeting
from application.programme.network import DecideAdmission
from application.programme.season import NameLeaders, OpenBooking, PlanSeason
from domain.access.webhook import Stop
from domain.kernel.eligibility import Ground
from domain.kernel.ids import MeetingId, NetworkId, PersonId, SeasonId, derived
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6
from domain.payments.checkout import Checkout
from domain.people.admission import Admission
from domain.programme.meeting import Format, Place, ProgrammeItem
from domain.programme.meeting_time import TO_COME, MeetingTime, in_month, scheduled
from domain.programme.price import Price, PriceList
from infrastructure.mail.outbox import PostgresLetterBox
from tests.pictures import png
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios import whole_year
from tests.scenarios.mailed import Mailed, deliver, remind
from tests.scenarios.story import cancel, hand_over
from web.letters.letter_words import LetterFile

LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class OfAKind:
    """A letter as it was handed over, with what the product calls it."""

    kind: str
    language: str
    mailed: Mailed


def of_a_year(institute: Institute) -> list[OfAKind]:
    """Everything that is mailed, once in each language."""
    _people_who_answer(institute)
    whole_year.live(institute)
    _a_season_of_a_network(institute)
    _the_clock_reminds(institute)
    _somebody_signs_in_and_many_are_refused(institute)
    _whoever_writes_is_known(institute)
    institute.catch_up()
    return [each for language in LANGUAGES for each in sent_in(language, institute)]


def sent_in(language: str, institute: Institute) -> Iterator[OfAKind]:
    """All letters there are, sent (again) in a language."""
    store = institute.house.store
    again = "update letter set state = 'waiting', attempts = 0, due_at = %s, language = %s where content is not null"
    store.execute(again, [store.clock.now(), language])
    kinds = {_name(key): kind for key, kind in store.query("select key, kind from letter", [])}
    for each in deliver(institute):
        yield OfAKind(kinds[str(each.message["Message-ID"]).strip("<>").partition("@")[0]], language, each)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _whoever_writes_is_known(institute: Institute) -> None:
    """An organiser with a logo, an accent and an address to answer to."""
    services, organiser = institute.services, institute.organiser
    arrange = ArrangeInvoicing(organiser, is_f_tax=True, contact="Fia", email="svar@institutet.example")
    services.organisers.arrange_invoicing(institute.finance, arrange)
    services.logos.choose(institute.finance, ChooseLogo(organiser, png(240, 60)))
    services.organisers.choose_accent(institute.admin, ChooseAccent(organiser, 255))


def _people_who_answer(institute: Institute) -> None:
    """Contacts at those who pay, and somebody who minds the money."""
    services, admin = institute.services, institute.admin
    for organisation, name in ((institute.acme, "Karin Ek"), (institute.bolt, "Kim Bo")):
        contact = institute.person(name, organisation, email=f"{name[:3].lower()}@example.org")
        services.organisations.appoint_contact(admin, AppointContact(organisation, contact))
    fia = institute.person("Fia Ny", email="fia.ny@example.org")
    services.organisers.appoint(SYSTEM, AppointStaff(institute.organiser, fia, Role.FINANCE))


def _a_season_of_a_network(institute: Institute) -> None:
    institute.clock.instant = datetime(2027, 4, 1, 8, tzinfo=institute.clock.instant.tzinfo)
    services, admin = institute.services, institute.admin
    network = institute.network("Ledarskap i offentlig sektor")
    gun = institute.person("Gun Rimfors", email="gun.rimfors@example.org")
    leo = institute.person("Leo Ny", email="leo.ny@example.org")
    season = _planned(institute, network, gun)
    services.seasons.name_leaders(admin, NameLeaders(season, (leo, gun), (gun,)))
    services.seasons.name_leaders(admin, NameLeaders(season, (gun,), (gun,)))
    magda = institute.person("Magda Blåkulle", institute.acme, email="magda@example.org")
    made = _books(institute, season, magda)
    _seats_come_and_go(institute, made, magda)
    _a_link_is_asked_for(institute, made, magda)
    _meetings_change(institute, season, leo)
    for person, is_admitted in ((gun, True), (leo, False)):
        services.networks.decide_admission(admin, DecideAdmission(network, person, is_admitted, "Efter samtal"))
    _strangers_and_cards(institute, season)


def _planned(institute: Institute, network: NetworkId, contact: PersonId) -> SeasonId:
    hall = Place(venue="Salongen", address="Norra Bantorget 5", town="Stockholm")
    meetings = (
        PlannedMeeting("Att leda när uppdraget ändras", _morning(9, 15), hall),
        PlannedMeeting("Samverkan utan mandat", _morning(10, 13), Place(Format.HYBRID, "Sal 2", "https://mote.example/1")),
        PlannedMeeting("Pengar som styr, pengar som stör", _morning(11, 10), Place(Format.ONLINE, "", "https://mote.example/2")),
        PlannedMeeting("Tillit som arbetssätt", in_month("2027-12")),
        PlannedMeeting("Avslutande samtal", TO_COME),
    )  # fmt: skip
    plan = PlanSeason(
        network,
        "Säsong 4",
        20,
        meetings=meetings,
        prices=conference_prices(),
        terms=free_before(date(2027, 8, 25)),
        contacts=(contact,),
    )
    season = institute.services.seasons.plan(institute.admin, plan).answer.season_id
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))
    return season


def _morning(month: int, day: int) -> MeetingTime:
    return scheduled(datetime(2027, month, day, 9, 30), datetime(2027, month, day, 12, 30))  # noqa: DTZ001 # local


def _books(institute: Institute, season: SeasonId, magda: PersonId) -> BookingMade:
    olle = institute.person("Olle Ö", institute.acme, email="olle.o@example.org")
    seats = (Participant(magda), Participant(olle), Participant(None))
    command = MakeBooking(season, seats, institute.acme)
    made: BookingMade = institute.services.bookings.make(institute.acting(magda), command).answer
    institute.catch_up()
    return made


def _seats_come_and_go(institute: Institute, made: BookingMade, magda: PersonId) -> None:
    services, actor = institute.services, institute.acting(magda)
    gone = cancel(institute, actor, made.booking_id, 2)
    institute.catch_up()
    services.reinstatements.undo(institute.admin, UndoCancellation(gone.cancellation_id))
    institute.catch_up()
    institute.clock.instant += timedelta(days=150)
    services.cancellations.request(actor, RequestCancellation(made.booking_id, (2,), plea="Sjuk"))
    institute.catch_up()
    sten = institute.person("Sten Ny", institute.acme, email="sten.ny@example.org")
    hand_over(institute, actor, made.booking_id, 2, sten)
    institute.catch_up()


def _a_link_is_asked_for(institute: Institute, made: BookingMade, magda: PersonId) -> None:
    """By somebody without an account, who then needs a code."""
    institute.services.links_again.ask((institute.organiser,), "magda@example.org", "192.0.2.1", "sv")
    while institute.services.links_again.turn():
        pass
    by_link = replace(institute.acting(magda), booking_id=made.booking_id)
    with suppress(CodeNeeded):
        institute.services.link_codes.must_hold(by_link, Act.CANCEL, "")


def _meetings_change(institute: Institute, season: SeasonId, leo: PersonId) -> None:
    meetings, admin = institute.services.meetings, institute.admin
    first = MeetingId(institute.services.programme.season(admin, season).meetings[0].meeting_id)
    start = datetime(2027, 9, 15, 8, tzinfo=institute.clock.instant.tzinfo)
    point = ProgrammeItem(start, start + timedelta(hours=1), "Inledning", (leo,))
    meetings.publish_programme(admin, PublishProgramme(season, first, (point,)))
    meetings.publish_programme(admin, PublishProgramme(season, first, ()))
    hall = Place(venue="Vita rummet", address="Kungsgatan 1", town="Stockholm")
    meetings.schedule(admin, ScheduleMeeting(season, first, _morning(9, 22), hall))
    meetings.plan(admin, PlanMeeting(season, PlannedMeeting("En dag till", _morning(11, 24), hall)))
    institute.catch_up()


def _the_clock_reminds(institute: Institute) -> None:
    """A season with material and a seat without a name, the week before; and a membership that ends."""
    services, admin = institute.services, institute.admin
    institute.clock.instant = datetime(2027, 9, 28, 8, tzinfo=institute.clock.instant.tzinfo)
    hall = Place(Format.HYBRID, "Salongen", "https://mote.example/3", "Norra Bantorget 5", "Stockholm")
    planned = (PlannedMeeting("Att mötas", _morning(10, 12), hall),)
    season = institute.season("Mötet", 20, conference_prices(), free_before(date(2027, 10, 1)), meetings=planned)
    institute.catch_up()
    meeting = MeetingId(services.programme.season(admin, season).meetings[0].meeting_id)
    rut = institute.person("Rut Ny", institute.acme, email="rut.ny@example.org")
    command = MakeBooking(season, (Participant(rut), Participant(None)), institute.acme)
    services.bookings.make(institute.acting(rut), command)
    institute.clock.instant += timedelta(hours=1)
    for title, about in (("Kapitel 1", meeting), ("Läslista", None)):
        services.materials.publish(admin, PublishMaterial(season, title, "https://example.org/1", meeting_id=about))
    institute.make_member(rut, date(2026, 1, 1), date(2027, 10, 20))
    institute.make_member(institute.bolt, date(2026, 1, 1), date(2027, 10, 20))
    institute.clock.instant = datetime(2027, 10, 5, 9, tzinfo=institute.clock.instant.tzinfo)
    remind(institute)
    institute.clock.instant = datetime(2027, 9, 29, 15, tzinfo=institute.clock.instant.tzinfo)
    remind(institute)


def _strangers_and_cards(institute: Institute, season: SeasonId) -> None:
    nobody, person = stranger(institute.organiser), institute.person("Petra Ny", email="petra.ny@example.org")
    typed = Register(season, "Siri", "siri.n@example.org", address="Vägen 1, 111 11 Stockholm")
    institute.services.registrations.register(nobody, typed)
    goods = institute.services.goods.offer(institute.admin, OfferGoods("Ledarboken", kronor(125), kronor(49), VAT_6))
    wanted = MakePurchase(goods.answer.goods_id, 2, "Vägen 1", "Siri", "siri.n@example.org")
    institute.services.orders.place(nobody, wanted)
    _strangers_apply_and_queue(institute)
    told = institute.services.webhooks.make(
        institute.admin, MakeWebhook("https://crm.example.org/plats", ("booking.made",))
    )
    institute.services.webhooks.stop_unheard(told.webhook_id, Stop.GONE)

    def decide(work: UnitOfWork) -> CheckoutRef:
        checkout_id, today = work.new_id(), work.now.date()
        late = Checkout(
            id=checkout_id,
            organiser_id=institute.organiser,
            invoice_id=None,
            amount=Money(15_000_00),
            opened_at=work.now,
            person_id=person,
        )
        late.pay(Money(15_000_00), "pi_late", today, derived(checkout_id, "payment"), Money(0))
        late.ask_refund(derived(checkout_id, "refund"), Money(15_000_00), None)
        late.refund(derived(checkout_id, "refund"), "re_late", today)
        work.add(late)
        return CheckoutRef(checkout_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)
    institute.catch_up()


def _strangers_apply_and_queue(institute: Institute) -> None:
    nobody, services = stranger(institute.organiser), institute.services
    rule = Admission(grounds=(Ground.ALUMNUS,))
    closed = institute.season("Alumner", 5, PriceList(0, (Price(kronor(0)),)), admission=rule)
    services.applications.apply(nobody, Apply(closed, "Skolan", name="Siri", email="siri.n@example.org"))
    full = institute.conference(seats=1)
    services.bookings.make(institute.admin, MakeBooking(full, (Participant(),), institute.acme))
    services.queue_requests.ask(nobody, AskToQueue(full, "Siri", "siri.n@example.org"))
    network = institute.network("Det som kommer")
    services.opening_requests.ask(nobody, AskToBeTold("Siri", "siri.n@example.org", network))


def _somebody_signs_in_and_many_are_refused(institute: Institute) -> None:
    house = institute.house
    institute.services.sign_in.ask((institute.organiser,), "magda@example.org", "192.0.2.1", "/institutet", "sv")
    while institute.services.sign_in.turn():
        pass
    box = PostgresLetterBox(house.store, LetterFile(), "https://plats.example.org")
    alarms = TrailAlarms(house.trail, house.store.decisions, box, house.store.clock, Rate(most=5))
    for _ in range(8):
        house.trail.note(Noted(TrailKind.FAILED_SIGN_IN, institute.organiser, "POST /sign-in"))
    house.trail.flush()
    while alarms.turn():
        pass
