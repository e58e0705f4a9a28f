"""What a stranger has typed and is yet to confirm by mail: a registration of seats, an order of goods."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from enum import StrEnum

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import NotFound, RuleBroken
from domain.kernel.personal import Encrypted


class UnconfirmedState(StrEnum):
    """How it stands: it waits, was confirmed, was not in time, or was and nothing of it can be read any longer."""

    HELD = "held"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    FORGOTTEN = "forgotten"


class Unconfirmed(Part):
    """What was shown when it was typed is what is agreed once it is confirmed, until an instant (excluded).

    Nothing typed is kept in clear: it is encrypted under a key of its own, which is destroyed when it is confirmed (the
    persons have keys of their own then) or forgotten. `digest`: of the code in the link that was mailed.
    """

    typed: Encrypted
    email: Encrypted
    code: Encrypted
    digest: str
    until: datetime
    state: UnconfirmedState

    class Lapsed(Aggregate.Event):
        def apply(self, unconfirmed: Unconfirmed) -> None:
            unconfirmed.state = UnconfirmedState.LAPSED

    class Forgotten(Aggregate.Event):
        def apply(self, unconfirmed: Unconfirmed) -> None:
            unconfirmed.state = UnconfirmedState.FORGOTTEN

    def must_match(self, digest: str) -> None:
        """Raises NotFound unless the code (as its digest) is the one that was mailed: nobody else learns of it."""
        if digest != self.digest:
            raise NotFound(what=type(self).__name__.lower())

    def is_over(self, now: datetime) -> bool:
        """Whether it was not confirmed in time; it is over from the instant itself."""
        if self.state is UnconfirmedState.HELD:
            return now >= self.until
        return self.state is not UnconfirmedState.CONFIRMED

    def must_wait(self, now: datetime) -> None:
        """Raises the refusal of its kind where it is over."""
        if self.is_over(now):
            raise self._too_late()

    def lapse(self, now: datetime) -> None:
        """Its time has passed without an answer; before that, and twice, nothing happens."""
        if self.state is UnconfirmedState.HELD and now >= self.until:
            self.record(self.Lapsed())

    def forget(self) -> bool:
        """What was typed need not be kept for another try any longer; whether that is new."""
        if self.state is not UnconfirmedState.LAPSED:
            return False
        self.record(self.Forgotten())
        return True

    @abstractmethod
    def _too_late(self) -> RuleBroken:
        """The refusal of its kind."""
