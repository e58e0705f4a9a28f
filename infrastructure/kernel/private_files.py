"""Files that hold what is private: whoever runs Plats reads them and nobody else, from the first byte on."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def private_folder(folder: Path) -> Path:
    """Make a folder (and those above it that are missing) that only its owner may enter; one that is open is closed."""
    missing = [each for each in [folder, *folder.parents] if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=FOLDER, exist_ok=True)
    if folder.stat().st_mode & 0o777 != FOLDER:
        folder.chmod(FOLDER)
        for each in folder.rglob("*"):  # written before this was so
            if not each.is_symlink():
                each.chmod(FOLDER if each.is_dir() else FILE)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all; whatever the umask is."""
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
        file.write(content)
    draft.replace(path)
