"""Phrases that name a detail and ask for none: they say what was told, were answered already, or call a company so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.personal.called import opens
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import addressing_words, lead_words, naming_words, question_words
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds that are told in digits."""
_OWN_DIGITS_WITHIN = 6
"""Words and marks before a phrase in which its own speaker says the digits that it names. A judgement."""
_LEAST_DIGITS = {"phone": 7, "account": 4}
"""Digits that are a number of that kind, rather than a count. A judgement; a telephone number by its form."""
_DAYS, _MONTHS, _YEAR_DIGITS = range(1, 32), range(1, 13), (2, 4)
"""Days and months of a date in figures, and digits of its year."""
_COMPANY_WORDS, _GREETING_WORDS = 3, 6
"""Words and marks before what a company is called with, and words behind it in which it greets. Judgements."""
_WORDS_WITHIN = 1
"""Words between two parts of a number: "slash". A judgement."""
_MONTH_WITHIN = 2
"""Words behind a day in which its month stands: "the 3rd of December"."""
_ANSWER_MS = 8_000
"""ms behind a phrase in which it is answered. As for questions."""
_ANSWERED_MS = 1_000
"""ms between two words of who asks in which he is answered in digits. A judgement."""


def asks_nothing(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether what follows a phrase tells no detail."""
    return _says_what_was_told(dialogue, mention) or _greets(dialogue, mention)


def _says_what_was_told(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a phrase only says what the digits right before it are, "617 555 0142, that's a cell".

    Digits say so where they fit what is named; what stands before "account number" in a list that is read out is
    another number.
    """
    line = dialogue.lines[mention.channel]
    if mention.kind not in _FIGURES:
        return False
    if not mention.asks:
        return False
    before = line.runs_in(max(0, mention.first - _OWN_DIGITS_WITHIN), mention.first - 1) if mention.first else ()
    told = [run for run in before if line.sentences[run.words[1]] == line.sentences[mention.first]]
    own = addressing_words(line.language).isdisjoint(line.plain_words[mention.first : mention.last + 1])
    ends = mention.last + 1 >= len(line.words) or line.words[mention.last + 1].text == "."
    if not (told and own and ends) or not fits(_digits_from(line, told), mention):
        return False
    between = line.plain_words[told[-1].words[1] + 1 : mention.last + 1]
    joined = not (common_words().forms_of_be | naming_words(line.language, "naming")).isdisjoint(between)
    end_ms = line.words[mention.last].end_ms
    return joined and not _is_answered_within(dialogue, mention, end_ms, end_ms + _ANSWER_MS)


def _digits_from(line: Line, runs: Sequence[NumberRun]) -> str:
    """The first digits and those that go on with them: "5" "/" "3" "/" "81"."""
    end = next((at for at in range(1, len(runs)) if _goes_elsewhere(line, *runs[at - 1 : at + 1])), len(runs))
    return "".join(run.value for run in runs[:end])


def _goes_elsewhere(line: Line, one: NumberRun, other: NumberRun) -> bool:
    return line.spoken_between(one.words[1], other.words[0]) > _WORDS_WITHIN


def fits(value: str, mention: Mention) -> bool:
    """Whether digits may be what a phrase names: as many as a telephone number or an account has, or a date."""
    if mention.kind != "dateOfBirth":
        return len(value) >= _LEAST_DIGITS[mention.kind]
    cuts = ((one, other) for one in (1, 2) for other in (1, 2))
    return any(
        {int(value[:one]), int(value[one : one + other])} <= set(_DAYS)
        and min(int(value[:one]), int(value[one : one + other])) in _MONTHS
        and len(value) - one - other in _YEAR_DIGITS
        for one, other in cuts
        if len(value) > one + other
    )


def _greets(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a phrase is what a company is called with whose greeting a call begins: "Mobile phones, how are you?"."""
    line = dialogue.lines[mention.channel]
    if not mention.asks or mention.first >= _COMPANY_WORDS or not opens(dialogue, line):
        return False
    behind = " ".join(line.after(mention.last, _GREETING_WORDS))
    asked = any(f" {phrase} " in f" {behind} " for phrase in naming_words(line.language, "greeting_questions"))
    return asked and question_words(line.language).isdisjoint(line.plain_words[: mention.first])


def is_told_by_others(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a phrase that asks for nothing by itself is answered by the other side before its speaker goes on: "date
    of birth," "5/3/81." "it's $49". What he says then is the detail only where it fits it."""
    line = dialogue.lines[mention.channel]
    if mention.kind not in _FIGURES or mention.asks:
        return False
    following = next((at for at in range(mention.last + 1, len(line.words)) if line.plain_words[at]), None)
    return following is not None and _is_answered_between(dialogue, line, mention, following)


def _is_answered_between(dialogue: Dialogue, line: Line, mention: Mention, following: int) -> bool:
    """Whether another side answers between a phrase and the next word of who names the detail, which is not his own:
    "my account number" is told by who says it."""
    own = line.plain_words[max(0, mention.first - 1) : mention.last + 1]
    begin_ms, end_ms = line.words[mention.last].end_ms, line.words[following].start_ms
    if end_ms - begin_ms < _ANSWERED_MS or not naming_words(line.language, "mine").isdisjoint(own):
        return False
    return _is_answered_within(dialogue, mention, begin_ms, end_ms)


def _is_answered_within(dialogue: Dialogue, mention: Mention, begin_ms: int, end_ms: int) -> bool:
    """Whether another side says digits that fit, and nothing that tells before them, in [begin_ms, end_ms)."""
    language = dialogue.lines[mention.channel].language
    leads = lead_words(language) | common_words().nods
    months = word_lists_of(language).months if mention.kind == "dateOfBirth" else frozenset()
    for other in dialogue.lines.values():
        if other.channel == mention.channel or other.is_keyed:
            continue
        first = bisect_left(other.words, begin_ms, key=lambda word: word.start_ms)
        end = bisect_left(other.words, end_ms, key=lambda word: word.start_ms)
        runs = other.runs_in(first, end - 1)
        before = {text for text in other.plain_words[first : runs[0].words[0]] if text} if runs else set()
        if runs and before <= leads | months:
            dated = other.plain_words[first : min(end, runs[0].words[1] + 1 + _MONTH_WITHIN)]
            return not months.isdisjoint(dated) or fits(_digits_from(other, runs), mention)
    return False
