"""How a document is paid in UBL: a credit transfer to each account that its seller has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from application.billing.queries.invoice import DocumentView
from infrastructure.documents.ubl_tree import Branch

_TRANSFER, _INTERNATIONAL, _SEPA = "30", "31", "58"


@dataclass(frozen=True)
class PaymentMeans:
    """One account: the code of how money gets there (UNCL 4461), its number, and the bank or clearing it is at."""

    code: str
    account: str
    branch: str

    def write(self, root: Branch, reference: str) -> None:
        """With the reference that the payment is to carry."""
        means = root.group("PaymentMeans")
        means.text("PaymentMeansCode", self.code)
        if reference:
            means.text("PaymentID", reference)
        account = means.group("PayeeFinancialAccount")
        account.text("ID", self.account)
        if self.branch:
            account.group("FinancialInstitutionBranch").text("ID", self.branch)


def payment_means(view: DocumentView) -> list[PaymentMeans]:
    """Swedish giros by code 30 and their clearing (SE-R-011), an IBAN as SEPA in euro.

    To a Danish account money goes by code 31, which needs the bank as well (DK-R-005, DK-R-006).
    """
    sells, found = view.seller, []
    if sells.bankgiro:
        found.append(PaymentMeans(_TRANSFER, re.sub(r"\D", "", sells.bankgiro), "SE:BANKGIRO"))
    if sells.plusgiro:
        found.append(PaymentMeans(_TRANSFER, re.sub(r"\D", "", sells.plusgiro), "SE:PLUSGIRO"))
    if sells.iban and view.row.currency == "EUR":
        found.append(PaymentMeans(_SEPA, sells.iban, sells.bic))
    elif sells.iban and (sells.country != "DK" or sells.bic):
        found.append(PaymentMeans(_INTERNATIONAL if sells.country == "DK" else _TRANSFER, sells.iban, sells.bic))
    return found
