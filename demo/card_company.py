"""A stand-in for the card company: speaks enough of Stripe's HTTP for trials, in memory, on this machine alone.

Checkout Sessions with a page to pay or turn back on, PaymentIntents, refunds, disputes, idempotency keys, lists, and
signed notices that are sent again until they are taken.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Thing = dict[str, Any]
PAUSES = (0.0, 0.2, 1.0, 3.0, 10.0)
"""Seconds before each attempt to deliver a notice."""

_FEE = 250


@dataclass
class CardCompany:
    """Everything it remembers. `hook` is where notices go, `secret` what they are signed with."""

    secret: str
    now: Callable[[], datetime]
    hook: str = ""
    things: dict[str, Thing] = field(default_factory=dict)
    answered: dict[str, tuple[str, bytes, int]] = field(default_factory=dict)
    notices: list[Thing] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def make(self, prefix: str, kind: str, **facts: Any) -> Thing:
        """A new thing."""
        created = int(self.now().timestamp())
        thing = {"id": f"{prefix}_{secrets.token_hex(10)}", "object": kind, "created": created, "metadata": {}, **facts}
        self.things[thing["id"]] = thing
        return thing

    def tell(self, kind: str, about: Thing) -> None:
        """Note that something happened, and send word of it."""
        told = self.make("evt", "event", type=kind, data={"object": dict(about)}, api_version="2026-10-28.endive")
        self.notices.append(told)
        if self.hook:
            threading.Thread(target=self._deliver, args=(told,), daemon=True).start()

    def signed(self, told: Thing, at: int | None = None) -> tuple[bytes, str]:
        """A notice as it is sent: its body and the signature over it."""
        body = json.dumps(told).encode()
        moment = int(self.now().timestamp()) if at is None else at
        digest = hmac.new(self.secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
        return body, f"t={moment},v1={digest}"

    def paid(self, session_id: str) -> None:
        """Somebody pays on a page; told as it comes, the page before the intent."""
        with self.lock:
            session = self.things[session_id]
            if session["status"] != "open":
                return
            intent = self.things[session["payment_intent"]]
            amount, currency = intent["amount"], intent["currency"]
            kept = self.make("txn", "balance_transaction", amount=amount, fee=_FEE, currency=currency)
            charge = self.make(
                "ch", "charge", amount=amount, currency=currency, amount_refunded=0, refunded=False, paid=True,
                payment_intent=intent["id"], balance_transaction=kept["id"], status="succeeded",
            )  # fmt: skip
            intent.update(status="succeeded", latest_charge=charge["id"], amount_received=amount)
            session.update(status="complete", payment_status="paid")
            self.tell("checkout.session.completed", session)
            self.tell("payment_intent.succeeded", intent)

    def dispute(self, session_id: str, amount: int) -> str:
        """The payer's bank disputes a payment."""
        intent = self.things[self.things[session_id]["payment_intent"]]
        made = self.make(
            "dp", "dispute", amount=amount, currency=intent["currency"], payment_intent=intent["id"],
            status="needs_response",
        )  # fmt: skip
        self.tell("charge.dispute.created", made)
        return str(made["id"])

    def decide(self, dispute_id: str, status: str) -> None:
        """A dispute is won or lost."""
        self.things[dispute_id]["status"] = status
        self.tell("charge.dispute.closed", self.things[dispute_id])

    def of(self, kind: str) -> list[Thing]:
        """Everything of a kind, latest first."""
        return [each for each in reversed(list(self.things.values())) if each["object"] == kind]

    def _deliver(self, told: Thing) -> None:
        for pause in PAUSES:
            threading.Event().wait(pause)
            body, signature = self.signed(told)
            headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
            with suppress(OSError):
                asked = urllib.request.Request(self.hook, body, headers)  # noqa: S310  # our own address
                urllib.request.urlopen(asked, timeout=5).close()  # noqa: S310  # our own address
                return
