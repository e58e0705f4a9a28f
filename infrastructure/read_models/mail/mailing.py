"""Mailings with how far their letters have come, and the people that one may be sent to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from application.notifications.mailing import MailingRow, Reader
from domain.mail.mailing import Audience, AudienceKind, Mailing
from infrastructure.read_models.kernel.projection import Projection, recorded_at
from infrastructure.read_models.kernel.query import Shape, Tables
from infrastructure.read_models.kernel.table import Table

MAILING = Table(
    "mailing",
    "mailing",
    {
        "mailing_id": "uuid",
        "organiser_id": "uuid",
        "audience": "jsonb",
        "subject": "text",
        "text": "text",
        "people": "bigint",
        "written_at": "timestamptz",
        "sent_at": "timestamptz",
        "position": "bigint",
    },
    key=("mailing_id",),
    indexes=("(organiser_id, position)",),
)
MAILINGS = Projection("mailing", version=1, tables=(MAILING,))
MAILINGS.puts(Mailing.Written, MAILING, people=0, written_at=recorded_at, sent_at=None)
MAILINGS.sets(Mailing.Reworked, MAILING)
MAILINGS.sets(Mailing.Sent, MAILING, people=lambda event, _: len(event.people))

_MAILINGS = """
select m.mailing_id, m.organiser_id, m.audience::text as audience, m.subject, m.text, m.people, m.written_at, m.sent_at,
coalesce(l.delivered, 0) as delivered, coalesce(l.waiting, 0) as waiting, coalesce(l.failed, 0) as failed,
coalesce(l.unwanted, 0) as unwanted
from mailing.mailing m left join (
    select split_part(key, '/', 2) as mailing_id, count(*) filter (where state = 'sent') as delivered,
    count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as failed,
    count(*) filter (where state in ('unwanted', 'unreadable')) as unwanted
    from letter where organiser_id = %s and kind = any(array['mailing', 'season_news']) group by 1
) l on l.mailing_id = m.mailing_id::text
where m.organiser_id = %s order by m.position desc limit 200"""
_HELD = """
select distinct person_id from (
    select distinct on (s.booking_id, s.seat) s.person_id, s.is_over
    from roster.booked b join roster.sitting s on s.booking_id = b.booking_id
    join season.season x on x.season_id = b.season_id
    where {} = %s order by s.booking_id, s.seat, s.version desc) held where not is_over and person_id is not null"""
_CHOSEN: Mapping[AudienceKind, str] = {
    AudienceKind.PARTICIPANTS: _HELD.format("b.season_id"),
    AudienceKind.NETWORK: _HELD.format("x.called_off_for = '' and x.network_id"),
    AudienceKind.WAITING: """
select w.person_id from roster.waiting w join season.seating t on t.seating_id = w.seating_id where t.season_id = %s""",
    AudienceKind.ORGANISATION: """
select p.person_id from people.person p, jsonb_array_elements(p.employments) e
where e ->> 'organisation_id' = %s::text
and coalesce((e ->> 'until_on')::date, 'infinity') >= %s::date""",
}
_READERS = """
select distinct on (coalesce(q.person_id, p.person_id)) coalesce(q.person_id, p.person_id) as person_id,
coalesce(q.email, p.email) as email
from people.person p left join people.person q on q.person_id = p.merged_into
where p.person_id in ({}) and p.organiser_id = %s and not coalesce(q.is_erased, p.is_erased)
order by coalesce(q.person_id, p.person_id)"""

_ROW, _READER = Shape(MailingRow, json={"audience": Audience}), Shape(Reader, encrypted=("email",))


class MailingTables(Tables):
    """`application.notifications.mailing.MailingsModel` on the read models' tables."""

    def readers(self, organiser_id: UUID, audience: Audience) -> Sequence[Reader]:
        today = [self._reader.today(organiser_id)] if audience.kind is AudienceKind.ORGANISATION else []
        statement = _READERS.format(_CHOSEN[audience.kind])
        return self._reader.rows(_READER, statement, [audience.about, *today, organiser_id])

    def mailings(self, organiser_id: UUID) -> tuple[MailingRow, ...]:
        return self._reader.rows(_ROW, _MAILINGS, [organiser_id, organiser_id])
