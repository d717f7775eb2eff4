"""Where a secret may have been said without being recognised: voice without words, answers without digits.

Recognisers drop whole sentences, and digits above all. Once a secret is being asked for, what was not understood is
treated as one, at `entireRegion` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voxport.core.spans import merge, overlaps, pad
from voxport.core.transcript import Span, Word, WordKind
from voxport.redaction.detectors.candidates import Subject, part_subject
from voxport.redaction.detectors.matches import Match
from voxport.redaction.dialogue.lines import Cue, Dialogue
from voxport.redaction.dialogue.phrases import Topic
from voxport.redaction.margins import other_numbers

_SHORTEST_MS = 600
_WORD_MARGIN_MS = 150
_NUMBER_BEFORE_MS, _NUMBER_AFTER_MS = 300, 1500
"""The times of written numbers are shorter than it takes to say them."""
_SILENCE_END_MS = 2_500
_AFTER_SECRET_MS = 15_000
_BEFORE_SECRET_MS = 15_000
_ASKED_MS, _NAMED_MS = 40_000, 20_000
_ANSWER_WITHIN_MS = 8_000
_LONGEST_ANSWER_MS = 15_000
_LONGEST_ANSWER_WORDS = 25
_ASIDE_WORDS = 14
_VOICE_GAP_MS, _VOICE_MARGIN_MS = 600, 500
_EVER_MS = 10**9
_LOST_MS = (2_500, 15_000)
"""A gap of this length near a secret is a lost sentence rather than a pause."""
_NEARBY_MS = 20_000
_WORD_MS, _LETTER_MS = 400, 120
"""The longest time that a word is believed to take, and each of its letters beyond it."""
_ANSWER_PAUSE_MS = 2_500
_ANSWER_MARGIN_MS = 300
_LOOPED = 5
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_WHOLE_ANSWER = 3
_WHOLE = {Topic.CARD: 12, Topic.SOCIAL: 7}
"""An answer with fewer digits than were asked for hides the others."""

PAYMENT = frozenset({Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.EXPIRY_NAMED, Topic.CODE, Topic.READY})
SOCIAL = frozenset({Topic.SOCIAL, Topic.READY})
_ASKED_ELSE = (Topic.ORDINARY, Topic.SHORT)
_PASSING = (Topic.CARD_NAMED, Topic.EXPIRY_NAMED, Topic.READY)
"""Cues that may be said without a question."""


def missed_spans(dialogue: Dialogue, secrets: Sequence[Match], topics: frozenset[Topic]) -> tuple[Span, ...]:
    """The stretches in which a secret of these topics may hide unrecognised; merged, in order."""
    wordless = _wordless(dialogue, secrets, topics)
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
    """Whether the cue asks for digits rather than only names a card; "I am ready" asks for what was spoken of."""
    if cue.topic is Topic.READY:
        return _spoken_of_last(dialogue, cue, topics)
    return cue.topic not in _PASSING and _topic_fits(dialogue, cue, topics)


def _spoken_of_last(dialogue: Dialogue, ready: Cue, topics: frozenset[Topic]) -> bool:
    last = _last_subject(dialogue, ready)
    return last is not None and ready.start_ms - last.end_ms <= _ASKED_MS and _topic_fits(dialogue, last, topics)


def _last_subject(dialogue: Dialogue, ready: Cue) -> Cue | None:
    """What was named last before somebody was ready for it."""
    before = [cue for cue in dialogue.cues if cue.start_ms < ready.start_ms and cue.topic is not Topic.READY]
    return before[-1] if before else None


def _whole_answer(dialogue: Dialogue, cue: Cue) -> int:
    """How many digits answer a question so that none can be missing."""
    subject = _last_subject(dialogue, cue) if cue.topic is Topic.READY else cue
    return _WHOLE_ANSWER if subject is None else _WHOLE.get(subject.topic, _WHOLE_ANSWER)


def _phases(dialogue: Dialogue, secrets: Sequence[Match], topics: frozenset[Topic]) -> tuple[Span, ...]:
    """From each cue of a secret to the next cue of something else, or until nothing more is to be expected."""
    phases = []
    for cue in dialogue.cues:
        if not _topic_fits(dialogue, cue, topics):
            continue
        lasts_ms = _NAMED_MS if cue.topic is Topic.CARD_NAMED else _ASKED_MS
        phases.append(Span(cue.start_ms, _until_other(dialogue, cue.start_ms, cue.end_ms + lasts_ms, topics)))
    for secret in secrets:
        begin_ms = _since_other(dialogue, secret.span.start_ms, topics)
        end_ms = _until_other(dialogue, secret.span.end_ms, secret.span.end_ms + _AFTER_SECRET_MS, topics)
        phases.append(Span(begin_ms, end_ms))
    return merge(phases)


def _until_other(dialogue: Dialogue, begin_ms: int, end_ms: int, topics: frozenset[Topic]) -> int:
    """`end_ms`, or the beginning of the next thing that is no secret of these topics."""
    starts = (cue.start_ms for cue in dialogue.cues if cue.topic in _others(topics) and begin_ms < cue.start_ms)
    return min(end_ms, min(starts, default=end_ms))


def _since_other(dialogue: Dialogue, start_ms: int, topics: frozenset[Topic]) -> int:
    """The end of the last thing before that is no secret of these topics, at most so far back."""
    ends = (cue.end_ms for cue in dialogue.cues if cue.topic in _others(topics) and cue.end_ms < start_ms)
    return max(0, start_ms - _BEFORE_SECRET_MS, *ends)


def _others(topics: frozenset[Topic]) -> frozenset[Topic]:
    return frozenset({Topic.ORDINARY, Topic.SHORT, Topic.AMOUNT}) | ((SOCIAL | PAYMENT) - topics)


def _wordless(dialogue: Dialogue, secrets: Sequence[Match], topics: frozenset[Topic]) -> list[Span]:
    """Time in which nobody was understood: within the phases all of it, a long silence only at its ends; elsewhere in a
    call with such secrets only where there is a voice, unless something else was asked for just before."""
    phases = _phases(dialogue, secrets, topics)
    if not phases:
        return []
    voices = merge((span for spans in dialogue.voices.values() for span in spans), _VOICE_GAP_MS)
    found: list[Span] = []
    for gap in _gaps(dialogue, other_numbers(dialogue, secrets)):
        for phase in phases:
            part = Span(max(gap.start_ms, phase.start_ms), min(gap.end_ms, phase.end_ms))
            if part.end_ms - part.start_ms >= _SHORTEST_MS:
                found += [part] if overlaps(part, voices) else _silence(part)
        ordinary = _is_ordinary_answer(dialogue, gap)
        if not ordinary and _LOST_MS[0] <= gap.end_ms - gap.start_ms <= _LOST_MS[1]:
            found += [gap] if overlaps(pad(gap, _NEARBY_MS, _NEARBY_MS), phases) else []
        if not ordinary:
            found += [
                Span(
                    max(gap.start_ms, voice.start_ms - _VOICE_MARGIN_MS),
                    min(gap.end_ms, voice.end_ms + _VOICE_MARGIN_MS),
                )
                for voice in voices
                if min(gap.end_ms, voice.end_ms) - max(gap.start_ms, voice.start_ms) >= _SHORTEST_MS
            ]
    return found


def _gaps(dialogue: Dialogue, kept: Sequence[Span]) -> Iterator[Span]:
    """The time between words of all channels, and not right around the numbers that stay."""
    words = [
        Span(max(0, word.start_ms - _WORD_MARGIN_MS), _believed_end_ms(word) + _WORD_MARGIN_MS)
        for line in dialogue.lines.values()
        for word in line.words
        if word.kind is WordKind.WORD and not _is_loop(word)
    ]
    numbers = [Span(max(0, span.start_ms - _NUMBER_BEFORE_MS), span.end_ms + _NUMBER_AFTER_MS) for span in kept]
    spoken = merge([*words, *numbers])
    for before, after in zip((Span(0, 0), *spoken), (*spoken, Span(_EVER_MS, _EVER_MS)), strict=True):
        if after.start_ms - before.end_ms >= _SHORTEST_MS:
            yield Span(before.end_ms, after.start_ms)


def _is_loop(word: Word) -> bool:
    """Letters said over and over, `X-X-X-X`, are what models write for speech that they do not know."""
    parts = word.text.lower().split("-")
    letter = len(word.text) == 1 and word.text.lower() in _CONSONANTS
    return letter or (len(parts) >= _LOOPED and len(set(parts[1:])) == 1 and not parts[-1].isdecimal())


def _believed_end_ms(word: Word) -> int:
    """A short word that lasts for seconds hides what was said after it; figures take long to say."""
    if any(sign.isdecimal() for sign in word.text):
        return word.end_ms
    return min(word.end_ms, word.start_ms + _WORD_MS + _LETTER_MS * len(word.text))


def _is_ordinary_answer(dialogue: Dialogue, gap: Span) -> bool:
    """Whether the last thing asked for before was no secret."""
    before = [cue for cue in dialogue.cues if cue.start_ms < gap.start_ms]
    return bool(before) and before[-1].topic in _ASKED_ELSE and gap.start_ms - before[-1].end_ms < _ANSWER_WITHIN_MS


def _silence(gap: Span) -> list[Span]:
    if gap.end_ms - gap.start_ms <= 2 * _SILENCE_END_MS:
        return [gap]
    return [Span(gap.start_ms, gap.start_ms + _SILENCE_END_MS), Span(gap.end_ms - _SILENCE_END_MS, gap.end_ms)]


def _answer(dialogue: Dialogue, cue: Cue, secrets: Sequence[Match]) -> list[Span]:
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
    asked_else = any(
        other.topic in _ASKED_ELSE and cue.end_ms <= other.start_ms < first.start_ms for other in dialogue.cues
    )
    if first.start_ms - cue.end_ms > _ANSWER_WITHIN_MS or aside > _ASIDE_WORDS or asked_else:
        return []
    resumed = [word.start_ms for word in later if word.start_ms > first.start_ms]
    end_ms = min(
        resumed[2] if len(resumed) > 2 else resumed[-1] if resumed else first.start_ms + _LONGEST_ANSWER_MS,
        first.start_ms + _LONGEST_ANSWER_MS,
    )
    answer = _without_pause(_at_most([word for word in answers if word.start_ms < end_ms]))
    span = Span(first.start_ms, max(word.end_ms for word in answer))
    other = any(
        one.channel != cue.channel and one.topic in _ASKED_ELSE and span.start_ms <= one.start_ms < span.end_ms
        for one in dialogue.cues
    )
    given = any(
        secret.channel != cue.channel
        and secret.span.start_ms < min(span.end_ms, span.start_ms + _ANSWER_WITHIN_MS)
        and span.start_ms < secret.span.end_ms
        and len(secret.digits) >= _whole_answer(dialogue, cue)
        for secret in secrets
    )
    told = any(0 <= secret.words[0] - cue.last <= 6 and secret.channel == cue.channel for secret in secrets)
    return [] if other or given or told else [pad(span, _ANSWER_MARGIN_MS, _ANSWER_MARGIN_MS)]


def _at_most(words: Sequence[Word]) -> list[Word]:
    """The first words, where lone letters do not count: recognisers loop on digits that they do not know."""
    taken: list[Word] = []
    counted = 0
    for word in words:
        counted += len(word.text) > 1
        if counted > _LONGEST_ANSWER_WORDS:
            break
        taken.append(word)
    return taken


def _without_pause(words: Sequence[Word]) -> list[Word]:
    """The words up to the first long pause."""
    for place in range(1, len(words)):
        if words[place].start_ms - words[place - 1].end_ms > _ANSWER_PAUSE_MS:
            return list(words[:place])
    return list(words)
