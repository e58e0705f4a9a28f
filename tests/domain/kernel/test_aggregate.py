"""How a fact is recorded and remembered."""

from __future__ import annotations

from dataclasses import fields

import pytest

from domain.kernel.aggregate import Aggregate, Change, event
from infrastructure.serialization.aggregates import AGGREGATES


class Lamp(Aggregate):
    """Only here to be lit."""

    class Hung(Aggregate.Created):
        room: str

    class Moved(Change):
        room: str
        was: str

    class Lit(Aggregate.Event):
        watts: int

        def apply(self, lamp: Lamp) -> None:
            lamp.lit.append(self.watts)

    @event(Hung)
    def __init__(self, room: str) -> None:
        self.room = room
        self.lit: list[int] = []


def test_a_recorded_fact_is_remembered_and_waits_to_be_stored_with_its_place_in_the_history() -> None:
    lamp = Lamp("hall")
    lamp.record(Lamp.Lit(watts=40))

    fact = lamp.pending_events[-1]
    assert (lamp.lit, lamp.version) == ([40], 2)
    assert (fact.originator_id, fact.originator_version) == (lamp.id, 2)
    assert lamp.modified_on == fact.timestamp


def test_a_change_gives_the_attributes_of_its_names_their_values_and_nothing_else() -> None:
    lamp = Lamp("hall")
    lamp.record(Lamp.Moved(room="kitchen", was="hall"))

    assert lamp.room == "kitchen"
    assert "was" not in vars(lamp)


def test_a_fact_lacks_nothing_and_has_nothing_more() -> None:
    with pytest.raises(TypeError):
        Lamp.Lit()  # type: ignore[call-arg]  # what is tried here
    with pytest.raises(TypeError):
        Lamp.Lit(watts=40, colour="red")  # type: ignore[call-arg]  # what is tried here


def test_every_change_in_the_domain_changes_something() -> None:
    for kind in AGGREGATES:
        attributes = set(kind.__init__.__code__.co_names)
        for name, fact in vars(kind).items():
            if isinstance(fact, type) and issubclass(fact, Change):
                assert attributes & {field.name for field in fields(fact)}, f"{kind.__name__}.{name}"
