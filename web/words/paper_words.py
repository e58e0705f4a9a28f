"""What a document says on paper, in the buyer's language: texts and figures ready to be printed, and its QR code."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping

from application.billing.queries.invoice import DocumentView, RateSum
from application.kernel.qr import svg_of
from domain.kernel.documents import Line, LineKind
from domain.kernel.vat import VatKind
from web.words.formats import figures, number, org_number, share, short_day
from web.words.language import Phrases, Say
from web.words.late_words import late_sentences
from web.words.wording import line_text, supplied

_WORDS = "paper.page", "paper.pay", "paper.qr", "invoice.seller", "invoice.buyer"
_COLUMNS = ("what", "quantity", "unit", "net", "vat")
ELSEWHERE = (VatKind.REVERSE, VatKind.ABROAD, VatKind.EXPORT, VatKind.EU_GOODS)
"""Why a line has no VAT that follows from where its buyer is."""
Pairs = list[tuple[str, str]]


class PaperWords:
    """`application.billing.rendering.Words` with the phrases of the pages."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def facts(self, view: DocumentView, *, is_copy: bool) -> Mapping[str, object]:
        """All that is printed."""
        say = self._phrases.speaking(view.terms.language)
        title = say(f"invoice.named_{view.row.kind}", number=view.row.number)
        issued = view.row.issued_on
        return {
            "language": say.language,
            "title": title,
            "issued": [issued.year, issued.month, issued.day],
            "copy": say("paper.copy") if is_copy else "",
            "foot": plain(f"{view.seller.name} · {title}"),
            "words": {key.partition(".")[2]: say(key) for key in _WORDS},
            "seller": _seller(view, say),
            "buyer": _buyer(view, say),
            "pairs": _pairs(view, say),
            "columns": [say(f"invoice.{name}") for name in _COLUMNS],
            "lines": [_line(each, say) for each in view.lines],
            "sums": _sums(view, say),
            "total": [_total(view, say), figures(view.to_pay, say.language)],
            "notes": _notes(view, say),
            "payment": _payment(view, say),
            "qr": _qr(view),
        }


def plain(text: str) -> str:
    """Text without marks that nobody sees, such as those that turn the direction of what follows."""
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in ("Cf", "Cc", "Co", "Cn"))


def _seller(view: DocumentView, say: Say) -> dict[str, object]:
    sells = view.seller
    pairs = [(say("invoice.org_number"), org_number(sells.org_number, sells.country))]
    if sells.vat_number:
        pairs.append((say("invoice.vat_number"), plain(sells.vat_number)))
    if sells.registered_office:
        pairs.append((say("paper.registered_office"), plain(sells.registered_office)))
    if asked := [each for each in (sells.contact, sells.phone, sells.email) if each]:
        pairs.append((say("paper.contact"), plain("\n".join(asked))))
    address = plain(sells.address) + (f"\n{say('paper.f_tax')}" if sells.is_f_tax else "")
    return {"name": plain(sells.name), "address": address, "pairs": pairs}


def _buyer(view: DocumentView, say: Say) -> dict[str, object]:
    pairs = []
    if view.buyer_org_number:
        pairs.append((say("invoice.org_number"), org_number(plain(view.buyer_org_number), view.terms.country)))
    if view.buyer_vat_number:
        pairs.append((say("invoice.vat_number"), plain(view.buyer_vat_number)))
    name, address = view.row.buyer or say("frame.erased"), plain(view.buyer_address or "")
    country = "" if view.terms.country == "SE" else f"\n{view.terms.country}"
    return {"name": plain(name), "address": address + country, "pairs": pairs}


def _pairs(view: DocumentView, say: Say) -> Pairs:
    row, language = view.row, say.language
    told: Pairs = [(say("paper.number"), str(row.number)), (say("invoice.issued"), short_day(row.issued_on, language))]
    if row.due_on:
        told.append((say("invoice.due"), short_day(row.due_on, language)))
    if row.refers_to_number is not None and view.refers_to_on is not None:
        on = short_day(view.refers_to_on, language)
        told.append((say("invoice.refers_to"), say("paper.of_day", number=row.refers_to_number, day=on)))
    if row.reason:
        known = f"invoice.reason_{row.reason}"
        told.append((say("invoice.reason"), say(known) if known in say.phrases else plain(row.reason)))
    if row.reference:
        told.append((say("invoice.reference"), plain(row.reference)))
    if view.terms.order_number:
        told.append((say("paper.order_number"), plain(view.terms.order_number)))
    if view.supply:
        days = [f"{plain(each.text)}: {supplied(each.on, say)}".removeprefix(": ") for each in view.supply]
        told.append((say("invoice.supply"), "\n".join(days)))
    return told


