"""What an operator may decide about this installation, read from the environment once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from domain.kernel.errors import BadValue, PlatsError
from domain.kernel.text import email_of


class SettingRefused(PlatsError):
    """An environment variable has a value that Plats cannot use."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{name} must be {wanted}: correct the environment variable, or unset it.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The decisions of one installation; everything has a default that works on one's own machine.

    `stripe_organisers` (PLATS_STRIPE_ORGANISERS): whose the Stripe account is, as the words of their addresses with
    commas between, or `*` for everybody's. Each organiser is a seller of its own, and what its buyers pay by card may
    not land with another: those who are not named take no cards. Named nobody, it is the only organiser's there is.
    `partitions` (PLATS_PARTITIONS): how many the log is to be followed in; None leaves them as many as they are.
    """

    database_url: str | None
    home: Path
    keys: Path
    host: str
    port: int
    workers: int
    threads: int
    url: str
    mail: str
    mail_from: str
    mail_returns: str
    oidc: Path | None
    proxies: int
    stripe_key: str
    stripe_webhook_secret: str
    stripe_url: str
    stripe_organisers: tuple[str, ...] = ()
    token_days: int = 365
    token_days_most: int = 730
    trail_days: int = 396
    alarm_refusals: int = 50
    hosts: tuple[str, ...] = ()
    metrics_token: str = ""
    log: str = "problems"
    webhooks_here: bool = False
    partitions: int | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment.

        Raises SettingRefused for a value that cannot be used.
        """
        home = _folder(environment, "PLATS_HOME", _usual_home())
        host = environment.get("PLATS_HOST") or "127.0.0.1"
        port = _number(environment, "PLATS_PORT", default=8000, most=65535)
        most_days = _number(environment, "PLATS_TOKEN_DAYS_MOST", default=730, most=3650)
        return cls(
            database_url=_database_url(environment),
            home=home,
            keys=_folder(environment, "PLATS_KEYS", home / "keys"),
            host=host,
            port=port,
            workers=_number(environment, "PLATS_WORKERS", default=2, most=64),
            threads=_number(environment, "PLATS_THREADS", default=16, most=256),
            url=_url(environment, "PLATS_URL", f"http://{_named(host)}:{port}", ("https", "http")),
            mail=_url(environment, "PLATS_MAIL", "", ("smtp", "smtps")),
            mail_from=_mail_address(environment, "PLATS_MAIL_FROM", "plats@localhost"),
            mail_returns=_domain(environment, "PLATS_MAIL_RETURNS"),
            oidc=_folder(environment, "PLATS_OIDC", home) if environment.get("PLATS_OIDC") else None,
            proxies=_number(environment, "PLATS_PROXIES", default=0, most=9, least=0),
            stripe_organisers=_words(environment, "PLATS_STRIPE_ORGANISERS"),
            token_days=_number(environment, "PLATS_TOKEN_DAYS", default=365, most=most_days),
            token_days_most=most_days,
            trail_days=_number(environment, "PLATS_TRAIL_DAYS", default=396, most=3650, least=31),
            alarm_refusals=_number(environment, "PLATS_ALARM_REFUSALS", default=50, most=100_000),
            hosts=_words(environment, "PLATS_HOSTS"),
            metrics_token=_token(environment, "PLATS_METRICS_TOKEN"),
            log=_one_of(environment, "PLATS_LOG", ("problems", "refusals", "requests")),
            webhooks_here=environment.get("PLATS_WEBHOOKS_HERE") == "1",
            partitions=_number(environment, "PLATS_PARTITIONS", default=0, most=16) or None,
            **_stripe(environment),
        )


def _stripe(environment: Mapping[str, str]) -> dict[str, str]:
    """How Stripe is reached; all empty where nobody takes cards."""
    return {
        "stripe_key": _secret(environment, "PLATS_STRIPE_KEY"),
        "stripe_webhook_secret": _secret(environment, "PLATS_STRIPE_WEBHOOK_SECRET"),
        "stripe_url": _url(environment, "PLATS_STRIPE_URL", "", ("https", "http")),
    }


def _named(host: str) -> str:
    """The host as it stands in an address; listening everywhere, here is one place."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 # told apart, not listened on
    return here.get(host, f"[{host}]" if ":" in host else host)


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


def _url(environment: Mapping[str, str], name: str, usual: str, schemes: tuple[str, ...]) -> str:
    value = environment.get(name) or usual
    if value:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname or not value.isprintable():
            raise SettingRefused(name, f"an address that begins with {schemes[0]}://")
    return value.rstrip("/")


def _mail_address(environment: Mapping[str, str], name: str, usual: str) -> str:
    value = environment.get(name) or usual
    written = parseaddr(value)[1]
    local, _, domain = written.rpartition("@")
    try:
        carried = email_of(written) if "." in domain else written
    except BadValue:
        carried = ""
    if not (local and domain and carried.isascii() and carried and value.isprintable()):
        raise SettingRefused(name, "an address such as Plats <plats@example.org>")
    return value.replace(written, carried)


def _domain(environment: Mapping[str, str], name: str) -> str:
    value = (environment.get(name) or "").strip().lower()
    if value and not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", value):
        raise SettingRefused(name, "a domain such as returns.example.org")
    return value


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Words with commas or spaces between."""
    return tuple(environment.get(name, "").replace(",", " ").split())


def _secret(environment: Mapping[str, str], name: str) -> str:
    """A secret, or the file that holds it (`NAME_FILE`)."""
    file = environment.get(f"{name}_FILE")
    if not file:
        return environment.get(name, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingRefused(f"{name}_FILE", "a file that can be read") from error


def _token(environment: Mapping[str, str], name: str) -> str:
    """A secret that is long enough not to be guessed; "" for none."""
    token = _secret(environment, name)
    if token and not (len(token) >= 16 and token.isascii() and token.isprintable() and " " not in token):
        raise SettingRefused(name, "at least 16 letters and figures")
    return token


def _one_of(environment: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    """One of some words, the first where nothing is said."""
    word = environment.get(name) or words[0]
    if word not in words:
        raise SettingRefused(name, f"one of {', '.join(words)}")
    return word


def _number(environment: Mapping[str, str], name: str, *, default: int, most: int, least: int = 1) -> int:
    value = environment.get(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingRefused(name, f"a whole number from {least} to {most}")
    return int(value)
