"""Two entries of one person made one: all that was either's is the one's; what only one can have is handed on."""

from __future__ import annotations

from datetime import date

import pytest

from application.access.session import Browser, Whose
from application.access.token import NotSignedIn
from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.merging import BothSit, MergePeople, StaffIsNotMerged
from application.booking.registration import Register
from application.booking.vouch import RefuteVouch
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import SYSTEM, Actor, Role
from application.people.affiliation import VerifyAffiliation, WithdrawAffiliation
from application.people.organisation import AppointContact
from application.people.organiser import AppointStaff
from application.people.participant import Participant
from application.people.person import ErasePerson
from application.people.person_correction import CorrectPerson
from domain.booking.agreement import PersonHasSeat
from domain.booking.waiting_list import AlreadyWaiting
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import BookingId, PersonId
from domain.people.admission import JobRole
from domain.people.merging import SamePerson
from domain.people.person import Person
from domain.people.vouch import VouchRefuted
from infrastructure.subscriptions.verify import Verification
from tests.samples import Institute
from tests.scenarios.booking.test_first_refusal import full_season, next_season, offer, opened
from tests.scenarios.story import book, cancel, seated, sitting
from tests.strangers import register


def merge(institute: Institute, lesser: PersonId, greater: PersonId, key: str | None = None) -> PersonId:
    """Let an admin merge."""
    institute.catch_up()
    done = institute.services.merging.merge(institute.admin, MergePeople(lesser, greater), key)
    institute.catch_up()
    return done.answer.person_id


def me(institute: Institute, person: PersonId) -> Actor:
    """Somebody signed in, recognised as on any page."""
    sessions = institute.services.sessions
    return sessions.recognise(sessions.begin(Whose(institute.organiser, person), "link", Browser("Firefox", "sv")))


def two(institute: Institute) -> tuple[PersonId, PersonId]:
    """One person, entered twice."""
    return institute.person("Anna", institute.acme), institute.person("Anna B", email="anna.b@example.org")


def test_bookings_documents_letters_and_history_are_the_ones(institute: Institute) -> None:
    anna, other = two(institute)
    conference = institute.conference()
    actor = institute.services.bookings
    made = actor.make(
        Actor("anna", institute.organiser, frozenset({Role.MEMBER}), other), MakeBooking(conference, seated(other))
    ).answer
    assert merge(institute, other, anna) == anna

    mine = me(institute, anna)
    assert [each.booking_id for each in institute.services.booking_questions.mine(mine).items] == [made.booking_id]
    [document] = institute.services.invoice_questions.list(mine, DocumentFilter()).items
    assert document.person_id in (anna, other)
    assert institute.services.invoice_questions.one(mine, document.document_id).row.number == document.number
    assert sitting(institute, conference) == ["Anna"]
    data = institute.services.my_data.of(mine, anna)
    assert [each.booking_id for each in data.bookings] == [made.booking_id] and data.bookings[0].is_booked_by_me
    assert {"booked", "invoice"} <= {each.kind for each in data.letters}
    assert {"Person.MergedInto", "Person.Absorbed", "Booking.Made"} <= {each.topic for each in data.history}
    assert [each.number for each in data.documents] == [document.number]
    assert {"anna@example.org", "anna.b@example.org", "Anna B"} <= {each.value for each in data.facts}
    assert cancel(institute, mine, made.booking_id).status == "granted"
    institute.catch_up()
    again = institute.services.bookings.make(mine, MakeBooking(conference, seated(anna))).answer
    assert again.seats == 1  # the claim on the first seat ended with it
    institute.catch_up()
    assert [check for check in Verification(institute.house.store).run().checks if not check.ok] == []


def test_the_lesser_entry_leads_to_the_greater_everywhere(institute: Institute) -> None:
    anna, other = two(institute)
    before = me(institute, other)
    token = institute.services.tokens.make("api", institute.organiser, frozenset({Role.MEMBER}), other)
    merge(institute, other, anna)

    people = institute.services.people_questions
    assert people.person(institute.admin, other).person_id == anna
    assert [each.person_id for each in people.people(institute.admin, "anna").items] == [anna]
    assert institute.services.tokens.recognise(token).person_id == anna
    assert me(institute, other).person_id == anna and before.person_id == other
    conference = institute.conference()
    made = institute.services.bookings.make(
        institute.admin, MakeBooking(conference, (Participant(other),), institute.acme)
    ).answer
    seats = institute.services.bookings
    with pytest.raises(PersonHasSeat):
        seats.make(institute.admin, MakeBooking(conference, (Participant(anna),), institute.acme))
    with pytest.raises(PersonHasSeat):
        typed = Participant(name="Anna B", email="anna@example.org")
        seats.make(institute.admin, MakeBooking(conference, (typed,), institute.acme))
    institute.catch_up()
    [seat] = institute.services.booking_questions.one(institute.admin, made.booking_id).seats
    assert seat.person_id == anna


