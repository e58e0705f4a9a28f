"""Which use case and question is made of what, for the faces. Nothing here decides anything."""

from __future__ import annotations

import secrets

from application.access.calendar_address import CalendarAddresses
from application.access.passkey import Passkeys
from application.access.session import Sessions
from application.access.sign_in import SignIn
from application.access.staff_sign_in import StaffSignIn
from application.access.token import Tokens
from application.access.token_desk import TokenDesk, TokenLife, TokenMakers
from application.access.webhook import Webhooks
from application.accounting.bookkeeping import BookkeepingOffice
from application.accounting.vat_return import VatReturns
from application.attendance.certificate import Certificates
from application.attendance.check_in import CheckIns
from application.attendance.door import Doors, must_be_unused
from application.attendance.queries.door import DoorQuestions
from application.attendance.session_registration import SessionRegistrations
from application.attendance.ticket import TicketOffice
from application.attendance.walk_in import WalkInDesk
from application.billing.invoice import Invoices
from application.billing.rendering import Papers
from application.booking.application import Applications
from application.booking.booking import Bookings
from application.booking.booking_link import BookingLinks
from application.booking.calling_off import CallingOff
from application.booking.first_refusal import FirstRefusals
from application.booking.hold import Holds
from application.booking.link_code import LinkCodes
from application.booking.links_again import LinksAgain
from application.booking.merging import Merging
from application.booking.opening_list import OpeningQuestions
from application.booking.opening_request import OpeningRequests
from application.booking.order import Orders
from application.booking.queries.booking import BookingQuestions
from application.booking.queue_request import QueueRequests
from application.booking.registration import Registrations
from application.booking.registration_rules import RegistrationRulesDesk
from application.booking.selves import Selves
from application.booking.terms_trial import TermsTrials
from application.booking.transfer import Transfers
from application.booking.vouch import Vouches
from application.insight.explanation import Explanations
from application.insight.history import HistoryQuestions
from application.insight.my_data import MyDataQuestions
from application.insight.trail import TrailQuestions
from application.learning.answer import Answers
from application.learning.contribution import Contributions
from application.learning.queries.learning import LearningQuestions
from application.learning.round import Rounds
from application.mail.bounces import Bounces
from application.mail.letter_desk import LetterDesk
from application.mail.queries.letters import WhoKnewWhat
from application.notifications.mailing import Mailings
from application.notifications.own_words import OwnWordsDesk
from application.payments.bank_file import BankImport
from application.payments.card_refund import CardRefunds
from application.payments.checkout import Checkouts
from application.payments.other_money import OtherMoneyOffice
from application.payments.payment import Payments
from application.people.face import Faces
from application.people.invitations import Invitations
from application.people.logo import LogoDesk
from application.people.organiser import Organisers
from application.people.person import People
from application.people.safeguard import FRESH, Safeguards
from application.programme.first_run import FirstRun
from application.programme.image import Images
from application.programme.material_file import MaterialFiles
from application.services import Services
from infrastructure.bank.files import BankFiles
from infrastructure.clock import new_id
from infrastructure.documents.certificate import TypstCertificates
from infrastructure.documents.file_shelf import KeptFiles
from infrastructure.documents.image_maker import PillowMaker
from infrastructure.documents.image_shelf import KeptImages
from infrastructure.documents.insights import TypstInsights
from infrastructure.documents.pdf import TypstPress
from infrastructure.documents.poster import TypstPosters
from infrastructure.documents.ubl import Ubl
from infrastructure.health import DatabaseHealth
from infrastructure.keys.signed_links import InvitationLinks, SignedDoorLinks, SignedRoomLinks
from infrastructure.keys.ticket_codes import TicketCodes
from infrastructure.mail.outbox import PostgresLetterBox
from infrastructure.mail.returned import ReturnedInDatabase
from infrastructure.mail.told import ToldInDatabase
from infrastructure.settings import Settings
from infrastructure.sign_in.booking_link_store import PostgresBookingLinkStore
from infrastructure.sign_in.devices import WebAuthnDevices
from infrastructure.sign_in.one_time_store import PostgresOneTimeStore
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from infrastructure.sign_in.provider_settings import read_providers
from infrastructure.sign_in.providers import OpenIdProviders
from infrastructure.sign_in.session_store import PostgresSessionStore
from infrastructure.sign_in.token_store import PostgresTokenStore
from infrastructure.sign_in.trail_store import PostgresTrail
from infrastructure.store import Store
from infrastructure.stripe.chosen import chosen_cards, chosen_sellers, chosen_signatures
from infrastructure.stripe.notices import KeptNotices
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.webhooks.deliveries import PostgresDeliveries
from infrastructure.webhooks.signature import Secrets
from web.words.certificate_words import CertificateTexts
from web.words.language import read_phrases
from web.words.paper_words import PaperWords


