"""What opened an entry that leads to another now: a device nothing at all, and what is left is seen by its owner."""

from __future__ import annotations

from uuid import UUID

import pytest

from application.access.passkey import PasskeyRow, Site
from application.access.session import Browser, Whose
from application.access.token import NotSignedIn
from application.access.token_desk import MakeToken
from application.booking.merging import MergePeople
from application.kernel.actor import Actor, Role
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from infrastructure.sign_in.passkey_store import PostgresPasskeyStore
from tests.samples import Institute
from tests.scenarios.people.test_safeguard import appointed

HERE = Site("http://localhost", "localhost")


def merged(institute: Institute, lesser: PersonId, greater: PersonId) -> Actor:
    """Whoever is left, signed in."""
    institute.catch_up()
    institute.services.merging.merge(institute.admin, MergePeople(lesser, greater))
    institute.catch_up()
    sessions = institute.services.sessions
    return sessions.recognise(sessions.begin(Whose(institute.organiser, greater), "link", Browser()))


def test_a_device_of_a_merged_entry_opens_nobodys_door(institute: Institute) -> None:
    """An admin merges an entry, whose device is somebody else's, into that of finance: nobody becomes finance by it."""
    olof, puppet = appointed(institute, "Olof", Role.FINANCE), institute.person("Docka")
    assert olof.person_id is not None
    devices, now = PostgresPasskeyStore(institute.house.store), institute.clock.now()
    whose = Whose(institute.organiser, puppet)
    devices.keep(PasskeyRow(UUID(int=7), b"device", whose, b"key", 0, "min telefon", now, None))
    assert devices.find(b"device") is not None
    merged(institute, puppet, olof.person_id)
    assert devices.find(b"device") is None


def test_a_calendar_address_from_before_is_seen_and_stopped(institute: Institute) -> None:
    anna, other = institute.member("Anna"), institute.member("Annika")
    assert anna.person_id is not None and other.person_id is not None
    calendars = institute.services.calendars
    secret = calendars.make(other)
    mine = merged(institute, other.person_id, anna.person_id)
    assert calendars.is_shared(mine) and calendars.reader(secret).person_id == anna.person_id
    calendars.stop(mine)
    assert not calendars.is_shared(mine)
    with pytest.raises(NotFound):
        calendars.reader(secret)


def test_a_key_from_before_is_listed_and_taken_back(institute: Institute) -> None:
    anna, other = institute.member("Anna"), institute.member("Annika")
    assert anna.person_id is not None and other.person_id is not None
    desk = institute.services.token_desk
    made = desk.make(other, MakeToken("Skriptet", (Role.MEMBER,), other.person_id))
    mine = merged(institute, other.person_id, anna.person_id)
    assert [each.name for each in desk.list(mine)] == ["Skriptet"]
    desk.revoke(mine, made.record.id)
    with pytest.raises(NotSignedIn):
        institute.services.tokens.recognise(made.shown)


def test_a_key_to_the_api_makes_no_passkey(institute: Institute) -> None:
    """8.3: a passkey opens all that is its owner's, for good; the key was made for a part of it and for a while."""
    eva = appointed(institute, "Eva", Role.ADMIN)
    assert eva.person_id is not None
    services = institute.services
    shown = services.token_desk.make(eva, MakeToken("Kalendern", (Role.MEMBER,), eva.person_id)).shown
    with pytest.raises(NotSignedIn):
        services.passkeys.options_to_make(services.tokens.recognise(shown), HERE, "Eva")
    session = services.sessions.begin(Whose(institute.organiser, eva.person_id), "link", Browser())
    assert "challenge" in services.passkeys.options_to_make(services.sessions.recognise(session), HERE, "Eva")
