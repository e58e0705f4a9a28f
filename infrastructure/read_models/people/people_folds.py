"""How the lists in a row change: employments and affiliations of a person, periods of a membership."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.kernel.eligibility import Ground
from domain.people.person_employment import Employment
from infrastructure.read_models.kernel.table import Change, Row, as_json
from infrastructure.read_models.people.people_tables import (
    MEMBERSHIP,
    PERSON,
)

Affiliation = tuple[str, str, date | None, date | None, datetime]

Period = tuple[date, date | None]


def employments(person_id: UUID, become: Callable[[list[Employment]], list[Employment]]) -> Change:
    """Where somebody works becomes something else."""

    def fold(row: Row) -> Row:
        return {"employments": as_json(become(msgspec.json.decode(str(row["employments"]), type=list[Employment])))}

    return PERSON.fold((person_id,), fold)


def replaced(known: list[Employment], was: Employment, became: list[Employment]) -> list[Employment]:
    """One employment gives way to others, or to none, in its place."""
    place = known.index(was)
    return [*known[:place], *became, *known[place + 1 :]]


def affiliations(person_id: UUID, become: Callable[[list[Affiliation]], list[Affiliation]]) -> Change:
    """What somebody says or is known to be becomes something else."""

    def fold(row: Row) -> Row:
        return {"affiliations": as_json(become(msgspec.json.decode(str(row["affiliations"]), type=list[Affiliation])))}

    return PERSON.fold((person_id,), fold)


def periods(membership_id: UUID, become: Callable[[list[Period]], list[Period]]) -> Change:
    """When a membership holds becomes something else."""

    def fold(row: Row) -> Row:
        return {"periods": as_json(become(msgspec.json.decode(str(row["periods"]), type=list[Period])))}

    return MEMBERSHIP.fold((membership_id,), fold)


def without_claim(known: list[Affiliation], ground: Ground) -> list[Affiliation]:
    """All but what was said of a ground and not yet verified."""
    return [one for one in known if one[:2] != (ground.value, "claimed")]
