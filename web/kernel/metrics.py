"""Figures for Prometheus at /metrics: how the installation is, and how requests are answered, by route.

Only for whoever has the secret of PLATS_METRICS_TOKEN; without one the address does not exist. Web processes share
their counts through files of the server's (`PROMETHEUS_MULTIPROC_DIR`), so that any of them answers for all.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator

from flask import Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from application.kernel.health import HealthReport
from application.services import Services

SHARED = "PROMETHEUS_MULTIPROC_DIR"
TOKEN = "PLATS_METRICS_TOKEN"  # noqa: S105 # the name of a setting
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""What is counted apart: any other word is anybody's to make up, and each would be kept."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Installation:
    """How the installation is, asked when somebody asks."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterator[Metric]:
        """The gauges, each with what it means."""
        report = self._services.health.look()
        for name, about, value in _gauges(report):
            yield GaugeMetricFamily(f"plats_{name}", about, value)
        failing = _by_job("failing_seconds", "For how long a job has failed; 0: it goes on")
        turned = _by_job("turn_age_seconds", "How long ago a job ended a turn")
        for job in report.jobs:
            failing.add_metric([job.name], job.failing or 0.0)
            turned.add_metric([job.name], job.turned)
        yield from (failing, turned)
        yield from _by_partition(report)


def register_metrics(app: Flask, services: Services, token: str) -> None:
    """Count from now on, and answer at /metrics."""
    if not token:
        return
    counted = CollectorRegistry()
    _count(app, counted)

    def metrics() -> Response:
        if not secrets.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
            abort(404)
        registry = CollectorRegistry()
        registry.register(Installation(services))
        if os.environ.get(SHARED):
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library's has no types
        else:
            registry.register(counted)
        answer = current_app.response_class(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    app.add_url_rule("/metrics", "metrics", metrics)


def _count(app: Flask, counted: CollectorRegistry) -> None:
    labels = ("method", "route", "status")
    seconds = Histogram("plats_request_seconds", "Time to an answer", labels, registry=counted, buckets=_SECONDS)

    def begin() -> None:
        g.counted_from = time.perf_counter()

    def count(answer: Response) -> Response:
        took = time.perf_counter() - g.get("counted_from", time.perf_counter())
        method = request.method if request.method in _METHODS else "other"
        seconds.labels(method, str(request.url_rule or "?"), f"{answer.status_code // 100}xx").observe(took)
        return answer

    app.before_request(begin)
    app.after_request(count)


def _by_job(name: str, about: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"plats_job_{name}", about, labels=["job"])


def _by_partition(report: HealthReport) -> Iterator[Metric]:
    """The same of each partition of the organisers."""
    behind, reactions, led = (
        GaugeMetricFamily(f"plats_partition_{name}", about, labels=["partition"])
        for name, about in (
            ("read_models_behind_seconds", "Age of the oldest event of its that read models have not passed"),
            ("reactions_behind_seconds", "Age of the oldest event of its whose effects are to come"),
            ("leader", "A worker leads it"),
        )
    )
    for each in report.partitions:
        behind.add_metric([str(each.place)], each.behind)
        reactions.add_metric([str(each.place)], each.reactions_behind)
        led.add_metric([str(each.place)], float(each.is_led))
    yield from (behind, reactions, led)


def _gauges(report: HealthReport) -> Iterator[tuple[str, str, float]]:
    yield "ready", "People can be sent here", float(report.is_ready)
    yield "writable", "The database answers and takes writes", float(report.is_writable)
    yield "current", "The database has the shape of this version", float(report.is_current)
    yield "newest", "No newer version has been at the database", float(report.is_newest)
    yield "keys", "The key folder is the one that the database was written with", float(report.has_keys)
    yield "restored", "The database was put back from a backup and is not prepared", float(report.is_restored)
    yield "room", "The database's disk takes what is written", float(report.has_room)
    yield "leader", "Every partition of the organisers has a worker that leads", float(report.is_led)
    yield "read_models_behind_seconds", "Age of the oldest event that read models have not taken in", report.behind
    yield "reactions_behind_seconds", "Age of the oldest event whose effects are to come", report.reactions_behind
    yield "letters_behind_seconds", "For how long the oldest letter that is due has waited", report.letters_behind
    yield "clock_off_seconds", "How far the clock here is before the database's", report.clock_off
    yield "disk_free_bytes", "Free where Plats keeps its files", float(report.disk_free)
    yield "standing_still", "Organisers whose read models or reactions have stopped", float(len(report.stands_still))
    yield "troubles", "How many things somebody should look at (see /readyz)", float(len(report.troubles))
