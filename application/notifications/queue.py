"""What those are told who stand in line: that they do, what they are promised, what is offered, and that it is over."""

from __future__ import annotations

import json
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import moment_fact
from application.notifications.queue_cost import cost_facts
from application.notifications.story import Recipient, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.booking.price_promise import PricePromise
from domain.booking.queue_request import QueueRequest
from domain.booking.seating import Seating
from domain.booking.waiting_rules import PriceRule
from domain.kernel.ids import PersonId, price_promise_of
from domain.programme.season import Season


def _joined(work: UnitOfWork, event: Seating.QueueJoined) -> Story:
    return _of_place(work, event.originator_id, event.place_id, event.person_id, event.seats, "place")


def _offered(work: UnitOfWork, event: Seating.SeatOffered) -> Story | None:
    story = _of_place(work, event.originator_id, event.place_id, event.person_id, event.seats, "offer")
    if work.load(Seating, event.originator_id).is_closed:
        return None
    at = _path(story, event.place_id, "decline")
    sum_of = cost_facts(work, story.season, event.place_id, event.person_id, event.seats) if story.season else {}
    return _with(story, {"until": moment_fact(event.until), "other_path": at, **sum_of})


def _lapsed(work: UnitOfWork, event: Seating.OfferLapsed) -> Story | None:
    seating = work.load(Seating, event.originator_id)
    if seating.is_closed:
        return None
    season = work.load(Season, seating.season_id)
    facts = {"seats": str(event.seats), "path": f"/seasons/{season.id}"}
    return Story(season.organiser_id, {Whom.WAITING: recipients_of([event.person_id])}, facts, season=season)


def _asked(work: UnitOfWork, event: QueueRequest.Asked) -> Story | None:
    code, told = work.decrypt(event.code), work.decrypt(event.typed)
    if code is None or told is None:
        return None
    season, language = work.load(Season, event.season_id), str(json.loads(told).get("language") or "")
    facts = {
        "path": f"/queue-requests/{event.originator_id}/{code}",
        "seats": str(event.seats),
        "until": moment_fact(event.until),
    }
    people = {Whom.PERSON: (Recipient(None, event.email, language),)}
    return Story(event.organiser_id, people, facts, season=season)


def _of_place(
    work: UnitOfWork, seating_id: UUID, place_id: UUID, person_id: PersonId, seats: int, leads_to: str
) -> Story:
    """Whoever stands there, with the price that they are promised."""
    season = work.load(Season, work.load(Seating, seating_id).season_id)
    promise = work.find(PricePromise, price_promise_of(place_id))
    rule = promise.rule if promise is not None and not promise.prices.is_free else None
    facts = {
        "seats": str(seats),
        "path": f"/seasons/{season.id}/waiting-list/{place_id}/{leads_to}",
        "joined": "yes" if rule is PriceRule.JOINED else "",
        "offered": "yes" if rule is PriceRule.OFFERED else "",
    }
    return Story(season.organiser_id, {Whom.WAITING: recipients_of([person_id])}, facts, season=season)


def _path(story: Story, place_id: UUID, leads_to: str) -> str:
    return f"/seasons/{story.season.id}/waiting-list/{place_id}/{leads_to}" if story.season is not None else ""


def _with(story: Story, more: dict[str, str]) -> Story:
    return Story(story.organiser_id, story.people, {**story.facts, **more}, season=story.season)


STORIES: Stories = {
    Seating.QueueJoined: _joined,
    Seating.SeatOffered: _offered,
    Seating.OfferLapsed: _lapsed,
    QueueRequest.Asked: _asked,
}
