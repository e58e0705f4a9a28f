"""Proof that the tests prove: each planted fault (a guard gone, a reaction dropped, a rounding cut) fails its test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
CODE = (
    "domain",
    "application",
    "infrastructure",
    "web",
    "tests",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "Makefile",
)
ONE_FAILED = 1
"""pytest's exit status where tests ran and failed, as against those that could not be collected."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole project once more, with what Python has compiled of it."""
    place = tmp_path_factory.mktemp("mutants")
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name)
        else:
            shutil.copy2(ROOT / name, place / name)
    return place


@pytest.fixture
def run(copy: Path, postgres_url: str) -> Iterator[Runner]:
    runner = Runner(copy, postgres_url)
    yield runner
    runner.put_right()


class Runner:
    """Plants a fault in the copy and runs a test there."""

    def __init__(self, copy: Path, postgres_url: str) -> None:
        self._copy, self._url = copy, postgres_url
        self._planted: list[Path] = []

    def plant(self, mutant: Mutant) -> None:
        file = self._copy / mutant.file
        text = file.read_text()
        assert text.count(mutant.was) == 1, f"{mutant.file} says {text.count(mutant.was)} times: {mutant.was}"
        file.write_text(text.replace(mutant.was, mutant.becomes))
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()
        self._planted.append(file)

    def put_right(self) -> None:
        for file in self._planted:
            shutil.copy2(ROOT / file.relative_to(self._copy), file)

    def test(self, *names: str) -> subprocess.CompletedProcess[str]:
        """Run it on the server that is there; nothing compiled is kept of what is changed."""
        environment = {
            **os.environ,
            "DATABASE_URL_TEST": self._url,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(self._copy),
        }
        for ours in [each for each in environment if each.startswith("PYTEST_")]:
            del environment[ours]
        words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *names]
        return subprocess.run(words, cwd=self._copy, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.rule)
def test_a_planted_fault_is_caught(run: Runner, mutant: Mutant) -> None:
    run.plant(mutant)
    came = run.test(mutant.caught_by)
    assert came.returncode == ONE_FAILED, came.stdout[-3000:] + came.stderr[-2000:]


def test_in_a_copy_without_a_fault_they_pass(run: Runner) -> None:
    """Otherwise anything would seem to be caught. That each passes without its fault, the run of all tests says."""
    names = sorted({mutant.caught_by for mutant in MUTANTS})
    came = run.test(*(name for name in names if name.startswith(("tests/domain", "tests/application"))))
    assert came.returncode == 0, came.stdout[-3000:] + came.stderr[-2000:]


def test_there_are_enough_of_each_kind() -> None:
    assert len(MUTANTS) >= 15
    assert len({mutant.rule for mutant in MUTANTS}) == len(MUTANTS)
