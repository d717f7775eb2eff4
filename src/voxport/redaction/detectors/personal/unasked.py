"""What answers a question which nobody understood: recognisers lose "póliza" more easily than digits and names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.phone_digits import PhoneOptions, without_other_numbers
from voxport.redaction.detectors.personal.phones import is_of_a_thing
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import naming_words

_LETTERED = re.compile(r"[A-Z]{1,4}-?\d{2,}(?:-\d+)*")
"""The number of an account with its letters, as it answers "are you a member with us?"."""
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
        if is_of_a_thing(dialogue, run, options):
            continue
        if _is_lettered(line, run):
            yield from (replace(one, kind="account") for one in _asked_before(dialogue, line, run, understood))
            continue
        pieces = without_other_numbers(run, line, Subject.UNKNOWN, options)
        if any(len(piece.value) >= options.least_answer for piece in pieces):
            yield from _asked_before(dialogue, line, run, understood)


def _is_lettered(line: Line, run: NumberRun) -> bool:
    """Whether digits stand behind a few capitals in one word, as those of an account do: `HHW-791-659`."""
    return run.words[0] == run.words[1] and _LETTERED.fullmatch(line.words[run.words[0]].text) is not None


def _asked_before(
    dialogue: Dialogue, line: Line, run: NumberRun, understood: Collection[tuple[int, int]]
) -> Iterator[Mention]:
    place = answered_by(dialogue, line, run.words[0])
    if place is not None and (place[0], dialogue.lines[place[0]].sentences[place[1]]) not in understood:
        yield Mention("phone", place[0], place[1], place[1], asks=True)


def lost_names(dialogue: Dialogue) -> Iterator[tuple[Line, list[int]]]:
    """The names that are all that is answered: "Anna Brook.", "it is Anna Brook, "."""
    for line in dialogue.lines.values():
        for words in clauses_of(line) if not line.is_keyed else ():
            said = words if len(words) <= _SHORT else _name_that_begins(line, words)
            named = [index for index in said if is_name(line, index)]
            if named and named[0] > 0 and line.plain_words[named[0] - 1] in naming_words(line.language, "possessives"):
                # "My Health Savings card."
                continue
            answers = answered_by(dialogue, line, named[0]) if _is_name_alone(line, said, named) else None
            if answers is not None and (len(said) < len(words) or _ends(line, said[-1]) or _asks(dialogue, *answers)):
                yield line, named


def _name_that_begins(line: Line, words: Sequence[int]) -> Sequence[int]:
    """The name with which a longer clause begins: "Anna Brook and the rest goes to her"; else nothing."""
    named = list(takewhile(lambda index: is_name(line, index), words))
    goes_on = len(named) < len(words) and line.plain_words[words[len(named)]] in naming_words(
        line.language, "presented"
    )
    return named if goes_on else ()


def _asks(dialogue: Dialogue, channel: int, index: int) -> bool:
    """Whether a word is the last of a question."""
    words = dialogue.lines[channel].words
    return index + 1 < len(words) and words[index + 1].text == "?"


def _ends(line: Line, index: int) -> bool:
    """Whether the speaker pauses behind a word, or ends his sentence: not "Premium Plus, you get"."""
    following = next((at for at in range(index + 1, len(line.words)) if line.plain_words[at]), None)
    if following is None or line.sentences[following] != line.sentences[index] or line.runs_in(following, following):
        return True
    return line.words[following].start_ms - line.words[index].end_ms > _PAUSE_MS


def clauses_of(line: Line) -> Iterator[list[int]]:
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
    """Whether a clause is a given and a family name, with words around that are written as none."""
    adjacent = len(named) >= _NAMES and named[-1] - named[0] == len(named) - 1
    if all(len(line.plain_words[index]) == 1 for index in named):
        # "C V V."
        return False
    return adjacent and all(
        index in named or is_everyday(line, index) or line.words[index].text.islower() for index in words
    )
