"""A year at the institute in which everything happens that can: every kind of event is recorded at least once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from application.access.token_desk import MakeToken, TokenJob
from application.access.webhook import ChangeWebhook, MakeWebhook
from application.accounting.bookkeeping import (
    ChooseAccounts,
    DeferRevenue,
    ExportPeriod,
    FetchFile,
    GiveCodes,
    TakeBackExport,
    TellFinancialYear,
)
from application.accounting.vat_return import ChooseAdvanceVat, ChooseVatPeriod, DeclareVat
from application.billing.invoice import RecordPayment
from application.booking.application import Apply
from application.booking.application_answer import ApproveApplication, RejectApplication, WithdrawApplication
from application.booking.booking import BookingMade, MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation, WithdrawCancellation
from application.booking.first_refusal import DeclineFirstRefusal, OfferFirstRefusal
from application.booking.introduction import Introduce, TakeBackIntroduction
from application.booking.purchase import CorrectAddress, DispatchPurchase, MakePurchase
from application.booking.registration import Register
from application.booking.registration_rules import AgreeRegistrationRules
from application.booking.settlement import DeclineCancellation, WaiveCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.unconfirmed import MailedLink
from application.booking.vouch import RefuteVouch, VerifyVouch
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList
from application.kernel.actor import SYSTEM, Role, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from application.mail.letter_rules import ChooseReminders
from application.notifications.mailing import ReworkMailing, SendMailing, WriteMailing
from application.notifications.own_words import WriteOwnWords
from application.people.affiliation import (
    ClaimAffiliation,
    DeclineAffiliation,
    VerifyAffiliation,
    WithdrawAffiliation,
    WithdrawClaim,
)
from application.people.employment import CorrectEmployment, WithdrawEmployment
from application.people.face import HideFace, ShowFace
from application.people.introduction import PresentPerson, TakeBackPresentation
from application.people.membership import (
    AgreeAbove,
    CorrectPeriod,
    EndMembership,
    GrantMembership,
    RenewMembership,
    WithdrawPeriod,
)
from application.people.needs import Needs
from application.people.organisation import (
    AppointContact,
    CorrectOrganisation,
    DismissContact,
    VerifyDomain,
    WithdrawDomain,
)
from application.people.organiser import AllowSites, AppointStaff, CorrectOrganiser, DismissStaff, GivePaymentDetails
from application.people.participant import Participant
from application.people.person import (
    ConfirmEmail,
    EndEmployment,
    ErasePerson,
    PersonRef,
    RequestErasure,
    TellNeeds,
    WithdrawErasureRequest,
)
from application.people.safeguard import ChooseGuard, DecideProposal
from application.programme.goods import CorrectGoods, OfferGoods, OfferGoodsAgain, WithdrawGoods
from application.programme.image import ChooseImage, RemoveImage
from application.programme.material import PublishMaterial, RemoveMaterial, ReplaceMaterial
from application.programme.meeting import (
    CallOffMeeting,
    HoldMeeting,
    PostponeMeeting,
    PublishProgramme,
    RemoveMeeting,
    RetitleMeeting,
    ScheduleMeeting,
    UndoHolding,
)
from application.programme.network import (
    AskAdmission,
    CloseNetwork,
    CorrectNetwork,
    DecideAdmission,
    JoinPartner,
    LeavePartner,
    ReopenNetwork,
)
from application.programme.publication import AgreeOpenness, ChooseVisibility, PlanPublication
from application.programme.roll_over import CopySeason
from application.programme.season import (
    AddSeats,
    CallOffSeason,
    CloseBooking,
    CorrectSeason,
    NameLeaders,
    OpenBooking,
    PlanSeason,
)
from application.programme.season_goods import ChooseSeasonGoods
from domain.accounting.account import AccountChoice
from domain.accounting.dormant_vat import AdvanceVat
from domain.accounting.object_code import ObjectCode, ObjectKind
from domain.accounting.vat_return import BoxAmount
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.ids import MeetingId, PersonId, SeasonId, invoice_of, membership_of
from domain.kernel.vat import VAT_6
from domain.mail.mailing import Audience, AudienceKind
from domain.mail.own_words import Occasion, OwnWords
from domain.mail.reminding import Reminding
from domain.people.admission import Admission, JobRole
from domain.people.particulars import come_in_by_letter, mail_came_back
from domain.people.person import Person
from domain.people.person_employment import Employment
from domain.people.safeguard import Guard
from domain.programme.meeting import ProgrammeItem, Readers
from domain.programme.meeting_time import in_month
from domain.programme.network import NetworkKind
from domain.programme.season_images import ImageUse
from domain.programme.season_opening import Visibility
from infrastructure.sign_in.token_store import PostgresTokenStore
from tests.pictures import png
from tests.samples import Institute, full_day, kronor
from tests.scenarios.documents_of_a_year import everything_about_documents
from tests.scenarios.doors_of_a_year import everything_at_doors
from tests.scenarios.every_payment import pay_in_every_way
from tests.scenarios.learning_of_a_year import everything_learnt
from tests.scenarios.openings_of_a_year import they_are_told_of_openings
from tests.scenarios.people_of_a_year import everything_about_people
from tests.scenarios.queue_of_a_year import a_line_moves
from tests.scenarios.story import FREE, book, cancel, facts, hand_over, seated, stockholm
from tests.strangers import links_of, order, register, tidy

NEW_YEAR, MIDSUMMER = date(2027, 1, 1), date(2027, 6, 24)


def live(institute: Institute) -> None:
    """From September to the summer after."""
    conference = institute.conference(seats=6)
    made = _members_book(institute, conference)
    _somebody_waits(institute, conference)
    _strangers_register_and_buy(institute, conference)
    _seats_change_hands(institute, conference, made)
    _people_and_organisations_change(institute)
    _another_system_is_told(institute)
    _somebody_asks_to_join(institute)
    _a_season_goes_wrong(institute)
    _a_draft_is_shown(institute)
    _what_was_misspelt_is_put_right(institute)
    everything_at_doors(institute)
    pay_in_every_way(institute)
    _books_are_kept(institute)
    everything_about_documents(institute)
    _next_season_is_offered_first_to_who_sits_in_this(institute)
    everything_learnt(institute)
    everything_about_people(institute)
    _strangers_apply(institute)
    _colleagues_are_vouched_for(institute)
    a_line_moves(institute)
    they_are_told_of_openings(institute)
    institute.catch_up()


def _members_book(institute: Institute, conference: SeasonId) -> BookingMade:
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna, bertil, None)
    carin = Participant(institute.person("Carin", institute.acme))
    institute.services.bookings.name_participant(institute.admin, NameParticipant(made.booking_id, 3, carin))
    institute.catch_up()
    pay = RecordPayment(invoice_of(made.booking_id), 22_500_00, "BG 1", date(2026, 9, 1))
    institute.services.invoices.record_payment(institute.finance, pay)
    return made


def _somebody_waits(institute: Institute, conference: SeasonId) -> None:
    services, full = institute.services, book(institute, conference, institute.bolt, None, None, None)
    vera, vilma = institute.member("Vera"), institute.member("Vilma")
    places = [services.waiting_lists.join(who, JoinWaitingList(conference, 1)).answer for who in (vera, vilma)]
    services.waiting_lists.leave(vilma, LeaveWaitingList(conference, places[1].place_id))
    cancel(institute, institute.admin, full.booking_id, 1)
    services.bookings.make(vera, MakeBooking(conference, seated(vera.person_id), place_id=places[0].place_id))
    services.seasons.add_seats(institute.admin, AddSeats(conference, 2))


def _mail_comes_back(institute: Institute) -> None:
    """From somebody's address, until they come in by a link that was mailed there."""
    who = institute.person("Ture Tur", email="ture.tur@example.org")

    def decide(work: UnitOfWork) -> PersonRef:
        person = work.load(Person, who)
        mail_came_back(person, work.new_id(), "4.2.2", is_for_good=False)
        come_in_by_letter(person)
        mail_came_back(person, work.new_id(), "4.2.2", is_for_good=False)
        come_in_by_letter(person)
        return PersonRef(who)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), PersonRef, decide)


