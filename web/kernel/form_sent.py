"""A form on its way to us: what it says, in its address and its fields, before anybody has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.kernel.ids import OrganiserId


@dataclass(frozen=True)
class FormSent:
    """A form on its way: the parts of its address, what is typed in it, and to whose pages by whom."""

    args: Mapping[str, Any]
    typed: MultiDict[str, str]
    query: MultiDict[str, str]
    organiser_id: OrganiserId
    person_id: UUID | None

    def chosen(self, name: str) -> UUID | None:
        """An id in a field (or in the address), where there is one that can be read."""
        try:
            return UUID(self.typed.get(name, "") or self.query.get(name, ""))
        except ValueError:
            return None

    def all_chosen(self, name: str) -> tuple[UUID, ...]:
        """All ids in a field; none where one of them cannot be read."""
        try:
            return tuple(UUID(each) for each in self.typed.getlist(name))
        except ValueError:
            return ()
