"""What people tell of themselves, sealed: to all (no season), and to those who take part with them in a season."""

from __future__ import annotations

from collections.abc import Iterable

from domain.people.person import Person
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

_TOLD = {"words": "bytea", "shows_email": "boolean", "shows_phone": "boolean"}
PRESENTATION = Table("introduction", "presentation", {"person_id": "uuid", **_TOLD}, key=("person_id",))
INTRODUCTION = Table(
    "introduction",
    "introduction",
    {"season_id": "uuid", "person_id": "uuid", **_TOLD},
    key=("season_id", "person_id"),
)
INTRODUCTIONS = Projection("introduction", version=1, tables=(PRESENTATION, INTRODUCTION))


INTRODUCTIONS.puts(Person.Presented, PRESENTATION)
INTRODUCTIONS.deletes(Person.PresentationTakenBack, PRESENTATION)
INTRODUCTIONS.puts(Person.Introduced, INTRODUCTION, person_id=aggregate_id)


@INTRODUCTIONS.on(Person.IntroductionTakenBack)
def _taken_back(event: Person.IntroductionTakenBack, _: Entry) -> Iterable[Change]:
    yield INTRODUCTION.delete((event.season_id, event.originator_id))
