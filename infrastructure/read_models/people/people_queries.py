"""What is known of people and organisations: lists by name, one of them, and what somebody may book for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.kernel.page import Page, PersonName
from application.people.queries.people import (
    AffiliationRow,
    Employed,
    EmploymentRow,
    MembershipRow,
    OrganisationRow,
    PersonRow,
)
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.text import visible
from domain.people.person import Employment
from infrastructure.read_models.kernel.name_index import Named, NameIndex
from infrastructure.read_models.kernel.query import SAME, Reader, Rows, bounded, page_of, place_in, read_json, written
from infrastructure.read_models.kernel.sorting import AFTER_Z, BEFORE_Z, search_key, sort_key

_Affiliation = tuple[str, str, date | None, date | None, datetime]

_PERSON = """
select person_id, organiser_id, name, email, is_email_confirmed, is_erased, employments::text, affiliations::text,
erasure_requested_at, needs, phone, asked_email, array(
    select same_id from people.known_as k where k.person_id = person.person_id and k.same_id <> person.person_id)
from people.person """

_NAMED = """
select person_id, name, email, position, merged_into is not null from people.person
where organiser_id = %s and position > %s::bigint order by position"""

_OF_ORGANISER = "select person_id from people.person where organiser_id = %s and merged_into is null and "
_ONLY = {
    "claimed": _OF_ORGANISER + "affiliations::text like '%%\"claimed\"%%'",
    "unconfirmed": _OF_ORGANISER + "not is_email_confirmed and email is not null",
    "asked": _OF_ORGANISER + "erasure_requested_at is not null",
    "erased": _OF_ORGANISER + "is_erased",
}

_WORKING = (
    _OF_ORGANISER
    + """not is_erased and employments @> %s::jsonb and exists (
select 1 from jsonb_array_elements(employments) job where job ->> 'organisation_id' = %s
and (job ->> 'from_on')::date <= %s and coalesce((job ->> 'until_on')::date, 'infinity') >= %s)"""
)

_ORGANISATION = """
select organisation_id, organiser_id, name, org_number, sector, address, vat_number, peppol_id, needs_reference,
domains::text, sort_key, country, language, is_collective, invoice_email from people.organisation """

_NUMBERED = "(%s <> '' and strpos(org_number, %s) > 0)"
_FOUND = f"strpos(translate(sort_key, '{AFTER_Z}', '{BEFORE_Z}'), %s) > 0"
_SEARCHED = f"""
organiser_id = %s and ({_FOUND} or {_NUMBERED}
or organisation_id in (select organisation_id from people.earlier_name where {_FOUND}))"""  # noqa: S608 # no input
_LESS_EXACT = f"not (strpos(sort_key, %s) > 0 or {_NUMBERED})"

_LEFT = """
select c.organisation_id, c.person_id from people.contact c join people.person p on p.person_id = c.person_id
where p.organiser_id = %s and exists (
    select 1 from jsonb_array_elements(p.employments) job
    where job ->> 'organisation_id' = c.organisation_id::text
    and (job ->> 'until_on')::date >= %s and (job ->> 'until_on')::date < %s)
