"""Figures over whole calls that serve twice (`redaction_unseen.py`): secrets as `redaction_wording_rows` measures them,
and details of people and numbers of states in the same calls, by language and by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console

from benchmarks.corpus import Recording
from benchmarks.redaction_measures import NOTHING, ORDINARY, Share, ordinary_kept, regions
from benchmarks.redaction_stages import Stages, redactor, spans_of
from benchmarks.redaction_wording_rows import (
    DETAILS,
    NATIONAL,
    SPOKEN,
    Figures,
    national_figures,
    personal_figures,
    secret_figures,
    wording_rows,
)
from benchmarks.table import Row
from voxport.core.errors import MediaFailed
from voxport.core.plan import DetectionLevel

_BESIDE = SPOKEN | {"zip"} | {f"national.{kind}" for kind in NATIONAL}
"""Covered by `PII` or not: neither is wrong."""
_ORDINARY = ORDINARY - DETAILS
"""Numbers that nobody has to cover."""
_LANGUAGES = {"en": "English", "es": "Spanish"}


def unseen_rows(console: Console, stages: Stages, name: str, recordings: Sequence[Recording]) -> list[Row]:
    """All rows; calls in which something is left are named."""
    total, kept = Figures(), NOTHING
    languages: defaultdict[str, Figures] = defaultdict(Figures)
    kinds: defaultdict[str, Figures] = defaultdict(Figures)
    for recording in recordings:
        measured = secret_figures(console, stages, recording)
        measured += personal_figures(console, stages, recording, _BESIDE)
        for kind in _kinds_in(recording):
            kinds[kind] += national_figures(console, stages, recording, kind)
        languages[recording.language] += measured
        total += measured
        kept += _ordinary_kept(stages, recording)
    for of in kinds.values():
        total += of
    return [
        *wording_rows(name, total),
        Row(f"{name}: numbers of any ordinary kind kept, probableNumbers ({kept.whole:.0f})", kept.percent, "%"),
        *_by_language(name, languages.items()),
        *(Row(f"{name}: {NATIONAL[kind]}, ms covered", of.national.percent, "%") for kind, of in sorted(kinds.items())),
    ]


def _kinds_in(recording: Recording) -> list[str]:
    return [kind for kind in NATIONAL if regions(recording.truth, [f"national.{kind}"])]


def _ordinary_kept(stages: Stages, recording: Recording) -> Share:
    """With the detectors of secrets alone."""
    heard = stages.recognise(recording.path, recording.language)
    try:
        found = stages.detect(heard, redactor(DetectionLevel.PROBABLE_NUMBERS, "PCI", "SSN"))
    except MediaFailed:
        return NOTHING
    return ordinary_kept(recording.truth, spans_of(found), _ORDINARY)


def _by_language(name: str, languages: Iterable[tuple[str, Figures]]) -> list[Row]:
    rows = []
    for language, figures in sorted(languages):
        spoken = f"{name}, {_LANGUAGES[language]}"
        rows += [
            Row(f"{spoken}: secret ms covered ({figures.calls} calls)", figures.spoken.percent, "%"),
            Row(f"{spoken}: calls with digits of a secret left", figures.leaking, ""),
            Row(f"{spoken}: PII: sensitive ms covered", figures.details.percent, "%"),
            Row(f"{spoken}: PII: of telephone and e-mail", figures.reachable.percent, "%"),
            Row(f"{spoken}: PII: other speech covered", figures.other_than_details.percent, "%"),
        ]
    return rows
