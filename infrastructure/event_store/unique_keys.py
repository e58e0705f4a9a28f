"""Unique keys: what only one thing may have at a time, such as an e-mail address or a badge's number.

They are kept in the table `claim`: it was named before them, and renaming it would stop the processes of an older
version that still run while a new one is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from application.kernel.ports import UniqueKeyTaken
from infrastructure.postgres.columns import Part, Texts, Uuids

_TAKEN = """
insert into claim (kind, value, owner)
select * from unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) order by k, v
on conflict (kind, value) do update
set owner = case when claim.owner = excluded.owner then excluded.owner end"""
# a key that somebody else holds would get no owner, which the table refuses

_TRANSFERRED = """
insert into claim (kind, value, owner)
select * from unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) order by k, v
on conflict (kind, value) do update set owner = excluded.owner"""
# released and taken again in the same transaction

_RELEASED = "delete from claim where (kind, value) in (select * from unnest(%b::text[], %b::text[]))"
_OWNER = "select owner from claim where kind = %b and value = %b"
_OWNERS = "select kind, value, owner from claim where (kind, value) in (select * from unnest(%b::text[], %b::text[]))"
_HELD_BY_OTHERS = """
select kind, value from claim join unnest(%b::text[], %b::text[], %b::uuid[]) as c (k, v, o) on (kind, value) = (k, v)
where owner <> o order by kind, value limit 1"""

TABLE = "claim"

UniqueKey = tuple[str, str]
"""Its kind and its value."""

Query = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


class KeyChange(NamedTuple):
    """Who owns a unique key from now on (None: nobody). `is_free`: it was released before, in the same transaction."""

    owner: UUID | None
    is_free: bool = False


class UniqueKeys(dict[UniqueKey, KeyChange]):
    """The unique keys that a transaction changes."""

    def change(self, key: UniqueKey, change: KeyChange) -> None:
        """Let a key change its owner, after everything that has been changed before."""
        before = self.get(key)
        was_freed = before is not None and (before.is_free or before.owner is None)
        self[key] = change._replace(is_free=change.owner is not None and (change.is_free or was_freed))

    def add(self, others: UniqueKeys) -> None:
        """Add what another decision of the same transaction changes. Raises UniqueKeyTaken: the first one gets it."""
        for key, change in others.items():
            before = self[key].owner if key in self else None
            if change.owner is not None and not change.is_free and before not in (change.owner, None):
                raise UniqueKeyTaken(*key)
        for key, change in others.items():
            self.change(key, change)

    def parts(self) -> list[Part]:
        """The statements that write the changes, with their arguments."""
        parts: list[Part] = []
        if taken := self._owned(is_free=False):
            parts.append((_TAKEN, taken))
        if transferred := self._owned(is_free=True):
            parts.append((_TRANSFERRED, transferred))
        if released := [key for key, change in self.items() if change.owner is None]:
            kinds, values = zip(*released, strict=True)
            parts.append((_RELEASED, (Texts(kinds), Texts(values))))
        return parts

    def held_by_others(self, query: Query) -> UniqueKeyTaken | None:
        """Which of the keys could not be taken; None if it has been released meanwhile."""
        rows = query(_HELD_BY_OTHERS, self._owned(is_free=False))
        return UniqueKeyTaken(*rows[0]) if rows else None

    def _owned(self, *, is_free: bool) -> tuple[Any, ...]:
        owned = [(*key, change.owner) for key, change in self.items() if change.owner and change.is_free == is_free]
        if not owned:
            return ()
        kinds, values, owners = zip(*owned, strict=True)
        return Texts(kinds), Texts(values), Uuids(owners)


def owner_of(key: UniqueKey, query: Query) -> UUID | None:
    """Who holds a unique key now."""
    rows = query(_OWNER, key)
    return UUID(str(rows[0][0])) if rows else None


def owners_of(keys: Sequence[UniqueKey], query: Query) -> dict[UniqueKey, UUID | None]:
    """Who holds unique keys now; None for those that nobody holds."""
    if not keys:
        return {}
    kinds, values = zip(*keys, strict=True)
    rows = query(_OWNERS, [Texts(kinds), Texts(values)])
    return {**dict.fromkeys(keys), **{(kind, value): UUID(str(owner)) for kind, value, owner in rows}}
