"""What an operator may decide about this installation, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from domain.errors import PlatsError


class SettingRefused(PlatsError):
    """An environment variable has a value that Plats cannot use."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{name} must be {wanted}: correct the environment variable, or unset it.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The decisions of one installation; everything has a default that works on one's own machine."""

    database_url: str | None
    home: Path
    keys: Path
    host: str
    port: int
    workers: int
    threads: int

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment.

        Raises SettingRefused for a value that cannot be used.
        """
        home = _folder(environment, "PLATS_HOME", _usual_home())
        return cls(
            database_url=_database_url(environment),
            home=home,
            keys=_folder(environment, "PLATS_KEYS", home / "keys"),
            host=environment.get("PLATS_HOST") or "127.0.0.1",
            port=_number(environment, "PLATS_PORT", default=8000, most=65535),
            workers=_number(environment, "PLATS_WORKERS", default=2, most=64),
            threads=_number(environment, "PLATS_THREADS", default=16, most=256),
        )


def _usual_home() -> Path:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/plats")
    return platformdirs.user_data_path("plats", appauthor=False)


def _database_url(environment: Mapping[str, str]) -> str | None:
    url = environment.get("DATABASE_URL") or None
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise SettingRefused("DATABASE_URL", "a URL that begins with postgresql://")
    return url


def _folder(environment: Mapping[str, str], name: str, usual: Path) -> Path:
    value = environment.get(name)
    if not value:
        return usual
    folder = Path(value).expanduser()
    if not folder.is_absolute():
        raise SettingRefused(name, "a path from the root, such as /srv/plats")
    return folder


def _number(environment: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise SettingRefused(name, f"a whole number from 1 to {most}")
    return int(value)
