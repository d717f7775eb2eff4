"""Word error rate by speaker with numbers split into digits, and the error of word starts.

Texts are normalised as the Whisper paper does (appendix C); "4111 1111" and "four one one one ..." then count the same.
In English so do the two spellings of "okay" and of "all right", which transcribers choose between freely.
Words in stretches that the truth marks as unsure are left out on both sides.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jiwer
from whisper_normalizer.basic import BasicTextNormalizer
from whisper_normalizer.english import EnglishTextNormalizer

_ENGLISH, _BASIC = EnglishTextNormalizer(), BasicTextNormalizer()
_SLACK_MS = 100
_SPELLINGS = ((re.compile(r"\bok\b"), "okay"), (re.compile(r"\balright\b"), "all right"))


@dataclass(frozen=True)
class Heard:
    """A word of a result or of a truth: who said it (a channel or a speaker id), and when."""

    text: str
    start_ms: float
    end_ms: float
    speaker: str

    @property
    def middle_ms(self) -> float:
        return (self.start_ms + self.end_ms) / 2


@dataclass(frozen=True)
class Errors:
    errors: int
    words: int

    @property
    def rate(self) -> float:
        return self.errors / self.words if self.words else float(self.errors > 0)

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.errors + other.errors, self.words + other.words)


def truth_words(truth: dict[str, Any]) -> list[Heard]:
    """The words of a truth; where it times only turns, words are spread evenly over their turn."""
    words: list[Heard] = []
    for turn in truth["turns"]:
        if turn.get("words"):
            words += [Heard(w["w"], w["s"], w["e"], turn["speaker"]) for w in turn["words"]]
            continue
        tokens = turn["text"].split()
        step = (turn["e"] - turn["s"]) / max(1, len(tokens))
        words += [
            Heard(token, turn["s"] + i * step, turn["s"] + (i + 1) * step, turn["speaker"])
            for i, token in enumerate(tokens)
        ]
    return words


def result_words(document: dict[str, Any]) -> list[Heard]:
    """The spoken words of a v3 media document."""
    speaker, words = "", []
    for entry in document["transcript"]["words"]:
        if entry.get("m") == "turn":
            speaker = entry["w"]
        elif entry.get("m") != "punc" and re.search(r"[\w$%]", entry["w"]):
            words.append(Heard(entry["w"], entry["s"], entry["e"], speaker))
    return words


def word_errors(heard: list[Heard], truth: dict[str, Any]) -> Errors:
    """Errors by speaker under the best pairing of speakers; all together when either side knows only one."""
    said = truth_words(truth)
    pairing = pair_speakers(heard, said)
    said, heard = _sure(said, heard, truth, pairing)
    english = is_english(truth)
    if len(pairing) < 2 or len({word.speaker for word in said}) < 2:
        return _errors(compared_text(said, english), compared_text(heard, english))
    total = Errors(0, 0)
    for heard_by, said_by in pairing.items():
        total += _errors(
            compared_text([w for w in said if w.speaker == said_by], english),
            compared_text([w for w in heard if w.speaker == heard_by], english),
        )
    for speaker in {word.speaker for word in said} - set(pairing.values()):
        total += _errors(compared_text([w for w in said if w.speaker == speaker], english), "")
    return total


def start_errors_ms(heard: list[Heard], truth: dict[str, Any]) -> list[float]:
    """How far the starts of correctly heard words are from the truth."""
    said = truth_words(truth)
    pairing = pair_speakers(heard, said)
    one = len(pairing) < 2
    errors: list[float] = []
    for heard_by, said_by in pairing.items():
        ours = sorted((w for w in heard if w.speaker == heard_by), key=lambda w: w.start_ms)
        theirs = sorted((w for w in said if one or w.speaker == said_by), key=lambda w: w.start_ms)
        if not ours or not theirs:
            continue
        lined_up = jiwer.process_words(" ".join(map(_key, theirs)), " ".join(map(_key, ours)))
        for chunk in lined_up.alignments[0]:
            if chunk.type == "equal":
                errors += [
                    abs(theirs[chunk.ref_start_idx + i].start_ms - ours[chunk.hyp_start_idx + i].start_ms)
                    for i in range(chunk.ref_end_idx - chunk.ref_start_idx)
                ]
    return errors


def is_english(truth: dict[str, Any]) -> bool:
    return str(truth.get("language", "en")).startswith("en")


def median(values: list[float]) -> float:
    return statistics.median(values) if values else float("nan")


def _key(word: Heard) -> str:
    return re.sub(r"[^\w']", "", word.text.lower()) or "_"


def pair_speakers(heard: list[Heard], said: list[Heard]) -> dict[str, str]:
    """Who is who: the pairing under which most spoken time agrees."""
    ours, theirs = sorted({w.speaker for w in heard}), sorted({w.speaker for w in said})
    if len(theirs) < len(ours):
        theirs += [""] * (len(ours) - len(theirs))
    shared = {
        (one, other): sum(
            1
            for w in heard
            if w.speaker == one
            and any(t.speaker == other and t.start_ms - _SLACK_MS <= w.middle_ms <= t.end_ms + _SLACK_MS for t in said)
        )
        for one in ours
        for other in theirs
    }
    best = max(
        itertools.permutations(theirs, len(ours)),
        key=lambda order: sum(shared[pair] for pair in zip(ours, order, strict=True)),
        default=(),
    )
    return dict(zip(ours, best, strict=True))


def _sure(
    said: list[Heard], heard: list[Heard], truth: dict[str, Any], pairing: dict[str, str]
) -> tuple[list[Heard], list[Heard]]:
    unsure = truth.get("unsure") or []
    one = len(pairing) < 2

    def doubtful(word: Heard, speaker: str | None) -> bool:
        return any(
            span["s"] - _SLACK_MS <= word.middle_ms <= span["e"] + _SLACK_MS
            and (speaker is None or span["speaker"] == speaker)
            for span in unsure
        )

    return (
        [w for w in said if not doubtful(w, w.speaker)],
        [w for w in heard if not doubtful(w, None if one else pairing.get(w.speaker))],
    )


def compared_text(words: Sequence[Heard], english: bool) -> str:
    """The words in order of time, in the spelling in which they are compared, with numbers split into digits."""
    joined = " ".join(w.text for w in sorted(words, key=lambda w: (w.start_ms, w.end_ms)))
    text = _normalised(joined, english)
    text = re.sub(r"(?<=\d)[.,:/-](?=\d)", " ", text)
    text = re.sub(r"[^\w\s']", " ", text)
    return " ".join(re.sub(r"(\d)", r" \1 ", text).split())


def _normalised(text: str, english: bool) -> str:
    text = (_ENGLISH if english else _BASIC)(text)
    for spelling, other in _SPELLINGS if english else ():
        text = spelling.sub(other, text)
    return text


def _errors(said: str, heard: str) -> Errors:
    words = len(said.split())
    if not words or not heard.split():
        return Errors(max(words, len(heard.split())), words)
    found = jiwer.process_words(said, heard)
    return Errors(found.substitutions + found.deletions + found.insertions, words)
