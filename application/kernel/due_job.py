"""A job of the leader: what is due is done, each once while the read models come after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from domain.kernel.errors import PlatsError

T = TypeVar("T", bound=Hashable)

_log = logging.getLogger(__name__)


class DueJob(Generic[T]):
    """What one refuses is logged and the others go on; a leader that comes after tries it again.

    `is_sure`: whether the time may be believed; nothing ends or is forgotten by a clock that nobody agrees with.
    """

    def __init__(
        self,
        name: str,
        due: Callable[[], Iterable[T]],
        act: Callable[[T], object],
        is_sure: Callable[[], bool] = lambda: True,
    ) -> None:
        self.name, self._due, self._act, self._is_sure = name, due, act, is_sure
        self._done: set[T] = set()

    def turn(self) -> bool:
        """Do what is due and has not been done; False when nothing is, or nobody is sure that it is."""
        due = tuple(self._due())
        self._done &= set(due)
        new = [each for each in due if each not in self._done]
        if not new or not self._is_sure():
            return False
        for each in new:
            self._done.add(each)
            try:
                self._act(each)
            except PlatsError as error:
                _log.warning("%s: %s was not dealt with: %r", self.name, each, error)
        return True

    def believing(self, is_sure: Callable[[], bool]) -> DueJob[T]:
        """The same job, which acts while somebody is sure of the time."""
        return DueJob(self.name, self._due, self._act, is_sure)
