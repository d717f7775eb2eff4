"""Makes what this version leaves when it is stopped, as data for `tests/upgrades`: `scripts/upgrade-data`.

It takes minutes: a server and workers of its own, the sample recording, a receiver that refuses some. At each stage a
call is held by a worker that is killed, and another by one that gives it back; `test_upgrades.py` says what else.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.support.receiver import Receiver, running_receiver
from tests.support.server import VoxportServer, running_server

ROOT = Path(__file__).resolve().parents[2]
SOUND = (ROOT / "tests" / "audio" / "go-forward-3s.wav").read_bytes()
NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there."""
INDEXED: dict[str, Any] = {"enableAnalyticIndexing": True}
TWO = {"ingest": {"diarization": {"enable": True, "speakerCount": 2, "nameRoles": True}}}
FOUND: dict[str, Any] = {
    "categories": [{"categoryName": "moving"}],
    "knowledge": {"enableDiscovery": True},
    "entity": {"enableEntityExtraction": True},
    "speakerSentiments": True,
    "conversation": {"verbNounPairsEnabled": True},
    "metrics": [{"metricGroupName": "talk-time-and-rate"}],
    "spotting": {"groups": [{"groupName": "directions"}]},
    "vocabularies": [{"vocabularyName": "products"}, {"vocabularyName": "greeting"}],
}
_REDACTOR = {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.5}}
COVERED = {
    "prediction": {"detectors": [{"detectorName": name, "redactor": _REDACTOR} for name in ("PCI", "SSN", "PII")]}
}
SETTINGS = {
    **{"workers": "0", "drain_s": "1", "delivery_tries": "2", "delivery_connect_timeout_s": "1"},
    **{"endpoint_pause_after": "4", "log_level": "warning"},
}
DEFINITIONS: Mapping[str, object] = {
    "spotting/groups/directions": {"keywords": ["go forward", "meters"]},
    "vocabularies/products": {"terms": [{"term": "Voxport", "soundsLike": ["vox port"], "weight": 2}]},
    "vocabularies/greeting": {"vocabularyType": "scripts", "scripts": [{"script": "Go forward, please."}]},
    "categories/tall": {"query": "SELECT * FROM media WHERE metadata.score = 'high'"},
    "categories/metres": {"query": 'SELECT * FROM media WHERE * SAYS "met*"'},
}
ITS_SOUND = {"original", "redacted-audio", "audio"}
"""What is not taken: the test puts a recording of its own there."""
_NOT_OURS = ("procrastinate_events", "procrastinate_periodic", "voxport_schema")
_STATEMENT = re.compile(r"INSERT INTO public\.|SELECT pg_catalog\.setval")


def callbacks(base: str) -> list[dict[str, str]]:
    transcript = {"type": "transcript", "format": "srt"}
    return [{"url": f"{base}/in?secret={at}", **(transcript if at else {})} for at in range(2)]


def publish(base: str = NOWHERE, **more: Any) -> dict[str, Any]:
    return {"publish": {"callbacks": callbacks(base), **more}}


class Customer:
    """An organisation of the server that is to be left."""

    def __init__(self, server: VoxportServer, receiver: Receiver) -> None:
        self.server, self.receiver = server, receiver
        self.token = server.token("Old")
        self.client = server.client(self.token)
        self.encrypted: dict[str, Any] = {}

    def ask(self, method: str, path: str, **request: Any) -> Any:
        answer = self.client.request(method, path, **request)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def define(self) -> None:
        for name, body in DEFINITIONS.items():
            self.ask("PUT", f"/v3/definition/{name}", json=body)
        for said in ("forward", "go forward"):
            query = {"query": f'SELECT * FROM media WHERE * SAYS "{said}"'}  # noqa: S608 - VBQL
            self.ask("PUT", "/v3/definition/categories/moving", json=query)
        key = (ROOT / "tests" / "support" / "two-subkeys.asc").read_bytes()
        headers = {"Content-Type": "application/octet-stream"}
        made = self.ask("POST", "/v3/security/public-keys", content=key, headers=headers)
        self.encrypted = {
            "encryption": {"publicKeyId": made["publicKeyId"]},
            "searchability": {"searchable": False},
        }

    def post(self, name: str, configuration: object, metadata: object = None, **how: Any) -> str:
        described = {"externalId": name, **(metadata if isinstance(metadata, dict) else {})}
        files: dict[str, Any] = {
            "configuration": (None, json.dumps(configuration)),
            "metadata": (None, json.dumps(described)),
        }
        if "url" in how:
            files["mediaUrl"] = (None, how["url"])
        else:
            files["media"] = ("a.wav", how.get("sound", SOUND), "audio/wav")
        return str(self.ask("POST", f"/{how.get('dialect', 'v3')}/media", files=files)["mediaId"])

    def again(self, media_id: str, **parts: str) -> None:
        self.ask("POST", f"/v3/media/{media_id}", files={name: (None, text) for name, text in parts.items()})

    def apply(self, category: str) -> str:
        made = self.ask("POST", "/v3/definition/category-applications", json={"categoryName": category})
        return str(made["_links"]["self"]["href"])

    def status(self, path: str) -> str:
        return str(self.ask("GET", path)["status"])

    def wait_for(self, path: str, *statuses: str) -> None:
        self.server.wait_until(lambda: self.status(path) in statuses, 600)

    def stages(self) -> dict[str, tuple[object, str | None]]:
        """A configuration by the stage at which its call is held, and where its recording lies."""
        at = self.receiver.url("/call.wav")
        return {
            "fetch": (publish(), at),
            "ingest": ({"ingest": {"diarization": {"enable": True}}, **publish(**INDEXED)}, None),
            "speech": ({**TWO, **COVERED, **publish(**INDEXED)}, None),
            "text": ({**FOUND, **publish(**INDEXED)}, None),
            "audio": ({**COVERED, **publish()}, None),
            "check": ({**COVERED, **publish(eraseOriginal=True)}, None),
            "analytics": ({**FOUND, "speechModel": {"features": ["voiceFeatures"]}, **publish(**INDEXED)}, None),
            "encrypt": ({**self.encrypted, **COVERED, **publish()}, None),
            "publish": ({**FOUND, **COVERED, **publish(**INDEXED)}, None),
        }