def _line(each: Line, say: Say) -> list[str]:
    includes = f" {say('booking_form.incl')}" if each.unit_includes_vat else ""
    return [
        plain(line_text(each, say)),
        number(each.quantity, say.language),
        figures(each.unit.amount, say.language) + includes,
        figures(each.net.amount, say.language),
        share(each.rate.basis_points, say.language),
    ]


def _sums(view: DocumentView, say: Say) -> Pairs:
    told = [_rate(each, say) for each in view.rates]
    told.append((say("invoice.total_net"), figures(view.row.net, say.language)))
    told.append((say("invoice.total_vat"), figures(view.row.vat, say.language)))
    if view.rounding:
        told.append((say("paper.rounding"), figures(view.rounding, say.language)))
    if view.set_off:
        told.append((say("paper.set_off"), figures(-view.set_off, say.language)))
    return told


def _rate(each: RateSum, say: Say) -> tuple[str, str]:
    net, vat = figures(each.net, say.language), figures(each.vat, say.language)
    if not each.basis_points:
        return say("paper.no_vat", why=say(f"paper.why_{each.kind}"), net=net), vat
    return say("invoice.vat_on", rate=share(each.basis_points, say.language), net=net), vat


def _total(view: DocumentView, say: Say) -> str:
    key = "paper.to_pay" if view.row.kind == "invoice" else "paper.given_back"
    return say(key, currency=view.row.currency)


def _notes(view: DocumentView, say: Say) -> list[str]:
    """A foreign company at an event here is told why there is Swedish VAT (C-647/17)."""
    is_taxed = any(each.kind is LineKind.SEAT and each.rate.kind is VatKind.STANDARD for each in view.lines)
    told = [say("paper.taxed_here")] if view.terms.country != "SE" and is_taxed else []
    kinds = dict.fromkeys(each.rate.kind for each in view.lines if each.rate.kind in ELSEWHERE)
    told += [say(f"paper.note_{kind}") for kind in kinds]
    if view.row.kind == "invoice":
        told += late_sentences(view.late, view.row.currency, say)
    exempt = view.seller.vat_exemption
    return [say(f"paper.exemption_{exempt}"), *told] if exempt else told


def _payment(view: DocumentView, say: Say) -> Pairs:
    row = view.row
    if row.kind != "invoice" or row.due_on is None:
        return []
    due = short_day(row.due_on, say.language)
    sells = view.seller
    accounts = {"bankgiro": sells.bankgiro, "plusgiro": sells.plusgiro, "iban": sells.iban, "bic": sells.bic}
    return [
        *((say(f"invoice.account_{name}"), account) for name, account in accounts.items() if account),
        (say("invoice.ocr"), row.ocr),
        (say("paper.to_pay", currency=row.currency), figures(view.to_pay, say.language)),
        ("", say("paper.within", day=due)),
    ]


def _qr(view: DocumentView) -> str:
    """The payment details as banks' apps read them from Swedish invoices (UsingQR)."""
    row, sells = view.row, view.seller
    paid = {"BG": sells.bankgiro, "PG": sells.plusgiro, "IBAN": sells.iban}
    kind, account = next(((kind, account) for kind, account in paid.items() if account), ("BG", ""))
    told = {
        "uqr": 1,
        "tp": 1 if row.kind == "invoice" else 2,
        "nme": plain(view.seller.name)[:100],
        "cc": view.seller.country,
        "cid": org_number(view.seller.org_number, view.seller.country),
        "iref": row.ocr,
        "idt": f"{row.issued_on:%Y%m%d}",
        "ddt": f"{row.due_on or row.issued_on:%Y%m%d}",
        "due": view.to_pay / 100,
        "vat": row.vat / 100,
        "pt": kind,
        "acc": account,
    }
    return svg_of(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
