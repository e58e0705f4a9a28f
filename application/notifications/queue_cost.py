"""What offered seats cost whoever they are offered to: the letter states the sum, and not only its rule (S23)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from application.kernel.payer import eligibility_of_payer
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letter_facts import sum_fact
from domain.booking.agreement import Facts, quote_of
from domain.booking.price_promise import PricePromise
from domain.kernel.errors import PlatsError
from domain.kernel.ids import PersonId, price_promise_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.people.admission import Applicant
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.season import Season


def cost_facts(work: UnitOfWork, season: Season, place_id: UUID, person_id: PersonId, seats: int) -> Mapping[str, str]:
    """`costs`: the sum for all the seats incl. VAT, by the price that was promised, where it costs anything.

    `pays_org`, `pays_own`: who it is that would pay so much: the organisation they work for, or else they themselves.
    Nothing is told where there is no price for them, or nobody left to tell.
    """
    nothing = {"costs": "", "pays_org": "", "pays_own": ""}
    person = find_person(work, person_id)
    if person is None or person.is_erased:
        return nothing
    employer = _employer(work, season, person)
    try:
        costs = _costs(work, season, place_id, PersonId(person.id), seats, employer)
    except PlatsError:
        return nothing
    return {"costs": costs, "pays_org": employer.name if employer else "", "pays_own": "" if employer else "yes"}


def _employer(work: UnitOfWork, season: Season, person: Person) -> Organisation | None:
    """Whom somebody may book for: where they work, as has been verified."""
    works_at = person.employment_on(day_in(work.now, season.zone))
    return work.find(Organisation, works_at.organisation_id) if works_at is not None else None


def _costs(
    work: UnitOfWork, season: Season, place_id: UUID, person_id: PersonId, seats: int, employer: Organisation | None
) -> str:
    payer = Payer(employer.organisation_id) if employer else Payer(person_id=person_id)
    people = (person_id, *(None,) * (seats - 1))
    promise = work.find(PricePromise, price_promise_of(place_id))
    facts = Facts(
        season,
        work.now,
        payer,
        tuple(Applicant(each) for each in people),
        eligibility_of_payer(work, season, payer, people),
        organisation=employer,
        promise=promise.beside(season.prices) if promise is not None else None,
        seller_country=work.load(Organiser, season.organiser_id).country,
    )
    quote = quote_of(facts)
    return sum_fact(quote.sums.gross, quote.price.vat)
