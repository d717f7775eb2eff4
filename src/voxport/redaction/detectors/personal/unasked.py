"""What answers a question which nobody understood: recognisers lose "póliza" more easily than digits and names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.phones import PhoneOptions, without_other_numbers
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention

_NUMBERS = ("phone", "account")
"""Kinds of questions that digits answer."""
_SHORT = 8
"""Words of an answer that is only a name. A judgement."""
_PAUSE_MS = 700
"""A pause that ends such an answer, as a comma does: recognisers end most turns with one. A judgement."""
_NAMES = 2
"""Parts of such a name: one alone may be a town or a product."""


def lost_questions(
    dialogue: Dialogue, mentions: Sequence[Mention], subjects: SubjectOptions, options: PhoneOptions
) -> Iterator[Mention]:
    """The last word before each such answer, as a question for a number; `mentions` are those that were understood."""
    understood = {
        (one.channel, dialogue.lines[one.channel].sentences[one.last])
        for one in mentions
        if one.asks and one.kind in _NUMBERS
    }
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        if line.is_keyed or len(run.value) < options.least_answer or governing_cue(dialogue, run, subjects) is not None:
            continue
        pieces = without_other_numbers(run, line, Subject.UNKNOWN, options)
        if any(len(piece.value) >= options.least_answer for piece in pieces):
            yield from _asked_before(dialogue, line, run, understood)


def _asked_before(
    dialogue: Dialogue, line: Line, run: NumberRun, understood: Collection[tuple[int, int]]
) -> Iterator[Mention]:
    place = answered_by(dialogue, line, run.words[0])
    if place is not None and (place[0], dialogue.lines[place[0]].sentences[place[1]]) not in understood:
        yield Mention("phone", place[0], place[1], place[1], asks=True)


def lost_names(dialogue: Dialogue) -> Iterator[tuple[Line, list[int]]]:
    """The names that are all that is answered: "Anna Brook.", "it is Anna Brook, "."""
    for line in dialogue.lines.values():
        for words in _clauses(line) if not line.is_keyed else ():
            named = [index for index in words if is_name(line, index)] if len(words) <= _SHORT else []
            if (
                _is_name_alone(line, words, named)
                and _ends(line, words[-1])
                and answered_by(dialogue, line, named[0]) is not None
            ):
                yield line, named


def _ends(line: Line, index: int) -> bool:
    """Whether the speaker pauses behind a word, or ends his sentence: not "Premium Plus, you get"."""
    following = next((at for at in range(index + 1, len(line.words)) if line.plain_words[at]), None)
    if following is None or line.sentences[following] != line.sentences[index] or line.runs_in(following, following):
        return True
    return line.words[following].start_ms - line.words[index].end_ms > _PAUSE_MS


def _clauses(line: Line) -> Iterator[list[int]]:
    """The words between marks and pauses; what goes on with a name goes on."""
    words: list[int] = []
    for index, word in enumerate(line.words):
        mark = word.kind is not WordKind.WORD
        paused = bool(words) and word.start_ms - line.words[words[-1]].end_ms > _PAUSE_MS
        if words and (mark or (paused and not is_name(line, index))):
            yield words
            words = []
        if not mark:
            words.append(index)
    if words:
        yield words


def _is_name_alone(line: Line, words: Sequence[int], named: Sequence[int]) -> bool:
    """Whether a clause is a given and a family name, with words around that everybody says."""
    adjacent = len(named) >= _NAMES and named[-1] - named[0] == len(named) - 1
    return adjacent and all(index in named or is_everyday(line, index) for index in words)
