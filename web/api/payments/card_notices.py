"""Where the card company sends notices: the signature over the raw body is checked, the notice kept, and no more."""

from __future__ import annotations

import logging
from typing import cast

from flask import Flask, current_app, request

from application.payments.card import BadSignature
from application.services import Services
from web.api.kernel.who import Who

ADDRESS = "/hooks/cards"
_log = logging.getLogger(__name__)


def register_card_notices(app: Flask) -> None:
    """Give an application the address."""
    vars(hear)["who"] = Who.ANYONE
    app.add_url_rule(ADDRESS, "card_notices", hear, methods=["POST"])


def hear() -> tuple[str, int]:
    """Keep a notice. The worker sees to its effect, so that a notice twice, late or out of order has one effect."""
    services = cast(Services, current_app.extensions["plats"])
    if services.card_signatures is None:
        return "No cards are taken here.\n", 404
    body = request.get_data(cache=False)
    try:
        notice = services.card_signatures.read(body, request.headers.get("Stripe-Signature", ""))
    except BadSignature as error:
        _log.warning("a notice of the card company was refused: %s", error)
        return "The signature is wrong.\n", 400
    services.card_notices.keep(notice, body)
    return "", 200
