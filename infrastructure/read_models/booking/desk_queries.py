"""What the desk answers: the cases that wait for a person, and those that were settled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from application.booking.queries.desk import AdmissionRow, CaseRow
from application.kernel.page import Page
from domain.kernel.terms import Assessment
from infrastructure.read_models.kernel.query import SAME, Reader, Rows, bounded, page_of, place_in, read_json

_CASES = """
select c.case_id, c.kind, c.organiser_id, c.status, c.needs_decision, c.booking_id, c.season_id, s.title,
c.seats::text, coalesce(c.person_id, p.person_id, b.booked_by), c.to_person_id,
coalesce(c.organisation_id, b.organisation_id), o.name, c.requested_at, c.received_at, c.plea, c.assessment::text,
c.price, c.credit, c.difference, c.decided_by, c.decided_at, c.reason, c.position
from desk.desk_case c join season.season s on s.season_id = c.season_id
join booking.booking b on b.booking_id = c.booking_id
left join booking.seat p on p.booking_id = c.booking_id and p.no = (c.seats ->> 0)::bigint
left join people.organisation o on o.organisation_id = coalesce(c.organisation_id, b.organisation_id) """

_TURN = "case when c.needs_decision then -c.position else c.position end"

_PROPOSED_TO = f"""
c.organiser_id = %s and c.kind = 'transfer' and c.needs_decision and (
c.to_person_id = {SAME} or b.payer_person_id = {SAME} or exists (select 1 from people.contact k
    where k.person_id = %s and k.organisation_id in (c.organisation_id, b.organisation_id)))"""  # noqa: S608 # no input


_ASKED = """
select a.network_id, n.name, a.season_id, s.title, a.person_id, a.asked_at
from desk.admission_asked a join season.season s on s.season_id = a.season_id
join programme.network n on n.network_id = a.network_id
join people.person p on p.person_id = a.person_id and not p.is_erased
where s.organiser_id = %s order by a.position"""


_OFFERED_TO = f"""
select c.case_id from desk.desk_case c
where c.kind = 'transfer' and c.needs_decision and c.to_person_id = {SAME} order by c.position"""  # noqa: S608 # no input

_WAITING = "select case_id from desk.desk_case where booking_id = %s and needs_decision order by position"


class DeskTables:
    """`application.booking.queries.desk.DeskModel` on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def waiting_about(self, booking_id: UUID) -> list[UUID]:
        """The cases of a booking that wait for somebody, oldest first."""
        return [row[0] for row in self._reader.query(_WAITING, [booking_id])]

    def offered_to(self, person_id: UUID) -> list[UUID]:
        """The proposals that somebody takes over a seat and that wait for a yes, oldest first."""
        return [row[0] for row in self._reader.query(_OFFERED_TO, [person_id])]

    def cases(
        self, organiser_id: UUID, kind: str, status: str, booking_id: UUID | None, after: str | None, limit: int
    ) -> Page[CaseRow]:
        """An organiser's cases: those that need a decision, oldest first; then the settled ones, latest first."""
        chosen = "c.organiser_id = %s"
        given: list[Any] = [organiser_id]
        for column, value in (("kind", kind), ("status", status), ("booking_id", booking_id)):
            if value:
                chosen += f" and c.{column} = %s"
                given.append(value)
        place = place_in(after, tuple[bool, int])
        if place is not None:
            chosen += f" and (c.needs_decision, {_TURN}) < (%s::boolean, %s::bigint)"
            given += place
        statement = f"{_CASES} where {chosen} order by c.needs_decision desc, {_TURN} desc limit %s"
        rows = self._reader.query(statement, [*given, bounded(limit) + 1])
        return page_of(rows, limit, self._rows, lambda row: (row[4], -row[23] if row[4] else row[23]))

    def case(self, case_id: UUID) -> CaseRow | None:
        """One case."""
        rows = self._reader.query(f"{_CASES} where c.case_id = %s", [case_id])
        return next(iter(self._rows(rows)), None)

    def proposed_to(self, organiser_id: UUID, person_id: UUID) -> tuple[CaseRow, ...]:
        """Transfers that wait for a yes from somebody who would take the seat or pay, or their organisation."""
        given = [organiser_id, person_id, person_id, person_id]
        return tuple(self._rows(self._reader.query(f"{_CASES} where {_PROPOSED_TO} order by c.position", given)))

    def admissions(self, organiser_id: UUID) -> tuple[AdmissionRow, ...]:
        """Those who have asked to be admitted and whom nobody has decided about, in the order they asked."""
        return tuple(AdmissionRow(*row) for row in self._reader.query(_ASKED, [organiser_id]))

    def _rows(self, rows: Rows) -> list[CaseRow]:
        names = self._reader.names([who for row in rows for who in row[9:11]])
        texts = self._reader.decrypt([text for row in rows for text in (row[15], row[22])])
        pleas, reasons = texts[::2], texts[1::2]
        return [
            _case(row, names.get(row[9]), names.get(row[10]), plea, reason)
            for row, plea, reason in zip(rows, pleas, reasons, strict=True)
        ]


def _case(row: tuple[Any, ...], name: str | None, to_name: str | None, plea: str | None, reason: str | None) -> CaseRow:
    seats, assessment = read_json(tuple[int, ...], row[8]), read_json(Assessment, row[16]) if row[16] else None
    about = [seats, row[9], name, row[10], to_name, row[11], row[12] or "", *row[13:15], plea, assessment]
    cells = [*row[:8], *about, *row[17:22], reason]
    return CaseRow(*cells)
