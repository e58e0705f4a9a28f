"""What the programme answers: who organises what, which seasons there are, and one season whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.kernel.page import Page, PersonName, found
from application.programme.queries.programme import NetworkRow, OrganiserRow, Programme
from application.programme.queries.season_filter import Choices, Choosable, SeasonFilter, choices_among
from application.programme.queries.season_view import MeetingRow, Presented, SeasonRow, SeasonView
from domain.kernel.ids import SeasonId
from domain.kernel.terms import Terms
from domain.people.admission import Admission
from domain.programme.meeting import Material, Meeting
from domain.programme.outline import Outline
from domain.programme.price import Price, PriceList
from domain.programme.season_images import SeasonImage
from domain.programme.season_opening import Visibility
from infrastructure.read_models.kernel.query import Cells, Shape, Tables, bounded, place_in, read_json
from infrastructure.read_models.kernel.table import as_json
from infrastructure.read_models.programme.programme_statements import (
    CHOSEN_BY,
    CHOSEN_ONLINE,
    DUE,
    FROM,
    FROM_SEASONS,
    HOLDS_SEAT,
    LISTED,
    NETWORKS,
    ORGANISERS,
    PRESENTATIONS,
    SEASON,
    WHOLE,
    WITH_IMAGE,
)
from infrastructure.read_models.programme.season_filter import conditions, scope_of, words_of

_PRESENTED = Shape(Presented, encrypted=("words", "email", "phone"))

_ORGANISER = Shape(OrganiserRow, json={"sites": tuple[str, ...]})
_NETWORK = Shape(
    NetworkRow,
    json={"admission": Admission},
    made={"partners": lambda row: tuple(row["partner_names"]), "partner_ids": lambda row: tuple(row["their_ids"])},
)
_ROW = Shape(
    SeasonRow,
    json={"towns": tuple[str, ...], "outline": Outline, "price_list": PriceList},
    made={
        "visibility": lambda row: Visibility(row["visibility"]),
        "price": lambda row: min(_in_force(row), key=lambda each: each.net.amount, default=None),
        "has_other_prices": lambda row: len({each.net.amount for each in _in_force(row)}) > 1,
    },
)
_CHOOSABLE = Shape(Choosable, json={"towns": tuple[str, ...], "months": tuple[str, ...]})
_PARTS: dict[str, Any] = {
    "admission": Admission,
    "prices": PriceList,
    "terms": Terms,
    "meetings": list[Meeting],
    "leaders": list[UUID],
    "contacts": list[UUID],
    "materials": tuple[Material, ...],
    "images": tuple[SeasonImage, ...],
    "goods": tuple[UUID, ...],
}


def _in_force(row: Cells) -> list[Price]:
    return row["price_list"].in_force(row["asked_on"]) if row["price_list"] else []


class ProgrammeTables(Tables, Programme):
    """What anyone may read."""

    def organisers(self) -> tuple[OrganiserRow, ...]:
        return self._reader.rows(_ORGANISER, f"{ORGANISERS} order by sort_key", [])

    def organiser(self, organiser_id: UUID) -> OrganiserRow:
        row = self._reader.row(_ORGANISER, f"{ORGANISERS} where organiser_id = %s", [organiser_id])
        return found(row, "organiser")

    def networks(self, organiser_id: UUID) -> tuple[NetworkRow, ...]:
        statement = f"{NETWORKS} where n.organiser_id = %s order by n.sort_key"
        return self._reader.rows(_NETWORK, statement, [organiser_id])

    def network(self, organiser_id: UUID, network_id: UUID) -> NetworkRow:
        statement = f"{NETWORKS} where n.network_id = %s and n.organiser_id = %s"
        return found(self._reader.row(_NETWORK, statement, [network_id, organiser_id]), "network")

    def _listed(
        self, organiser_id: UUID | None, wanted: SeasonFilter, *, after: str | None, limit: int
    ) -> Page[SeasonRow]:
        chosen, values = conditions(self._reader, organiser_id, wanted)
        statement = f"{LISTED}{FROM} where {chosen}"
        further, order = ("<", " desc") if wanted.is_past else (">", "")
        place = place_in(after, tuple[date, int])
        if place is not None:
            statement += f" and (s.sorts_on, s.position) {further} (%s, %s::bigint)"
            values += place
        statement += f" order by s.sorts_on{order}, s.position{order} limit %s"
        asked = [*self._at(), *values, bounded(limit) + 1]
        return self._reader.page(_ROW, statement, asked, limit, "sorts_on", "position")

    def choices(self, organiser_id: UUID | None, wanted: SeasonFilter) -> Choices:
        words, searched = words_of(self._reader, organiser_id, wanted)
        scope, values = scope_of(self._reader, organiser_id, wanted)
        statement = f"{CHOSEN_BY}, {words} as has_words{FROM_SEASONS} where {scope}"
        return choices_among(self._reader.rows(_CHOOSABLE, statement, [*searched, *values]), wanted)

    def shows_image(self, organiser_id: UUID, digest: str) -> frozenset[Visibility]:
        rows = self._reader.query(WITH_IMAGE, [organiser_id, as_json([{"image": {"digest": digest}}])])
        return frozenset(
            Visibility(seen)
            for seen, images, at in rows
            for each in _shown(read_json(tuple[SeasonImage, ...], images), read_json(list[Meeting], at))
            if each.image.digest == digest
        )

    def publications_due(self, now: datetime) -> tuple[tuple[SeasonId, datetime], ...]:
        return tuple((SeasonId(season), at) for season, at in self._reader.query(DUE, [now]))

    def _whole(self, season_id: UUID) -> SeasonView | None:
        rows = self._reader.cells(f"{WHOLE}{FROM} where s.season_id = %s", [*self._at(), season_id])
        view = next(iter(self._views(rows)), None)
        if view is None:
            return None
        named = [*view.leaders, *view.contacts, *(who for each in view.meetings for who in each.speakers)]
        return replace(view, presented=self._presented([each.person_id for each in named if each.name]))

    def presented(self, person_id: UUID) -> Presented | None:
        return next(iter(self._presented([person_id])), None)

    def _presented(self, people: list[UUID]) -> tuple[Presented, ...]:
        return self._reader.rows(_PRESENTED, PRESENTATIONS, [people]) if people else ()

    def _many(
        self, organiser_id: UUID | None, wanted: SeasonFilter, *, newest: bool, limit: int
    ) -> tuple[SeasonView, ...]:
        chosen, values = conditions(self._reader, organiser_id, wanted)
        order = "s.sorts_on, s.position"
        if newest or wanted.is_past:
            order = f"{'s.announced_at' if newest else 's.last_on'} desc, s.position desc"
        statement = f"{WHOLE}{FROM} where {chosen} order by {order} limit %s"
        return self._views(self._reader.cells(statement, [*self._at(), *values, bounded(limit)]))

    def _holds_seat(self, season_id: UUID, person_id: UUID) -> bool:
        return bool(self._reader.query(HOLDS_SEAT, [season_id, person_id]))

    def _chosen_online(self, season_id: UUID, person_id: UUID) -> Collection[UUID]:
        return {row[0] for row in self._reader.query(CHOSEN_ONLINE, [season_id, person_id])}

    def _at(self) -> list[datetime]:
        """The instant, as often as the columns of a season are told at one."""
        return [self._now()] * SEASON.count("%s")

    def _now(self) -> datetime:
        return self._reader.clock.now()

    def _views(self, rows: list[Cells]) -> tuple[SeasonView, ...]:
        """Seasons whole; the names of all their people are asked for at once."""
        parts: list[Cells] = [
            {name: read_json(kind, row[name]) if row[name] else None for name, kind in _PARTS.items()} for row in rows
        ]
        everybody = self._reader.named([who for part in parts for who in _people_of(part)])
        named = {each.person_id: each for each in everybody}
        for part in parts:
            part["images"] = _shown(part["images"], part["meetings"])
            part["meetings"] = _meetings(part["meetings"], named)
            for role in ("leaders", "contacts"):
                part[role] = tuple(named[who] for who in part[role])
        listed = self._reader.shaped(_ROW, rows)
        return tuple(
            SeasonView(row=told, has_opened=row["has_opened"], **part)
            for told, row, part in zip(listed, rows, parts, strict=True)
        )


def _shown(images: tuple[SeasonImage, ...], meetings: list[Meeting]) -> tuple[SeasonImage, ...]:
    venues = {each.place.venue for each in meetings}
    return tuple(each for each in images if each.is_shown(venues))


def _people_of(part: Cells) -> list[UUID]:
    meetings: list[Meeting] = part["meetings"]
    return [*part["leaders"], *part["contacts"], *(who for each in meetings for who in _speakers(each))]


def _speakers(meeting: Meeting) -> list[UUID]:
    return list(dict.fromkeys(who for item in meeting.programme for who in item.speakers))


def _meetings(meetings: list[Meeting], named: Mapping[UUID, PersonName]) -> tuple[MeetingRow, ...]:
    return tuple(
        MeetingRow(
            meeting_id=meeting.meeting_id,
            no=no,
            title=meeting.title,
            time=meeting.time,
            place=meeting.place,
            programme=meeting.programme,
            speakers=tuple(named[who] for who in _speakers(meeting)),
            is_held=meeting.is_held,
            changes=meeting.changes,
            moved_from=meeting.moved_from,
            seats=meeting.seats,
        )
        for no, meeting in enumerate(meetings, start=1)
    )
