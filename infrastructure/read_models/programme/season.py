"""Seasons: meetings, prices, terms and material as they stand now, the seats taken, and how many parties wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast, get_type_hints
from uuid import UUID

import msgspec

from application.programme.queries.season_view import SeasonRow
from domain.booking.seating import Seating
from domain.kernel.ids import MeetingId, NetworkId, OrganiserId, PersonId
from domain.kernel.terms import Terms
from domain.people.admission import Admission
from domain.programme.meeting import Material, Meeting
from domain.programme.outline import outline_of
from domain.programme.price import PriceList
from domain.programme.season import Season
from domain.programme.season_images import SeasonImage
from domain.programme.season_opening import Visibility
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.query import read_json
from infrastructure.read_models.kernel.table import Cell, Change, Row, Table, as_json
from infrastructure.read_models.programme import season_columns as told
from infrastructure.serialization.event_mapper import Entry, Fact, events_of

_SQL: Mapping[Any, str] = {
    str: "text",
    bool: "boolean",
    date | None: "date",
    datetime | None: "timestamptz",
    NetworkId: "uuid",
    OrganiserId: "uuid",
    Visibility: "text",
}
_PLACES: Mapping[str, str] = {"towns": "jsonb", "has_online": "boolean", "is_online": "boolean", "is_free": "boolean"}
_TOLD_AT: Mapping[str, str] = {"announced_at": "timestamptz", "changed_at": "timestamptz"}
_ELSEWHERE = {
    "season_id",
    "network",
    "kind",
    "seats",
    "left",
    "bookable",
    "offered",
    "waiting",
    "price",
    "has_other_prices",
}
_NOT_REMEMBERED = {*_ELSEWHERE, "first_on", "last_on", "outline", *_PLACES, *_TOLD_AT}
_CELLS: Mapping[str, str] = {
    **{name: _SQL[kind] for name, kind in get_type_hints(SeasonRow).items() if name not in _NOT_REMEMBERED},
    "has_opened": "boolean",
}
"""What a season is told by in a list, by its type: an attribute of `Season` of the same name."""

_JSON: Mapping[str, Any] = {
    "admission": Admission,
    "prices": PriceList | None,
    "terms": Terms | None,
    "leaders": tuple[PersonId, ...],
    "contacts": tuple[PersonId, ...],
    "held_on": dict[MeetingId, date],
    "images": tuple[SeasonImage, ...],
    "goods": tuple[UUID, ...],
}
"""The other attributes of a season that a row keeps, as JSON by what they hold."""

SEASON = Table(
    "season",
    "season",
    {
        "season_id": "uuid",
        **_CELLS,
        **dict.fromkeys(_JSON, "jsonb"),
        "meetings": "jsonb",
        "materials": "jsonb",
        "first_on": "date",
        "last_on": "date",
        **_PLACES,
        **_TOLD_AT,
        "outline": "jsonb",
        "speakers": "jsonb",
        "words": "text",
        "sorts_on": "date not null",
        "position": "bigint",
        "removed": "jsonb",
    },
    key=("season_id",),
    indexes=(
        "(organiser_id, sorts_on, position)",
        "(network_id, sorts_on, position)",
        "(announced_at)",
        "(least(goes_public_at, opens_at)) where least(goes_public_at, opens_at) is not null",
    ),
)
SEATING = Table(
    "season",
    "seating",
    {"seating_id": "uuid", "season_id": "uuid", "seats": "bigint", "taken": "bigint", "waiting": "bigint"},
    key=("seating_id",),
    indexes=("(season_id)",),
)
HOLD = Table(
    "season",
    "hold",
    {"hold_id": "uuid", "seating_id": "uuid", "seats": "bigint", "until": "timestamptz"},
    key=("hold_id",),
    indexes=("(seating_id)",),
)
"""Seats that are not taken but held until an instant: whoever asks counts those whose time is not over."""

SEASONS = Projection("season", version=11 + len(_CELLS), tables=(SEASON, SEATING, HOLD))
"""A column more is another version by itself."""


@SEASONS.on(Season.Planned)
def _planned(event: Season.Planned, entry: Entry) -> Iterable[Change]:
    season = event.mutate(None)
    yield SEASON.put(
        season_id=event.originator_id,
        position=entry.position,
        removed=as_json([]),
        announced_at=entry.recorded_at,
        changed_at=entry.recorded_at,
        **_row_of(cast("Season", season)),
    )


def _changed(event: Fact, entry: Entry) -> Iterable[Change]:
    """A season is remembered here as it is in the domain: the event is applied to what the row says."""

    def fold(row: Row) -> Row:
        season = _season_in(row)
        event.apply(season)
        return {**_row_of(season), "changed_at": entry.recorded_at}

    yield SEASON.fold((event.originator_id,), fold)


for _kind in events_of(Season):
    if _kind not in (Season.Planned, Season.MeetingRemoved):
        SEASONS.on(_kind)(_changed)


@SEASONS.on(Season.MeetingRemoved)
def _meeting_removed(event: Season.MeetingRemoved, entry: Entry) -> Iterable[Change]:
    """What it was called is remembered for the history."""
    gone = {"meeting_id": event.meeting.meeting_id, "title": event.meeting.title}
    yield from _changed(event, entry)
    yield SEASON.fold(
        (event.originator_id,), lambda row: {"removed": as_json([*msgspec.json.decode(str(row["removed"])), gone])}
    )


SEASONS.puts(Seating.Opened, SEATING, taken=0, waiting=0)
SEASONS.adds(Seating.SeatsAdded, SEATING, seats=lambda event, _: event.seats)
SEASONS.adds(Seating.SeatsTaken, SEATING, taken=lambda event, _: event.seats)
SEASONS.adds(Seating.SeatsReleased, SEATING, taken=lambda event, _: -event.seats)
SEASONS.puts(Seating.SeatsHeld, HOLD, seating_id=aggregate_id)
SEASONS.deletes(Seating.HoldEnded, HOLD)
SEASONS.puts(Seating.SeatOffered, HOLD, hold_id=lambda event, _: event.place_id, seating_id=aggregate_id)
SEASONS.puts(Seating.SeatsGathered, HOLD, hold_id=lambda event, _: event.place_id, seating_id=aggregate_id)
SEASONS.puts(Seating.OfferProlonged, HOLD, hold_id=lambda event, _: event.place_id, seating_id=aggregate_id)
SEASONS.deletes(Seating.OfferAccepted, HOLD, hold_id=lambda event, _: event.place_id)
SEASONS.deletes(Seating.OfferDeclined, HOLD, hold_id=lambda event, _: event.place_id)
SEASONS.deletes(Seating.OfferLapsed, HOLD, hold_id=lambda event, _: event.place_id)
SEASONS.deletes(Seating.OfferWithdrawn, HOLD, hold_id=lambda event, _: event.place_id)
SEASONS.deletes(Seating.GatheringEnded, HOLD, hold_id=lambda event, _: event.place_id)
SEASONS.adds(Seating.QueueJoinedFirst, SEATING, waiting=1)
SEASONS.adds(Seating.QueueJoined, SEATING, waiting=1)
SEASONS.adds(Seating.QueueLeft, SEATING, waiting=-1)


def _season_in(row: Row) -> Season:
    """As much of the season as its events change."""
    parts = {name: None if row[name] is None else read_json(kind, str(row[name])) for name, kind in _JSON.items()}
    meetings = {each.meeting_id: each for each in read_json(list[Meeting], str(row["meetings"]))}
    materials = {each.material_id: each for each in read_json(list[Material], str(row["materials"]))}
    cells = {name: row[name] for name in _CELLS}
    return cast("Season", SimpleNamespace(**cells, **parts, meetings=meetings, materials=materials))


def _row_of(season: Season) -> dict[str, Cell]:
    held = vars(season)
    meetings = list(season.meetings.values())
    first_on = told.first_on(meetings, season.zone)
    return {
        **{name: held[name] for name in _CELLS},
        **{name: None if held[name] is None else as_json(held[name]) for name in _JSON},
        "meetings": as_json(meetings),
        "materials": as_json(list(season.materials.values())),
        "first_on": first_on,
        "last_on": told.last_on(meetings, season.zone),
        **told.places_of(meetings),
        "is_free": season.prices is not None and season.prices.is_free,
        "outline": as_json(outline := outline_of(meetings, season.zone)),
        "speakers": as_json(told.speakers(season, meetings)),
        "words": told.words(season, meetings),
        "sorts_on": first_on or told.end_of(outline.months[0] if outline.months else ""),
    }
