"""What a document says of a detector: where it covered, span for span as the sound is covered; what it found, where it
only reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from voxport.core.detectors import find_detector
from voxport.core.findings import DetectedSegment, Detection, Occurrence
from voxport.core.plan import DetectorPlan
from voxport.core.spans import clip, touching
from voxport.core.transcript import Span, join_words
from voxport.redaction.covers import Cover
from voxport.redaction.detectors.matches import Found, Match
from voxport.redaction.dialogue.lines import Dialogue

_Owner = tuple[int, str]
"""A channel, and who speaks on it; an empty name for nobody known."""


def shown(
    plan: DetectorPlan, dialogue: Dialogue, secrets: Sequence[Match], covers: Sequence[Cover], hidden: Sequence[Span]
) -> Detection:
    """The findings of one detector by channel and speaker.

    One that redacts shows its `covers`, each where its secrets were said, so that nobody who looks for what the tones
    cover finds a hole. One that only reports shows its `secrets`; what it quotes stays empty in `hidden`, where another
    one covers words or sound.
    """
    definition = find_detector(plan.name)
    found = list(_covered(dialogue, secrets, covers) if plan.redacts else _reported(dialogue, secrets, hidden))
    segments = tuple(
        DetectedSegment(channel, speaker or None, _in_order(one for _, one in group))
        for (channel, speaker), group in groupby(sorted(found, key=lambda one: one[0]), key=lambda one: one[0])
    )
    return Detection(plan.name, definition.label if definition else plan.name, segments)


def _in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(sorted(occurrences, key=lambda one: one.span.start_ms))


def _covered(
    dialogue: Dialogue, secrets: Sequence[Match], covers: Sequence[Cover]
) -> Iterator[tuple[_Owner, Occurrence]]:
    found = Found.of(secrets)
    for cover in covers:
        span = cover.sound if cover.audio is not None else cover.span
        owners = {_owner(dialogue, secret) for secret in found.during(cover.span)}
        for owner in owners or {_loudest(dialogue, cover.span)}:
            yield owner, Occurrence(span, "")


def _reported(
    dialogue: Dialogue, secrets: Sequence[Match], hidden: Sequence[Span]
) -> Iterator[tuple[_Owner, Occurrence]]:
    for secret in secrets:
        words = dialogue.lines[secret.channel].words[secret.words[0] : secret.words[-1] + 1]
        exact = "" if touching(secret.span, hidden) else join_words(words)
        yield _owner(dialogue, secret), Occurrence(secret.span, exact)


def _owner(dialogue: Dialogue, secret: Match) -> _Owner:
    line = dialogue.lines[secret.channel]
    return line.heard_on, line.speakers[secret.words[0]] or ""


def _loudest(dialogue: Dialogue, span: Span) -> _Owner:
    """Whose voice is heard most in a stretch in which nothing was recognised; the first channel where none is."""

    def voiced_ms(channel: int) -> int:
        return sum(part.end_ms - part.start_ms for part in clip(touching(span, dialogue.voices.get(channel, ())), span))

    channels = sorted({line.heard_on for line in dialogue.lines.values()} | set(dialogue.voices)) or [0]
    channel = max(channels, key=voiced_ms)
    line = dialogue.lines.get(channel)
    return channel, next((name for name in line.speakers if name), "") if line else ""
