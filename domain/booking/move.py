"""Why a seat does not move to another season: it is another content, or too late."""

from __future__ import annotations

from domain.kernel.errors import RuleBroken


class NotSameContent(RuleBroken):
    """The seasons are not the same content, so that a seat in one is none in the other: cancel, and book."""


class MoveTooLate(RuleBroken):
    """The season has begun (`why`: begun), or its seats are not given up for nothing any longer (terms)."""


class MovedNotCancelled(RuleBroken):
    """The seat was given up by moving it to another season (`season`): it is moved back, and not held twice."""


class MoveCostsMore(RuleBroken):
    """The seat costs more there (`more`, in öre, of a `currency`): whoever answers for the booking decides on it."""


class MoveCostsOthersMore(RuleBroken):
    """Whoever paid when the seat was handed over would pay more there (`more`, in öre): they decide, or an admin."""


class MoveCostsNoMore(RuleBroken):
    """The seat costs no more there, or whoever asks answers for the booking: it is moved, and nobody is asked."""
