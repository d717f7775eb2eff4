"""Alerts and board: read by promtool, and every series and label of theirs is one that `/metrics` serves."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.rooms.storage.recordings import accept, plan_with_callbacks
from tests.support.deploy import DEPLOY, ROOT
from tests.support.programs import program, run
from voxport.api.server_metrics import ServerMetrics
from voxport.core.codes import Code
from voxport.core.delivery import DeliveryStatus
from voxport.core.errors import Problem
from voxport.core.plan import CallbackType
from voxport.core.stages import JOBS
from voxport.storage.store import Store
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.engine import Engine
from voxport.workflow.gauges import read_gauges
from voxport.workflow.worker_figures import SelfObservation

RULES = DEPLOY / "prometheus" / "voxport.rules.yml"
BOARD = json.loads((DEPLOY / "grafana" / "voxport.json").read_text("utf-8"))
ALERTS = [rule for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]]
OF_PROMETHEUS = {"up": {"job", "instance"}}
"""Series that Prometheus makes itself."""
ITS_LABELS = {"job", "instance"}
"""Labels that Prometheus puts on every series."""


def expressions() -> list[str]:
    """All of the board as Prometheus gets them."""
    written = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
    return [one.replace("$__rate_interval", "1m").replace("$job", "voxport") for one in written]


@pytest.fixture
async def served(store: Store, postgres_url: str, tmp_path: Path) -> dict[str, set[str]]:
    """Series and their labels of an API whose installation has something of everything."""
    engine = Engine(postgres_url)
    await engine.install()
    await engine.open()
    try:
        acme = await store.organizations.create("Acme")
        plan = plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.ANALYTICS)
        waiting = await accept(store, acme.id, plan)
        await engine.defer(JOBS[0], waiting.id)
        first, _ = await store.media.finish((await accept(store, acme.id, plan)).id, run=1)
        failed = await accept(store, acme.id, plan)
        broken = [Problem.of(Code.MEDIA_UNREADABLE, reason="it is no sound")]
        await store.media.fail(failed.id, broken, run=1, skips=lambda _: None)
        await store.deliveries.set_failed(first, "given up", status=DeliveryStatus.FAILED, worker=None)
        endpoint = (acme.id, "https://bucket.example")
        while not await store.endpoints.failed(endpoint, "refused", pause_after=1, first_probe_s=900):
            pass
        figures = replace(SelfObservation(["speech"], every_s=60.0).figures(), tells_speakers=False)
        await store.worker_processes.beat(uuid4(), timedelta(seconds=6), figures)
        shown = DeliveryGauges(store)
        metrics = ServerMetrics(lambda: read_gauges(store, engine, shown, tmp_path))
        metrics.count("GET", "/v3/media", 200, 0.01)
        text = (await metrics.exposition()).decode()
    finally:
        await engine.close()
    series: dict[str, set[str]] = defaultdict(set, OF_PROMETHEUS)
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            series[sample.name] |= {*sample.labels, *ITS_LABELS}
    return series


async def test_every_series_of_alerts_and_board_is_served(served: dict[str, set[str]]) -> None:
    for expression in (*expressions(), *(rule["expr"] for rule in ALERTS)):
        bare = re.sub(r'"[^"]*"', '""', expression)
        names = set(re.findall(r"\b(?:voxport_\w+|process_\w+|up)\b", bare))
        assert names, expression
        assert names <= served.keys(), names - served.keys()
        for name, selector in re.findall(r"\b(\w+)\{([^}]*)\}", bare):
            assert set(re.findall(r"(\w+)\s*[=!]", selector)) <= served[name], expression
        known = set().union(*(served[name] for name in names))
        for labels in re.findall(r"\b(?:by|on) \(([^)]*)\)", bare):
            assert {label.strip() for label in labels.split(",")} <= known, expression


async def test_every_series_of_ours_is_watched_by_an_alert_or_seen_on_the_board(served: dict[str, set[str]]) -> None:
    used = " ".join([*expressions(), *(rule["expr"] for rule in ALERTS)])
    ours = {re.sub("_(created|count|sum|bucket)$", "", name) for name in served if name.startswith("voxport_")}
    assert [name for name in sorted(ours) if name not in used] == []


def test_promtool_reads_the_rules_and_the_configuration() -> None:
    read = run(program("promtool"), "check", "config", DEPLOY / "prometheus" / "prometheus.yml")
    assert read.returncode == 0, read.stdout + read.stderr
    assert f"{len(ALERTS)} rules found" in read.stdout


def test_the_line_that_sends_the_token_is_one_that_prometheus_reads(tmp_path: Path) -> None:
    written = (DEPLOY / "prometheus" / "prometheus.yml").read_text("utf-8")
    (line,) = [one for one in written.splitlines() if "VOXPORT" not in one and "credentials_file" in one]
    token = tmp_path / "voxport.token"
    switched_on = written.replace(line, line.replace("# ", "").replace("/etc/prometheus/voxport.token", str(token)))
    (tmp_path / "prometheus.yml").write_text(switched_on, "utf-8")
    (tmp_path / RULES.name).write_bytes(RULES.read_bytes())
    (job,) = yaml.safe_load(switched_on)["scrape_configs"]
    assert job["authorization"] == {"type": "Bearer", "credentials_file": str(token)}
    command = (program("promtool"), "check", "config", tmp_path / "prometheus.yml")
    assert run(*command).returncode != 0, "it does not look at the line"
    token.write_text("token", "utf-8")
    read = run(*command)
    assert read.returncode == 0, read.stdout + read.stderr


def test_the_alerts_are_raised_by_what_they_are_for_and_by_nothing_else() -> None:
    judged = run(program("promtool"), "test", "rules", ROOT / "tests" / "deploy" / "voxport.rules.test.yml")
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_promtool_reads_every_expression_of_the_board(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": one} for number, one in enumerate(expressions())]
    file = tmp_path / "board.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "board", "rules": rules}]}), "utf-8")
    read = run(program("promtool"), "check", "rules", file)
    assert read.returncode == 0, read.stdout + read.stderr


def test_the_panels_of_the_board_have_places_of_their_own_and_its_source() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in BOARD["panels"]:
        place: dict[str, Any] = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
        assert {target["datasource"]["uid"] for target in panel["targets"]} == {"${source}"}
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])


def test_the_page_says_of_every_alert_what_to_do() -> None:
    page = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    assert re.findall(r"^\| `(Voxport\w+)` \|", page, flags=re.M) == [rule["alert"] for rule in ALERTS]
