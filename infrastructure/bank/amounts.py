"""Amounts as banks write them."""

from __future__ import annotations

from decimal import Decimal

_MOST = Decimal(10) ** 12
"""No entry of an account is larger, in kronor: what is has been read wrongly."""


def in_ore(text: str) -> int:
    """Kronor with at most two decimals, in öre. Raises ValueError or ArithmeticError for anything else."""
    amount = Decimal(text)
    if not amount.is_finite() or abs(amount) > _MOST:
        raise ValueError(text)
    exact = amount * 100
    if exact != int(exact):
        raise ValueError(text)
    return int(exact)
