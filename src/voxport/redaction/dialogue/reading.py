"""From a transcript to a dialogue: its lines, the digits in them without what only counts digits, and the cues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from voxport.core.language_code import LanguageCode
from voxport.core.spans import merge
from voxport.core.transcript import Span, Transcript, WordKind
from voxport.language.numbers import Group, NumberRun, read_runs
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.keypads import keypad_lines
from voxport.redaction.dialogue.lines import Cue, Dialogue, DialogueOptions, Line, are_several
from voxport.redaction.dialogue.phrases import Phrase, find_phrases
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of

_NO_QUESTION = frozenset({Topic.READY, Topic.PART, Topic.CARD_NAMED, Topic.CODE_NAMED, Topic.ORDINARY_NAMED})
"""What is also said while the other side dictates: "go ahead", "the last four"."""
_TURN_MS = 1_500
"""A pause in which the other side will have spoken, as for phrases."""
_COUNTED_BY = 3
"""Words behind a figure that may say that it counts digits: "on the back"."""
_TAKEN_BACK_WITHIN = 2
"""Words that take back what was asked for right before them."""
_GLUED = re.compile(r"(?<=[a-z]{3})(?=\d)|(?<=\d)(?=[a-z]{3})")
"""Between a word and the figures that recognisers write in one with it: `CVV393`, `code489`."""


def read_dialogue(transcript: Transcript, options: DialogueOptions) -> Dialogue:
    """The dialogue of a transcript, in the language of its code. Raises nothing."""
    language = LanguageCode.parse(transcript.language).language
    channels = sorted({turn.channel for turn in transcript.turns})
    lines = {channel: _line(transcript, channel, language, options) for channel in channels}
    lines |= keypad_lines(transcript, language, options)
    spoken = (line for line in lines.values() if not line.is_keyed)
    cues = sorted((cue for line in spoken for cue in _cues(line)), key=lambda cue: (cue.start_ms, cue.first))
    lines = {channel: _divided(line, lines, cues, options) for channel, line in lines.items()}
    unclaimed = tuple(span for activity in transcript.unclaimed for span in activity.spans)
    return Dialogue(language, lines, tuple(cues), options, _voices(transcript), unclaimed)


def _voices(transcript: Transcript) -> dict[int, tuple[Span, ...]]:
    """When each channel carries a voice, whoever speaks on it."""
    by_channel: dict[int, list[Span]] = {}
    for activity in transcript.voice_activity:
        by_channel.setdefault(activity.channel, []).extend(activity.spans)
    return {channel: merge(spans) for channel, spans in by_channel.items()}


def _line(transcript: Transcript, channel: int, language: str, options: DialogueOptions) -> Line:
    words = [(word, turn.speaker) for turn in transcript.turns if turn.channel == channel for word in turn.words]
    line = Line(channel, tuple(word for word, _ in words), tuple(speaker for _, speaker in words), language)
    runs = read_runs(line.words, language, channel)
    trimmed = (_without_counts(run, line, options) for run in runs)
    return replace(line, runs=tuple(run for run in trimmed if run is not None))


def _divided(line: Line, lines: dict[int, Line], cues: Sequence[Cue], options: DialogueOptions) -> Line:
    """The line with its runs cut where the other side says more than "okay" between two groups of digits, or asks for
    something in a word: "zip?". Keys that follow one another stay together, whoever talks meanwhile of nothing new."""
    interruptions = Interruptions.of(line, lines.values(), options)
    own = {line.channel, line.heard_on} if are_several(lines.values()) else {line.channel}
    asked_ms = [cue.start_ms for cue in cues if cue.channel not in own and cue.topic not in _NO_QUESTION]
    runs: list[NumberRun] = []
    for run in line.runs:
        cut = 0
        for place in range(1, len(run.groups)):
            end_ms, start_ms = run.groups[place - 1].span.end_ms, run.groups[place].span.start_ms
            asked = bisect_left(asked_ms, start_ms) > bisect_left(asked_ms, end_ms - options.talked_over_ms)
            typed = line.is_keyed and start_ms - end_ms < options.keyed_apart_ms
            if (not typed and interruptions.between(end_ms, start_ms)) or (asked and start_ms > end_ms):
                runs.append(_part_of(run, cut, place))
                cut = place
        runs.append(_part_of(run, cut, len(run.groups)))
    return replace(line, runs=tuple(runs))


def _part_of(run: NumberRun, first: int, end: int) -> NumberRun:
    groups = run.groups[first:end]
    return NumberRun(run.channel, groups, (groups[0].words[0], groups[-1].words[1]))


def _without_counts(run: NumberRun, line: Line, options: DialogueOptions) -> NumberRun | None:
    """The run without what only counts digits: "the last four, 1111" is 1111, "three digit code" is nothing."""
    groups = list(run.groups)
    if _is_lone_count(groups[0], line, options):
        groups.pop(0)
    while groups and _is_small(groups[0], options) and _counts(groups[0], line):
        groups.pop(0)
    while groups and _is_small(groups[-1], options) and _is_counted(groups[-1], line):
        groups.pop()
    if len(groups) == len(run.groups):
        return run
    return NumberRun(run.channel, tuple(groups), (groups[0].words[0], groups[-1].words[1])) if groups else None


def _is_lone_count(group: Group, line: Line, options: DialogueOptions) -> bool:
    """Whether a figure by itself counts digits: "the three on the back", "los cuatro de enfrente"."""
    if group.value not in options.lone_counts or len(group.text) > 1:
        return False
    lists, behind = word_lists_of(line.language), " ".join(line.after(group.words[1], _COUNTED_BY))
    named = any(behind == words or behind.startswith(f"{words} ") for words in lists.lone_counted)
    return named or (not behind and line.before(group.words[0])[:1] in {(word,) for word in lists.articles})


def _is_small(group: Group, options: DialogueOptions) -> bool:
    return group.value < options.count_below and len(group.text) <= options.count_digits


def _counts(group: Group, line: Line) -> bool:
    before = line.before(group.words[0])
    return (bool(before) and before[0] in word_lists_of(line.language).counters) or _is_counted(group, line)


def _is_counted(group: Group, line: Line) -> bool:
    counted = word_lists_of(line.language).counted
    after = line.after(group.words[1])
    return (bool(after) and after[0].split("-")[0] in counted) or any(
        part in counted for part in line.plain_words[group.words[1]].split("-")
    )


def _cues(line: Line) -> list[Cue]:
    text, starts = plain_text(line)
    found = []
    for whole in find_phrases(text, line.language):
        phrase = _behind_comma(whole, text, starts, line)
        found.append(_cue_of(phrase, starts, line))
    found = [cue for place, cue in enumerate(found) if not _is_taken_back(line, cue, found[place + 1 :])]
    return [*found, *_lone_questions(line, found)]


def _lone_questions(line: Line, cues: Sequence[Cue]) -> list[Cue]:
    """What is asked for in a word between two pauses, where recognisers leave out the full stop: "date"."""
    text, starts = plain_text(line, _TURN_MS)
    taken = {index for cue in cues for index in range(cue.first, cue.last + 1)}
    found = []
    for phrase in find_phrases(text, line.language):
        cue = _cue_of(phrase, starts, line)
        if phrase.topic is Topic.EXPIRY_NAMED and taken.isdisjoint(range(cue.first, cue.last + 1)):
            found.append(cue)
    return found


def _cue_of(phrase: Phrase, starts: Sequence[tuple[int, int]], line: Line) -> Cue:
    """The words of a phrase of the plain text of a line."""
    first, last = words_at(starts, phrase.start, phrase.end)
    return Cue(phrase.topic, line.channel, first, last, line.words[first].start_ms, line.words[last].end_ms)


def _is_taken_back(line: Line, cue: Cue, later: Sequence[Cue]) -> bool:
    """Whether what was asked for, no secret, is not wanted any more and a secret is instead: "and the zip, never mind,
    what's the code?"."""
    if cue.topic not in ORDINARY_TOPICS or not later or later[0].topic in ORDINARY_TOPICS:
        return False
    if line.sentences[later[0].first] != line.sentences[cue.last]:
        return False
    behind = " ".join(line.after(cue.last, _TAKEN_BACK_WITHIN))
    return any(behind == words or behind.startswith(f"{words} ") for words in common_words().taken_back)


