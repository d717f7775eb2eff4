"""The Helm chart: read by Helm, judged by Kubernetes' own schemas, and held to the program."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.support.deploy import DEPLOY, assert_are_settings, assert_is_a_command
from tests.support.helm import KUBERNETES, Helm, HelmRefused, running_helm
from tests.support.programs import program, run
from voxport.api import operations
from voxport.cli.main import EXIT_MISCONFIGURED
from voxport.core.stages import Queue

CHART = DEPLOY / "helm" / "voxport"
LEAST: dict[str, Any] = {"secretName": "made-before", "settings": {"VOXPORT_STORE_URL": "s3://calls/prod"}}
WHOLE: dict[str, Any] = {
    **LEAST,
    "imagePullSecrets": ["pull"],
    "api": {"ingress": {"enabled": True, "host": "calls.example.com", "tlsSecretName": "certificate"}},
    "workers": {
        "light": {"autoscaling": {"enabled": True}},
        "speech": {"autoscaling": {"enabled": True}},
        "gpu": {"enabled": True, "gpus": 2, "autoscaling": {"enabled": True}},
    },
    "autoscaling": {"prometheus": "http://prometheus:9090"},
    "pooler": True,
    "monitoring": {"podMonitor": True, "token": True, "rules": True},
}
OF_OPERATORS = {"ScaledObject", "PodMonitor", "PrometheusRule"}
"""Kinds that KEDA and the operator of Prometheus bring; Kubernetes has no schema of them."""


@pytest.fixture(scope="module")
def helm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helm]:
    """With the migration as a manifest like the others: what is a hook Helm's library keeps apart."""
    chart = tmp_path_factory.mktemp("chart") / "voxport"
    shutil.copytree(CHART, chart)
    for name in ("migration.yaml", "networkpolicies.yaml"):
        template = chart / "templates" / name
        template.write_text(re.sub(r"^ +helm\.sh/hook.*\n", "", template.read_text("utf-8"), flags=re.M), "utf-8")
    with running_helm(chart) as helm:
        yield helm


@pytest.fixture(scope="module")
def whole(helm: Helm) -> list[dict[str, Any]]:
    return helm.template(WHOLE)


