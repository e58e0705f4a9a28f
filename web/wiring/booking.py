"""Services to get, change and give up a seat: what each is made of."""

from __future__ import annotations

from application.attendance.door import must_be_unused
from application.billing.invoice import Invoices
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
from application.booking.queue_request import QueueRequests
from application.booking.registration import Registrations
from application.booking.registration_rules import RegistrationRulesDesk
from application.booking.terms_trial import TermsTrials
from application.booking.transfer import Transfers
from application.booking.vouch import Vouches
from infrastructure.kernel.clock import new_id
from infrastructure.sign_in.booking_link_store import PostgresBookingLinkStore
from web.wiring.parts import Made, Parts


def booking(parts: Parts) -> Made:
    """Every way to a seat, and the links of its mails."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    one_time, box, checkouts = parts.one_time, parts.box, parts.checkouts
    links = PostgresBookingLinkStore(store)
    return {
        "merging": Merging(decisions, models.merging),
        "first_refusals": FirstRefusals(decisions, models.booking),
        "registrations": Registrations(decisions, one_time),
        "applications": Applications(decisions, one_time),
        "queue_requests": QueueRequests(decisions, one_time),
        "opening_requests": OpeningRequests(decisions, one_time),
        "vouches": Vouches(decisions, models.vouch),
        "registration_rules": RegistrationRulesDesk(decisions, models.unconfirmed, store.clock),
        "calling_off": CallingOff(decisions, models.booking, models.roster),
        "transfers": Transfers(decisions, must_be_unused),
        "holds": Holds(decisions, checkouts, Bookings(decisions), Invoices(decisions)),
        "orders": Orders(decisions, one_time),
        "booking_links": BookingLinks(decisions, links, one_time, store.clock, new_id, parts.selves.as_one),
        "link_codes": LinkCodes(decisions, links, one_time, box, store.clock, new_id),
        "links_again": LinksAgain(decisions, one_time, one_time, box, models.booking, store.clock),
    }


def booking_questions(parts: Parts) -> Made:
    """What is asked of seats."""
    models = parts.models
    return {
        "booking_questions": models.booking,
        "rosters": models.roster,
        "first_refusal_questions": models.first_refusal,
        "fellow_questions": models.fellow,
        "seat_offer_questions": models.seat_offer,
        "opening_questions": OpeningQuestions(models.opening),
        "terms_trials": TermsTrials(models.cancellations_known, models.programme),
        "desk": models.desk,
        "application_questions": models.application,
        "vouch_questions": models.vouch,
        "day": models.day,
    }
