"""Signing in: a link that works once, sessions that end everywhere, roles as they are at the very moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from application.access.session import Browser, Whose
from application.access.sign_in import LINK_LIFE, MOST_FOR_ADDRESS, MOST_FROM_PLACE
from application.access.token import NotSignedIn
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.one_time_token import TooManyAttempts
from application.mail.letter_desk import LetterRow
from application.people.organiser import AppointStaff, DismissStaff, FoundOrganiser
from application.people.person import ErasePerson, RegisterPerson
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import PersonId
from infrastructure.kernel.settings import Settings
from tests.clock import FixedClock
from tests.samples import Institute
from web.wiring import build

LAPTOP, PHONE = Browser("Firefox · Linux"), Browser("Safari · iPhone", "en")


def ask(institute: Institute, address: str, place: str = "192.0.2.1") -> list[LetterRow]:
    """Ask for a link, let the worker write what it will, and see which letters there are now."""
    institute.services.sign_in.ask((institute.organiser,), address, place, "/institutet/bookings", "sv")
    while institute.services.sign_in.turn():
        pass
    return [row for row in institute.services.letters.list(institute.admin) if row.kind == "sign_in"]


def secret_in(institute: Institute, row: LetterRow) -> str:
    """What the letter lets in with, read as whoever gets it reads it."""
    told = institute.services.letters._box.words(row.letter_id)
    assert told is not None
    [link] = [line for line in told[1].splitlines() if line.startswith("http")]
    assert link.startswith("http://127.0.0.1:8000/institutet/sign-in/")
    return link.rpartition("/")[2]


def entered(institute: Institute, person: PersonId, browser: Browser = LAPTOP) -> str:
    """The secret of a new session."""
    return institute.services.sessions.begin(Whose(institute.organiser, person), "link", browser)


def test_a_link_lets_its_person_in_once(institute: Institute) -> None:
    anna = institute.person("Anna")
    [letter] = ask(institute, " ANNA@example.org ")
    secret = secret_in(institute, letter)

    assert institute.services.sign_in.opens(secret) == Whose(institute.organiser, anna)
    assert institute.services.sign_in.opens(secret) == Whose(institute.organiser, anna)
    came = institute.services.sign_in.enter(secret, LAPTOP)
    actor = institute.services.sessions.recognise(came.secret)
    assert (actor.person_id, actor.organiser_id, actor.roles) == (anna, institute.organiser, frozenset({Role.MEMBER}))
    assert came.going_to == "/institutet/bookings"
    with pytest.raises(NotSignedIn):
        institute.services.sign_in.enter(secret, LAPTOP)


def test_a_link_is_over_after_half_an_hour(institute: Institute) -> None:
    institute.person("Anna")
    [letter] = ask(institute, "anna@example.org")
    secret = secret_in(institute, letter)
    institute.clock.pass_by(LINK_LIFE)

    with pytest.raises(NotSignedIn):
        institute.services.sign_in.opens(secret)
    with pytest.raises(NotSignedIn):
        institute.services.sign_in.enter(secret, LAPTOP)


def test_an_unknown_address_does_the_same_work_and_gets_no_letter(institute: Institute, database_url: str) -> None:
    institute.person("Anna")
    kept = []
    for address in ("anna@example.org", "nobody@example.org"):
        institute.services.sign_in.ask((institute.organiser,), address, "192.0.2.1", "", "sv")
        with psycopg.connect(database_url) as connection:
            kept.append(connection.execute("select count(*) from asked_link").fetchall())
            [(row,)] = connection.execute("select string_agg(asked_link::text, '') from asked_link").fetchall()
            assert "example.org" not in row
    assert kept == [[(1,)], [(2,)]]
    while institute.services.sign_in.turn():
        pass

    assert [row.to for row in institute.services.letters.list(institute.admin)] == ["anna@example.org"]


def test_an_address_at_two_organisers_gets_a_link_from_each(institute: Institute) -> None:
    founded = institute.services.organisers.found(SYSTEM, FoundOrganiser("Grannen", "grannen", "556999-2000"))
    neighbour = founded.answer.organiser_id
    admin = Actor("x", neighbour, frozenset({Role.ADMIN}))
    institute.services.people.register(admin, RegisterPerson("Anna", "anna@example.org"))
    institute.person("Anna")
    institute.services.sign_in.ask((institute.organiser, neighbour), "anna@example.org", "192.0.2.1", "", "sv")
    assert institute.services.sign_in.turn()

    assert len(institute.services.letters.list(institute.admin)) == 1
    assert len(institute.services.letters.list(admin)) == 1


def test_asking_again_and_again_is_refused_for_any_address(institute: Institute) -> None:
    institute.person("Anna")
    for address in ("anna@example.org", "nobody@example.org"):
        for attempt in range(MOST_FOR_ADDRESS):
            ask(institute, address, f"192.0.2.{attempt}")
        with pytest.raises(TooManyAttempts):
            ask(institute, address, "192.0.2.99")
    assert len(institute.services.letters.list(institute.admin)) == MOST_FOR_ADDRESS

    institute.clock.pass_by(timedelta(minutes=15))
    assert len(ask(institute, "anna@example.org")) == MOST_FOR_ADDRESS + 1


def test_one_place_may_not_ask_for_everybody(institute: Institute) -> None:
    for number in range(MOST_FROM_PLACE):
        ask(institute, f"nobody{number}@example.org", "198.51.100.7")
    with pytest.raises(TooManyAttempts):
        ask(institute, "somebody.else@example.org", "198.51.100.7")
    ask(institute, "somebody.else@example.org", "198.51.100.8")


def test_what_is_no_address_is_said_so(institute: Institute) -> None:
    with pytest.raises(BadValue):
        ask(institute, "anna")


def test_two_sessions_are_ended_everywhere_but_here(institute: Institute) -> None:
    anna = institute.person("Anna")
    here, there, phone = entered(institute, anna), entered(institute, anna), entered(institute, anna, PHONE)
    actor = institute.services.sessions.recognise(here)
    assert sorted(row.browser for row in institute.services.sessions.mine(actor)) == [
        "Firefox · Linux",
        "Firefox · Linux",
        "Safari · iPhone",
    ]
    institute.services.sessions.end_others(actor)

    assert institute.services.sessions.recognise(here).person_id == anna
    for secret in (there, phone):
        with pytest.raises(NotSignedIn):
            institute.services.sessions.recognise(secret)


def test_signing_out_ends_the_session_and_nobody_ends_anothers(institute: Institute) -> None:
    anna, bertil = institute.person("Anna"), institute.person("Bertil")
    hers, his = entered(institute, anna), entered(institute, bertil)
    actor, other = institute.services.sessions.recognise(hers), institute.services.sessions.recognise(his)
    [theirs] = institute.services.sessions.mine(other)
    with pytest.raises(NotFound):
        institute.services.sessions.end(actor, theirs.session_id)
    institute.services.sessions.sign_out(hers)

    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(hers)
    assert institute.services.sessions.recognise(his).person_id == bertil


def test_staff_hold_their_role_until_the_instant_it_is_taken_back(institute: Institute) -> None:
    anna = institute.person("Anna")
    secret = entered(institute, anna)
    assert institute.services.sessions.recognise(secret).roles == {Role.MEMBER}
    institute.services.organisers.appoint(institute.admin, AppointStaff(institute.organiser, anna, Role.ADMIN))
    assert institute.services.sessions.recognise(secret).roles == {Role.MEMBER, Role.ADMIN}
    institute.services.organisers.dismiss(institute.admin, DismissStaff(institute.organiser, anna, Role.ADMIN))

    assert institute.services.sessions.recognise(secret).roles == {Role.MEMBER}
    institute.catch_up()
    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(secret)


def test_staff_sign_in_anew_every_day_and_members_every_month(institute: Institute) -> None:
    anna, bertil = institute.person("Anna"), institute.person("Bertil")
    institute.services.organisers.appoint(institute.admin, AppointStaff(institute.organiser, anna, Role.FINANCE))
    hers, his = entered(institute, anna), entered(institute, bertil)
    institute.clock.pass_by(timedelta(hours=12))
    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(hers)
    institute.clock.pass_by(timedelta(days=28))
    assert institute.services.sessions.recognise(his).person_id == bertil
    institute.clock.pass_by(timedelta(days=2))
    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(his)


def test_somebody_erased_is_nowhere_signed_in_from_that_instant(institute: Institute) -> None:
    anna = institute.person("Anna")
    [letter] = ask(institute, "anna@example.org")
    link, secret = secret_in(institute, letter), entered(institute, anna)
    institute.services.people.erase(institute.admin, ErasePerson(anna))

    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(secret)
    with pytest.raises(NotSignedIn):
        institute.services.sign_in.enter(link, LAPTOP)
    assert len(ask(institute, "anna@example.org")) == 1


@pytest.mark.parametrize("shown", ["", "session_", "session_x", "session_å", "plats_x_y", "session_" + "x" * 5000])
def test_what_is_no_session_of_ours_is_nobody(institute: Institute, shown: str) -> None:
    with pytest.raises(NotSignedIn):
        institute.services.sessions.recognise(shown)


def test_letters_are_written_in_the_language_somebody_read_in_last(institute: Institute) -> None:
    anna = institute.person("Anna")
    entered(institute, anna, PHONE)
    institute.services.sign_in.ask((institute.organiser,), "anna@example.org", "192.0.2.1", "", "")
    assert institute.services.sign_in.turn()

    [row] = institute.services.letters.list(institute.admin)
    assert row.language == "en"


def test_an_empty_installation_lets_its_first_admin_in_until_it_has_staff(database_url: str, tmp_path: Path) -> None:
    settings = Settings.read({"PLATS_HOME": str(tmp_path), "PLATS_KEYS": str(tmp_path / "keys")})
    house = build(database_url, settings, FixedClock())
    try:
        services = house.services
        old, secret = services.sign_in.first_admin_link(), services.sign_in.first_admin_link()
        assert old is not None
        assert secret is not None
        with pytest.raises(NotSignedIn):
            services.sign_in.enter(old, LAPTOP)
        came = services.sign_in.enter(secret, LAPTOP)
        founder = services.sessions.recognise(came.secret)
        assert (founder.is_system, came.going_to) == (True, "/start")
        organiser = services.organisers.found(founder, FoundOrganiser("Institutet", "institutet", "556036-0793"))
        admin = Actor("x", organiser.answer.organiser_id, frozenset({Role.ADMIN}))
        person = services.people.register(admin, RegisterPerson("Anna", "anna@example.org")).answer.person_id
        assert services.sessions.recognise(came.secret).is_system
        appoint = AppointStaff(organiser.answer.organiser_id, person, Role.ADMIN)
        services.organisers.appoint(founder, appoint)

        with pytest.raises(NotSignedIn):
            services.sessions.recognise(came.secret)
        assert services.sign_in.first_admin_link() is None
    finally:
        house.close()