def _mailings(institute: Institute, conference: SeasonId) -> None:
    """To those who sit there, and to everybody who has to do with its network."""
    services, admin = institute.services, institute.admin
    institute.catch_up()
    network = services.programme.season(admin, conference).row.network_id
    here, around = Audience(AudienceKind.PARTICIPANTS, conference), Audience(AudienceKind.NETWORK, network)
    for audience, text in ((here, "Vi ses i {season}.\n\nTa med boken."), (around, "Vi skriver igen i höst.")):
        mailing_id = services.mailings.write(admin, WriteMailing(audience, "Inför träffen", "Kom!")).answer.mailing_id
        services.mailings.rework(admin, ReworkMailing(mailing_id, audience, "Inför träffen", text))
        shown = services.mailings.preview(admin, mailing_id).shown
        services.mailings.send(admin, SendMailing(mailing_id, shown))


def _strangers_register_and_buy(institute: Institute, conference: SeasonId) -> None:
    services, nobody, admin = institute.services, stranger(institute.organiser), institute.admin
    services.registration_rules.agree(admin, AgreeRegistrationRules(30, share=60))
    services.letter_rules.choose_reminders(admin, ChooseReminders(Reminding((10, 2), 8)))
    words = OwnWords("Ta med boken, {name}.", "Bring the book, {name}.")
    services.own_words.write(admin, WriteOwnWords(Occasion.BOOKED, words))
    _mailings(institute, conference)
    _mail_comes_back(institute)
    later = institute.conference()
    registrations, orders = services.registrations, services.orders
    registrations.register(nobody, Register(later, "Siv", "siv@example.org", address="Gatan 2"))
    typed = Register(conference, "Åsa", "asa@example.org", (), "Eta AB", "556999-8007", "Gatan 1")
    register(institute, typed)
    registrations.register(admin, replace(typed, season_id=later, name="Ros", email="ros@example.org"))
    [asked] = [fact for fact in facts(institute) if isinstance(fact, Person.EmailConfirmationAsked)]
    code = institute.house.store.keyring.decrypt(asked.code) or ""
    services.people.confirm_email(nobody, ConfirmEmail(PersonId(asked.originator_id), code))
    goods = services.goods.offer(admin, OfferGoods("Boken", kronor(125), kronor(49), VAT_6)).answer.goods_id
    bought = order(institute, MakePurchase(goods, 3, "Gatan 1", "Åsa", "asa@example.org"))
    orders.place(nobody, MakePurchase(goods, 1, "Gatan 1", "Siv", "siv@example.org"))
    services.purchases.correct_address(admin, CorrectAddress(bought.purchase_id, "Gatan 11"))
    services.purchases.dispatch(admin, DispatchPurchase(bought.purchase_id, date(2026, 9, 3)))
    services.goods.withdraw(admin, WithdrawGoods(goods))
    services.goods.offer_again(admin, OfferGoodsAgain(goods))
    services.goods.correct(admin, CorrectGoods(goods, "Boken!", kronor(130)))


