"""Who asks for something that is answered, or tells it unasked, found in the text of a call.

The phrases are data, `lists/NAME-LANGUAGE.json`: by kind, those that ask (`asked`) and those after which the same side
goes on with it (`told`), regular expressions over plain text. `<NAME>` in one is any word of the list NAME of its kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.reading import plain_text, words_at
from voxport.redaction.dialogue.word_lists import LANGUAGES

_NAMED_LIST = re.compile(r"<([a-z_]+)>")
"""In a phrase: any word of another list of its kind."""
_PAUSE_MS = 1_500
"""A pause over which no phrase goes: the other side has answered meanwhile. A judgement."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase after which a detail or a number comes."""

    kind: str
    """A key of the list."""
    channel: int
    """The line in which it stands."""
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    asks: bool
    """Whether it stands under `asked`; False: under `told`."""


def find_mentions(dialogue: Dialogue, name: str, kinds: Collection[str]) -> list[Mention]:
    """The phrases of these kinds in a list of the call's language, in order of time; none without such a list."""
    found = [
        mention for line in dialogue.lines.values() if not line.is_keyed for mention in _in_line(line, name, kinds)
    ]
    return sorted(found, key=lambda one: (dialogue.lines[one.channel].words[one.last].start_ms, one.first))


@cache
def phrase_list(name: str, language: str) -> dict[str, dict[str, list[str]]]:
    """A list as it is written; empty for a language without lists."""
    if language not in LANGUAGES:
        return {}
    path = files("voxport.redaction.dialogue").joinpath(f"lists/{name}-{language}.json")
    read: dict[str, dict[str, list[str]]] = json.loads(path.read_text("utf-8"))
    return read


def _in_line(line: Line, name: str, kinds: Collection[str]) -> Iterator[Mention]:
    text, starts = plain_text(line, _PAUSE_MS)
    for kind in kinds:
        for asks in (True, False):
            pattern = _pattern(name, line.language, kind, asks)
            for match in pattern.finditer(text) if pattern is not None else ():
                yield Mention(kind, line.channel, *words_at(starts, match.start(), match.end()), asks)


@cache
def _pattern(name: str, language: str, kind: str, asks: bool) -> re.Pattern[str] | None:
    lists = phrase_list(name, language).get(kind, {})
    written = lists.get("asked" if asks else "told")
    if not written:
        return None
    named = _NAMED_LIST.sub(lambda named: f"(?:{'|'.join(lists[named[1]])})", "|".join(written))
    return re.compile(rf"(?<!\w)(?:{named})(?!\w)")
