"""E-invoices into a folder: whole files, in folders that are named by Peppol ids and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from application.billing.delivery import CarrierFailed
from infrastructure.documents.outbox import OutboxFolder


def test_an_e_invoice_is_put_in_the_folder_of_its_receiver(tmp_path: Path) -> None:
    OutboxFolder(tmp_path / "outbox").carry("0007:2120009903", "invoice-1.xml", b"<Invoice/>")
    assert (tmp_path / "outbox" / "0007-2120009903" / "invoice-1.xml").read_bytes() == b"<Invoice/>"


@pytest.mark.parametrize("receiver", ["../../etc", "0007:../../x", "/etc", "", "0007:..", "0007:a/b", "."])
def test_what_was_recorded_before_ids_were_checked_never_leaves_the_outbox(tmp_path: Path, receiver: str) -> None:
    with pytest.raises(CarrierFailed):
        OutboxFolder(tmp_path / "outbox").carry(receiver, "invoice-1.xml", b"<Invoice/>")
    assert list(tmp_path.rglob("*.xml")) == []
