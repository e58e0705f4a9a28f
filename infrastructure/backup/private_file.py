"""Files of a backup: nobody else can read them, and they have their name once they are whole and on the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from infrastructure.backup.programs import BackupFailed

_PIECE = 1 << 20


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write; afterwards it is the file of that name. Raises BackupFailed where there is one already."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            raise BackupFailed(f"There is a file {path} already.")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        yield draft
        for each, flags in ((draft, os.O_RDWR), (path.parent, os.O_RDONLY)):
            if each == path.parent:
                draft.rename(path)
            handle = os.open(each, flags)
            os.fsync(handle)
            os.close(handle)
    except OSError as trouble:
        other = trouble.filename not in (None, str(draft), str(path))  # the folder, or what is read meanwhile
        what = f"{trouble.filename} cannot be used" if other else f"{path} cannot be written"
        raise BackupFailed(f"{what} ({trouble.strerror}).") from trouble
    finally:
        with suppress(OSError):  # where nothing could be written there is nothing to take away
            draft.unlink()


def sha256_of(path: Path) -> str:
    """The digest of all that stands in it. Raises BackupFailed if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as trouble:
        raise BackupFailed(f"{path} cannot be read ({trouble.strerror}).") from trouble
    return digest.hexdigest()
