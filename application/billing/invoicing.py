"""How a document comes about within a decision: its number, its buyer, or its place on a tab; where things stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from application.billing.charges import Charge, is_collective, rounding_of
from application.kernel.payer import sealed_anew, sealed_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from domain.billing.collective_account import CollectiveAccount, Entry
from domain.billing.credit_note import CreditNote
from domain.billing.crediting import Back, as_invoiced
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.kernel.documents import Buyer, LateTerms, Line, LineKind, ocr_of, sums
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganisationId, OrganiserId, invoice_of, series_of
from domain.kernel.money import Money
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.payments.payment_rules import PaymentRules
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser

CHARGED = INVOICED, ON_TAB, _BESIDE, _FOLLOWS = "invoiced", "on-tab", "invoiced-with", "invoiced-for"
"""The kinds of the unique keys that say how something is charged, by what it is."""


@dataclass(frozen=True)
class InvoiceRef:
    """Which invoice it was about; no number where nothing was to be invoiced, or not yet."""

    invoice_id: InvoiceId | None
    number: int | None


def invoice_for(work: UnitOfWork, source: UUID) -> Invoice | None:
    """The invoice that something stands on, whether its own or another's; None when it has not been invoiced."""
    return work.find(Invoice, invoice_of(source)) or invoice_elsewhere(work, source)


def invoice_elsewhere(work: UnitOfWork, source: UUID) -> Invoice | None:
    """The invoice of what something is charged together with, or of all that an organisation bought in a month."""
    charged = charged_with(work, source)
    collective = work.unique_key_owner(INVOICED, str(charged))
    return work.find(Invoice, collective or invoice_of(charged))


def charge_with(work: UnitOfWork, source: UUID, other: UUID) -> None:
    """Something is charged together with another: it stands on that one's invoice, or waits on its tab."""
    work.take_unique_key(_BESIDE, str(source), other)


def charged_with(work: UnitOfWork, source: UUID) -> UUID:
    """What something is charged together with; itself where it is charged alone."""
    return work.unique_key_owner(_BESIDE, str(source)) or source


def charge_for(work: UnitOfWork, source: UUID, origin: UUID) -> None:
    """Something is charged because of another: whoever is written to about that is written to about this."""
    work.take_unique_key(_FOLLOWS, str(source), origin)


def charged_for(work: UnitOfWork, source: UUID) -> UUID:
    """What something is charged because of: a booking, an invoice; itself where it stands alone."""
    return work.unique_key_owner(_FOLLOWS, str(source)) or source


def collective_account_of(work: UnitOfWork, source: UUID) -> CollectiveAccount | None:
    """The tab on which something itself waits to be invoiced."""
    tab_id = work.unique_key_owner(ON_TAB, str(source))
    return work.find(CollectiveAccount, tab_id) if tab_id is not None else None


def next_number(work: UnitOfWork, organiser: OrganiserId, documents: str, document_id: UUID) -> int:
    """The next number of a series, for this document, recorded in the same decision."""
    series = work.find(NumberSeries, series_of(organiser, documents))
    if series is None:
        series = NumberSeries(organiser_id=organiser, documents=documents, first=1)
        work.add(series)
    return series.draw(document_id)


Spare = Callable[[UnitOfWork, Charge], int]
"""What the payer of a charge has to their credit where it is for (öre)."""


def _none_to_spare(_work: UnitOfWork, _what: Charge) -> int:
    return 0


def charge(work: UnitOfWork, organiser_id: OrganiserId, what: Charge, spare: Spare = _none_to_spare) -> InvoiceRef:
    """Invoice it now, once; or put it on the tab of an organisation that is invoiced once a month (S61)."""
    if collective_account_of(work, what.source_id) is not None:
        return InvoiceRef(None, None)
    known = invoice_for(work, what.source_id)
    if known is not None:
        return InvoiceRef(known.invoice_id, known.number)
    if not sums(what.lines).gross.amount:
        return InvoiceRef(None, None)
    organisation_id = what.payer.organisation_id
    if organisation_id is not None and is_collective(work, what.payer):
        _put_on_tab(work, organiser_id, organisation_id, what)
        return InvoiceRef(None, None)
    return issue(work, organiser_id, what, spare)


