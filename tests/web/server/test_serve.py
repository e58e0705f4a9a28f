"""`plats serve` starts everything in one go, keeps it alive, and ends it without leaving anybody behind."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from bench.machine import children
from infrastructure.kernel.machine import cores
from infrastructure.kernel.settings import Settings
from web.server.server import ROOT, served

PLATS = [sys.executable, "-P", "-c", "from web.cli import main; main()"]
READY_WITHIN = 120.0  # far more than it takes, on a machine that is busy with other tests


def settings_in(home: Path, database_url: str) -> Settings:
    return replace(Settings.read({"PLATS_HOME": str(home)}), database_url=database_url, workers=1)


def environment(home: Path, database_url: str, port: int) -> dict[str, str]:
    own = {"PLATS_HOME": str(home), "DATABASE_URL": database_url, "PLATS_PORT": str(port), "PLATS_WORKERS": "1"}
    return os.environ | own | {"PYTHONPATH": str(ROOT)}


def free_port() -> int:
    """Nobody's port, and none of those that the system hands out to others while our server is starting."""
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", random.randint(15_000, 30_000))) as listener:
            return int(listener.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = READY_WITHIN) -> bool:
    """Wait for it, but not for ever."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.02)
    return True


def status_of(host: str, port: int, path: str) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not _is_waited_for(pid)


def _is_waited_for(pid: int) -> bool:
    """Whether it has died and only its entry is left: not every container has an init that takes notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def names(database_url: str) -> set[str]:
    """What those who are connected to the database call themselves, but for us."""
    with psycopg.connect(database_url, application_name="a test") as connection:
        rows = connection.execute(
            "select distinct application_name from pg_stat_activity where datname = current_database()"
        ).fetchall()
    return {str(name) for (name,) in rows} - {"a test", ""}


@contextmanager
def plats_serve(home: Path, database_url: str, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command itself, and the first line that it says."""
    with subprocess.Popen(
        [*PLATS, "serve"],
        env=environment(home, database_url, port or free_port()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_gracefully(database_url: str, tmp_path: Path, number: signal.Signals) -> None:
    with plats_serve(tmp_path, database_url) as (process, said):
        address = said.split()[3]
        host, port = address.removeprefix("http://").split(":")
        assert [status_of(host, int(port), path) for path in ("/healthz", "/readyz", "/")] == [200, 200, 200]
        family = [child for one in children(process.pid) for child in (one, *children(one))]
        assert len(family) == 4  # gunicorn with its process, the worker, and whoever carries out effects
        assert until(lambda: names(database_url) == {"plats web", "plats worker", "plats effects"})

        process.send_signal(number)
        _, problems = process.communicate(timeout=READY_WITHIN)

    assert (process.returncode, problems) == (0, "")
    assert [pid for pid in family if lives(pid)] == []


def test_nobody_stays_behind_when_it_is_killed(database_url: str, tmp_path: Path) -> None:
    with plats_serve(tmp_path, database_url) as (process, _):
        family = [child for one in children(process.pid) for child in (one, *children(one))]
        process.kill()
        assert len(family) == 4
        assert until(lambda: not any(map(lives, family)))


def test_killed_in_the_middle_of_requests_it_is_started_again_at_once(database_url: str, tmp_path: Path) -> None:
    """Processes that still answer somebody hold the address for a while: it is waited for."""
    port = free_port()
    with (
        plats_serve(tmp_path, database_url, port) as (process, _),
        socket.create_connection(("127.0.0.1", port)) as asking,
    ):
        asking.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
        process.kill()
        with plats_serve(tmp_path, database_url, port) as (_, said):
            assert said.startswith(f"Plats is at http://127.0.0.1:{port}")


def test_an_address_that_is_taken_is_refused_in_a_sentence(database_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = subprocess.run(
            [*PLATS, "serve"],
            env=environment(tmp_path, database_url, port),
            capture_output=True,
            text=True,
            timeout=READY_WITHIN,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"Error: Plats cannot listen on 127.0.0.1, port {port} (Address already in use): "
        "choose another with PLATS_PORT.\n"
    )


def test_a_name_that_is_nobodys_is_refused_in_a_sentence(database_url: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PLATS, "serve"],
        env=environment(tmp_path, database_url, 8000) | {"PLATS_HOST": "nobody.invalid"},
        capture_output=True,
        text=True,
        timeout=READY_WITHIN,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: Plats cannot listen on nobody.invalid, port 8000 (")
    assert "Unknown error" not in done.stderr and done.stderr.endswith("): choose another with PLATS_PORT.\n")


@pytest.mark.parametrize("name", ["web", "worker", "effects"])
def test_a_process_that_dies_is_started_again(database_url: str, tmp_path: Path, name: str) -> None:
    with served(settings_in(tmp_path, database_url)) as running:
        supervisor = running.supervisor
        first = supervisor.pid(name)
        assert first is not None
        os.kill(first, signal.SIGKILL)

        assert until(lambda: supervisor.pid(name) not in (None, first))
        assert supervisor.starts(name) == 2
        assert until(lambda: status_of(running.host, running.port, "/readyz") == 200)


def test_as_many_processes_follow_as_there_are_partitions_and_cores_for_them(database_url: str, tmp_path: Path) -> None:
    with served(replace(settings_in(tmp_path, database_url), partitions=4)) as running:

        def led() -> list[bool]:
            with urlopen(f"{running.url}/readyz", timeout=5) as answer:
                return [each["is_led"] for each in json.load(answer)["partitions"]]

        assert sum(name.startswith("worker") for name in running.supervisor.names()) == min(4, cores())
        assert until(lambda: led() == [True] * 4)


def test_a_web_process_that_dies_is_replaced_and_requests_go_on(database_url: str, tmp_path: Path) -> None:
    with served(replace(settings_in(tmp_path, database_url), workers=2), worker=False) as running:
        gunicorn = running.supervisor.pid("web")
        assert gunicorn is not None
        before = children(gunicorn)
        os.kill(before[0], signal.SIGKILL)

        assert until(lambda: len(set(children(gunicorn)) - {before[0]}) == 2)
        assert status_of(running.host, running.port, "/healthz") == 200


def test_what_never_starts_is_given_up(database_url: str, tmp_path: Path) -> None:
    from web.server.server import DidNotStart

    with pytest.raises(DidNotStart), served(settings_in(tmp_path, database_url), app="web.server.server:no_such_thing"):
        pass
