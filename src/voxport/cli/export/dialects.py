"""What is said to a server in each dialect: the configuration with its callbacks, the metadata, the paths.

The only place of the command that spells the names of v3 and v2-beta.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from voxport.cli.errors import CommandFailed

RESULT_TYPE = "application/json"
ATTACHMENT_TYPE = "application/octet-stream"
PLATFORM_URL = "https://apis.voicebase.com/v2-beta/media"
"""Where the platform's own tool sent recordings."""
V2_SECTIONS = ("transcripts", "keywords", "topics", "metadata")
MARK = "exportId"
"""Field of `extended` by which a recording is found again whose upload got no answer."""


class Dialect(Enum):
    """A wire that a server speaks; the value is its name in paths."""

    V3 = "v3"
    V2_BETA = "v2-beta"


@dataclass(frozen=True, slots=True)
class Server:
    """A server of recordings."""

    root: str
    """Scheme, host and what a gateway puts before the dialect's paths; no slash at the end."""
    dialect: Dialect

    @property
    def media_url(self) -> str:
        return f"{self.root}/{self.dialect.value}/media"


def server_of(url: str, dialect: str | None) -> Server:
    """The server that `--submit` names: its root, the root of a dialect or its media. Raises CommandFailed."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or "@" in parts.netloc:
        raise CommandFailed("--submit takes an address like https://host or https://host/v2-beta/media.")
    path = parts.path.rstrip("/").removesuffix("/media")
    in_path = next((one for one in Dialect if path.endswith(f"/{one.value}")), None)
    if dialect is not None and dialect not in [one.value for one in Dialect]:
        raise CommandFailed("--dialect is v3 or v2-beta.")
    chosen = Dialect(dialect) if dialect is not None else in_path or Dialect.V3
    if in_path is not None and chosen is not in_path:
        raise CommandFailed(f"--dialect {chosen.value} contradicts the path of --submit.")
    root = path.removesuffix(f"/{chosen.value}")
    return Server(f"{parts.scheme}://{parts.netloc}{root}", chosen)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What people want of every recording, in the server's dialect."""

    dialect: Dialect
    wanted: dict[str, Any]
    """Without the wrapper of v2-beta."""

    @classmethod
    def read(cls, dialect: Dialect, path: Path | None) -> Configuration:
        """Of a file, wrapped as v2-beta does or not. Raises CommandFailed for what is no configuration."""
        try:
            wanted = json.loads(path.read_text("utf-8")) if path is not None else {}
        except (OSError, ValueError) as error:
            raise CommandFailed(f"{path} is not JSON: {error}.") from None
        if isinstance(wanted, dict) and dialect is Dialect.V2_BETA and set(wanted) == {"configuration"}:
            wanted = wanted["configuration"]
        publish = wanted.get("publish", {}) if isinstance(wanted, dict) else None
        if not isinstance(publish, dict) or not isinstance(publish.get("callbacks", []), list):
            raise CommandFailed("--configuration takes a JSON object, as it goes with a recording.")
        return cls(dialect, wanted)

    def with_callbacks(self, result_url: str, attachment_url: str | None) -> dict[str, Any]:
        """The part that goes with one recording: callbacks of its own first, then those that were wanted anyway."""
        publish = self.wanted.get("publish", {})
        callbacks = [*self._callbacks(result_url, attachment_url), *publish.get("callbacks", [])]
        if self.dialect is Dialect.V3:
            return {**self.wanted, "publish": {**publish, "callbacks": callbacks}}
        whole = {"executor": "v2", **self.wanted, "publish": {**publish, "callbacks": callbacks}}
        return {"configuration": whole}

    def redacts_audio(self) -> bool:
        """Whether a detector asks for it, so that there is an attachment to deliver."""
        if self.dialect is Dialect.V3:
            prediction = self.wanted.get("prediction")
            detectors = prediction.get("detectors") if isinstance(prediction, dict) else None
            key = "redactor"
        else:
            detectors, key = self.wanted.get("detections"), "redact"
        redactors = [one.get(key) for one in detectors or () if isinstance(one, dict)]
        return any(isinstance(one, dict) and bool(one.get("audio")) for one in redactors)

    def can_be_listed(self) -> bool:
        """Whether the server shows the recording in its list."""
        searchability = self.wanted.get("searchability")
        return not (isinstance(searchability, dict) and searchability.get("searchable") is False)

    def _callbacks(self, result_url: str, attachment_url: str | None) -> list[dict[str, Any]]:
        callback: dict[str, Any] = {"method": "PUT", "url": result_url}
        if self.dialect is Dialect.V2_BETA:
            attached = {} if attachment_url is None else {"attachments": {"redactedAudio": attachment_url}}
            return [{**callback, "include": list(V2_SECTIONS), **attached}]
        if attachment_url is None:
            return [callback]
        return [callback, {"method": "PUT", "url": attachment_url, "type": "media", "stream": "redacted-audio"}]


def metadata_part(dialect: Dialect, metadata: dict[str, Any]) -> dict[str, Any]:
    """`metadata`, in the names of v3, as the dialect takes it."""
    if dialect is Dialect.V3:
        return metadata
    external = {"external": {"id": metadata["externalId"]}} if "externalId" in metadata else {}
    return {"metadata": {**{name: value for name, value in metadata.items() if name != "externalId"}, **external}}


def compact(document: object) -> str:
    """JSON on one line, without spaces."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
