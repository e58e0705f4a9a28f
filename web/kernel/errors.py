"""What each refusal means to whoever asked: an HTTP status, a name that never changes, and a sentence in sv or en."""

from __future__ import annotations

import re
from collections.abc import Mapping

from application.kernel.actor import Actor, Role
from domain.kernel.errors import PlatsError
from web.words.refusal import sentence_of

STATUSES: Mapping[str, int] = {
    "NotSignedIn": 401,
    "NotAllowed": 403,
    "NotFound": 404,
    "LinkOver": 410,
    "NoPartAnyLonger": 410,
    "CodeNeeded": 422,
    "CodeWrong": 422,
    "NotWaiting": 404,
    "NoCards": 404,
    "BadSignature": 403,
    "NotABankFile": 422,
    "NotAFileToShare": 422,
    "BankFileTooLarge": 413,
    "ImageTooLarge": 422,
    "NotAHue": 422,
    "NotAnImage": 422,
    "NotAPlan": 422,
    "NotALogo": 422,
    "CardsUnavailable": 503,
    "DecisionTooLarge": 413,
    "BadValue": 422,
    "ReferenceRequired": 422,
    "EInvoiceIncomplete": 422,
    "SeatsGoTogether": 422,
    "WrongCode": 422,
    "PasskeyRefused": 422,
    "ProviderRefused": 403,
    "NotRegisteredHere": 403,
    "TooManyPasskeys": 409,
    "TooManyAttempts": 429,
    "ProviderUnreachable": 503,
    "Busy": 503,
    "Conflict": 503,
    "ConnectionLost": 503,
    "DatabaseUnreachable": 503,
    "OutcomeUnknown": 503,
    "UniqueKeyTaken": 409,
    "KeyReused": 409,
    "RuleBroken": 409,
}
"""By name, so that this face need not know the storage's own refusals. What is not named takes its parent's."""

NAMED_BEFORE = {"UniqueKeyTaken": "ClaimTaken"}
"""What a refusal was called when its name was given out: programs know it by that name."""

_FAULT = 500


def status_of(error: PlatsError) -> int:
    """The HTTP status of a refusal; 500 for what is a fault of the service and not a refusal."""
    return next((STATUSES[name] for name in _names(error) if name in STATUSES), _FAULT)


def sentence(error: PlatsError, language: str, reader: Actor | None = None) -> str:
    """What is the case, the rule, and what the reader can do, in "sv" or "en": no admin is sent to the organiser."""
    is_admin = reader is not None and Role.ADMIN in reader.roles
    return sentence_of(_names(error), {**facts_of(error), "reader": "admin" if is_admin else ""}, language)


def facts_of(error: PlatsError) -> dict[str, object]:
    """The facts of a refusal that may be told; those of what is not found are the same for what is another's."""
    facts: dict[str, object] = dict(getattr(error, "facts", {}))
    if "NotFound" in _names(error):
        return {"what": str(facts.get("what") or facts.get("kind") or "").lower()}
    for name in ("kind", "value") if "UniqueKeyTaken" in _names(error) else ():
        facts[name] = getattr(error, name)
    facts.pop("value", None)
    facts.pop("subject", None)
    return facts


def name_of(error: PlatsError) -> str:
    """The refusal's name in addresses: "seats-short"."""
    known_as = NAMED_BEFORE.get(type(error).__name__, type(error).__name__)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", known_as).lower()


def title_of(error: PlatsError) -> str:
    """The refusal's name in words: "Seats short"."""
    return name_of(error).replace("-", " ").capitalize()


def _names(error: PlatsError) -> list[str]:
    return [kind.__name__ for kind in type(error).__mro__]
