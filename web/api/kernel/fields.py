"""Fields that take exactly what they say: no "5" for 5, no 2.5 for 2, no day that no calendar of ours has."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from domain.kernel.text import is_text, visible
from web.kernel.typed_days import day_of, reckoned

LEAST, MOST = -(2**63), 2**63 - 1
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)

Data = Mapping[str, Any] | None


class _Declared(fields.Field[Any]):
    """Says what it is `about`, and an `example`. `optional`: may be left out or null."""

    def __init__(
        self, *, about: str | None = None, example: object = None, optional: bool = False, **given: Any
    ) -> None:
        metadata = {**given.pop("metadata", {})}
        metadata |= {"description": about} if about else {}
        metadata |= {"examples": [example]} if example is not None else {}
        given |= {"load_default": None, "allow_none": True} if optional else {}
        super().__init__(metadata=metadata, **given)


class Whole(_Declared, fields.Integer):
    """A whole number: 5 and 5.0, never 5.5, "5" or true."""

    def __init__(self, least: int = LEAST, most: int = MOST, **given: Any) -> None:
        super().__init__(validate=validate.Range(least, most), **given)

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)
        raise self.make_error("invalid")


class AskedWhole(Whole):
    """A whole number in an address, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> int:
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            return int(value)
        raise self.make_error("invalid")


class Flag(_Declared, fields.Boolean):
    """True or false, nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("invalid", input=value)


class AskedFlag(Flag):
    """True or false in an address."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> bool:
        return super()._deserialize({"true": True, "false": False}.get(value, value), attr, data, **others)


class Text(_Declared, fields.String):
    """Text that somebody could type, of a bounded length, without what nobody sees."""

    default_error_messages = {"unreadable": "Has characters that are not text."}  # noqa: RUF012 - the library's form

    def __init__(self, longest: int, least: int = 0, pattern: str | None = None, **given: Any) -> None:
        checks: list[validate.Validator] = [validate.Length(least or None, longest)]
        checks += [validate.Regexp(pattern)] if pattern else []
        super().__init__(validate=checks, **given)

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> str:
        text = visible(str(super()._deserialize(value, attr, data, **others)))
        if not is_text(text):
            raise self.make_error("unreadable")
        return text


class Choice(_Declared, fields.String):
    """One of some words."""

    def __init__(self, *words: str, **given: Any) -> None:
        super().__init__(validate=validate.OneOf(words), **given)


class _OfOneForm(_Declared):
    """Text of one form alone, read as what it says."""

    form: re.Pattern[str]
    called: str

    @abstractmethod
    def _read(self, text: str) -> Any:
        """What a text of the form says. Raises ValueError."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> Any:
        try:
            if isinstance(value, str) and self.form.fullmatch(value):
                return self._read(value)
        except ValueError:
            pass
        raise self.make_error("invalid", input=value, obj_type=self.called)


class Id(_Declared, fields.UUID):
    """An id as this API writes it."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **others: Any) -> UUID:
        if isinstance(value, str) and _ID.fullmatch(value):
            return UUID(value)
        raise self.make_error("invalid_uuid")


class Day(_OfOneForm, fields.Date):
    """A local day, YYYY-MM-DD."""

    form, called = _DAY, "date"

    def _read(self, text: str) -> date:
        return day_of(text)


class LocalTime(_OfOneForm, fields.NaiveDateTime):
    """What a clock on the wall shows, YYYY-MM-DDTHH:MM; its zone stands beside it."""

    form, called = _LOCAL, "local time"

    def __init__(self, **given: Any) -> None:
        described = {"pattern": f"^{_LOCAL.pattern}$", "format": "local-date-time", "examples": ["2027-01-20T09:00"]}
        super().__init__(metadata=described, **given)

    def _read(self, text: str) -> datetime:
        return reckoned(datetime.fromisoformat(text))


class DayOrLocalTime(_OfOneForm):
    """A local day, or what a clock on the wall shows on it: YYYY-MM-DD or YYYY-MM-DDTHH:MM."""

    default_error_messages = {"invalid": "Not a valid day or local time."}  # noqa: RUF012 - the library's form
    form, called = re.compile(f"{_DAY.pattern}|{_LOCAL.pattern}", re.ASCII), "day or local time"

    def __init__(self, **given: Any) -> None:
        pattern = f"^{_DAY.pattern}(T\\d{{2}}:\\d{{2}}(:\\d{{2}})?)?$"
        super().__init__(metadata={"type": "string", "pattern": pattern, "examples": ["2027-01-03"]}, **given)

    def _read(self, text: str) -> tuple[date, time | None]:
        local = reckoned(datetime.fromisoformat(text))
        return local.date(), local.time() if "T" in text else None


class TimeOfDay(_OfOneForm):
    """What a clock on the wall shows, HH:MM or HH:MM:SS."""

    default_error_messages = {"invalid": "Not a valid time of day."}  # noqa: RUF012 - the library's form
    form, called = _CLOCK, "time of day"

    def __init__(self, **given: Any) -> None:
        super().__init__(metadata={"type": "string", "pattern": f"^{_CLOCK.pattern}$", "examples": ["14:30"]}, **given)

    def _read(self, text: str) -> time:
        return time.fromisoformat(text)


class Instant(_OfOneForm, fields.AwareDateTime):
    """An instant with its offset from UTC (RFC 3339)."""

    form, called = _INSTANT, "instant"

    def _read(self, text: str) -> datetime:
        return reckoned(datetime.fromisoformat(text)).astimezone(UTC)
