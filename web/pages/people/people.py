"""People and organisations as staff look them up: search in one field, filter, sort, and take along as a file."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, render_template, request

from application.billing.queries.invoice import DocumentFilter
from application.people.queries.people import Employed, OrganisationRow, PersonRow
from web.pages.kernel.forms import search_words
from web.pages.kernel.visit import Answer, Visit, say, services, today, visit_signed_in
from web.reports.spreadsheet import list_file
from web.words.formats import org_number
from web.words.wording import period

pages = Blueprint("people", __name__)

ONLY = ("claimed", "unconfirmed", "shared", "asked", "erased")
ORDERS = ("name", "latest")
KINDS = ("csv", "xlsx")
MOST_EMPLOYED = 20
"""Of those who work for an organisation, on its page; the rest in the list."""


@pages.get("/<slug>/people")
def people() -> Answer:
    """People by name, or those whose name or address has the words."""
    visit = visit_signed_in()
    words, only, order = _asked()
    after, employer = request.args.get("after"), _employer(visit)
    listed = services().people_questions.people(
        visit.actor, words, after, only=only, order=order, employed=_employed(visit, employer)
    )
    return render_template(
        "people.html",
        found=listed,
        words=words,
        only=only,
        order=order,
        employer=employer,
        all_only=ONLY,
        orders=ORDERS,
        kinds=KINDS,
    )


@pages.get("/<slug>/people.<any(csv, xlsx):saved_as>")
def people_file(saved_as: str) -> Answer:
    """The same people as a file."""
    visit = visit_signed_in()
    employed = _employed(visit, _employer(visit))
    found = services().people_questions.every_person(visit.actor, *_asked(), employed=employed)
    header = [say()(f"people.{name}") for name in ("name", "email", "work", "grounds")]
    return list_file(saved_as, say()("people.file_name"), header, map(_person_cells, found))


@pages.get("/<slug>/organisations")
def organisations() -> Answer:
    """Organisations by name, or those whose name or number has the words."""
    visit = visit_signed_in()
    words = search_words(request.args.get("q", ""))
    found = services().people_questions.organisations(visit.actor, words, request.args.get("after"))
    return render_template("organisations.html", found=found, words=words, kinds=KINDS)


@pages.get("/<slug>/organisations.<any(csv, xlsx):saved_as>")
def organisations_file(saved_as: str) -> Answer:
    """The same organisations as a file."""
    visit = visit_signed_in()
    words = search_words(request.args.get("q", ""))
    found = services().people_questions.every_organisation(visit.actor, words)
    header = [say()(f"organisations.{name}") for name in ("name", "number", "sector", "membership", "address")]
    return list_file(saved_as, say()("organisations.file_name"), header, map(_organisation_cells, found))


@pages.get("/<slug>/organisations/<uuid:organisation_id>")
def organisation(organisation_id: UUID) -> Answer:
    """One organisation: billing, contacts, people, memberships, bookings, invoices."""
    visit = visit_signed_in()
    questions = services().people_questions
    row = questions.organisation(visit.actor, organisation_id)
    at = Employed(organisation_id, today(visit.zone))
    employed = questions.people(visit.actor, limit=MOST_EMPLOYED, employed=at) if visit.is_admin else None
    documents = services().invoice_questions.list(
        visit.actor, DocumentFilter(organisation_id=organisation_id), None, 10
    )
    return render_template(
        "organisation.html",
        row=row,
        memberships=row.memberships,
        bookings=services().booking_questions.all(visit.actor, organisation_id=organisation_id),
        employed=employed,
        came=services().attendance.of_organisation(visit.actor, organisation_id) if visit.is_admin else (),
        documents=documents.items,
    )


def _asked() -> tuple[str, str, str]:
    only, order = request.args.get("only", ""), request.args.get("order", "")
    words = search_words(request.args.get("q", ""))
    return words, only if only in ONLY else "", order if order in ORDERS else "name"


def _employer(visit: Visit) -> OrganisationRow | None:
    """The organisation whose people are asked for, if it is. Raises NotFound."""
    try:
        organisation_id = UUID(request.args.get("at", ""))
    except ValueError:
        return None
    return services().people_questions.organisation(visit.actor, organisation_id)


def _employed(visit: Visit, employer: OrganisationRow | None) -> Employed | None:
    return Employed(employer.organisation_id, today(visit.zone)) if employer else None


def _person_cells(row: PersonRow) -> list[str]:
    work = "; ".join(f"{say()(f'people.role_{job.role}')}, {job.organisation}" for job in row.employments)
    return [row.name or say()("frame.erased"), row.email or "", work, "; ".join(_grounds(row))]


def _grounds(row: PersonRow) -> Iterator[str]:
    for each in row.affiliations:
        yield f"{say()(f'people.ground_{each.ground}')} ({say()(f'people.status_{each.status}')})"


def _organisation_cells(row: OrganisationRow) -> list[str]:
    held = "; ".join(
        f"{say()(f'people.ground_{one.ground}')} {period(one.periods[-1], say())}" for one in row.memberships
    )
    return [row.name, org_number(row.org_number), say()(f"organisations.sector_{row.sector}"), held, row.address]
