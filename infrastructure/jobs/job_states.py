"""How the leader's jobs are, written down for whoever asks: when each ended a turn, and since when it has failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from infrastructure.event_store.store import Store

_WRITE = """
with told as (select * from unnest(%s::text[], %s::float8[], %s::float8[], %s::text[]) t(name, turned, failing, error)),
gone as (delete from job_state where not exists (select from told where told.name = job_state.name))
insert into job_state (name, turned_at, failing_since, error)
select name, now() - turned * interval '1 second', now() - failing * interval '1 second', error from told
on conflict (name) do update set turned_at = excluded.turned_at, error = excluded.error,
failing_since = case when excluded.failing_since is null then null
else least(job_state.failing_since, excluded.failing_since) end"""


@dataclass(frozen=True)
class JobState:
    """`turned`: so many seconds ago its last turn ended. `failing`: for so many it has failed; None if it does not.

    `error`: the class of what went wrong, and nothing of what it says.
    """

    turned: float
    failing: float | None = None
    error: str = ""


class JobBoard(Protocol):
    """Where the states of jobs are shown."""

    def show(self, states: Mapping[str, JobState]) -> None:
        """These are all jobs there are, by name."""


class NoBoard:
    """Where nobody asks."""

    def show(self, states: Mapping[str, JobState]) -> None:
        """Nothing is kept."""


class KeptJobStates:
    """In the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def show(self, states: Mapping[str, JobState]) -> None:
        """By the database's clock, which is everybody's."""
        rows = [(name, each.turned, each.failing, each.error) for name, each in sorted(states.items())]
        self._store.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], [], []])
