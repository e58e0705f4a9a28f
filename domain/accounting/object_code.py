"""The codes that networks and seasons have in the bookkeeping: six characters at most, of one's own choosing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import BadValue, RuleBroken

_CODE = re.compile(r"[A-Z0-9]{1,6}")


class ObjectKind(StrEnum):
    """What has a code: a network (usually a cost centre) or a season (usually a project)."""

    NETWORK = "network"
    SEASON = "season"


class CodeTaken(RuleBroken):
    """Another network, or another season, has the code (`code`)."""


@dataclass(frozen=True)
class ObjectCode:
    """A network or season and its code: A to Z and 0 to 9, six at most, as bookkeeping programs take them."""

    kind: ObjectKind
    object_id: UUID
    code: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise BadValue(field="code", why="has one to six of A–Z and 0–9", given=self.code)


class BookkeepingCodes(Part):
    """Of a bookkeeping: the codes chosen, and those given to what is handed over without one."""

    codes: dict[UUID, ObjectCode]

    class CodesGiven(Aggregate.Event):
        codes: tuple[ObjectCode, ...]

        def apply(self, bookkeeping: BookkeepingCodes) -> None:
            bookkeeping.codes.update((each.object_id, each) for each in self.codes)

    def give_codes(self, codes: Iterable[ObjectCode]) -> None:
        """For periods not yet handed over; what is so already changes nothing. Raises CodeTaken."""
        changed = tuple(each for each in codes if self.codes.get(each.object_id) != each)
        after = {**self.codes, **{each.object_id: each for each in changed}}
        known: set[tuple[ObjectKind, str]] = set()
        for each in after.values():
            if (each.kind, each.code) in known:
                raise CodeTaken(code=each.code)
            known.add((each.kind, each.code))
        if changed:
            self.record(self.CodesGiven(codes=changed))

    def code_all(self, objects: Iterable[tuple[ObjectKind, UUID]]) -> tuple[ObjectCode, ...]:
        """The codes of networks and seasons; who has none gets the next free one (N001, S001)."""
        wanted = tuple(dict.fromkeys(objects))
        given: list[ObjectCode] = []
        for kind, object_id in wanted:
            if object_id not in self.codes:
                taken = {each.code for each in (*self.codes.values(), *given) if each.kind is kind}
                numbered = (f"{kind[0].upper()}{no:03d}" for no in range(1, len(taken) + 2))
                given.append(ObjectCode(kind, object_id, next(code for code in numbered if code not in taken)))
        self.give_codes(given)
        return tuple(self.codes[object_id] for _, object_id in wanted)
