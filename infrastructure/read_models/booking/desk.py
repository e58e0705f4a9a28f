"""The desk: each cancellation and transfer as a case, with what it asks, its rule, its effect, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.booking.cancellation import Cancellation
from domain.booking.transfer import Transfer
from domain.kernel.documents import Line
from domain.programme.network import Network
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.table import Cell, Change, Row, Table, as_bytes
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


_OPEN: Mapping[str, Cell] = {
    "needs_decision": True,
    "price": 0,
    "credit": 0,
    "decided_by": "",
    **dict.fromkeys(("decided_at", "assessment")),
}
_NO_CREDIT: Mapping[str, Cell] = {"needs_decision": False, "credit": 0}

DESK.puts(
    Cancellation.Requested,
    CASE,
    kind="cancellation",
    status="requested",
    requested_at=recorded_at,
    difference=0,
    **dict.fromkeys(("person_id", "to_person_id", "organisation_id", "reason")),
    **_OPEN,
)
DESK.sets(
    Cancellation.Assessed,
    CASE,
    price=lambda event, _: _gross(event.price),
    credit=lambda event, _: _gross(event.credit),
)
DESK.sets(
    Cancellation.Granted,
    CASE,
    status="granted",
    needs_decision=False,
    credit=lambda event, _: _gross(event.credit),
    decided_at=recorded_at,
)
DESK.sets(Cancellation.Declined, CASE, status="declined", decided_at=recorded_at, **_NO_CREDIT)
DESK.sets(
    Cancellation.Withdrawn,
    CASE,
    status="withdrawn",
    decided_by=lambda _, entry: entry.actor.partition("|")[0],
    decided_at=recorded_at,
    **_NO_CREDIT,
)
DESK.sets(Cancellation.Overtaken, CASE, status="overtaken", decided_by="", decided_at=recorded_at, **_NO_CREDIT)
DESK.sets(Cancellation.Undone, CASE, status="undone", decided_at=recorded_at, **_NO_CREDIT)

DESK.puts(
    Transfer.Proposed,
    CASE,
    kind="transfer",
    status="proposed",
    seats=lambda event, _: [event.seat],
    person_id=lambda event, _: event.from_person_id,
    organisation_id=lambda event, _: event.to_organisation_id,
    requested_at=recorded_at,
    received_at=recorded_at,
    plea=None,
    difference=lambda event, _: _gross(event.difference),
    **_OPEN,
)
DESK.sets(
    Transfer.Accepted,
    CASE,
    status="accepted",
    needs_decision=False,
    decided_by=lambda event, _: event.accepted_by,
    decided_at=recorded_at,
)
DESK.sets(
    Transfer.Declined,
    CASE,
    status="declined",
    needs_decision=False,
    decided_by=lambda event, _: event.declined_by,
    decided_at=recorded_at,
)
DESK.sets(Transfer.Overtaken, CASE, status="overtaken", needs_decision=False, decided_by="", decided_at=recorded_at)

DESK.puts(Network.AdmissionAsked, ASKED)
DESK.deletes(Network.AdmissionDecided, ASKED)


@DESK.on(Cancellation.Waived)
def _waived(event: Cancellation.Waived, entry: Entry) -> Iterable[Change]:
    """What is waived comes on top of what was granted before, if it was."""
    more = _gross(event.credit)

    def add(row: Row) -> Row:
        granted = row["credit"] if row["status"] == "granted" else 0
        return {"credit": more + (granted if isinstance(granted, int) else 0)}

    settled: Mapping[str, Cell] = {"status": "waived", "needs_decision": False, "decided_by": event.decided_by}
    yield CASE.fold((event.originator_id,), add)
    yield CASE.change((event.originator_id,), **settled, decided_at=entry.recorded_at, reason=as_bytes(event.reason))


def _gross(lines: tuple[Line, ...]) -> int:
    return sum(line.gross.amount for line in lines)
