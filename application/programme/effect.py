"""What calling off or moving touches: seats and money, or who is told. Shown, and asked again in the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.kernel.ports import UnitOfWork
from application.kernel.seen import ChangedSinceShown
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import MeetingId, PersonId, SeasonId


@dataclass(frozen=True)
class CallOffPreview:
    """What calling a season off would mean now: bookings that hold seats, their seats, the credit in öre incl. VAT."""

    bookings: int
    seats: int
    waiting: int
    credit: int


SeasonEffect = Callable[[UnitOfWork, SeasonId], CallOffPreview]
MeetingEffect = Callable[[UnitOfWork, SeasonId, MeetingId], Sequence[PersonId]]
"""Who is told that something in a meeting changes."""


def no_bookings(_work: UnitOfWork, _season_id: SeasonId) -> CallOffPreview:
    """Where nobody books."""
    return CallOffPreview(0, 0, 0, 0)


def nobody(_work: UnitOfWork, _season_id: SeasonId, _meeting_id: MeetingId) -> Sequence[PersonId]:
    """Where nobody is told."""
    return ()


def must_be_credit(shown: int | None, credit: Callable[[], int]) -> None:
    """Raises OutcomeChanged where another sum goes back than was shown (None: nothing was)."""
    if shown is not None and shown != (now := credit()):
        raise OutcomeChanged(shown=shown, now=now)


def must_be_as_many(shown: int | None, now: int) -> None:
    """Raises ChangedSinceShown where it touches more or fewer than were shown (None: nothing was)."""
    if shown is not None and shown != now:
        raise ChangedSinceShown
