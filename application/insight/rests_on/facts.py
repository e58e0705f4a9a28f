"""How facts are named now and read later, and what any one thing rests on: its own state."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts
from application.kernel.use_case import load_for
from domain.kernel.aggregate import Aggregate

P = ParamSpec("P")


def facts(read: Callable[Concatenate[UnitOfWork, P], object]) -> Callable[P, Facts]:
    """Facts of a thing that is named now and read later, within a decision: `person(person_id)` is read of `work`."""

    @wraps(read)
    def of(*args: P.args, **kwargs: P.kwargs) -> Facts:
        return lambda work: read(work, *args, **kwargs)

    return of


def all_of(*facts: Facts) -> Facts:
    """Several facts together."""
    return lambda work: tuple(each(work) for each in facts)


@facts
def nothing_but(work: UnitOfWork, kind: type[Aggregate], aggregate_id: UUID) -> object:
    """One thing as it is: whatever happens to it counts."""
    return kind.__name__, aggregate_id, load_for(work, kind, aggregate_id).version
