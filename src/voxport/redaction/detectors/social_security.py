"""Social security numbers: nine digits announced as one or said as three, two, four; and the last four of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.asides import is_aside
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.candidates import Candidate, read_candidates
from voxport.redaction.detectors.grouping import is_said_as_phone, spoken_pattern
from voxport.redaction.detectors.keyed_numbers import keyed_secrets
from voxport.redaction.detectors.matches import Given, Match, longest_shared, match_of
from voxport.redaction.detectors.national.checks import is_sin
from voxport.redaction.detectors.number_flow import has_talked
from voxport.redaction.detectors.payment_phase import answers_question
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.detectors.subjects import Subject, governing_cue
from voxport.redaction.dialogue.answering import answers_mark, asked_figures
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import is_question
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, word_lists_of

_WHOLE, _LAST = 9, 4
_TELEPHONE = 7
"""Digits of a telephone number at least."""
_PATTERN = (3, 2, 4)
"""Digits of a social security number, and how they are grouped: by law, not by choice."""
_INSURANCE_PATTERN = (3, 3, 3)
"""How a social insurance number of Canada is grouped; it has a check digit."""


_SENTENCE_MS, _NEAR_CUES = 10_000, 8
"""ms from "the last four" to "of your social" in one sentence, and cues that are looked at. Judgements."""
_PART_WITHIN = 6
"""Words beside digits that say which part of a number they are. A judgement."""
_PIECE = 2
"""Digits of a number in a question about it: "18 or 80?"."""
_REFUSED_MS = 60_000
"""ms after the question in which who refused it may give the number after all. A judgement."""
_CORRECTING = 8
"""Words before digits in which "no" makes them a correction. A judgement: "no, that was the wrong one, mine is"."""


_WRITTEN = re.compile(r"\d{3}-\d{2}-\d{4}")
"""As which recognisers write three, two and four digits; hardly anything else is said so."""
_NAMED_WITHIN = 4
"""Words and marks from "order number" to what it is. A judgement."""


@dataclass(frozen=True, slots=True)
class SocialSecurityOptions:
    """Which digits belong to a social security number."""

    least_digits: int = 2
    """Digits of an announced part: the middle group has two. 3 at first; lowered with dictation in groups."""
    least_short: int = 4
    """Digits of less than what "the last four" are, behind other talk that is something else: an age, a count."""
    least_other: int = 7
    """Digits of a number behind other talk that is another one, as a telephone number is. A judgement."""
    continued_ms: int = 20_000
    """ms after a whole number in which digits still belong to it, unasked. As for cards; a judgement."""


def find_social_security(
    dialogue: Dialogue, options: SocialSecurityOptions, reading: CandidateOptions, repetition: RepetitionOptions
) -> list[Match]:
    """All stretches of the call that belong to a social security number, in order of time."""
    candidates = read_candidates(dialogue, reading)
    asked = any(candidate.subject is Subject.SOCIAL for candidate in candidates)
    given = Given(_WHOLE)
    answered: set[Cue | None] = set()
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        if line.is_keyed:
            given.extend(keyed_secrets(dialogue, [candidate], {Subject.SOCIAL}))
            continue
        if candidate.subject in (Subject.SOCIAL, Subject.ASKED):
            candidate = _until_other_talk(dialogue, candidate, given, reading)
            if _is_given(dialogue, candidate, given, options, reading):
                given.extend([match_of(line, candidate.groups)])
        elif candidate.subject is Subject.UNKNOWN and tuple(len(run.value) for run in candidate.runs) == _PATTERN:
            given.extend([match_of(line, candidate.groups)])
        else:
            first = candidate.cue not in answered
            runs = (
                run
                for run in candidate.runs
                if _stands_out(run, candidate, asked and not given.matches, first=first)
                or (given.most_digits < options.least_other and _answers(dialogue, run, candidate.subject, reading))
                or _is_given_late(dialogue, run, candidate, given, reading)
            )
            given.extend(match_of(line, run.groups) for run in runs)
        answered.add(candidate.cue)
    given.extend(_written_out(dialogue, candidates, given.matches))
    again = repetitions(dialogue, candidates, given.matches, repetition)
    return sorted((*given.matches, *again), key=lambda secret: secret.span.start_ms)


def _written_out(dialogue: Dialogue, candidates: Sequence[Candidate], matches: Sequence[Match]) -> list[Match]:
    """The words that are written as such a number is, `571-80-0056`, whatever was asked for, but for what its speaker
    has just called something else: "order 571-80-0056"."""
    known = {(match.channel, index) for match in matches for index in match.words}
    found = []
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        for run in candidate.runs:
            if _is_named(dialogue, run):
                continue
            written = (group for group in run.groups if _WRITTEN.fullmatch(line.words[group.words[0]].text))
            for index, groups in groupby(written, key=lambda group: group.words[0]):
                if (run.channel, index) not in known:
                    found.append(match_of(line, tuple(groups)))
    return found


def _is_named(dialogue: Dialogue, run: NumberRun) -> bool:
    """Whether its speaker says right before in the sentence what else a number is."""
    line = dialogue.lines[run.channel]
    cue = next((one for one in dialogue.cues_before(run) if one.channel == run.channel), None)
    if cue is None or cue.topic not in (*ORDINARY_TOPICS, Topic.ORDINARY_NAMED):
        return False
    near = run.words[0] - cue.last <= _NAMED_WITHIN
    return near and line.sentences[cue.last] == line.sentences[run.words[0]]


def _is_given(
    dialogue: Dialogue, candidate: Candidate, given: Given, options: SocialSecurityOptions, reading: CandidateOptions
) -> bool:
    if len(candidate.value) < options.least_digits or _is_something_else(dialogue, candidate, given, options, reading):
        return False
    whole = given.whole
    if whole is None or (candidate.cue is not None and candidate.cue.start_ms > whole.span.start_ms):
        return True
    if len(candidate.runs) == 1 and is_said_as_phone(candidate.runs[0]):
        return False
    return candidate.span.start_ms - given.matches[-1].span.end_ms <= options.continued_ms


def _is_something_else(
    dialogue: Dialogue, candidate: Candidate, given: Given, options: SocialSecurityOptions, reading: CandidateOptions
) -> bool:
    """Whether the question has been answered, and these digits are too many, are said by the other side, or are as long
    a number behind other talk."""
    cue = candidate.cue
    if cue is None or not given.is_answered(cue.end_ms) or _is_corrected(dialogue.lines[candidate.channel], candidate):
        return False
    if any(spoken_pattern(run) == _PATTERN for run in candidate.runs):
        # That of somebody else, "mine is 219 09 9999 and hers is 457 55 5462", or of parts that were given.
        return False
    if is_aside(dialogue, candidate, given):
        return True
    if len(candidate.value) > _WHOLE:
        # Of who answers "6604, is that correct?" it may be said twice.
        line = dialogue.lines[candidate.channel]
        before = given.matches[-1].digits
        again = longest_shared(candidate.value, before) >= _LAST or set(candidate.value) <= set(before)
        return not (again and answers_mark(dialogue, line, candidate.runs[0].words[0]))
    said = given.digits_since(cue.end_ms)
    whole = len(said) >= (_LAST if _is_of_last(dialogue, cue) else _WHOLE)
    if whole and len(candidate.value) < options.least_short and not _goes_on(dialogue, candidate.runs[0], said):
        return has_talked(dialogue, given.matches[-1].span.end_ms, candidate.span.start_ms, reading.moved_on_words)
    if given.whole is None or len(candidate.value) < options.least_other:
        return False
    return has_talked(dialogue, given.whole.span.end_ms, candidate.span.start_ms, reading.moved_on_words)


def _until_other_talk(dialogue: Dialogue, candidate: Candidate, given: Given, reading: CandidateOptions) -> Candidate:
    """The digits up to what is said of something else, once the number, or the end of one, was said or said again:
    "0064. Congratulations, you are approved for 1500"."""
    cue = candidate.cue
    if cue is None:
        return candidate
    said = ""
    for place, (run, following) in enumerate(pairwise(candidate.runs), 1):
        said += run.value
        last = _is_of_last(dialogue, cue)
        if last and sum(len(one.value) for one in candidate.runs[place:]) >= _WHOLE:
            # Behind the last four the whole number was wanted, too.
            return candidate
        whole = len(said) >= _WHOLE or (last and len(said) == _LAST)
        if (whole or given.has_theirs(candidate.channel, cue.end_ms, said)) and _is_after_talk(
            dialogue, run, following, reading
        ):
            kept = (one for one in candidate.runs[place:] if _goes_on(dialogue, one, said))
            return replace(candidate, runs=(*candidate.runs[:place], *kept))
    return candidate


def _is_of_last(dialogue: Dialogue, cue: Cue) -> bool:
    """Whether the last four are asked for, "the last four of your social"."""
    near = dialogue.cues_within(cue.start_ms - _SENTENCE_MS, cue.end_ms + 1)
    parts = (one for one in islice(reversed(near), _NEAR_CUES) if one.topic is Topic.PART)
    return cue.topic is Topic.PART or any(dialogue.same_sentence(one, cue) for one in parts)


def _goes_on(dialogue: Dialogue, run: NumberRun, said: str) -> bool:
    """Whether digits behind other talk belong to a number that was said: pieces of it, one of somebody else, or what
    mends it or answers "4571 or 4517?"."""
    line = dialogue.lines[run.channel]
    if spoken_pattern(run) == _PATTERN or len(run.value) >= _WHOLE or run.value in said:
        return True
    if len(said) < _WHOLE and len(run.value) == _LAST and run.groups[0].shape is Shape.PLAIN:
        # The last four of somebody else: "4571, and my wife's 8233".
        return True
    before, part = line.before(run.words[0], _CORRECTING), word_lists_of(line.language).part_words
    beside = {*before[:_PART_WITHIN], *line.after(run.words[1], _PART_WITHIN)}
    if not part.isdisjoint(beside):
        return True
    corrected = not lexicon_of(line.language).corrections.isdisjoint(before)
    return corrected or any(longest_shared(one.value, said) >= _PIECE for one in asked_figures(dialogue, line, run))


def _is_after_talk(dialogue: Dialogue, run: NumberRun, following: NumberRun, reading: CandidateOptions) -> bool:
    """Whether digits stand behind talk of other things since those before: they are no whole number, and answer
    nothing."""
    if spoken_pattern(following) == _PATTERN:
        return False
    return has_talked(dialogue, run.span.end_ms, following.span.start_ms, reading.moved_on_words)


def _is_corrected(line: Line, candidate: Candidate) -> bool:
    """Whether digits take the place of others: "no wait, that was the wrong one, mine is"."""
    before = line.before(candidate.runs[0].words[0], _CORRECTING)
    return not lexicon_of(line.language).corrections.isdisjoint(before)


def _answers(dialogue: Dialogue, run: NumberRun, subject: Subject, reading: CandidateOptions) -> bool:
    """Whether nine digits answer a question that nobody understood: hardly anything else is asked for that has nine.
    However they are grouped: recognisers group a number of 3, 2 and 4 digits as three threes."""
    return len(run.value) == _WHOLE and subject is Subject.UNKNOWN and answers_question(dialogue, run, reading.phase)


def _is_given_late(
    dialogue: Dialogue, run: NumberRun, candidate: Candidate, given: Given, reading: CandidateOptions
) -> bool:
    """Whether nine digits, or the last four, answer the question for them late: nothing was given, and nothing else was
    asked for since, only spoken of by who asks, or he has said himself what it is."""
    if len(run.value) not in (_WHOLE, _LAST) or is_said_as_phone(run) or given.matches:
        return False
    if candidate.subject is not Subject.ORDINARY:
        return False
    cue = governing_cue(dialogue, run, reading.subjects)
    if cue is None or cue.channel == run.channel:
        return False
    begin_ms = run.span.start_ms
    cues = dialogue.cues_within(begin_ms - _REFUSED_MS, begin_ms)
    asked = any(one.topic is Topic.SOCIAL and one.channel == cue.channel for one in cues)
    if len(run.value) == _LAST:
        part = any(one.topic is Topic.PART and one.channel == cue.channel for one in cues)
        return asked and part and _has_said_himself(dialogue.lines[cue.channel], cue, begin_ms)
    told = Mention("", cue.channel, cue.first, cue.last, asks=True)
    return asked and not is_question(dialogue.lines[cue.channel], told)


def _has_said_himself(line: Line, cue: Cue, until_ms: int) -> bool:
    """Whether who named something else has said its digits, too: "your call back number is still 985 287 8334?"."""
    end = bisect_left(line.runs, until_ms, key=lambda one: one.span.start_ms)
    return end > 0 and line.runs[end - 1].words[0] > cue.last and len(line.runs[end - 1].value) >= _TELEPHONE


def _stands_out(run: NumberRun, candidate: Candidate, asked: bool, *, first: bool) -> bool:
    """Nine digits that nothing announced, said as three, two, four, or as three threes with the check digit of a social
    insurance number; of any grouping where some secret was asked for, which they are the first to answer."""
    if len(run.value) != _WHOLE or candidate.subject is Subject.ORDINARY:
        return False
    alone = candidate.subject is not Subject.UNKNOWN and first and run is candidate.runs[0]
    pattern = spoken_pattern(run)
    insurance = pattern == _INSURANCE_PATTERN and is_sin(run.value)
    return asked or alone or pattern == _PATTERN or insurance
