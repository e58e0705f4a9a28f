"""What the API itself says no to, before a use case is asked: sentences for a body, a header or an address."""

from __future__ import annotations

import re

HTTP = {
    "NotJson": "not-json",
    "KeyMissing": "key-missing",
    "BadHeader": "bad-header",
    "400": "bad-request",
    "404": "not-found",
    "405": "method-not-allowed",
    "413": "too-large",
    "415": "not-json-type",
}
"""The name of a problem, by the class or the status of what was raised."""

_DETAILS = {
    "fault": (
        "Något gick fel hos oss, och det är antecknat. Försök igen om en stund.",
        "Something went wrong on our side and has been noted. Try again in a moment.",
    ),
    "not-valid": (
        "Något värde saknas eller har fel form; ”errors” säger vilket. Rätta det och skicka igen.",
        "A value is missing or has the wrong form; “errors” says which. Correct it and send again.",
    ),
    "not-json": (
        "Innehållet är inte JSON som kan läsas på ett enda sätt (UTF-8, inget namn två gånger, inte för djupt).",
        "The body is not JSON that can be read in one way only (UTF-8, no name twice, not too deep).",
    ),
    "not-json-type": (
        "Skicka innehållet som JSON, med Content-Type: application/json.",
        "Send the body as JSON, with Content-Type: application/json.",
    ),
    "key-missing": (
        "Det här sparar något: skicka med huvudet Idempotency-Key, 8 till 255 synliga tecken, ett nytt för varje sak.",
        "This records something: send the header Idempotency-Key, 8 to 255 visible characters, a new one each time.",
    ),
    "bad-header": (
        "Ett huvud har ett värde som inte går att läsa. Se beskrivningen av API:t.",
        "A header has a value that cannot be read. See the description of the API.",
    ),
    "bad-request": ("Begäran kan inte läsas.", "The request cannot be read."),
    "not-found": (
        "Adressen finns inte. Se beskrivningen av API:t under /api/openapi.json.",
        "There is no such address. See the description of the API at /api/openapi.json.",
    ),
    "method-not-allowed": (
        "Adressen finns, men inte för den metoden. Huvudet Allow säger vilka som går.",
        "The address is there, but not for that method. The header Allow says which.",
    ),
    "too-large": (
        "Innehållet är för stort: högst 256 KiB. Dela upp det.",
        "The body is too large: at most 256 KiB. Divide it.",
    ),
    "refused": ("Det går inte.", "That cannot be done."),
}

_FIELDS = (
    (r"Missing data for required field\.", "saknas"),
    (r"Unknown field\.", "finns inte här"),
    (r"Field may not be null\.", "får inte vara null"),
    (r"Not a valid integer\.", "är inte ett heltal"),
    (r"Not a valid boolean\.", "är inte true eller false"),
    (r"Not a valid string\.", "är inte text"),
    (r"Not a valid list\.", "är inte en lista"),
    (r"Not a valid UUID\.", "är inte ett id"),
    (r"Not a valid date\.", "är inte en dag (ÅÅÅÅ-MM-DD)"),
    (r"Not a valid local time\.", "är inte en lokal tid (ÅÅÅÅ-MM-DDTHH:MM)"),
    (r"Not a valid instant\.", "är inte en tidpunkt med tidsförskjutning"),
    (r"Invalid input type\.", "har fel form"),
    (r"Has characters that are not text\.", "innehåller tecken som inte är text"),
    (r"Must be one of: (.*)\.", r"är ett av: \1"),
    (r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.", r"är mellan \1 och \2"),
    (r"Length must be between (\d+) and (\d+)\.", r"är mellan \1 och \2 långt"),
    (r"Longer than maximum length (\d+)\.", r"är högst \1 långt"),
    (r"Shorter than minimum length (\d+)\.", r"är minst \1 långt"),
)


def detail(name: str, language: str) -> str:
    """The sentence of a problem, in sv or en."""
    swedish, english = _DETAILS.get(name, _DETAILS["refused"])
    return swedish if language == "sv" else english


def field(why: str, language: str) -> str:
    """What is wrong with a value, in sv or en."""
    if language == "sv":
        for said, told in _FIELDS:
            if re.fullmatch(said, why):
                return re.sub(said, told, why)
        return "har fel form"
    return why