def _seats_change_hands(institute: Institute, conference: SeasonId, made: BookingMade) -> None:
    services, admin, booking_id = institute.services, institute.admin, made.booking_id
    institute.clock.instant = stockholm("2026-12-30 23:30")
    tidy(institute)
    outcome = cancel(institute, admin, booking_id, 2)
    services.settlements.waive(admin, WaiveCancellation(outcome.cancellation_id, "Sjukdom"))
    pleas = [
        services.cancellations.request(admin, RequestCancellation(booking_id, (1,), plea="Snälla")).answer
        for _ in range(2)
    ]
    services.settlements.decline(admin, DeclineCancellation(pleas[0].cancellation_id, "Överlåt i stället"))
    services.cancellations.withdraw(admin, WithdrawCancellation(pleas[1].cancellation_id))
    hand_over(institute, admin, booking_id, 1, institute.person("Dora", institute.acme))
    to = Participant(institute.person("Cecilia", institute.bolt))
    proposals = [
        services.transfers.propose(admin, ProposeTransfer(booking_id, 1, to, "Förhinder")).answer for _ in range(2)
    ]
    services.transfers.decline(admin, DeclineTransfer(proposals[0].transfer_id, "Inte nu"))
    services.transfers.accept(admin, AcceptTransfer(proposals[1].transfer_id))
    services.seasons.close_booking(admin, CloseBooking(conference))


