"""What has come back from somebody's address: for good, or so often that it is no use."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

STRIKES = 3
"""So many letters that came back, each of which might have been delivered later, are as good as one for good."""


@dataclass(frozen=True)
class ReturnedMail:
    """The letters that have come back since the address last was known to be read; `status` is what was said last."""

    letters: frozenset[UUID] = frozenset()
    status: str = ""
    is_for_good: bool = False

    @property
    def is_unreachable(self) -> bool:
        """Whether there is no use in writing there: what is not about somebody's own seat is not sent."""
        return self.is_for_good or len(self.letters) >= STRIKES

    def and_one(self, letter_id: UUID, status: str, *, is_for_good: bool) -> ReturnedMail:
        """One more; the same letter counts once."""
        return ReturnedMail(self.letters | {letter_id}, status, self.is_for_good or is_for_good)
