"""What a seat costs more or less for somebody else, by the written rule of the organiser; nothing within its home."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.billing.crediting.seat import Charges, Lines, whole_price
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.money import Money, rounded, total
from domain.programme.price import Per, Price


class LowerPrice(StrEnum):
    """What comes of a lower price when a seat goes to somebody else: nothing, or a credit that is proposed."""

    NOTHING = "nothing"
    CREDIT = "credit"


class DifferenceBy(StrEnum):
    """How a difference is reckoned: between whole prices, or of what remains of the season."""

    WHOLE = "whole"
    REMAINING = "remaining"


@dataclass(frozen=True)
class TransferRule:
    """The written rule: what comes of a lower price, and by what a difference is reckoned."""

    lower_price: LowerPrice = LowerPrice.NOTHING
    by: DifferenceBy = DifferenceBy.WHOLE


@dataclass(frozen=True)
class Difference:
    """What a transfer costs more (lines above zero) or less (below), and what the seat is worth afterwards."""

    lines: Lines = ()
    price: Line | None = None


def difference(
    charges: Charges, no: int, price: Price, text: str, rule: TransferRule, left: tuple[int, int]
) -> Difference:
    """What the seat costs for its new holder, whose price this is, by the rule. `left`: of how many meetings how many.

    A price per organisation has been paid for good; a season that has changed its currency asks for nothing more.
    """
    new, agreed = whole_price(price, text), charges.worth(no)
    if charges.quote.price.per is Per.ORGANISATION or any(each.unit.currency != new.unit.currency for each in agreed):
        return Difference()
    is_gross = all(each.unit_includes_vat for each in (new, *agreed))
    before = total([_unit(each, is_gross=is_gross) for each in agreed], new.unit.currency)
    part, whole = _share(charges, rule, left)
    more = (_unit(new, is_gross=is_gross) - before).fraction(part, whole)
    if more.amount > 0:
        added = line(LineKind.DIFFERENCE, text, 1, more, new.rate, unit_includes_vat=is_gross)
        return Difference((added,), new)
    if more.amount < 0 and rule.lower_price is LowerPrice.CREDIT:
        return Difference(_less(charges.of_seat(no), -more.amount, is_gross=is_gross), new)
    return Difference()


def _share(charges: Charges, rule: TransferRule, left: tuple[int, int]) -> tuple[int, int]:
    """The part of a whole price that a difference is reckoned on: never more than was bought."""
    bought, remaining = charges.share, left
    if rule.by is DifferenceBy.WHOLE or not remaining[1] or remaining[0] * bought[1] > bought[0] * remaining[1]:
        return bought
    return remaining


def _less(charged: Lines, amount: int, *, is_gross: bool) -> Lines:
    """An amount (with VAT or without) off what is charged for a seat, as lines below zero where it is charged."""
    found: list[Line] = []
    for each in charged:
        whole = each.gross.amount if is_gross else each.net.amount
        part = min(amount, max(0, whole))
        if part:
            net = rounded(each.net.amount * part, whole)
            vat = part - net if is_gross else rounded(each.vat.amount * part, whole)
            currency = each.net.currency
            found.append(each.of(Money(net, currency), Money(vat, currency)).reversed())
        amount -= part
    return tuple(found)


def _unit(priced: Line, *, is_gross: bool) -> Money:
    return priced.unit if is_gross or not priced.unit_includes_vat else priced.rate.net_of(priced.unit)
