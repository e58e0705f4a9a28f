"""Personal data can be read while its key lives, and by nobody, anywhere, once it has been destroyed."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from domain.kernel.personal import Encrypted
from infrastructure.event_store.store import Store
from infrastructure.keys.key_rotation import rotate
from infrastructure.keys.keyring import MOST_KEPT, KeyDestroyed, Keyring, person_key
from tests.infrastructure.log_of_tests import all_at_once, opened_store

ANNA, BO = UUID(int=1), UUID(int=2)


def sealed(store: Store, person: UUID, value: str) -> Encrypted:
    order = CommandContext(SYSTEM)
    return store.decisions.execute(order, Encrypted, lambda work: work.encrypt(person, "name", value)).answer


def erase(store: Store, person: UUID) -> None:
    store.decisions.execute(CommandContext(SYSTEM), type(None), lambda work: work.destroy_key(person))


def test_an_erased_person_cannot_be_read_and_others_can(store: Store) -> None:
    anna, bo = sealed(store, ANNA, "Anna"), sealed(store, BO, "Bo")
    assert store.keyring.decrypt_many([anna, None, bo]) == ["Anna", None, "Bo"]

    erase(store, ANNA)

    assert store.keyring.decrypt_many([anna, None, bo]) == [None, None, "Bo"]
    assert store.decisions.dry_run(SYSTEM, lambda work: work.decrypt(anna)) is None


def test_another_process_forgets_the_key_as_well(store: Store, database_url: str) -> None:
    anna = sealed(store, ANNA, "Anna")
    erase(store, ANNA)

    with opened_store(database_url, store.key_files.folder) as other:
        assert other.keyring.decrypt(anna) is None


def test_however_many_keys_a_process_makes_it_remembers_the_latest(store: Store) -> None:
    asked: list[Sequence[object]] = []

    def query(_: str, arguments: Sequence[object]) -> list[object]:
        asked.append(arguments)
        return []

    keyring, key = Keyring(store.key_files, query), store.keyring.mint(person_key(ANNA))[0]
    people = [person_key(UUID(int=number)) for number in range(MOST_KEPT + 1)]
    for name in people:
        keyring.remember({name: key})

    assert keyring.find(people[-1:]) and not asked
    assert not keyring.find(people[:1]) and len(asked) == 1


def test_nothing_can_be_sealed_for_an_erased_person(store: Store) -> None:
    erase(store, ANNA)

    with pytest.raises(KeyDestroyed):
        sealed(store, ANNA, "Anna")


def test_a_key_made_in_a_decision_is_not_made_when_it_is_refused(store: Store) -> None:
    kept: list[Encrypted] = []

    def decision(work: UnitOfWork) -> None:
        kept.append(work.encrypt(ANNA, "name", "Anna"))
        assert work.decrypt(kept[0]) == "Anna"
        raise KeyDestroyed

    with pytest.raises(KeyDestroyed):
        store.decisions.execute(CommandContext(SYSTEM), type(None), decision)
    assert store.keyring.decrypt(kept[0]) is None


def erase_or_seal(store: Store, person: UUID, which: int) -> None:
    if which == 0:
        erase(store, person)
    else:
        sealed(store, person, "x")


def test_erasing_and_sealing_at_once_never_makes_the_key_again(store: Store, database_url: str) -> None:
    people = [UUID(int=100 + number) for number in range(10)]
    for person in people:
        all_at_once(4, partial(erase_or_seal, store, person))

    with opened_store(database_url, store.key_files.folder) as fresh:
        for person in people:
            with pytest.raises(KeyDestroyed):
                sealed(fresh, person, "x")


def test_a_value_moved_to_another_person_or_field_cannot_be_opened(store: Store) -> None:
    anna = sealed(store, ANNA, "Anna")
    sealed(store, BO, "Bo")

    for moved in (replace(anna, subject=BO), replace(anna, field="email")):
        with pytest.raises(InvalidTag):
            store.keyring.decrypt(moved)


def test_the_ledger_outlives_the_person(store: Store) -> None:
    organiser = uuid4()
    order = CommandContext(SYSTEM)
    buyer = store.decisions.execute(
        order, Encrypted, lambda work: work.encrypt_for_ledger(organiser, 2026, "b", "Anna")
    ).answer

    erase(store, ANNA)

    assert store.keyring.decrypt(buyer) == "Anna"
    assert (buyer.scope, buyer.period) == ("ledger", "2026")


def test_a_new_epoch_keeps_the_living_and_makes_older_copies_unreadable(store: Store, database_url: str) -> None:
    anna = sealed(store, ANNA, "Anna")
    old_row = store.recorder.query("select wrapped, epoch from data_key where subject = %b", [ANNA])[0]
    old_secret = store.key_files.epoch_key(1)

    assert rotate(store.connections, store.keyring, store.key_files, grace=0) == 1

    assert store.key_files.epochs() == [2]
    assert old_secret is not None
    with opened_store(database_url, store.key_files.folder) as fresh:
        assert fresh.keyring.decrypt(anna) == "Anna"
        with fresh.connections.borrow() as connection:  # the row comes back from a backup
            connection.execute("update data_key set wrapped = %b, epoch = %b where subject = %b", [*old_row, ANNA])
    with opened_store(database_url, store.key_files.folder) as restored:
        assert restored.keyring.decrypt(anna) is None


def test_equal_values_have_equal_digests_and_give_nothing_away(store: Store) -> None:
    blind_index = store.keyring.blind_index
    assert blind_index("Anna@Example.se") == blind_index(" anna@example.SE ")
    assert blind_index("anna@example.se") != blind_index("bo@example.se")
    assert "anna" not in blind_index("anna@example.se")


def test_only_its_owner_may_look_into_the_keys_folder(store: Store) -> None:
    sealed(store, ANNA, "Anna")
    store.keyring.blind_index("x")

    folder = store.key_files.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert sorted(file.name for file in folder.iterdir()) == ["1.epoch", "pepper"]
