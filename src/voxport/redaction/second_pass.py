"""Which speech is worth recognising a second time, and the call with what was recognised then, at `entireRegion` only.

Recognisers write digits as what they take them for: a card number as a telephone number or in amounts, a social
security number as "$6.00 for $578.22". Behind a prompt of digits in words the same model writes the same speech digit
by digit (decision 0042). What is found either time is covered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from voxport.core.detectors import find_detector, hears_again
from voxport.core.language_code import LanguageCode
from voxport.core.plan import DetectorPlan
from voxport.core.spans import merge, pad, touching, without
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind, sound_channel
from voxport.language.numbers import NumberRun
from voxport.redaction.detection import detect
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue, subject_of
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.reading import read_dialogue
from voxport.redaction.dialogue.word_lists import Topic, word_lists_of
from voxport.redaction.missed_speech.figures import figures_of
from voxport.redaction.options import DEFAULTS, RedactionOptions
from voxport.redaction.registry import MISSED_TOPICS

PROMPTS = {
    "en": "four one one one, two two two two, three three",
    "es": "cuatro uno uno uno, dos dos dos dos, tres tres",
}
"""Digits in words, by the first part of a language code: behind them numbers are written as they are said."""
_ASKS = frozenset({Topic.CARD, Topic.EXPIRY, Topic.CODE, Topic.SOCIAL})
"""What is asked for most by who does not give it."""
_PAUSE_MS = 1_500
"""A pause that ends a stretch of speech. A judgement: a longer one stands between answers."""
_MARGIN_MS = 300
"""Recognised beside a stretch, about the error of its times."""
_LEAST_DIGITS = 2
"""Digits of a stretch that are not covered; one is a pronoun or a count more often than a part of a secret."""
_LOST_MS = (2_000, 15_000)
"""Of voice without words: four digits take 2 s, and longer than a card number people hold the line. Judgements."""
_ANSWER_MS = 8_000
"""From a question to the number that answers it; later something else may have been asked for. A judgement."""
_LONGEST_MS = 25_000
"""ms of a stretch: longer ones are parted, so that each is recognised at once."""


def doubtful_speech(
    transcript: Transcript,
    detectors: Sequence[DetectorPlan],
    duration_ms: int,
    options: RedactionOptions = DEFAULTS,
) -> dict[int, tuple[Span, ...]]:
    """By `Turn.channel`: the stretches of voice in which nothing was recognised; in a call in which such a secret is
    spoken of also those in which numbers stand that are covered by nothing, of who may have given it.

    Raises as `detect` does.
    """
    plans = [plan for plan in detectors if hears_again(plan)]
    if not plans or LanguageCode.parse(transcript.language).language not in PROMPTS:
        return {}
    found = detect(transcript, plans, duration_ms, options)
    dialogue = read_dialogue(transcript, options.dialogue)
    topics = {topic for plan in plans for topic in MISSED_TOPICS[_name(plan)]} - {Topic.READY}
    spoken = [line for line in dialogue.lines.values() if not line.is_keyed]
    doubtful = _without_words(dialogue)
    if found.covers or any(cue.topic in topics for cue in dialogue.cues):
        asked = Counter(cue.channel for cue in dialogue.cues if cue.topic in topics & _ASKS)
        most = max(asked.values(), default=0)
        # Who gives it may name it, too: "my card number is".
        for line in [line for line in spoken if asked[line.channel] < most] or spoken:
            stretches = _stretches(dialogue, line, found.covered, options.candidates.subjects)
            doubtful.setdefault(line.channel, []).extend(stretches)
    padded = {
        channel: merge(pad(span, _MARGIN_MS, _MARGIN_MS, duration_ms) for span in spans)
        for channel, spans in doubtful.items()
    }
    return {channel: spans for channel, spans in padded.items() if spans}


def _name(plan: DetectorPlan) -> str:
    definition = find_detector(plan.name)
    return plan.name if definition is None else definition.name


def _without_words(dialogue: Dialogue) -> dict[int, list[Span]]:
    """By line: the stretches of voice in which nothing was recognised of anybody on the channel of the file, as long as
    a number and no hold."""
    by_sound: dict[int, list[Span]] = {}
    for channel, voices in dialogue.voices.items():
        by_sound.setdefault(sound_channel(channel), []).extend(voices)
    found = {}
    for sound, voices_there in by_sound.items():
        spoken = (line for line in dialogue.lines.values() if not line.is_keyed)
        lines = [line for line in spoken if sound_channel(line.channel) == sound]
        gaps = without(voices_there, (_span(word) for line in lines for word in line.words))
        lost = [gap for gap in gaps if _LOST_MS[0] <= gap.end_ms - gap.start_ms <= _LOST_MS[1]]
        found[lines[0].channel if lines else sound] = lost
    return found


def _stretches(dialogue: Dialogue, line: Line, covered: Sequence[Span], subjects: SubjectOptions) -> Iterator[Span]:
    """The stretches of speech with enough digits, or the name of a month, that nothing covers and no question of the
    other side explains; who asks with a number gives no secret."""
    digits = _digits_by_word(dialogue, line, subjects)
    months = word_lists_of(line.language).months
    for words in _parted(line):
        free = [
            index
            for index in words
            if not touching(_span(line.words[index]), covered) and not (digits.get(index) and _is_asked(line, index))
        ]
        count = sum(digits.get(index, 0) for index in free)
        if count >= _LEAST_DIGITS or (count and any(line.plain_words[index] in months for index in free)):
            yield Span(line.words[words[0]].start_ms, _span(line.words[words[-1]]).end_ms)


def _digits_by_word(dialogue: Dialogue, line: Line, subjects: SubjectOptions) -> dict[int, int]:
    """How many digits the words of a line stand for, by their index; none of what answers another question."""
    digits = {figures.index: figures.count for figures in figures_of(line)}
    for run in line.runs:
        for group in run.groups:
            digits[group.words[0]] = max(digits.get(group.words[0], 0), len(group.text))
        if _is_asked_for(dialogue, run, subjects):
            for index in range(run.words[0], run.words[1] + 1):
                digits.pop(index, None)
    return digits


def _is_asked(line: Line, index: int) -> bool:
    """Whether a word stands in a question: "could we move it to 615?"."""
    return line.words[bisect_right(line.sentences, line.sentences[index]) - 1].text == "?"


def _is_asked_for(dialogue: Dialogue, run: NumberRun, subjects: SubjectOptions) -> bool:
    """Whether the other side has just asked for a number that is no secret."""
    cue = governing_cue(dialogue, run, subjects)
    if cue is None or cue.channel == run.channel or run.span.start_ms - cue.end_ms > _ANSWER_MS:
        return False
    return subject_of(dialogue, cue, run, subjects) is Subject.ORDINARY


def _parted(line: Line) -> Iterator[list[int]]:
    """The indices of the words between pauses."""
    words: list[int] = []
    for index, word in enumerate(line.words):
        if word.kind is not WordKind.WORD:
            continue
        if words and (
            word.start_ms - line.words[words[-1]].end_ms > _PAUSE_MS
            or word.end_ms - line.words[words[0]].start_ms > _LONGEST_MS
        ):
            yield words
            words = []
        words.append(index)
    if words:
        yield words


def _span(word: Word) -> Span:
    return Span(word.start_ms, max(word.end_ms, word.start_ms + 1))


def with_second_pass(transcript: Transcript, parts: Mapping[int, Sequence[Span]], heard: Transcript) -> Transcript:
    """The call with the words of `heard` in its `parts` (by `Turn.channel`) in the place of its own, one turn a line:
    for detection, and shown nowhere."""
    said: dict[int, list[Word]] = {}
    for turn in transcript.turns:
        left = (word for word in turn.words if not _is_in(word, parts.get(turn.channel, ())))
        said.setdefault(turn.channel, []).extend(left)
    for channel, spans in parts.items():
        again = (word for turn in heard.turns if turn.channel == sound_channel(channel) for word in turn.words)
        said.setdefault(channel, []).extend(word for word in again if _is_in(word, spans))
    speakers = {turn.channel: turn.speaker for turn in transcript.turns}
    turns = (
        Turn(channel, speakers.get(channel), tuple(sorted(words, key=lambda word: word.start_ms)))
        for channel, words in said.items()
        if words
    )
    return replace(transcript, turns=tuple(sorted(turns, key=lambda turn: turn.start_ms)))


def _is_in(word: Word, spans: Sequence[Span]) -> bool:
    middle_ms = (word.start_ms + word.end_ms) // 2
    return bool(touching(Span(middle_ms, middle_ms + 1), spans))
