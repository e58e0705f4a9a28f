"""Sums that are cut or are not what they were."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

SUMS = (
    Mutant(
        "half an öre is rounded away from zero",
        "domain/kernel/money.py",
        "return sign * ((2 * top + bottom) // (2 * bottom))",
        "return sign * (top // bottom)",
        "tests/domain/kernel/test_money.py::test_half_an_ore_is_rounded_away_from_zero",
    ),
    Mutant(
        "parts add up to the whole",
        "domain/kernel/money.py",
        "return self.fraction(number, of) - self.fraction(number - 1, of)",
        "return self.fraction(1, of)",
        "tests/domain/kernel/test_money.py::test_three_parts_of_an_odd_amount_add_up",
    ),
    Mutant(
        "what is free is not invoiced",
        "application/automation/policies.py",
        "if event.quote.sums.gross.amount:",
        "if True:",
        "tests/application/automation/test_policies.py::test_what_is_free_is_not_invoiced",
    ),
)
