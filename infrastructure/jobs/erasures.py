"""The journal of erasures kept up: what was destroyed in the database is written beside the keys within a second."""

from __future__ import annotations

from datetime import UTC, datetime

from infrastructure.event_store.store import Store
from infrastructure.keys.erasure_journal import Erasure, ErasureJournal
from infrastructure.keys.key_name import KeyName

_ERASED = """
select scope, subject, period, destroyed_at from data_key
where destroyed_at > least(%s, now() - interval '1 day') order by destroyed_at"""
"""A day back by the database's clock: machines that erase may have others, and one of them may be years ahead."""

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class ErasureJob:
    """A job of the leader: follows what is destroyed, all of it at first and then what is new."""

    name = "erasures"

    def __init__(self, store: Store) -> None:
        self._store, self._journal = store, ErasureJournal(store.key_files.folder)
        self._known: set[KeyName] | None = None
        self._since = _EVER

    def turn(self) -> bool:
        """Write down what is not in the journal. Raises OSError where the folder takes nothing."""
        if self._known is None:
            self._known = {each.key for each in self._journal.read()}
        rows = self._store.query(_ERASED, [self._since])
        found = [Erasure(KeyName(*name), at.isoformat()) for *name, at in rows]
        new = [each for each in found if each.key not in self._known]
        self._journal.add(new)
        self._known.update(each.key for each in new)
        self._since = max((self._since, *(at for *_, at in rows)))
        return False


def copy_erasures(store: Store) -> None:
    """Write down now all that has ever been destroyed, as far as it is not."""
    ErasureJob(store).turn()
