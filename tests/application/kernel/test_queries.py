"""Who may ask is declared with the question, and stands before whatever answers it."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

import pytest

from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.queries import Queries, every, for_admins, for_oneself, for_staff
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import OrganiserId, PersonId

HERE = OrganiserId(UUID(int=1))
ADMIN = Actor("admin", HERE, frozenset({Role.ADMIN}))
FINANCE = Actor("finance", HERE, frozenset({Role.FINANCE}))
MEMBER = Actor("member", HERE, frozenset(), PersonId(UUID(int=2)))


class Sums(Queries, Protocol):
    """A noun's questions."""

    @for_staff
    def of(self, actor: Actor, factor: int = 1) -> int:
        """A sum."""

    @for_admins
    def twice(self, actor: Actor) -> int:
        """A question that asks another."""
        return self.of(actor, 2)

    @for_oneself(())
    def mine(self, actor: Actor) -> tuple[int, ...]:
        """One's own."""


class Answers:
    """What answers them, beside."""

    def of(self, actor: Actor, factor: int = 1) -> int:
        return 21 * factor if actor.organiser_id == HERE else 0

    def mine(self, actor: Actor) -> tuple[int, ...]:
        return (7,) if actor.person_id is not None else (0,)


class SumTables(Answers, Sums):
    """A read model whose answers are inherited from elsewhere."""


def test_an_answer_cannot_be_reached_past_its_right() -> None:
    assert SumTables().of(FINANCE, factor=2) == 42
    with pytest.raises(NotAllowed):
        SumTables().of(MEMBER)
    with pytest.raises(NotAllowed):
        SumTables().twice(FINANCE)
    assert SumTables().twice(ADMIN) == 42


def test_who_acts_for_no_organiser_is_answered_nothing() -> None:
    with pytest.raises(NotFound):
        SumTables().of(Actor("nobody", None))


def test_a_stranger_has_nothing_of_their_own() -> None:
    assert SumTables().mine(MEMBER) == (7,)
    assert SumTables().mine(FINANCE) == ()


def test_every_row_of_a_list_is_asked_for_a_page_at_a_time() -> None:
    pages = {None: Page((1, 2), "b"), "b": Page((3,), None)}
    assert list(every(lambda after: pages[after])) == [1, 2, 3]
