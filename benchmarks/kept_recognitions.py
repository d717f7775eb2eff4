"""What was recognised in a file, kept beside the synthetic calls: a bench that was stopped goes on where it was, and
other rules of redaction are measured in seconds.

What is kept belongs to the file, its language and the sources of recognition; another version of those recognises anew.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import voxport
from voxport.core.artefacts import transcript_from_json, transcript_to_json
from voxport.core.transcript import Transcript

_ROOMS = ("audio", "speech")
"""Of the sources, those that what is recognised depends on."""


class KeptRecognitions:
    """A folder with a file for each recording that was recognised."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"recognised-{_version()}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def find(self, recording: Path, language: str) -> tuple[Transcript, int] | None:
        """The transcript and the duration in ms; None where it was not recognised yet."""
        place = self._place(recording, language)
        if not place.exists():
            return None
        duration_ms, transcript = place.read_bytes().split(b"\n", 1)
        return transcript_from_json(transcript), json.loads(duration_ms)

    def keep(self, recording: Path, language: str, transcript: Transcript, duration_ms: int) -> None:
        place = self._place(recording, language)
        written = place.with_suffix(".part")
        written.write_bytes(str(duration_ms).encode() + b"\n" + transcript_to_json(transcript))
        written.replace(place)

    def _place(self, recording: Path, language: str) -> Path:
        digest = sha256(recording.read_bytes() + language.encode()).hexdigest()
        return self._folder / f"{digest[:32]}.json"


@cache
def _version() -> str:
    """Changes with any source of the rooms that recognise."""
    root = Path(voxport.__file__).parent
    sources = sorted(path for room in _ROOMS for path in (root / room).rglob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
