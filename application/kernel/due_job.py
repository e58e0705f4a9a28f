"""A job of the leader: what is due is done, each once while the read models come after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from domain.kernel.errors import PlatsError

T = TypeVar("T", bound=Hashable)

_log = logging.getLogger(__name__)


class DueJob(Generic[T]):
    """What one refuses is logged and the others go on; a leader that comes after tries it again."""

    def __init__(self, name: str, due: Callable[[], Iterable[T]], act: Callable[[T], object]) -> None:
        self.name, self._due, self._act = name, due, act
        self._done: set[T] = set()

    def turn(self) -> bool:
        """Do what is due and has not been done; False when nothing is."""
        due = tuple(self._due())
        self._done &= set(due)
        new = [each for each in due if each not in self._done]
        for each in new:
            self._done.add(each)
            try:
                self._act(each)
            except PlatsError as error:
                _log.warning("%s: %s was not dealt with: %r", self.name, each, error)
        return bool(new)
