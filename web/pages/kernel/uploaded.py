"""A file that somebody sends with a form."""

from __future__ import annotations

from flask import request


def uploaded(name: str, most: int) -> bytes:
    """What is in the file of a field: nothing where none was chosen; of one that is larger than `most`, a byte more."""
    sent = request.files.get(name)
    if sent is None:
        return b""
    with sent.stream:
        return bytes(sent.stream.read(most + 1))


def name_of_upload(name: str) -> str:
    """What its sender calls the file of a field."""
    sent = request.files.get(name)
    return (sent.filename or "") if sent is not None else ""
