"""Which organiser's staff sign in through which provider: a file that the operator writes (PLATS_OIDC).

[institutet]                                  # the organiser's word in addresses
name = "Institutets konto"
issuer = "https://login.example.org/realms/institutet"
client_id = "plats"
client_secret_file = "/etc/plats/secret"      # or client_secret_env = "INSTITUTET_SECRET"
acr_values = "urn:example:high"               # asked for, and
required_acr = "urn:example:high"             # demanded
email_claim = "email"
trusts_email = true                           # it never says email_verified, and people cannot choose their address
groups_claim = "groups"
roles = { "plats-admin" = "admin", "plats-economy" = "finance" }
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from application.access.staff_sign_in import Provider
from application.kernel.actor import Role
from infrastructure.kernel.settings import SettingRefused

_GIVEN = {"name", "issuer", "client_id", "scope", "acr_values", "required_acr", "email_claim", "groups_claim"}
_OURS = _GIVEN | {"trusts_email", "client_secret_file", "client_secret_env", "roles"}


def read_providers(path: Path | None, environment: Mapping[str, str] = os.environ) -> dict[str, Provider]:
    """Each organiser's provider, by its word in addresses. Raises SettingRefused for what cannot be used."""
    if path is None:
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return {slug: _provider(facts, environment) for slug, facts in told.items()}
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        wanted = f"a file that says who the providers are ({type(error).__name__}: {error})"
        raise SettingRefused("PLATS_OIDC", wanted) from None


def _provider(facts: dict[str, Any], environment: Mapping[str, str]) -> Provider:
    if unknown := facts.keys() - _OURS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if not all(isinstance(facts.get(each, ""), str) for each in _GIVEN):
        raise ValueError("text is written in quotation marks")
    issuer = facts["issuer"]
    if not issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError("an issuer begins with https://")
    roles = {str(group): Role(role) for group, role in facts.get("roles", {}).items()}
    given = {each: facts[each] for each in _GIVEN & facts.keys()}
    trusted = facts.get("trusts_email", False)
    if not isinstance(trusted, bool):
        raise ValueError("trusts_email is true or false")
    return Provider(**given, client_secret=_secret(facts, environment), roles=roles, trusts_email=trusted)


def _secret(facts: dict[str, Any], environment: Mapping[str, str]) -> str:
    if "client_secret_file" in facts:
        return Path(facts["client_secret_file"]).read_text(encoding="utf-8").strip()
    return environment[facts["client_secret_env"]]
