"""Somebody who acts for an organisation vouches for a colleague nobody knows: the seat is theirs, the desk checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.merging import MergePeople
from application.booking.registration import Register
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.vouch import RefuteVouch, VerifyVouch
from application.kernel.actor import Actor
from application.people.organisation import AppointContact, VerifyDomain
from application.people.participant import TO_BE_NAMED, Participant
from application.people.person import ErasePerson
from application.programme.price import AgreePrices
from domain.booking.transfer import TransferNotAllowed
from domain.kernel.eligibility import Ground, Sector
from domain.kernel.errors import NotAllowed, NotFound, OutcomeChanged
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.admission import Admission, JobRole, NotAdmitted
from domain.people.person import Person
from domain.people.vouch import NothingVouched, VouchNotAllowed, VouchRefuted
from domain.programme.price import Price
from tests.samples import AUTUMN, Institute, kronor
from tests.scenarios.story import FREE, book, facts, invoices, sitting
from tests.strangers import register

MUNICIPAL = Admission(sectors=(Sector.MUNICIPALITY,), managers_only=True)
GRETA = Participant(name="Greta", email="greta@acme.example", role=JobRole.MANAGER)
GRETA_UNVOUCHED = Participant(name="Greta", email="greta@acme.example")


def contact(institute: Institute, organisation: OrganisationId, name: str = "Kim") -> Actor:
    who = institute.person(name, organisation)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(organisation, who))
    return institute.acting(who)


def greta(institute: Institute) -> PersonId:
    institute.catch_up()
    return institute.services.people_questions.people(institute.admin, "greta").items[0].person_id


def test_a_seat_is_handed_to_a_colleague_whom_nobody_knows(institute: Institute) -> None:
    """The promise: within the organisation at once and free. Who vouched, and when, is kept."""
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    transfers = institute.services.transfers
    with pytest.raises(TransferNotAllowed):
        transfers.propose(kim, ProposeTransfer(made.booking_id, 1, GRETA_UNVOUCHED))

    outcome = transfers.propose(kim, ProposeTransfer(made.booking_id, 1, GRETA)).answer

    assert (outcome.status, outcome.difference, sitting(institute, season)) == ("accepted", 0, ["Greta"])
    [row] = institute.services.vouch_questions.waiting(institute.admin)
    assert (row.name, row.organisation, row.role, row.voucher) == ("Greta", "Acme AB", "manager", "Kim")
    assert (row.from_on, row.vouched_at) == (AUTUMN.date(), AUTUMN)
    assert len(invoices(institute)) == 1


def test_naming_and_booking_in_a_season_for_some_takes_the_word_of_who_acts_for_the_organisation(
    institute: Institute,
) -> None:
    k = institute.organisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    kim = contact(institute, k)
    season = institute.season("Ledning", 9, FREE, admission=MUNICIPAL)
    made = institute.services.bookings.make(kim, MakeBooking(season, (GRETA, TO_BE_NAMED), k)).answer
    with pytest.raises(NotAdmitted):
        name = Participant(name="Gustav", email="gustav@k.example")
        institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 2, name))
    with pytest.raises(NotAdmitted):
        name = Participant(name="Gustav", email="gustav@k.example", role=JobRole.CONSULTANT)
        institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 2, name))
    name = Participant(name="Gustav", email="gustav@k.example", role=JobRole.MANAGER)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 2, name))
    assert sitting(institute, season) == ["Greta", "Gustav"]


def test_who_is_entered_twice_is_vouched_for_still_once_the_two_are_one(institute: Institute) -> None:
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    institute.services.transfers.propose(kim, ProposeTransfer(made.booking_id, 1, GRETA))
    entry, known = greta(institute), institute.person("Gerda", email="g@example.org")
    institute.catch_up()

    institute.services.merging.merge(institute.admin, MergePeople(entry, known))

    institute.catch_up()
    [row] = institute.services.vouch_questions.waiting(institute.admin)
    assert (row.person_id, row.organisation, row.role, row.voucher) == (known, "Acme AB", "manager", "Kim")
    institute.services.vouches.verify(institute.admin, VerifyVouch(known, institute.acme))
    institute.catch_up()
    assert institute.services.vouch_questions.waiting(institute.admin) == ()


def test_only_who_acts_for_the_organisation_vouches(institute: Institute) -> None:
    """Somebody who is vouched for vouches for nobody, books nothing at its cost, and is not its employee."""
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, institute.person("Anna", institute.acme), None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 2, GRETA))
    her = institute.acting(greta(institute))
    other = Participant(name="Olle", email="olle@acme.example", role=JobRole.MANAGER)
    with pytest.raises(VouchNotAllowed):
        institute.services.transfers.propose(her, ProposeTransfer(made.booking_id, 2, other))
    with pytest.raises(NotAllowed):
        institute.services.bookings.make(her, MakeBooking(institute.conference(), (TO_BE_NAMED,), institute.acme))
    stranger = institute.acting(institute.person("Bo", institute.bolt))
    with pytest.raises((NotAllowed, NotFound)):
        institute.services.transfers.propose(stranger, ProposeTransfer(made.booking_id, 2, other))
    institute.catch_up()
    assert [row.name for row in institute.services.vouch_questions.waiting(institute.admin)] == ["Greta"]
    for actor in (kim, her, institute.finance):
        with pytest.raises((NotAllowed, NotFound)):
            institute.services.vouches.verify(actor, VerifyVouch(greta(institute), institute.acme))
        with pytest.raises((NotAllowed, NotFound)):
            institute.services.vouch_questions.waiting(actor)


def test_the_desk_verifies_from_the_day_it_was_said(institute: Institute) -> None:
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    who = greta(institute)
    institute.clock.instant += timedelta(days=9)
    institute.services.vouches.verify(institute.admin, VerifyVouch(who, institute.acme))
    institute.catch_up()
    [job] = institute.services.people_questions.person(institute.admin, who).employments
    assert (job.organisation_id, job.role, job.from_on) == (institute.acme, "manager", AUTUMN.date())
    assert institute.services.vouch_questions.waiting(institute.admin) == ()
    with pytest.raises(NothingVouched):
        institute.services.vouches.refute(institute.admin, RefuteVouch(who, institute.acme, "Nej"))


@pytest.mark.parametrize("is_domain_first", [True, False])
def test_an_address_at_a_domain_of_the_organisation_verifies_it_once_it_is_confirmed(
    institute: Institute, is_domain_first: bool
) -> None:
    """S37: a domain alone makes nobody an employee; with somebody's word, and a confirmed address, it does."""
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, None)
    verify = VerifyDomain(institute.acme, "acme.example")
    if is_domain_first:
        institute.services.organisations.verify_domain(institute.admin, verify)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    who = greta(institute)
    assert institute.services.people_questions.person(institute.admin, who).employments == ()
    _confirms_her_address(institute)
    if not is_domain_first:
        assert institute.services.people_questions.person(institute.admin, who).employments == ()
        institute.services.organisations.verify_domain(institute.admin, verify)
    institute.catch_up()
    assert [job.organisation_id for job in institute.services.people_questions.person(institute.admin, who).employments]
    assert institute.services.vouch_questions.waiting(institute.admin) == ()


