"""The wiring, in one place: what is made of what. Nothing here decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.access.calendar_address import CalendarAddresses
from application.access.passkey import Passkeys
from application.access.session import Sessions
from application.access.sign_in import SignIn
from application.access.staff_sign_in import StaffSignIn
from application.access.token import Tokens
from application.access.token_desk import TokenDesk, TokenErrand, TokenLife, TokenMakers
from application.accounting.bookkeeping import BookkeepingOffice
from application.automation.card_jobs import CardJobs
from application.automation.collective import COLLECTIVE, CollectiveInvoicing
from application.automation.daily_jobs import COMPARISON, ONCE, REMINDERS, DailyJob
from application.automation.offboarding import CONTACTS, LeavingContacts
from application.automation.policies import (
    Policies,
    cases,
    documents,
    kept_seats,
    leaving,
    letters,
    payments,
    signed_out,
)
from application.automation.retention import Retention
from application.automation.unconfirmed_jobs import unconfirmed_job
from application.billing.credit_note import CreditNotes
from application.billing.crediting import Crediting
from application.billing.delivery import Deliveries, DeliveryQuestions, EInvoiceSender
from application.billing.enclosure import PrintedEnclosures
from application.billing.invoice import Invoices
from application.billing.queries.invoice import InvoiceQuestions
from application.billing.rendering import Papers
from application.booking.booking import Bookings
from application.booking.called_off import CalledOffBookings
from application.booking.calling_off import CallingOff
from application.booking.cancellation import Cancellations
from application.booking.first_refusal import FirstRefusals
from application.booking.hold import Holds
from application.booking.merging import Merging, Selves
from application.booking.order import Orders
from application.booking.overtaken import Overtaken
from application.booking.purchase import Purchases
from application.booking.queries.booking import BookingQuestions
from application.booking.registration import Registrations
from application.booking.registration_rules import RegistrationRulesDesk
from application.booking.reinstatement import Reinstatements
from application.booking.settlement import Settlements
from application.booking.transfer import Transfers
from application.booking.waiting_list import WaitingLists
from application.insight.explanation import Explanations
from application.insight.finding import Finding
from application.insight.history import HistoryQuestions
from application.insight.my_data import MyDataQuestions
from application.insight.trail import Rate, TrailAlarms, TrailQuestions
from application.kernel.due_job import DueJob
from application.kernel.ports import Clock
from application.kernel.shown import Shown
from application.mail.letters import LetterDesk
from application.mail.queries.letters import WhoKnewWhat
from application.notifications.reaction import Telling
from application.notifications.story import Sources
from application.payments.bank_file import BankImport
from application.payments.checkout import Checkouts
from application.payments.payment import Payments
from application.payments.queries.payment import PaymentQuestions
from application.payments.reminder import Reminded, ReminderQuestions, Reminders
from application.people.affiliation import Affiliations
from application.people.employment import Employments
from application.people.logo import LogoDesk
from application.people.membership import Memberships
from application.people.needs import needs_job
from application.people.organisation import Organisations
from application.people.organiser import Organisers
from application.people.person import People
from application.people.person_correction import PersonCorrections
from application.people.queries.people import PeopleQuestions
from application.people.safeguard import FRESH, Safeguards
from application.programme.first_run import FirstRun
from application.programme.goods import GoodsOnOffer
from application.programme.material import Materials
from application.programme.meeting import Meetings
from application.programme.network import Networks
from application.programme.roll_over import RollOvers
from application.programme.season import Seasons
from application.services import Services
from infrastructure.bank.files import BankFiles
from infrastructure.clock import SystemClock, new_id
from infrastructure.documents.logo_shelf import LogoShelf
from infrastructure.documents.outbox import OutboxFolder
from infrastructure.documents.pdf import TypstPress
from infrastructure.documents.ubl import Ubl
from infrastructure.health import DatabaseHealth
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.jobs.worker import Worker
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.sender import MailSender
from infrastructure.mail.told import ToldInDatabase
from infrastructure.mail.transports import mail_named
from infrastructure.past import PastOfStore
from infrastructure.postgres.database import prepare
from infrastructure.settings import Settings
from infrastructure.sign_in.devices import WebAuthnDevices
from infrastructure.sign_in.one_time_store import PostgresOneTimeStore
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from infrastructure.sign_in.provider_settings import read_providers
from infrastructure.sign_in.providers import OpenIdProviders
from infrastructure.sign_in.session_store import PostgresSessionStore
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.store import Store, open_store
from infrastructure.stripe.chosen import chosen_cards, chosen_sellers, chosen_signatures
from infrastructure.stripe.differences import KeptDays, KeptDifferences
from infrastructure.stripe.notices import KeptNotices
from infrastructure.subscriptions.chain import Chaining
from infrastructure.subscriptions.read_models import ReadModels
from web.letters.letter_words import LetterFile
from web.words.language import read_phrases
from web.words.paper_words import PaperWords


@dataclass(frozen=True)
class Installation:
    """A whole installation: the faces take `services`, the worker follows the log."""

    store: Store
    models: ReadModels
    services: Services
    worker: Worker
    collective: DailyJob[int]
    daily: DailyJob[tuple[Reminded, ...]]
    cards: CardJobs
    trail: PostgresTrail
    box: PostgresLetterBox

    def close(self) -> None:
        """Close this process's connections, once all is written down."""
        self.trail.flush()
        self.store.close()


