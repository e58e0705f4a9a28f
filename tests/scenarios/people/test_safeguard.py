"""Where money goes and who may: a second person or signing in surely just before; all staff are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.access.session import Browser, Whose
from application.access.token_desk import MakeToken
from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organiser import AppointStaff, DismissStaff, GivePaymentDetails
from application.people.safeguard import ChooseGuard, DecideProposal
from domain.kernel.errors import NotAllowed, NotFound, RuleBroken
from domain.kernel.ids import PersonId
from domain.people.organiser import OwnAdminRole
from domain.people.safeguard import Guard, JustDismissed, NotAPerson, OwnProposal, Safeguard, Sensitive, SignInAgain
from tests.samples import Institute
from tests.web.calling import Api, api
from tests.web.stage import SLUG, stage

ELSEWHERE = ("Bolagsvägen 9, 222 33 Ort", "5050-1055", 30)


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def appointed(institute: Institute, name: str, *roles: Role) -> Actor:
    """Somebody of the staff, appointed by whoever runs the installation."""
    person = institute.person(name)
    for role in roles:
        institute.services.organisers.appoint(SYSTEM, AppointStaff(institute.organiser, person, role))
    return institute.acting(person, *roles)


def bankgiro(institute: Institute) -> str:
    return institute.services.organisers.particulars(institute.admin, institute.organiser).bankgiro


def move_money(institute: Institute, actor: Actor) -> DecideProposal | None:
    """Ask for another bankgiro; the proposal where it waits."""
    given = institute.services.organisers.give_payment_details(
        actor, GivePaymentDetails(institute.organiser, *ELSEWHERE)
    ).answer
    return None if given.proposal_id is None else DecideProposal(institute.organiser, given.proposal_id)


def told(institute: Institute, kind: str) -> set[PersonId | None]:
    institute.catch_up()
    return {row.person_id for row in institute.services.letters.list(institute.admin) if row.kind == kind}


def test_bank_details_wait_for_a_second_person(institute: Institute) -> None:
    """8.6: nothing has changed until another approves; all staff are told of both."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    waits = move_money(institute, eva)
    assert waits is not None
    assert bankgiro(institute) == "991-2346"
    assert told(institute, "change_proposed") == {eva.person_id, olof.person_id}
    desk = institute.services.safeguards
    with pytest.raises(OwnProposal):
        desk.approve(eva, waits)
    with pytest.raises(NotAllowed):
        desk.approve(institute.member("Mia"), waits)
    with pytest.raises(NotAPerson):
        desk.approve(institute.admin, waits)

    desk.approve(olof, waits)

    assert bankgiro(institute) == "5050-1055"
    assert told(institute, "bank_details_changed") == {eva.person_id, olof.person_id}
    with pytest.raises(NotFound):
        desk.approve(olof, waits)


def test_an_admin_does_not_make_itself_finance_alone(institute: Institute) -> None:
    """8.6"""
    eva, rut = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Rut", Role.ADMIN)
    assert eva.person_id is not None
    services, role = institute.services, AppointStaff(institute.organiser, eva.person_id, Role.FINANCE)
    proposal = services.organisers.appoint(eva, role).answer.proposal_id
    assert proposal is not None
    waits = DecideProposal(institute.organiser, proposal)
    with pytest.raises(OwnProposal):
        services.safeguards.approve(eva, waits)
    with pytest.raises(NotFound):
        services.safeguards.withdraw(rut, waits)
    services.safeguards.approve(rut, waits)

    staff = services.organisers.particulars(institute.admin, institute.organiser).staff
    assert (eva.person_id, Role.FINANCE) in staff
    assert told(institute, "staff_changed") == {eva.person_id, rut.person_id}


def test_whoever_gets_the_role_does_not_approve_it(institute: Institute) -> None:
    """8.6: nor does a person through a program whose key they made."""
    eva, rut = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Rut", Role.ADMIN)
    assert rut.person_id is not None
    services = institute.services
    role = AppointStaff(institute.organiser, rut.person_id, Role.FINANCE)
    proposal = services.organisers.appoint(eva, role).answer.proposal_id
    assert proposal is None  # nobody else could approve it: Eva decides alone, and all are told
    shown = services.token_desk.make(eva, MakeToken("Kassan", (Role.ADMIN,))).shown
    program = services.tokens.recognise(shown)
    waits = move_money(institute, program)
    assert waits is not None
    with pytest.raises(OwnProposal):
        services.safeguards.approve(eva, waits)
    services.safeguards.withdraw(program, waits)
    assert told(institute, "change_closed") == {eva.person_id, rut.person_id}