order by c.position"""

_CONTACTS = """
select organisation_id, person_id from people.contact where organisation_id = any(%s::uuid[]) order by position"""

_MEMBERSHIP = """
select m.membership_id, m.organiser_id, m.holder_id, o.name, m.ground, m.periods::text, m.persons, m.position
from people.membership m left join people.organisation o on o.organisation_id = m.holder_id """

_CONTACT_OF = "select organisation_id from people.contact where person_id = %s"


class PeopleTables:
    """People, organisations and memberships on the read models' tables."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._index = NameIndex(self._since)

    def people(
        self,
        organiser_id: UUID,
        search: str,
        after: str | None,
        limit: int,
        only: str = "",
        order: str = "name",
        employed: Employed | None = None,
    ) -> Page[PersonRow]:
        """An organiser's people by name, or the latest first; `search` is part of a name or an address."""
        place = place_in(after, tuple[int, UUID])
        chosen = self._chosen(organiser_id, search, only, order)
        if employed is not None:
            working = self._working(organiser_id, employed)
            chosen = [person_id for person_id in chosen if person_id in working]
        start = _place_of(chosen, place) if place is not None else 0
        shown = list(chosen[start : start + bounded(limit)])
        more = start + limit < len(chosen)
        rows = {row[0]: row for row in self._reader.query(f"{_PERSON} where person_id = any(%s::uuid[])", [shown])}
        cursor = written((start + limit, shown[-1])) if more else None
        return Page(tuple(self._people([rows[one] for one in shown if one in rows])), cursor)

    def person(self, person_id: UUID) -> PersonRow | None:
        """One person; of an entry that was merged, whom it leads to."""
        rows = self._reader.query(f"{_PERSON} where person_id = {SAME} and merged_into is null", [person_id])
        return next(iter(self._people(rows)), None)

    def erasures(self, organiser_id: UUID) -> tuple[PersonRow, ...]:
        """Those who have asked to be erased, in the order they asked."""
        asked = """where organiser_id = %s and merged_into is null and erasure_requested_at is not null
        order by erasure_requested_at, person_id"""
        return tuple(self._people(self._reader.query(f"{_PERSON} {asked}", [organiser_id])))

    def organisations(self, organiser_id: UUID, search: str, after: str | None, limit: int) -> Page[OrganisationRow]:
        """An organiser's organisations by name; `search` is part of a name or a number, as it is written first.

        One that has taken another name is found by the one before, too.
        """
        search = visible(search)
        words, digits = sort_key(search), search.replace("-", "").replace(" ", "")
        number = digits if digits.isdigit() else ""
        found = search_key(words)
        given: list[Any] = [organiser_id, found, number, number, found]
        chosen, exact = _SEARCHED, [words, number, number]
        place = place_in(after, tuple[bool, str, UUID])
        if place is not None:
            chosen += f" and ({_LESS_EXACT}, sort_key, organisation_id) > (%s, %s, %s)"
            given += [*exact, *place]
        statement = f"{_ORGANISATION} where {chosen} order by {_LESS_EXACT}, sort_key, organisation_id limit %s"
        rows = self._reader.query(statement, [*given, *exact, bounded(limit) + 1])

        def place_of(row: tuple[Any, ...]) -> tuple[bool, str, UUID]:
            return words not in row[10] and not (number and number in row[3]), row[10], row[0]

        return page_of(rows, limit, self._organisations, place_of)

    def organisation(self, organisation_id: UUID) -> OrganisationRow | None:
        """One organisation."""
        rows = self._reader.query(f"{_ORGANISATION} where organisation_id = %s", [organisation_id])
        return next(iter(self._organisations(rows)), None)

    def contacts_who_left(
        self, organiser_id: UUID, since: date, before: date
    ) -> tuple[tuple[OrganisationId, PersonId], ...]:
        """Contacts whose last day at their organisation was on or after one day and before another."""
        rows = self._reader.query(_LEFT, [organiser_id, since, before])
        return tuple((OrganisationId(one), PersonId(who)) for one, who in rows)

    def organisations_of(self, person_id: UUID, on: date) -> tuple[OrganisationRow, ...]:
        """Those a person works for on a day or is a contact of: what they may book for."""
        rows = self._reader.query(f"{_PERSON} where person_id = {SAME} and merged_into is null", [person_id])
        employments = read_json(list[Employment], rows[0][6]) if rows else []
        holding = [one for one in employments if one.holds_on(on)]
        employer = max(holding, key=lambda one: one.from_on, default=None)
        theirs = [row[0] for row in self._reader.query(_CONTACT_OF, [person_id])]
        chosen = [*theirs, employer.organisation_id] if employer else theirs
        found = self._reader.query(
            f"{_ORGANISATION} where organisation_id = any(%s::uuid[]) order by sort_key, organisation_id", [chosen]
        )
        return tuple(self._organisations(found))

    def memberships(
        self, organiser_id: UUID, holder_id: UUID | None, after: str | None, limit: int
    ) -> Page[MembershipRow]:
        """An organiser's memberships, or those of one holder; in the order they were granted."""
        chosen = "m.organiser_id = %s and m.periods <> '[]'"
        given: list[Any] = [organiser_id]
        if holder_id is not None:
            chosen += f" and (m.holder_id = %s or m.holder_id = {SAME})"
            given.append(holder_id)
            given.append(holder_id)
        place = place_in(after, int)
        if place is not None:
            chosen += " and m.position > %s::bigint"
            given.append(place)
        statement = f"{_MEMBERSHIP} where {chosen} order by m.position limit %s"
        rows = self._reader.query(statement, [*given, bounded(limit) + 1])
        return page_of(rows, limit, self._memberships, lambda row: row[7])

    def membership(self, membership_id: UUID) -> MembershipRow | None:
        """One membership."""
        rows = self._reader.query(f"{_MEMBERSHIP} where m.membership_id = %s", [membership_id])
        return next(iter(self._memberships(rows)), None)

    def _chosen(self, organiser_id: UUID, search: str, only: str, order: str) -> Sequence[UUID]:
        find = self._index.latest if order == "latest" else self._index.by_name
        found = find(organiser_id, search)
        if only == "shared":
            alike = self._index.alike(organiser_id)
            return [person_id for person_id in found if person_id in alike]
        if only not in _ONLY:
            return found
        wanted = {row[0] for row in self._reader.query(_ONLY[only], [organiser_id])}
        return [person_id for person_id in found if person_id in wanted]

    def _working(self, organiser_id: UUID, employed: Employed) -> set[UUID]:
        work, day = str(employed.organisation_id), employed.on
        given = [organiser_id, json.dumps([{"organisation_id": work}]), work, day, day]
        return {row[0] for row in self._reader.query(_WORKING, given)}

    def _since(self, organiser_id: UUID, position: int) -> list[Named]:
        rows = self._reader.query(_NAMED, [organiser_id, position])
        names = self._reader.decrypt([row[1] for row in rows])
        emails = self._reader.decrypt([row[2] for row in rows])
        return [
            Named(row[0], name, email, row[3], row[4]) for row, name, email in zip(rows, names, emails, strict=True)
        ]

    def _people(self, rows: Rows) -> list[PersonRow]:
        names, *others = (self._reader.decrypt([row[no] for row in rows]) for no in (2, 3, 9, 10, 11))
        employments = [read_json(list[Employment], row[6]) for row in rows]
        employers = self._names_of(one.organisation_id for each in employments for one in each)
        return [
            _person(row, name, told, _employments(each, employers))
            for row, name, told, each in zip(rows, names, zip(*others, strict=True), employments, strict=True)
        ]

    def _names_of(self, organisations: Iterable[UUID]) -> dict[UUID, str]:
        wanted = list(set(organisations))
        if not wanted:
            return {}
        statement = "select organisation_id, name from people.organisation where organisation_id = any(%s::uuid[])"
        return dict(self._reader.query(statement, [wanted]))

    def _organisations(self, rows: Rows) -> list[OrganisationRow]:
        ids = [row[0] for row in rows]
        if not ids:
            return []
        contacts = self._reader.query(_CONTACTS, [ids])
        names = self._reader.names([row[1] for row in contacts])
        of_them = "where m.holder_id = any(%s::uuid[]) and m.periods <> '[]' order by m.position"
        held = self._memberships(self._reader.query(f"{_MEMBERSHIP} {of_them}", [ids]))
        emails = self._reader.decrypt([row[14] for row in rows])
        return [
            _organisation((*row[:14], email), contacts, names, held) for row, email in zip(rows, emails, strict=True)
        ]

    def _memberships(self, rows: Rows) -> list[MembershipRow]:
        names = self._reader.names([row[2] for row in rows if row[3] is None])
        return [_membership(row, row[3] or names.get(row[2])) for row in rows]


