"""Every kind of aggregate there is: what the event store can read."""

from __future__ import annotations

from domain.access.token import Token
from domain.access.webhook import Webhook
from domain.accounting.bookkeeping import Bookkeeping
from domain.attendance.attendance import Attendance
from domain.attendance.door import Door
from domain.attendance.participation import Participation
from domain.billing.collective_account import CollectiveAccount
from domain.billing.credit_note import CreditNote
from domain.billing.delivery import Delivery
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.booking.application import Application
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.move_request import MoveRequest
from domain.booking.opening_list import OpeningList
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.price_promise import PricePromise
from domain.booking.purchase import Purchase
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.aggregate import Aggregate
from domain.learning.answer import Answer
from domain.learning.contribution import Contribution
from domain.learning.learning import Learning
from domain.learning.round import Round
from domain.learning.topic import Topic
from domain.mail.letter_rules import LetterRules
from domain.mail.mailing import Mailing
from domain.payments.bank_file import BankFile
from domain.payments.checkout import Checkout
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.programme.goods import Goods
from domain.programme.network import Network
from domain.programme.season import Season

AGGREGATES: tuple[type[Aggregate], ...] = (
    Answer,
    Attendance,
    Application,
    Booking,
    BankFile,
    Bookkeeping,
    Cancellation,
    Checkout,
    Contribution,
    CreditNote,
    Delivery,
    Door,
    FirstRefusal,
    Goods,
    Invoice,
    LetterRules,
    Mailing,
    Learning,
    Membership,
    MoveRequest,
    Network,
    NumberSeries,
    OpeningList,
    OpeningRequest,
    Order,
    Organisation,
    Organiser,
    OtherMoney,
    Participation,
    Payment,
    PaymentRules,
    Person,
    PricePromise,
    Purchase,
    QueueRequest,
    Registration,
    RegistrationRules,
    Round,
    Safeguard,
    Season,
    Seating,
    CollectiveAccount,
    Token,
    WaitingRules,
    Topic,
    Transfer,
    Webhook,
)
