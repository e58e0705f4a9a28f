"""Who tells a reader the history of what they look at: in their language, and with the names that are for them."""

from __future__ import annotations

from web.pages.kernel.visit import Visit, say
from web.words.history import Teller


def teller_for(visit: Visit) -> Teller:
    """A teller for whoever reads; the organiser's own people are told which of them did it."""
    return Teller(say(), visit.zone, names_staff=visit.is_admin or visit.is_finance)