def pods_of(manifests: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Templates of pods by the name of what makes them."""
    made = [one for one in manifests if one["kind"] in ("Deployment", "Job")]
    return {one["metadata"]["name"]: one["spec"]["template"] for one in made}


def container_of(pod: dict[str, Any]) -> dict[str, Any]:
    (container,) = pod["spec"]["containers"]
    found: dict[str, Any] = container
    return found


def environment_of(pod: dict[str, Any]) -> dict[str, str | None]:
    return {one["name"]: one.get("value") for one in container_of(pod)["env"]}


@pytest.mark.parametrize("values", [LEAST, WHOLE], ids=["least", "whole"])
def test_helm_finds_nothing(helm: Helm, values: dict[str, Any]) -> None:
    assert helm.lint(values) == []


def test_kubernetes_takes_every_manifest(whole: list[dict[str, Any]]) -> None:
    kinds = {manifest["kind"] for manifest in whole}
    assert kinds >= {"Deployment", "Service", "Ingress", "Job", "PodDisruptionBudget", "NetworkPolicy", *OF_OPERATORS}
    for manifest in whole:
        if manifest["kind"] not in OF_OPERATORS:
            kubernetes_validate.validate(manifest, KUBERNETES.rpartition(".")[0], strict=True)


def test_every_process_is_one_of_voxport_with_settings_that_it_takes(whole: list[dict[str, Any]]) -> None:
    pods = pods_of(whole)
    assert len(pods) == 5
    for pod in pods.values():
        assert_is_a_command(container_of(pod)["args"])
        assert_are_settings(environment_of(pod))
    gpu = pods["calls-voxport-worker-gpu"]
    assert environment_of(gpu)["VOXPORT_GPUS"] == "0,1"
    assert container_of(gpu)["resources"]["limits"]["nvidia.com/gpu"] == 2


def test_no_pod_runs_as_root_or_writes_outside_of_its_folders(whole: list[dict[str, Any]]) -> None:
    for pod in pods_of(whole).values():
        assert pod["spec"]["securityContext"]["runAsNonRoot"]
        assert pod["spec"]["automountServiceAccountToken"] is False
        assert container_of(pod)["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_the_pools_of_an_installation_serve_every_queue(helm: Helm) -> None:
    served = [environment_of(pod).get("VOXPORT_QUEUES") or "" for pod in pods_of(helm.template(LEAST)).values()]
    assert sorted(name for names in served if names for name in names.split(",")) == sorted(Queue)


def test_each_selector_finds_the_pods_of_one_deployment(whole: list[dict[str, Any]]) -> None:
    labels = [pod["metadata"]["labels"] for pod in pods_of(whole).values()]
    for manifest in whole:
        spec = manifest.get("spec", {})
        selector = spec.get("podSelector") or spec.get("selector") or {}
        wanted = selector.get("matchLabels", selector)
        if wanted:
            assert sum(wanted.items() <= one.items() for one in labels) == 1, manifest["metadata"]["name"]


def test_every_pod_has_its_network_policy_and_no_worker_reaches_the_metadata_of_its_machine(
    whole: list[dict[str, Any]],
) -> None:
    """The migration's is there before the migration: a namespace may let nothing pass that no policy names."""
    policies = {one["metadata"]["name"]: one["spec"] for one in whole if one["kind"] == "NetworkPolicy"}
    assert policies.keys() == pods_of(whole).keys()
    written = (CHART / "templates" / "networkpolicies.yaml").read_text("utf-8")
    assert re.findall(r"helm\.sh/hook(?:-weight)?: (.+)", written) == ["pre-install,pre-upgrade", '"-1"']
    for name, spec in policies.items():
        assert spec["policyTypes"] == ["Ingress", "Egress"]
        if "worker" not in name:
            continue
        blocks = [to["ipBlock"] for rule in spec["egress"] for to in rule.get("to", [])]
        for address in map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")):
            (block,) = (one for one in blocks if address in ip_network(one["cidr"]))
            assert any(address in ip_network(one) for one in block["except"]), f"{name} reaches {address}"
            assert {ip_network(one).version for one in block["except"]} == {address.version}


def test_probes_ask_what_is_served(whole: list[dict[str, Any]]) -> None:
    pods = pods_of(whole)
    api = container_of(pods["calls-voxport-api"])
    asked = {api[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    assert all(f"`{path}`" in (operations.__doc__ or "") for path in asked)
    for name, pod in pods.items():
        if "worker" in name:
            for kind in ("startup", "liveness", "readiness"):
                command = " ".join(container_of(pod)[f"{kind}Probe"]["exec"]["command"])
                assert str(environment_of(pod)["VOXPORT_ALIVE_FILE"]) in command


def test_the_migration_is_not_tried_again_where_a_person_has_to_act(whole: list[dict[str, Any]]) -> None:
    (job,) = [one for one in whole if one["kind"] == "Job"]
    (rule,) = job["spec"]["podFailurePolicy"]["rules"]
    assert (rule["action"], rule["onExitCodes"]["values"]) == ("FailJob", [EXIT_MISCONFIGURED])
    assert "helm.sh/hook: pre-install,pre-upgrade" in (CHART / "templates" / "migration.yaml").read_text("utf-8")


def test_pools_grow_with_the_age_of_their_oldest_job(whole: list[dict[str, Any]], tmp_path: Path) -> None:
    scaled = {one["spec"]["scaleTargetRef"]["name"]: one["spec"] for one in whole if one["kind"] == "ScaledObject"}
    workers = [one for one in whole if one["kind"] == "Deployment" and "worker" in one["metadata"]["name"]]
    assert scaled.keys() == {one["metadata"]["name"] for one in workers}
    assert all("replicas" not in one["spec"] for one in workers), "Helm would set back what KEDA has set"
    queries = [spec["triggers"][0]["metadata"]["query"] for spec in scaled.values()]
    for query in queries:
        assert "max(voxport_queue_oldest_seconds{" in query
    file = tmp_path / "queries.yml"
    rules = [{"record": f"pool:{number}", "expr": query} for number, query in enumerate(queries)]
    file.write_text(yaml.safe_dump({"groups": [{"name": "pools", "rules": rules}]}), "utf-8")
    read = run(program("promtool"), "check", "rules", file)
    assert read.returncode == 0, read.stdout + read.stderr


def test_the_alerts_of_the_chart_are_those_of_the_file(whole: list[dict[str, Any]]) -> None:
    (rule,) = [one for one in whole if one["kind"] == "PrometheusRule"]
    assert rule["spec"] == yaml.safe_load((DEPLOY / "prometheus" / "voxport.rules.yml").read_text("utf-8"))


def test_prometheus_sends_the_token_that_metrics_want(helm: Helm, whole: list[dict[str, Any]]) -> None:
    """From one key of one Secret, so that both change together."""
    key = {"name": "made-before", "key": "VOXPORT_METRICS_TOKEN"}
    (monitor,) = [one for one in whole if one["kind"] == "PodMonitor"]
    assert monitor["spec"]["podMetricsEndpoints"] == [
        {"port": "http", "path": "/metrics", "authorization": {"type": "Bearer", "credentials": key}}
    ]
    (wanted,) = [one for one in container_of(pods_of(whole)["calls-voxport-api"])["env"] if one["name"] == key["key"]]
    assert wanted["valueFrom"]["secretKeyRef"] == key
    without = helm.template({**LEAST, "monitoring": {"podMonitor": True}})
    (monitor,) = [one for one in without if one["kind"] == "PodMonitor"]
    assert monitor["spec"]["podMetricsEndpoints"] == [{"port": "http", "path": "/metrics"}]


def test_behind_a_pooler_every_process_is_given_the_direct_address_too(helm: Helm, whole: list[dict[str, Any]]) -> None:
    name = "VOXPORT_DATABASE_DIRECT_URL"
    assert all(name in environment_of(pod) for pod in pods_of(whole).values())
    assert not any(name in environment_of(pod) for pod in pods_of(helm.template(LEAST)).values())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({**LEAST, "settings": {**LEAST["settings"], "VOXPORT_METRICS_TOKEN": "seen"}}, "VOXPORT_METRICS_TOKEN"),
        ({**LEAST, "secretName": ""}, "secretName"),
        ({"secretName": "made-before"}, "VOXPORT_STORE_URL"),
        ({**LEAST, "api": {"replcas": 3}}, "replcas"),
        ({**LEAST, "settings": {**LEAST["settings"], "VOXPORT_QUEUES": "speech"}}, "VOXPORT_QUEUES"),
        ({**LEAST, "workers": {"speech": {"queues": ["speach"]}}}, "/workers/speech/queues"),
        ({**LEAST, "workers": {"speech": {"autoscaling": {"enabled": True}}}}, "autoscaling.prometheus"),
    ],
)
def test_values_that_would_do_something_else_are_refused(helm: Helm, values: dict[str, Any], said: str) -> None:
    with pytest.raises(HelmRefused, match=re.escape(said)):
        helm.template(values)


def marked(value: Any, at: tuple[str, ...], marks: dict[str, str]) -> Any:
    """`value` with each leaf replaced by one that stands nowhere else; switches are on."""
    path = ".".join(at)
    match value:
        case dict() if value:
            return {key: marked(one, (*at, key), marks) for key, one in value.items()}
        case bool():
            return True
        case int():
            marks[path] = str(20_000 + len(marks))
            return int(marks[path])
        case list() if path.endswith("Ports"):
            marks[path] = str(20_000 + len(marks))
            return [int(marks[path])]
        case _ if path.endswith((".queues", ".pullPolicy", ".service.type")):
            return value
        case _:
            mark = str(7_000_000 + len(marks)) if at[-1].endswith(("Size", "cpu", "memory")) else f"mark-{len(marks)}-"
            marks[path] = mark
            wrapped: dict[type, Any] = {list: [{"key": mark}], dict: {"VOXPORT_MARK": mark}}
            texts = path == "imagePullSecrets" or path.endswith("Except")
            return [mark] if texts else wrapped.get(type(value), mark)


def test_every_value_does_something(helm: Helm) -> None:
    """Each of values.yaml, changed to something of its own, is seen in the manifests."""
    marks: dict[str, str] = {}
    values = marked(yaml.safe_load((CHART / "values.yaml").read_text("utf-8")), (), marks)
    seen = json.dumps(helm.template(values))
    assert [path for path, mark in marks.items() if mark not in seen] == []
    assert len(marks) > 60


@pytest.mark.parametrize(
    ("switch", "kind"),
    [
        ("serviceAccount.create", "ServiceAccount"),
        ("migration.enabled", "Job"),
        ("disruptionBudgets.enabled", "PodDisruptionBudget"),
        ("networkPolicies.enabled", "NetworkPolicy"),
    ],
)
def test_switches_that_are_on_can_be_off(helm: Helm, switch: str, kind: str) -> None:
    section, name = switch.split(".")
    assert kind in {one["kind"] for one in helm.template(LEAST)}
    assert kind not in {one["kind"] for one in helm.template({**LEAST, section: {name: False}})}
