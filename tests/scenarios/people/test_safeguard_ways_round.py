"""8.6: one admin alone comes to nobody's money or roles, also not by erasing, renaming or merging the second person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.access.token_desk import MakeToken
from application.booking.merging import MergePeople
from application.kernel.actor import Role
from application.people.organiser import AppointStaff
from application.people.person import ErasePerson
from application.people.person_correction import AddressOfStaff, CorrectPerson
from application.people.safeguard import ChooseGuard, DecideProposal
from domain.kernel.ids import PersonId
from domain.people.person import PersonErased
from domain.people.safeguard import Guard, JustDismissed, OwnProposal
from tests.samples import Institute
from tests.scenarios.people.test_safeguard import appointed, bankgiro, move_money


def address_of(institute: Institute, person_id: PersonId | None) -> str | None:
    assert person_id is not None
    institute.catch_up()
    return institute.services.people_questions.person(institute.admin, person_id).email


def test_whoever_erases_the_second_person_does_not_decide_alone_for_a_week(institute: Institute) -> None:
    """Whoever is erased is staff no longer, which the others are told."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    assert olof.person_id is not None
    institute.services.people.erase(eva, ErasePerson(olof.person_id))
    with pytest.raises(JustDismissed):
        move_money(institute, eva)
    staff = institute.services.organisers.particulars(institute.admin, institute.organiser).staff
    assert [person_id for person_id, _ in staff] == [eva.person_id]
    institute.catch_up()
    told = [row for row in institute.services.letters.list(institute.admin) if row.kind == "staff_changed"]
    words = [(institute.services.letters.words(institute.admin, each.letter_id) or ("", ""))[1] for each in told]
    assert any("Någon som är raderad har inte längre rollen ekonom" in text for text in words)
    institute.clock.instant += timedelta(days=7)
    assert move_money(institute, eva) is None


def test_the_only_admin_does_not_let_go_of_the_guard_nor_make_a_second_person_alone(institute: Institute) -> None:
    """Where no other admin could approve it, finance does."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    services = institute.services
    chosen = services.safeguards.choose(eva, ChooseGuard(institute.organiser, Guard.NONE)).answer.proposal_id
    puppet = AppointStaff(institute.organiser, institute.person("Docka"), Role.FINANCE)
    made = services.organisers.appoint(eva, puppet).answer.proposal_id
    assert chosen is not None and made is not None
    waits = DecideProposal(institute.organiser, made)
    with pytest.raises(OwnProposal):
        services.safeguards.approve(eva, waits)
    assert move_money(institute, eva) is not None
    services.safeguards.approve(olof, waits)
    staff = services.organisers.particulars(institute.admin, institute.organiser).staff
    assert (puppet.person_id, Role.FINANCE) in staff


def test_nobody_comes_to_anothers_roles_by_their_address(institute: Institute) -> None:
    """Who reads the address comes in: an admin does not write their own in its place."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    assert eva.person_id is not None and olof.person_id is not None
    correct = institute.services.person_corrections.correct
    for actor in (eva, institute.admin):
        for address in ("eva.hemma@example.org", ""):
            with pytest.raises(AddressOfStaff):
                correct(actor, CorrectPerson(olof.person_id, email=address))
    assert address_of(institute, olof.person_id) == "olof@example.org"
    correct(eva, CorrectPerson(olof.person_id, name="Olof Ek", phone="070-123 45 67"))
    correct(eva, CorrectPerson(eva.person_id, email="eva.berg@example.org"))
    assert address_of(institute, eva.person_id) == "eva.berg@example.org"
    somebody = institute.person("Någon")
    correct(eva, CorrectPerson(somebody, email="annan@example.org"))
    assert address_of(institute, somebody) == "annan@example.org"


def test_a_members_key_of_staff_changes_no_address(institute: Institute) -> None:
    """8.3: by the address one comes in with all roles, and the key was made for fewer."""
    eva = appointed(institute, "Eva", Role.ADMIN)
    assert eva.person_id is not None
    services = institute.services
    shown = services.token_desk.make(eva, MakeToken("Kalendern", (Role.MEMBER,), eva.person_id)).shown
    key = services.tokens.recognise(shown)
    with pytest.raises(AddressOfStaff):
        services.person_corrections.correct(key, CorrectPerson(eva.person_id, email="annan@example.org"))
    services.person_corrections.correct(key, CorrectPerson(eva.person_id, phone="070-123 45 67"))


def test_whoever_gains_by_a_merging_does_not_approve(institute: Institute) -> None:
    """The role was for an entry that leads to their own now; another admin gives it to who that is."""
    eva, rut, olof = (appointed(institute, name, Role.ADMIN) for name in ("Eva", "Rut", "Olof"))
    assert rut.person_id is not None
    services, other = institute.services, institute.person("Rut B", email="rut.b@example.org")
    proposal = services.organisers.appoint(eva, AppointStaff(institute.organiser, other, Role.FINANCE)).answer
    assert proposal.proposal_id is not None
    institute.catch_up()
    services.merging.merge(institute.admin, MergePeople(other, rut.person_id))
    waits = DecideProposal(institute.organiser, proposal.proposal_id)
    with pytest.raises(OwnProposal):
        services.safeguards.approve(rut, waits)
    services.safeguards.approve(olof, waits)
    staff = services.organisers.particulars(institute.admin, institute.organiser).staff
    assert (rut.person_id, Role.FINANCE) in staff and other not in {person_id for person_id, _ in staff}


def test_nobody_who_has_been_erased_gets_a_role(institute: Institute) -> None:
    eva, rut = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Rut", Role.ADMIN)
    services, gone = institute.services, institute.person("Borta")
    role = AppointStaff(institute.organiser, gone, Role.FINANCE)
    proposal = services.organisers.appoint(eva, role).answer.proposal_id
    assert proposal is not None
    services.people.erase(institute.admin, ErasePerson(gone))
    with pytest.raises(PersonErased):
        services.safeguards.approve(rut, DecideProposal(institute.organiser, proposal))
    assert bankgiro(institute) == "991-2346"
