"""E-invoices into a folder, from which an access point's own program takes them."""

from __future__ import annotations

import re
from pathlib import Path

from application.billing.delivery import CarrierFailed
from infrastructure.kernel.private_files import private_folder, write_private

_RECEIVER = re.compile(r"[0-9]{4}:[A-Za-z0-9][A-Za-z0-9.\-]{0,49}")
"""What may name a folder: whatever was recorded before ids were checked is not let out of the outbox."""


class OutboxFolder:
    """`application.billing.delivery.Carrier` to a folder; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, receiver: str, name: str, content: bytes) -> None:
        """Put it there under its name, in the folder of its receiver. Raises CarrierFailed."""
        if not _RECEIVER.fullmatch(receiver):
            raise CarrierFailed("the receiver is no Peppol id")
        place = self._folder / receiver.replace(":", "-")
        try:
            private_folder(self._folder)
            write_private(private_folder(place) / name, content)
        except OSError as error:
            raise CarrierFailed(f"{type(error).__name__}: {error.strerror}") from error