def test_both_sit_in_one_season_and_nothing_is_merged_until_one_seat_is_given_up(institute: Institute) -> None:
    anna, other = two(institute)
    conference = institute.conference()
    first = book(institute, conference, institute.acme, anna)
    book(institute, conference, institute.acme, other)
    institute.catch_up()
    preview = institute.services.merging.preview(institute.admin, MergePeople(other, anna))
    assert len(preview.both_sit_in) == 1 and preview.has.seated == preview.has_already.seated == (conference,)
    with pytest.raises(BothSit):
        merge(institute, other, anna)
    assert institute.services.people_questions.person(institute.admin, other).person_id == other
    institute.services.cancellations.request(institute.admin, RequestCancellation(first.booking_id, (1,)))
    merge(institute, other, anna)
    with pytest.raises(PersonHasSeat):
        book(institute, conference, institute.acme, anna)


def test_contacts_grounds_work_and_places_in_line_are_handed_on(institute: Institute) -> None:
    anna, other = institute.person("Anna"), institute.person("Anna B", institute.acme, email="anna.b@example.org")
    services, admin = institute.services, institute.admin
    services.organisations.appoint_contact(admin, AppointContact(institute.acme, other))
    services.affiliations.verify(admin, VerifyAffiliation(other, Ground.ALUMNUS, institute.clock.instant.date()))
    conference = institute.conference(seats=1)
    book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    services.waiting_lists.join(admin, JoinWaitingList(conference, 1, other))
    institute.catch_up()
    has = services.merging.preview(admin, MergePeople(other, anna)).has
    assert (has.waiting, has.contact_of) == ((conference,), (institute.acme,))
    merge(institute, other, anna)

    mine = me(institute, anna)
    assert [
        each.organisation_id
        for each in services.people_questions.my_organisations(mine, institute.clock.instant.date())
    ] == [institute.acme]
    row = services.people_questions.person(admin, anna)
    assert [each.organisation for each in row.employments] == ["Acme AB"]
    assert [each.ground for each in row.affiliations] == ["alumnus"]
    [contact] = services.people_questions.organisation(admin, institute.acme).contacts
    assert contact.person_id == anna
    assert [each.person_id for each in services.rosters.waiting(admin, conference)] == [anna]
    assert [each.place for each in services.rosters.my_places(mine)] == [1]
    with pytest.raises(AlreadyWaiting):
        services.waiting_lists.join(admin, JoinWaitingList(conference, 1, other))


def test_a_seat_kept_by_first_refusal_is_kept_for_the_one(institute: Institute) -> None:
    season, [actor] = full_season(institute, 1)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    lesser, greater = PersonId(actor.person_id or institute.acme), institute.person("Anna", institute.acme)
    merge(institute, lesser, greater)
    mine = me(institute, greater)
    assert [each.season_id for each in institute.services.first_refusal_questions.mine(mine)] == [again]
    assert book(institute, again, institute.acme, greater).seats == 1  # the only seat there is, kept for her
    institute.catch_up()
    assert institute.services.first_refusal_questions.mine(mine) == ()
    assert [check for check in Verification(institute.house.store).run().checks if not check.ok] == []


def test_whoever_is_erased_is_erased_by_all_their_entries(institute: Institute) -> None:
    anna, other = two(institute)
    third = institute.person("A B", email="ab@example.org")
    merge(institute, third, other)
    merge(institute, other, anna)
    assert institute.services.people_questions.person(institute.admin, third).person_id == anna
    institute.services.people.erase(institute.admin, ErasePerson(third))
    institute.catch_up()
    row = institute.services.people_questions.person(institute.admin, other)
    assert (row.person_id, row.name, row.email, row.is_erased) == (anna, None, None, True)
    assert institute.services.people_questions.people(institute.admin, "ab@").items == ()
    with pytest.raises(NotSignedIn):
        me(institute, third)
    fresh = institute.person("Ny", email="anna.b@example.org")  # the address is free
    assert fresh not in (anna, other, third)


