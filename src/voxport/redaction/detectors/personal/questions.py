"""Who asks for a detail of a person, or tells one unasked, found in the text of a call."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voxport.core.detectors import PERSONAL_KINDS
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.reading import plain_text, words_at

_LEAD = "lead"
"""The entry of the file that is no kind: words an answer begins with, and those of an answer that tells nothing."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase after which a detail comes."""

    kind: str
    """One of `PERSONAL_KINDS`."""
    channel: int
    """The line in which it stands."""
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    asks: bool
    """Whether the other side has the detail; False: the same side goes on with it ("my name is")."""


def find_mentions(dialogue: Dialogue, kinds: Collection[str]) -> list[Mention]:
    """The phrases that ask for or tell details of these kinds, in order of time."""
    found = [
        mention
        for line in dialogue.lines.values()
        if not line.is_keyed
        for kind in PERSONAL_KINDS
        if kind in kinds
        for asks in (True, False)
        for mention in _in_line(line, kind, asks)
    ]
    return sorted(found, key=lambda one: (dialogue.lines[one.channel].words[one.last].start_ms, one.first))


def lead_words() -> frozenset[str]:
    """Words with which an answer begins before it tells anything: "sure, it is"."""
    return frozenset(_read()[_LEAD]["asked"])


def denials() -> frozenset[str]:
    """Words that begin an answer which tells nothing: "no", "why"."""
    return frozenset(_read()[_LEAD]["told"])


def _in_line(line: Line, kind: str, asks: bool) -> Iterator[Mention]:
    text, starts = plain_text(line)
    for match in _pattern(kind, asks).finditer(text):
        first, last = words_at(starts, match.start(), match.end())
        yield Mention(kind, line.channel, first, last, asks)


@cache
def _pattern(kind: str, asks: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_read()[kind]['asked' if asks else 'told'])})(?!\w)")


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    path = files("voxport.redaction.dialogue").joinpath("lists/personal-en.json")
    read: dict[str, dict[str, list[str]]] = json.loads(path.read_text("utf-8"))
    return read
