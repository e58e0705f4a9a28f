"""`plats keys renew`: after it, whoever puts an older backup back cannot read in it who has been erased."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from application.people.person import ErasePerson
from infrastructure.event_store.store import Store
from infrastructure.keys import key_rotation
from infrastructure.keys.keyring import Keyring, person_key
from infrastructure.subscriptions.rebuild import RebuildUnderWay, alone
from tests.samples import Institute
from web.commands.keys import command

_KEYS = "select scope, subject, period, epoch, wrapped from data_key where wrapped is not null"


def renew(institute: Institute, database_url: str, *words: str) -> str:
    keys = institute.house.store.key_files.folder
    settings = {"DATABASE_URL": database_url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}
    result = CliRunner().invoke(command, ["renew", *words], env=settings, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def put_back(store: Store, backup: list[tuple[object, ...]]) -> Keyring:
    """The keys as an older backup has them, and a process that has just been started on it."""
    with store.connections.borrow() as connection:
        connection.execute("delete from data_key")
        connection.cursor().executemany(
            "insert into data_key values (%s, %s, %s, %s, %s, now())",
            backup,
        )
    return Keyring(type(store.key_files)(store.key_files.folder), store.recorder.query)


def test_the_living_stay_readable_and_an_older_backup_gives_nobody_away(
    institute: Institute, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "GRACE", 0.0)
    anna, bertil = institute.person("Anna"), institute.person("Bertil")
    institute.catch_up()
    store = institute.house.store
    backup = store.recorder.query(_KEYS, [])
    institute.services.people.erase(institute.admin, ErasePerson(anna))

    told = json.loads(renew(institute, database_url, "--json"))

    institute.catch_up()
    assert (told["renewed"], told["epoch"]) == (1, 2)
    assert institute.services.people_questions.person(institute.admin, bertil).name == "Bertil"
    found = institute.services.people_questions.people(institute.admin, search="bertil").items
    assert [row.person_id for row in found] == [bertil]
    keyring = put_back(store, backup)
    assert keyring.find([person_key(anna), person_key(bertil)]) == {person_key(anna): None, person_key(bertil): None}


def test_it_says_what_to_do_next(institute: Institute, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_rotation, "GRACE", 0.0)
    institute.person("Anna")
    assert "Keys wrapped anew: 1 (epoch 2). Take a new backup now." in renew(institute, database_url)


def test_while_read_models_are_made_nothing_is_renewed(institute: Institute, database_url: str) -> None:
    """What is made beside the live tables would be left under the keys that are destroyed."""
    store = institute.house.store
    institute.person("Anna")
    before = store.key_files.epochs()
    with store.connections.dedicated() as rebuilding, alone(rebuilding), pytest.raises(RebuildUnderWay):
        renew(institute, database_url)
    assert store.key_files.epochs() == before
