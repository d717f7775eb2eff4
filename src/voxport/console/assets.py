"""Scripts, style sheets and pictures of the pages: files of this package, under addresses that change when they do."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from voxport.console.sessions import PATH

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    content: bytes
    packed: bytes
    """The same in gzip."""
    content_type: str


class Assets:
    """All of them, in memory; the digest of all stands in their addresses, so that modules can name each other."""

    def __init__(self) -> None:
        self._files = dict(_read(files("voxport.console").joinpath("static"), ""))
        digest = hashlib.sha256()
        for name, asset in sorted(self._files.items()):
            digest.update(name.encode() + b"\0" + asset.content)
        self._digest = digest.hexdigest()[:16]
        self._base = f"{PATH}/static/{self._digest}"

    def path(self, name: str) -> str:
        """The address of a file; raises KeyError for a name that is none."""
        if name not in self._files:
            raise KeyError(name)
        return f"{self._base}/{name}"

    @property
    def packed_bytes(self) -> Mapping[str, int]:
        """What each costs a browser that comes for the first time."""
        return {name: len(asset.packed) for name, asset in self._files.items()}

    def answer(self, request: Request, digest: str, name: str) -> Response:
        """The file, compressed where the browser takes it so; 404 for any other name, and for those of another version.

        What is under one address never changes, so browsers need not ask again.
        """
        asset = self._files.get(name)
        if asset is None or digest != self._digest:
            return Response("There is no such file.", 404, media_type="text/plain")
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding", "Content-Type": asset.content_type}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.packed, headers={**headers, "Content-Encoding": "gzip"})
        return Response(asset.content, headers=headers)


def _read(folder: Traversable, prefix: str) -> list[tuple[str, Asset]]:
    found: list[tuple[str, Asset]] = []
    for entry in folder.iterdir():
        name = prefix + entry.name
        kind = _TYPES.get(name[name.rfind(".") :])
        if entry.is_dir():
            found += _read(entry, f"{name}/")
        elif kind is not None:
            content = entry.read_bytes()
            found.append((name, Asset(content, gzip.compress(content, 9, mtime=0), kind)))
    return found
