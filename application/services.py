"""The service as its faces see it: every noun's use cases and questions, made once and handed over."""

from __future__ import annotations

from dataclasses import dataclass

from application.booking import Bookings
from application.calling_off import CallingOff
from application.cancellation import Cancellations
from application.goods import GoodsOnOffer
from application.invoice import Invoices
from application.meeting import Meetings
from application.membership import Memberships
from application.network import Networks
from application.organisation import Organisations
from application.organiser import Organisers
from application.person import People
from application.ports import Clock
from application.purchase import Purchases
from application.reading.booking import BookingQuestions
from application.reading.desk import DeskQuestions
from application.reading.health import Health
from application.reading.invoice import InvoiceQuestions
from application.reading.page import Freshness
from application.reading.people import PeopleQuestions
from application.reading.programme import Programme
from application.reading.roster import Rosters
from application.registration import Registrations
from application.season import Seasons
from application.token import Tokens
from application.transfer import Transfers
from application.waiting_list import WaitingLists


@dataclass(frozen=True)
class Services:
    """What a face may call. Commands first, questions after."""

    clock: Clock
    organisers: Organisers
    people: People
    organisations: Organisations
    memberships: Memberships
    networks: Networks
    seasons: Seasons
    meetings: Meetings
    bookings: Bookings
    registrations: Registrations
    waiting_lists: WaitingLists
    cancellations: Cancellations
    transfers: Transfers
    calling_off: CallingOff
    invoices: Invoices
    goods: GoodsOnOffer
    purchases: Purchases
    tokens: Tokens
    programme: Programme
    booking_questions: BookingQuestions
    rosters: Rosters
    invoice_questions: InvoiceQuestions
    desk: DeskQuestions
    people_questions: PeopleQuestions
    freshness: Freshness
    health: Health
