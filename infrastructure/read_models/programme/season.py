"""Seasons: meetings, prices, terms and material as they stand now, the seats taken, and how many parties wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec

from domain.booking.seating import Seating
from domain.kernel.ids import MeetingId
from domain.kernel.terms import day_in
from domain.programme.meeting import Material, Meeting
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season
from infrastructure.event_store.log import Entry
from infrastructure.read_models.kernel.projection import Change, Projection, Row, Table, as_json

SEASON = Table(
    "season",
    "season",
    {
        "season_id": "uuid",
        "organiser_id": "uuid",
        "network_id": "uuid",
        "title": "text",
        "promise": "text",
        "zone": "text",
        "language": "text",
        "is_open": "boolean",
        "closes_on": "date",
        "called_off_for": "text",
        "first_on": "date",
        "last_on": "date",
        "sorts_on": "date not null",
        "position": "bigint",
        "admission": "jsonb",
        "prices": "jsonb",
        "terms": "jsonb",
        "meetings": "jsonb",
        "leaders": "jsonb",
        "contacts": "jsonb",
        "materials": "jsonb",
        "has_opened": "boolean",
        "removed": "jsonb",
    },
    key=("season_id",),
    indexes=("(organiser_id, sorts_on, position)", "(network_id, sorts_on, position)"),
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

SEASONS = Projection("season", version=4, tables=(SEASON, SEATING, HOLD))


@SEASONS.on(Season.Planned)
def _planned(event: Season.Planned, entry: Entry) -> Iterable[Change]:
    nothing = as_json([])
    yield SEASON.put(
        season_id=event.originator_id,
        organiser_id=event.organiser_id,
        network_id=event.network_id,
        title=event.title,
        promise=event.promise,
        zone=event.zone,
        language=event.language,
        is_open=False,
        closes_on=None,
        called_off_for="",
        first_on=None,
        last_on=None,
        sorts_on=date.max,
        position=entry.position,
        admission=as_json(event.admission),
        prices=None,
        terms=None,
        meetings=nothing,
        leaders=nothing,
        contacts=nothing,
        materials=nothing,
        has_opened=False,
        removed=nothing,
    )


@SEASONS.on(Season.MeetingPlanned)
def _meeting_planned(event: Season.MeetingPlanned, _: Entry) -> Iterable[Change]:
    yield _meetings(event.originator_id, lambda meetings: [*meetings, event.meeting])


@SEASONS.on(Season.MeetingScheduled)
def _meeting_scheduled(event: Season.MeetingScheduled, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: one.changed(event.time, event.place))


@SEASONS.on(Season.MeetingPostponed)
def _meeting_postponed(event: Season.MeetingPostponed, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: one.changed(event.time))


@SEASONS.on(Season.MeetingCalledOff)
def _meeting_called_off(event: Season.MeetingCalledOff, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: one.changed(event.time))


@SEASONS.on(Season.MeetingHeld)
def _meeting_held(event: Season.MeetingHeld, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: replace(one, is_held=True))


@SEASONS.on(Season.MeetingHoldingUndone)
def _holding_undone(event: Season.MeetingHoldingUndone, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: replace(one, is_held=False))


@SEASONS.on(Season.MeetingRetitled)
def _meeting_retitled(event: Season.MeetingRetitled, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: replace(one, title=event.title))


@SEASONS.on(Season.MeetingRemoved)
def _meeting_removed(event: Season.MeetingRemoved, _: Entry) -> Iterable[Change]:
    gone = event.meeting

    def remember(row: Row) -> Row:
        known = msgspec.json.decode(str(row["removed"]))
        named = {"meeting_id": gone.meeting_id, "title": gone.title}
        return {"removed": as_json([*known, named])}

    yield _meetings(
        event.originator_id, lambda meetings: [one for one in meetings if one.meeting_id != gone.meeting_id]
    )
    yield SEASON.fold((event.originator_id,), remember)
    yield _materials(event.originator_id, lambda known: [one for one in known if one.meeting_id != gone.meeting_id])


@SEASONS.on(Season.ProgrammePublished)
def _programme_published(event: Season.ProgrammePublished, _: Entry) -> Iterable[Change]:
    yield _meeting(event.originator_id, event.meeting_id, lambda one: replace(one, programme=event.items))


@SEASONS.on(Season.LeadersNamed)
def _leaders_named(event: Season.LeadersNamed, _: Entry) -> Iterable[Change]:
    key = (event.originator_id,)
    yield SEASON.change(key, leaders=as_json(event.leaders), contacts=as_json(event.contacts))


@SEASONS.on(Season.Retitled)
def _retitled(event: Season.Retitled, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), title=event.title)


@SEASONS.on(Season.PromiseReworded)
def _promise_reworded(event: Season.PromiseReworded, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), promise=event.promise)


@SEASONS.on(Season.NetworkCorrected)
def _network_corrected(event: Season.NetworkCorrected, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), network_id=event.network_id)


@SEASONS.on(Season.LanguageChosen)
def _language_chosen(event: Season.LanguageChosen, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), language=event.language)


@SEASONS.on(Season.ZoneCorrected)
def _zone_corrected(event: Season.ZoneCorrected, _: Entry) -> Iterable[Change]:
    """The zone, also of what was agreed; that its meetings' instants move is told by events of their own."""

    def fold(row: Row) -> Row:
        agreed = {}
        for name in ("prices", "terms"):
            if row[name] is not None:
                agreed[name] = as_json({**msgspec.json.decode(str(row[name])), "zone": event.zone})
        return {"zone": event.zone, **agreed}

    yield SEASON.fold((event.originator_id,), fold)


