"""What is left to do by hand when the year is over; it should be nothing."""

from __future__ import annotations

from collections.abc import Iterator

from demo.season.cast import Cast
from infrastructure.subscriptions.verify import Verification
from web.wiring import Installation

QUEUES = {
    "applications": "/applications",
    "colleagues vouched for": "/vouches",
    "money that belongs nowhere": "/payments/suspense",
    "goods to send": "/purchases/to-dispatch",
    "late invoices": "/late-invoices",
    "money to pay back": "/refunds-due",
    "proposed transfers": "/transfers",
}


def left_to_do(cast: Cast) -> Iterator[str]:
    """Of one organiser: each thing that waits for somebody."""
    for what, path in QUEUES.items():
        reader = cast.finance if path.startswith(("/payments", "/late", "/refunds")) else cast.admin
        number = sum(1 for row in reader.every(path) if row.get("status") in (None, "proposed"))
        if number:
            yield f"{cast.sketch.slug}: {what}: {number}"
    pleas = sum(1 for row in cast.admin.every("/cancellations", status="requested") if row["needs_decision"])
    if pleas:
        yield f"{cast.sketch.slug}: pleas: {pleas}"
    yield from _unpaid(cast)
    yield from _not_delivered(cast)
    for season in cast.seasons:
        if cast.admin.every(f"/seasons/{season}/waiting-list"):
            yield f"{cast.sketch.slug}: somebody still waits for a seat in {season}"


def _unpaid(cast: Cast) -> Iterator[str]:
    for row in cast.finance.every("/invoices"):
        if row["balance"] > 0:
            yield f"{cast.sketch.slug}: invoice {row['number']} is not paid: {row['balance'] / 100:.2f}"


def _not_delivered(cast: Cast) -> Iterator[str]:
    for state in ("waiting", "failed", "unreadable"):
        letters = cast.admin.every("/letters", state=state)
        if letters:
            yield f"{cast.sketch.slug}: letters {state}: {len(letters)}"
    for state in ("waiting", "put_aside"):
        deliveries = cast.admin.every("/webhook-deliveries", state=state)
        if deliveries:
            yield f"{cast.sketch.slug}: other systems have not been told: {len(deliveries)} {state}"


def does_not_add_up(house: Installation) -> Iterator[str]:
    """What the log and its read models disagree on."""
    for check in Verification(house.store).run().checks:
        if not check.ok:
            yield f"{check.name} ({check.seen})"
