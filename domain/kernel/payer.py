"""A payer: who gets the invoice, apart from who sits in the seat."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.personal import Encrypted


@dataclass(frozen=True)
class Payer:
    """Who pays: an organisation known by id, or a person (with typed billing details, sealed), and their reference.

    `kept`: a person's name and address as bookkeeping law keeps them, sealed for the ledger when they buy something, so
    that what is invoiced after they have been erased still names the buyer.
    """

    organisation_id: OrganisationId | None = None
    person_id: PersonId | None = None
    reference: str = ""
    billing: Encrypted | None = None
    order_number: str = ""
    kept: Encrypted | None = None

    def __post_init__(self) -> None:
        if (self.organisation_id is None) == (self.person_id is None):
            raise BadValue(field="payer", why="an organisation or a person pays, one of them")
