"""What those are told who apply: the link to confirm by, that it waits, that no seat is held any longer, the answer."""

from __future__ import annotations

import json

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import moment_fact
from application.notifications.story import Recipient, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.booking.application import Application
from domain.kernel.ids import PersonId
from domain.programme.season import Season


def _asked(work: UnitOfWork, event: Application.Asked) -> Story | None:
    code, typed = work.decrypt(event.code), work.decrypt(event.typed)
    if not code or typed is None:
        return None
    facts = {"path": f"/applications/{event.originator_id}/{code}", "until": moment_fact(event.until)}
    people = {Whom.PERSON: (Recipient(None, event.email, str(json.loads(typed).get("language") or "")),)}
    return Story(event.organiser_id, people, facts, season=work.load(Season, event.season_id))


def _made(work: UnitOfWork, event: Application.Made) -> Story:
    held = {"held": "1", "until": moment_fact(event.held_until)} if event.held_until is not None else {"free": "1"}
    return _told(work.load(Season, event.season_id), event.person_id, held)


def _hold_lapsed(work: UnitOfWork, event: Application.HoldLapsed) -> Story:
    return _told(_season(work, event), event.person_id, {})


def _approved(work: UnitOfWork, event: Application.Approved) -> Story | None:
    """Who has got a seat is told by the booking; who waits for one, by this."""
    if event.booking_id is not None:
        return None
    return _told(_season(work, event), event.person_id, {"yes": "1"})


def _rejected(work: UnitOfWork, event: Application.Rejected) -> Story:
    return _told(_season(work, event), event.person_id, {"no": "1", "reason": work.decrypt(event.reason) or ""})


def _season(work: UnitOfWork, event: Application.Event) -> Season:
    return work.load(Season, work.load(Application, event.originator_id).season_id)


def _told(season: Season, person_id: PersonId, facts: dict[str, str]) -> Story:
    told = {**dict.fromkeys(("held", "free", "yes", "no", "reason", "until"), ""), **facts}
    told = {"path": f"/seasons/{season.id}", **told}
    return Story(season.organiser_id, {Whom.PERSON: recipients_of([person_id])}, told, season=season)


STORIES: Stories = {
    Application.Asked: _asked,
    Application.Made: _made,
    Application.HoldLapsed: _hold_lapsed,
    Application.Approved: _approved,
    Application.Rejected: _rejected,
}
