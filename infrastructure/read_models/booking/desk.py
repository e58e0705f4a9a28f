"""The desk: each cancellation and transfer as a case, with what it asks, its rule, its effect, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.booking.cancellation import Cancellation
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line
from domain.kernel.personal import Encrypted
from domain.programme.network import Network
from infrastructure.read_models.kernel.projection import Cell, Change, Projection, Row, Table, as_bytes, as_json
from infrastructure.serialization.event_mapper import Entry

CASE = Table(
    "desk",
    "desk_case",
    {
        "case_id": "uuid",
        "kind": "text",
        "organiser_id": "uuid",
        "status": "text",
        "needs_decision": "boolean",
        "booking_id": "uuid",
        "season_id": "uuid",
        "seats": "jsonb",
        "person_id": "uuid",
        "to_person_id": "uuid",
        "organisation_id": "uuid",
        "requested_at": "timestamptz",
        "received_at": "timestamptz",
        "plea": "bytea",
        "assessment": "jsonb",
        "price": "bigint",
        "credit": "bigint",
        "difference": "bigint",
        "decided_by": "text",
        "decided_at": "timestamptz",
        "reason": "bytea",
        "position": "bigint",
    },
    key=("case_id",),
    indexes=("(organiser_id, needs_decision, position)", "(booking_id)"),
)
ASKED = Table(
    "desk",
    "admission_asked",
    {
        "network_id": "uuid",
        "person_id": "uuid",
        "season_id": "uuid",
        "asked_at": "timestamptz",
        "position": "bigint",
    },
    key=("network_id", "person_id"),
    indexes=("(season_id)",),
)
DESK = Projection("desk", version=2, tables=(CASE, ASKED))


@DESK.on(Cancellation.Requested)
def _requested(event: Cancellation.Requested, entry: Entry) -> Iterable[Change]:
    yield _case(
        "cancellation", event, entry, status="requested", seats=as_json(event.seats), received_at=event.received_at,
        plea=as_bytes(event.plea),
    )  # fmt: skip


@DESK.on(Cancellation.Assessed)
def _assessed(event: Cancellation.Assessed, _: Entry) -> Iterable[Change]:
    key, assessment = (event.originator_id,), as_json(event.assessment)
    yield CASE.change(key, assessment=assessment, price=_gross(event.price), credit=_gross(event.credit))


@DESK.on(Cancellation.Granted)
def _granted(event: Cancellation.Granted, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "granted", event.decided_by, entry.recorded_at, credit=_gross(event.credit))


@DESK.on(Cancellation.Waived)
def _waived(event: Cancellation.Waived, entry: Entry) -> Iterable[Change]:
    """What is waived comes on top of what was granted before, if it was."""
    more = _gross(event.credit)

    def add(row: Row) -> Row:
        given = row["credit"] if row["status"] == "granted" else 0
        return {"credit": more + (given if isinstance(given, int) else 0)}

    yield CASE.fold((event.originator_id,), add)
    yield _settled(event.originator_id, "waived", event.decided_by, entry.recorded_at, event.reason)


@DESK.on(Cancellation.Declined)
def _declined(event: Cancellation.Declined, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "declined", event.decided_by, entry.recorded_at, event.reason, credit=0)


@DESK.on(Cancellation.Withdrawn)
def _withdrawn(event: Cancellation.Withdrawn, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "withdrawn", entry.actor.partition("|")[0], entry.recorded_at, credit=0)


@DESK.on(Cancellation.Overtaken)
def _overtaken(event: Cancellation.Overtaken, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "overtaken", "", entry.recorded_at, credit=0)


@DESK.on(Cancellation.Undone)
def _undone(event: Cancellation.Undone, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "undone", event.decided_by, entry.recorded_at, credit=0)


@DESK.on(Transfer.Proposed)
def _proposed(event: Transfer.Proposed, entry: Entry) -> Iterable[Change]:
    yield _case(
        "transfer", event, entry, status="proposed", seats=as_json([event.seat]), received_at=entry.recorded_at,
        person_id=event.from_person_id, to_person_id=event.to_person_id, organisation_id=event.to_organisation_id,
        difference=_gross(event.difference), reason=as_bytes(event.reason),
    )  # fmt: skip


@DESK.on(Transfer.Accepted)
def _accepted(event: Transfer.Accepted, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "accepted", event.accepted_by, entry.recorded_at)


@DESK.on(Transfer.Declined)
def _transfer_declined(event: Transfer.Declined, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "declined", event.declined_by, entry.recorded_at, event.reason)


@DESK.on(Transfer.Overtaken)
def _transfer_overtaken(event: Transfer.Overtaken, entry: Entry) -> Iterable[Change]:
    yield _settled(event.originator_id, "overtaken", "", entry.recorded_at)


@DESK.on(Network.AdmissionAsked)
def _admission_asked(event: Network.AdmissionAsked, entry: Entry) -> Iterable[Change]:
    yield ASKED.put(
        network_id=event.originator_id,
        person_id=event.person_id,
        season_id=event.season_id,
        asked_at=event.asked_at,
        position=entry.position,
    )


@DESK.on(Network.AdmissionDecided)
def _admission_decided(event: Network.AdmissionDecided, _: Entry) -> Iterable[Change]:
    yield ASKED.delete((event.originator_id, event.person_id))


def _case(kind: str, event: Cancellation.Requested | Transfer.Proposed, entry: Entry, **own: Cell) -> Change:
    empty: dict[str, Cell] = dict.fromkeys(("person_id", "to_person_id", "organisation_id", "plea", "assessment"))
    cells: dict[str, Cell] = {
        "case_id": event.originator_id,
        "kind": kind,
        "organiser_id": event.organiser_id,
        "needs_decision": True,
        "booking_id": event.booking_id,
        "season_id": event.season_id,
        "requested_at": entry.recorded_at,
        "price": 0,
        "credit": 0,
        "difference": 0,
        "decided_by": "",
        "decided_at": None,
        "reason": None,
        "position": entry.position,
    }
    return CASE.put(**{**empty, **cells, **own})


def _settled(case_id: UUID, status: str, by: str, at: datetime, reason: Encrypted | None = None, **own: Cell) -> Change:
    cells: dict[str, Cell] = {"status": status, "needs_decision": False, "decided_by": by, "decided_at": at, **own}
    if reason is not None:
        cells["reason"] = as_bytes(reason)
    return CASE.change((case_id,), **cells)


def _gross(lines: tuple[Line, ...]) -> int:
    return sum(line.gross.amount for line in lines)
