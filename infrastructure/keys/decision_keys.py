"""The data keys of a decision: those it makes and those it destroys come into force together with its events."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.kernel.personal import Encrypted
from infrastructure.keys.key_name import KeyName
from infrastructure.keys.keyring import DataKey, KeyDestroyed, Keyring, Query, name_of
from infrastructure.postgres.columns import Part, columns_of

_MADE = """
insert into data_key (scope, subject, period, epoch, wrapped, created_at)
select * from unnest(%b::text[], %b::uuid[], %b::text[], %b::int4[], %b::bytea[], %b::timestamptz[])
as k (scope, subject, period, epoch, wrapped, at) order by scope, subject, period"""

_DESTROYED = """
insert into data_key (scope, subject, period, created_at, destroyed_at)
select s, i, p, t, t from unnest(%b::text[], %b::uuid[], %b::text[], %b::timestamptz[]) as d (s, i, p, t)
order by s, i, p
on conflict (scope, subject, period) do update
set wrapped = null, epoch = null, destroyed_at = coalesce(data_key.destroyed_at, excluded.destroyed_at)"""


class MadeKey(NamedTuple):
    """A new data key, and how it is kept."""

    key: DataKey
    epoch: int
    wrapped: bytes


class DecisionKeys:
    """The keys of a transaction, or of one decision in it (`parent`: the transaction's)."""

    def __init__(self, keyring: Keyring, query: Query, parent: DecisionKeys | None = None) -> None:
        self.keyring, self._query, self._parent = keyring, query, parent
        self.made: dict[KeyName, MadeKey] = {}
        self.destroyed: set[KeyName] = set()
        self._found: dict[KeyName, DataKey] = {}

    def of_decision(self) -> DecisionKeys:
        """The keys of one more decision; `add` makes them the transaction's."""
        return DecisionKeys(self.keyring, self._query, self)

    def encrypt(self, name: KeyName, field: str, value: str) -> Encrypted:
        """Encrypt a value; the key is made where there is none. Raises KeyDestroyed."""
        if self._is_destroyed(name):
            raise KeyDestroyed(subject=name.subject)
        return (self._made_here(name) or self._kept(name)).encrypt(name, field, value)

    def decrypt(self, encrypted: Encrypted) -> str | None:
        """The value in clear; None when its key has been destroyed."""
        name = name_of(encrypted)
        if self._is_destroyed(name):
            return None
        key = self._made_here(name)
        return self.keyring.decrypt_many([encrypted], self._query)[0] if key is None else key.decrypt(encrypted)

    def destroy(self, name: KeyName) -> None:
        """Make everything that it has encrypted unreadable."""
        self.made.pop(name, None)
        self.destroyed.add(name)

    def add(self, decision: DecisionKeys) -> None:
        """A decision stands: what it made and destroyed is the transaction's."""
        for name in decision.destroyed:
            self.destroy(name)
        self.made |= decision.made

    def parts(self, now: datetime) -> list[Part]:
        """The statements that record them, with their arguments."""
        parts: list[Part] = []
        if self.made:
            rows = [(*name, made.epoch, made.wrapped, now) for name, made in self.made.items()]
            parts.append((_MADE, columns_of(rows)))
        if self.destroyed:
            parts.append((_DESTROYED, columns_of([(*name, now) for name in self.destroyed])))
        return parts

    def committed(self) -> None:
        """Keys made are known to the process from now on, keys destroyed are forgotten."""
        if self.made:
            self.keyring.remember({name: made.key for name, made in self.made.items()})
        if self.destroyed:
            self.keyring.forget(self.destroyed)

    def _is_destroyed(self, name: KeyName) -> bool:
        return name in self.destroyed or (self._parent is not None and name in self._parent.destroyed)

    def _made_here(self, name: KeyName) -> DataKey | None:
        made = self.made.get(name) or (None if self._parent is None else self._parent.made.get(name))
        return None if made is None else made.key

    def _kept(self, name: KeyName) -> DataKey:
        if name in self._found:  # a decision encrypts many values under one key
            return self._found[name]
        keys = self.keyring.find([name], self._query)
        if name not in keys:
            self.made[name] = made = MadeKey(*self.keyring.mint(name))
            return made.key
        key = keys[name]
        if key is None:
            raise KeyDestroyed(subject=name.subject)
        self._found[name] = key
        return key
