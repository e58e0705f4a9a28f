"""The kinds of happenings that other systems may be told of: names that are promised to them, and never change."""

from __future__ import annotations

TEST = "webhook.test"
"""What an admin sends to see that it arrives; it goes to one endpoint, whatever that has chosen."""

KINDS: tuple[str, ...] = (
    "booking.made",
    "booking.named",
    "booking.transferred",
    "booking.cancelled",
    "booking.reinstated",
    "cancellation.requested",
    "invoice.issued",
    "invoice.credited",
    "invoice.payment_received",
    "invoice.payment_refunded",
    "credit_note.issued",
    "purchase.made",
    "queue.joined",
    "queue.left",
    "queue.offered",
    "queue.accepted",
    "queue.declined",
    "queue.lapsed",
    "season.planned",
    "season.opened",
    "season.changed",
    "season.closed",
    "season.called_off",
    "meeting.planned",
    "meeting.moved",
    "meeting.postponed",
    "meeting.called_off",
    "meeting.held",
)
