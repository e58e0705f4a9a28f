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
from application.accounting.bookkeeping import BookkeepingOffice
from application.accounting.queries.bookkeeping import BookkeepingQuestions
from application.accounting.queries.ledger import LedgerQuestions
from application.billing.crediting import Crediting
from application.billing.delivery import Deliveries, DeliveryQuestions
from application.billing.invoice import Invoices
from application.billing.queries.invoice import InvoiceQuestions
from application.billing.rendering import Papers
from application.booking.booking import Bookings
from application.booking.booking_link import BookingLinks
from application.booking.calling_off import CallingOff
from application.booking.cancellation import Cancellations
from application.booking.first_refusal import FirstRefusals
from application.booking.hold import Holds
from application.booking.link_code import LinkCodes
from application.booking.links_again import LinksAgain
from application.booking.merging import Merging
from application.booking.order import Orders
from application.booking.purchase import Purchases
from application.booking.queries.booking import BookingQuestions
from application.booking.queries.day import DayQuestions
from application.booking.queries.desk import DeskQuestions
from application.booking.queries.first_refusal import FirstRefusalQuestions
from application.booking.queries.roster import Rosters
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
from application.insight.trail import Trail, TrailQuestions
from application.kernel.health import Health
from application.kernel.page import Freshness
from application.kernel.ports import Clock, Decisions
from application.kernel.shown import Shown
from application.mail.letter_desk import LetterDesk
from application.mail.queries.letters import WhoKnewWhat
from application.payments.bank_file import BankImport
from application.payments.card import Notices, Signatures
from application.payments.card_refund import CardRefunds
from application.payments.checkout import Checkouts
from application.payments.payment import Payments
from application.payments.payment_rules import PaymentRulesAgreed
from application.payments.queries.payment import PaymentQuestions
from application.payments.receivable import Receivables
from application.payments.reminder import ReminderQuestions
from application.people.affiliation import Affiliations
from application.people.employment import Employments
from application.people.face import Faces
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
from application.programme.meeting import Meetings
from application.programme.network import Networks
from application.programme.poster import PosterPress
from application.programme.queries.goods import GoodsQuestions
from application.programme.queries.picture import Pictures
from application.programme.queries.programme import Programme
from application.programme.roll_over import RollOvers
from application.programme.season import Seasons


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
    first_refusals: FirstRefusals
    meetings: Meetings
    materials: Materials
    bookings: Bookings
    registrations: Registrations
    registration_rules: RegistrationRulesDesk
    waiting_lists: WaitingLists
    cancellations: Cancellations
    settlements: Settlements
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
    receivables: Receivables
    payment_rules: PaymentRulesAgreed
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
    sessions: Sessions
    sign_in: SignIn
    booking_links: BookingLinks
    link_codes: LinkCodes
    links_again: LinksAgain
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
    posters: PosterPress
    payment_questions: PaymentQuestions
    desk: DeskQuestions
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
