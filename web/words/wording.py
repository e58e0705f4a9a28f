"""Texts made from rules: terms, prices and their reasons, admission, and when meetings are. Words and rule agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from application.billing.queries.invoice import DocumentRow
from application.programme.queries.programme import SeasonRow
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.eligibility import StandingFact
from domain.kernel.money import WHOLE, Money
from domain.kernel.terms import Assessment, Terms, Tier, day_in, start_of
from domain.kernel.vat import VatKind, VatRate
from domain.people.admission import Admission
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.price import Per, Price, PriceList, Quote
from web.words.formats import day, deadline, moment, money, month, share, short_day, span
from web.words.language import Say


def terms_sentences(terms: Terms | None, say: Say) -> list[str]:
    """What cancelling costs until when, a sentence for each tier; deadlines as the last day and as the instant."""
    if terms is None:
        return [say("wording.cancel_free_always")]
    only, last = len(terms.tiers) == 1, terms.tiers[-1]
    if only:
        return [say("wording.cancel_always", cost=_cost(last.kept, say))]
    dated = [_tier(tier, terms.zone, say) for tier in terms.tiers[:-1]]
    return [*dated, say("wording.cancel_after", cost=_cost(last.kept, say)), *_vat_of_fee(terms, say)]


def _vat_of_fee(terms: Terms, say: Say) -> list[str]:
    """What VAT is on a part of the price that is kept, where terms keep a part."""
    if all(tier.kept in (0, WHOLE) for tier in terms.tiers):
        return []
    return [say("wording.fee_outside_vat" if terms.fee_outside_vat else "wording.fee_with_vat")]


def _tier(tier: Tier, zone: str, say: Say) -> str:
    if tier.before is None:
        raise ValueError("only the last tier has no day")
    end, cost = tier.ends_at(zone) or start_of(tier.before, zone), _cost(tier.kept, say)
    at = deadline(end, zone, say.language)
    if tier.at is not None:
        return say("wording.cancel_before", at=at, cost=cost)
    last_day = date.fromordinal(tier.before.toordinal() - 1)
    return say("wording.cancel_until", last_day=short_day(last_day, say.language), at=at, cost=cost)


def _cost(kept: int, say: Say) -> str:
    if kept == 0:
        return say("wording.cost_nothing")
    if kept == WHOLE:
        return say("wording.cost_full")
    return say("wording.cost_share", share=share(kept, say.language))


def from_when_less(assessment: Assessment, zone: str, say: Say) -> str:
    """Until which instant the outcome stays as it is, and what it becomes; or that it stays so."""
    if assessment.until is None or assessment.kept_after is None:
        since = assessment.since
        if since is not None and assessment.kept:
            at = deadline(since, zone, say.language)
            return say("wording.applies_since", cost=_cost(assessment.kept, say), at=at)
        return say("wording.stays_so")
    at, cost = deadline(assessment.until, zone, say.language), _cost(assessment.kept_after, say)
    if start_of(day_in(assessment.until, zone), zone) != assessment.until:
        return say("wording.becomes_at", at=at, cost=cost)
    last_day = _on(day_in(assessment.until - timedelta(microseconds=1), zone), say)
    return say("wording.becomes", last_day=last_day, at=at, cost=cost)


def rule_sentence(assessment: Assessment | None, zone: str, say: Say) -> str:
    """The tier that applied, for whoever decides: "Villkoret: 50 % av priset, till och med …"."""
    if assessment is None:
        return ""
    cost = _cost(assessment.kept, say)
    if assessment.until is not None:
        return say("wording.rule_until", cost=cost, at=deadline(assessment.until, zone, say.language))
    if assessment.since is not None:
        return say("wording.rule_since", cost=cost, at=deadline(assessment.since, zone, say.language))
    return say("wording.rule", cost=cost)


def price_text(price: Price, say: Say) -> str:
    """A price with and without VAT: "12 000 kr exkl. moms (15 000 kr inkl.)"."""
    one = line(LineKind.SEAT, "", 1, price.amount, price.vat, unit_includes_vat=price.includes_vat)
    return sum_text(one.net.amount, one.gross.amount, price.amount.currency, price.vat, say)


def _extra_text(price: Price, extra: Money, say: Say) -> str:
    """What each person costs who comes on top of those that a price includes."""
    return price_text(replace(price, amount=extra), say)


def sum_text(net: int, gross: int, currency: str, rate: VatRate | None, say: Say) -> str:
    """An amount with and without VAT; free is said as free, and no VAT as such."""
    if gross == 0:
        return say("wording.free")
    with_vat = money(gross, currency, say.language)
    if net == gross:
        exempt = rate is not None and rate.kind is VatKind.EXEMPT
        return say("wording.vat_exempt" if exempt else "wording.vat_none", amount=with_vat)
    return say("wording.price", net=money(net, currency, say.language), gross=with_vat)


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
        reasons[0] = say("wording.price_stated")
    if quote.price.before:
        last_day = date.fromordinal(quote.price.before.toordinal() - 1)
        reasons.append(say("wording.early", day=short_day(last_day, say.language)))
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
    return say("wording.ground_until", who=who, what=what, day=_on(fact.until_on, say))


def _lapsed(fact: StandingFact, until: date, holder: str, say: Say) -> str:
    who = say("wording.holder_was", holder=holder) if holder else say("wording.you_were")
    return say("wording.lapsed", who=who, what=say(f"wording.is_{fact.ground.value}"), day=_on(until, say))


def _beyond(fact: StandingFact, covers: int, holder: str, say: Say) -> str:
    who = say("wording.holder_is", holder=holder) if holder else say("wording.you_are")
    return say("wording.beyond", who=who, what=say(f"wording.is_{fact.ground.value}"), n=covers)


def _on(on: date, say: Say) -> str:
    return short_day(on, say.language)


def status_text(row: DocumentRow, say: Say, today: date, *, is_disputed: bool = False, reminded: int = 0) -> str:
    """How it stands with a document on a day, in a word or two. `reminded`: how often its payer was."""
    if row.kind == "credit_note":
        return say("invoice.status_issued")
    if is_disputed:
        return say("invoice.status_disputed")
    is_late = row.balance > 0 and row.due_on is not None and row.due_on < today
    partly = "partly_paid" if row.paid > 0 else "open"
    words = say(f"invoice.status_{('overdue' if is_late else partly) if row.status == 'open' else row.status}")
    return say("invoice.status_reminded", status=words) if reminded and row.balance > 0 else words


def line_text(each: Line, say: Say) -> str:
    """What a line of an invoice is for."""
    return each.text if each.kind in (LineKind.SEAT, LineKind.GOODS) else say(f"wording.line_{each.kind}", of=each.text)


def admission_sentence(admission: Admission, say: Say) -> str:
    """Who may join."""
    if admission.is_open:
        return say("wording.open_to_all")
    whom = [say(f"wording.for_{ground.value}") for ground in admission.grounds]
    if admission.sectors:
        where = listed([say(f"wording.in_{sector.value}") for sector in admission.sectors], say)
        whom.append(say("wording.managers_in" if admission.managers_only else "wording.employees_in", where=where))
    parts = [say("wording.open_to", whom=listed(whom, say))] if whom else []
    if admission.decided_sectors:
        where = listed([say(f"wording.in_{sector.value}") for sector in admission.decided_sectors], say)
        parts.append(say("wording.decided_for", where=where))
    return " ".join(parts)


def listed(words: list[str], say: Say) -> str:
    """Words after each other: a, a och b, a, b och c."""
    if len(words) <= 1:
        return "".join(words)
    return say("wording.and", first=", ".join(words[:-1]), last=words[-1])


def when(time: MeetingTime, zone: str, say: Say) -> str:
    """When a meeting is, or what is known of it; no made-up dates."""
    match time.kind:
        case TimeKind.SCHEDULED if time.start_at and time.end_at:
            return span(time.start_at, time.end_at, zone, say.language)
        case TimeKind.MONTH if time.month:
            return say("wording.month_only", month=month(time.month, say.language))
        case TimeKind.POSTPONED:
            return _was("wording.postponed", "wording.postponed_was", time.was_at, zone, say)
        case TimeKind.CALLED_OFF:
            return _was("wording.called_off", "wording.called_off_was", time.was_at, zone, say)
        case _:
            return say("wording.to_come")


def _was(phrase: str, with_its_time: str, was_at: datetime | None, zone: str, say: Say) -> str:
    return say(with_its_time, was=moment(was_at, zone, say.language)) if was_at else say(phrase)


def where(place: Place, say: Say) -> str:
    """Where people meet."""
    if place.format is Format.ONLINE:
        return say("wording.online")
    if place.format is Format.HYBRID:
        return say("wording.hybrid", venue=place.venue) if place.venue else say("wording.hybrid_somewhere")
    return place.venue or say("wording.place_to_come")


def seats_left(row: SeasonRow, say: Say) -> str:
    """How many seats are free, in words, and how many wait."""
    if row.left > 0:
        return say("wording.seats_left", n=row.left)
    return say("wording.full_waiting", n=row.waiting) if row.waiting else say("wording.full")


def booking_state(row: SeasonRow, now_on: date, say: Say) -> str:
    """Whether bookings are taken, until when, or why not."""
    if row.called_off_for:
        return say("wording.season_called_off", reason=row.called_off_for)
    if not row.is_open:
        return say("wording.closed_on", day=_on(row.closes_on, say)) if row.closes_on else say("wording.not_open")
    if row.closes_on is not None and row.closes_on < now_on:
        return say("wording.closed_on", day=_on(row.closes_on, say))
    return say("wording.open_until", day=day(row.closes_on, say.language)) if row.closes_on else say("wording.open")


def supplied(on: str, say: Say) -> str:
    """When something on a document is supplied: a day, a month, or to come."""
    if not on:
        return say("wording.to_come")
    return month(on, say.language) if len(on) == len("2027-01") else _on(date.fromisoformat(on), say)


def period(first_and_last: tuple[date, date | None], say: Say) -> str:
    """A membership's first and last day."""
    first, last = first_and_last
    if last is None:
        return say("wording.since", day=_on(first, say))
    return say("wording.between", first=_on(first, say), last=_on(last, say))