def test_only_an_admin_merges_no_staff_and_nobody_with_themselves(institute: Institute) -> None:
    anna, other = two(institute)
    merging = institute.services.merging
    with pytest.raises(NotAllowed):
        merging.merge(me(institute, anna), MergePeople(other, anna))
    with pytest.raises(SamePerson):
        merge(institute, anna, anna)
    institute.services.organisers.appoint(institute.admin, AppointStaff(institute.organiser, other, Role.FINANCE))
    with pytest.raises(StaffIsNotMerged):
        merge(institute, other, anna)
    merge(institute, anna, other)
    with pytest.raises(SamePerson):
        merge(institute, anna, other)
    assert Role.FINANCE in me(institute, anna).roles


def test_a_ground_that_either_entry_brought_is_taken_back(institute: Institute) -> None:
    """It was said of both, once for some years and once for good: it never held."""
    anna, other = two(institute)
    services, admin, since = institute.services, institute.admin, date(2020, 1, 1)
    for who, until in ((other, date(2030, 1, 1)), (anna, None), (other, None)):
        services.affiliations.verify(admin, VerifyAffiliation(who, Ground.ALUMNUS, since, until))
    merge(institute, other, anna)
    services.affiliations.take_back(admin, WithdrawAffiliation(anna, Ground.ALUMNUS, since))
    institute.catch_up()
    assert services.people_questions.person(admin, anna).affiliations == ()
    assert institute.house.store.decisions.dry_run(SYSTEM, lambda work: work.load(Person, anna)).affiliations == []


def test_an_address_of_the_entry_merged_into_theirs_is_their_own(institute: Institute) -> None:
    """4.1, 4.7: it is corrected to that one, which lets them in as it did; nobody shares it with themselves."""
    anna = institute.person("Anna")
    register(institute, Register(institute.conference(), "Anna B", "anna.b@example.org", address="Gatan 1, 111 11 Byn"))
    merge(institute, institute.person("Anna B", email="anna.b@example.org"), anna)
    correct = CorrectPerson(anna, email="anna.b@example.org")
    institute.services.person_corrections.correct(institute.admin, correct)
    institute.catch_up()
    assert institute.services.people_questions.person(institute.admin, anna).email == "anna.b@example.org"
    assert institute.person("Anna", email="anna.b@example.org") == anna
    assert institute.person("Anna", email="anna@example.org") != anna, "the address before is free"


@pytest.mark.parametrize("is_refuted_of_lesser", [True, False])
def test_what_was_refuted_for_either_stays_refuted(institute: Institute, *, is_refuted_of_lesser: bool) -> None:
    """Nobody vouches again for an employer that staff have found to be wrong, whichever entry it was about."""
    vouches, bookings = institute.services.vouches, institute.services.bookings
    first, other = institute.person("Greta"), institute.person("Greta B", email="greta.b@example.org")
    conference = book(institute, institute.conference(), institute.acme, None, None)
    kim = institute.member("Kim", institute.acme)
    assert kim.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, kim.person_id))

    def vouch(person: PersonId, booking: BookingId, seat: int) -> None:
        word = Participant(person, role=JobRole.SPECIALIST)
        bookings.name_participant(kim, NameParticipant(booking, seat, word))

    vouch(first, conference.booking_id, 1)
    vouches.refute(institute.admin, RefuteVouch(first, institute.acme, "Slutade i våras"))
    lesser, greater = (first, other) if is_refuted_of_lesser else (other, first)
    vouch(other, book(institute, institute.cluster(), institute.acme, None, None).booking_id, 1)
    merge(institute, lesser, greater)

    assert institute.services.vouch_questions.waiting(institute.admin) == ()
    with pytest.raises(VouchRefuted):
        vouch(greater, book(institute, institute.conference(), institute.acme, None).booking_id, 1)


def test_what_was_verified_for_one_entry_is_asked_about_no_longer_for_the_other(institute: Institute) -> None:
    """Else the desk would have a case that nothing ends: verifying what is known changes nothing."""
    anna, other = two(institute)
    booked = book(institute, institute.conference(), institute.acme, None)
    word = Participant(other, role=JobRole.SPECIALIST)
    named = NameParticipant(booked.booking_id, 1, word)
    kim = institute.member("Kim", institute.acme)
    assert kim.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, kim.person_id))
    institute.services.bookings.name_participant(kim, named)

    merge(institute, anna, other)

    assert institute.services.vouch_questions.waiting(institute.admin) == ()