def _person(
    row: tuple[Any, ...], name: str | None, told: tuple[str | None, ...], jobs: tuple[EmploymentRow, ...]
) -> PersonRow:
    email, *others = told
    cells = [*row[:2], name, email, *row[4:6], jobs, _affiliations(row[7]), row[8], *others, tuple(row[12])]
    return PersonRow(*cells)


def _membership(row: tuple[Any, ...], holder: str | None) -> MembershipRow:
    cells = [*row[:3], holder, row[4], read_json(tuple[tuple[date, date | None], ...], row[5]), row[6]]
    return MembershipRow(*cells)


def _organisation(
    row: tuple[Any, ...], contacts: Rows, names: Mapping[UUID, str | None], held: Sequence[MembershipRow]
) -> OrganisationRow:
    organisation_id = row[0]
    domains = read_json(tuple[str, ...], row[9])
    named = tuple(PersonName(who, names.get(who)) for one, who in contacts if one == organisation_id)
    memberships = tuple(one for one in held if one.holder_id == organisation_id)
    cells = [*row[:9], domains, named, memberships, *row[11:]]
    return OrganisationRow(*cells)


def _employments(employments: list[Employment], names: Mapping[UUID, str]) -> tuple[EmploymentRow, ...]:
    return tuple(
        EmploymentRow(
            one.organisation_id, names.get(one.organisation_id, ""), one.role.value, one.from_on, one.until_on
        )
        for one in employments
    )


def _affiliations(text: str) -> tuple[AffiliationRow, ...]:
    return tuple(AffiliationRow(*each) for each in read_json(list[_Affiliation], text))


def _place_of(people: Sequence[UUID], place: tuple[int, UUID]) -> int:
    """Where the next page starts: after the person the last one ended with, wherever they stand now."""
    count, last = place
    return people.index(last) + 1 if last in people else max(count, 0)
