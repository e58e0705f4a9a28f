"""Many sellers in one installation: nothing of one can be seen, booked or changed through another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.actor import SYSTEM, Actor, Role, stranger
from application.people.organiser import FoundOrganiser
from application.people.participant import Participant
from application.people.person import ErasePerson
from application.programme.season import AddSeats, CallOffSeason
from domain.kernel.errors import NotFound
from domain.kernel.ids import InvoiceId, OrganisationId, PersonId, SeasonId
from tests.samples import Institute
from tests.scenarios.story import book, documents, facts, seated, sitting


def test_another_sellers_admin_reaches_nothing(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.person("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna)
    [invoice] = documents(institute)
    services, known = institute.services, len(facts(institute))
    founded = services.organisers.found(SYSTEM, FoundOrganiser("Staden", "staden", "212000-9903")).answer
    other = Actor("other", founded.organiser_id, frozenset(Role), None)
    attempts: list[Callable[[], object]] = [
        lambda: services.bookings.make(other, MakeBooking(conference, seated(None), institute.acme)),
        lambda: services.bookings.name_participant(other, NameParticipant(made.booking_id, 1, Participant(anna))),
        lambda: services.bookings.preview(other, MakeBooking(conference, seated(None), institute.acme)),
        lambda: services.cancellations.request(other, RequestCancellation(made.booking_id)),
        lambda: services.cancellations.preview(other, RequestCancellation(made.booking_id)),
        lambda: services.transfers.propose(other, ProposeTransfer(made.booking_id, 1, Participant(anna))),
        lambda: services.seasons.call_off(other, CallOffSeason(conference, "x")),
        lambda: services.seasons.add_seats(other, AddSeats(conference, 1)),
        lambda: services.people.erase(other, ErasePerson(anna)),
        lambda: services.invoices.record_payment(
            other, RecordPayment(InvoiceId(invoice.document_id), 100, "x", invoice.issued_on)
        ),
        lambda: services.booking_questions.one(other, made.booking_id),
        lambda: services.invoice_questions.one(other, invoice.document_id),
        lambda: services.programme.season(other, conference),
        lambda: services.people_questions.person(other, anna),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()

    assert services.rosters.of(other, conference) == ()
    assert services.invoice_questions.list(other, DocumentFilter()).items == ()
    assert len(facts(institute)) == known + 1
    assert sitting(institute, conference) == ["Anna"]


def test_a_member_sees_what_is_theirs(institute: Institute) -> None:
    conference = institute.conference()
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.bolt)
    made = book(institute, conference, institute.acme, anna.person_id)
    [invoice] = documents(institute)
    services = institute.services

    assert services.booking_questions.one(anna, made.booking_id).booking_id == made.booking_id
    for who in (bo, stranger(institute.organiser), replace(bo, person_id=None)):
        with pytest.raises(NotFound):
            services.booking_questions.one(who, made.booking_id)
        with pytest.raises(NotFound):
            services.invoice_questions.one(who, invoice.document_id)
        with pytest.raises(NotFound):
            services.cancellations.preview(who, RequestCancellation(made.booking_id))


@pytest.mark.parametrize("what", ["season", "organisation", "person", "payer"])
def test_an_id_of_something_else_is_not_found(institute: Institute, what: str) -> None:
    conference = institute.conference()
    anna = institute.person("Anna", institute.acme)
    command = MakeBooking(conference, seated(anna), institute.acme)
    wrong = {
        "season": replace(command, season_id=SeasonId(institute.acme)),
        "organisation": replace(command, organisation_id=OrganisationId(conference)),
        "person": replace(command, participants=(Participant(PersonId(institute.acme)),)),
        "payer": replace(command, organisation_id=None, booked_for=PersonId(institute.acme)),
    }[what]

    with pytest.raises(NotFound):
        institute.services.bookings.make(institute.admin, wrong)
