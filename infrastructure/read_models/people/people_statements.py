"""What is asked of the tables of people, organisations, contacts and memberships, in SQL."""

from __future__ import annotations

from infrastructure.read_models.kernel.query import SAME
from infrastructure.read_models.kernel.sorting import AFTER_Z, BEFORE_Z
from infrastructure.read_models.people.people_tables import HAS_CLAIMED

PERSON = """
select person_id, organiser_id, name, email, is_email_confirmed, is_erased, employments::text as employments,
affiliations::text as affiliations, erasure_requested_at, needs, phone, asked_email, face,
array(select same_id from people.known_as k where k.person_id = person.person_id and k.same_id <> person.person_id)
as also
from people.person """

EMPLOYMENTS = f"select employments::text from people.person where person_id = {SAME} and merged_into is null"  # noqa: S608 # no input
FACE = "select face_secret from people.person where organiser_id = %s and face = %s and face <> ''"
EMPLOYERS = "select organisation_id, name from people.organisation where organisation_id = any(%s::uuid[])"

OF_ORGANISER = "select person_id from people.person where organiser_id = %s and merged_into is null and "
ONLY = {
    "claimed": OF_ORGANISER + HAS_CLAIMED,
    "unconfirmed": OF_ORGANISER + "not is_email_confirmed and email is not null",
    "asked": OF_ORGANISER + "erasure_requested_at is not null",
    "erased": OF_ORGANISER + "is_erased",
}

WORKING = (
    OF_ORGANISER
    + """not is_erased and employments @> %s::jsonb and exists (
select 1 from jsonb_array_elements(employments) job where job ->> 'organisation_id' = %s
and (job ->> 'from_on')::date <= %s and coalesce((job ->> 'until_on')::date, 'infinity') >= %s)"""
)

ORGANISATION = """
select organisation_id, organiser_id, name, org_number, sector, address, vat_number, peppol_id, needs_reference,
domains::text as domains, sort_key, country, language, is_collective, invoice_email from people.organisation """

NUMBERED = "(%s <> '' and strpos(org_number, %s) > 0)"
FOUND = f"strpos(translate(sort_key, '{AFTER_Z}', '{BEFORE_Z}'), %s) > 0"
SEARCHED = f"""
organiser_id = %s and ({FOUND} or {NUMBERED}
or organisation_id in (select organisation_id from people.earlier_name where {FOUND}))"""  # noqa: S608 # no input
LESS_EXACT = f"not (strpos(sort_key, %s) > 0 or {NUMBERED})"

LEFT = """
select c.organisation_id, c.person_id from people.contact c join people.person p on p.person_id = c.person_id
where p.organiser_id = %s and exists (
    select 1 from jsonb_array_elements(p.employments) job
    where job ->> 'organisation_id' = c.organisation_id::text
    and (job ->> 'until_on')::date >= %s and (job ->> 'until_on')::date < %s)
order by c.position"""

CONTACTS = """
select organisation_id, person_id from people.contact where organisation_id = any(%s::uuid[]) order by position"""

MEMBERSHIP = """
select m.membership_id, m.organiser_id, m.holder_id, o.name as holder, m.ground, m.periods::text as periods, m.persons,
m.above::text as above, m.position
from people.membership m left join people.organisation o on o.organisation_id = m.holder_id """

CONTACT_OF = "select organisation_id from people.contact where person_id = %s"