def build(database_url: str, settings: Settings, clock: Clock | None = None) -> Installation:
    """A house on a database whose migrations have been run. Connects on first use, so it may be made before a fork."""
    store = open_store(database_url, settings.keys, clock or SystemClock(), settings.threads + 4)
    models = ReadModels(store)
    box = PostgresLetterBox(store, LetterFile(), settings.url)
    trail = PostgresTrail(store)
    services = _services(store, models, box, settings, trail)
    decisions = store.decisions
    reminders = Reminders(decisions, models.payment)
    policies = Policies(
        documents(Invoices(decisions), CreditNotes(decisions), CalledOffBookings(decisions), models.booking),
        leaving(services.tokens, services.waiting_lists, models.roster),
        cases(Overtaken(decisions), models.desk),
        signed_out(services.sessions, services.passkeys),
        letters(Telling(_sources(store, models), box, ToldInDatabase(store))),
        payments(services.checkouts, reminders, services.holds, services.deliveries),
        kept_seats(services.first_refusals, models.first_refusal),
    )
    card_work = CardJobs(
        services.checkouts,
        services.holds,
        services.card_notices,
        models.payment,
        KeptDifferences(store),
        store.clock,
    )
    organisers, days, clock = models.programme.organisers, KeptDays(store), store.clock
    tabs = CollectiveInvoicing(models.tabs, Invoices(decisions))
    contacts = LeavingContacts(decisions, models.people, days)
    collective = DailyJob(COLLECTIVE, tabs.run, organisers, days, clock)
    daily = DailyJob(REMINDERS, reminders.run, organisers, days, clock)
    refusals, kept = services.first_refusals, models.first_refusal

    def takes_cards() -> bool:
        return services.checkouts.takes_cards

    errands = (
        services.sign_in,
        Chaining(store),
        MailSender(
            store,
            box,
            mail_named(settings.mail, settings.home / "outbox"),
            settings.mail_from,
            PrintedEnclosures(services.papers),
        ),
        card_work,
        collective,
        EInvoiceSender(
            services.deliveries,
            models.delivery,
            models.invoice,
            Ubl(),
            OutboxFolder(settings.home / "outbox" / "e-invoices"),
        ),
        daily,
        DailyJob(COMPARISON, lambda *_: card_work.compare(), lambda: (ONCE,), days, clock, takes_cards),
        DueJob("first refusals", lambda: kept.due(clock.now()), lambda due: refusals.lapse(*due)),
        unconfirmed_job(decisions, models.unconfirmed, clock),
        needs_job(decisions, models.needs, clock),
        DailyJob(CONTACTS, contacts.run, organisers, days, clock, models.has_caught_up),
        TokenErrand(decisions, PostgresTokenStore(store)),
        TrailAlarms(trail, decisions, box, store.clock, Rate(settings.alarm_refusals), lambda: _only(models)),
        Retention(
            KeptInDatabase(store),
            models.programme,
            KeptDays(store),
            store.clock,
            timedelta(days=settings.trail_days),
        ),
    )
    return Installation(
        store, models, services, Worker(store, models, policies, errands), collective, daily, card_work, trail, box
    )


def _sources(store: Store, models: ReadModels) -> Sources:
    past = PastOfStore(store.recorder, store.mapper)
    return Sources(store.decisions, models.roster, past, models.first_refusal)


def _only(models: ReadModels) -> UUID | None:
    """The one organiser there is, to whom belongs what names none."""
    organisers = tuple(models.programme.organisers())
    return organisers[0].organiser_id if len(organisers) == 1 else None


def open_house(settings: Settings) -> Installation:
    """A house on the database the settings name (or its own), brought up to date first."""
    return build(prepare(settings), settings)


def _history(models: ReadModels, bookings: BookingQuestions) -> HistoryQuestions:
    people, invoices = PeopleQuestions(models.people), InvoiceQuestions(models.invoice)
    programme, goods = models.programme, models.goods
    return HistoryQuestions(models.history, bookings, people, invoices, programme, goods)


def _my_data(
    store: Store, models: ReadModels, bookings: BookingQuestions, box: PostgresLetterBox, sessions: Sessions
) -> MyDataQuestions:
    return MyDataQuestions(
        store.clock,
        PeopleQuestions(models.people),
        models.goods,
        bookings,
        models.desk,
        InvoiceQuestions(models.invoice),
        models.roster,
        _history(models, bookings),
        LetterDesk(box, store.decisions),
        sessions,
        PostgresPasskeyStore(store),
        models.own_facts,
    )


