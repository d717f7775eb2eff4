"""Details that were keyed on a telephone: "enter your ten digit telephone number" is answered by the keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from voxport.core.detectors import PERSONAL_KINDS
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.personal.answers import Answer
from voxport.redaction.detectors.personal.naming_only import fits
from voxport.redaction.detectors.subjects import SubjectOptions, governing_cue
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import find_questions
from voxport.redaction.dialogue.word_lists import common_words

_KEYED = frozenset({"phone", "dateOfBirth", "account"})
"""Kinds that have digits alone."""
_ANSWER_MS = 40_000
"""From a question to the begin of the keys that answer it: a prompt goes on after it. A judgement."""


def keyed_details(
    dialogue: Dialogue, wanted: Collection[str], least_digits: int, subjects: SubjectOptions
) -> Iterator[Match]:
    """The numbers of `least_digits` and more that were keyed where one of the kinds was asked for last."""
    lines = [line for line in dialogue.lines.values() if line.is_keyed]
    if not lines or _KEYED.isdisjoint(wanted):
        return
    asked = find_questions(dialogue, PERSONAL_KINDS)
    times = [dialogue.lines[one.channel].words[one.last].start_ms for one in asked]
    for line in lines:
        for run in line.runs:
            place = bisect_left(times, run.span.start_ms) - 1
            if place < 0 or len(run.value) < least_digits or run.span.start_ms - times[place] > _ANSWER_MS:
                continue
            cue = governing_cue(dialogue, run, subjects)
            last = cue is None or cue.start_ms <= times[place]
            if last and asked[place].kind in _KEYED.intersection(wanted):
                yield match_of(line, run.groups)


def without_menus(mention: Mention, answers: Iterable[Answer]) -> Iterator[Answer]:
    """The answers; those on the line of who asks without the sentences that read out a choice: "for a receipt press
    one"."""
    for answer in answers:
        line = answer.line
        own = answer.words if line.channel == mention.channel else ()
        menu = {line.sentences[at] for at in own if _is_choice(line, at)}
        left = tuple(index for index in answer.words if line.sentences[index] not in menu)
        if left:
            yield replace(answer, words=left)


def _is_choice(line: Line, index: int) -> bool:
    """Whether a word is a key that is read out: "press one"."""
    text = line.plain_words[index]
    lone = len(lexicon_of(line.language).digits.get(text, text if text.isdecimal() else "")) == 1
    return lone and not common_words().press_words.isdisjoint(line.before(index)) and not _goes_on(line, index)


def _goes_on(line: Line, index: int) -> bool:
    """Whether a digit is one of a longer number in its sentence: not "press 2." "One moment"."""
    groups = (group for run in line.runs_in(index, index) for group in run.groups)
    same = (group for group in groups if line.sentences[group.words[0]] == line.sentences[index])
    return sum(len(group.text) for group in same) > 1


def is_answered_with_keys(dialogue: Dialogue, mention: Mention, answer: Answer, digits: str, least_digits: int) -> bool:
    """Whether keys answer a question for a number before what follows it on its own line, which is then no answer
    unless digits that fit begin it: "it's 4471 882" behind some that were keyed wrong."""
    if mention.kind not in _KEYED or answer.line.channel != mention.channel:
        return False
    begin_ms, end_ms = (answer.line.words[at].start_ms for at in (mention.last, answer.words[0]))
    keyed = any(
        begin_ms < run.span.start_ms < end_ms and len(run.value) >= least_digits
        for line in dialogue.lines.values()
        if line.is_keyed
        for run in line.runs
    )
    begins = bool(answer.line.runs_in(answer.words[0], answer.words[0]))
    return keyed and not (begins and fits(digits, mention))
