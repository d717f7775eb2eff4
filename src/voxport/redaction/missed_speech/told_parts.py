"""What the giver of a card names himself, "and the code is ...", "ending in ...", where its digits were not all
recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from voxport.core.spans import pad
from voxport.core.transcript import Span, WordKind
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.subjects import SubjectOptions
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, word_lists_of
from voxport.redaction.missed_speech.answers import is_behind_card
from voxport.redaction.missed_speech.bent_numbers import is_heard_for_number, is_surely_number
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.phases import ASKED_ELSE, is_about

_BEHIND_CARD = frozenset({Topic.CODE, Topic.CODE_NAMED, Topic.EXPIRY})
"""What is told of a card that was given."""
_ENDS = frozenset({*ASKED_ELSE, Topic.AMOUNT})
"""Cues behind which its speaker speaks of something else."""
_BETWEEN = 3
"""Words and marks from a secret to such a cue, "and on the". A judgement."""
_LEAST_HEARD = 2
"""Words that may be digits or not, of which so many are digits."""


def told_parts(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    subjects: SubjectOptions,
) -> Iterator[Span]:
    """The words behind such a cue in the same breath, if some of them are like numbers and no part of a secret yet."""
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    long_ends_ms = sorted(one.span.end_ms for one in secrets if len(one.digits) >= options.late_card_digits)
    for cue in dialogue.cues:
        behind = cue.topic in _BEHIND_CARD and is_behind_card(cue, long_ends_ms, dialogue, topics, options, told=True)
        if not behind and not (cue.topic is Topic.PART and is_about(dialogue, cue, topics, subjects)):
            continue
        line = dialogue.lines[cue.channel]
        told = _told(dialogue, line, cue, options)
        open_words = [index for index in told if (cue.channel, index) not in taken]
        if _holds_number(line, open_words):
            begin_ms = _behind_secret_ms(line, cue, taken) or line.words[told[0]].start_ms
            span = Span(begin_ms, max(line.words[told[-1]].end_ms, begin_ms + 1))
            yield pad(span, options.answer_margin_ms, options.answer_margin_ms)
    if Topic.CARD in topics:
        yield from _behind_dates(dialogue, secrets, taken, options)


def _behind_dates(
    dialogue: Dialogue, secrets: Sequence[Match], taken: AbstractSet[tuple[int, int]], options: MissedSpeechOptions
) -> Iterator[Span]:
    """What follows the date of a card in its sentence and is like a number: its code, which nobody named."""
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        months = word_lists_of(line.language).months
        if line.is_keyed or months.isdisjoint(line.plain_words[index] for index in secret.words):
            continue
        told = _behind(line, secret.words[-1], options)
        if _holds_number(line, [index for index in told if (line.channel, index) not in taken]):
            span = Span(secret.span.end_ms, max(line.words[told[-1]].end_ms, secret.span.end_ms + 1))
            yield pad(span, 0, options.answer_margin_ms)


def _behind_secret_ms(line: Line, cue: Cue, taken: AbstractSet[tuple[int, int]]) -> int | None:
    """When a secret ends right before a cue in its sentence, "... 2029, and on the back it says"."""
    for index in range(cue.first - 1, max(-1, cue.first - 1 - _BETWEEN), -1):
        if line.sentences[index] != line.sentences[cue.first]:
            return None
        if (line.channel, index) in taken:
            return line.words[index].end_ms
    return None


def _told(dialogue: Dialogue, line: Line, cue: Cue, options: MissedSpeechOptions) -> list[int]:
    """The words behind a cue in its sentence, up to a pause or to what its speaker names next."""
    told = _behind(line, cue.last, options)
    if not told:
        return told
    begin_ms = line.words[told[0]].start_ms
    cues = dialogue.cues_within(begin_ms, line.words[told[-1]].end_ms)
    other = next((one.first for one in cues if one.channel == cue.channel and one.topic in _ENDS), None)
    return [index for index in told if other is None or index < other]


def _behind(line: Line, last: int, options: MissedSpeechOptions) -> list[int]:
    """The words behind the one at `last` in its sentence, up to a pause."""
    told: list[int] = []
    before = line.words[last]
    for index in range(last + 1, len(line.words)):
        word = line.words[index]
        if line.sentences[index] != line.sentences[last] or len(told) == options.told_words:
            break
        if word.start_ms - before.end_ms > options.told_pause_ms:
            break
        if word.kind is WordKind.WORD:
            told.append(index)
            before = word
    return told


def _holds_number(line: Line, indices: Sequence[int]) -> bool:
    words = [line.plain_words[index] for index in indices]
    heard = sum(is_heard_for_number(word, line.language) for word in words)
    return heard >= _LEAST_HEARD or any(is_surely_number(word, line.language) for word in words)