def _faces_and_sites(institute: Institute, eva: PersonId) -> None:
    sites = AllowSites(institute.organiser, ("https://www.example.org",))
    institute.services.organisers.allow_sites(institute.admin, sites)
    faces, herself = institute.services.faces, institute.acting(eva)
    faces.show(herself, ShowFace(eva, png(200, 200), is_agreed=True))
    faces.hide(herself, HideFace(eva))


def _another_system_is_told(institute: Institute) -> None:
    desk, admin, address = institute.services.webhooks, institute.admin, "https://crm.example.org/plats"
    told = desk.make(admin, MakeWebhook(address, ("booking.made",))).webhook_id
    desk.change(admin, ChangeWebhook(told, address, ("booking.made", "booking.cancelled")))
    desk.rotate(admin, told)
    desk.stop(admin, told)
    desk.resume(admin, told)
    desk.remove(admin, told)


def _people_and_organisations_change(institute: Institute) -> None:
    services, admin, organiser = institute.services, institute.admin, institute.organiser
    eva = institute.person("Eva", institute.bolt)
    services.organisers.appoint(SYSTEM, AppointStaff(organiser, eva, Role.FINANCE))
    made = services.token_desk.make(institute.acting(eva, Role.FINANCE), MakeToken("Bankens program", (Role.FINANCE,)))
    services.tokens.recognise(made.shown)
    services.organisers.dismiss(SYSTEM, DismissStaff(organiser, eva, Role.FINANCE))
    institute.catch_up()
    job = TokenJob(institute.house.store.decisions, PostgresTokenStore(institute.house.store))
    while job.turn():
        pass
    _staff_guard_what_matters(institute)
    _an_organisation_changes(institute, eva)
    for ground in (Ground.ALUMNUS, Ground.CUSTOMER):
        services.affiliations.claim(institute.acting(eva), ClaimAffiliation(eva, ground, "Kurs 2019"))
    services.affiliations.verify(admin, VerifyAffiliation(eva, Ground.ALUMNUS, NEW_YEAR))
    services.affiliations.decline(admin, DeclineAffiliation(eva, Ground.CUSTOMER, "Inget avtal"))
    services.people.tell_needs(institute.acting(eva), TellNeeds(eva, "Vegan"))
    _faces_and_sites(institute, eva)
    services.people.end_employment(admin, EndEmployment(eva, institute.bolt, NEW_YEAR))
    _what_is_known_of_somebody_is_put_right(institute, eva)
    _memberships_and_networks_change(institute, eva)
    services.affiliations.claim(institute.acting(eva), ClaimAffiliation(eva, Ground.PARTNER))
    services.affiliations.withdraw(institute.acting(eva), WithdrawClaim(eva, Ground.PARTNER))
    services.people.request_erasure(institute.acting(eva), RequestErasure(eva))
    services.people.withdraw_erasure_request(institute.acting(eva), WithdrawErasureRequest(eva))
    services.people.erase(admin, ErasePerson(eva))


def _what_is_known_of_somebody_is_put_right(institute: Institute, eva: PersonId) -> None:
    institute.services.people.read_in(institute.acting(eva), "en")
    services, admin, since = institute.services, institute.admin, date(2020, 1, 1)
    Needs(institute.house.store.decisions).forget(eva)
    was = Employment(institute.bolt, JobRole.SPECIALIST, since, NEW_YEAR)
    services.employments.correct(admin, CorrectEmployment(eva, was, JobRole.MANAGER, NEW_YEAR, NEW_YEAR))
    became = Employment(institute.bolt, JobRole.MANAGER, NEW_YEAR, NEW_YEAR)
    services.employments.withdraw(admin, WithdrawEmployment(eva, became))
    services.affiliations.take_back(admin, WithdrawAffiliation(eva, Ground.ALUMNUS, NEW_YEAR))


def _staff_guard_what_matters(institute: Institute) -> None:
    services, organiser = institute.services, institute.organiser
    people = [institute.person(name) for name in ("Ylvali", "Zelda")]
    for person in people:
        services.organisers.appoint(SYSTEM, AppointStaff(organiser, person, Role.ADMIN))
    fia, gun = (institute.acting(person, Role.ADMIN) for person in people)
    for act in (services.safeguards.withdraw, services.safeguards.decline, services.safeguards.approve):
        details = GivePaymentDetails(organiser, "Lilla gatan 2, 111 30 Stockholm", "5050-1055")
        proposal = services.organisers.give_payment_details(fia, details).answer.proposal_id
        assert proposal is not None
        act(fia if act == services.safeguards.withdraw else gun, DecideProposal(organiser, proposal))
    services.safeguards.choose(SYSTEM, ChooseGuard(organiser, Guard.NONE))


