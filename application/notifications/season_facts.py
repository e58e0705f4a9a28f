"""What every letter about a season says of it: its name, the network first; its meetings; and who answers questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letter_facts import meetings_fact
from application.notifications.story import Story
from domain.kernel.ids import PersonId
from domain.kernel.season_name import season_name
from domain.programme.meeting import Meeting
from domain.programme.network import Network
from domain.programme.season import Season

_NUMBERED = re.compile(r"\W*\w+\W+\d[\d/–-]*\W*", re.UNICODE)
"""A title that says no more than which of its network's seasons it is: "Säsong 4", "Hösten 2027"."""


def with_its_season(work: UnitOfWork, story: Story | None, at: datetime) -> Story | None:
    """The story with what is told of its season; what it tells itself of meetings stays."""
    if story is None or story.season is None:
        return story
    season, network = story.season, work.load(Network, story.season.network_id)
    meetings = tuple(season.meetings.values())
    facts = {
        "meetings": meetings_fact(meetings) if meetings else "",
        "next": "" if season.called_off_for else next_fact(meetings, at),
        **story.facts,
        "season": season_name(network.name, season.title),
        "short": network.name if _NUMBERED.fullmatch(season.title) else season_name(network.name, season.title),
        "ask": ", ".join(_names(work, season)),
    }
    return replace(story, facts=facts)


def next_fact(meetings: Iterable[Meeting], at: datetime) -> str:
    """The first meeting that is still to come at an instant, as a fact; empty where no day is known."""
    coming = [(each.time.start_at, each) for each in meetings if each.time.start_at is not None and not each.is_held]
    known = sorted((pair for pair in coming if pair[0] > at), key=lambda pair: pair[0])
    return meetings_fact([known[0][1]]) if known else ""


def _names(work: UnitOfWork, season: Season) -> list[str]:
    """Whom the season names to be asked."""
    people = (find_person(work, PersonId(each)) for each in season.contacts)
    return [name for person in people if person and not person.is_erased and (name := work.decrypt(person.name))]
