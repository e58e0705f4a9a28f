"""Participation: what was answered for each seat and meeting; what was answered before is in the log."""

from __future__ import annotations

from domain.attendance.participation import Answer, Participation
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Table

MEETING = Table(
    "participation",
    "meeting",
    {"participation_id": "uuid", "organiser_id": "uuid", "season_id": "uuid", "meeting_id": "uuid"},
    key=("participation_id",),
    indexes=("(season_id)",),
)
ANSWER = Table(
    "participation",
    "answer",
    {"participation_id": "uuid", "booking_id": "uuid", "seat": "bigint", "person_id": "uuid", "answer": "text"},
    key=("participation_id", "booking_id", "seat", "person_id"),
    indexes=("(booking_id)",),
)
"""It counts as long as the seat is held by the same person: whoever asks looks there."""

PARTICIPATIONS = Projection("participation", version=1, tables=(MEETING, ANSWER))


PARTICIPATIONS.puts(Participation.Begun, MEETING)
PARTICIPATIONS.puts(
    Participation.WayChosen, ANSWER, participation_id=aggregate_id, answer=lambda event, _: event.way.value
)
PARTICIPATIONS.puts(Participation.ComingDeclined, ANSWER, participation_id=aggregate_id, answer=Answer.NOT_COMING.value)
