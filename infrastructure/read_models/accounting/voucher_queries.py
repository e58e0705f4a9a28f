"""The vouchers of a period: what its postings come to, one for each document and payment, numbered in their series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from application.accounting.queries.bookkeeping import AccountMissing
from domain.accounting.account import USUAL, numbers_of
from domain.accounting.object_code import ObjectKind
from domain.accounting.period import Export
from domain.kernel.season_name import season_name
from domain.kernel.terms import day_in
from infrastructure.accounting.sie import Entry, Item, Voucher

LONGEST_TEXT = 50
"""Longer texts are refused by common programs."""

RATED = {"vat": "vat", "vat_moved": "vat", "vat_dormant": "vat_dormant", "revenue": "", "deferral": ""}
"""Those that have a number for each rate, and what it is chosen by; of revenue by what was sold.

What is deferred goes out of the account of its revenue, and VAT that rests out of the account of its VAT.
"""
_NAMES = {
    "receivable": "Kundfordringar",
    "card_clearing": "Fordringar kort",
    "cash_bank": "Bank",
    "unallotted": "Inbetalningar att fördela",
    "vat": "Utgående moms",
    "vat_dormant": "Vilande utgående moms",
    "revenue": "Försäljning",
    "goods": "Försäljning varor",
    "rounding": "Öres- och kronutjämning",
    "losses": "Kundförluster",
    "deferred": "Förutbetalda intäkter",
    "interest": "Ränteintäkter, kundfordringar",
    "fees": "Bankkostnader",
}
OF_CHOICE = "bas_"
"""Before the number of an account that finance books other money to."""

_COMMON = {
    1630: "Skattekonto",
    2710: "Personalskatt",
    2731: "Avräkning lagstadgade sociala avgifter",
    7010: "Löner till kollektivanställda",
    7210: "Löner till tjänstemän",
    8311: "Ränteintäkter från bank",
    8410: "Räntekostnader för långfristiga skulder",
    8422: "Dröjsmålsräntor för leverantörsskulder",
}
"""What some accounts are called in BAS."""

_VOUCHERS = {
    "invoice": ("F", "Faktura"),
    "credit_note": ("K", "Kreditfaktura"),
    "payment": ("B", "Inbetalning"),
    "refund": ("B", "Återbetalning"),
    "reallotment": ("B", "Rättad fördelning av inbetalning"),
    "write_off": ("B", "Avskrivning"),
    "dispute": ("B", "Förlorad korttvist"),
    "card_fee": ("B", "Kortavgift"),
    "other_money": ("B", "Övrig bankhändelse"),
    "closing": ("P", "Förutbetalda intäkter"),
    "reversal": ("P", "Återförda förutbetalda intäkter"),
    "vat_rest": ("P", "Vilande utgående moms"),
    "vat_back": ("P", "Återförd vilande utgående moms"),
}
OF_RESTING = ("vat_rest", "vat_back")
"""Vouchers of VAT that rests: what has been handed over of them is posted no more, so none of them is late."""

_ABROAD = {
    "reverse": " till EU, omvänd betalningsskyldighet",
    "abroad": " utanför EU",
    "export": " utanför EU",
    "eu_goods": " till EU",
}
"""What is sold without Swedish VAT to buyers abroad has accounts by why that is so."""
_OF_A_PAYMENT = ("payment", "card_fee")


@dataclass(frozen=True)
class Posting:
    """What a period has on one account, rate and season in one voucher (öre)."""

    position: int
    day: date
    voucher: str
    account: str
    basis_points: int | None
    vat_kind: str
    supplies: str
    season_id: UUID | None
    season: str | None
    network_id: UUID | None
    network: str | None
    number: int | None
    payment_id: UUID | None
    buyer: str | None
    recorded_at: datetime
    amount: int

    @property
    def key(self) -> str:
        """The account as numbers are chosen for it."""
        if self.account not in RATED:
            return self.account
        sold = "goods" if self.supplies == "goods" else "revenue"
        rate = self.vat_kind if self.vat_kind in _ABROAD else self.basis_points
        return f"{RATED[self.account] or sold}_{rate}"

    @property
    def is_of_choice(self) -> bool:
        """Whether the account is a number that finance has chosen for this alone."""
        return self.account.startswith(OF_CHOICE)

    @property
    def objects(self) -> tuple[tuple[ObjectKind, UUID], ...]:
        """The network and the season it is about."""
        if self.season_id is None or self.network_id is None:
            return ()
        return (ObjectKind.NETWORK, self.network_id), (ObjectKind.SEASON, self.season_id)


@dataclass(frozen=True)
class Draft:
    """A voucher before it has a number: the postings that belong together, on the day they are booked."""

    series: str
    day: date
    postings: tuple[Posting, ...]


def drafts_of(postings: Iterable[Posting], from_on: date, until_on: date, *, by_payment: bool = True) -> list[Draft]:
    """A voucher for each document and each payment; what was recorded late is booked on the period's nearest day.

    A payment, what it pays and what the card company has taken of it are one, where they are in one file; so is VAT
    that rests on a day, however often it was made right.
    """
    groups: dict[object, list[Posting]] = {}
    for each in postings:
        is_of_payment = by_payment and each.payment_id is not None and each.voucher in _OF_A_PAYMENT
        of_day = (each.voucher, each.day) if each.voucher in OF_RESTING else None
        groups.setdefault(of_day or (each.payment_id if is_of_payment else each.position), []).append(each)
    drafts = []
    for group in groups.values():
        rows = _netted(group) if by_payment else group
        if rows:
            first = group[0]
            drafts.append(Draft(_VOUCHERS[first.voucher][0], min(max(first.day, from_on), until_on), tuple(rows)))
    return drafts


def _netted(group: Sequence[Posting]) -> list[Posting]:
    """What comes in on an account and goes out of it again in the same voucher is not told."""
    sums: dict[tuple[str, UUID | None], Posting] = {}
    for each in group:
        place = each.key, each.season_id
        known = sums.get(place)
        sums[place] = each if known is None else replace(known, amount=known.amount + each.amount)
    first = group[0]
    numbered = next((each for each in group if each.number), first)
    named = replace(first, number=numbered.number, buyer=numbered.buyer)
    rows = [each for each in sums.values() if each.amount]
    return [replace(rows[0], number=named.number, buyer=named.buyer, voucher=first.voucher), *rows[1:]] if rows else []


class Books:
    """How the vouchers of an export are written: accounts by number, objects by code, texts."""

    def __init__(self, export: Export, since: Mapping[str, int], zone: str) -> None:
        """`since`: accounts chosen after the export, for what it has none of."""
        self._numbers = {**since, **numbers_of(export.accounts)} if export.accounts else {**USUAL, **since}
        self._export, self._zone = export, zone
        self._codes = {each.object_id: each.code for each in export.codes}
        self._next = {each.series: each.first for each in export.series}
        self.used: dict[int, str] = {}

    def voucher(self, draft: Draft) -> Voucher:
        """A draft as it is written. Raises AccountMissing."""
        first = draft.postings[0]
        no = self._next.get(draft.series, first.position)
        self._next.update({draft.series: no + 1} if self._export.series else {})
        entries = tuple(Entry(self._number(each), each.amount, self._items(each)) for each in draft.postings)
        recorded_on = day_in(first.recorded_at, self._zone) if self._export.series else first.recorded_at.date()
        return Voucher(draft.series, no, draft.day, recorded_on, self._text(draft), entries)

    def _text(self, draft: Draft) -> str:
        """What it is, of which number and whose; the day it was of, where that is another."""
        first = draft.postings[0]
        text = _VOUCHERS[first.voucher][1] + (f" {first.number}" if first.number else "")
        late = f" ({first.day})" if draft.day != first.day else ""
        if first.buyer and self._export.series:
            text = f"{text}, {first.buyer}"[: LONGEST_TEXT - len(late)].rstrip(" ,")
        return text + late

    def _number(self, posting: Posting) -> int:
        if posting.is_of_choice:
            chosen = int(posting.account.removeprefix(OF_CHOICE))
            self.used.setdefault(chosen, _COMMON.get(chosen, f"Konto {chosen}"))
            return chosen
        if posting.key not in self._numbers:
            raise AccountMissing(key=posting.key)
        number, is_rated = self._numbers[posting.key], posting.account in RATED
        told_apart = posting.account
        if is_rated and self._export.series:
            told_apart = RATED[posting.account] or posting.key.partition("_")[0]
        rate = f" {(posting.basis_points or 0) / 100:g} %".replace(".", ",") if is_rated else ""
        rate = _ABROAD.get(posting.vat_kind, rate)
        self.used.setdefault(number, _NAMES[told_apart] + rate)
        return number

    def _items(self, posting: Posting) -> tuple[Item, ...]:
        if posting.season_id is None or posting.network_id is None:
            return ()
        named = season_name(posting.network or "", posting.season or "")
        return (
            Item(self._export.network_dimension, self._code(posting.network_id), posting.network or ""),
            Item(self._export.season_dimension, self._code(posting.season_id), named),
        )

    def _code(self, object_id: UUID) -> str:
        return self._codes.get(object_id, object_id.hex[:12])