def _checkouts(store: Store, models: ReadModels, settings: Settings) -> Checkouts:
    return Checkouts(store.decisions, chosen_cards(settings), chosen_sellers(settings, models.programme))


def _services(
    store: Store, models: ReadModels, box: PostgresLetterBox, settings: Settings, trail: PostgresTrail
) -> Services:
    decisions, bookings = store.decisions, models.booking
    kept, one_time = PostgresSessionStore(store), PostgresOneTimeStore(store)
    sessions = Sessions(decisions, kept, kept.organisers, store.clock, new_id)
    passkeys = Passkeys(PostgresPasskeyStore(store), one_time, WebAuthnDevices(), sessions, store.clock, new_id)
    providers, way_out = read_providers(settings.oidc), OpenIdProviders()
    token_store = PostgresTokenStore(store)
    selves = Selves(decisions, store.clock)
    tokens = Tokens(token_store, still_may=TokenMakers(decisions).still_may, as_one=selves.as_one)
    checkouts, logos = _checkouts(store, models, settings), LogoShelf(store)
    return Services(
        clock=store.clock,
        organisers=Organisers(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        safeguards=Safeguards(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        logos=LogoDesk(decisions, logos),
        first_run=FirstRun(Organisers(decisions), People(decisions), models.programme),
        people=People(decisions),
        person_corrections=PersonCorrections(decisions),
        merging=Merging(decisions, models.merging),
        affiliations=Affiliations(decisions),
        employments=Employments(decisions),
        organisations=Organisations(decisions),
        memberships=Memberships(decisions),
        networks=Networks(decisions),
        seasons=Seasons(decisions),
        roll_overs=RollOvers(decisions),
        first_refusals=FirstRefusals(decisions, models.booking),
        meetings=Meetings(decisions),
        materials=Materials(decisions),
        bookings=Bookings(decisions),
        registrations=Registrations(decisions, one_time),
        registration_rules=RegistrationRulesDesk(decisions, models.unconfirmed, store.clock),
        waiting_lists=WaitingLists(decisions),
        cancellations=Cancellations(decisions),
        settlements=Settlements(decisions),
        reinstatements=Reinstatements(decisions),
        transfers=Transfers(decisions),
        calling_off=CallingOff(decisions, models.booking, models.roster),
        invoices=Invoices(decisions),
        deliveries=Deliveries(decisions),
        delivery_questions=DeliveryQuestions(models.delivery),
        papers=Papers(InvoiceQuestions(models.invoice), Ubl(), TypstPress(PaperWords(read_phrases()), logos)),
        checkouts=checkouts,
        holds=Holds(decisions, checkouts, Bookings(decisions), Invoices(decisions)),
        payments=Payments(decisions),
        reminder_questions=ReminderQuestions(decisions),
        bank=BankImport(Payments(decisions), models.payment, BankFiles()),
        card_notices=KeptNotices(store),
        card_signatures=chosen_signatures(settings),
        crediting=Crediting(decisions),
        goods=GoodsOnOffer(decisions),
        orders=Orders(decisions, one_time),
        purchases=Purchases(decisions),
        trail=trail,
        trail_questions=TrailQuestions(trail),
        tokens=tokens,
        token_desk=TokenDesk(decisions, token_store, tokens, TokenLife(settings.token_days, settings.token_days_most)),
        sessions=sessions,
        sign_in=SignIn(decisions, one_time, one_time, one_time, box, sessions, store.clock),
        passkeys=passkeys,
        staff_sign_in=StaffSignIn(decisions, providers, way_out, one_time, sessions, store.clock),
        letters=LetterDesk(box, decisions),
        who_knew_what=WhoKnewWhat(ToldInDatabase(store), decisions),
        calendars=CalendarAddresses(token_store, as_one=selves.as_one),
        programme=models.programme,
        booking_questions=bookings,
        rosters=models.roster,
        first_refusal_questions=models.first_refusal,
        invoice_questions=InvoiceQuestions(models.invoice),
        payment_questions=PaymentQuestions(models.payment),
        ledger=models.ledger,
        bookkeeping=BookkeepingOffice(decisions, models.freshness, models.bookkeeping),
        bookkeeping_questions=models.bookkeeping,
        explanations=Explanations(models.booking, models.desk),
        finding=Finding(models.finding, models.people),
        pictures=models.picture,
        desk=models.desk,
        people_questions=PeopleQuestions(models.people),
        goods_questions=models.goods,
        history=_history(models, bookings),
        my_data=_my_data(store, models, bookings, box, sessions),
        shown=Shown(decisions),
        freshness=models.freshness,
        health=DatabaseHealth(store, models.freshness),
    )
