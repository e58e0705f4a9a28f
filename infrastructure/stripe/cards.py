"""`Cards` of the application at Stripe: its idempotency keys are our own ids; what a notice is about is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import stripe
from application.payments.card import (
    BadSignature,
    CardDispute,
    CardPage,
    CardPayment,
    CardRefund,
    CardState,
    CardsUnavailable,
    DisputeState,
    Notice,
    PageWanted,
    RefundOutcome,
    Told,
)
from domain.kernel.money import Money

R = TypeVar("R")
TOLERANCE = 300
"""Seconds after which a signed notice is taken for a replay."""

_LOST, _WON = ("lost",), ("won", "warning_closed")
_FEE = ["payment_intent.latest_charge.balance_transaction"]


class StripeCards:
    """Stripe by its library, at an address of its own for the stand-in."""

    def __init__(self, key: str, address: str | None = None) -> None:
        self._address = (address or "").rstrip("/")
        addresses: Any = {"api": address} if address else {}
        self._client = stripe.StripeClient(key, base_addresses=addresses, max_network_retries=2)

    @property
    def pages_at(self) -> str:
        """Where its pages are."""
        return self._address or "https://checkout.stripe.com"

    def open(self, wanted: PageWanted) -> CardPage:
        """A page to pay on."""
        ours = {"checkout_id": str(wanted.checkout_id)}
        params: Any = {
            "mode": "payment",
            "client_reference_id": str(wanted.checkout_id),
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": wanted.amount.currency.lower(),
                        "unit_amount": wanted.amount.amount,
                        "product_data": {"name": wanted.text},
                    },
                }
            ],
            "metadata": ours,
            "payment_intent_data": {"metadata": ours},
            "success_url": wanted.paid_url,
            "cancel_url": wanted.back_url,
            "expires_at": int(wanted.until.timestamp()),
        }
        key: Any = {"idempotency_key": f"checkout-{wanted.checkout_id}"}
        made = _asked(lambda: self._client.v1.checkout.sessions.create(params, key))
        return CardPage(made.id, made.url or "")

    def close(self, session: str) -> None:
        """Nobody can pay on the page any longer."""
        _asked(lambda: self._client.v1.checkout.sessions.expire(session))

    def look_up(self, session: str) -> CardPayment:
        """How a payment stands now."""
        wanted: Any = {"expand": _FEE}
        return _payment(_asked(lambda: self._client.v1.checkout.sessions.retrieve(session, wanted)))

    def refund(self, checkout_id: UUID, refund_id: UUID, intent: str, amount: Money) -> CardRefund:
        """Give money back. Stripe forgets its keys after a day, so what it has given back is looked up first."""
        known = _asked(lambda: list(self._client.v1.refunds.list({"payment_intent": intent}).auto_paging_iter()))
        for each in known:
            if _metadata(each).get("refund_id") == str(refund_id):
                return _refund(each)
        params: Any = {
            "payment_intent": intent,
            "amount": amount.amount,
            "metadata": {"refund_id": str(refund_id), "checkout_id": str(checkout_id)},
        }
        key: Any = {"idempotency_key": f"refund-{refund_id}"}
        try:
            return _refund(self._client.v1.refunds.create(params, key))
        except stripe.InvalidRequestError as error:
            return CardRefund("", checkout_id, refund_id, RefundOutcome.FAILED, str(error.code or "refused"))
        except stripe.StripeError as error:
            raise CardsUnavailable(type(error).__name__) from error

    def told(self, kind: str, object_id: str) -> Told:
        """What a notice is about, as it stands now; None for kinds that do not concern us."""
        client = self._client.v1
        if kind.startswith("checkout.session."):
            return self.look_up(object_id)
        if kind.startswith("payment_intent."):
            sessions = _asked(lambda: client.checkout.sessions.list({"payment_intent": object_id}).data)
            return self.look_up(sessions[0].id) if sessions else None
        if kind.startswith("refund."):
            return _refund(_asked(lambda: client.refunds.retrieve(object_id)))
        if kind.startswith("charge.dispute."):
            wanted: Any = {"expand": ["payment_intent"]}
            return _dispute(_asked(lambda: client.disputes.retrieve(object_id, wanted)))
        return None

    def payments_since(self, instant: datetime) -> Iterable[CardPayment]:
        """Every paid page that was opened at or after an instant."""
        params: Any = {"created": {"gte": int(instant.timestamp())}, "limit": 100, "status": "complete"}
        listed = _asked(lambda: list(self._client.v1.checkout.sessions.list(params).auto_paging_iter()))
        return [each for each in map(_payment, listed) if each.state is CardState.PAID]


class StripeSignatures:
    """`application.payments.card.Signatures`: over the raw body, with a tolerance."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def read(self, body: bytes, signature: str) -> Notice:
        """The notice. Raises BadSignature."""
        try:
            told = stripe.Webhook.construct_event(body, signature, self._secret, TOLERANCE)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise BadSignature(str(error)) from error
        about: Any = told.data.object
        return Notice(told.id, told.type, str(getattr(about, "id", "")))


def _asked(question: Callable[[], R]) -> R:
    try:
        return question()
    except stripe.StripeError as error:
        raise CardsUnavailable(type(error).__name__) from error


def _metadata(thing: Any) -> dict[str, str]:
    found = getattr(thing, "metadata", None)
    return dict(found.to_dict()) if found is not None and hasattr(found, "to_dict") else dict(found or {})


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _payment(session: Any) -> CardPayment:
    currency = str(session.currency or "sek").upper()
    is_paid = session.payment_status == "paid"
    state = CardState.PAID if is_paid else CardState.EXPIRED if session.status == "expired" else CardState.OPEN
    intent = session.payment_intent
    charge = getattr(intent, "latest_charge", None) if not isinstance(intent, str) else None
    kept = getattr(charge, "balance_transaction", None) if not isinstance(charge, str) else None
    paid_at = getattr(charge, "created", None) if is_paid else None
    return CardPayment(
        session=session.id,
        checkout_id=_id(session.client_reference_id),
        state=state,
        amount=Money(session.amount_total or 0, currency),
        intent=intent if isinstance(intent, str) else str(getattr(intent, "id", "")),
        fee=Money(getattr(kept, "fee", 0) or 0, currency),
        paid_at=datetime.fromtimestamp(paid_at, UTC) if paid_at else None,
    )


_OUTCOMES = {
    "succeeded": RefundOutcome.SUCCEEDED,
    "failed": RefundOutcome.FAILED,
    "canceled": RefundOutcome.FAILED,
}


def _refund(told: Any) -> CardRefund:
    ours = _metadata(told)
    state = _OUTCOMES.get(told.status, RefundOutcome.PENDING)
    why = str(getattr(told, "failure_reason", None) or "")
    return CardRefund(told.id, _id(ours.get("checkout_id")), _id(ours.get("refund_id")), state, why)


def _dispute(told: Any) -> CardDispute:
    state = DisputeState.OPEN
    if told.status in (*_LOST, *_WON):
        state = DisputeState.LOST if told.status in _LOST else DisputeState.WON
    ours = _metadata(told.payment_intent)
    amount = Money(told.amount, str(told.currency).upper())
    return CardDispute(told.id, _id(ours.get("checkout_id")), amount, state)
