"""What peers heard before, kept between runs: a step of tuning then costs only our own recognition.

A result is found again by the recording's bytes and language and by what the contestant's results depend on. Only words
are kept: times that stand beside each other come from one run.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import Recording
from benchmarks.peers import Taken
from benchmarks.scoring import Heard

DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "bench-results" / "recognition"


class TakenResults:
    """Results as JSON files in a folder."""

    def __init__(self, folder: Path = DEFAULT_FOLDER) -> None:
        self._folder = folder

    def load(self, version: str, recording: Recording) -> Taken | None:
        """What is kept of the contestant of this version; None where nothing is."""
        path = self._path(version, recording)
        if not path.exists():
            return None
        kept = json.loads(path.read_text("utf-8"))
        return Taken([Heard(**word) for word in kept], 0.0)

    def save(self, version: str, recording: Recording, taken: Taken) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(version, recording).write_text(json.dumps([asdict(word) for word in taken.words]), "utf-8")

    def _path(self, version: str, recording: Recording) -> Path:
        digest = hashlib.sha256(recording.path.read_bytes())
        digest.update(f"{recording.language} {version}".encode())
        return self._folder / f"{recording.name}-{digest.hexdigest()[:24]}.json"
