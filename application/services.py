"""The service as its faces see it: every noun's use cases and questions, made once and handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_type_hints

from application.access.calendar_address import CalendarAddresses
from application.access.passkey import Passkeys
from application.access.session import Sessions
from application.access.sign_in import SignIn
from application.access.staff_sign_in import StaffSignIn
from application.access.token import Tokens
from application.access.token_desk import TokenDesk
from application.access.webhook import WebhookQuestions, Webhooks
from application.accounting.bookkeeping import BookkeepingOffice
from application.accounting.queries.bookkeeping import BookkeepingQuestions
from application.accounting.queries.ledger import LedgerQuestions
from application.accounting.queries.vat_return import VatReturnQuestions
from application.accounting.vat_return import VatReturns
from application.attendance.certificate import Certificates
from application.attendance.check_in import CheckIns
from application.attendance.door import Doors
from application.attendance.participation import Participations
from application.attendance.queries.attendance import AttendanceQuestions
from application.attendance.queries.clash import ClashQuestions
from application.attendance.queries.door import DoorQuestions
from application.attendance.queries.participation import ParticipationQuestions
from application.attendance.session import Sessions as ChosenSessions
from application.attendance.session_registration import SessionRegistrations
from application.attendance.ticket import TicketOffice
from application.attendance.walk_in import WalkInDesk
from application.billing.crediting import Crediting
from application.billing.delivery import Deliveries, DeliveryQuestions
from application.billing.invoice import Invoices
from application.billing.queries.invoice import InvoiceQuestions
from application.billing.rendering import Papers
from application.booking.application import Applications
from application.booking.application_answer import ApplicationAnswers
from application.booking.booking import Bookings
from application.booking.booking_link import BookingLinks
from application.booking.calling_off import CallingOff
from application.booking.cancellation import Cancellations
from application.booking.first_refusal import FirstRefusals
from application.booking.hold import Holds
from application.booking.introduction import FellowIntroductions
from application.booking.link_code import LinkCodes
from application.booking.links_again import LinksAgain
from application.booking.merging import Merging
from application.booking.move import Moves
from application.booking.opening_list import OpeningLists, OpeningQuestions
from application.booking.opening_request import OpeningRequests
from application.booking.order import Orders
from application.booking.purchase import Purchases
from application.booking.queries.application import ApplicationQuestions
from application.booking.queries.booking import BookingQuestions
from application.booking.queries.day import DayQuestions
from application.booking.queries.desk import DeskQuestions
from application.booking.queries.fellow import FellowQuestions
from application.booking.queries.first_refusal import FirstRefusalQuestions
from application.booking.queries.roster import Rosters
from application.booking.queries.seat_offer import SeatOfferQuestions
from application.booking.queries.vouch import VouchQuestions
from application.booking.queue_link import QueueLinks
from application.booking.queue_request import QueueRequests
from application.booking.registration import Registrations
from application.booking.registration_rules import RegistrationRulesDesk
from application.booking.reinstatement import Reinstatements
from application.booking.seat_offer import SeatOffers
from application.booking.settlement import Settlements
from application.booking.terms_trial import TermsTrials
from application.booking.transfer import Transfers
from application.booking.vouch import Vouches
from application.booking.waiting_list import WaitingLists
from application.booking.waiting_rules import WaitingRulesDesk
from application.insight.explanation import Explanations
from application.insight.finding import Finding
from application.insight.history import HistoryQuestions
from application.insight.my_data import MyDataQuestions
from application.insight.trail import Trail, TrailQuestions
from application.kernel.health import Health
from application.kernel.page import Freshness
from application.kernel.ports import Clock, Decisions
from application.kernel.shown import Shown
from application.learning.answer import Answers
from application.learning.contribution import Contributions
from application.learning.documentation import InsightsPress
from application.learning.learning import Learnings
from application.learning.queries.learning import LearningQuestions
from application.learning.round import Rounds
from application.learning.topic import Topics
from application.mail.bounces import Bounces
from application.mail.letter_desk import LetterDesk
from application.mail.letter_rules import LetterRulesDesk
from application.mail.queries.letters import WhoKnewWhat
from application.notifications.mailing import Mailings
from application.notifications.own_words import OwnWordsDesk
from application.payments.bank_file import BankImport
from application.payments.card import Notices, Signatures
from application.payments.card_refund import CardRefunds
from application.payments.checkout import Checkouts
from application.payments.interest import Interests
from application.payments.other_money import OtherMoneyOffice
from application.payments.payment import Payments
from application.payments.payment_rules import PaymentRulesAgreed
from application.payments.queries.payment import PaymentQuestions
from application.payments.receivable import Receivables
from application.payments.reminder import ReminderQuestions
from application.people.affiliation import Affiliations
from application.people.employment import Employments
from application.people.face import Faces
from application.people.introduction import Introductions
from application.people.invitations import Invitations
from application.people.logo import LogoDesk
from application.people.membership import Memberships
from application.people.organisation import Organisations
from application.people.organiser import Organisers
from application.people.person import People
from application.people.person_correction import PersonCorrections
from application.people.queries.people import PeopleQuestions
from application.people.safeguard import Safeguards
from application.programme.first_run import FirstRun
from application.programme.goods import GoodsOnOffer
from application.programme.image import Images
from application.programme.material import Materials
from application.programme.material_file import MaterialFiles
from application.programme.meeting import Meetings
from application.programme.network import Networks
from application.programme.poster import PosterPress
from application.programme.publication import Publications
from application.programme.queries.goods import GoodsQuestions
from application.programme.queries.picture import Pictures
from application.programme.queries.programme import Programme
from application.programme.roll_over import RollOvers
from application.programme.season import Seasons
from application.programme.season_goods import SeasonGoodsDesk


@dataclass(frozen=True)
class Services:
    """What a face may call. Commands first, questions after."""

    clock: Clock
    organisers: Organisers
    safeguards: Safeguards
    invitations: Invitations
    logos: LogoDesk
    images: Images
    faces: Faces
    first_run: FirstRun
    people: People
    person_corrections: PersonCorrections
    merging: Merging
    affiliations: Affiliations
    employments: Employments
    organisations: Organisations
    memberships: Memberships
    networks: Networks
    seasons: Seasons
    roll_overs: RollOvers
    publications: Publications
    season_goods: SeasonGoodsDesk
    introductions: Introductions
    fellow_introductions: FellowIntroductions
    first_refusals: FirstRefusals
    meetings: Meetings
    materials: Materials
    material_files: MaterialFiles
    bookings: Bookings
    participations: Participations
    sessions_chosen: ChosenSessions
    session_registrations: SessionRegistrations
    registrations: Registrations
    applications: Applications
    application_answers: ApplicationAnswers
    vouches: Vouches
    registration_rules: RegistrationRulesDesk
    waiting_lists: WaitingLists
    waiting_rules: WaitingRulesDesk
    queue_requests: QueueRequests
    queue_links: QueueLinks
    opening_lists: OpeningLists
    opening_requests: OpeningRequests
    seat_offers: SeatOffers
    cancellations: Cancellations
    settlements: Settlements
    reinstatements: Reinstatements
    transfers: Transfers
    moves: Moves
    calling_off: CallingOff
    doors: Doors
    check_ins: CheckIns
    walk_ins: WalkInDesk
    tickets: TicketOffice
    learnings: Learnings
    rounds: Rounds
    answers: Answers
    contributions: Contributions
    topics: Topics
    invoices: Invoices
    papers: Papers
    certificates: Certificates
    deliveries: Deliveries
    delivery_questions: DeliveryQuestions
    checkouts: Checkouts
    holds: Holds
    payments: Payments
    receivables: Receivables
    payment_rules: PaymentRulesAgreed
    interests: Interests
    other_money: OtherMoneyOffice
    card_refunds: CardRefunds
    reminder_questions: ReminderQuestions
    bank: BankImport
    card_notices: Notices
    card_signatures: Signatures | None
    crediting: Crediting
    goods: GoodsOnOffer
    orders: Orders
    purchases: Purchases
    trail: Trail
    trail_questions: TrailQuestions
    tokens: Tokens
    token_desk: TokenDesk
    webhooks: Webhooks
    webhook_questions: WebhookQuestions
    sessions: Sessions
    sign_in: SignIn
    booking_links: BookingLinks
    link_codes: LinkCodes
    links_again: LinksAgain
    passkeys: Passkeys
    staff_sign_in: StaffSignIn
    letters: LetterDesk
    who_knew_what: WhoKnewWhat
    letter_rules: LetterRulesDesk
    own_words: OwnWordsDesk
    bounces: Bounces
    mailings: Mailings
    calendars: CalendarAddresses
    programme: Programme
    booking_questions: BookingQuestions
    rosters: Rosters
    door_questions: DoorQuestions
    attendance: AttendanceQuestions
    participation_questions: ParticipationQuestions
    clashes: ClashQuestions
    seat_offer_questions: SeatOfferQuestions
    opening_questions: OpeningQuestions
    learning_questions: LearningQuestions
    insights_press: InsightsPress
    first_refusal_questions: FirstRefusalQuestions
    fellow_questions: FellowQuestions
    invoice_questions: InvoiceQuestions
    ledger: LedgerQuestions
    bookkeeping: BookkeepingOffice
    bookkeeping_questions: BookkeepingQuestions
    vat_returns: VatReturns
    vat_return_questions: VatReturnQuestions
    explanations: Explanations
    terms_trials: TermsTrials
    finding: Finding
    pictures: Pictures
    posters: PosterPress
    payment_questions: PaymentQuestions
    desk: DeskQuestions
    application_questions: ApplicationQuestions
    vouch_questions: VouchQuestions
    day: DayQuestions
    people_questions: PeopleQuestions
    goods_questions: GoodsQuestions
    history: HistoryQuestions
    my_data: MyDataQuestions
    shown: Shown
    freshness: Freshness
    health: Health

    @classmethod
    def of(cls, decisions: Decisions, **made: Any) -> Services:
        """All of them: those that need the record of decisions alone are made here, the others are handed in."""
        kinds = get_type_hints(cls)
        alone = {name: kind(decisions) for name, kind in kinds.items() if name not in made}
        return cls(**alone, **made)