@SEASONS.on(Season.AdmissionAgreed)
def _admission_agreed(event: Season.AdmissionAgreed, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), admission=as_json(event.admission))


@SEASONS.on(Season.PricesAgreed)
def _prices_agreed(event: Season.PricesAgreed, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), prices=as_json(event.prices))


@SEASONS.on(Season.TermsAgreed)
def _terms_agreed(event: Season.TermsAgreed, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), terms=as_json(event.terms))


@SEASONS.on(Season.MaterialPublished)
def _material_published(event: Season.MaterialPublished, _: Entry) -> Iterable[Change]:
    yield _materials(event.originator_id, lambda known: [*known, event.material])


@SEASONS.on(Season.MaterialReplaced)
def _material_replaced(event: Season.MaterialReplaced, _: Entry) -> Iterable[Change]:
    yield _material(event.originator_id, event.material)


@SEASONS.on(Season.MaterialReadersChosen)
def _material_readers_chosen(event: Season.MaterialReadersChosen, _: Entry) -> Iterable[Change]:
    yield _material(event.originator_id, event.material)


@SEASONS.on(Season.MaterialRemoved)
def _material_removed(event: Season.MaterialRemoved, _: Entry) -> Iterable[Change]:
    gone = event.material.material_id
    yield _materials(event.originator_id, lambda known: [one for one in known if one.material_id != gone])


@SEASONS.on(Season.BookingOpened)
def _booking_opened(event: Season.BookingOpened, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), is_open=True, has_opened=True, closes_on=event.closes_on)


@SEASONS.on(Season.BookingClosed)
def _booking_closed(event: Season.BookingClosed, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), is_open=False, closes_on=event.closed_on)


@SEASONS.on(Season.CalledOff)
def _called_off(event: Season.CalledOff, _: Entry) -> Iterable[Change]:
    yield SEASON.change((event.originator_id,), is_open=False, called_off_for=event.reason)


@SEASONS.on(Seating.Opened)
def _seating_opened(event: Seating.Opened, _: Entry) -> Iterable[Change]:
    season, seats = event.season_id, event.seats
    yield SEATING.put(seating_id=event.originator_id, season_id=season, seats=seats, taken=0, waiting=0)


@SEASONS.on(Seating.SeatsAdded)
def _seats_added(event: Seating.SeatsAdded, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), seats=event.seats)


@SEASONS.on(Seating.SeatsTaken)
def _seats_taken(event: Seating.SeatsTaken, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), taken=event.seats)


@SEASONS.on(Seating.SeatsReleased)
def _seats_released(event: Seating.SeatsReleased, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), taken=-event.seats)


@SEASONS.on(Seating.SeatsHeld)
def _seats_held(event: Seating.SeatsHeld, _: Entry) -> Iterable[Change]:
    seating, until = event.originator_id, event.until
    yield HOLD.put(hold_id=event.hold_id, seating_id=seating, seats=event.seats, until=until)


@SEASONS.on(Seating.HoldEnded)
def _hold_ended(event: Seating.HoldEnded, _: Entry) -> Iterable[Change]:
    yield HOLD.delete((event.hold_id,))


@SEASONS.on(Seating.QueueJoinedFirst)
def _queue_joined_first(event: Seating.QueueJoinedFirst, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), waiting=1)


@SEASONS.on(Seating.QueueJoined)
def _queue_joined(event: Seating.QueueJoined, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), waiting=1)


@SEASONS.on(Seating.QueueLeft)
def _queue_left(event: Seating.QueueLeft, _: Entry) -> Iterable[Change]:
    yield SEATING.add((event.originator_id,), waiting=-1)


def _material(season_id: UUID, become: Material) -> Change:
    return _materials(
        season_id, lambda known: [become if one.material_id == become.material_id else one for one in known]
    )


def _materials(season_id: UUID, become: Callable[[list[Material]], list[Material]]) -> Change:
    def fold(row: Row) -> Row:
        return {"materials": as_json(become(msgspec.json.decode(str(row["materials"]), type=list[Material])))}

    return SEASON.fold((season_id,), fold)


def _meeting(season_id: UUID, meeting_id: MeetingId, become: Callable[[Meeting], Meeting]) -> Change:
    return _meetings(
        season_id, lambda meetings: [become(one) if one.meeting_id == meeting_id else one for one in meetings]
    )


def _meetings(season_id: UUID, become: Callable[[list[Meeting]], list[Meeting]]) -> Change:
    def fold(row: Row) -> Row:
        meetings = become(msgspec.json.decode(str(row["meetings"]), type=list[Meeting]))
        first_on = _first_on(meetings, str(row["zone"]))
        last_on = _last_on(meetings, str(row["zone"]))
        known = as_json(meetings)
        return {"meetings": known, "first_on": first_on, "last_on": last_on, "sorts_on": first_on or date.max}

    return SEASON.fold((season_id,), fold)


def _first_on(meetings: list[Meeting], zone: str) -> date | None:
    starts = [one.time.start_at for one in meetings if one.time.start_at is not None]
    return day_in(min(starts), zone) if starts else None


def _last_on(meetings: list[Meeting], zone: str) -> date | None:
    """The season's last day; none while a meeting that is to be held has no day."""
    coming = [one for one in meetings if one.time.kind is not TimeKind.CALLED_OFF and not one.is_held]
    if any(one.time.end_at is None for one in coming):
        return None
    ends = [one.time.end_at or one.time.was_at for one in meetings]
    return max((day_in(end, zone) for end in ends if end is not None), default=None)
