"""Answers to a question for a secret in which no digits were recognised, or too few."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from voxport.core.spans import pad
from voxport.core.transcript import Span, Word, WordKind
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.card_dates import DATES
from voxport.redaction.detectors.matches import Found, Match
from voxport.redaction.detectors.subjects import SubjectOptions
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic
from voxport.redaction.missed_speech.bent_numbers import is_heard_for_number, is_surely_number
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.phases import ASKED_ELSE, is_about

_PASSING = (Topic.CARD_NAMED, Topic.EXPIRY_NAMED, Topic.READY)
"""Cues that may be said without a question."""
_JOINT = {Topic.EXPIRY: (Topic.CODE,), Topic.EXPIRY_NAMED: (Topic.CODE,), Topic.CODE: DATES}
"""What is asked for together with the other."""
_BEHIND_CARD = (Topic.EXPIRY_NAMED, Topic.CODE_NAMED)
"""Cues that ask for the date or the code of a card that has just been given."""
_OF_CARDS = frozenset({Topic.CARD, Topic.EXPIRY, Topic.CODE})
"""Cues that are about a card by themselves."""


def missed_answers(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    subjects: SubjectOptions,
) -> list[Span]:
    """What the other side answers to each question for such a secret, where it was not understood as one."""
    long_ends_ms = sorted(one.span.end_ms for one in secrets if len(one.digits) >= options.late_card_digits)
    questions = (
        cue
        for cue in dialogue.cues
        if _asks(dialogue, cue, topics, options, subjects)
        or (cue.topic in _BEHIND_CARD and is_behind_card(cue, long_ends_ms, dialogue, topics, options))
    )
    answers = ((cue, _answer_to(dialogue, cue, options)) for cue in questions)
    given = Found.of(secrets)
    return [
        pad(answer, options.answer_margin_ms, options.answer_margin_ms)
        for cue, answer in answers
        if answer is not None and not _is_understood(dialogue, cue, answer, given, options)
    ]


def _asks(
    dialogue: Dialogue, cue: Cue, topics: frozenset[Topic], options: MissedSpeechOptions, subjects: SubjectOptions
) -> bool:
    """Whether the cue asks for digits rather than only names a card; "I am ready" asks for what was spoken of."""
    if cue.topic is Topic.READY:
        last = _last_subject(dialogue, cue)
        soon = last is not None and cue.start_ms - last.end_ms <= options.asked_ms
        return soon and last is not None and is_about(dialogue, last, topics, subjects)
    return cue.topic not in _PASSING and is_about(dialogue, cue, topics, subjects)


def is_behind_card(
    cue: Cue,
    ends_ms: Sequence[int],
    dialogue: Dialogue,
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    *,
    told: bool = False,
) -> bool:
    """Whether a cue is about a card of which the number, which ends at one of `ends_ms`, was given before, or which was
    asked about, nothing else being spoken of since unless it is `told` rather than asked for."""
    if Topic.CARD not in topics:
        return False
    if told:
        near = dialogue.cues_within(cue.start_ms - options.late_within_ms, cue.start_ms)
        place = bisect_left(ends_ms, cue.start_ms) - 1
        given = place >= 0 and cue.start_ms - ends_ms[place] <= options.late_within_ms
        return given or any(one.topic in _OF_CARDS for one in near)
    begin_ms = cue.start_ms - options.late_within_ms
    place = bisect_left(ends_ms, cue.start_ms) - 1
    since_ms = ends_ms[place] if place >= 0 else begin_ms
    before = dialogue.cues_within(max(begin_ms, since_ms), cue.start_ms)
    last = next((one for one in reversed(before) if one.topic in ASKED_ELSE or one.topic in _OF_CARDS), None)
    return last.topic in _OF_CARDS if last is not None else since_ms > begin_ms


def _last_subject(dialogue: Dialogue, ready: Cue) -> Cue | None:
    """What was named last before somebody was ready for it."""
    return dialogue.named_before(ready.start_ms)


def _answer_to(dialogue: Dialogue, cue: Cue, options: MissedSpeechOptions) -> Span | None:
    """What the other side says after the question; None where it says nothing soon, or was asked something else."""
    words = _words_of_others(dialogue, cue, options)
    if not words:
        return None
    first = words[0]
    asker = dialogue.lines[cue.channel]
    resumed = max(cue.last + 1, bisect_left(asker.words, first.start_ms, key=lambda word: word.start_ms))
    aside = list(islice(asker.words_in(cue.last + 1, resumed), options.aside_words + 1))
    asked_else = any(
        other.topic in ASKED_ELSE and not _is_asked_as_well(dialogue, cue, other)
        for other in dialogue.cues_within(cue.end_ms, first.start_ms)
    )
    if len(aside) > options.aside_words or asked_else:
        return None
    end_ms = _resumed_ms(asker, resumed, first, options)
    end_ms = min(end_ms, _named_else_ms(dialogue, cue, first, end_ms, options))
    answer = _until_pause(_at_most([word for word in words if word.start_ms < end_ms], options), options)
    return Span(first.start_ms, max(word.end_ms for word in answer)) if answer else None


def _is_asked_as_well(dialogue: Dialogue, cue: Cue, other: Cue) -> bool:
    """Whether something else is asked for besides: "your social and your date of birth?"."""
    line = dialogue.lines[cue.channel]
    if other.channel != cue.channel or not dialogue.same_sentence(cue, other):
        return False
    return not lexicon_of(line.language).and_words.isdisjoint(line.plain_words[cue.last + 1 : other.first])


def _named_else_ms(dialogue: Dialogue, cue: Cue, first: Word, end_ms: int, options: MissedSpeechOptions) -> int:
    """When what answers goes on with something else, "... and my telephone is": the secret ends there; `end_ms` where
    it does not, or what stands before is that."""
    for other in dialogue.cues_within(first.start_ms, end_ms):
        if other.channel == cue.channel or other.topic not in ASKED_ELSE:
            continue
        line = dialogue.lines[other.channel]
        begin = bisect_left(line.words, first.start_ms, key=lambda word: word.start_ms)
        numbers = [index for index in range(begin, other.first) if _is_number(line, index)]
        apart = begin < other.first and line.sentences[begin] != line.sentences[other.first]
        if numbers and not apart:
            marked = any(not line.plain_words[index] for index in range(numbers[-1], other.first))
            apart = marked or line.spoken_between(numbers[-1], other.first) >= options.words_before_other
        return other.start_ms if apart else end_ms
    return end_ms


def _is_number(line: Line, index: int) -> bool:
    word = line.plain_words[index]
    return is_surely_number(word, line.language) or is_heard_for_number(word, line.language)


def _words_of_others(dialogue: Dialogue, cue: Cue, options: MissedSpeechOptions) -> list[Word]:
    """The words of the other channels after the question, in order of time, for as long as an answer may last; none
    where they come too late."""
    begin_ms = cue.end_ms - options.talked_over_ms
    latest_ms = cue.end_ms + options.answer_within_ms + options.longest_answer_ms
    words = (
        line.words[place]
        for line in dialogue.lines.values()
        if line.channel != cue.channel
        for place in range(
            *(bisect_left(line.words, ms, key=lambda word: word.start_ms) for ms in (begin_ms, latest_ms))
        )
        if line.words[place].kind is WordKind.WORD
    )
    found = sorted(words, key=lambda word: word.start_ms)
    return found if found and found[0].start_ms - cue.end_ms <= options.answer_within_ms else []


def _resumed_ms(asker: Line, resumed: int, first: Word, options: MissedSpeechOptions) -> int:
    """When the asker, from the word at `resumed` on, goes on after the first word of the answer; a word or two are a
    nod, unless no more come."""
    latest_ms = first.start_ms + options.longest_answer_ms
    following = (word for word in asker.words_in(resumed) if word.start_ms > first.start_ms)
    later = [word.start_ms for word in islice(following, options.resumed_words + 1)]
    return min(later[-1], latest_ms) if later else latest_ms


def _is_understood(dialogue: Dialogue, cue: Cue, answer: Span, secrets: Found, options: MissedSpeechOptions) -> bool:
    """Whether the answer holds all the digits asked for, or is about something else, or none was asked for."""
    about_else = any(
        one.channel != cue.channel and one.topic in ASKED_ELSE
        for one in dialogue.cues_within(answer.start_ms, answer.end_ms)
    )
    whole = _whole_answer(dialogue, cue, options)
    soon = Span(answer.start_ms, min(answer.end_ms, answer.start_ms + options.answer_within_ms))
    given = any(secret.channel != cue.channel and len(secret.digits) >= whole for secret in secrets.during(soon))
    asker = dialogue.lines[cue.channel].words
    until = bisect_left(asker, answer.start_ms, key=lambda word: word.start_ms) - 1 - cue.last
    return about_else or given or secrets.begins_behind(cue.channel, cue.last, min(until, options.by_asker_within))


def _whole_answer(dialogue: Dialogue, cue: Cue, options: MissedSpeechOptions) -> int:
    """How many digits answer a question so that none can be missing: one with fewer hides the others."""
    subject = _last_subject(dialogue, cue) if cue.topic is Topic.READY else cue
    if subject is None:
        return options.whole_answer
    if subject.topic in _JOINT and dialogue.asked_with(subject, _JOINT[subject.topic]):
        return options.whole_joint_answer
    whole = {Topic.CARD: options.whole_card_answer, Topic.SOCIAL: options.whole_social_answer}
    return whole.get(subject.topic, options.whole_answer)


def _at_most(words: Sequence[Word], options: MissedSpeechOptions) -> list[Word]:
    """The first words, where lone letters do not count: recognisers loop on digits that they do not know."""
    taken: list[Word] = []
    counted = 0
    for word in words:
        counted += len(word.text) > 1
        if counted > options.longest_answer_words:
            break
        taken.append(word)
    return taken


def _until_pause(words: Sequence[Word], options: MissedSpeechOptions) -> list[Word]:
    """The words up to the first long pause."""
    for place in range(1, len(words)):
        if words[place].start_ms - words[place - 1].end_ms > options.answer_pause_ms:
            return list(words[:place])
    return list(words)
