"""An organiser as a seller: what its documents say of it, where it is paid, and which VAT it may charge."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.aggregate import Aggregate, Change, Part
from domain.kernel.documents import Seller
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import PersonId
from domain.kernel.numbers import bankgiro_of, bic_of, iban_of, plusgiro_of, vat_number_in
from domain.kernel.text import clean, clean_line, email_of, phone_of
from domain.kernel.vat import VatExemption, VatRate, must_be_rate


class NoVatNumber(RuleBroken):
    """The seller has no VAT number, or is exempt (`exemption`), and so charges no VAT (mervärdesskattelagen 17:24)."""


@dataclass(frozen=True)
class Accounts:
    """Where a seller is paid, one at least; each as it is written on documents. `bic` is the bank of the IBAN."""

    bankgiro: str = ""
    plusgiro: str = ""
    iban: str = ""
    bic: str = ""

    @property
    def instead(self) -> str:
        """Where it is paid where it has no bankgiro, in words of any language here; else nothing."""
        if self.bankgiro:
            return ""
        return f"plusgiro {self.plusgiro}" if self.plusgiro else f"IBAN {self.iban}" if self.iban else ""

    def normalised(self) -> Accounts:
        """The same in one form. Raises BadValue where one cannot be, or there is none."""
        kept = Accounts(bankgiro_of(self.bankgiro), plusgiro_of(self.plusgiro), iban_of(self.iban), bic_of(self.bic))
        if not (kept.bankgiro or kept.plusgiro or kept.iban):
            raise BadValue(field="bankgiro", why="may not be empty")
        if kept.bic and not kept.iban:
            raise BadValue(field="iban", why="may not be empty")
        return kept


class Selling(Part):
    """Later documents say what is told here; earlier ones stay as they were issued."""

    name: str
    org_number: str
    vat_number: str
    country: str
    address: str
    payment_days: int
    logo: str
    bankgiro: str
    plusgiro: str
    iban: str
    bic: str
    is_f_tax: bool
    is_rounded: bool
    contact: str
    email: str
    registered_office: str
    vat_exemption: VatExemption
    phone: str

    class PaymentDetailsGiven(Change):
        address: str
        bankgiro: str
        payment_days: int
        given_by: PersonId | None = None
        plusgiro: str = ""
        iban: str = ""
        bic: str = ""

    class InvoicingArranged(Aggregate.Event):
        is_f_tax: bool
        is_rounded: bool
        contact: str
        email: str
        vat_number: str | None = None
        registered_office: str = ""
        vat_exemption: VatExemption = VatExemption.NONE
        phone: str = ""

        def apply(self, organiser: Selling) -> None:
            organiser.is_f_tax, organiser.is_rounded = self.is_f_tax, self.is_rounded
            organiser.contact, organiser.email, organiser.phone = self.contact, self.email, self.phone
            organiser.registered_office, organiser.vat_exemption = self.registered_office, self.vat_exemption
            if self.vat_number is not None:
                organiser.vat_number = self.vat_number

    @property
    def accounts(self) -> Accounts:
        """Where it is paid now."""
        return Accounts(self.bankgiro, self.plusgiro, self.iban, self.bic)

    @property
    def seller(self) -> Seller:
        """The particulars as they stand on a document issued now."""
        named = Seller(self.name, self.org_number, self.vat_number, self.address, self.bankgiro, self.is_f_tax)
        paid = replace(named, plusgiro=self.plusgiro, iban=self.iban, bic=self.bic, country=self.country)
        asked = replace(paid, contact=self.contact, email=self.email, phone=self.phone, logo=self.logo)
        return replace(asked, registered_office=self.registered_office, vat_exemption=self.vat_exemption)

    def give_payment_details(
        self, address: str, accounts: Accounts, payment_days: int, by: PersonId | None = None
    ) -> None:
        """Say where and within how many days invoices are paid; the same again changes nothing. Raises BadValue."""
        days_in_range(payment_days)
        paid = accounts.normalised()
        self.record_change(
            self.PaymentDetailsGiven(
                address=clean("address", address, 500),
                bankgiro=paid.bankgiro,
                payment_days=payment_days,
                given_by=by,
                plusgiro=paid.plusgiro,
                iban=paid.iban,
                bic=paid.bic,
            )
        )

    def arrange_invoicing(
        self,
        *,
        is_f_tax: bool,
        is_rounded: bool,
        contact: str,
        email: str,
        vat_number: str | None = None,
        registered_office: str = "",
        vat_exemption: VatExemption = VatExemption.NONE,
        phone: str = "",
    ) -> None:
        """What later documents say: approval for F-tax, whom to ask, and whether totals are rounded to whole kronor.

        `vat_number`: another than before, where it is told. `registered_office`: the municipality where the board sits
        (aktiebolagslagen 28:5). `vat_exemption`: why it charges no VAT at all, if it does not. Raises BadValue.
        """
        self.record(
            self.InvoicingArranged(
                is_f_tax=is_f_tax,
                is_rounded=is_rounded,
                contact=clean_line("contact", contact, 100, may_be_empty=True),
                email=email_of(email) if email else "",
                vat_number=vat_number_in(self.country, vat_number) if vat_number is not None else None,
                registered_office=clean_line("registered_office", registered_office, 100, may_be_empty=True),
                vat_exemption=vat_exemption,
                phone=phone_of(phone) if phone else "",
            )
        )

    def must_charge(self, rates: Iterable[VatRate], day: date) -> None:
        """Raises BadValue for a rate that its country has not on a local day, NoVatNumber for VAT it may not charge."""
        for rate in rates:
            must_be_rate(rate, self.country, day)
            if rate.basis_points and (self.vat_exemption is not VatExemption.NONE or not self.vat_number):
                raise NoVatNumber(exemption=self.vat_exemption.value)

    @abstractmethod
    def record_change(self, fact: Change) -> None:
        """As the aggregate does."""


def days_in_range(payment_days: int) -> None:
    """Raises BadValue for days to pay in that cannot be."""
    if not 0 <= payment_days <= 365:
        raise BadValue(field="payment_days", why="0 to 365 days")