def test_what_proves_wrong_keeps_the_seat_and_its_price_follows_the_rule(institute: Institute) -> None:
    """A member's seat at 6 000 is worth 12 000 for somebody of no member: the difference is invoiced to who agreed."""
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    wrong = RefuteVouch(greta(institute), institute.acme, "Slutade i våras")
    shown = institute.services.vouches.preview(institute.admin, wrong)

    done = institute.services.vouches.refute(institute.admin, wrong).answer

    assert shown == done
    assert (done.seats, done.difference, sitting(institute, season)) == (1, 7_500_00, ["Greta"])
    assert [gross for _, _, gross in invoices(institute)] == [7_500_00, 7_500_00]
    told = [(row.kind, row.to) for row in institute.services.letters.list(institute.admin)]
    assert ("employment_refuted", "greta@acme.example") in told
    assert ("employment_refuted", "kim@example.org") in told
    assert [kind for kind, to in told if to == "greta@acme.example"].count("seat_handed_over") == 0
    assert institute.services.vouch_questions.waiting(institute.admin) == ()
    again = NameParticipant(book(institute, institute.conference(), institute.acme, None).booking_id, 1, GRETA)
    with pytest.raises(VouchRefuted):
        institute.services.bookings.name_participant(kim, again)


def test_the_price_of_a_free_season_does_not_follow(institute: Institute) -> None:
    kim, season = contact(institute, institute.acme), institute.season("Gratis", 5, FREE)
    made = book(institute, season, institute.acme, None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    wrong = RefuteVouch(greta(institute), institute.acme, "Slutade i våras")
    assert institute.services.vouches.refute(institute.admin, wrong).answer.seats == 0
    assert (sitting(institute, season), invoices(institute)) == (["Greta"], [])


def test_the_same_word_twice_is_once_and_of_somebody_known_nothing(institute: Institute) -> None:
    kim = contact(institute, institute.acme)
    for no in (1, 2):
        made = book(institute, institute.season(f"Gratis {no}", 5, FREE), institute.acme, None)
        institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    made = book(institute, institute.season("Gratis 3", 5, FREE), institute.acme, None)
    anna = Participant(institute.person("Anna", institute.acme), role=JobRole.MANAGER)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, anna))
    assert [type(fact) for fact in facts(institute)].count(Person.EmploymentVouched) == 1


def test_somebody_erased_waits_for_no_check(institute: Institute) -> None:
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    who = greta(institute)
    data = institute.services.my_data.of(institute.admin, who)
    assert any(type(each.event) is Person.EmploymentVouched for each in data.history)
    institute.services.people.erase(institute.admin, ErasePerson(who))
    institute.catch_up()
    assert institute.services.vouch_questions.waiting(institute.admin) == ()


def _confirms_her_address(institute: Institute) -> None:
    """She registers for something else, and follows the mailed link."""
    register(institute, Register(institute.season("Öppen", 5, FREE), "Greta", "greta@acme.example"))
    institute.catch_up()


def test_no_other_sum_is_invoiced_than_was_shown(institute: Institute) -> None:
    """S26: the prices are replaced between the desk and the press."""
    kim, season = contact(institute, institute.acme), institute.conference()
    made = book(institute, season, institute.acme, None)
    institute.services.bookings.name_participant(kim, NameParticipant(made.booking_id, 1, GRETA))
    wrong = RefuteVouch(greta(institute), institute.acme, "Slutade i våras")
    shown = institute.services.vouches.preview(institute.admin, wrong).difference
    dearer = (Price(kronor(20_000)), Price(kronor(6_000), Ground.MEMBER))
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(season, dearer))
    with pytest.raises(OutcomeChanged) as refused:
        institute.services.vouches.refute(institute.admin, replace(wrong, shown=shown))
    assert refused.value.facts == {"shown": 7_500_00, "now": 17_500_00}
    assert len(institute.services.vouch_questions.waiting(institute.admin)) == 1
    institute.services.vouches.refute(institute.admin, replace(wrong, shown=17_500_00))
    assert [gross for _, _, gross in invoices(institute)] == [7_500_00, 17_500_00]
