"""A whole Voxport and an S3 server to measure, in processes of their own, as in production."""

from __future__ import annotations

import itertools
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.corpus import Recording
from benchmarks.peers import Taken
from benchmarks.scoring import Heard, result_words
from tests.support.s3_server import S3Server, running_s3_server
from tests.support.server import VoxportServer, running_server

BUCKET = "bench"
LANGUAGES = {"en": "en-US", "fr": "fr-FR", "de": "de-DE", "es": "es-LA", "it": "it-IT", "pt": "pt-BR"}


@dataclass(frozen=True)
class Delivered:
    """One call through the whole of Voxport."""

    words: list[Heard]
    seconds: float
    """From the first byte of the POST to the object in the bucket."""
    recognition_s: float
    """The part of it in which the recogniser had the call, by the record of its progress."""
    processor_s: float
    """User and system time in it of the server, its workers and its database; the bucket's server does not count."""


class Rig:
    """What is measured, with a client and a bucket."""

    def __init__(self, server: VoxportServer, s3: S3Server) -> None:
        self._server = server
        self._token = server.token("Bench")
        self._client = server.client(self._token)
        self._sdk = s3.client()
        self._sdk.create_bucket(Bucket=BUCKET)
        self._keys = itertools.count()

    def process(self, recording: Recording) -> Delivered:
        """Posts the recording with a callback to a pre-signed URL and waits for the object."""
        key = f"{next(self._keys)}.json"
        began, spent_s = time.perf_counter(), self._processor_s()
        media_id = self._post(recording.path, configuration_for(recording, self._upload_url(key)))
        document = self._wait_for_object(key)
        seconds, processor_s = time.perf_counter() - began, self._processor_s() - spent_s
        if document["status"] != "finished":
            raise RuntimeError(f"{recording.name}: {document.get('errors')}")
        return Delivered(result_words(document), seconds, self._recognition_s(media_id), processor_s)

    def take(self, recording: Recording) -> Taken:
        """As a contestant: what the customer reads, and what it took from POST to object."""
        delivered = self.process(recording)
        return Taken(delivered.words, delivered.seconds, delivered.processor_s)

    def upload_memory_bytes(self, path: Path, size_bytes: int) -> int:
        """What one upload of so many bytes adds to the resident memory of the API's process."""
        sparse_recording(path, size_bytes)
        if self._server.process is None:
            raise RuntimeError("the server is not running")
        with ResidentMemory(self._server.process.pid) as memory:
            media_id = self._post(path, {})
        self._client.delete(f"/v3/media/{media_id}").raise_for_status()
        return memory.added_bytes

    def poll_p95_ms(self, recording: Recording, clients: int) -> float:
        """95th percentile of GET of a media, asked by so many clients twice a second each while it is recognised."""
        key = f"{next(self._keys)}.json"
        media_id = self._post(recording.path, configuration_for(recording, self._upload_url(key)))
        delivered = threading.Event()
        asking = Polling(self._server, self._token, f"/v3/media/{media_id}", clients, delivered)
        self._wait_for_object(key)
        delivered.set()
        return statistics.quantiles(asking.taken_ms(), n=20)[-1]

    def _processor_s(self) -> float:
        """Of all processes that make up Voxport, with those of them that have ended."""
        roots = [self._server.postgres_pid(), self._server.process.pid if self._server.process else None]
        processes = {
            process.pid: process
            for root in roots
            if root is not None
            for process in (psutil.Process(root), *psutil.Process(root).children(recursive=True))
        }
        return sum(_processor_s(process) for process in processes.values())

    def _post(self, path: Path, configuration: dict[str, Any]) -> str:
        with path.open("rb") as media:
            answer = self._client.post(
                "/v3/media",
                files={"configuration": (None, json.dumps(configuration)), "media": (path.name, media)},
                timeout=300,
            )
        answer.raise_for_status()
        return str(answer.json()["mediaId"])

    def _upload_url(self, key: str) -> str:
        return str(
            self._sdk.generate_presigned_url(
                "put_object", {"Bucket": BUCKET, "Key": key, "ContentType": "application/json"}, ExpiresIn=3600
            )
        )

    def _wait_for_object(self, key: str) -> dict[str, Any]:
        while True:
            try:
                document: dict[str, Any] = json.load(self._sdk.get_object(Bucket=BUCKET, Key=key)["Body"])
            except self._sdk.exceptions.NoSuchKey:
                time.sleep(0.05)
            else:
                return document

    def _recognition_s(self, media_id: str) -> float:
        answer = self._client.get(f"/v3/media/{media_id}/progress").raise_for_status()
        task = next(task for task in answer.json()["progress"]["tasks"] if task["step"] == "speech")
        began, ended = (datetime.fromisoformat(task[name]) for name in ("dateStarted", "dateFinished"))
        return (ended - began).total_seconds()


def _processor_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


class Polling:
    """Clients in threads that ask for one address twice a second each until asked to stop."""

    def __init__(self, server: VoxportServer, token: str, path: str, clients: int, stop: threading.Event) -> None:
        self._open: Callable[[], httpx.Client] = partial(server.client, token)
        self._path, self._stop = path, stop
        self._taken_ms: list[float] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask) for _ in range(clients)]
        for thread in self._threads:
            thread.start()

    def taken_ms(self) -> list[float]:
        """The time of each answer, once all clients have stopped."""
        for thread in self._threads:
            thread.join()
        return self._taken_ms

    def _ask(self) -> None:
        mine: list[float] = []
        with self._open() as client:
            while not self._stop.wait(0.5):
                mine.append(_timed_get(client, self._path))
        with self._lock:
            self._taken_ms += mine


def _timed_get(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - began) * 1000


class ResidentMemory:
    """The highest resident memory of a process above where it began, in bytes."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._begin = self._highest = self._process.memory_info().rss
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> ResidentMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self._highest = max(self._highest, self._process.memory_info().rss)

    @property
    def added_bytes(self) -> int:
        return self._highest - self._begin


def configuration_for(recording: Recording, upload_url: str) -> dict[str, Any]:
    """Stereo as two speakers named by their channel, analytics to the bucket."""
    configuration: dict[str, Any] = {
        "speechModel": {"language": LANGUAGES[recording.language]},
        "publish": {"callbacks": [{"url": upload_url, "method": "PUT", "type": "analytics"}]},
    }
    if recording.is_stereo:
        configuration["ingest"] = {"stereo": {"left": {"speakerName": "0"}, "right": {"speakerName": "1"}}}
    return configuration


def sparse_recording(path: Path, size_bytes: int) -> Path:
    """A mono WAV file of so many bytes of silence, cheap to make."""
    header = b"RIFF" + (size_bytes - 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += (1).to_bytes(2, "little") + (1).to_bytes(2, "little") + (8000).to_bytes(4, "little")
    header += (16000).to_bytes(4, "little") + (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
    header += b"data" + (size_bytes - 44).to_bytes(4, "little")
    with path.open("wb") as file:
        file.write(header)
        file.truncate(size_bytes)
    return path


@contextmanager
def running_rig(folder: Path) -> Iterator[Rig]:
    folder.mkdir()
    with running_s3_server(folder) as s3, running_server(folder / "data", model="base") as server:
        yield Rig(server, s3)
