"""Which seasons are chosen, as conditions on their rows; speakers and leaders are found by the names they have now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from application.programme.queries.season_filter import SeasonFilter
from infrastructure.read_models.kernel.query import Reader
from infrastructure.read_models.kernel.sorting import AFTER_Z, BEFORE_Z, search_key, searched

OPEN = "s.is_open and (s.closes_on is null or s.closes_on >= (%s at time zone s.zone)::date)"
"""Whether a season takes bookings at an instant."""
OVER = "coalesce(s.last_on < (%s at time zone s.zone)::date, false)"
_SPEAKERS = "select distinct jsonb_array_elements_text(s.speakers)::uuid from season.season s"
_ORGANISERS = "select organiser_id, sort_key from programme.organiser"
_NAMED = f"""(strpos(s.words, %s) > 0 or strpos(translate(n.sort_key, '{AFTER_Z}', '{BEFORE_Z}'), %s) > 0
or s.speakers ?| %s::uuid[]::text[] or s.organiser_id = any(%s::uuid[]))"""
MOST_WORDS = 8

Condition = tuple[str, list[Any]]
"""A condition, and what it is asked with."""


def conditions(reader: Reader, organiser_id: UUID | None, wanted: SeasonFilter) -> Condition:
    """All conditions on seasons of an organiser (or of all), joined, and what they are asked with."""
    scope = scope_of(reader, organiser_id, wanted)
    return _joined([scope, *_chosen(wanted), words_of(reader, organiser_id, wanted)])


def scope_of(reader: Reader, organiser_id: UUID | None, wanted: SeasonFilter) -> Condition:
    """Whose they are, whether they take bookings, and whether they are past."""
    return _joined(_scope(organiser_id, wanted, reader.clock.now()))


def _joined(every: Sequence[Condition]) -> Condition:
    texts = [f"({text})" for text, _ in every] or ["true"]
    return " and ".join(texts), [one for _, values in every for one in values]


def _scope(organiser_id: UUID | None, wanted: SeasonFilter, now: datetime) -> list[Condition]:
    asked: list[tuple[object, Condition]] = [
        (organiser_id, ("s.organiser_id = %s", [organiser_id])),
        (wanted.takes_bookings, (f"({OPEN}) = %s", [now, wanted.takes_bookings])),
        (wanted.is_past, (f"{OVER} = %s", [now, wanted.is_past])),
        (wanted.is_public, ("(s.visibility = 'public') = %s", [wanted.is_public])),
        (wanted.since, ("s.last_on is null or s.last_on >= %s", [wanted.since])),
    ]
    return [condition for value, condition in asked if value is not None]


def _chosen(wanted: SeasonFilter) -> list[Condition]:
    asked = {
        "s.organiser_id = %s": wanted.organiser_id,
        "s.network_id = %s": wanted.network_id,
        "s.towns ? %s": wanted.town,
        "s.has_online = %s": wanted.has_online,
        "s.is_free = %s": wanted.is_free,
        "s.outline->'months' ? %s": wanted.month,
        "s.language = %s": wanted.language,
    }
    return [(condition, [value]) for condition, value in asked.items() if value is not None]


def words_of(reader: Reader, organiser_id: UUID | None, wanted: SeasonFilter) -> Condition:
    """That all words stand somewhere in it, each as part of a word or a whole one."""
    words = list(dict.fromkeys(searched(wanted.search).split()))[:MOST_WORDS]
    if not words:
        return _joined([])
    people = _people(reader, scope_of(reader, organiser_id, wanted))
    organisers = [(one, search_key(key)) for one, key in reader.query(_ORGANISERS, [])]
    return _joined([(_NAMED, [word, word, _with(word, people), _with(word, organisers)]) for word in words])


def _with(word: str, named: Sequence[tuple[UUID, str]]) -> list[UUID]:
    return [one for one, name in named if word in name]


def _people(reader: Reader, scope: Condition) -> Sequence[tuple[UUID, str]]:
    """Who speaks or leads there, as their names are searched."""
    ids = [row[0] for row in reader.query(f"{_SPEAKERS} where {scope[0]}", scope[1])]
    return [(one, searched(name)) for one, name in reader.names(ids).items() if name]
