"""The questions of a noun: what is answered, and who may ask, declared once; a read model answers by inheriting.

No answer can be reached past its right: whatever a read model writes for a question is wrapped in the question's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.use_case import organiser_of

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Question = Callable[Concatenate[S, Actor, P], R]


def for_roles(*roles: Role) -> Callable[[Question[S, P, R]], Question[S, P, R]]:
    """A question for those who hold one of the roles with their organiser. Raises NotAllowed for everybody else."""

    def guard(answer: Question[S, P, R]) -> Question[S, P, R]:
        @wraps(answer)
        def ask(self: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            actor.must_be(organiser_of(actor), *roles)
            return answer(self, actor, *args, **kwargs)

        ask.__dict__["guard"] = guard
        return ask

    return guard


def for_oneself(nothing: object) -> Callable[[Question[S, P, R]], Question[S, P, R]]:
    """A question of somebody about all their own; nobody we know, or who came by one booking's link, has `nothing`."""

    def guard(answer: Question[S, P, R]) -> Question[S, P, R]:
        @wraps(answer)
        def ask(self: S, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            is_asked = actor.person_id is not None and actor.booking_id is None
            return answer(self, actor, *args, **kwargs) if is_asked else cast(R, nothing)

        ask.__dict__["guard"] = guard
        return ask

    return guard


for_admins = for_roles(Role.ADMIN)
for_staff = for_roles(Role.FINANCE, Role.ADMIN)


class Queries(Protocol):
    """The questions of one noun, as the decorators declare them; those without one say in words who may ask."""

    def __init_subclass__(cls) -> None:
        """Put each answer behind the right of its question."""
        super().__init_subclass__()
        for name in dir(cls):
            declared = [vars(base)[name] for base in cls.__mro__ if name in vars(base)]
            guard: Any = next((vars(each)["guard"] for each in declared if "guard" in _marks(each)), None)
            if guard is not None and "guard" not in _marks(declared[0]):
                setattr(cls, name, guard(declared[0]))


def every(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """All rows of a list, however many, asked for a page at a time."""
    cursor: str | None = None
    while True:
        rows = page(cursor)
        yield from rows.items
        cursor = rows.next_cursor
        if cursor is None:
            return


def _marks(attribute: object) -> dict[str, Any]:
    return getattr(attribute, "__dict__", {})
