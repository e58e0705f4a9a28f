"""Prices in words made from the rules: how much, for whom, for how many, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.kernel.documents import LineKind, line
from domain.kernel.eligibility import StandingFact
from domain.kernel.money import Money
from domain.kernel.vat import NO_VAT, VatKind, VatRate
from domain.programme.price import Per, Price, PriceList, Quote
from web.words.formats import money, short_day
from web.words.language import Say


def price_text(price: Price, say: Say) -> str:
    """A price with and without VAT: "12 000 kr exkl. moms (15 000 kr inkl.)"."""
    one = line(LineKind.SEAT, "", 1, price.amount, price.vat, unit_includes_vat=price.includes_vat)
    return sum_text(one.net.amount, one.gross.amount, price.amount.currency, price.vat, say)


def _extra_text(price: Price, extra: Money, say: Say) -> str:
    """What each person costs who comes on top of those that a price includes."""
    return price_text(replace(price, amount=extra), say)


def sum_text(net: int, gross: int, currency: str, rate: VatRate, say: Say) -> str:
    """An amount with and without VAT; free is said as free, and no VAT as such."""
    if gross == 0:
        return say("wording.free")
    if net == gross:
        return paid_text(gross, currency, rate if rate.kind is VatKind.EXEMPT else NO_VAT, say)
    return say("wording.price", net=money(net, currency, say.language), gross=money(gross, currency, say.language))


def paid_text(amount: int, currency: str, rate: VatRate, say: Say) -> str:
    """What is paid, or comes back, at a rate: "15 000 kr inkl. moms"; where there is no VAT, that there is none."""
    return with_its_vat(money(amount, currency, say.language), rate, say)


def with_its_vat(amount: str, rate: VatRate, say: Say) -> str:
    """The same of an amount in words: "från 15 000 kr inkl. moms"."""
    if rate.basis_points:
        return say("wording.vat_included", amount=amount)
    return say("wording.vat_exempt" if rate.kind is VatKind.EXEMPT else "wording.vat_none", amount=amount)


def audience_text(price: Price, say: Say) -> str:
    """Whom a price is for, and how many it includes: "medlemmar, för en organisation med 2 personer"."""
    whom = say(f"wording.for_{price.audience.value}") if price.audience else say("wording.for_everyone")
    if price.per is Per.ORGANISATION:
        whom = say("wording.per_organisation", whom=whom, n=price.persons)
        if price.extra is not None:
            whom = say("wording.each_extra", whom=whom, each=_extra_text(price, price.extra, say))
    if price.before:
        last_day = date.fromordinal(price.before.toordinal() - 1)
        whom = say("wording.price_until", whom=whom, day=short_day(last_day, say.language))
    if price.from_on:
        whom = say("wording.price_from", whom=whom, day=short_day(price.from_on, say.language))
    return whom


def price_list_texts(
    prices: PriceList | None, today: date, say: Say, besides: Price | None = None
) -> list[tuple[str, str]]:
    """The prices in force today and later, `besides` one that has been told: for whom, and how much."""
    if prices is None:
        return []
    coming = [price for price in prices.prices if price.before is None or today < price.before]
    return [(audience_text(price, say), price_text(price, say)) for price in coming if price != besides]


def sizes_sentence(prices: PriceList | None, today: date, say: Say) -> str:
    """For how many persons together an organisation can buy today; empty where it can for any number."""
    rows = [each for each in prices.prices if each.holds_on(today)] if prices else []
    if not rows or prices is None or rows[0].per is Per.PERSON:
        return ""
    sizes = sorted({each.persons for each in rows})
    if any(each.extra is not None for each in rows):
        return "" if prices.may_book_fewer or sizes[0] == 1 else say("wording.sizes_from", n=sizes[0])
    if prices.may_book_fewer:
        return say("wording.sizes_most", n=sizes[-1])
    if len(sizes) == 1:
        return say("wording.sizes_only", n=sizes[0])
    return say("wording.sizes_or", sizes=", ".join(map(str, sizes[:-1])), last=sizes[-1])


def price_reasons(quote: Quote, holder: str, say: Say) -> list[str]:
    """Why it costs what it costs: the fact behind it, what has lapsed, early bird, and the part that is left."""
    reasons = [_ground(quote.ground, holder, say) if quote.ground else say("wording.price_for_everyone")]
    if quote.price.amount.amount == 0 and quote.ground is None:
        reasons = [say("wording.free_for_everyone")]
    if quote.lapsed and quote.lapsed.until_on:
        reasons.append(_lapsed(quote.lapsed, quote.lapsed.until_on, holder, say))
    if quote.beyond and quote.beyond.covers is not None:
        reasons.append(_beyond(quote.beyond, quote.beyond.covers, holder, say))
    if quote.is_stated:
        reasons[0] = _stated(quote, say)
    if quote.price.before:
        last_day = date.fromordinal(quote.price.before.toordinal() - 1)
        early = say("wording.early", day=short_day(last_day, say.language))
        reasons = [early, *reasons[1:]] if quote.ground is None and not quote.is_stated else [*reasons, early]
    if quote.price.per is Per.ORGANISATION:
        reasons.append(say("wording.includes", n=quote.price.persons))
    extras = [each for each in quote.lines if each.kind is LineKind.EXTRA]
    if extras and quote.price.extra is not None:
        each = _extra_text(quote.price, quote.price.extra, say)
        reasons.append(say("wording.extra", n=extras[0].quantity, each=each))
    if quote.meetings_left is not None and quote.meetings is not None:
        reasons.append(say("wording.pro_rata", left=quote.meetings_left, n=quote.meetings))
    return reasons


def _ground(fact: StandingFact, holder: str, say: Say) -> str:
    who = say("wording.holder_is", holder=holder) if holder else say("wording.you_are")
    what = say(f"wording.is_{fact.ground.value}")
    if fact.until_on is None:
        return say("wording.ground", who=who, what=what)
    return say("wording.ground_until", who=who, what=what, day=short_day(fact.until_on, say.language))


def _lapsed(fact: StandingFact, until: date, holder: str, say: Say) -> str:
    who = say("wording.holder_was", holder=holder) if holder else say("wording.you_were")
    return say(
        "wording.lapsed", who=who, what=say(f"wording.is_{fact.ground.value}"), day=short_day(until, say.language)
    )


def _stated(quote: Quote, say: Say) -> str:
    above = quote.beyond.above if quote.beyond else None
    if above is None or above.each != quote.price.amount:
        return say("wording.price_stated")
    return say("wording.price_above_for", why=above.why) if above.why else say("wording.price_above")


def _beyond(fact: StandingFact, covers: int, holder: str, say: Say) -> str:
    who = say("wording.holder_is", holder=holder) if holder else say("wording.you_are")
    return say("wording.beyond", who=who, what=say(f"wording.is_{fact.ground.value}"), n=covers)
