"""Cancellation terms tried on the cancellations of a season, before they are adopted."""

from __future__ import annotations

from application.booking.terms_trial import TermsTrial, TryTerms
from domain.kernel.ids import SeasonId
from web.api.booking.terms_trial_schema import TryTermsBody
from web.api.kernel.call import Call
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

terms_trials = ApiBlueprint("terms trials", "Cancellation terms tried on history; nothing changes.")


@terms_trials.look("/seasons/<uuid:season_id>/terms-trial", Who.STAFF, TermsTrial, TryTermsBody)
def try_terms(call: Call, season_id: SeasonId) -> TermsTrial:
    """What other terms would have given back for the cancellations made; asked again with its `position`, the same."""
    return call.services.terms_trials.of(call.actor, TryTerms(season_id, **call.body))
