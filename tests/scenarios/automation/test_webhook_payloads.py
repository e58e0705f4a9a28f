"""What is promised to other systems: each kind with its facts, all of them ids, öre, numbers, days and instants."""

from __future__ import annotations

import re

import msgspec

from application.automation.outbound import happening_of
from application.automation.outbound_catalogue import CATALOGUE
from application.kernel.actor import SYSTEM
from domain.access.webhook_kind import KINDS
from infrastructure.webhooks.deliveries import body_of
from tests.samples import Institute
from tests.scenarios.story import facts
from tests.scenarios.whole_year import live

ENVELOPE = ["event_id", "kind", "occurred_at", "organiser_id", "subject", "data"]
PAYER = ["payer_organisation_id", "payer_person_id"]
SUMS = ["net", "vat", "gross", "currency"]
TIME = ["meeting_id", "time", "start_at", "end_at", "month", "was_at"]
PROMISED = {
    "booking.made": ["season_id", "booked_by", *PAYER, "seats", *SUMS],
    "booking.named": ["season_id", "seat", "person_id", "organisation_id"],
    "booking.transferred": ["season_id", "seat", "from_person_id", "to_person_id", "organisation_id"],
    "booking.cancelled": ["season_id", "seats", "cancellation_id"],
    "booking.reinstated": ["season_id", "seats", "cancellation_id"],
    "cancellation.requested": ["cancellation_id", "season_id", "seats", "received_at", "asked_by"],
    "invoice.issued": ["number", "source_id", "season_id", *PAYER, "issued_on", "due_on", *SUMS],
    "invoice.credited": ["number", "credit_note_id", "amount", "currency"],
    "invoice.payment_received": ["number", "amount", "currency", "on", "means"],
    "invoice.payment_refunded": ["number", "amount", "currency", "on", "means"],
    "credit_note.issued": ["number", "invoice_id", "invoice_number", "source_id", "season_id", "issued_on", *SUMS],
    "purchase.made": ["goods_id", "quantity", "bought_by", "booking_id", *PAYER, *SUMS],
    "queue.joined": ["season_id", "place_id", "person_id", "seats"],
    "queue.left": ["season_id", "place_id"],
    "queue.offered": ["season_id", "place_id", "person_id", "seats", "until"],
    "queue.accepted": ["season_id", "place_id", "booking_id"],
    "queue.declined": ["season_id", "place_id"],
    "queue.lapsed": ["season_id", "place_id"],
    "season.planned": ["network_id"],
    "season.opened": ["network_id"],
    "season.changed": ["network_id", "what"],
    "season.closed": ["network_id"],
    "season.called_off": ["network_id"],
    "meeting.planned": TIME,
    "meeting.moved": TIME,
    "meeting.postponed": TIME,
    "meeting.called_off": TIME,
    "meeting.held": ["meeting_id", "held_on"],
}
UUID_OR_WORD = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z_.]{1,30}|SEK|\d{4}-\d\d(-\d\d)?|\d{4}-\d\d-\d\dT[\d:.]+Z"
)


def told_in(value: object) -> list[object]:
    """Every value inside."""
    if isinstance(value, dict):
        return [one for each in value.values() for one in told_in(each)]
    if isinstance(value, list):
        return [one for each in value for one in told_in(each)]
    return [value]


def bodies_of(institute: Institute) -> dict[str, list[str]]:
    """What would be sent of a whole year, by kind."""
    live(institute)
    decisions = institute.house.store.decisions
    found: dict[str, list[str]] = {}
    for event in facts(institute):
        if type(event) in CATALOGUE:
            told = decisions.dry_run(SYSTEM, lambda work, event=event: happening_of(work, event))  # type: ignore[misc]  # mypy sees no default
            found.setdefault(told.kind, []).append(body_of(told))
    return found


def test_every_kind_happens_in_a_year_and_says_what_was_promised_and_nobodys_name(institute: Institute) -> None:
    bodies = bodies_of(institute)
    assert set(bodies) == set(KINDS) == set(PROMISED)
    for kind, own in bodies.items():
        for body in own:
            told = msgspec.json.decode(body)
            assert list(told) == ENVELOPE
            assert sorted(told["subject"]) == ["id", "sequence", "type"]
            assert list(told["data"]) == PROMISED[kind], kind

    for own in bodies.values():
        for value in (one for body in own for one in told_in(msgspec.json.decode(body))):
            assert value is None or isinstance(value, int) or UUID_OR_WORD.fullmatch(str(value)), value