@contextmanager
def worker(server: VoxportServer, *, holds: bool = False, killed: bool = False, **settings: str) -> Iterator[None]:
    """One beside the server until the block ends, when it is killed or stopped politely."""
    module = "tests.support.holding_worker" if holds else "voxport"
    environment = {**server.environment, **{f"VOXPORT_{name.upper()}": value for name, value in settings.items()}}
    with server.log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "worker"], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.kill() if killed else process.terminate()
        process.wait(60)


def leave_ended(customer: Customer, refusing: Receiver) -> dict[str, str]:
    """Calls of every end, and what was delivered of them or not; their ids by name."""
    gone, taken = refusing.answer("/in", [410]).removesuffix("/in"), customer.receiver.url("")
    described = {"title": "Straight on", "extended": {"score": "7", "name": "Ann"}}
    with worker(customer.server):
        made = {
            "plain": customer.post("finished-plain", {}),
            "indexed": customer.post("finished-indexed", {**FOUND, "publish": INDEXED}, described),
            "redacted": customer.post("finished-redacted", {**COVERED, **publish(**INDEXED)}),
            "encrypted": customer.post("finished-encrypted", {**customer.encrypted, **FOUND, **publish()}),
            "speakers": customer.post(
                "finished-speakers", {**TWO, "categories": [{"allCategories": True}], "publish": INDEXED}
            ),
            "transcoded": customer.post("finished-transcoded", {"publish": {"audioTranscode": {"fileFormat": "flac"}}}),
            "delivered": customer.post("finished-delivered", publish(taken)),
            "dead": customer.post("finished-dead", publish(gone)),
            "corrected": customer.post("finished-corrected", publish(**INDEXED)),
            "further": customer.post("finished-further", {}),
            "failed": customer.post("failed-text", publish(), sound=b"no recording at all" * 50),
            "old": customer.post("finished-old", {}, dialect="v2-beta"),
            "deleted": customer.post("deleted", {}),
        }
        for media_id in made.values():
            customer.wait_for(f"/v3/media/{media_id}", "finished", "failed")
        customer.ask("DELETE", f"/v3/media/{made.pop('deleted')}")
        customer.again(made["corrected"], transcript="Go forward ten metres.")
        customer.again(made["further"], configuration=json.dumps({**FOUND, **publish(**INDEXED)}))
        for media_id in made.values():
            customer.wait_for(f"/v3/media/{media_id}", "finished", "failed")
        customer.server.wait_until(lambda: paused(customer), 300)
    return made


def paused(customer: Customer) -> bool:
    (endpoint,) = [
        one for one in customer.ask("GET", "/v3/endpoints")["endpoints"] if one["endpoint"].startswith(NOWHERE)
    ] or [{"status": ""}]
    return bool(endpoint["status"] == "paused")


