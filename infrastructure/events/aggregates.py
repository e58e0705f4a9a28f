"""Every kind of aggregate there is: what the event store can read."""

from __future__ import annotations

from domain.aggregate import Aggregate
from domain.booking import Booking
from domain.bookkeeping import Bookkeeping
from domain.cancellation import Cancellation
from domain.checkout import Checkout
from domain.credit_note import CreditNote
from domain.delivery import Delivery
from domain.first_refusal import FirstRefusal
from domain.goods import Goods
from domain.invoice import Invoice
from domain.membership import Membership
from domain.network import Network
from domain.number_series import NumberSeries
from domain.order import Order
from domain.organisation import Organisation
from domain.organiser import Organiser
from domain.payment import Payment
from domain.payment_rules import PaymentRules
from domain.person import Person
from domain.purchase import Purchase
from domain.registration import Registration
from domain.registration_rules import RegistrationRules
from domain.safeguard import Safeguard
from domain.season import Season
from domain.seating import Seating
from domain.tab import Tab
from domain.token import Token
from domain.transfer import Transfer

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
    Tab,
    Token,
    Transfer,
)
