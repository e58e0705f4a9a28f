"""Who wants to be told when booking opens, of what."""

from __future__ import annotations

from collections.abc import Iterable

from application.booking.opening_list import OpeningRow
from domain.booking.opening_list import OpeningList
from domain.kernel.ids import PersonId
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import SAME, Shape, Tables
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

LIST = Table(
    "opening",
    "list",
    {"list_id": "uuid", "organiser_id": "uuid", "network_id": "uuid", "season_id": "uuid"},
    key=("list_id",),
)
WAITS = Table(
    "opening",
    "waits",
    {"list_id": "uuid", "person_id": "uuid", "joined_at": "timestamptz"},
    key=("list_id", "person_id"),
    indexes=("(person_id)",),
)
OPENINGS = Projection("opening", version=1, tables=(LIST, WAITS))

OPENINGS.puts(OpeningList.Begun, LIST)
OPENINGS.puts(OpeningList.Joined, WAITS)
OPENINGS.deletes(OpeningList.Left, WAITS)

_MINE = f"""
select l.list_id, l.network_id, n.name as network, l.season_id, s.title as season, w.joined_at
from opening.waits w join opening.list l on l.list_id = w.list_id
join programme.network n on n.network_id = l.network_id
left join season.season s on s.season_id = l.season_id
where w.person_id = {SAME} order by w.joined_at, l.list_id"""  # noqa: S608 # no input
_ROW = Shape(OpeningRow)


@OPENINGS.on(OpeningList.Told)
def _told(event: OpeningList.Told, _: Entry) -> Iterable[Change]:
    return (WAITS.delete((event.originator_id, each)) for each in event.people)


class OpeningTables(Tables):
    """`application.booking.opening_list.OpeningsModel` on the read models' tables."""

    def openings_of(self, person_id: PersonId) -> tuple[OpeningRow, ...]:
        return self._reader.rows(_ROW, _MINE, [person_id])
