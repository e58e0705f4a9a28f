"""The root of everything Plats refuses: a class for what is the case, its sentence for people at the faces."""

from __future__ import annotations


class PlatsError(Exception):
    """Something Plats says no to. Nothing was recorded."""


class RuleBroken(PlatsError):
    """A rule of the business said no; the subclass is named by what is the case.

    The facts given to the constructor are kept, so that a face can say them in the reader's language.
    """

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{type(self).__name__}({given})"


class NotFound(RuleBroken):
    """There is no such thing, or not for this reader: the two are not told apart."""


class NotAllowed(RuleBroken):
    """The actor may not do this here."""


class BadValue(RuleBroken):
    """A value cannot be what it claims to be (`field`, `why`)."""


class OutcomeChanged(RuleBroken):
    """What was shown is not what would happen now (`shown`, `now`, in öre incl. VAT); look again (S26)."""


class HoldLapsed(RuleBroken):
    """The seats are not held any longer (`held_until`); they may be free, or somebody else's."""
