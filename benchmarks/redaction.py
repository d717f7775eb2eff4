"""`make bench redaction`: what is found and covered on calls with known secrets, and what of it can be heard again.

The stages are called as the server calls them: recognition with model base, detection, redaction of words and of the
file; the redacted file is decoded and recognised again, whole. Sets: the given recordings, and two halves of synthetic
calls, of which detectors were developed with the first only.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from rich.console import Console

from benchmarks import redaction_corpus as corpus
from benchmarks import redaction_further as further
from benchmarks import redaction_wordings as wordings
from benchmarks.corpus import Recording, decoded, load
from benchmarks.kept_recognitions import KeptRecognitions
from benchmarks.named_options import UnknownOption, with_settings
from benchmarks.redaction_asked_details import asked_rows
from benchmarks.redaction_measures import (
    NOTHING,
    SECRETS,
    Share,
    digits_left,
    ordinary_kept,
    other_speech_covered,
    regions,
    secrets_covered,
)
from benchmarks.redaction_stages import Stages, redactor, spans_of
from benchmarks.redaction_texts import FILES, text_rows
from benchmarks.redaction_unseen import AUTHORS
from benchmarks.redaction_unseen_rows import unseen_rows
from benchmarks.redaction_wording_rows import measure_wordings, wording_rows
from benchmarks.table import Row
from benchmarks.voices import Missing
from voxport.core.errors import MediaFailed
from voxport.core.plan import DetectionLevel
from voxport.redaction.options import DEFAULTS

DEFAULT_FOLDER = Path(tempfile.gettempdir()) / "voxport-bench-calls"
FOUR_MINUTES_MS = 240_000
_ALL_SECRETS = SECRETS["PCI"] | SECRETS["SSN"]


@dataclass(frozen=True)
class Figures:
    """What was measured on some calls; shares in ms, numbers, digits and calls, as the rows of the table say."""

    pci: Share = NOTHING
    ssn: Share = NOTHING
    other_speech: Share = NOTHING
    kept: Share = NOTHING
    heard_again: int = 0
    left_in_text: int = 0
    refused: int = 0
    sensitive: int = 0
    calls: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; the wheels of the extra `bench` are needed where a synthetic call is still to be made."""
    folder = (arguments.corpus or DEFAULT_FOLDER) / f"seed-{arguments.seed}"
    sets = {}
    if arguments.audio.is_dir():
        sets["given"] = [one for one in load(arguments.audio) if one.truth.get("sensitive")]
    else:
        console.print(f"{arguments.audio} is not there: no recordings of your own are measured (--audio FOLDER).")
    console.print(f"Calls that are not in {folder} yet are synthesised; the first time takes some minutes.")
    try:
        for half in corpus.HALVES:
            corpus.make(folder / half, half, arguments.seed)
            sets[half] = load(folder / half)
        for half in wordings.HALVES:
            wordings.make(folder / "wordings" / half, half)
            further.make(folder / "further" / half, half)
        for author in AUTHORS:
            author.make(folder / author.name)
    except Missing as error:
        raise SystemExit(f"{error} is not installed: pip install -r requirements/bench.txt") from error
    rows = [row for name, file in FILES.items() for row in text_rows(console, f"{name}, as text", file)]
    rows += asked_rows("further wordings")
    with prepared(arguments.set, folder) as stages:
        for name, recordings in sets.items():
            figures = Figures()
            for recording in recordings:
                figures += judge(console, stages, recording)
            rows += table_rows(name, figures)
        for half, name in (("choose", "wordings that rules were chosen with"), ("report", "wordings never looked at")):
            rows += wording_rows(name, measure_wordings(console, stages, load(folder / "wordings" / half)))
            rows += wording_rows(f"further {name}", measure_wordings(console, stages, load(folder / "further" / half)))
        for author in AUTHORS:
            rows += unseen_rows(console, stages, f"whole calls, {author.name}", load(folder / author.name))
        rows += time_rows(console, stages, [*sets.get("given", ()), *sets["heldout"]], arguments.rounds)
    return rows


@contextmanager
def prepared(settings: Sequence[str], kept: Path) -> Iterator[Stages]:
    """The stages with the options of the server, but for those in `settings`; what they recognise stays in `kept`."""
    try:
        options = with_settings(DEFAULTS, settings)
    except UnknownOption as error:
        raise SystemExit(str(error)) from error
    recognitions = KeptRecognitions(kept)
    with (
        tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder,
        Stages.ready(Path(folder), options, recognitions) as stages,
    ):
        yield stages


