"""`make bench analytics`: how long the findings of a call take, and how good entities and keywords are.

Calls are recognised with model base first. Entities are held against the truth of the calls that have any: the same
type and an overlapping span of the same speaker are a hit. A truth names a person once; the name repeated, or a part
of it, is expected too. Keywords are held against a judgement written down in `judged_keywords.json`; one that is not
in it counts as not kept. Sentences and made calls with right answers (`meaning_rows`) need no recording.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.console import Console

from benchmarks import meaning_rows
from benchmarks.corpus import Recording, decoded, load
from benchmarks.metrics_timelines import Clip, Timeline, clips_of, known_transcript, lay_out, true_metrics
from benchmarks.redaction_stages import Heard, Stages
from benchmarks.table import Row
from voxport.analytics.analysis import analyse
from voxport.analytics.call_text import CallText
from voxport.analytics.conversation_metrics import MetricInput, find_metrics
from voxport.analytics.entities import find_entities
from voxport.analytics.knowledge import find_knowledge
from voxport.analytics.sides import sides_of
from voxport.core.analytics_plan import AnalyticsPlan, SpottingPlan
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray, PcmSource
from voxport.core.findings import Findings
from voxport.core.metric_names import OVERTALK, RATE, SENTIMENT, STYLE
from voxport.core.plan import VOICE_FEATURES, Plan, SpeechPlan
from voxport.core.transcript import Span, Transcript
from voxport.redaction.options import DEFAULTS

FOUR_MINUTES_MS = 240_000
JUDGED = Path(__file__).with_name("judged_keywords.json")
_TYPES = {"phone": "phone", "money": "money", "date": "date", "dob": "date", "person": "person"}
_TITLES = {"doctor", "mister", "missus"}
_HIGHEST = 10
_TIMELINES = (1, 2, 3)
"""Seeds of the calls whose talk is known."""
_PHRASES = (
    "refund",
    "cancel my account",
    "speak to a manager",
    "thank you for calling",
    "anything else I can help with",
)
EVERYTHING = Plan(
    speech=SpeechPlan(features=(VOICE_FEATURES, "advancedPunctuation")),
    analytics=AnalyticsPlan(
        discovery=True,
        spotting=tuple(SpottingPlan(f"group {number}", _PHRASES) for number in range(10)),
        entities=True,
        sentiments=True,
        verb_noun_pairs=True,
        metrics=(OVERTALK, SENTIMENT, STYLE, RATE),
    ),
)


@dataclass(frozen=True)
class Named:
    """An entity, found or expected."""

    type: str
    speaker: str | None
    span: Span


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; prints what it does on the way."""
    recordings = [one for one in load(arguments.audio) if one.language == "en"]
    with TemporaryDirectory(prefix="voxport-bench-") as folder, Stages.ready(Path(folder), DEFAULTS) as stages:
        heard = {}
        for recording in recordings:
            console.print(f"recognising {recording.name}")
            heard[recording.name] = stages.recognise(recording.path, recording.language)
        metrics = _metrics(console, recordings, stages)
    call = next(one for one in recordings if one.name == arguments.call)
    rows = [_time(call, heard[call.name], arguments.rounds)]
    rows += _entities(console, recordings, heard)
    return rows + _keywords(console, heard) + meaning_rows.rows(console) + metrics


def _time(call: Recording, heard: Heard, rounds: int) -> Row:
    """CPU seconds of this process for all findings of four minutes of the call, once everything is loaded."""
    transcript, sources = four_minutes(heard, decoded(call.path))
    spent = []
    for _ in range(rounds + 1):
        began = time.process_time()
        analyse(transcript, Findings(), EVERYTHING, FOUR_MINUTES_MS, sources)
        spent.append(time.process_time() - began)
    return Row("analytics: every finding of a 4-minute stereo call, one core", statistics.median(spent[1:]), "s", 0.5)


