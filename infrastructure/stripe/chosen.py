"""Which card company an installation has: none, Stripe, or something that speaks like it."""

from __future__ import annotations

from application.card import Cards, Signatures
from infrastructure.settings import Settings


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
