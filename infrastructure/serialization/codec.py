"""How facts become bytes and come back: JSON typed by the class that owns them, so that text is only ever text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar, cast

import msgspec

from domain.kernel.errors import BadValue

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_DIGITS = bytes(ord("0") if chr(byte).isdigit() and byte < 128 else byte for byte in range(256))
_VERY_LONG = b"0" * 19

_BIGINT = range(-(2**63), 2**63)


class FactCodec:
    """Writes and reads the named facts of one class.

    What cannot be read back as it was is refused when it is written, with BadValue; nothing unreadable is ever stored.
    """

    def __init__(self, name: str, hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        required = [(field, hint) for field, hint in hints.items() if field not in defaults]
        optional = [(field, hint, defaults[field]) for field, hint in hints.items() if field in defaults]
        self.fields = tuple(hints)
        self._struct = msgspec.defstruct(name, [*required, *optional], kw_only=True)
        self._decoder = msgspec.json.Decoder(self._struct)

    def encode(self, facts: Mapping[str, Any]) -> bytes:
        """The facts as JSON. Raises BadValue for what JSON, PostgreSQL or the facts' own types cannot hold."""
        state = encode(facts)
        self._must_read_back(state, facts)
        return state

    def encode_versioned(self, facts: Mapping[str, Any], version: int) -> bytes:
        """As `encode`, with the version of the class beside the facts."""
        state = encode({**facts, "class_version": version})
        self._must_read_back(state, facts)
        return state

    def decode(self, state: bytes) -> dict[str, Any]:
        """The facts in JSON, by name. Raises msgspec.ValidationError or DecodeError when they do not fit."""
        return msgspec.structs.asdict(self._decoder.decode(state))

    def convert(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """As `decode`, of JSON that has been read already (and perhaps brought up to date)."""
        return msgspec.structs.asdict(msgspec.convert(plain, self._struct, str_keys=True))

    def _must_read_back(self, state: bytes, facts: Mapping[str, Any]) -> None:
        try:
            read = self.decode(state)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BadValue(field=self._struct.__name__, why=str(error)) from error
        if read == facts:
            return
        for field, value in facts.items():
            if read.get(field) != value:
                raise BadValue(field=field, why="cannot be stored as what it is")


def encode(value: Any) -> bytes:
    """Any plain value as JSON. Raises BadValue for NUL in text, whole numbers beyond 64 bits and broken text."""
    try:
        state = _ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise BadValue(field=type(value).__name__, why=str(error)) from error
    if b"\\u0000" in state or _VERY_LONG in state.translate(_DIGITS):  # only then is it worth looking closer
        _refuse_poison(msgspec.json.decode(state))
    return state


class AnswerCodec(Generic[T]):
    """Writes and reads the answers of one type of command."""

    def __init__(self, answer: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(answer)

    def encode(self, answer: T) -> bytes:
        """The answer as JSON. Raises BadValue for what could not be read back as it is."""
        state = encode(answer)
        try:
            read = self.decode(state)
        except msgspec.MsgspecError as error:
            raise BadValue(field="answer", why=str(error)) from error
        if read != answer:
            raise BadValue(field="answer", why="cannot be stored as what it is")
        return state

    def decode(self, state: bytes) -> T:
        """The answer."""
        return self._decoder.decode(state)


@cache
def _answer_codec(answer: Hashable) -> AnswerCodec[Any]:
    return AnswerCodec(cast("type[Any]", answer))


def answer_codec(answer: type[T]) -> AnswerCodec[T]:
    """The codec of a type of answers, made once in a process."""
    return _answer_codec(cast(Hashable, answer))


def refuse_nul(field: str, text: str) -> None:
    """Raises BadValue for text that PostgreSQL cannot hold."""
    if "\0" in text:
        raise BadValue(field=field, why="NUL in text")


def _refuse_poison(plain: Any) -> None:
    match plain:
        case str():
            refuse_nul("text", plain)
        case int() if plain not in _BIGINT:
            raise BadValue(field="number", why="beyond 64 bits")
        case list():
            for item in plain:
                _refuse_poison(item)
        case dict():
            for key, item in plain.items():
                _refuse_poison(key)
                _refuse_poison(item)
        case _:
            pass