def leave_categories(customer: Customer) -> dict[str, str]:
    """Applications of every end, and one that waits; its addresses by name."""
    with worker(customer.server):
        first = customer.apply("moving")
        customer.wait_for(first, "finished")
    dropped = customer.apply("metres")
    customer.ask("POST", f"{dropped}/cancel")
    failing = customer.apply("tall")
    fields = {"fields": ["extended.score integer", "extended.name varchar"]}
    customer.ask("PUT", "/v3/definition/media/search", json=fields)
    with worker(customer.server):
        customer.wait_for(failing, "failed")
    return {"first": first, "dropped": dropped, "failing": failing, "under_way": customer.apply("metres")}


def leave_held(customer: Customer, how: str, align: str, under_way: str) -> None:
    """At each stage a call whose worker is `killed`, or gives it back (`waits`)."""
    # Who is given back is not to be taken for dead before.
    patient = {} if how == "killed" else {"stalled_after_s": "600"}
    with worker(customer.server, holds=True, killed=how == "killed", **patient):
        held = {
            customer.post(
                f"hold-{stage}-{how}", configuration, {"extended": {"score": "3"}}, **({"url": at} if at else {})
            ): stage
            for stage, (configuration, at) in customer.stages().items()
        }
        described = json.dumps({"externalId": f"hold-align-{how}"})
        customer.again(align, transcript="Go forward ten metres.", metadata=described)
        wanted = {*held.items(), (align, "align")}

        def all_are_held() -> bool:
            with psycopg.connect(customer.server.database_url()) as connection:
                begun = "SELECT media_id::text, step FROM media_steps WHERE status = 'started'"
                at = set(connection.execute(begun).fetchall())
            return wanted <= at and customer.ask("GET", under_way)["done"] > 0

        customer.server.wait_until(all_are_held, 600)


def leave(server: VoxportServer, receiver: Receiver, refusing: Receiver) -> dict[str, object]:
    """Everything; what a test needs to look at it as its customer."""
    customer = Customer(server, receiver)
    server.token("Other")
    receiver.serve("/call.wav", SOUND)
    customer.define()
    made = leave_ended(customer, refusing)
    applications = leave_categories(customer)
    scoped = customer.ask("POST", "/v3/profile/keys", json={"scope": f"media:get?mediaId={made['indexed']}"})
    for scope in ("transcript:get?externalId=finished-plain usage:get", "media:post"):
        customer.ask("POST", "/v3/profile/keys", json={"scope": scope})
    leave_held(customer, "killed", made["delivered"], applications["under_way"])
    leave_held(customer, "waits", made["plain"], applications["under_way"])
    for stage in ("fetch", "ingest", "analytics"):
        configuration, at = customer.stages()[stage]
        customer.post(f"accepted-{stage}", configuration, **({"url": at} if at else {}))
    customer.again(made["transcoded"], configuration=json.dumps(FOUND))
    applications["waiting"] = customer.apply("moving")
    return {
        "operator": customer.token,
        "scoped": scoped["bearerToken"],
        "mediaId": made["indexed"],
        "applications": {name: path.rpartition("/")[2] for name, path in applications.items()},
    }


def rows_of(server: VoxportServer) -> tuple[str, str]:
    """The schema, and the rows as statements."""
    pid = server.postgres_pid()
    assert pid is not None
    program = Path(psutil.Process(pid).exe()).with_name("pg_dump")
    command: list[str] = [str(program), "--data-only", "--column-inserts", server.database_url()]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    statements: list[str] = []
    for line in dumped.splitlines():
        if _STATEMENT.match(line):
            statements.append(line)
        elif statements and not statements[-1].endswith(");"):
            statements[-1] += f"\n{line}"
    with psycopg.connect(server.database_url()) as connection:
        (schema,) = connection.execute("SELECT version_num FROM voxport_schema").fetchone() or ("",)
    kept = [one for one in statements if not any(name in one[:80] for name in _NOT_OURS)]
    return str(schema), re.sub(r'"host": "[^"]*"', '"host": "worker-1"', "\n".join(kept)) + "\n"


def main() -> None:
    """Writes `tests/upgrades/vNNNN`; data of a version that is there is not written anew."""
    with tempfile.TemporaryDirectory(prefix="voxport-left-") as folder, running_receiver() as receiver:
        data = Path(folder) / "data"
        with running_receiver() as refusing, running_server(data, **SETTINGS) as server:
            given = leave(server, receiver, refusing)
            schema, rows = rows_of(server)
        left = ROOT / "tests" / "upgrades" / schema
        left.mkdir()
        (left / "rows.sql").write_text(rows, "utf-8")
        (left / "tokens.json").write_text(json.dumps(given, indent=1) + "\n", "utf-8")
        shutil.copy(data / "secret.key", left)
        for path in (data / "objects").rglob("*"):
            its = left / path.relative_to(data)
            if path.is_file() and path.name not in ITS_SOUND:
                its.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, its)
    sys.stdout.write(f"{left}\n")


if __name__ == "__main__":
    main()
