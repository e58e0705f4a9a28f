"""What aggregates are made of: parts that leave nothing open, changes that something remembers."""

from __future__ import annotations

from abc import abstractmethod
from uuid import UUID, uuid4

import pytest

from domain.kernel.aggregate import Aggregate, Change, Part, event


class Counting(Part):
    """Counts what the aggregate says there is."""

    @abstractmethod
    def there(self) -> int:
        """How many."""


def test_an_aggregate_that_leaves_open_what_its_part_needs_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="Open leaves open what its parts need: there"):

        class Open(Aggregate, Counting):
            """Says nothing."""


def test_a_part_before_the_aggregate_would_record_nothing_and_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="record"):

        class Turned(Counting, Aggregate):
            """Its parts stand first."""

            def there(self) -> int:
                return 0


class Named(Aggregate):
    """Has a name."""

    class Began(Aggregate.Created):
        name: str

    class Renamed(Change):
        name: str

    class Misspelt(Change):
        nam: str

    @event(Began)
    def __init__(self, id: UUID, name: str) -> None:  # noqa: A002, ARG002  # the library's word; it takes it
        self.name = name


def test_a_change_is_recorded_once_and_one_that_nothing_remembers_is_a_mistake() -> None:
    named = Named(id=uuid4(), name="Anna")
    named.record_change(Named.Renamed(name="Bo"))
    named.record_change(Named.Renamed(name="Bo"))
    assert (named.name, len(named.pending_events)) == ("Bo", 2)
    with pytest.raises(TypeError, match=r"Named\.Misspelt"):
        named.record_change(Named.Misspelt(nam="Carl"))
