"""The stage that writes the words that are shown: redacted, then numbers as asked, then profanity.

Secrets are never stored: each stage finds them again in the transcript that the run starts from (`starting_point`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from voxport.core.artefacts import (
    transcript_to_json,
)
from voxport.core.findings import Findings, findings_to_json
from voxport.core.plan import TextPlan
from voxport.core.transcript import Transcript, Turn, Word
from voxport.language.number_formatting import format_numbers, spell_numbers
from voxport.language.profanity import filter_profanity
from voxport.redaction.carry_over import with_earlier
from voxport.redaction.covering.words import cover_words
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.starting_point import detections_in, read_start


async def write_text(run: StageRun) -> None:
    """Leaves transcript and findings; the findings are written last, so they stand only when both do."""
    await run.in_thread(lambda: _write_text(run))


def _write_text(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    if blobs.exists(media.paths.findings):
        return
    start = read_start(blobs, media)
    detections = detections_in(start, media)
    shown = written(cover_words(start.transcript, detections), media.plan.text, run.deps.options.profanity_words)
    blobs.put(media.paths.transcript, transcript_to_json(shown))
    asked = bool(media.plan.detectors)
    findings = Findings(detections.detections if asked else None, covered=detections.covered)
    if start.earlier is not None:
        findings = with_earlier(findings, start.earlier)
    blobs.put(media.paths.findings, findings_to_json(findings))


def _in_each_language(
    transcript: Transcript, turn: Turn, write: Callable[[Sequence[Word], str], tuple[Word, ...]]
) -> Turn:
    """Numbers are written by the rules of the language in which they were said."""
    runs = groupby(turn.words, key=lambda word: transcript.language_of(turn.channel, word) or transcript.language)
    return replace(turn, words=tuple(word for language, words in runs for word in write(list(words), language)))


def written(transcript: Transcript, plan: TextPlan, profanity_words: tuple[str, ...]) -> Transcript:
    """The words with numbers and profanity as a plan wants them."""
    shown = transcript
    if plan.number_formatting is not None:
        write = format_numbers if plan.number_formatting else spell_numbers
        turns = (_in_each_language(transcript, turn, write) for turn in transcript.turns)
        shown = replace(transcript, turns=tuple(turns))
    return filter_profanity(shown, profanity_words) if plan.profanity_filter else shown