def _an_organisation_changes(institute: Institute, eva: PersonId) -> None:
    services, admin = institute.services, institute.admin
    services.organisations.verify_domain(admin, VerifyDomain(institute.bolt, "bolt.example"))
    services.organisations.withdraw_domain(admin, WithdrawDomain(institute.bolt, "bolt.example"))
    correct = CorrectOrganisation(institute.bolt, "Bult AB", "923 609 016", Sector.NON_PROFIT, "NO")
    services.organisations.correct(admin, correct)
    renamed = CorrectOrganisation(institute.bolt, "Bolt AB", renamed_on=date(2026, 12, 1))
    services.organisations.correct(admin, renamed)
    services.organisations.appoint_contact(admin, AppointContact(institute.bolt, eva))
    services.organisations.dismiss_contact(admin, DismissContact(institute.bolt, eva))


def _memberships_and_networks_change(institute: Institute, eva: PersonId) -> None:
    services, admin = institute.services, institute.admin
    delta = membership_of(institute.organiser, institute.delta, Ground.MEMBER)
    services.memberships.renew(admin, RenewMembership(delta, NEW_YEAR))
    services.memberships.end(admin, EndMembership(delta, MIDSUMMER, "Uppsagt"))
    holder = institute.organisation("Kappa AB", "556999-8015")
    capped = GrantMembership(holder, Ground.MEMBER, NEW_YEAR, None, 10)
    kappa = services.memberships.grant(admin, capped).answer.membership_id
    services.memberships.agree_above(admin, AgreeAbove(kappa, 9_000_00, "utöver medlemskapets tio personer"))
    services.memberships.correct_period(admin, CorrectPeriod(delta, NEW_YEAR, NEW_YEAR, None, "Fel dag"))
    services.memberships.withdraw_period(admin, WithdrawPeriod(delta, NEW_YEAR, "Fel organisation"))
    network = institute.network("Ledning")
    services.networks.decide_admission(admin, DecideAdmission(network, eva, True, "Känd sedan länge"))
    services.networks.join_partner(admin, JoinPartner(network, institute.acme))
    services.networks.leave_partner(admin, LeavePartner(network, institute.acme))
    services.networks.close(admin, CloseNetwork(network, MIDSUMMER))
    services.networks.reopen(admin, ReopenNetwork(network))
    rule = Admission(sectors=(Sector.STATE,))
    services.networks.correct(admin, CorrectNetwork(network, "Ledningen", NetworkKind.THEME, "Att leda", rule))


def _somebody_asks_to_join(institute: Institute) -> None:
    council = institute.organisation("Rådet", "212000-1132", Sector.MUNICIPALITY)
    frida = institute.person("Frida", council)
    rule = Admission(sectors=(Sector.STATE,), decided_sectors=(Sector.MUNICIPALITY,))
    season = institute.season("Staten", 5, FREE, admission=rule)
    institute.services.networks.ask_admission(institute.acting(frida), AskAdmission(season, frida))


def _strangers_apply(institute: Institute) -> None:
    """S14: one is let in, one turned away, one thinks better of it, one does not follow the link."""
    services, nobody, admin = institute.services, stranger(institute.organiser), institute.admin
    rule = Admission(grounds=(Ground.ALUMNUS,))
    season = institute.season("Alumnidagen", 9, FREE, admission=rule)
    made = []
    for name in ("Ulla", "Urban", "Ulrik", "Una"):
        typed = Apply(season, "Skolan", JobRole.SPECIALIST, Ground.ALUMNUS, "Gick ut 2019", name, f"{name}@example.org")
        services.applications.apply(nobody, typed)
        if name != "Una":
            link = MailedLink(*links_of(institute, f"{name.lower()}@example.org")[0])
            made.append(services.applications.confirm(nobody, link).answer.application_id)
    answers = services.application_answers
    answers.approve(admin, ApproveApplication(made[0], "Finns i registret"))
    answers.reject(admin, RejectApplication(made[1], "Finns inte i registret"))
    institute.clock.instant += timedelta(days=3)
    answers.lapse_hold(made[2], season)
    answers.withdraw(admin, WithdrawApplication(made[2]))
    for days in (5, 8):
        institute.clock.instant += timedelta(days=days)
        tidy(institute)


