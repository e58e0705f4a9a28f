"""Who is vouched for where; gone once it is verified or refuted, of either entry where two are one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from application.booking.queries.vouch import VouchQuestions, VouchRow
from application.kernel.actor import Actor
from domain.kernel.ids import BookingId, OrganisationId, PersonId
from domain.people.person import Person
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import SAME, Shape, Tables
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

VOUCH = Table(
    "vouch",
    "vouch",
    {
        "person_id": "uuid",
        "organisation_id": "uuid",
        "role": "text",
        "from_on": "date",
        "vouched_by": "uuid",
        "vouched_at": "timestamptz",
        "position": "bigint",
    },
    key=("person_id", "organisation_id"),
    indexes=("(organisation_id)",),
)
VOUCHES = Projection("vouch", version=1, tables=(VOUCH,))

VOUCHES.puts(Person.EmploymentVouched, VOUCH)
VOUCHES.deletes(Person.EmploymentRefuted, VOUCH)
VOUCHES.deletes(Person.Employed, VOUCH)


@VOUCHES.on(Person.Absorbed)
def _absorbed(event: Person.Absorbed, _: Entry) -> Iterable[Change]:
    """What is known of either entry, or was refuted for it, nobody is asked about."""
    decided = (*(each.organisation_id for each in event.employments), *event.refuted)
    return [VOUCH.delete((event.originator_id, each)) for each in dict.fromkeys(decided)]


_WAITING = """
select v.person_id, p.email, v.organisation_id, o.name as organisation, v.role, v.from_on, v.vouched_by, v.vouched_at
from vouch.vouch v join people.organisation o on o.organisation_id = v.organisation_id
join people.person p on p.person_id = v.person_id and not p.is_erased and p.merged_into is null
where o.organiser_id = %s order by v.position"""
_AT = "select person_id from vouch.vouch where organisation_id = %s"
_SEATS = f"""
select booking_id, no from booking.seat
where person_id = {SAME} and organisation_id = %s and not is_cancelled order by booking_id, no"""  # noqa: S608 # no input

_ROW = Shape(VouchRow, encrypted=("email",), names={"name": "person_id", "voucher": "vouched_by"})


class VouchTables(Tables, VouchQuestions):
    """Also `VouchedModel` of the application."""

    def waiting(self, actor: Actor) -> tuple[VouchRow, ...]:
        return self._reader.rows(_ROW, _WAITING, [actor.organiser_id])

    def vouched_at(self, organisation_id: OrganisationId) -> Sequence[PersonId]:
        return [PersonId(row[0]) for row in self._reader.query(_AT, [organisation_id])]

    def seats_at(self, person_id: PersonId, organisation_id: OrganisationId) -> Sequence[tuple[BookingId, int]]:
        return [(BookingId(row[0]), int(row[1])) for row in self._reader.query(_SEATS, [person_id, organisation_id])]
