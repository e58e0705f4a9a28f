"""The machine that measured: what it is, how busy it was, and how much CPU some of its processes have used."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

import psycopg

_BACKENDS = """
select pid from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"""
"""The server's own come and go; one that has gone leaves no figure."""
_PROC = Path("/proc")


def describe() -> dict[str, object]:
    """What a reader must know to compare figures."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_mib": _memory(),
        "load_at_start": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
    }


def children(pid: int) -> list[int]:
    """The processes that a process has started; none where the system does not tell."""
    try:
        threads = (_PROC / f"{pid}/task").iterdir()
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def backends(database_url: str) -> list[int]:
    """The processes of the server that work for a database, but for the one that tells."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        return [int(pid) for (pid,) in connection.execute(_BACKENDS).fetchall()]


def cpu_seconds(pids: Iterable[int]) -> float | None:
    """CPU used so far by these processes together; None where the system does not tell, or does not know one."""
    try:
        return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None


def resident_mib(pid: int) -> float | None:
    """Memory that a process holds."""
    try:
        pages = int((_PROC / f"{pid}/statm").read_text().split()[1])
    except OSError:
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def _ticks(pid: int) -> int:
    after_name = (_PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def _line(file: str, name: str) -> str | None:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (ValueError, OSError):
        return None


def private_mib(pid: int) -> float | None:
    """Memory that a process has to itself: what would be free if it ended."""
    try:
        lines = (_PROC / f"{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    parts = [int(line.split()[1]) for line in lines if line.startswith("Private_")]
    return round(sum(parts) / 1024, 1)
