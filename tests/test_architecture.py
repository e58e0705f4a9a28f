"""Who may know whom: the contracts in pyproject.toml hold, and a breach of any of them is seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent


def lint_imports(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [PROGRAMS / "lint-imports", "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def ruff(code: str, pretend: str) -> str:
    return subprocess.run(
        [PROGRAMS / "ruff", "check", "--no-cache", "--output-format", "concise", "--stdin-filename", ROOT / pretend],
        input=f'"""A planted file."""\n\n{code}\n',
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    ).stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("domain", "application", "infrastructure", "web", "demo", "bench"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_nothing_imports_itself_in_a_circle() -> None:
    graph = grimp.build_graph("domain", "application", "infrastructure", "web", "demo", "bench", cache_dir=None)
    TopologicalSorter({each: graph.find_modules_directly_imported_by(each) for each in graph.modules}).prepare()


def test_every_contract_is_kept() -> None:
    code, said = lint_imports(ROOT)
    assert code == 0, said


BREACHES = [
    (
        "domain/kernel/planted.py",
        "application",
        "Demo and bench over web over infrastructure over application over domain",
    ),
    ("application/kernel/planted.py", "infrastructure.postgres.migrations", "Demo and bench over web"),
    ("web/kernel/planted.py", "demo", "Demo and bench over web"),
    ("web/pages/kernel/planted.py", "infrastructure.postgres.migrations", "Pages and the API reach storage"),
    ("domain/kernel/planted.py", "flask", "The rules know no framework"),
    ("application/kernel/planted.py", "psycopg", "The rules know no framework"),
    ("domain/booking/booking.py", "domain.booking.seating", "Aggregates know each other by id only"),
    ("domain/kernel/money.py", "domain.programme.season", "Rooms of the domain"),
    ("domain/people/planted.py", "domain.programme.season", "Rooms of the domain"),
    ("domain/programme/planted.py", "domain.billing.invoice", "Rooms of the domain"),
    ("domain/billing/planted.py", "domain.booking.booking", "Rooms of the domain"),
    ("domain/payments/planted.py", "domain.booking.seating", "Rooms of the domain"),
    ("domain/newroom/planted.py", "domain.kernel.money", "Rooms of the domain"),
    ("application/kernel/planted.py", "application.people.person", "Rooms of the application"),
    ("application/people/planted.py", "application.mail.letters", "Rooms of the application"),
    ("application/programme/planted.py", "application.billing.invoice", "Rooms of the application"),
    ("application/billing/planted.py", "application.payments.payment", "Rooms of the application"),
    ("application/booking/planted.py", "application.automation.policies", "Rooms of the application"),
    ("application/automation/planted.py", "application.insight.history", "Rooms of the application"),
    ("infrastructure/event_store/planted.py", "infrastructure.read_models.catalogue", "Rooms of the infrastructure"),
    ("infrastructure/keys/planted.py", "infrastructure.event_store.recorder", "Rooms of the infrastructure"),
    ("infrastructure/mail/planted.py", "infrastructure.jobs.worker", "Rooms of the infrastructure"),
    ("infrastructure/newroom/planted.py", "infrastructure.kernel.clock", "Rooms of the infrastructure"),
    (
        "infrastructure/event_store/recorder.py",
        "infrastructure.event_store.throughput.group_commit",
        "The core of the event store, and what makes it fast",
    ),
    ("web/words/planted.py", "web.pages.kernel.forms", "Rooms of the web"),
    ("web/api/kernel/planted.py", "web.pages.kernel.forms", "Rooms of the web"),
    ("web/pages/booking/planted.py", "web.pages.billing.invoice", "Rooms of pages stand apart"),
    ("web/api/programme/planted.py", "web.api.booking.booking", "Rooms of the API"),
    (
        "infrastructure/read_models/booking/planted.py",
        "infrastructure.read_models.billing.invoice",
        "Rooms of read models",
    ),
]


@pytest.mark.parametrize(("file", "imports", "contract"), BREACHES)
def test_a_planted_breach_is_caught(copy: Path, file: str, imports: str, contract: str) -> None:
    planted = copy / file
    planted.parent.mkdir(exist_ok=True)
    (planted.parent / "__init__.py").touch()
    with planted.open("a") as code:
        code.write(f"\nimport {imports}\n")
    code_of_exit, said = lint_imports(copy)
    assert code_of_exit == 1
    assert contract in said.partition("Broken contracts")[2]


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime, UTC\n\nNOW = datetime.now(UTC)",
        "from datetime import date\n\nTODAY = date.today()",
        "import time\n\nNOW = time.time()",
        "from uuid import uuid4\n\nNEW = uuid4()",
    ],
)
def test_only_the_clock_knows_the_time_and_makes_ids(code: str) -> None:
    for elsewhere in ("domain/planted.py", "application/planted.py", "infrastructure/planted.py", "web/planted.py"):
        assert "TID251" in ruff(code, elsewhere)
    assert "TID251" not in ruff(code, "infrastructure/kernel/clock.py")


@pytest.mark.parametrize("module", ["eventsourcing.persistence", "eventsourcing.postgres"])
def test_only_infrastructure_knows_how_events_are_stored(module: str) -> None:
    for elsewhere in ("domain/planted.py", "application/planted.py", "web/planted.py"):
        assert "TID251" in ruff(f"import {module}", elsewhere)
    assert "TID251" not in ruff(f"import {module}", "infrastructure/planted.py")


def test_the_command_line_reads_no_command_to_list_them() -> None:
    code = "import sys; import web.cli; print([name for name in sys.modules if name.startswith('web.commands.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
