"""Why single sessions of an open programme are not chosen together."""

from __future__ import annotations

from domain.kernel.errors import RuleBroken


class SessionsClash(RuleBroken):
    """Two of the chosen are at the same time (`one`, `other`): nobody sits in both."""
