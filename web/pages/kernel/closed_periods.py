"""Until when the books have been handed over: what is dated earlier comes with the next file."""

from __future__ import annotations

from datetime import date

from web.pages.kernel.visit import Visit, services


def exported_until(visit: Visit) -> date | None:
    """The last day of the latest period handed over to the bookkeeping; None where none has been."""
    exports = services().bookkeeping_questions.exports(visit.actor)
    return max((each.until_on for each in exports), default=None)
