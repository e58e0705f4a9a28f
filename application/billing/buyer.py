"""Buyers: who pays, as it stands on a document of a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from application.kernel.payer import sealed_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from domain.kernel.documents import Buyer
from domain.kernel.ids import OrganiserId
from domain.kernel.payer import Payer
from domain.people.organisation import Organisation


def buyer_of(work: UnitOfWork, organiser: OrganiserId, payer: Payer, on: date) -> Buyer:
    """The buyer as it stands on a document of a day: what bookkeeping keeps is sealed under the ledger's key.

    A number that a private person has typed may be their own, so it is sealed as well.
    """
    if payer.organisation_id is not None:
        organisation = work.load(Organisation, payer.organisation_id)
        details = {"name": organisation.name, "address": organisation.address}
    else:
        organisation, details = None, _private(work, payer)
    told = json.dumps(details, ensure_ascii=False, sort_keys=True)
    sealed = sealed_for_ledger(work, organiser, on, "buyer", told)
    private = Buyer(None, payer.person_id, "", "", payer.reference, sealed, payer.order_number)
    if organisation is None:
        return private
    return replace(
        private,
        organisation_id=payer.organisation_id,
        org_number=organisation.org_number,
        vat_number=organisation.vat_number,
        country=organisation.country,
        peppol_id=organisation.peppol_id,
        language=organisation.language,
    )


def _private(work: UnitOfWork, payer: Payer) -> dict[str, str]:
    """What was typed; else the person's name; of somebody erased, what was kept for the ledger when they bought."""
    person = find_person(work, payer.person_id)
    name = work.decrypt(person.name) if person else None
    typed = work.decrypt(payer.billing) if payer.billing else None
    if typed is None and name is not None:
        return {"name": name, "address": ""}
    if typed is None and payer.kept is not None:
        typed = work.decrypt(payer.kept)
    told: dict[str, str] = json.loads(typed or "{}")
    return {part: told.get(part, "") for part in ("name", "address", "org_number")}
