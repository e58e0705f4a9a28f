"""Whose turn it is when seats are free: who of those that wait gets how many, in order, and who is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.booking.waiting_rules import Party


class Turn(StrEnum):
    """What becomes of a party when seats are free."""

    OFFERED = "offered"
    GATHERED = "gathered"
    PASSED_OVER = "passed_over"


@dataclass(frozen=True)
class Waiting:
    """A party on the list that nothing is offered to: how many it is, and how many seats are gathered for it."""

    place_id: UUID
    seats: int
    gathered: int = 0
    may_gather: bool = True


@dataclass(frozen=True)
class Move:
    """What becomes of one of them. `free`: how many seats there were when it was its turn."""

    place_id: UUID
    turn: Turn
    seats: int
    free: int


def moves(line: Iterable[Waiting], free: int, party: Party) -> tuple[Move, ...]:
    """Who gets what of the free seats, in order: the first that fits; a party that does not fit waits or is waited for.

    Parties sit together (S21). Kept together, one is passed over while fewer seats are free than it needs; held for,
    the seats are gathered for it and nobody behind it gets any. Only those are passed over before whom another comes.
    """
    made: list[Move] = []
    passed: list[Move] = []
    for each in line:
        if free <= 0:
            break
        lacks = each.seats - each.gathered
        if lacks <= free:
            made += [*passed, Move(each.place_id, Turn.OFFERED, each.seats, free)]
            passed, free = [], free - lacks
        elif each.gathered or (party is Party.HOLD and each.may_gather):
            made.append(Move(each.place_id, Turn.GATHERED, each.gathered + free, free))
            free = 0
        else:
            passed.append(Move(each.place_id, Turn.PASSED_OVER, each.seats, free))
    return tuple(made)
