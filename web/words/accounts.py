"""What rates of VAT and accounts of the ledger are called."""

from __future__ import annotations

from domain.kernel.vat import VatKind
from web.words import formats
from web.words.language import Say


def rate_name(basis_points: int, kind: str, say: Say) -> str:
    """A rate as it is called: "25 %", "momsfritt"."""
    return formats.share(basis_points, say.language) if kind == VatKind.STANDARD else say(f"report.rate_{kind}")


def account_name(account: str, say: Say) -> str:
    """An account as it is called: "Bank", "Intäkter, moms 25 %", "Intäkter av varor, export"."""
    kind, _, what = account.partition("_")
    if account.startswith("vat_dormant_"):
        return say("report.account_vat_dormant_at", rate=formats.share(int(account.rpartition("_")[2]), say.language))
    if kind in ("vat", "revenue", "goods") and what.isdecimal():
        return say(f"report.account_{kind}_at", rate=formats.share(int(what), say.language))
    if kind in ("revenue", "goods") and what in list(VatKind):
        return say(f"report.account_{kind}_without", why=rate_name(0, what, say))
    if kind == "bas":
        return say("report.account_of_choice", number=what)
    named = f"report.account_{account}"
    return say(named) if named in say.phrases else account
