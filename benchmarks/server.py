"""A Voxport and an S3 server to measure: whole processes, as in production."""

from __future__ import annotations

import json
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.corpus import Recording
from benchmarks.scoring import Heard, result_words
from tests.support.server import VoxportServer

CHANNEL_NAMES = ("0", "1")


@dataclass(frozen=True)
class Delivered:
    """One call through the whole of Voxport."""

    words: list[Heard]
    seconds: float
    """From the first byte of the POST to the object in the bucket."""
    recognition_s: float
    """The part of it in which the recogniser had the call."""


def process_call(client: httpx.Client, recording: Recording, upload_url: str, bucket: Any) -> Delivered:
    """Posts the call with a callback to a pre-signed URL and waits for the object. `bucket.get()` gives it or None."""
    configuration: dict[str, Any] = {
        "speechModel": {"language": {"en": "en-US", "fr": "fr-FR"}[recording.language]},
        "publish": {"callbacks": [{"url": upload_url, "method": "PUT", "type": "analytics"}]},
    }
    if len(recording.channels()) == len(CHANNEL_NAMES):
        left, right = ({"speakerName": name} for name in CHANNEL_NAMES)
        configuration["ingest"] = {"stereo": {"left": left, "right": right}}
    began = time.perf_counter()
    with recording.path.open("rb") as media:
        answer = client.post(
            "/v3/media",
            files={"configuration": (None, json.dumps(configuration)), "media": (recording.path.name, media)},
        )
    answer.raise_for_status()
    while (document := bucket.get()) is None:
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    if document["status"] != "finished":
        raise RuntimeError(f"{recording.name}: {document.get('errors')}")
    return Delivered(result_words(document), seconds, recognition_seconds(client, answer.json()["mediaId"]))


def recognition_seconds(client: httpx.Client, media_id: str) -> float:
    """How long the speech step had the call, by its own record."""
    metrics = client.get(f"/v3/media/{media_id}/progress").json()
    for task in metrics["progress"]["tasks"]:
        if task["phase"] == "speech":
            return _seconds_between(task["dateStarted"], task["dateFinished"])
    raise RuntimeError("the progress shows no speech step")


def _seconds_between(started: str, finished: str) -> float:
    from datetime import datetime

    return (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()


def poll_p95_ms(server: VoxportServer, token: str, media_id: str, done: threading.Event, clients: int = 50) -> float:
    """95th percentile of GET /v3/media/{id} with so many clients asking in turn until `done` is set."""
    taken: list[float] = []
    lock = threading.Lock()

    def ask() -> None:
        mine = []
        with server.client(token) as client:
            while not done.is_set():
                began = time.perf_counter()
                client.get(f"/v3/media/{media_id}").raise_for_status()
                mine.append((time.perf_counter() - began) * 1000)
                done.wait(0.5)
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.quantiles(taken, n=20)[-1]


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


def sparse_recording(path: Path, size_bytes: int) -> Path:
    """A WAV file of so many bytes of silence, cheap to make."""
    header = b"RIFF" + (size_bytes - 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += (1).to_bytes(2, "little") + (1).to_bytes(2, "little") + (8000).to_bytes(4, "little")
    header += (16000).to_bytes(4, "little") + (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
    header += b"data" + (size_bytes - 44).to_bytes(4, "little")
    with path.open("wb") as file:
        file.write(header)
        file.truncate(size_bytes)
    return path
