"""What an entry of a person has, asked before it is merged into another."""

from __future__ import annotations

from uuid import UUID

from application.booking.merging import Things
from domain.kernel.ids import OrganisationId, SeasonId
from infrastructure.read_models.kernel.query import Rows, Tables

_SAME = "select same_id from people.known_as where person_id = %(person)s"
_SEATED = """
select distinct b.season_id from booking.seat s join booking.booking b on b.booking_id = s.booking_id
where s.person_id in ({same}) and not s.is_cancelled order by 1"""
_WAITING = """
select t.season_id from roster.waiting w join season.seating t on t.seating_id = w.seating_id
where w.person_id in ({same}) order by w.position"""
_KEPT = """
select season_id from first_refusal.refusal where state = 'offered' and person_id in ({same}) order by position"""
_APPLIED = """
select distinct season_id from application.application
where status = 'waiting' and person_id in ({same}) order by season_id"""
_CONTACT_OF = "select organisation_id from people.contact where person_id in ({same}) order by position"
_COUNTS = """
select (select count(*) from booking.booking b where b.booked_by in ({same}) or b.payer_person_id in ({same})
    or b.booking_id in (select booking_id from booking.seat where person_id in ({same}))),
(select count(*) from invoice.document where person_id in ({same})),
(select count(*) from letter where person_id in ({same})),
(select count(*) from people.membership where holder_id in ({same}) and periods <> '[]')"""


class MergingTables(Tables):
    """`application.booking.merging.MergingModel` on the read models' tables."""

    def things_of(self, person_id: UUID) -> Things:
        seated, waiting, kept, applied, contact_of = (
            [row[0] for row in self._rows(each, person_id)]
            for each in (_SEATED, _WAITING, _KEPT, _APPLIED, _CONTACT_OF)
        )
        [(bookings, documents, letters, memberships)] = self._rows(_COUNTS, person_id)
        return Things(
            bookings,
            documents,
            letters,
            memberships,
            seated=tuple(SeasonId(each) for each in seated),
            waiting=tuple(SeasonId(each) for each in waiting),
            kept=tuple(SeasonId(each) for each in kept),
            applied=tuple(SeasonId(each) for each in applied),
            contact_of=tuple(OrganisationId(each) for each in contact_of),
        )

    def _rows(self, statement: str, person_id: UUID) -> Rows:
        return self._reader.query(statement.format(same=_SAME), {"person": person_id})
