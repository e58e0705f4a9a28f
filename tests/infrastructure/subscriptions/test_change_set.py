"""Changes of a batch: folded to one row each, as if carried out one by one; and names in Swedish order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest

from infrastructure.event_store.store import Store
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.sorting import sort_key
from infrastructure.read_models.kernel.table import Change, Row, RowMissing, Table
from infrastructure.subscriptions.change_set import create, write

THING = Table(
    "trial",
    "thing",
    {"id": "uuid", "no": "bigint", "name": "text", "facts": "jsonb", "secret": "bytea"},
    key=("id", "no"),
    indexes=("(name)",),
)
TALLY = Table("trial", "tally", {"id": "uuid", "up": "bigint", "down": "bigint"}, key=("id",))
TRIAL = Projection("trial", 1, (THING, TALLY))
ONE, TWO = UUID(int=1), UUID(int=2)


def put(key: UUID, no: int, name: str | None, facts: str = "[]") -> Change:
    return THING.put(id=key, no=no, name=name, facts=facts, secret=b"\x00\xff")


def name_of(row: Row) -> str:
    name = row["name"]
    assert isinstance(name, str)
    return name


@pytest.fixture
def trial(store: Store) -> Store:
    with store.connections.borrow() as connection:
        create(connection, TRIAL)
    return store


def carry_out(store: Store, *changes: Change, puts_are_new: bool = False) -> None:
    with store.connections.borrow() as connection, connection.transaction():
        write(connection, changes, puts_are_new=puts_are_new)


def things(store: Store) -> list[tuple[Any, ...]]:
    return store.recorder.query("select id, no, name, facts::text, secret from trial.thing order by id, no", [])


def tallies(store: Store) -> list[tuple[Any, ...]]:
    return store.recorder.query("select id, up, down from trial.tally order by id", [])


def test_changes_of_one_row_are_folded_in_order(trial: Store) -> None:
    carry_out(
        trial,
        put(ONE, 1, "först"),
        THING.change((ONE, 1), name="sedan"),
        THING.fold((ONE, 1), lambda row: {"name": f"{name_of(row)} och till sist", "facts": '["å"]'}),
        put(TWO, 1, None),
        put(TWO, 2, "bort"),
        THING.delete((TWO, 2)),
        TALLY.count((ONE,), up=2),
        TALLY.count((ONE,), up=-5, down=1),
    )

    secret = b"\x00\xff"
    assert things(trial) == [(ONE, 1, "sedan och till sist", '["å"]', secret), (TWO, 1, None, "[]", secret)]
    assert tallies(trial) == [(ONE, -3, 1)]


def test_a_row_of_an_earlier_batch_is_changed_and_deleted(trial: Store) -> None:
    carry_out(trial, put(ONE, 1, "a"), put(ONE, 2, "b"), TALLY.count((ONE,), up=1))
    carry_out(trial, THING.change((ONE, 1), name="c"), THING.delete((ONE, 2)), TALLY.add((ONE,), up=1, down=1))

    assert [row[:3] for row in things(trial)] == [(ONE, 1, "c")]
    assert tallies(trial) == [(ONE, 2, 1)]


@pytest.mark.parametrize(
    "change",
    [
        THING.change((ONE, 1), name="c"),
        TALLY.add((ONE,), up=1),
        THING.fold((ONE, 1), lambda row: row),
    ],
    ids=["change", "add", "fold"],
)
def test_what_is_not_there_cannot_be_changed(trial: Store, change: Change) -> None:
    with pytest.raises(RowMissing, match=r"trial\.(thing|tally) has no row"):
        carry_out(trial, put(TWO, 1, "a"), change)
    assert things(trial) == []


def test_rows_said_to_be_new_are_copied_and_others_are_refused(trial: Store) -> None:
    carry_out(
        trial, put(ONE, 1, "tab\there \\ and\nthere", '{"å": "\\\\ \\n"}'), TALLY.count((ONE,), up=1), puts_are_new=True
    )
    carry_out(trial, THING.delete((ONE, 1)), TALLY.count((ONE,), up=1), TALLY.count((TWO,), up=1), puts_are_new=True)
    assert (things(trial), tallies(trial)) == ([], [(ONE, 2, 0), (TWO, 1, 0)])

    carry_out(trial, put(ONE, 1, None), puts_are_new=True)
    with pytest.raises(psycopg.errors.UniqueViolation):
        carry_out(trial, put(ONE, 1, None), puts_are_new=True)


@pytest.mark.parametrize("is_rebuild", [False, True])
def test_batches_of_any_size_come_to_the_same(trial: Store, is_rebuild: bool) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    changes = random_changes(chance, 300)
    one_by_one = result(trial, changes, [1] * len(changes), is_rebuild=False)
    sizes: list[int] = []
    while sum(sizes) < len(changes):
        sizes.append(chance.randint(1, 40))

    assert result(trial, changes, sizes, is_rebuild=is_rebuild) == one_by_one, f"seed {seed}"


def result(store: Store, changes: Sequence[Change], sizes: Sequence[int], *, is_rebuild: bool) -> list[tuple[Any, ...]]:
    with store.connections.borrow() as connection:
        connection.execute("truncate trial.thing, trial.tally")
    start = 0
    for size in sizes:
        batch = changes[start : start + size]
        start += size
        try:
            carry_out(store, *batch, puts_are_new=is_rebuild)
        except psycopg.errors.UniqueViolation:
            carry_out(store, *batch)
    return things(store) + tallies(store)


def random_changes(chance: random.Random, number: int) -> list[Change]:
    """Changes that can be carried out in this order: only what is there is changed."""
    there: set[int] = set()
    changes: list[Change] = []
    for turn in range(number):
        no = chance.randint(1, 12)
        kind = chance.choice(["put", "put", "delete", "change", "add"])
        if kind == "put":
            there.add(no)
            changes.append(put(ONE, no, f"{turn}"))
        elif kind == "delete":
            there.discard(no)
            changes.append(THING.delete((ONE, no)))
        elif kind == "change" and no in there:
            changes.append(THING.fold((ONE, no), lambda row, turn=turn: {"name": f"{name_of(row)}, {turn}"}))  # type: ignore[misc]
        else:
            changes.append(TALLY.count((UUID(int=no),), up=turn, down=-1))
    return changes


def test_a_put_names_every_column() -> None:
    with pytest.raises(TypeError, match="has the columns id, up, down"):
        TALLY.put(id=ONE, up=1)


def test_names_sort_as_swedes_sort_them() -> None:
    names = ["zeta", "Åsa", "ärla", "Österberg", "Øre", "Ek", "École", "æon", "adam", "Adams", "", "Åke", "Ökar"]

    assert sorted(names, key=sort_key) == [
        "", "adam", "Adams", "École", "Ek", "zeta", "Åke", "Åsa", "æon", "ärla", "Ökar", "Øre", "Österberg"
    ]  # fmt: skip
