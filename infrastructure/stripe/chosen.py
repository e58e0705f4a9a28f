"""Which card company an installation has: none, Stripe, or something that speaks like it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from application.payments.card import Cards, Signatures
from application.programme.queries.programme import Programme
from infrastructure.kernel.settings import Settings

EVERYBODY = "*"
"""Named where one account is everybody's, as the stand-in of trials is."""


def chosen_cards(settings: Settings) -> Cards | None:
    """The card company; None where no key is set. Its library is loaded only then: it takes a second."""
    if not settings.stripe_key:
        return None
    from infrastructure.stripe.cards import StripeCards

    return StripeCards(settings.stripe_key, settings.stripe_url or None)


def chosen_signatures(settings: Settings) -> Signatures | None:
    """What tells its notices from others; None where no secret is set."""
    if not settings.stripe_webhook_secret:
        return None
    from infrastructure.stripe.cards import StripeSignatures

    return StripeSignatures(settings.stripe_webhook_secret)


def chosen_sellers(settings: Settings, programme: Programme) -> Callable[[UUID], bool]:
    """Tells whose the account with the card company is: those named; where none is, the only organiser there is."""
    named = settings.stripe_organisers

    def is_seller(organiser_id: UUID) -> bool:
        rows = programme.organisers()
        if not named:
            return len(rows) <= 1
        return EVERYBODY in named or any(row.slug in named for row in rows if row.organiser_id == organiser_id)

    return is_seller
