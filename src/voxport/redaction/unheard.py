"""Where a secret may have been said without being recognised: voice without words, answers without digits.

Recognisers drop whole sentences, and digits above all. Once a secret is being asked for, what was not understood is
treated as one, at `entireRegion` only.
"""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.spans import merge
from voxport.core.transcript import Span, WordKind
from voxport.redaction.dialogue import Cue, Dialogue
from voxport.redaction.found import Found
from voxport.redaction.governing import Subject, part_subject
from voxport.redaction.topics import Topic

_WORD_MARGIN_MS = 200
_SHORTEST_MS = 450
_ASKED_MS, _NAMED_MS = 40_000, 20_000
_ANSWER_WITHIN_MS = 8_000
_LONGEST_ANSWER_MS = 15_000
_LONGEST_ANSWER_WORDS = 25
_ASIDE_WORDS = 14

PAYMENT = frozenset({Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.CODE})
SOCIAL = frozenset({Topic.SOCIAL})


def unheard(dialogue: Dialogue, secrets: Sequence[Found], topics: frozenset[Topic]) -> tuple[Span, ...]:
    """The stretches in which a secret of these topics may hide unrecognised; merged, in order."""
    phases = _phases(dialogue, secrets, topics)
    wordless = [span for channel in dialogue.voices for span in _wordless(dialogue, channel, phases)]
    answers = [
        span for cue in dialogue.cues if _asks(dialogue, cue, topics) for span in _answer(dialogue, cue, secrets)
    ]
    return merge([*wordless, *answers])


def _topic_fits(dialogue: Dialogue, cue: Cue, topics: frozenset[Topic]) -> bool:
    if cue.topic is Topic.PART:
        wanted = Subject.SOCIAL if Topic.SOCIAL in topics else Subject.CARD
        return part_subject(dialogue, cue, cue.end_ms) is wanted
    return cue.topic in topics


def _asks(dialogue: Dialogue, cue: Cue, topics: frozenset[Topic]) -> bool:
    """Whether the cue asks for digits rather than only names a card."""
    return cue.topic is not Topic.CARD_NAMED and _topic_fits(dialogue, cue, topics)


def _phases(dialogue: Dialogue, secrets: Sequence[Found], topics: frozenset[Topic]) -> tuple[Span, ...]:
    """From each cue of a secret to the next cue of something else, or until nothing more is to be expected."""
    phases = []
    for place, cue in enumerate(dialogue.cues):
        if not _topic_fits(dialogue, cue, topics):
            continue
        end_ms = cue.end_ms + (_NAMED_MS if cue.topic is Topic.CARD_NAMED else _ASKED_MS)
        for other in dialogue.cues[place + 1 :]:
            if other.topic in (Topic.ORDINARY, *({Topic.SOCIAL} - topics)):
                end_ms = min(end_ms, other.start_ms)
                break
        phases.append(Span(cue.start_ms, end_ms))
    around = (Span(max(0, secret.span.start_ms - 3000), secret.span.end_ms + 3000) for secret in secrets)
    return merge([*phases, *around])


def _wordless(dialogue: Dialogue, channel: int, phases: Sequence[Span]) -> list[Span]:
    """Voice of the channel within the phases in which no word was recognised."""
    line = dialogue.lines.get(channel)
    words = [
        Span(max(0, word.start_ms - _WORD_MARGIN_MS), word.end_ms + _WORD_MARGIN_MS)
        for word in (line.words if line else ())
        if word.kind is WordKind.WORD
    ]
    spoken = merge(words)
    found = []
    for voice in dialogue.voices[channel]:
        at_ms = voice.start_ms
        for word in (*(w for w in spoken if w.end_ms > voice.start_ms and w.start_ms < voice.end_ms), None):
            end_ms = voice.end_ms if word is None else word.start_ms
            found += [
                Span(max(at_ms, phase.start_ms), min(end_ms, phase.end_ms))
                for phase in phases
                if min(end_ms, phase.end_ms) - max(at_ms, phase.start_ms) >= _SHORTEST_MS
            ]
            at_ms = voice.end_ms if word is None else max(at_ms, word.end_ms)
    return found


def _answer(dialogue: Dialogue, cue: Cue, secrets: Sequence[Found]) -> list[Span]:
    """What the other side answers to a question for a secret, where no digits were recognised in it."""
    asker = dialogue.lines[cue.channel]
    later = [word for word in asker.words[cue.last + 1 :] if word.kind is WordKind.WORD]
    answers = sorted(
        (
            word
            for line in dialogue.lines.values()
            if line.channel != cue.channel
            for word in line.words
            if word.kind is WordKind.WORD and cue.end_ms - 200 <= word.start_ms
        ),
        key=lambda word: word.start_ms,
    )
    if not answers:
        return []
    first = answers[0]
    aside = sum(1 for word in later if word.start_ms < first.start_ms)
    if first.start_ms - cue.end_ms > _ANSWER_WITHIN_MS or aside > _ASIDE_WORDS:
        return []
    resumed = [word.start_ms for word in later if word.start_ms > first.start_ms]
    end_ms = min(
        resumed[2] if len(resumed) > 2 else resumed[-1] if resumed else first.start_ms + _LONGEST_ANSWER_MS,
        first.start_ms + _LONGEST_ANSWER_MS,
    )
    answer = [word for word in answers if word.start_ms < end_ms][:_LONGEST_ANSWER_WORDS]
    span = Span(first.start_ms, max(word.end_ms for word in answer))
    answered = any(
        secret.channel != cue.channel and secret.span.start_ms < span.end_ms and span.start_ms < secret.span.end_ms
        for secret in secrets
    ) or any(0 <= secret.words[0] - cue.last <= 6 and secret.channel == cue.channel for secret in secrets)
    return [] if answered else [span]
