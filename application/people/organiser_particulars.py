"""Particulars of an organiser: what its later documents will say, and who its staff are."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.actor import Role
from domain.kernel.ids import PersonId
from domain.kernel.vat import VatExemption
from domain.people.organiser import Organiser
from domain.people.selling import Accounts


@dataclass(frozen=True)
class Particulars:
    """What later documents of an organiser say, and who its staff are."""

    address: str
    bankgiro: str
    payment_days: int
    is_f_tax: bool
    is_rounded: bool
    contact: str
    email: str
    accounts: Accounts
    registered_office: str
    vat_exemption: VatExemption
    phone: str
    staff: tuple[tuple[PersonId, Role], ...]


def particulars_of(organiser: Organiser) -> Particulars:
    """As they stand."""
    return Particulars(
        address=organiser.address,
        bankgiro=organiser.bankgiro,
        payment_days=organiser.payment_days,
        is_f_tax=organiser.is_f_tax,
        is_rounded=organiser.is_rounded,
        contact=organiser.contact,
        email=organiser.email,
        accounts=organiser.accounts,
        registered_office=organiser.registered_office,
        vat_exemption=organiser.vat_exemption,
        phone=organiser.phone,
        staff=tuple(sorted((person_id, Role(role)) for person_id, role in organiser.staff)),
    )
