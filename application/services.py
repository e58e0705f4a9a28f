"""The service as its faces see it: every noun's use cases and questions, made once and handed over."""

from __future__ import annotations

from dataclasses import dataclass

from application.affiliation import Affiliations
from application.bank_file import BankImport
from application.booking import Bookings
from application.bookkeeping import BookkeepingOffice
from application.calendar_address import CalendarAddresses
from application.calling_off import CallingOff
from application.cancellation import Cancellations
from application.card import Notices, Signatures
from application.checkout import Checkouts
from application.crediting import Crediting
from application.delivery import Deliveries, DeliveryQuestions
from application.employment import Employments
from application.first_refusal import FirstRefusals
from application.first_run import FirstRun
from application.goods import GoodsOnOffer
from application.hold import Holds
from application.invoice import Invoices
from application.letters import LetterDesk
from application.logo import LogoDesk
from application.material import Materials
from application.meeting import Meetings
from application.membership import Memberships
from application.merging import Merging
from application.network import Networks
from application.order import Orders
from application.organisation import Organisations
from application.organiser import Organisers
from application.paper import Papers
from application.passkey import Passkeys
from application.payment import Payments
from application.person import People
from application.person_correction import PersonCorrections
from application.ports import Clock
from application.purchase import Purchases
from application.reading.booking import BookingQuestions
from application.reading.bookkeeping import BookkeepingQuestions
from application.reading.desk import DeskQuestions
from application.reading.explanation import Explanations
from application.reading.finding import Finding
from application.reading.first_refusal import FirstRefusalQuestions
from application.reading.goods import GoodsQuestions
from application.reading.health import Health
from application.reading.history import HistoryQuestions
from application.reading.invoice import InvoiceQuestions
from application.reading.ledger import LedgerQuestions
from application.reading.my_data import MyDataQuestions
from application.reading.page import Freshness
from application.reading.payment import PaymentQuestions
from application.reading.people import PeopleQuestions
from application.reading.picture import Pictures
from application.reading.programme import Programme
from application.reading.roster import Rosters
from application.reading.told import WhoKnewWhat
from application.registration import Registrations
from application.registration_rules import RegistrationRulesDesk
from application.reinstatement import Reinstatements
from application.reminder import ReminderQuestions
from application.roll_over import RollOvers
from application.safeguard import Safeguards
from application.season import Seasons
from application.session import Sessions
from application.shown import Shown
from application.sign_in import SignIn
from application.staff_sign_in import StaffSignIn
from application.token import Tokens
from application.token_desk import TokenDesk
from application.trail import Trail, TrailQuestions
from application.transfer import Transfers
from application.waiting_list import WaitingLists


@dataclass(frozen=True)
class Services:
    """What a face may call. Commands first, questions after."""

    clock: Clock
    organisers: Organisers
    safeguards: Safeguards
    logos: LogoDesk
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
    first_refusals: FirstRefusals
    meetings: Meetings
    materials: Materials
    bookings: Bookings
    registrations: Registrations
    registration_rules: RegistrationRulesDesk
    waiting_lists: WaitingLists
    cancellations: Cancellations
    reinstatements: Reinstatements
    transfers: Transfers
    calling_off: CallingOff
    invoices: Invoices
    papers: Papers
    deliveries: Deliveries
    delivery_questions: DeliveryQuestions
    checkouts: Checkouts
    holds: Holds
    payments: Payments
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
    sessions: Sessions
    sign_in: SignIn
    passkeys: Passkeys
    staff_sign_in: StaffSignIn
    letters: LetterDesk
    who_knew_what: WhoKnewWhat
    calendars: CalendarAddresses
    programme: Programme
    booking_questions: BookingQuestions
    rosters: Rosters
    first_refusal_questions: FirstRefusalQuestions
    invoice_questions: InvoiceQuestions
    ledger: LedgerQuestions
    bookkeeping: BookkeepingOffice
    bookkeeping_questions: BookkeepingQuestions
    explanations: Explanations
    finding: Finding
    pictures: Pictures
    payment_questions: PaymentQuestions
    desk: DeskQuestions
    people_questions: PeopleQuestions
    goods_questions: GoodsQuestions
    history: HistoryQuestions
    my_data: MyDataQuestions
    shown: Shown
    freshness: Freshness
    health: Health
