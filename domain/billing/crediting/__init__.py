"""Money given back: what is charged for a seat still, and what is left to credit of a line, a document or an account.

Everything that gives money back asks here, what is only looked at and what is done alike: cancelling, waiving, calling
off, undoing, crediting by hand, transfers, and what is taken off a collective account.
"""

from domain.billing.crediting.document import (
    NOTHING,
    Back,
    Left,
    MoreThanIsLeft,
    NothingToCredit,
    Remainder,
    remainder,
    taken_back,
)
from domain.billing.crediting.lines import GivenBack, as_invoiced, invoiced_anew, left_of, reinstatement_of, without
from domain.billing.crediting.seat import Charges, credit_of

__all__ = [
    "NOTHING",
    "Back",
    "Charges",
    "GivenBack",
    "Left",
    "MoreThanIsLeft",
    "NothingToCredit",
    "Remainder",
    "as_invoiced",
    "credit_of",
    "invoiced_anew",
    "left_of",
    "reinstatement_of",
    "remainder",
    "taken_back",
    "without",
]