def _behind_comma(phrase: Phrase, text: str, starts: Sequence[tuple[int, int]], line: Line) -> Phrase:
    """What is asked for behind a comma within a phrase, if that is a card: "a recurring gift, card number"."""
    first, last = words_at(starts, phrase.start, phrase.end)
    comma = next((index for index in range(first, last) if line.words[index].text == ","), None)
    if comma is None or phrase.topic is Topic.CARD:
        return phrase
    begin = starts[bisect_right(starts, comma, key=lambda one: one[1])][0]
    behind = find_phrases(text[begin : phrase.end], line.language)
    if not behind or behind[0].topic is not Topic.CARD:
        return phrase
    return Phrase(Topic.CARD, begin + behind[0].start, begin + behind[0].end)


def words_at(starts: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The first and last word of the characters [start, end) of a plain text."""
    first = bisect_right(starts, start, key=lambda one: one[0]) - 1
    last = bisect_right(starts, end - 1, key=lambda one: one[0]) - 1
    return starts[first][1], starts[last][1]


def plain_text(line: Line, pause_ms: int | None = None) -> tuple[str, Sequence[tuple[int, int]]]:
    """The line as plain text, and where each word of it begins: (place in the text, word index); with a full stop where
    nothing is said for longer than `pause_ms`, as recognisers leave out at the end of what somebody says."""
    text = ""
    starts: list[tuple[int, int]] = []
    for index, word in enumerate(line.words):
        if pause_ms is not None and index and word.start_ms - line.words[index - 1].end_ms > pause_ms:
            text += "" if text.endswith(". ") else ". "
        if word.kind is WordKind.WORD:
            piece = _GLUED.sub(" ", line.plain_words[index].replace("-", " ")) or "_"
        elif word.text == ",":
            continue
        else:
            piece = "."
        starts.append((len(text), index))
        text += piece + " "
    return text, starts
