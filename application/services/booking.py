"""What a face may call to get, change and give up a seat."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class BookingServices:
    """Every way to a seat, and what is asked of seats."""

    merging: Merging
    fellow_introductions: FellowIntroductions
    first_refusals: FirstRefusals
    bookings: Bookings
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
    holds: Holds
    orders: Orders
    purchases: Purchases
    booking_links: BookingLinks
    link_codes: LinkCodes
    links_again: LinksAgain
    booking_questions: BookingQuestions
    rosters: Rosters
    seat_offer_questions: SeatOfferQuestions
    opening_questions: OpeningQuestions
    first_refusal_questions: FirstRefusalQuestions
    fellow_questions: FellowQuestions
    terms_trials: TermsTrials
    desk: DeskQuestions
    application_questions: ApplicationQuestions
    vouch_questions: VouchQuestions
    day: DayQuestions
