"""E-invoices into a folder, from which an access point's own program takes them."""

from __future__ import annotations

from pathlib import Path

from application.delivery import CarrierFailed


class OutboxFolder:
    """`application.delivery.Carrier` to a folder; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, receiver: str, name: str, content: bytes) -> None:
        """Put it there under its name, in the folder of its receiver. Raises CarrierFailed."""
        place = self._folder / receiver.replace(":", "-")
        try:
            place.mkdir(parents=True, exist_ok=True)
            part = place / f".{name}.part"
            part.write_bytes(content)
            part.replace(place / name)
        except OSError as error:
            raise CarrierFailed(f"{type(error).__name__}: {error.strerror}") from error
