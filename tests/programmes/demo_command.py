"""The demo as its command and its settings give it."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from demo.clock import DemoClock
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings

ROOT = Path(__file__).parents[2]
CLOCK = DemoClock(SystemClock())


def settings_on(url: str, home: Path) -> Settings:
    return replace(Settings.read({"PLATS_HOME": str(home), "PLATS_WORKERS": "1"}), database_url=url)


def plats_demo(url: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from web.cli import main; main()", "demo", *words]
    environment = os.environ | {"DATABASE_URL": url, "PLATS_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)
