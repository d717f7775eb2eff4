"""Figures over all ways of asking: what is covered, what is left in words and sound, which keys can still be decoded.

An independent decoder (`multimon-ng` of Debian) looks for keys where it is installed; our own does in any case.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.corpus import Recording, decoded
from benchmarks.redaction_findings import left_in_findings
from benchmarks.redaction_measures import (
    NOTHING,
    Share,
    digits_left,
    other_numbers,
    other_speech_covered,
    other_words,
    regions,
    secrets_covered,
)
from benchmarks.redaction_people import KEYED
from benchmarks.redaction_stages import Stages, redactor, spans_of
from benchmarks.redaction_wordings import PEOPLE
from benchmarks.table import Row
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.errors import MediaFailed
from voxport.core.plan import DetectionLevel

SPOKEN = frozenset({"pci.card", "pci.card_part", "pci.expiry", "pci.cvv", "ssn", "ssn.last4", "sin"})
DETAILS = frozenset({"pii.name", "pii.address", "pii.email", "phone", "dob", "account_number"})
PHONE_AND_EMAIL = frozenset({"phone", "pii.email"})
NATIONAL = {"nino": "NINO", "dni": "DNI", "iban": "IBAN", "passport": "Passport", "license": "DriversLicense"}
"""By kind of asking: the detector of the number."""
_KEPT = frozenset({"order_number"})
WHOLE = redactor(DetectionLevel.ENTIRE_REGION, "PCI", "SSN")
DETAILED = redactor(DetectionLevel.PROBABLE_NUMBERS, "PII")
_SHOWN_BELOW, _SHOWN_ABOVE = 97, 5
"""Calls with less of their details covered, or more of other speech, in percent, are named."""
_DECODER = "multimon-ng"
_DECODER_RATE_HZ = 22_050


@dataclass(frozen=True)
class Figures:
    """What was measured on some calls: shares in ms or numbers, else counts."""

    spoken: Share = NOTHING
    keyed: Share = NOTHING
    other: Share = NOTHING
    kept: Share = NOTHING
    leaking: int = 0
    keys_left: int = 0
    details: Share = NOTHING
    reachable: Share = NOTHING
    other_than_details: Share = NOTHING
    calls: int = 0
    personal_calls: int = 0
    found: int = 0
    national: Share = NOTHING
    other_than_national: Share = NOTHING
    national_calls: int = 0
    refused: int = 0
    """Times that nothing would be published of a call, whatever for."""

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def measure_wordings(console: Console, stages: Stages, recordings: Sequence[Recording]) -> Figures:
    """All calls together; those in which something is left are named."""
    figures = Figures()
    for recording in recordings:
        kind = recording.name.split("-")[1]
        if kind in NATIONAL:
            figures += national_figures(console, stages, recording, kind)
        else:
            figures += (personal_figures if kind in PEOPLE else secret_figures)(console, stages, recording)
    return figures


def secret_figures(console: Console, stages: Stages, recording: Recording) -> Figures:
    """What is left of the numbers of cards and of social security in one call."""
    truth, heard = recording.truth, stages.recognise(recording.path, recording.language)
    keyed_types = {one["type"] for one in truth["sensitive"] if one["type"].startswith(KEYED)}
    secrets = regions(truth, SPOKEN)
    try:
        whole = stages.detect(heard, WHOLE)
        probable = stages.detect(heard, redactor(DetectionLevel.PROBABLE_NUMBERS, "PCI", "SSN"))
        shown = stages.cover_words(heard, whole)
    except MediaFailed as failed:
        console.print(f"{recording.name}: refused, {failed}")
        return Figures(calls=1, refused=1)
    left = digits_left(secrets, shown.digits)
    spoken = secrets_covered(truth, SPOKEN, spans_of(whole))
    with stages.redacted(recording.path, whole) as file:
        # Where tones cover all of the secrets nothing of them is left to be heard.
        if spoken.part < spoken.whole:
            left += digits_left(secrets, stages.recognise(file, recording.language).digits)
        keys = keys_in(file) if keyed_types else 0
    if left or keys or spoken.percent < 99:
        console.print(f"{recording.name}: spoken {spoken.percent:.1f} %, digits left {left}, keys left {keys}")
    return Figures(
        spoken=spoken,
        keyed=secrets_covered(truth, keyed_types, spans_of(whole)),
        other=other_speech_covered(truth, SPOKEN, spans_of(probable)),
        kept=_kept(truth, spans_of(probable)),
        leaking=int(bool(left)),
        keys_left=keys,
        calls=1,
        found=left_in_findings(shown.transcript, whole, WHOLE, secrets, others=other_numbers(truth, SPOKEN)),
    )


def personal_figures(
    console: Console, stages: Stages, recording: Recording, beside: frozenset[str] = frozenset()
) -> Figures:
    """What `PII` covers in one call; numbers of the types `beside` are neither details nor other speech."""
    truth, heard = recording.truth, stages.recognise(recording.path, recording.language)
    try:
        detections = stages.detect(heard, DETAILED)
        shown = stages.cover_words(heard, detections).transcript
    except MediaFailed as failed:
        console.print(f"{recording.name}: refused, {failed}")
        return Figures(personal_calls=1, refused=1)
    spans = spans_of(detections)
    covered, other = secrets_covered(truth, DETAILS, spans), other_speech_covered(truth, DETAILS | beside, spans)
    if covered.percent < _SHOWN_BELOW or other.percent > _SHOWN_ABOVE:
        console.print(f"{recording.name}: details {covered.percent:.1f} %, other speech {other.percent:.1f} %")
    return Figures(
        details=covered,
        reachable=secrets_covered(truth, PHONE_AND_EMAIL, spans),
        other_than_details=other,
        personal_calls=1,
        found=left_in_findings(
            shown,
            detections,
            DETAILED,
            regions(truth, DETAILS),
            other_words(truth, DETAILS),
            other_numbers(truth, DETAILS),
        ),
    )


def national_figures(console: Console, stages: Stages, recording: Recording, kind: str) -> Figures:
    """What the detector of one kind of `NATIONAL` covers in one call."""
    truth, heard = recording.truth, stages.recognise(recording.path, recording.language)
    types = frozenset({f"national.{kind}"})
    whole = stages.detect(heard, redactor(DetectionLevel.ENTIRE_REGION, NATIONAL[kind]))
    probable = stages.detect(heard, redactor(DetectionLevel.PROBABLE_NUMBERS, NATIONAL[kind]))
    covered = secrets_covered(truth, types, spans_of(whole))
    if covered.percent < _SHOWN_BELOW:
        console.print(f"{recording.name}: {NATIONAL[kind]} {covered.percent:.1f} %")
    return Figures(
        national=covered,
        other_than_national=other_speech_covered(truth, types, spans_of(probable)),
        national_calls=1,
    )


def _kept(truth: dict[str, Any], spans: Sequence[tuple[int, int]]) -> Share:
    found = regions(truth, _KEPT)
    kept = [one for one in found if one.covered_ms(spans) <= 0.1 * (one.end_ms - one.start_ms)]
    return Share(len(kept), len(found))


def keys_in(path: Path) -> int:
    """Keys of a telephone that can be decoded from a file: the most that any decoder finds, over all channels."""
    channels = decoded(path)
    ours = sum(len(find_keyed_tones(PcmArray(samples))) for samples in channels)
    return max(ours, sum(_decoded_elsewhere(samples) for samples in channels))


def _decoded_elsewhere(samples: np.ndarray[Any, np.dtype[np.int16]]) -> int:
    program = shutil.which(_DECODER)
    if program is None:
        return 0
    places = np.arange(0, len(samples) - 1, SPEECH_RATE_HZ / _DECODER_RATE_HZ)
    with tempfile.NamedTemporaryFile(suffix=".raw") as file:
        file.write(np.interp(places, np.arange(len(samples)), samples).astype("<i2").tobytes())
        file.flush()
        command = [program, "-q", "-a", "DTMF", "-t", "raw", file.name]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return sum(line.startswith("DTMF:") for line in run.stdout.splitlines())


def wording_rows(name: str, figures: Figures) -> list[Row]:
    """The rows of the table, with their bars."""
    calls = f"{figures.calls} calls"
    return [
        Row(f"{name}: secret ms covered, spoken, entireRegion ({calls})", figures.spoken.percent, "%", 99.5, True),
        Row(f"{name}: keyed ms covered", figures.keyed.percent, "%", 100, True),
        Row(f"{name}: calls with digits of a secret left in words or sound", figures.leaking, "", 0),
        Row(f"{name}: keys that can be decoded from the redacted audio", figures.keys_left, "", 0),
        Row(f"{name}: other speech covered, probableNumbers", figures.other.percent, "%", 1),
        Row(f"{name}: ordinary numbers kept ({figures.kept.whole:.0f})", figures.kept.percent, "%", 98, True),
        Row(
            f"{name}: PII: sensitive ms covered ({figures.personal_calls} calls)",
            figures.details.percent,
            "%",
            90,
            True,
        ),
        Row(f"{name}: PII: of telephone and e-mail", figures.reachable.percent, "%", 97, True),
        Row(f"{name}: PII: other speech covered", figures.other_than_details.percent, "%", 3),
        Row(f"{name}: secrets and details told by findings or search", figures.found, "", 0),
        Row(f"{name}: calls refused, with the detectors of secrets or with PII", figures.refused, "", 0),
        *(_national_rows(name, figures) if figures.national_calls else ()),
    ]


def _national_rows(name: str, figures: Figures) -> list[Row]:
    calls = f"{figures.national_calls} calls"
    return [
        Row(f"{name}: numbers of states and banks, ms covered, entireRegion ({calls})", figures.national.percent, "%"),
        Row(f"{name}: other speech covered for them, probableNumbers", figures.other_than_national.percent, "%"),
    ]
