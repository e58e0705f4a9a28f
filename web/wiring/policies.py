"""What follows from what has happened, in order: each reaction with what it is made of."""

from __future__ import annotations

from application.automation.leaving import forgotten_faces, kept_seats, leaving, signed_out, withdrawn_applications
from application.automation.material_files import forgotten_files
from application.automation.opening import told_openings
from application.automation.outbound import OutboundNews, outbound
from application.automation.policies import Policies, cases, closed_rounds, documents, letters, payments
from application.automation.queue import moving_queues
from application.automation.vouched import verified_vouches
from application.billing.credit_note import CreditNotes
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.booking.overtaken import Overtaken
from application.notifications.reaction import Telling
from application.payments.reminder import Reminders
from application.services import Services
from infrastructure.event_store.store import Store
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.webhooks.deliveries import PostgresDeliveries


def policies_of(
    store: Store, models: ReadModels, services: Services, telling: Telling, reminders: Reminders
) -> Policies:
    """Whenever this, then that."""
    decisions = store.decisions
    return Policies(
        documents(Invoices(decisions), CreditNotes(decisions), CalledOffBookings(decisions), models.booking),
        leaving(services.tokens, services.waiting_lists, models.roster),
        cases(Overtaken(decisions), models.desk),
        signed_out(services.sessions, services.passkeys, services.booking_links),
        letters(telling),
        payments(services.card_refunds, reminders, services.holds, services.deliveries),
        kept_seats(services.first_refusals, models.first_refusal),
        forgotten_faces(services.faces),
        closed_rounds(services.rounds),
        forgotten_files(services.material_files),
        withdrawn_applications(services.application_answers, models.application),
        outbound(OutboundNews(decisions, PostgresDeliveries(store))),
        moving_queues(services.seat_offers, models.seat_offer),
        told_openings(services.opening_lists, models.opening, telling.sources.past),
        verified_vouches(services.vouches),
    )