def judge(console: Console, stages: Stages, recording: Recording) -> Figures:
    """One call, under all levels that a bar speaks of; a call that redaction refuses to publish counts as refused."""
    truth = recording.truth
    heard = stages.recognise(recording.path, recording.language)
    try:
        whole = stages.detect(heard, redactor(DetectionLevel.ENTIRE_REGION, "PCI", "SSN"))
        probable = stages.detect(heard, redactor(DetectionLevel.PROBABLE_NUMBERS, "PCI", "SSN"))
        only_pci = stages.detect(heard, redactor(DetectionLevel.ENTIRE_REGION, "PCI"))
        text = stages.cover_words(heard, whole)
    except MediaFailed as failed:
        console.print(f"{recording.name}: refused, {failed}")
        return Figures(refused=1, calls=1, sensitive=len(regions(truth, _ALL_SECRETS)))
    with stages.redacted(recording.path, whole) as file:
        again = stages.recognise(file, recording.language)
    secrets = regions(truth, _ALL_SECRETS)
    figures = Figures(
        pci=secrets_covered(truth, SECRETS["PCI"], spans_of(whole)),
        ssn=secrets_covered(truth, SECRETS["SSN"], spans_of(whole)),
        other_speech=other_speech_covered(truth, _ALL_SECRETS, spans_of(probable)),
        kept=ordinary_kept(truth, spans_of(only_pci)),
        heard_again=digits_left(secrets, again.digits),
        left_in_text=digits_left(secrets, text.digits),
        refused=int(bool(stages.audible_secrets(again, whole))),
        sensitive=len(secrets),
        calls=1,
    )
    console.print(
        f"{recording.name}: PCI {figures.pci.percent:.1f} %, SSN {figures.ssn.percent:.1f} %, heard again "
        f"{figures.heard_again}, left {figures.left_in_text}, kept {figures.kept.part}/{figures.kept.whole}"
    )
    return figures


def table_rows(name: str, figures: Figures) -> list[Row]:
    both = figures.pci + figures.ssn
    size = f"{figures.sensitive} secrets in {figures.calls} calls"
    return [
        Row(f"{name}: secret ms covered, PCI and SSN, entireRegion ({size})", both.percent, "%", 99, True),
        Row(f"{name}: of PCI", figures.pci.percent, "%"),
        Row(f"{name}: of SSN", figures.ssn.percent, "%"),
        Row(f"{name}: digits recognised again from the redacted audio", figures.heard_again, "", 0),
        Row(f"{name}: digits left in the text", figures.left_in_text, "", 0),
        Row(f"{name}: other speech covered, PCI and SSN, probableNumbers", figures.other_speech.percent, "%", 2),
        Row(f"{name}: ordinary numbers kept, only PCI ({figures.kept.whole:.0f})", figures.kept.percent, "%", 95, True),
        Row(f"{name}: calls refused, since digits could still be heard or read", figures.refused, ""),
    ]


def time_rows(console: Console, stages: Stages, recordings: Sequence[Recording], rounds: int) -> list[Row]:
    """A stereo call of at least four minutes, made of several: what redaction adds to its recognition, by median."""
    added = []
    with stages.joined(_four_minutes(recordings)) as path:
        for _ in range(rounds):
            heard = stages.recognise_sound(decoded(path), "en")
            spent = stages.time_redaction(path, heard, redactor(DetectionLevel.ENTIRE_REGION, "PCI", "SSN"))
            added.append(100 * spent.seconds / heard.seconds)
            console.print(
                f"{heard.duration_ms / 1000:.0f} s of call: recognition {heard.seconds:.1f} s, detection and words "
                f"{spent.words_s:.2f} s, sound {spent.sound_s:.2f} s, check {spent.check_s:.2f} s"
            )
    percent = statistics.median(added)
    return [Row("time added to a 4-minute stereo call, check included", percent, "% of recognition", 25)]


def _four_minutes(recordings: Sequence[Recording]) -> list[Path]:
    """English stereo recordings in order of name until they last that long together."""
    taken: list[Recording] = []
    for recording in recordings:
        if recording.language == "en" and recording.is_stereo and _duration_ms(taken) < FOUR_MINUTES_MS:
            taken.append(recording)
    return [one.path for one in taken]


def _duration_ms(recordings: Sequence[Recording]) -> int:
    return sum(one.truth["duration_ms"] for one in recordings)
