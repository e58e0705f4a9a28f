"""What cancelling costs, in words made from the rules: until when, from when, and by which rule."""

from __future__ import annotations

from datetime import date, timedelta

from domain.kernel.money import WHOLE
from domain.kernel.terms import Assessment, Terms, Tier, day_in, start_of
from web.words.formats import deadline, near_day, near_moment, share, short_day
from web.words.language import Say


def terms_sentences(terms: Terms | None, say: Say, today: date | None = None) -> list[str]:
    """What cancelling costs until when, a short sentence for each tier: "Avboka gratis till och med 2 januari."

    Seen from `today` a day has its year only where that may be in doubt; from no day it always has.
    """
    if terms is None or all(tier.kept == 0 for tier in terms.tiers):
        return [say("wording.cancel_free_always")]
    last = terms.tiers[-1]
    if len(terms.tiers) == 1:
        return [say("wording.cancel_always", cost=_cost(last.kept, say)), *_vat_of_fee(terms, say)]
    dated = [_tier(tier, terms.zone, say, today) for tier in terms.tiers[:-1]]
    return [*dated, say("wording.cancel_after", cost=_cost(last.kept, say)), *_vat_of_fee(terms, say)]


def terms_instants(terms: Terms | None, say: Say) -> list[str]:
    """The instants at which the tiers end, to the minute and with the offset of a time of day; none where none ends."""
    ends = [(each, each.ends_at(terms.zone)) for each in terms.tiers] if terms else []
    return [
        say("wording.cancel_instant", at=deadline(end, terms.zone, say.language), cost=_cost(tier.kept, say))
        for tier, end in ends
        if terms is not None and end is not None
    ]


def _vat_of_fee(terms: Terms, say: Say) -> list[str]:
    """What VAT is on a part of the price that is kept, where terms keep a part."""
    if all(tier.kept in (0, WHOLE) for tier in terms.tiers):
        return []
    return [say("wording.fee_outside_vat" if terms.fee_outside_vat else "wording.fee_with_vat")]


def _tier(tier: Tier, zone: str, say: Say, today: date | None) -> str:
    if tier.before is None:
        raise ValueError("only the last tier has no day")
    is_free, end, cost = tier.kept == 0, tier.ends_at(zone), _cost(tier.kept, say)
    if tier.at is not None and end is not None:
        at = near_moment(end, zone, say.language, today)
        return say("wording.cancel_before" if is_free else "wording.cancel_before_for", at=at, cost=cost)
    last_day = near_day(date.fromordinal(tier.before.toordinal() - 1), say.language, today)
    return say("wording.cancel_until" if is_free else "wording.cancel_until_for", last_day=last_day, cost=cost)


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
    last_day = short_day(day_in(assessment.until - timedelta(microseconds=1), zone), say.language)
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
