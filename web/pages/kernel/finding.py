"""Finding what a reader means: organisations and people by the words that were typed, goods and names by their id."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from application.people.queries.people import OrganisationRow, PersonRow
from application.programme.queries.goods import GoodsRow
from domain.kernel.errors import NotFound, PlatsError
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.visit import Visit, say, services

MOST_FOUND = 20


def organisation_meant(visit: Visit, form: Form, name: str) -> OrganisationRow | None:
    """The one organisation whose number or name was typed; none, or more than one, is a problem at the field."""
    words = search_words(form.required(name))
    if not words:
        return None
    found = services().people_questions.organisations(visit.actor, words, limit=MOST_FOUND).items
    number = "".join(mark for mark in words if mark.isdigit())
    exact = [each for each in found if each.org_number == number or each.name.lower() == words.lower()]
    meant = exact or list(found)
    if len(meant) == 1:
        return meant[0]
    form.problems.note(name, "form.several_organisations" if meant else "form.no_organisation", words=words)
    return None


def people_meant(visit: Visit, words: str, most: int = MOST_FOUND) -> tuple[PersonRow, ...]:
    """The people whose name or address has the words; nobody where nothing was typed."""
    if not words:
        return ()
    found = services().people_questions.people(visit.actor, words, limit=most).items
    return tuple(each for each in found if not each.is_erased)


def goods_of(visit: Visit, goods_id: UUID) -> GoodsRow:
    """Goods of the organiser that is visited. Raises NotFound."""
    known = services().goods_questions.goods(visit.organiser.organiser_id)
    for each in known:
        if each.goods_id == goods_id:
            return each
    raise NotFound(what="goods")


def names_of(visit: Visit, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """What people are called, for the reader; whom they may not know is somebody."""
    return {each: _name(visit, each) for each in set(ids) if each is not None}


def _name(visit: Visit, person_id: UUID) -> str:
    try:
        return services().people_questions.person(visit.actor, person_id).name or say()("frame.erased")
    except PlatsError:
        return say()("token.somebody")
