"""What is known of people and organisations: lists by name, one of them, and what somebody may book for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.page import Page, PersonName
from application.kernel.use_case import organiser_of
from application.people.queries.people import (
    AffiliationRow,
    Employed,
    EmploymentRow,
    MembershipRow,
    OrganisationRow,
    PeopleQuestions,
    PersonRow,
)
from domain.kernel.eligibility import PriceAbove
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.text import visible
from domain.people.person_employment import Employment
from infrastructure.read_models.kernel.query import (
    SAME,
    Cells,
    Reader,
    Shape,
    Tables,
    bounded,
    page_by,
    place_in,
    read_json,
    where,
    written,
)
from infrastructure.read_models.kernel.sorting import search_key, sort_key
from infrastructure.read_models.people.name_search import NameSearch
from infrastructure.read_models.people.people_statements import (
    CONTACT_OF,
    CONTACTS,
    EMPLOYERS,
    EMPLOYMENTS,
    FACE,
    LEFT,
    LESS_EXACT,
    MEMBERSHIP,
    ONLY,
    ORGANISATION,
    PERSON,
    SEARCHED,
    WORKING,
)

_Affiliation = tuple[str, str, date | None, date | None, datetime]

_PERSON_ROW = Shape(
    PersonRow,
    encrypted=("name", "email", "needs", "phone", "asked_email"),
    json={"affiliations": list[_Affiliation]},
    made={
        "also": lambda cells: tuple(cells["also"]),
        "affiliations": lambda cells: tuple(AffiliationRow(*each) for each in cells["affiliations"]),
    },
)
_ORGANISATION_ROW = Shape(OrganisationRow, encrypted=("invoice_email",), json={"domains": tuple[str, ...]})
_MEMBERSHIP_ROW = Shape(
    MembershipRow,
    json={"periods": tuple[tuple[date, date | None], ...], "above": PriceAbove | None},
    names={"holder": "holder_id"},
)


class PeopleTables(Tables, PeopleQuestions):
    """Also `ContactsKnown` of the application."""

    def face_secret(self, organiser_id: UUID, digest: str) -> str | None:
        """Under what the picture is kept that somebody shows now."""
        rows = self._reader.query(FACE, [organiser_id, digest])
        return self._reader.decrypt([rows[0][0]])[0] if rows else None

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._names = NameSearch(reader)

    def people(
        self,
        actor: Actor,
        search: str = "",
        after: str | None = None,
        limit: int = 50,
        *,
        only: str = "",
        order: str = "name",
        employed: Employed | None = None,
    ) -> Page[PersonRow]:
        organiser_id, many = organiser_of(actor), bounded(limit)
        place = place_in(after, tuple[int, UUID])
        among = self._among(organiser_id, only, employed)
        if order == "latest":
            found = self._names.latest(organiser_id, search, among, place, many + 1)
        else:
            found = self._names.by_name(organiser_id, search, among, place)
        shown = list(islice(found, many + 1))
        more, shown = len(shown) > many, shown[:many]
        rows = {row.person_id: row for row in self._people("where person_id = any(%s::uuid[])", [shown])}
        cursor = written((max(place[0] if place else 0, 0) + many, shown[-1])) if more else None
        return Page(tuple(rows[PersonId(each)] for each in shown if each in rows), cursor)

    def named(self, actor: Actor, search: str, most: int) -> tuple[UUID, ...]:
        return tuple(islice(self._names.by_name(organiser_of(actor), search), most))

    def erasures(self, actor: Actor) -> tuple[PersonRow, ...]:
        asked = """where organiser_id = %s and merged_into is null and erasure_requested_at is not null
        order by erasure_requested_at, person_id"""
        return self._people(asked, [actor.organiser_id])

    def organisations(
        self, actor: Actor, search: str = "", after: str | None = None, limit: int = 50
    ) -> Page[OrganisationRow]:
        search = visible(search)
        words, digits = sort_key(search), search.replace("-", "").replace(" ", "")
        number = digits if digits.isdigit() else ""
        like, exact = search_key(words), (words, number, number)
        chosen, values = where(
            {
                SEARCHED: (organiser_of(actor), like, number, number, like),
                f"({LESS_EXACT}, sort_key, organisation_id) > (%s, %s, %s)": _after(after, exact),
            }
        )
        statement = f"{ORGANISATION} where {chosen} order by {LESS_EXACT}, sort_key, organisation_id limit %s"
        rows = self._reader.cells(statement, [*values, *exact, bounded(limit) + 1])
        for row in rows:
            is_exact = words in row["sort_key"] or (number and number in row["org_number"])
            row["is_less_exact"] = not is_exact
        return page_by(rows, limit, self._organisations, "is_less_exact", "sort_key", "organisation_id")

    def contacts_who_left(
        self, organiser_id: UUID, since: date, before: date
    ) -> tuple[tuple[OrganisationId, PersonId], ...]:
        rows = self._reader.query(LEFT, [organiser_id, since, before])
        return tuple((OrganisationId(organisation), PersonId(person)) for organisation, person in rows)

    def _person(self, person_id: UUID) -> PersonRow | None:
        return next(iter(self._people(f"where person_id = {SAME} and merged_into is null", [person_id])), None)

    def _organisation(self, organisation_id: UUID) -> OrganisationRow | None:
        rows = self._reader.cells(f"{ORGANISATION} where organisation_id = %s", [organisation_id])
        return next(iter(self._organisations(rows)), None)

    def _organisations_of(self, person_id: UUID, on: date) -> tuple[OrganisationRow, ...]:
        rows = self._reader.query(EMPLOYMENTS, [person_id])
        employments = read_json(list[Employment], rows[0][0]) if rows else []
        holding = [each for each in employments if each.holds_on(on)]
        employer = max(holding, key=lambda each: each.from_on, default=None)
        theirs = [row[0] for row in self._reader.query(CONTACT_OF, [person_id])]
        chosen = [*theirs, employer.organisation_id] if employer else theirs
        statement = f"{ORGANISATION} where organisation_id = any(%s::uuid[]) order by sort_key, organisation_id"
        return self._organisations(self._reader.cells(statement, [chosen]))

    def _memberships(
        self, organiser_id: UUID, holder_id: UUID | None, after: str | None, limit: int
    ) -> Page[MembershipRow]:
        chosen, values = where(
            {
                "m.organiser_id = %s and m.periods <> '[]'": organiser_id,
                f"(m.holder_id = %s or m.holder_id = {SAME})": (holder_id, holder_id) if holder_id else None,
                "m.position > %s::bigint": place_in(after, int),
            }
        )
        statement = f"{MEMBERSHIP} where {chosen} order by m.position limit {bounded(limit) + 1}"
        return self._reader.page(_MEMBERSHIP_ROW, statement, values, limit, "position")

    def _membership(self, membership_id: UUID) -> MembershipRow | None:
        return self._reader.row(_MEMBERSHIP_ROW, f"{MEMBERSHIP} where m.membership_id = %s", [membership_id])

    def _among(self, organiser_id: UUID, only: str, employed: Employed | None) -> set[UUID] | None:
        """Those of whom the list is; None: everybody."""
        among = None
        if only == "shared":
            among = self._names.alike(organiser_id)
        elif only in ONLY:
            among = {row[0] for row in self._reader.query(ONLY[only], [organiser_id])}
        if employed is None:
            return among
        working = self._working(organiser_id, employed)
        return working if among is None else among & working

    def _working(self, organiser_id: UUID, employed: Employed) -> set[UUID]:
        work, day = str(employed.organisation_id), employed.on
        values = [organiser_id, json.dumps([{"organisation_id": work}]), work, day, day]
        return {row[0] for row in self._reader.query(WORKING, values)}

    def _people(self, chosen: str, values: list[Any]) -> tuple[PersonRow, ...]:
        rows = self._reader.cells(f"{PERSON} {chosen}", values)
        for row in rows:
            row["employments"] = read_json(list[Employment], row["employments"])
        employers = list({job.organisation_id for row in rows for job in row["employments"]})
        names: dict[UUID, str] = dict(self._reader.query(EMPLOYERS, [employers])) if employers else {}
        for row in rows:
            row["employments"] = tuple(_employment(job, names) for job in row["employments"])
        return self._reader.shaped(_PERSON_ROW, rows)

    def _organisations(self, rows: list[Cells]) -> tuple[OrganisationRow, ...]:
        ids = [row["organisation_id"] for row in rows]
        contacts = self._reader.query(CONTACTS, [ids]) if ids else []
        names = self._reader.names([person_id for _, person_id in contacts])
        of_them = f"{MEMBERSHIP} where m.holder_id = any(%s::uuid[]) and m.periods <> '[]' order by m.position"
        held = self._reader.rows(_MEMBERSHIP_ROW, of_them, [ids]) if ids else ()
        for row in rows:
            organisation_id = row["organisation_id"]
            row["contacts"] = tuple(PersonName(who, names.get(who)) for at, who in contacts if at == organisation_id)
            row["memberships"] = tuple(each for each in held if each.holder_id == organisation_id)
        return self._reader.shaped(_ORGANISATION_ROW, rows)


def _after(after: str | None, exact: tuple[str, str, str]) -> tuple[object, ...] | None:
    place = place_in(after, tuple[bool, str, UUID])
    return None if place is None else (*exact, *place)


def _employment(job: Employment, names: Mapping[UUID, str]) -> EmploymentRow:
    return EmploymentRow(
        job.organisation_id, names.get(job.organisation_id, ""), job.role.value, job.from_on, job.until_on
    )
