"""The house is in order: no file names a machine or a secret, and what is installed is known to the byte."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
]
MACHINES = ["".join(("/", *parts)) for parts in (("work", "/main"), ("work", "/shared"), ("opt", "/pypi"))]
SECRETS = ["".join(parts) for parts in (("sk_", "live_"), ("rk_", "live_"), ("PRIVATE", " KEY-----"))]


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("only a git checkout knows which files are the project's")
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def locked() -> dict[str, tuple[str, str]]:
    """Each package's version and the text of its entry."""
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    found = [(entry, re.match(r"([a-z0-9._-]+)==([^ ]+)", entry)) for entry in entries]
    assert all(match for _, match in found)
    return {match[1]: (match[2], entry) for entry, match in found if match}


@pytest.mark.parametrize("words", [HOSTS, MACHINES, SECRETS], ids=["registry hosts", "machine paths", "secrets"])
def test_no_file_names(words: list[str]) -> None:
    pattern = re.compile("|".join(map(re.escape, words)).encode())
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]!r}"
        for path in tracked_files()
        if (hit := pattern.search(path.read_bytes()))
    ]
    assert found == []


def test_everything_that_is_installed_is_known_by_its_hash() -> None:
    entries = locked()
    assert len(entries) > 40
    assert [name for name, (_, entry) in entries.items() if "--hash=sha256:" not in entry] == []
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = map(Requirement, project["dependencies"] + project["optional-dependencies"]["dev"])
    entries = locked()
    stale = [str(one) for one in asked if not one.specifier.contains(entries[canonicalize_name(one.name)][0])]
    assert stale == []