def test_who_is_alone_is_not_locked_out(institute: Institute) -> None:
    """8.6: the usual guard asks for a second person where there is one."""
    eva = appointed(institute, "Eva", Role.ADMIN)
    assert move_money(institute, eva) is None
    assert bankgiro(institute) == "5050-1055"
    assert told(institute, "bank_details_changed") == {eva.person_id}


def test_signing_in_surely_just_before_is_enough_where_that_is_chosen(institute: Institute) -> None:
    """8.6: by passkey or provider within ten minutes; a link by mail, or a key, is not that."""
    services, eva = institute.services, appointed(institute, "Eva", Role.ADMIN)
    assert eva.person_id is not None
    whose = Whose(institute.organiser, eva.person_id)
    by_link, by_passkey = (
        services.sessions.recognise(services.sessions.begin(whose, method, Browser())) for method in ("link", "passkey")
    )
    choose = ChooseGuard(institute.organiser, Guard.REAUTHENTICATION)
    with pytest.raises(SignInAgain):
        services.safeguards.choose(by_link, choose)
    services.safeguards.choose(by_passkey, choose)
    for unsure in (by_link, eva, institute.admin):
        with pytest.raises(SignInAgain):
            move_money(institute, unsure)
    institute.clock.instant += timedelta(minutes=11)
    with pytest.raises(SignInAgain):
        move_money(institute, by_passkey)
    institute.clock.instant -= timedelta(minutes=11)
    assert move_money(institute, by_passkey) is None
    assert bankgiro(institute) == "5050-1055"
    assert told(institute, "guard_chosen") == {eva.person_id}


def test_the_guard_guards_itself(institute: Institute) -> None:
    """8.6: nobody takes it away alone."""
    eva, rut = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Rut", Role.ADMIN)
    chosen = institute.services.safeguards.choose(eva, ChooseGuard(institute.organiser, Guard.NONE)).answer
    assert chosen.proposal_id is not None
    institute.services.safeguards.approve(rut, DecideProposal(institute.organiser, chosen.proposal_id))
    assert move_money(institute, eva) is None


