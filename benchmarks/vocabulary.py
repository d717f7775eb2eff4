"""`make bench vocabulary`: how often planted names are written as they should be, without and with a vocabulary.

Twenty synthetic calls a half, of which recognition was developed with the first only. Errors elsewhere are counted
outside of the planted names; a vocabulary of names that nobody says, half of which sound like common words, shows the
harm. The given recordings are heard with that one too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path

from rich.console import Console

from benchmarks import vocabulary_corpus as corpus
from benchmarks.corpus import Recording, decoded, load
from benchmarks.scoring import Errors, Heard, word_errors
from benchmarks.table import Row
from benchmarks.vocabulary_dialogues import NAMES, OTHER_NAMES, SOUND_ALIKES, invented
from benchmarks.voices import Missing
from voxport.core.audio import DecodedChannel, PcmArray
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import WordKind
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe

DEFAULT_FOLDER = Path(tempfile.gettempdir()) / "voxport-bench-names"
_SLACK_MS = 150
_LANGUAGES = {"en": "en-US", "fr": "fr-FR", "es": "es-US"}
_IRRELEVANT = tuple(VocabularyTerm(text) for text in (*OTHER_NAMES, *SOUND_ALIKES))


@dataclass(frozen=True)
class Figures:
    """What was measured on some calls: planted names written rightly, errors elsewhere, terms that nobody said."""

    right: int = 0
    planted: int = 0
    errors: Errors = field(default_factory=lambda: Errors(0, 0))
    false: int = 0
    processor_s: float = 0.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def recall(self) -> float:
        return 100 * self.right / max(1, self.planted)


class _Nowhere:
    """Keeps no partial results."""

    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """A bench hears every call from its beginning."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A vocabulary: its terms, and the scripts that more of them are taken from."""

    terms: tuple[VocabularyTerm, ...] = ()
    scripts: tuple[str, ...] = ()


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; the wheels of the extra `bench` are needed where a call is still to be made."""
    folder = (arguments.corpus or DEFAULT_FOLDER) / f"seed-{arguments.seed}"
    console.print(f"Calls that are not in {folder} yet are synthesised; the first time takes two minutes.")
    try:
        for half in NAMES:
            corpus.make(folder / f"names-{half}", half, arguments.seed)
    except Missing as error:
        raise SystemExit(f"{error} is not installed: pip install -r requirements/bench.txt") from error
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as models:
        recognizer = Recognizer(FasterWhisperModel(locate("base", Path(models)), EngineOptions(device="cpu")))
        recognizer.load()
        try:
            for half in NAMES:
                rows += half_rows(console, recognizer, half, load(folder / f"names-{half}"))
            rows += given_rows(console, recognizer, load(arguments.audio))
        finally:
            recognizer.close()
    return rows


def half_rows(console: Console, recognizer: Recognizer, half: str, calls: Sequence[Recording]) -> list[Row]:
    """Without a vocabulary, with the names, with their sounds-like forms, as scripts, and with other names."""
    names = NAMES[half]
    vocabularies = {
        "no vocabulary": Asked(),
        "terms": Asked(tuple(VocabularyTerm(name.term) for name in names)),
        "terms and soundsLike": Asked(tuple(VocabularyTerm(name.term, name.sounds_like) for name in names)),
        "scripts": Asked(scripts=tuple(f"Thank you for asking about {name.term} today." for name in names)),
        "terms among 1000": Asked(
            tuple(map(VocabularyTerm, [*invented(1000 - len(names)), *(name.term for name in names)]))
        ),
        "irrelevant": Asked(_IRRELEVANT),
    }
    found: dict[str, Figures] = {}
    for title, asked in vocabularies.items():
        found[title] = sum((hear(recognizer, call, asked) for call in calls), Figures())
        console.print(f"{half}, {title}: {_told(found[title])}")
    plain, named, other = found["no vocabulary"], found["terms"], found["irrelevant"]
    size = f"{plain.planted} names in {len(calls)} calls"
    return [
        Row(f"{half}: names right without a vocabulary ({size})", plain.recall, "%"),
        Row(f"{half}: names right with the terms", named.recall, "%", round(2 * plain.recall, 2), True),
        Row(f"{half}: names right with terms and soundsLike", found["terms and soundsLike"].recall, "%"),
        Row(f"{half}: names right with scripts alone", found["scripts"].recall, "%"),
        Row(f"{half}: names right with the terms among 1000", found["terms among 1000"].recall, "%"),
        Row(f"{half}: word errors elsewhere added by the terms", _added(named, plain), "points", 0.5),
        Row(f"{half}: word errors added by {len(_IRRELEVANT)} irrelevant terms", _added(other, plain), "points", 0.5),
        Row(f"{half}: irrelevant terms written", other.false, "", 2),
        Row(f"{half}: terms written where they were not said", named.false, "", 2),
        Row(f"{half}: of 1000 terms, written where they were not said", found["terms among 1000"].false, "", 2),
        Row(f"{half}: processor time with the terms / without", named.processor_s / plain.processor_s, ""),
    ]


def given_rows(console: Console, recognizer: Recognizer, recordings: Sequence[Recording]) -> list[Row]:
    """The given recordings with names that nobody says there."""
    plain, other = (
        sum((hear(recognizer, recording, asked) for recording in recordings), Figures())
        for asked in (Asked(), Asked(_IRRELEVANT))
    )
    console.print(f"given recordings: {_told(plain)}; with irrelevant terms: {_told(other)}")
    return [
        Row("given recordings: word errors added by irrelevant terms", _added(other, plain), "points", 0.5),
        Row("given recordings: irrelevant terms written", other.false, "", 1),
        Row("given recordings: processor time / without", other.processor_s / plain.processor_s, ""),
    ]


def hear(recognizer: Recognizer, call: Recording, asked: Asked) -> Figures:
    """One call, recognised and judged."""
    sources = [PcmArray(samples) for samples in decoded(call.path)]
    channels = [
        SpeechChannel(source, DecodedChannel(index, f"Speaker{index + 1}", source.samples))
        for index, source in enumerate(sources)
    ]
    began = time.process_time()
    transcript = transcribe(
        recognizer,
        TranscriptionRequest(channels, _LANGUAGES[call.language], asked.terms, asked.scripts),
        checkpoint=_Nowhere(),
        progress=lambda _: None,
        interrupted=lambda: False,
    )
    spent_s = time.process_time() - began
    words: dict[int, list[Heard]] = {index: [] for index in range(len(channels))}
    for turn in transcript.turns:
        words[turn.channel] += [
            Heard(word.text, word.start_ms, word.end_ms, str(turn.speaker))
            for word in turn.words
            if word.kind is WordKind.WORD
        ]
    planted = call.truth.get("planted", [])
    right = sum(_is_right(one["term"], words[one["channel"]], one["s"], one["e"]) for one in planted)
    false = sum(_false(term.term, words, planted) for term in asked.terms)
    return Figures(
        right, len(planted), word_errors([*chain.from_iterable(words.values())], _elsewhere(call)), false, spent_s
    )


def _elsewhere(call: Recording) -> dict[str, object]:
    """The truth with the planted names marked as unsure, so that only what stands around them counts."""
    marks = [{key: one[key] for key in ("s", "e", "speaker")} for one in call.truth.get("planted", [])]
    return {**call.truth, "unsure": [*(call.truth.get("unsure") or []), *marks]}


def _is_right(term: str, words: Sequence[Heard], start_ms: int, end_ms: int) -> bool:
    """Whether a term stands where it was said, letter for letter."""
    return any(start_ms - _SLACK_MS < middle < end_ms + _SLACK_MS for middle in _middles(term, words))


def _false(term: str, words: dict[int, list[Heard]], planted: Sequence[dict[str, object]]) -> int:
    """How often a term stands where it was not said."""
    return sum(
        not any(
            one["term"] == term and one["channel"] == channel and one["s"] - _SLACK_MS < at < one["e"] + _SLACK_MS  # type: ignore[operator]
            for one in planted
        )
        for channel, heard in words.items()
        for at in _middles(term, heard)
    )


def _middles(term: str, words: Sequence[Heard]) -> list[float]:
    """The middle of every place where the words of a term follow one another, a possessive ending aside."""
    wanted = term.split()
    texts = [word.text.removesuffix("'s") for word in words]
    return [
        (words[at].start_ms + words[at + len(wanted) - 1].end_ms) / 2
        for at in range(len(words) - len(wanted) + 1)
        if texts[at : at + len(wanted)] == wanted
    ]


def _added(figures: Figures, plain: Figures) -> float:
    return 100 * (figures.errors.rate - plain.errors.rate)


def _told(figures: Figures) -> str:
    return (
        f"{figures.right} of {figures.planted} names, {figures.errors.errors} errors in {figures.errors.words} other "
        f"words, {figures.false} false terms, {figures.processor_s:.0f} s of processor"
    )
