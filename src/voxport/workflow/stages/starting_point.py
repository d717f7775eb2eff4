"""What a run reads before it covers and writes anything: what was recognised, or what an earlier run has published.

A further run starts from a transcript in which secrets may be covered already. It can cover more and uncovers nothing:
what redaction found and covered before is carried on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from voxport.core.artefacts import (
    RunPaths,
    transcript_from_json,
)
from voxport.core.findings import Findings, findings_from_json
from voxport.core.media import Media
from voxport.core.speakers import named
from voxport.core.transcript import Transcript
from voxport.redaction.carry_over import joined, kept_covers
from voxport.redaction.covers import Detections
from voxport.redaction.other_languages import detect_in_each
from voxport.storage.objects.blobs import Blobs


@dataclass(frozen=True, slots=True)
class Start:
    """What a run of a media starts from."""

    transcript: Transcript
    """The words that the result is made of."""
    recognised: Transcript | None = None
    """The words as they were recognised, where a person has corrected them; None: nobody has."""
    earlier: Findings | None = None
    """What the run before had found; None in the first."""


def read_start(blobs: Blobs, media: Media) -> Start:
    """What the present run of the media starts from; raises FileNotFoundError when that is gone."""
    recognised = read_recognised(blobs, media)
    before = media.plan.before
    found = None if before is None else blobs.get(RunPaths(media.id, before.run).findings)
    earlier = None if found is None else findings_from_json(found)
    if not media.plan.aligns:
        return Start(recognised, earlier=earlier)
    return Start(_read(blobs, media.paths.aligned), recognised, earlier)


def read_recognised(blobs: Blobs, media: Media) -> Transcript:
    """The words with their measured times: as they were heard, or as the run before has published them."""
    published = read_published(blobs, media)
    if media.plan.before is None:
        return published
    return named(_without_voice(published), media.plan.ingest)


def read_published(blobs: Blobs, media: Media) -> Transcript:
    """As `read_recognised`, with the names that speakers had before this run."""
    before = media.plan.before
    return _read(blobs, media.paths.heard if before is None else RunPaths(media.id, before.run).transcript)


def detections_in(start: Start, media: Media) -> Detections:
    """What is to be covered.

    Where a person corrected the words, secrets are looked for in what was recognised too: a number that was taken out
    of the text can still be heard. What stood covered stays covered, whatever the corrected text says there.
    """
    plan, duration_ms = media.plan, media.duration_ms or 0
    if start.recognised is None:
        return detect_in_each(start.transcript, plan.detectors, duration_ms)
    shown = detect_in_each(start.transcript, plan.detectors, duration_ms)
    heard = detect_in_each(start.recognised, plan.detectors, duration_ms)
    replacements = plan.before.replacements if plan.before is not None else ()
    covered = start.earlier.covered if start.earlier is not None else ()
    return joined(shown, heard, kept_covers(start.recognised, covered, replacements))


def _read(blobs: Blobs, key: str) -> Transcript:
    data = blobs.get(key)
    if data is None:
        raise FileNotFoundError("the transcript that this run starts from is gone")
    return transcript_from_json(data)


def _without_voice(transcript: Transcript) -> Transcript:
    """How words sounded is shown by the run that is asked for it."""
    turns = (replace(turn, words=tuple(replace(word, voice=None) for word in turn.words)) for turn in transcript.turns)
    return replace(transcript, turns=tuple(turns))
