"""Keys to the API: within their maker's rights, ended with their maker and by their day; all of it as events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.access.token import NotSignedIn
from application.access.token_desk import MakeToken, TokenJob
from application.booking.merging import MergePeople
from application.kernel.actor import SYSTEM, Role
from application.people.organiser import AppointStaff, DismissStaff
from application.people.person import ErasePerson
from domain.access.token import Token
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import PersonId
from domain.people.person import PersonErased
from infrastructure.sign_in.token_store import PostgresTokenStore
from tests.samples import Institute
from tests.scenarios.story import facts
from tests.web.calling import Api, api
from tests.web.stage import SLUG, stage


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def staff(institute: Institute, name: str, *roles: Role) -> PersonId:
    """Somebody with roles here."""
    person = institute.person(name)
    for role in roles:
        institute.services.organisers.appoint(SYSTEM, AppointStaff(institute.organiser, person, role))
    return person


def token_facts(institute: Institute) -> list[tuple[str, object]]:
    """What is remembered about keys, once the worker has told it."""
    institute.catch_up()
    job = TokenJob(institute.house.store.decisions, PostgresTokenStore(institute.house.store))
    while job.turn():
        pass
    told: list[tuple[str, object]] = []
    for fact in facts(institute):
        match fact:
            case Token.Made():
                told.append(("made by", fact.made_by))
            case Token.FirstUsed():
                told.append(("used", fact.used_at))
            case Token.Revoked():
                told.append((f"ended: {fact.why}", fact.revoked_by))
            case _:
                pass
    return told


@pytest.mark.parametrize("how", ["dismissed", "erased"])
def test_a_key_ends_with_its_maker(calls: Api, how: str) -> None:
    """8.3: at once, before the worker has come to it; what was made with the key ends as well."""
    made = calls.institute
    eva = staff(made, "Eva", Role.ADMIN)
    desk, admin = made.services.token_desk, made.acting(eva, Role.ADMIN)
    calls.tokens["eva"] = desk.make(admin, MakeToken("Kassan", (Role.ADMIN,))).shown
    calls.tokens["child"] = calls.post("/tokens", {"name": "barn", "roles": ["admin"]}, who="eva")["token"]
    assert [calls.call("GET", "/people", who=who).status_code for who in ("eva", "child")] == [200, 200]

    if how == "dismissed":
        made.services.organisers.dismiss(SYSTEM, DismissStaff(made.organiser, eva, Role.ADMIN))
    else:
        made.services.people.erase(made.admin, ErasePerson(eva))

    assert [calls.call("GET", "/people", who=who).status_code for who in ("eva", "child")] == [401, 401]
    now = made.clock.instant
    assert sorted(token_facts(made), key=str) == sorted(
        [
            ("made by", eva),
            ("made by", None),
            ("used", now),
            ("used", now),
            ("ended: maker", None),
            ("ended: maker", None),
        ],
        key=str,
    )
    made.services.organisers.appoint(SYSTEM, AppointStaff(made.organiser, staff(made, "Ny"), Role.ADMIN))
    assert calls.refused("GET", "/people", who="eva")["type"] == "/problems/not-signed-in"


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "roles": ["finance"]},
        {"name": "x", "roles": ["admin", "finance"]},
        {"name": "x", "roles": ["member"], "person_id": "OTHER"},
        {"name": "x", "roles": ["admin"], "person_id": "OTHER"},
    ],
)
def test_nobody_gives_away_more_than_they_have_or_acts_as_somebody_else(calls: Api, body: dict[str, object]) -> None:
    """8.3"""
    other = str(calls.institute.person("Olof"))
    sent = {name: other if value == "OTHER" else value for name, value in body.items()}

    assert calls.refused("POST", "/tokens", sent)["status"] == 403
    assert calls.refused("POST", "/tokens", sent, who="member")["status"] == 403
    assert token_facts(calls.institute) == []


def test_a_member_has_a_key_of_their_own_and_sees_no_others(calls: Api) -> None:
    """8.3"""
    me = calls.get("/whoami", who="member")["person_id"]
    made = calls.post("/tokens", {"name": "min", "roles": ["member"], "person_id": me, "days": 7}, who="member")
    calls.tokens["mine"] = made["token"]

    assert calls.get("/whoami", who="mine")["person_id"] == me
    listed = calls.get("/tokens", who="member")
    assert {each["name"] for each in listed} == {"member", "min"}
    [mine] = [each for each in listed if each["name"] == "min"]
    assert (mine["made_by"], mine["roles"]) == (me, ["member"])
    admins = {each["id"]: each for each in calls.get("/tokens")}
    other = next(key for key, each in admins.items() if each["name"] == "finance")
    assert calls.refused("DELETE", f"/tokens/{other}", who="member")["status"] == 404
    calls.delete(f"/tokens/{made['id']}", who="member")
    assert calls.refused("GET", "/whoami", who="mine")["status"] == 401


def test_a_key_ends_by_its_day(institute: Institute) -> None:
    """8.3: a year where nothing is said, and at most as long as the installation says."""
    desk = institute.services.token_desk
    made = desk.make(institute.admin, MakeToken("Bank", (Role.ADMIN,)))
    short = desk.make(institute.admin, MakeToken("Kort", (Role.ADMIN,), days=1))
    assert made.record.expires_at == institute.clock.instant + timedelta(days=365)
    institute.clock.instant += timedelta(days=1)
    with pytest.raises(NotSignedIn):
        institute.services.tokens.recognise(short.shown)
    assert [record.name for record in desk.list(institute.admin)] == ["Bank"]
    institute.services.tokens.recognise(made.shown)
    for days in (0, 731):
        with pytest.raises(BadValue):
            desk.make(institute.admin, MakeToken("Lång", (Role.ADMIN,), days=days))


def test_nobody_gets_a_key_that_acts_for_somebody_erased(institute: Institute) -> None:
    """Nor from whoever runs the installation: keys end with their person, and none is made after."""
    gone, lesser = institute.person("Gunnar"), institute.person("Gun")
    institute.services.merging.merge(institute.admin, MergePeople(lesser, gone))
    institute.services.people.erase(institute.admin, ErasePerson(gone))
    for each in (gone, lesser):
        with pytest.raises(PersonErased):
            command = MakeToken("cli", (Role.MEMBER,), each)
            institute.services.token_desk.make_for_operator(institute.organiser, command)


def test_a_key_made_with_another_says_that_it_ends_with_that_one(institute: Institute) -> None:
    maker = institute.acting(staff(institute, "Gunnar", Role.ADMIN), Role.ADMIN)
    desk, tokens = institute.services.token_desk, institute.services.tokens
    short = desk.make(maker, MakeToken("short", (Role.ADMIN,), None, 10))
    child = desk.make(tokens.recognise(short.shown), MakeToken("child", (Role.ADMIN,), None, 700))
    assert child.record.expires_at == short.record.expires_at
    institute.clock.instant += timedelta(days=11)
    for each in (short, child):
        with pytest.raises(NotSignedIn):
            tokens.recognise(each.shown)


def test_a_role_of_one_session_is_not_given_on(institute: Institute) -> None:
    """8.3: what a provider of identities gives for a session ends with it."""
    eva = institute.person("Eva")
    with pytest.raises(NotAllowed):
        institute.services.token_desk.make(institute.acting(eva, Role.ADMIN), MakeToken("Kassan", (Role.ADMIN,)))


def test_a_key_of_an_older_version_works_on(institute: Institute) -> None:
    """Expand, then contract: a process that knows nothing of makers and ends keeps it as before."""
    shown = institute.services.tokens.make("gammal", institute.organiser, frozenset({Role.ADMIN}))
    institute.clock.instant += timedelta(days=3000)

    assert institute.services.tokens.recognise(shown).roles == {Role.ADMIN}
    assert [record.expires_at for record in institute.services.token_desk.list(institute.admin)] == [None]


def test_keys_have_a_page(database_url: str) -> None:
    """8.3: shown once, listed with who made them, taken back; a member sees their own."""
    with stage(database_url) as acted:
        admin, anna = acted.browser("admin"), acted.browser("anna")
        page = admin.open(f"/{SLUG}/tokens")
        told = admin.send(page, "days", name="Webbplatsen", role="admin", days="30")
        [shown] = [word for word in told.words.split() if word.startswith("plats_")]
        assert acted.institute.services.tokens.recognise(shown).roles == {Role.ADMIN}
        listed = admin.open(f"/{SLUG}/tokens")
        assert "Webbplatsen" in listed.words
        assert shown not in listed.words
        assert "Webbplatsen" not in anna.open(f"/{SLUG}/tokens").words
        refused = anna.send(anna.open(f"/{SLUG}/tokens"), "days", name="Min", role="admin", days="30")
        assert "plats_" not in refused.words
        admin.press(listed, f"/tokens/{shown.split('_')[1]}/revoke")
        with pytest.raises(NotSignedIn):
            acted.institute.services.tokens.recognise(shown)
