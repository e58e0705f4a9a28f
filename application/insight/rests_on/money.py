"""What acts about money rest on: payments, their rules, and the books."""

from __future__ import annotations

from uuid import UUID

from application.insight.rests_on.facts import facts
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for, organiser_of
from domain.accounting.bookkeeping import Bookkeeping
from domain.payments.checkout import Checkout
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules


@facts
def payment(work: UnitOfWork, payment_id: UUID) -> object:
    """A payment with what is left of it; on its way back to a card included."""
    found = load_for(work, Payment, payment_id)
    checkout = work.find(Checkout, UUID(found.reference)) if found.means == "card" else None
    return payment_id, found.version, checkout and checkout.version


@facts
def other_money(work: UnitOfWork, other_id: UUID) -> object:
    """An entry that was booked elsewhere, at once or as what was left of a payment."""
    kind: type[Payment | OtherMoney] = Payment if work.find(Payment, other_id) else OtherMoney
    return other_id, load_for(work, kind, other_id).version


@facts
def payment_rules(work: UnitOfWork) -> object:
    """An organiser's rules for payments; None while they are the usual ones."""
    found = work.find(PaymentRules, PaymentRules.create_id(organiser_of(work.actor)))
    return found and found.version


@facts
def books(work: UnitOfWork) -> object:
    """What an organiser has handed over to bookkeeping, and under which accounts."""
    found = work.find(Bookkeeping, Bookkeeping.create_id(organiser_of(work.actor)))
    return found and found.version