def test_nobody_dismisses_the_other_first(institute: Institute) -> None:
    """8.6: whoever has dismissed the second person does not decide alone for a week."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.ADMIN)
    assert olof.person_id is not None
    institute.services.organisers.dismiss(eva, DismissStaff(institute.organiser, olof.person_id, Role.ADMIN))
    with pytest.raises(JustDismissed):
        move_money(institute, eva)
    puppet = AppointStaff(institute.organiser, institute.person("Docka"), Role.ADMIN)
    with pytest.raises(JustDismissed):
        institute.services.organisers.appoint(eva, puppet)
    institute.clock.instant += timedelta(days=7)
    assert move_money(institute, eva) is None


def test_nobody_takes_their_own_role_as_admin(institute: Institute) -> None:
    """8.6: by a slip, nobody might be left who can give it back, also with a key of their own."""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    assert eva.person_id is not None and olof.person_id is not None
    program = Actor("token:of-eva", institute.organiser, frozenset({Role.ADMIN}), made_by=eva.person_id)
    for who in (eva, program):
        with pytest.raises(OwnAdminRole):
            institute.services.organisers.dismiss(who, DismissStaff(institute.organiser, eva.person_id, Role.ADMIN))
    institute.services.organisers.dismiss(institute.admin, DismissStaff(institute.organiser, eva.person_id, Role.ADMIN))


def test_a_dismissal_is_told_to_all_and_to_whom_it_is_about(institute: Institute) -> None:
    """8.6"""
    eva, olof = appointed(institute, "Eva", Role.ADMIN), appointed(institute, "Olof", Role.FINANCE)
    institute.catch_up()
    assert olof.person_id is not None
    institute.clock.instant += timedelta(minutes=1)
    institute.services.organisers.dismiss(eva, DismissStaff(institute.organiser, olof.person_id, Role.FINANCE))
    institute.catch_up()
    last = [row for row in institute.services.letters.list(institute.admin) if row.kind == "staff_changed"][:2]
    assert {row.person_id for row in last} == {eva.person_id, olof.person_id}
    _, text = institute.services.letters.words(institute.admin, last[0].letter_id) or ("", "")
    assert "Olof har inte längre rollen ekonom hos Institutet" in text
    assert "Ändrat av Eva." in text


def test_the_api_says_what_waits(calls: Api) -> None:
    """8.6: approved by one's own key, declined, withdrawn; another organiser sees nothing."""
    made = calls.institute
    for name in ("eva", "olof"):
        actor = appointed(made, name.capitalize(), Role.ADMIN)
        assert actor.person_id is not None
        calls.token(name, Role.ADMIN, person=actor.person_id)
    at = f"/organisers/{made.organiser}"
    body = {"address": ELSEWHERE[0], "bankgiro": ELSEWHERE[1]}
    proposal = calls.put(f"{at}/payment-details", body, who="eva")["proposal_id"]
    [waiting] = calls.get(f"{at}/proposals", who="olof")["waiting"]
    assert (waiting["proposal_id"], waiting["change"]["bankgiro"]) == (proposal, "5050-1055")
    assert calls.put(f"{at}/payment-details", body, who="eva")["proposal_id"] == proposal
    refused = calls.refused("POST", f"{at}/proposals/{proposal}/approval", who="eva")
    assert refused["type"] == "/problems/own-proposal"
    assert calls.refused("POST", f"{at}/proposals/{proposal}/approval", who="neighbour")["status"] == 404
    calls.post(f"{at}/proposals/{proposal}/refusal", who="olof")
    assert calls.get(f"{at}/proposals")["waiting"] == []
    assert calls.get("/organisers/institutet", who="")["bankgiro"] == "991-2346"


def test_the_pages_show_what_waits_and_what_has_happened(database_url: str) -> None:
    """8.6: on the desk, on its own page, in the history."""
    with stage(database_url) as acted:
        made = acted.institute
        for name in ("Eva", "Olof"):
            actor = appointed(made, name, Role.ADMIN)
            acted.tokens[name] = made.services.tokens.make(name, made.organiser, actor.roles, actor.person_id)
        made.catch_up()
        eva, olof = acted.browser("Eva"), acted.browser("Olof")
        page = eva.send(eva.open(f"/{SLUG}/organiser"), "bankgiro", bankgiro="5050-1055")
        page.says("Ändringen väntar på att en andra person godkänner den.")
        olof.open(f"/{SLUG}/desk").says("1 ändring av betalningsuppgifter eller medarbetare väntar på en andra person")
        eva.open(f"/{SLUG}/safeguard").says("Betalning till bankgiro 5050-1055", "Ta tillbaka")
        shown = olof.open(f"/{SLUG}/safeguard")
        shown.says("Föreslaget av Eva", "Godkänn", "Avslå")
        form = next(each for each in shown.elements.forms if f"/{SLUG}/safeguard/" in each["action"][0])
        answer = olof.client.post(form["action"][0], data={**form, "do": "approve"})
        assert answer.status_code == 303
        olof.open(answer.headers["Location"]).says("Ändringen är genomförd.", "Olof godkände den föreslagna ändringen.")
        assert bankgiro(made) == "5050-1055"


def test_the_rules_of_a_safeguard() -> None:
    """The domain alone: the same change waits once, and a guard that nobody knows is refused."""
    from tests.domain.vocabulary import NOON, ORGANISER

    safeguard = Safeguard(ORGANISER)
    anna, bo, change = (
        PersonId(ORGANISER),
        PersonId(Safeguard.create_id(ORGANISER)),
        Sensitive("Gatan 1", "991-2346", 30),
    )
    safeguard.propose(Safeguard.create_id(ORGANISER), change, anna, NOON)
    safeguard.propose(PersonId(ORGANISER), change, anna, NOON)
    assert len(safeguard.waiting) == 1
    assert not safeguard.needs_second_person(anna, change, {anna})
    assert safeguard.needs_second_person(anna, change, {anna, bo})
    with pytest.raises(RuleBroken):
        safeguard.choose("sometimes", anna)
