"""Given, when, then: how the rules are told in tests, with the people and organisations they are told about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.kernel.money import Money

A = TypeVar("A", bound=Aggregate)
P = ParamSpec("P")

ENVELOPE = {"originator_id", "originator_version", "originator_topic", "timestamp"}
ORGANISER = OrganiserId(UUID(int=1))
ANNA, BERTIL, CECILIA, BO = (PersonId(UUID(int=number)) for number in range(11, 15))
ACME, BOLT = OrganisationId(UUID(int=21)), OrganisationId(UUID(int=22))
NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)

Fact = tuple[type, dict[str, object]]


def kronor(amount: int) -> Money:
    """Whole kronor."""
    return Money(amount * 100)


def wall(text: str) -> datetime:
    """A local wall-clock time, as somebody types it."""
    return datetime.fromisoformat(text)


def fact(kind: type, /, **facts: object) -> Fact:
    """An event with all its facts, its envelope apart."""
    return kind, facts


@dataclass(frozen=True)
class When(Generic[A]):
    """A command that is about to be given."""

    aggregate: A
    command: Callable[[], object]

    def then(self, *expected: Fact) -> A:
        """Exactly these facts are recorded, and a replay of all of them remembers the same."""
        known = len(self.aggregate.pending_events)
        self.command()
        assert [told(event) for event in self.aggregate.pending_events[known:]] == list(expected)
        assert memory(replayed(self.aggregate)) == memory(self.aggregate)
        return self.aggregate

    def refused(self, kind: type[RuleBroken], **facts: object) -> A:
        """The rule says no with these facts, and nothing is recorded."""
        before, known = memory(self.aggregate), len(self.aggregate.pending_events)
        try:
            self.command()
        except RuleBroken as refusal:
            assert type(refusal) is kind, refusal
            assert {name: refusal.facts.get(name) for name in facts} == facts
        else:
            raise AssertionError(f"{kind.__name__} was expected")
        assert (memory(self.aggregate), len(self.aggregate.pending_events)) == (before, known)
        return self.aggregate


@dataclass(frozen=True)
class Given(Generic[A]):
    """An aggregate with a history."""

    aggregate: A

    def when(self, command: Callable[Concatenate[A, P], object], *args: P.args, **kwargs: P.kwargs) -> When[A]:
        return When(self.aggregate, lambda: command(self.aggregate, *args, **kwargs))


def given(aggregate: A) -> Given[A]:
    return Given(aggregate)


def told(event: object) -> Fact:
    return type(event), {name: value for name, value in vars(event).items() if name not in ENVELOPE}


def replayed(aggregate: A) -> A:
    """The aggregate as its events alone make it."""
    again: A | None = None
    for event in aggregate.pending_events:
        again = event.mutate(again)
    assert again is not None
    return again


def memory(aggregate: Aggregate) -> str:
    """What it remembers, events to be recorded apart."""
    return repr({name: value for name, value in sorted(vars(aggregate).items()) if name != "_pending_events"})
