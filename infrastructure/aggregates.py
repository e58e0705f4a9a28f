"""Every kind of aggregate there is: what the event store can read."""

from __future__ import annotations

from domain.access.token import Token
from domain.accounting.bookkeeping import Bookkeeping
from domain.billing.collective_account import CollectiveAccount
from domain.billing.credit_note import CreditNote
from domain.billing.delivery import Delivery
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.order import Order
from domain.booking.purchase import Purchase
from domain.booking.registration import Registration
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.kernel.aggregate import Aggregate
from domain.payments.checkout import Checkout
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
    Booking,
    Bookkeeping,
    Cancellation,
    Checkout,
    CreditNote,
    Delivery,
    FirstRefusal,
    Goods,
    Invoice,
    Membership,
    Network,
    NumberSeries,
    Order,
    Organisation,
    Organiser,
    Payment,
    PaymentRules,
    Person,
    Purchase,
    Registration,
    RegistrationRules,
    Safeguard,
    Season,
    Seating,
    CollectiveAccount,
    Token,
    Transfer,
)
