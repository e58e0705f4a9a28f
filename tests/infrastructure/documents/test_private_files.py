"""Letters with links that let people in, e-invoices and keys are for whoever runs Plats: from the first file on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure.documents.outbox import OutboxFolder as Invoices
from infrastructure.keys.key_files import KeyFiles
from infrastructure.mail.transports import OutboxFolder as Letters
from infrastructure.mail.transports import Sealed


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> set[tuple[str, int]]:
    """The kinds of what is there and may be done with it."""
    found = [folder, *folder.rglob("*")]
    return {("folder" if each.is_dir() else "file", each.stat().st_mode & 0o777) for each in found}


def write(outbox: Path, no: int = 1) -> None:
    secret = b"https://plats.example/sign-in/secret\r\n"
    Letters(outbox).send(Sealed(str(no), "plats@localhost", "anna@example.org", b"To: anna@example.org\r\n", secret))
    Invoices(outbox / "e-invoices").carry("0007:2120009903", f"invoice-{no}.xml", b"<Invoice/>")


PRIVATE = {("folder", 0o700), ("file", 0o600)}


def test_the_outbox_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    write(tmp_path / "home" / "outbox")
    assert modes(tmp_path / "home") == PRIVATE


def test_an_outbox_that_was_open_is_closed(tmp_path: Path) -> None:
    old = tmp_path / "outbox" / "e-invoices" / "0007-2120009903"
    old.mkdir(parents=True)
    for each in (tmp_path / "outbox", old.parent, old):
        each.chmod(0o755)
    for each in (old / "invoice-0.xml", tmp_path / "outbox" / "0.eml"):
        each.write_text("old")
        each.chmod(0o644)
    write(tmp_path / "outbox")
    assert modes(tmp_path / "outbox") == PRIVATE
    assert len(list((tmp_path / "outbox").rglob("*.*"))) == 4


def test_keys_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    KeyFiles(tmp_path / "keys").pepper()
    KeyFiles(tmp_path / "keys").begin_epoch()
    assert modes(tmp_path / "keys") == PRIVATE