def _colleagues_are_vouched_for(institute: Institute) -> None:
    """One is found right, one wrong."""
    services, admin = institute.services, institute.admin
    made = book(institute, institute.conference(), institute.bolt, None, None)
    for no, name in enumerate(("Vidar", "Viola"), start=1):
        who = Participant(name=name, email=f"{name.lower()}@bolt.example", role=JobRole.SPECIALIST)
        services.bookings.name_participant(admin, NameParticipant(made.booking_id, no, who))
    institute.catch_up()
    vidar, viola = (each.person_id for each in services.vouch_questions.waiting(admin))
    services.vouches.verify(admin, VerifyVouch(vidar, institute.bolt))
    services.vouches.refute(admin, RefuteVouch(viola, institute.bolt, "Slutade i våras"))


def _a_season_goes_wrong(institute: Institute) -> None:
    seasons, meetings, admin = institute.services.seasons, institute.services.meetings, institute.admin
    cluster = institute.cluster()
    book(institute, cluster, institute.bolt, None, None)
    leader = institute.person("Lotta")
    seasons.name_leaders(admin, NameLeaders(cluster, (leader,), (leader,)))
    institute.services.materials.publish(admin, PublishMaterial(cluster, "Bilder", "https://example.org/bilder"))
    institute.catch_up()
    first, second, third, fourth = (
        MeetingId(row.meeting_id) for row in institute.services.programme.season(admin, cluster).meetings
    )
    start = stockholm("2027-01-20 09:00")
    points = (ProgrammeItem(start, start + timedelta(hours=1), "Inledning", (leader,)),)
    meetings.publish_programme(admin, PublishProgramme(cluster, first, points))
    meetings.hold(admin, HoldMeeting(cluster, first, date(2027, 1, 20)))
    meetings.schedule(admin, ScheduleMeeting(cluster, second, in_month("2027-03")))
    meetings.postpone(admin, PostponeMeeting(cluster, third, "Sjukdom"))
    meetings.call_off(admin, CallOffMeeting(cluster, fourth, "Ingen lokal"))
    seasons.call_off(admin, CallOffSeason(cluster, "För få kvar"))


def _a_draft_is_shown(institute: Institute) -> None:
    services, admin, clock = institute.services, institute.admin, institute.clock
    plan = PlanSeason(institute.network("Utkast"), "Först", 5, meetings=(full_day("Ett", 2027, 9, 1),), prices=FREE)
    season = services.seasons.plan(admin, replace(plan, visibility=Visibility.DRAFT)).answer.season_id
    services.publications.choose(admin, ChooseVisibility(season, Visibility.HIDDEN))
    soon = clock.now() + timedelta(minutes=5)
    services.publications.plan(admin, PlanPublication(season, soon, soon))
    services.publications.plan(admin, PlanPublication(season))
    services.publications.agree_openness(admin, AgreeOpenness(season, True, True))
    book = services.goods.offer(admin, OfferGoods("Häftet", kronor(50), kronor(0), VAT_6)).answer.goods_id
    services.season_goods.choose(admin, ChooseSeasonGoods(season, (book,)))
    services.seasons.open_booking(admin, OpenBooking(season))
    ulla = institute.member("Ulla", institute.acme)
    assert ulla.person_id is not None
    services.bookings.make(ulla, MakeBooking(season, seated(ulla.person_id)))
    services.fellow_introductions.introduce(ulla, Introduce(season, "Leder om."))
    services.fellow_introductions.take_back(ulla, TakeBackIntroduction(season))
    services.introductions.present(ulla, PresentPerson(ulla.person_id, "Leder.", is_agreed=True))
    services.introductions.take_back(ulla, TakeBackPresentation(ulla.person_id))


