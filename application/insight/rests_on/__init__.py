"""What each kind of act rests on, as facts of the aggregates: asked for a page, and again inside the decision."""

from application.insight.rests_on.booking import (
    case,
    holders,
    kept_seat,
    place_in_line,
    seats,
    taking_part,
    waiting_rules,
)
from application.insight.rests_on.facts import all_of, nothing_but
from application.insight.rests_on.money import books, other_money, payment, payment_rules
from application.insight.rests_on.people import admission, claim, memberships, organisation, person
from application.insight.rests_on.season import (
    asking,
    door,
    goods,
    learning,
    letter_rules,
    material,
    meeting,
    offer,
    registration_rules,
    run,
    which_meetings,
)

__all__ = [
    "admission",
    "all_of",
    "asking",
    "books",
    "case",
    "claim",
    "door",
    "goods",
    "holders",
    "kept_seat",
    "learning",
    "letter_rules",
    "material",
    "meeting",
    "memberships",
    "nothing_but",
    "offer",
    "organisation",
    "other_money",
    "payment",
    "payment_rules",
    "person",
    "place_in_line",
    "registration_rules",
    "run",
    "seats",
    "taking_part",
    "waiting_rules",
    "which_meetings",
]
