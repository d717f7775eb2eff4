"""Finished results as bytes: loaded from the store, rendered in a thread, the newest kept for the clients that poll.

A kept result is only served beside a media row that was read for this very request and equals the one it was made
from: what is deleted, another tenant's or processed again is never served from here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from cachetools import LRUCache

from voxport.api.store import ApiStore
from voxport.core.artefacts import transcript_from_json
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.findings import CategoryResult, Findings, findings_from_json, with_categories
from voxport.core.media import Media
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript
from voxport.storage.objects.blobs import Blobs
from voxport.wire.v3.transcript import transcript_answer
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.formats import render

Formats = tuple[TextFormat, ...]
_Key = tuple[UUID, str, Formats]
MakeBytes = Callable[[Transcript, Findings | None], bytes]
MakeDocument = Callable[[Transcript, Findings | None], Mapping[str, object]]


class Results:
    """Renders one result at a time, so that many clients asking for a long one cost one rendering."""

    def __init__(self, store: ApiStore, blobs: Blobs, cache_bytes: int) -> None:
        self._store, self._blobs, self._cache_bytes = store, blobs, cache_bytes
        self._kept: LRUCache[_Key, tuple[Media, bytes]] = LRUCache(cache_bytes, getsizeof=lambda kept: len(kept[1]))
        self._rendering = asyncio.Lock()

    async def document(self, media: Media, kind: str, formats: Formats, make: MakeDocument) -> bytes:
        """A JSON document about a finished media; `kind` tells those that are made differently apart."""
        return await self.made(media, kind, formats, lambda found, findings: json_bytes(make(found, findings)))

    async def transcript(self, media: Media, formats: Formats) -> bytes:
        """The transcript object of a finished media."""

        def answer(found: Transcript, findings: Findings | None) -> Mapping[str, object]:
            entities = None if findings is None else findings.entities
            return transcript_answer(media.id, found, formats, entities)

        return await self.document(media, "transcript", formats, answer)

    async def text(self, media: Media, text_format: TextFormat) -> bytes:
        """The transcript of a finished media in one text format, UTF-8."""
        return await self.made(media, "text", (text_format,), lambda found, _: render(found, text_format).encode())

    async def made(self, media: Media, kind: str, formats: Formats, make: MakeBytes) -> bytes:
        """What `make` makes of a finished media, UTF-8; raises RequestRefused 90001 when its result is gone."""
        key = (media.id, kind, formats)
        content = self._look_up(key, media)
        if content is None:
            later = await self._found_later(media)
            async with self._rendering:
                content = self._look_up(key, media)
                if content is None:
                    content = await asyncio.to_thread(self._render, media, later, make)
                    self._keep(key, media, content)
        return content

    async def _found_later(self, media: Media) -> Sequence[CategoryResult]:
        if media.categorised is None:
            return ()
        return await self._store.tenant(media.organization.id).categories.of_call(media.id)

    def _render(self, media: Media, later: Sequence[CategoryResult], make: MakeBytes) -> bytes:
        stored = self._blobs.get(media.paths.transcript)
        if stored is None:
            raise RequestRefused(
                Problem.of(Code.DATA_MISSING, collection="transcripts", organization=media.organization.id)
            )
        found = self._blobs.get(media.paths.findings)
        findings = None if found is None else findings_from_json(found)
        return make(transcript_from_json(stored), with_categories(findings, later) if later else findings)

    def _look_up(self, key: _Key, media: Media) -> bytes | None:
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] == media else None

    def _keep(self, key: _Key, media: Media, content: bytes) -> None:
        # One long result must not drive out all the others.
        if len(content) <= self._cache_bytes // 4:
            self._kept[key] = (media, content)