def _history(models: ReadModels, bookings: BookingQuestions) -> HistoryQuestions:
    return HistoryQuestions(models.history, bookings, models.people, models.invoice, models.programme, models.goods)


def _my_data(
    store: Store, models: ReadModels, bookings: BookingQuestions, box: PostgresLetterBox, sessions: Sessions
) -> MyDataQuestions:
    return MyDataQuestions(
        store.clock,
        models.people,
        models.goods,
        bookings,
        models.desk,
        models.invoice,
        models.roster,
        OpeningQuestions(models.opening),
        _history(models, bookings),
        LetterDesk(box, store.decisions),
        sessions,
        PostgresPasskeyStore(store),
        models.own_facts,
        models.financial_years,
    )


def _checkouts(store: Store, models: ReadModels, settings: Settings) -> Checkouts:
    return Checkouts(store.decisions, chosen_cards(settings), chosen_sellers(settings, models.programme))


def services_of(
    store: Store, models: ReadModels, box: PostgresLetterBox, settings: Settings, trail: PostgresTrail
) -> Services:
    """Which use case and question is made of what; those that need the record alone are not named here."""
    decisions, bookings = store.decisions, models.booking
    kept, one_time = PostgresSessionStore(store), PostgresOneTimeStore(store)
    sessions = Sessions(decisions, kept, kept.organisers, store.clock, new_id)
    passkeys = Passkeys(PostgresPasskeyStore(store), one_time, WebAuthnDevices(), sessions, store.clock, new_id)
    providers, way_out = read_providers(settings.oidc), OpenIdProviders()
    token_store = PostgresTokenStore(store)
    selves = Selves(decisions, store.clock)
    tokens = Tokens(token_store, still_may=TokenMakers(decisions).still_may, as_one=selves.as_one)
    checkouts, maker, shelf = _checkouts(store, models, settings), PillowMaker(), KeptImages(store)
    links = PostgresBookingLinkStore(store)
    codes, came = TicketCodes(store.keyring), models.attendance
    rooms, learnt = SignedRoomLinks(store.keyring), models.learning
    return Services.of(
        decisions,
        clock=store.clock,
        organisers=Organisers(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        safeguards=Safeguards(decisions, lambda actor: sessions.is_fresh(actor, FRESH)),
        logos=LogoDesk(decisions, shelf),
        images=Images(decisions, maker, shelf, models.programme),
        material_files=MaterialFiles(decisions, KeptFiles(store), models.programme),
        faces=Faces(decisions, maker, shelf, models.people, lambda: secrets.token_hex(32)),
        invitations=Invitations(decisions, InvitationLinks(store.keyring)),
        first_run=FirstRun(Organisers(decisions), People(decisions), models.programme),
        merging=Merging(decisions, models.merging),
        first_refusals=FirstRefusals(decisions, models.booking),
        registrations=Registrations(decisions, one_time),
        session_registrations=SessionRegistrations(decisions, one_time),
        applications=Applications(decisions, one_time),
        queue_requests=QueueRequests(decisions, one_time),
        opening_requests=OpeningRequests(decisions, one_time),
        vouches=Vouches(decisions, models.vouch),
        registration_rules=RegistrationRulesDesk(decisions, models.unconfirmed, store.clock),
        calling_off=CallingOff(decisions, models.booking, models.roster),
        transfers=Transfers(decisions, must_be_unused),
        doors=Doors(decisions, SignedDoorLinks(store.keyring)),
        check_ins=CheckIns(decisions, codes, came),
        walk_ins=WalkInDesk(decisions, Bookings(decisions), came),
        tickets=TicketOffice(decisions, codes),
        door_questions=DoorQuestions(decisions, codes, came, models.roster, came, store.clock),
        attendance=came,
        certificates=Certificates(
            models.programme, came, came, TypstCertificates(CertificateTexts(read_phrases()), shelf), store.clock
        ),
        rounds=Rounds(decisions, learnt),
        answers=Answers(decisions, rooms, codes, came),
        contributions=Contributions(decisions, learnt),
        learning_questions=LearningQuestions(decisions, learnt, rooms),
        delivery_questions=models.delivery,
        papers=Papers(models.invoice, Ubl(), TypstPress(PaperWords(read_phrases()), shelf)),
        posters=TypstPosters(),
        insights_press=TypstInsights(),
        checkouts=checkouts,
        card_refunds=CardRefunds(decisions, checkouts),
        holds=Holds(decisions, checkouts, Bookings(decisions), Invoices(decisions)),
        other_money=OtherMoneyOffice(decisions),
        bank=BankImport(Payments(decisions), OtherMoneyOffice(decisions), models.payment, BankFiles()),
        card_notices=KeptNotices(store),
        card_signatures=chosen_signatures(settings),
        orders=Orders(decisions, one_time),
        bounces=Bounces(decisions, ReturnedInDatabase(store)),
        mailings=Mailings(decisions, models.mailing, box),
        own_words=OwnWordsDesk(decisions, box),
        trail=trail,
        trail_questions=TrailQuestions(trail),
        tokens=tokens,
        token_desk=TokenDesk(decisions, token_store, tokens, TokenLife(settings.token_days, settings.token_days_most)),
        webhooks=Webhooks(
            decisions, PostgresDeliveries(store), Secrets(store.keyring).of, may_be_here=settings.webhooks_here
        ),
        webhook_questions=models.webhook,
        sessions=sessions,
        sign_in=SignIn(decisions, one_time, one_time, one_time, box, sessions, store.clock),
        booking_links=BookingLinks(decisions, links, one_time, store.clock, new_id, selves.as_one),
        link_codes=LinkCodes(decisions, links, one_time, box, store.clock, new_id),
        links_again=LinksAgain(decisions, one_time, one_time, box, bookings, store.clock),
        passkeys=passkeys,
        staff_sign_in=StaffSignIn(decisions, providers, way_out, one_time, sessions, store.clock),
        letters=LetterDesk(box, decisions),
        who_knew_what=WhoKnewWhat(ToldInDatabase(store), decisions),
        calendars=CalendarAddresses(token_store, as_one=selves.as_one),
        programme=models.programme,
        booking_questions=bookings,
        rosters=models.roster,
        participation_questions=models.participation,
        clashes=models.clash,
        first_refusal_questions=models.first_refusal,
        fellow_questions=models.fellow,
        seat_offer_questions=models.seat_offer,
        opening_questions=OpeningQuestions(models.opening),
        invoice_questions=models.invoice,
        payment_questions=models.payment,
        ledger=models.ledger,
        bookkeeping=BookkeepingOffice(decisions, models.freshness, models.bookkeeping, models.ledger),
        bookkeeping_questions=models.bookkeeping,
        vat_returns=VatReturns(decisions, models.freshness, models.vat_return),
        vat_return_questions=models.vat_return,
        explanations=Explanations(decisions, models.booking, models.desk),
        terms_trials=TermsTrials(models.cancellations_known, models.programme),
        finding=models.finding,
        pictures=models.picture,
        desk=models.desk,
        application_questions=models.application,
        vouch_questions=models.vouch,
        day=models.day,
        people_questions=models.people,
        goods_questions=models.goods,
        history=_history(models, bookings),
        my_data=_my_data(store, models, bookings, box, sessions),
        freshness=models.freshness,
        health=DatabaseHealth(store, models.freshness, settings.home),
    )