def _what_was_misspelt_is_put_right(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    network, title = institute.network("Vår"), "Vårr"
    plan = PlanSeason(network, title, 5, meetings=(full_day("Ett", 2027, 9, 1), full_day("Två", 2027, 9, 2)))
    season = services.seasons.plan(admin, plan).answer.season_id
    institute.catch_up()
    first, second = (MeetingId(row.meeting_id) for row in services.programme.season(admin, season).meetings)
    rule, right = Admission(sectors=(Sector.STATE,)), institute.network("Våren")
    said = {"promise": "Att växa", "language": "en", "zone": "Europe/Helsinki"}
    services.seasons.correct(admin, CorrectSeason(season, "Vår", said, rule, right))
    services.organisers.correct(admin, CorrectOrganiser(institute.organiser, "Institutt", "556999-3008"))
    services.organisers.correct(admin, CorrectOrganiser(institute.organiser, "Institutet", "556036-0793"))
    services.meetings.retitle(admin, RetitleMeeting(season, first, "Första"))
    services.meetings.remove(admin, RemoveMeeting(season, second))
    services.meetings.hold(admin, HoldMeeting(season, first, date(2027, 9, 1)))
    services.meetings.undo_holding(admin, UndoHolding(season, first))
    publish = PublishMaterial(season, "Bildr", "https://example.org/bildr")
    material = services.materials.publish(admin, publish).answer.material_id
    services.materials.replace(
        admin, ReplaceMaterial(season, material, "Bilder", "https://example.org/bilder", Readers.EVERYONE)
    )
    services.materials.remove(admin, RemoveMaterial(season, material))
    services.images.choose(admin, ChooseImage(season, ImageUse.SEASON, png(700, 300), "Rummet"))
    services.images.remove(admin, RemoveImage(season, ImageUse.SEASON))


def _next_season_is_offered_first_to_who_sits_in_this(institute: Institute) -> None:
    """S45: one books the seat that is kept, one declines, one does not answer in time."""
    services, admin, season = institute.services, institute.admin, institute.season("Höst", 5, FREE)
    people = [institute.member(name, institute.bolt) for name in ("Gun", "Hans", "Ingrid")]
    book(institute, season, institute.bolt, *(each.person_id for each in people))
    institute.catch_up()
    again = services.roll_overs.copy(admin, CopySeason(season, "Höst igen")).answer.season_id
    today = institute.clock.instant.date()
    services.first_refusals.offer(admin, OfferFirstRefusal(again, season, today, shown=3))
    services.seasons.open_booking(admin, OpenBooking(again))
    gun, hans, ingrid = (PersonId(each.person_id) for each in people if each.person_id)
    book(institute, again, institute.bolt, gun)
    services.first_refusals.decline(institute.acting(hans), DeclineFirstRefusal(again, hans))
    institute.clock.instant += timedelta(days=2)
    services.first_refusals.lapse(again, ingrid)


def _books_are_kept(institute: Institute) -> None:
    office, finance = institute.services.bookkeeping, institute.finance
    office.choose_accounts(finance, ChooseAccounts((AccountChoice("revenue_600", 3052),), season_dimension=20))
    office.tell_financial_year(finance, TellFinancialYear(date(2026, 7, 1), date(2027, 6, 30)))
    institute.catch_up()
    office.defer(finance, DeferRevenue(institute.clock.instant.date() - timedelta(days=1)))
    vat = institute.services.vat_returns
    vat.choose_period(finance, ChooseVatPeriod(1))
    institute.catch_up()
    vat.declare(finance, DeclareVat(date(2026, 8, 1), date(2026, 8, 31), (BoxAmount("48", 1234),)))
    [network, *_] = institute.services.bookkeeping_questions.codes(finance)
    code = ObjectCode(ObjectKind.NETWORK, network.object_id, "LOF")
    office.give_codes(finance, GiveCodes((code,)))
    august = ExportPeriod(date(2026, 8, 1), date(2026, 8, 31), is_confirmed=True)
    mistaken = office.export(finance, august).answer
    office.take_back(finance, TakeBackExport(mistaken.number))
    kept = office.export(finance, august).answer
    office.fetch(finance, FetchFile(kept.number))
    vat.choose_advance(finance, ChooseAdvanceVat(AdvanceVat.WHEN_PAID_OR_HELD, date(2026, 9, 1)))
    institute.catch_up()
    vat.declare(finance, DeclareVat(date(2026, 9, 1), date(2026, 9, 30)))
