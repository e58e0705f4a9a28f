"""A copy of the key folder in one file, with what the dump beside it held; and such copies put back, in any number."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from domain.kernel.errors import PlatsError
from infrastructure.backup.private_file import whole_file
from infrastructure.backup.programs import BackupFailed
from infrastructure.keys.erasure_journal import NAME, ErasureJournal, read_lines

ABOUT = "about.json"
_OURS = re.compile(rf"pepper|\d+\.epoch|{NAME}")


class OtherInstallation(PlatsError):
    """The copies are of another installation's keys."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The copy holds other keys than {folder}: they belong to another installation.")


class About(msgspec.Struct, frozen=True):
    """What a dump holds: its file's name and digest, how many events up to which position, and under which epochs."""

    dump: str
    sha256: str
    taken_at: str
    events: int
    position: int
    epochs: list[int]


def copy_keys(folder: Path, path: Path, about: About) -> None:
    """Write all that the folder holds. Raises BackupFailed, also where an epoch that the dump needs is not there."""
    names = sorted(each.name for each in folder.iterdir() if _OURS.fullmatch(each.name))
    if missing := {f"{number}.epoch" for number in about.epochs} - set(names):
        raise BackupFailed(
            f"{', '.join(sorted(missing))} is not in {folder}: the keys were renewed while the backup was taken. "
            "Take it again."
        )
    contents = {name: (folder / name).read_bytes() for name in names} | {ABOUT: msgspec.json.encode(about)}
    with whole_file(path) as draft, tarfile.open(draft, "w") as archive:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, io.BytesIO(content))


def read_copy(path: Path) -> dict[str, bytes]:
    """What stands in a copy, by name. Raises BackupFailed if it is none."""
    try:
        with tarfile.open(path, "r") as archive:
            found = {entry.name: archive.extractfile(entry) for entry in archive if entry.isfile()}
            return {name: file.read() for name, file in found.items() if file is not None}
    except (OSError, tarfile.TarError) as trouble:
        raise BackupFailed(f"{path} cannot be read as a copy of keys.") from trouble


def about_in(content: Mapping[str, bytes]) -> About | None:
    """Of which dump it tells."""
    try:
        return msgspec.json.decode(content[ABOUT], type=About)
    except (KeyError, msgspec.DecodeError):
        return None


def put_keys_back(content: Mapping[str, bytes], folder: Path) -> None:
    """Add what the folder lacks; what it has is never replaced. Raises OtherInstallation: then nothing was added."""
    keys = {name: each for name, each in content.items() if _OURS.fullmatch(name) and name != NAME}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, each in keys.items():
        if (folder / name).exists() and (folder / name).read_bytes() != each:
            raise OtherInstallation(folder)
    for name, each in keys.items():
        if not (folder / name).exists():
            with whole_file(folder / name) as draft:
                draft.write_bytes(each)
    journal = ErasureJournal(folder)
    known = set(journal.read())
    journal.add(each for each in read_lines(content.get(NAME, b"")) if each not in known)
