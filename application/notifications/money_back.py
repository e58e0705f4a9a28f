"""What giving up seats comes to, and for whom: what comes back of what was paid, and what need not be paid at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.billing.invoicing import invoice_for
from application.billing.refunding import note_of
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letter_facts import sum_fact
from application.notifications.story import People
from application.notifications.table import Whom
from domain.billing.credit_note import CreditNote
from domain.booking.booking import Booking
from domain.kernel.documents import Line, sums
from domain.kernel.ids import PersonId
from domain.kernel.money import Money
from domain.kernel.vat import NO_VAT, VatRate
from domain.people.organisation import Organisation


@dataclass(frozen=True)
class MoneyBack:
    """In öre, any VAT in it: what comes back, what need not be paid, and what is still to be paid all the same."""

    back: int = 0
    spared: int = 0
    owed: int = 0
    is_credited: bool = False

    def __add__(self, other: MoneyBack) -> MoneyBack:
        is_credited = self.is_credited or other.is_credited
        return MoneyBack(self.back + other.back, self.spared + other.spared, self.owed + other.owed, is_credited)


def parted(credited: int, balance: int) -> MoneyBack:
    """A credit (öre) by an invoice's balance after it: only what was paid too much comes back."""
    back = min(credited, max(0, -balance))
    return MoneyBack(back, credited - back, max(0, balance), is_credited=True)


def given_back(
    work: UnitOfWork, booking: Booking, lines: tuple[Line, ...], source_id: UUID, occasion: str
) -> MoneyBack:
    """What the credit notes of an occasion came to; what waited to be invoiced is not asked for any longer."""
    found = MoneyBack()
    for thing in dict.fromkeys([booking.id, *(each.refers_to for each in lines if each.refers_to)]):
        invoice = invoice_for(work, thing)
        about = [each for each in lines if each.refers_to == thing]
        if invoice is None:
            found += MoneyBack(spared=sums(about).gross.amount if about else 0)
            continue
        note = work.find(CreditNote, note_of(source_id, occasion, thing))
        found += parted(-note.payable.amount, invoice.balance.amount) if note else _untouched(invoice.balance.amount)
    return found


def money_facts(
    work: UnitOfWork, booking: Booking, money: MoneyBack, people: People
) -> Mapping[Whom, Mapping[str, str]]:
    """The same for each who is told of it: "you", where the reader pays, and the payer's name for all others."""
    payer = booking.payer.person_id
    is_free = not booking.quote.sums.gross.amount and not booking.charges.agreed
    plain = {
        "free": "1" if is_free else "",
        "nothing": "" if is_free or money.back or money.spared else "1",
        "noted": "1" if money.is_credited and (money.back or money.spared) else "",
    }
    facts: dict[Whom, Mapping[str, str]] = {}
    for whom in (Whom.BOOKER, Whom.PAYER, Whom.CONTACT):
        own = _said(booking, money, is_own=_are(people, whom, payer))
        facts[whom] = {**plain, **own, "payer": payer_name(work, booking)}
    return facts


def payer_name(work: UnitOfWork, booking: Booking) -> str:
    """Who pays, by name; empty for somebody erased."""
    payer = booking.payer
    if payer.organisation_id is not None:
        return work.load(Organisation, payer.organisation_id).name
    person = find_person(work, payer.person_id)
    return (work.decrypt(person.name) or "") if person is not None else ""


def _vat_left(booking: Booking, money: MoneyBack) -> VatRate:
    """The VAT of what is left to pay: none where that is a fee for cancelling, outside of it."""
    is_fee = not booking.held and booking.terms is not None and booking.terms.fee_outside_vat
    return NO_VAT if is_fee and money.is_credited else booking.quote.price.vat


def _untouched(balance: int) -> MoneyBack:
    return MoneyBack(owed=max(0, balance))


def _are(people: People, whom: Whom, payer: PersonId | None) -> bool:
    return payer is not None and all(each.person_id == payer for each in people.get(whom, ()))


def _said(booking: Booking, money: MoneyBack, *, is_own: bool) -> dict[str, str]:
    price, left = booking.quote.price, _vat_left(booking, money)
    parts = (("back", money.back, price.vat), ("spared", money.spared, price.vat), ("owed", money.owed, left))
    told = {name: sum_fact(Money(amount, price.amount.currency), rate) for name, amount, rate in parts}
    mine = {f"{name}_yours": amount if is_own else "" for name, amount in told.items()}
    return {**mine, **{f"{name}_theirs": "" if is_own else amount for name, amount in told.items()}}
