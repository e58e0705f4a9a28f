"""Employments that are vouched for and that nobody has verified yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_admins
from domain.kernel.ids import BookingId, OrganisationId, PersonId


@dataclass(frozen=True)
class VouchRow:
    """Somebody who is said to work somewhere: as what, from which local day, by whom (None: a program) and when."""

    person_id: PersonId
    name: str | None
    email: str | None
    organisation_id: OrganisationId
    organisation: str
    role: str
    from_on: date
    vouched_by: PersonId | None
    voucher: str | None
    vouched_at: datetime


class VouchQuestions(Queries, Protocol):
    """Admins see them."""

    @for_admins
    def waiting(self, actor: Actor) -> tuple[VouchRow, ...]:
        """Those that are neither verified nor refuted, oldest first."""


class VouchedModel(Protocol):
    """Knows who is vouched for where, and which seats somebody holds in an organisation's name."""

    def vouched_at(self, organisation_id: OrganisationId) -> Iterable[PersonId]:
        """Who is vouched for there."""

    def seats_at(self, person_id: PersonId, organisation_id: OrganisationId) -> Iterable[tuple[BookingId, int]]:
        """The seats that somebody has as one of the organisation."""
