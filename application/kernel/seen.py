"""What somebody saw when they decided to act: it travels with the act, and no longer holding, nothing is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Protocol

from domain.kernel.errors import RuleBroken

Facts = Callable[[Any], object]
"""What an act rests on, as plain values, told from a unit of work: when a page is shown, and inside the decision."""


class Reading(Protocol):
    """A unit of work, as far as it matters here: how far into the log it has read."""

    @property
    def position(self) -> int:
        """Where the newest event stands of all that has been read."""


class ChangedSinceShown(RuleBroken):
    """What was shown is not how things stand; nothing was recorded, and it is to be looked at again (S26)."""


@dataclass
class Seen:
    """The token that came back with an act, and the facts it must still stand for.

    `missed_at`: how far the log had come when it was found not to hold (None: it was not).
    """

    token: str
    facts: Facts
    missed_at: int | None = field(default=None, compare=False)

    def holds(self, work: Reading) -> bool:
        """Whether things stand as they were shown. A token that is missing never holds."""
        if self.token and self.token == token_of(self.facts(work)):
            return True
        self.missed_at = work.position
        return False


def token_of(facts: object) -> str:
    """Facts as one short word that says nothing of them."""
    return hashlib.blake2b(_plain(facts).encode(), digest_size=12).hexdigest()


def _plain(value: object) -> str:
    """The same text for the same facts, in every process."""
    if is_dataclass(value) and not isinstance(value, type):
        inside = ",".join(_plain(getattr(value, each.name)) for each in fields(value))
        return f"{type(value).__name__}({inside})"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_plain(key)}:{_plain(held)}' for key, held in value.items()))}}}"
    if isinstance(value, Set):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_plain, value))}]"
    return repr(value)
