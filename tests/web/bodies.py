"""A body that each operation takes: its example in the API's description, with the ids of things that are there."""

from __future__ import annotations

import json
from typing import Any

from web.api import NOUNS
from web.api.kernel.examples import EXAMPLES, GOODS, INVOICE, MEETING, NETWORK, ORGANISATION, PERSON, SEASON

PLACES = {
    PERSON: "person_id",
    ORGANISATION: "organisation_id",
    SEASON: "season_id",
    GOODS: "goods_id",
    NETWORK: "network_id",
    INVOICE: "invoice_id",
    MEETING: "meeting_id",
}
WITHOUT = {name for noun in NOUNS for name, route in noun.routes.items() if route.body is None}


def body_for(operation: str, ids: dict[str, str]) -> Any:
    """The body of an operation; None for one without. Raises KeyError for an operation without an example."""
    if operation in WITHOUT:
        return None
    text = json.dumps(EXAMPLES[operation])
    for place, name in PLACES.items():
        text = text.replace(place, ids[name])
    return json.loads(text)
