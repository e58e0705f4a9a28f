"""What is told to those who want to know when booking opens: the link to confirm by, and that it has."""

from __future__ import annotations

import json

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import meetings_fact, moment_fact
from application.notifications.story import Recipient, Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.booking.opening_list import OpeningList
from domain.booking.opening_request import OpeningRequest
from domain.programme.network import Network
from domain.programme.season import Season


def _asked(work: UnitOfWork, event: OpeningRequest.Asked) -> Story | None:
    code, told = work.decrypt(event.code), work.decrypt(event.typed)
    if code is None or told is None:
        return None
    season = work.load(Season, event.season_id) if event.season_id is not None else None
    facts = {
        "path": f"/opening-requests/{event.originator_id}/{code}",
        "season": work.load(Network, event.network_id).name,
        "until": moment_fact(event.until),
    }
    people = {Whom.PERSON: (Recipient(None, event.email, str(json.loads(told).get("language") or "")),)}
    return Story(event.organiser_id, people, facts, season=season)


def _told(work: UnitOfWork, event: OpeningList.Told) -> Story:
    """Whoever stands on the season's list and on its network's is told once."""
    season = work.load(Season, event.season_id)
    meetings = tuple(season.meetings.values())
    facts = {"path": f"/seasons/{season.id}", "meetings": meetings_fact(meetings) if meetings else ""}
    people, named = {Whom.PERSON: recipients_of(event.people)}, f"{season.id}/{event.told_at.isoformat()}"
    return Story(season.organiser_id, people, facts, season=season, meetings=meetings, named=named)


STORIES: Stories = {OpeningRequest.Asked: _asked, OpeningList.Told: _told}
