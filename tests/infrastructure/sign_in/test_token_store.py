"""Tokens: found without asking the database each time, and worthless soon after they are revoked."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from application.access.token import NotSignedIn, TokenRecord, Tokens
from application.kernel.actor import Role
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import OrganiserId, PersonId
from infrastructure.event_store.store import Store
from infrastructure.sign_in import token_store
from infrastructure.sign_in.token_store import PostgresTokenStore
from tests.samples import Institute
from web.commands.token import command

OURS = OrganiserId(uuid4())


def test_a_token_is_recognised_with_all_that_it_may(store: Store) -> None:
    person = PersonId(uuid4())
    roles = frozenset({Role.ADMIN, Role.MEMBER})
    token = Tokens(PostgresTokenStore(store)).make("desk", OURS, roles, person)

    actor = Tokens(PostgresTokenStore(store)).recognise(token)

    assert (actor.organiser_id, actor.roles, actor.person_id, actor.is_system) == (OURS, roles, person, False)
    assert actor.id == f"token:{token.split('_')[1]}"


@pytest.mark.parametrize("change", ["plats_x", "", "plats__", "other_a_b", "plats_{id}_wrong", "plats_{id}_{secret}x"])
def test_what_is_not_a_token_of_ours_is_nobody(store: Store, change: str) -> None:
    tokens = Tokens(PostgresTokenStore(store))
    _, token_id, secret = tokens.make("desk", OURS, frozenset({Role.ADMIN})).split("_")

    with pytest.raises(NotSignedIn):
        tokens.recognise(change.format(id=token_id, secret=secret))


def test_a_token_that_was_seen_is_recognised_without_a_question(store: Store) -> None:
    tokens = Tokens(PostgresTokenStore(store))
    token = tokens.make("desk", OURS, frozenset({Role.ADMIN}))
    tokens.recognise(token)
    with store.connections.borrow() as connection:
        connection.execute("alter table token rename to token_elsewhere")

    assert tokens.recognise(token).organiser_id == OURS


def test_a_revoked_token_is_worthless_at_once_here_and_soon_elsewhere(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = Tokens(PostgresTokenStore(store)), Tokens(PostgresTokenStore(store))
    token = here.make("desk", OURS, frozenset({Role.ADMIN}))
    monkeypatch.setattr(token_store, "REMEMBERED", 0.0)
    assert elsewhere.recognise(token) == here.recognise(token)
    here.revoke(token.split("_")[1])

    for tokens in (here, elsewhere):
        with pytest.raises(NotSignedIn):
            tokens.recognise(token)
    with pytest.raises(NotFound):
        here.revoke(token.split("_")[1])


def test_only_so_many_are_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_store, "_MOST", 3)
    kept = PostgresTokenStore(store)
    records = [TokenRecord(f"id{no}", bytes(32), OURS, frozenset({Role.ADMIN}), None, False, "desk") for no in range(9)]
    for record in records:
        kept.keep(record)

    def find() -> None:
        for _ in range(20):
            for record in records:
                found = kept.find(record.id)
                assert found is not None and replace(found, made_at=record.made_at) == record

    threads = [threading.Thread(target=find) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept._known) <= 3


def test_tokens_are_listed_by_organiser(store: Store) -> None:
    tokens = Tokens(PostgresTokenStore(store))
    tokens.make("desk", OURS, frozenset({Role.ADMIN}))
    gone = tokens.make("old", OURS, frozenset({Role.ADMIN})).split("_")[1]
    tokens.revoke(gone)
    tokens.make("other", OrganiserId(uuid4()), frozenset({Role.FINANCE}))
    tokens.make("root", None, frozenset(), is_system=True)

    assert [record.name for record in tokens.list(OURS)] == ["desk"]
    assert [(record.name, record.is_system) for record in tokens.list(None)] == [("root", True)]


def run(institute: Institute, database_url: str, *words: str) -> Result:
    keys = institute.house.store.key_files.folder
    environment = {"DATABASE_URL": database_url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}
    return CliRunner().invoke(command, words, env=environment)


def test_the_command_line_gives_out_lists_and_takes_back(institute: Institute, database_url: str) -> None:
    made = run(
        institute, database_url, "create", "--organiser", "institutet", "--role", "finance", "--name", "Bank", "--json"
    )
    told = json.loads(made.stdout)
    actor = institute.services.tokens.recognise(told["token"])
    assert (actor.organiser_id, actor.roles) == (institute.organiser, frozenset({Role.FINANCE}))

    [listed] = json.loads(run(institute, database_url, "list", "--organiser", "institutet", "--json").stdout)
    assert (listed["id"], listed["name"], listed["roles"]) == (told["id"], "Bank", ["finance"])
    assert told["token"].split("_")[2] not in json.dumps(listed)

    assert run(institute, database_url, "revoke", told["id"]).exit_code == 0
    assert run(institute, database_url, "list", "--organiser", "institutet").stdout == ""


def test_a_system_token_is_for_the_installation(institute: Institute, database_url: str) -> None:
    token = run(institute, database_url, "create", "--system", "--name", "root").stdout.strip()

    assert institute.services.tokens.recognise(token).is_system


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--organiser", "nobody", "--role", "admin", "--name", "x"), "There is no organiser 'nobody'"),
        (("list", "--organiser", "nobody"), "There is no organiser 'nobody'"),
        (("revoke", "0123"), "There is no token '0123'"),
    ],
)
def test_what_is_not_there_is_said(institute: Institute, database_url: str, words: tuple[str, ...], said: str) -> None:
    result = run(institute, database_url, *words)

    assert isinstance(result.exception, PlatsError)
    assert str(result.exception).startswith(said)


@pytest.mark.parametrize("words", [("--name", "x"), ("--organiser", "institutet", "--name", "x"), ("--system",)])
def test_a_token_is_somebodys_with_a_role_and_a_name(
    institute: Institute, database_url: str, words: tuple[str, ...]
) -> None:
    assert run(institute, database_url, "create", *words).exit_code == 2
