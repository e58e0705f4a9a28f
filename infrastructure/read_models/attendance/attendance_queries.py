"""What attendance answers: who came when; which tickets there are; and what a door must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from application.attendance.queries.attendance import AttendanceQuestions, CameRow
from application.attendance.ticket import Ticket
from application.kernel.actor import Actor
from application.kernel.use_case import organiser_of
from domain.kernel.ids import OrganiserId, TicketId
from infrastructure.read_models.kernel.query import SAME, Shape, Tables, by_name

_CAME = """
select a.season_id, a.meeting_id, a.person_id, a.organisation_id, coalesce(o.name, '') as organisation, a.booking_id,
a.seat, a.despite, s.title as season, n.name as network, m.came_at, m.again, m.how, m.drift
from attendance.attendance a
join lateral (
    select (array_agg(k.at order by k.at, k.version))[1] as came_at,
    (array_agg(k.at order by k.at, k.version))[2:] as again,
    (array_agg(k.how order by k.at, k.version))[1] as how, (array_agg(k.drift order by k.at, k.version))[1] as drift
    from attendance.mark k where k.attendance_id = a.attendance_id and k.is_in and not exists (
        select 1 from attendance.mark u where u.attendance_id = a.attendance_id and not u.is_in
        and (u.at, u.version) > (k.at, k.version))
) m on m.came_at is not null
join season.season s on s.season_id = a.season_id join programme.network n on n.network_id = s.network_id
left join people.organisation o on o.organisation_id = a.organisation_id
where a.organiser_id = %s and """

_TICKETS = """
select t.ticket_id, t.booking_id, t.seat, t.person_id, b.season_id from attendance.ticket t
join roster.booked b on b.booking_id = t.booking_id where b.organiser_id = %s and """

_HELD_FIRST = """
order by (select s.is_over or s.person_id is distinct from t.person_id from roster.sitting s
    where s.booking_id = t.booking_id and s.seat = t.seat order by s.version desc limit 1), t.ticket_id limit 1"""

_SUSPENDED_OR_OWED = """
select d.source_id, bool_or(p.invoice_id is not null), bool_or(a.balance > 0 and a.due_on < %s)
from invoice.document d left join invoice.account a on a.document_id = d.document_id
left join payment.rules r on r.organiser_id = d.organiser_id
left join payment.dispute p on p.invoice_id = d.document_id and p.state = 'open' and r.suspends_disputed
where d.season_id = %s and d.kind = 'invoice' group by d.source_id"""

_CAME_ROW = Shape(
    CameRow,
    names={"name": "person_id"},
    made={"again": lambda row: tuple(row["again"] or ())},
)
_TICKET = Shape(Ticket)


class AttendanceTables(Tables, AttendanceQuestions):
    """Also `Tickets` and `OwedSeats` of the application."""

    def of_season(self, actor: Actor, season_id: UUID) -> tuple[CameRow, ...]:
        return self.came_to(organiser_of(actor), season_id)

    def of_organisation(self, actor: Actor, organisation_id: UUID) -> tuple[CameRow, ...]:
        statement = f"{_CAME} a.organisation_id = %s order by m.came_at desc, a.attendance_id"
        return self._reader.rows(_CAME_ROW, statement, [organiser_of(actor), organisation_id])

    def came_as(self, organiser_id: OrganiserId, person_id: UUID) -> tuple[CameRow, ...]:
        statement = f"{_CAME} a.person_id = {SAME} order by m.came_at desc, a.attendance_id"
        return self._reader.rows(_CAME_ROW, statement, [organiser_id, person_id])

    def came_to(self, organiser_id: OrganiserId, season_id: UUID) -> tuple[CameRow, ...]:
        rows = self._reader.rows(_CAME_ROW, f"{_CAME} a.season_id = %s", [organiser_id, season_id])
        return tuple(sorted(rows, key=lambda row: (by_name(row.name), str(row.person_id), row.came_at)))

    def ticket(self, organiser_id: OrganiserId, ticket_id: TicketId) -> Ticket | None:
        return self._reader.row(_TICKET, f"{_TICKETS} t.ticket_id = %s", [organiser_id, ticket_id])

    def latest(self, organiser_id: OrganiserId, season_id: UUID, person_id: UUID) -> Ticket | None:
        statement = f"{_TICKETS} b.season_id = %s and t.person_id = {SAME} {_HELD_FIRST}"
        return self._reader.row(_TICKET, statement, [organiser_id, season_id, person_id])

    def tickets_of(self, organiser_id: OrganiserId, season_id: UUID) -> tuple[Ticket, ...]:
        statement = f"{_TICKETS} b.season_id = %s order by t.booking_id, t.seat, t.ticket_id"
        return self._reader.rows(_TICKET, statement, [organiser_id, season_id])

    def names_of(self, people: Iterable[UUID | None]) -> Mapping[UUID, str | None]:
        return self._reader.names(people)

    def by_name(self, name: str | None) -> tuple[bool, str]:
        return by_name(name)

    def owed(self, organiser_id: OrganiserId, season_id: UUID) -> Mapping[UUID, tuple[bool, bool]]:
        values = [self._reader.today(organiser_id), season_id]
        return {row[0]: (bool(row[1]), bool(row[2])) for row in self._reader.query(_SUSPENDED_OR_OWED, values)}