def issue(work: UnitOfWork, organiser_id: OrganiserId, what: Charge, spare: Spare = _none_to_spare) -> InvoiceRef:
    """The next invoice. What its payer has to spare is not asked for; it is set off in the same decision."""
    organiser = work.load(Organiser, organiser_id)
    invoice_id, today = invoice_of(what.source_id), day_in(work.now, organiser.zone)
    number = next_number(work, organiser_id, "invoice", invoice_id)
    currency, rounding = what.lines[0].net.currency, rounding_of(work, organiser, what)
    buyer = buyer_of(work, organiser_id, what.payer, today)
    work.add(
        Invoice(
            id=invoice_id,
            organiser_id=organiser_id,
            number=number,
            source_id=what.source_id,
            seller=organiser.seller,
            buyer=buyer,
            issued_on=today,
            due_on=today + timedelta(days=organiser.payment_days),
            supply=what.supply,
            lines=what.lines,
            currency=currency,
            ocr=ocr_of(number),
            season_id=what.season_id,
            rounding=rounding,
            set_off=max(0, min(spare(work, what), sums(what.lines).gross.amount + rounding)),
            late=_late_terms(work, organiser_id, what.lines, buyer.country),
        )
    )
    return InvoiceRef(invoice_id, number)


def _late_terms(work: UnitOfWork, organiser_id: OrganiserId, lines: tuple[Line, ...], country: str) -> LateTerms:
    """What the invoice says of paying it late, once rules have been agreed; nothing of fees and interest themselves."""
    rules = work.find(PaymentRules, PaymentRules.create_id(organiser_id))
    if rules is None or all(each.kind in (LineKind.FEE, LineKind.INTEREST) for each in lines):
        return LateTerms()
    return rules.late_terms(country)


def issue_note(
    work: UnitOfWork, invoice: Invoice, note_id: CreditNoteId, source_id: UUID, reason: str, back: Back
) -> CreditNote:
    """The next credit note, on an invoice."""
    organiser = work.load(Organiser, invoice.organiser_id)
    today = day_in(work.now, organiser.zone)
    note = CreditNote(
        id=note_id,
        organiser_id=invoice.organiser_id,
        number=next_number(work, invoice.organiser_id, "credit-note", note_id),
        invoice_id=invoice.invoice_id,
        invoice_number=invoice.number,
        source_id=source_id,
        reason=reason,
        seller=organiser.seller,
        buyer=replace(invoice.buyer, details=sealed_anew(work, organiser, invoice.buyer.details, today)),
        issued_on=today,
        lines=tuple(each.reversed() for each in as_invoiced(back.lines, invoice.lines)),
        currency=invoice.currency,
        season_id=invoice.season_id,
        rounding=-back.rounding,
    )
    invoice.credit(note_id, Money(back.gross, invoice.currency), note.issued_on)
    work.add(note)
    return note


def _put_on_tab(work: UnitOfWork, organiser_id: OrganiserId, organisation_id: OrganisationId, what: Charge) -> None:
    tab = work.find(CollectiveAccount, CollectiveAccount.create_id(organiser_id, organisation_id))
    if tab is None:
        tab = CollectiveAccount(organiser_id=organiser_id, organisation_id=organisation_id)
        work.add(tab)
    today = day_in(work.now, work.load(Organiser, organiser_id).zone)
    payer = what.payer
    work.take_unique_key(ON_TAB, str(what.source_id), tab.id)
    tab.add(Entry(what.source_id, what.lines, what.supply, payer.reference, payer.order_number, today))


def payer_of_invoice(invoice: Invoice) -> Payer:
    """Who pays an invoice, named and referred to as on it: for what is charged because of it."""
    buyer = invoice.buyer
    typed = buyer.details if buyer.person_id is not None else None
    return Payer(buyer.organisation_id, buyer.person_id, buyer.reference, typed, buyer.order_number)


def buyer_of(work: UnitOfWork, organiser: OrganiserId, payer: Payer, on: date) -> Buyer:
    """The buyer as it stands on a document of a day: what bookkeeping keeps is sealed under the ledger's key.

    A number that a private person has typed may be their own, so it is sealed as well.
    """
    organisation = work.load(Organisation, payer.organisation_id) if payer.organisation_id is not None else None
    details = {"name": organisation.name, "address": organisation.address} if organisation else _private(work, payer)
    told = json.dumps(details, ensure_ascii=False, sort_keys=True)
    sealed = sealed_for_ledger(work, organiser, on, "buyer", told)
    private = Buyer(None, payer.person_id, "", "", payer.reference, sealed, payer.order_number)
    if organisation is None:
        person = find_person(work, payer.person_id)
        return replace(private, language=person.language or private.language) if person is not None else private
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
