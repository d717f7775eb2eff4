"""Sentences and calls with right answers, `meaning/*`, written by kind before any rule was tuned on them.

Rows are `right <tab> text`, or `text <tab> right` where the text is what is read first; `a|b` is either. Each falls by
the hash of its text into the half that rules are chosen on or into the half that only reports. `meaning/second/*` was
written after the misses of both halves had been mended, `meaning/third/*` and `meaning/fourth/*` each after
those of the one before, `meaning/fifth/*` by a second author who had read none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from voxport.core.transcript import Transcript, Turn, Word, WordKind
from voxport.language.corrected_text import read_corrected

FOLDER = Path(__file__).with_name("meaning")
_WORD_MS, _PAUSE_MS = 280, 600
"""How long a word lasts, and what lies between turns."""


class Part(StrEnum):
    """What the cases of a file are used for."""

    CHOOSE = "choose"
    """Rules are chosen on them: their figures are tuned."""
    REPORT = "report"
    """Split off by hash before anything was tuned; their misses have been mended as kinds since."""
    SECOND = "second set"
    """Written later; its first figures were measured before anybody looked at a miss."""
    THIRD = "third set"
    """Written after the misses of the second had been mended; measured like that one."""
    FOURTH = "fourth set"
    """The same after those of the third."""
    FIFTH = "fifth set"
    """By a second author, who knew the documentation but neither the code nor any other case; measured like those."""


@dataclass(frozen=True)
class Case:
    """A text and what is right about it."""

    kind: str
    """What it stands for, the heading above it."""
    fields: tuple[str, ...]
    """The parts of its row."""
    part: Part


@dataclass(frozen=True)
class Dialogue:
    """A made call of an agent and a caller."""

    name: str
    judged: tuple[str, ...]
    """What was judged before anything was measured: mood of the caller, topics that are right."""
    lines: tuple[tuple[str, str], ...]
    """`A` or `C` and what is said, in order."""
    part: Part


def half_of_text(text: str) -> Part:
    """By its hash, so that nobody chooses."""
    return Part.CHOOSE if hashlib.sha256(text.encode()).digest()[0] % 2 else Part.REPORT


def cases(name: str) -> Iterator[Case]:
    """The rows of `meaning/<name>.tsv` and of the later sets."""
    for file, part in _files(f"{name}.tsv"):
        kind = ""
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("# "):
                kind = line[2:]
            elif line:
                yield Case(kind, tuple(line.split("\t")), part or half_of_text(line))


def dialogues(name: str) -> Iterator[Dialogue]:
    """The calls of `meaning/<name>.txt` and the later sets: `= name | judged | ...`, then a line for each turn."""
    for file, part in _files(f"{name}.txt"):
        for block in file.read_text("utf-8").split("\n= "):
            head, *lines = block.removeprefix("= ").strip().splitlines()
            title, *judged = (part.strip() for part in head.split("|"))
            said = tuple((line[0], line[3:]) for line in lines)
            yield Dialogue(title, tuple(judged), said, part or half_of_text(title))


def _files(name: str) -> Iterator[tuple[Path, Part | None]]:
    """The files of that name, each with the part that it is; None for the first, which is split."""
    later = (Part.SECOND, Part.THIRD, Part.FOURTH, Part.FIFTH)
    for folder, part in ((FOLDER, None), *((FOLDER / part.split()[0], part) for part in later)):
        if (folder / name).exists():
            yield folder / name, part


def words_of(text: str, begin_ms: int = 0) -> tuple[Word, ...]:
    """The words and marks of a written text, each word as long as any other."""
    words: list[Word] = []
    at = begin_ms
    for token in read_corrected(text, {}):
        if token.is_mark:
            words.append(Word(token.text, at, at, 1.0, WordKind.PUNCTUATION))
        else:
            words.append(Word(token.text, at, at + _WORD_MS, 0.9))
            at += _WORD_MS
    return tuple(words)


def sentence_of(text: str, language: str = "en-US") -> Transcript:
    """A call of one speaker who says that alone."""
    return Transcript(language, (Turn(0, None, words_of(text)),), (), "written")


def transcript_of(lines: tuple[tuple[str, str], ...]) -> Transcript:
    """A stereo call with the agent on channel 0; one turn after the other."""
    turns: list[Turn] = []
    at = 0
    for side, text in lines:
        words = words_of(text, at)
        channel, speaker = (0, "Agent") if side == "A" else (1, "Caller")
        turns.append(Turn(channel, speaker, words))
        at = words[-1].end_ms + _PAUSE_MS
    return Transcript("en-US", tuple(turns), (), "written")
