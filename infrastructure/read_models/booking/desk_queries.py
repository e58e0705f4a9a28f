"""What the desk answers: the cases that wait for a person, and those that were settled."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from application.booking.queries.booking import BookingQuestions, BookingRow
from application.booking.queries.desk import AdmissionRow, CaseRow, DeskQuestions
from application.kernel.actor import Actor
from application.kernel.page import MOST, Page
from application.kernel.use_case import organiser_of
from domain.kernel.terms import Assessment
from infrastructure.read_models.kernel.query import SAME, Reader, Shape, Tables, bounded, place_in, where

_CASES = """
select c.case_id, c.kind, c.organiser_id, c.status, c.needs_decision, c.booking_id, c.season_id, s.title as season,
n.name as network, c.seats::text as seats, coalesce(c.person_id, p.person_id, b.booked_by) as person_id, c.to_person_id,
coalesce(c.organisation_id, b.organisation_id) as organisation_id, coalesce(o.name, '') as organisation, c.requested_at,
c.received_at, c.plea, c.assessment::text as assessment, c.price, c.credit, c.difference, c.decided_by, c.decided_at,
c.reason, case when c.needs_decision then -c.position else c.position end as turn
from desk.desk_case c join season.season s on s.season_id = c.season_id
join programme.network n on n.network_id = s.network_id
join booking.booking b on b.booking_id = c.booking_id
left join booking.seat p on p.booking_id = c.booking_id and p.no = (c.seats ->> 0)::bigint
left join people.organisation o on o.organisation_id = coalesce(c.organisation_id, b.organisation_id) """

_TURN = "case when c.needs_decision then -c.position else c.position end"

_PROPOSED_TO = f"""
c.organiser_id = %s and c.kind = 'transfer' and c.needs_decision and (
c.to_person_id = {SAME} or b.payer_person_id = {SAME} or exists (select 1 from people.contact k
    where k.person_id = %s and k.organisation_id in (c.organisation_id, b.organisation_id)))"""  # noqa: S608 # no input


_ASKED = """
select a.network_id, n.name as network, a.season_id, s.title as season, a.person_id, a.asked_at
from desk.admission_asked a join season.season s on s.season_id = a.season_id
join programme.network n on n.network_id = a.network_id
join people.person p on p.person_id = a.person_id and not p.is_erased
where s.organiser_id = %s order by a.position"""


_OFFERED_TO = f"""
select c.case_id from desk.desk_case c
where c.kind = 'transfer' and c.needs_decision and c.to_person_id = {SAME} order by c.position"""  # noqa: S608 # no input

_WAITING = "select case_id from desk.desk_case where booking_id = %s and needs_decision order by position"


_ADMISSION = Shape(AdmissionRow)
_CASE = Shape(
    CaseRow,
    encrypted=("plea", "reason"),
    json={"seats": tuple[int, ...], "assessment": Assessment},
    names={"name": "person_id", "to_name": "to_person_id"},
)


class DeskTables(Tables, DeskQuestions):
    """Also `WaitingCases` of the application."""

    def __init__(self, reader: Reader, bookings: BookingQuestions) -> None:
        super().__init__(reader)
        self._bookings = bookings

    def list(
        self,
        actor: Actor,
        kind: str = "",
        status: str = "",
        booking_id: UUID | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CaseRow]:
        chosen, values = where(
            {
                "c.organiser_id = %s": actor.organiser_id,
                "c.kind = %s": kind or None,
                "c.status = %s": status or None,
                "c.booking_id = %s": booking_id,
                f"(c.needs_decision, {_TURN}) < (%s::boolean, %s::bigint)": place_in(after, tuple[bool, int]),
            }
        )
        statement = f"{_CASES} where {chosen} order by c.needs_decision desc, {_TURN} desc limit %s"
        return self._reader.page(_CASE, statement, [*values, bounded(limit) + 1], limit, "needs_decision", "turn")

    def admissions(self, actor: Actor) -> tuple[AdmissionRow, ...]:
        return self._reader.rows(_ADMISSION, _ASKED, [actor.organiser_id])

    def proposed_to(self, actor: Actor) -> tuple[CaseRow, ...]:
        values = [organiser_of(actor), *[actor.person_id] * 3]
        return self._reader.rows(_CASE, f"{_CASES} where {_PROPOSED_TO} order by c.position", values)

    def waiting_about(self, booking_id: UUID) -> Sequence[UUID]:
        return [row[0] for row in self._reader.query(_WAITING, [booking_id])]

    def offered_to(self, person_id: UUID) -> Sequence[UUID]:
        return [row[0] for row in self._reader.query(_OFFERED_TO, [person_id])]

    def _case(self, case_id: UUID) -> CaseRow | None:
        return self._reader.row(_CASE, f"{_CASES} where c.case_id = %s", [case_id])

    def _of_booking(self, booking: BookingRow) -> tuple[CaseRow, ...]:
        order = f"order by c.needs_decision desc, {_TURN} desc limit {MOST}"
        return self._reader.rows(_CASE, f"{_CASES} where c.booking_id = %s {order}", [booking.booking_id])
