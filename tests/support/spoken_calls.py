"""Finished calls in a store without recognition: who says what, a word every half second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from voxport.core.findings import CategoryResult, Findings, MetricGroup
from voxport.core.media import Media
from voxport.core.plan import Plan
from voxport.core.stages import first_steps
from voxport.core.transcript import Transcript, Turn, Word
from voxport.search.call_text import lay_out
from voxport.storage.records import NewMedia
from voxport.storage.store import Store

WORD_MS = 500


def spoken(*turns: tuple[str | None, str], language: str = "en-US") -> Transcript:
    """Turns of (speaker, words) that follow each other: word n begins at n * `WORD_MS` and lasts 400 ms."""
    made, number = [], 0
    for channel, (speaker, text) in enumerate(turns):
        words = []
        for word in text.split():
            words.append(Word(word, number * WORD_MS, number * WORD_MS + 400, 0.9))
            number += 1
        made.append(Turn(channel % 2, speaker, tuple(words)))
    return Transcript(language, tuple(made), (), "test")


async def finished_call(
    store: Store,
    organization_id: UUID,
    *turns: tuple[str | None, str],
    language: str = "en-US",
    metrics: dict[str, float] | None = None,
    metadata: dict[str, Any] | None = None,
    categories: Sequence[CategoryResult] = (),
    **plan: Any,
) -> Media:
    """A call that is accepted, said and published, visible to statements."""
    made = Plan(**{"indexed": True, **plan})
    new = NewMedia(organization_id, made, first_steps(made, fetches=False), metadata=metadata or {})
    transcript = spoken(*turns, language=language)
    groups = (MetricGroup("overtalk", tuple((metrics or {}).items())),)
    findings = Findings(metrics=groups, categories=tuple(categories))
    async with store.transaction() as connection:
        media = await store.media.insert(connection, new)
    length = sum(len(text.split()) for _, text in turns) * WORD_MS
    await store.media.set_probe(media.id, duration_ms=length, content_type="audio/x-wav")
    await store.media.finish(media.id, run=1, call=lay_out(transcript, findings, made))
    return media