def four_minutes(heard: Heard, sounds: Sequence[npt.NDArray[np.int16]]) -> tuple[Transcript, Mapping[int, PcmSource]]:
    """The call again and again until four minutes are full, with its sound."""
    copies = -(-FOUR_MINUTES_MS // heard.duration_ms)
    turns = tuple(
        replace(
            turn,
            words=tuple(
                replace(word, start_ms=word.start_ms + later_ms, end_ms=word.end_ms + later_ms) for word in turn.words
            ),
        )
        for later_ms in (number * heard.duration_ms for number in range(copies))
        for turn in heard.transcript.turns
        if turn.end_ms + later_ms <= FOUR_MINUTES_MS
    )
    samples = FOUR_MINUTES_MS * SPEECH_RATE_HZ // 1000
    sources = {channel: PcmArray(np.tile(sound, copies)[:samples]) for channel, sound in enumerate(sounds)}
    return replace(heard.transcript, turns=turns), sources


def _entities(console: Console, recordings: Sequence[Recording], heard: Mapping[str, Heard]) -> list[Row]:
    right = found_count = hits = expected_count = 0
    for recording in recordings:
        if recording.truth.get("sensitive"):
            wanted = list(expected(recording.truth))
            found = [
                Named(entity.type.value, entity.speaker, entity.span)
                for entity in find_entities(CallText(heard[recording.name].transcript))
                if entity.type.value in _TYPES.values()
            ]
            missed, added = _unmatched(wanted, found), _unmatched(found, wanted)
            for one in missed:
                console.print(f"{recording.name}: no {one.type} at {one.span.start_ms} ms")
            for one in added:
                console.print(f"{recording.name}: a {one.type} too many at {one.span.start_ms} ms")
            hits += len(wanted) - len(missed)
            right += len(found) - len(added)
            found_count += len(found)
            expected_count += len(wanted)
    precision, recall = right / max(1, found_count), hits / max(1, expected_count)
    score = 2 * precision * recall / max(1e-9, precision + recall)
    return [
        Row("entities: F1 on phones, money, dates and names", score, "", 0.85, more_is_better=True),
        Row("entities: precision", precision, ""),
        Row("entities: recall", recall, ""),
    ]


def expected(truth: Mapping[str, Any]) -> Iterator[Named]:
    """Phones, amounts, dates and names of a truth, names wherever they are said again outside an e-mail address."""
    mono = len(truth["speakers"]) == 1
    secrets = truth["sensitive"]
    names: set[str] = set()
    taken = []
    for one in secrets:
        span = Span(one["s"], one["e"])
        if one["type"] in (*_TYPES, "email"):
            taken.append((one["speaker"], span))
        if one["type"] in _TYPES:
            yield Named(_TYPES[one["type"]], None if mono else one["speaker"], span)
        if one["type"] == "person":
            names |= {word.lower() for word in one["text"].split()} - _TITLES
    for turn in truth["turns"]:
        for word in turn["words"]:
            span = Span(word["s"], word["e"])
            known = any(speaker == turn["speaker"] and _meet(span, other) for speaker, other in taken)
            if word["w"].lower().strip(".,?!") in names and not known:
                yield Named("person", None if mono else turn["speaker"], span)


def _metrics(console: Console, recordings: Sequence[Recording], stages: Stages) -> list[Row]:
    """How far the metrics of time are from what is known of calls that were laid out clip by clip."""
    agent, caller = ([clip for one in recordings for clip in _clips(one, side)] for side in (0, 1))
    known, heard = [], []
    for seed in _TIMELINES:
        timeline = lay_out((agent, caller), seed)
        console.print(f"recognising timeline {seed}, {timeline.duration_ms // 1000} s")
        recognised = stages.recognise_sound(timeline.channels, "en").transcript
        known += _errors(known_transcript(timeline), timeline)
        heard += _errors(recognised, timeline)
    for one in sorted(heard, key=lambda error: -error.relative)[:_HIGHEST]:
        console.print(f"{one.metric}: {one.measured:.2f}, true {one.true:.4f}")
    counts = [one for one in (*known, *heard) if one.metric.endswith("incidents")]
    ratios = [one for one in heard if one.metric.endswith("ratio")]
    streaks = [one for one in heard if one.metric.endswith("streak")]
    long = [one for one in streaks if "median" not in one.metric]
    from_audio = "metrics from audio"
    return [
        Row("metrics from known spans: largest relative error", 100 * max(one.relative for one in known), "%", 1.0),
        Row(f"{from_audio}: talk, silence and overtalk, largest error", 100 * _most(ratios), "% of the call", 1.0),
        Row(f"{from_audio}: average streaks, largest relative error", 100 * max(one.relative for one in long), "%"),
        Row(f"{from_audio}: streaks, largest error", 1000 * _most(streaks), "ms"),
        Row("metrics: silences and overtalks counted wrongly", sum(one.off for one in counts), "", 0.0),
    ]


@dataclass(frozen=True)
class Error:
    """A metric as it was measured beside what it is. Published ratios have two decimals; so has a true one here."""

    metric: str
    measured: float
    true: float

    @property
    def off(self) -> float:
        return abs(self.measured - self.true)

    @property
    def relative(self) -> float:
        true = round(self.true, 2) if self.metric.endswith("ratio") else self.true
        return abs(self.measured - true) / true if true else abs(self.measured)


def _errors(transcript: Transcript, timeline: Timeline) -> list[Error]:
    measured = MetricInput(sides_of(transcript, timeline.duration_ms))
    found = dict(value for group in find_metrics(measured, (OVERTALK, RATE)) for value in group.values)
    return [Error(name, found[name], true) for name, true in true_metrics(timeline).items()]


def _most(errors: Sequence[Error]) -> float:
    return max(one.off for one in errors)


def _clips(recording: Recording, channel: int) -> Iterator[Clip]:
    """Of a stereo recording of which every word's time is known; of another one none."""
    turns = [turn for turn in recording.truth["turns"] if turn.get("channel") == channel]
    if recording.exact and recording.is_stereo:
        yield from clips_of(decoded(recording.path)[channel], turns)


def _unmatched(these: Sequence[Named], those: Sequence[Named]) -> list[Named]:
    return [
        one
        for one in these
        if not any(
            one.type == other.type and one.speaker == other.speaker and _meet(one.span, other.span) for other in those
        )
    ]


def _meet(one: Span, other: Span) -> bool:
    return one.start_ms < other.end_ms and other.start_ms < one.end_ms


def _keywords(console: Console, heard: Mapping[str, Heard]) -> list[Row]:
    rows = []
    for name, judged in json.loads(JUDGED.read_text("utf-8")).items():
        highest = find_knowledge(CallText(heard[name].transcript)).keywords[:_HIGHEST]
        kept = sum(bool(judged.get(keyword.keyword)) for keyword in highest)
        console.print(f"{name}: " + ", ".join(keyword.keyword for keyword in highest))
        bar = 7.0 if len(highest) == _HIGHEST else round(0.7 * len(highest), 1)
        rows.append(Row(f"keywords kept of the {len(highest)} highest, {name}", kept, "", bar, more_is_better=True))
    return rows
