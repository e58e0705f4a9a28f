"""The secrets kept outside the database: epoch keys, under which data keys are wrapped, and the pepper of digests."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from application.kernel.ports import Busy

_SUFFIX, _PEPPER = ".epoch", "pepper"


class KeysMissing(Busy):
    """The keys that this process has read are in the folder no longer: no others are made in their place."""


class KeyFiles:
    """A folder that only its owner may read; its files are made on first use.

    Whoever has both the database and this folder can read everything: keep their backups apart.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, bytes] = {}

    def epochs(self) -> list[int]:
        """The numbers of the epoch keys there are, oldest first."""
        return sorted(int(path.stem) for path in self.folder.glob(f"*{_SUFFIX}"))

    def current(self) -> int:
        """The newest epoch; the first one is made here."""
        epochs = self.epochs()
        if epochs:
            return epochs[-1]
        self._make_once(f"1{_SUFFIX}")
        return 1

    def begin_epoch(self) -> int:
        """A new epoch key."""
        number = (self.epochs() or [0])[-1] + 1
        self._make_once(f"{number}{_SUFFIX}")
        return number

    def epoch_key(self, number: int) -> bytes | None:
        """The key of an epoch, 32 bytes; None once it has been destroyed."""
        return self._read(f"{number}{_SUFFIX}")

    def destroy(self, number: int) -> None:
        """Destroy an epoch key: nothing wrapped under it, in any backup, can be unwrapped again."""
        self._known.pop(f"{number}{_SUFFIX}", None)
        (self.folder / f"{number}{_SUFFIX}").unlink(missing_ok=True)

    def pepper(self) -> bytes:
        """The secret of keyed digests, 32 bytes."""
        return self._read(_PEPPER) or self._make_once(_PEPPER)

    def fingerprint(self) -> bytes | None:
        """What tells this folder from any other, 32 bytes that say nothing of its secrets; None where it has none.

        Asks the disk, whatever this process remembers.
        """
        try:
            pepper = (self.folder / _PEPPER).read_bytes()
        except OSError:
            return None
        return hmac.new(pepper, b"the key folder, known", hashlib.sha256).digest()

    def _read(self, name: str) -> bytes | None:
        if name not in self._known:
            try:
                self._known[name] = (self.folder / name).read_bytes()
            except FileNotFoundError:
                return None
        return self._known[name]

    def _make_once(self, name: str) -> bytes:
        """Make a secret file; of several processes that try at once, one wins and all read its secret.

        Raises KeysMissing.
        """
        if _PEPPER in self._known and not (self.folder / _PEPPER).exists():
            raise KeysMissing("the key folder is not where it was: bring it back, and nothing is lost")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self.folder / name)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        self._sync_folder()
        return (self.folder / name).read_bytes()

    def _sync_folder(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
