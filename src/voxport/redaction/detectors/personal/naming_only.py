"""Phrases that name a detail and ask for none: they say what was told, were answered already, or call a company so."""

from __future__ import annotations

from bisect import bisect_left

from voxport.redaction.detectors.personal.called import opens
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import addressing_words, naming_words, question_words

_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds that are told in digits."""
_OWN_DIGITS_WITHIN = 6
"""Words and marks before a phrase in which its own speaker says the digits that it names. A judgement."""
_TOLD_DIGITS = 5
"""Digits before a phrase that only says what they are. A judgement: fewer are counts."""
_COMPANY_WORDS, _GREETING_WORDS = 3, 6
"""Words and marks before what a company is called with, and words behind it in which it greets. Judgements."""
_ANSWERED_MS = 1_000
"""ms between two words of who asks in which he is answered in digits. A judgement."""


def asks_nothing(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether what follows a phrase tells no detail."""
    return _says_what_was_told(dialogue, mention) or _greets(dialogue, mention)


def _says_what_was_told(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a phrase only says what the digits right before it are, "617 555 0142, that's a cell", or is answered by
    the other side before its speaker goes on: "date of birth," "5/3/81." "it's $49"."""
    line = dialogue.lines[mention.channel]
    if mention.kind not in _FIGURES:
        return False
    if not mention.asks:
        following = next((at for at in range(mention.last + 1, len(line.words)) if line.plain_words[at]), None)
        return following is not None and _is_answered_between(dialogue, line, mention.last, following)
    before = line.runs_in(max(0, mention.first - _OWN_DIGITS_WITHIN), mention.first - 1) if mention.first else ()
    told = [run for run in before if line.sentences[run.words[1]] == line.sentences[mention.first]]
    own = addressing_words(line.language).isdisjoint(line.plain_words[mention.first : mention.last + 1])
    ends = mention.last + 1 >= len(line.words) or line.words[mention.last + 1].text == "."
    return own and ends and any(len(run.value) >= _TOLD_DIGITS for run in told)


def _greets(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a phrase is what a company is called with whose greeting a call begins: "Mobile phones, how are you?"."""
    line = dialogue.lines[mention.channel]
    if not mention.asks or mention.first >= _COMPANY_WORDS or not opens(dialogue, line):
        return False
    behind = " ".join(line.after(mention.last, _GREETING_WORDS))
    asked = any(f" {phrase} " in f" {behind} " for phrase in naming_words(line.language, "greeting_questions"))
    return asked and question_words(line.language).isdisjoint(line.plain_words[: mention.first])


def _is_answered_between(dialogue: Dialogue, line: Line, last: int, following: int) -> bool:
    """Whether another side says digits between two words of a line."""
    begin_ms, end_ms = line.words[last].end_ms, line.words[following].start_ms
    others = (one for one in dialogue.lines.values() if one.channel != line.channel and not one.is_keyed)
    for other in others if end_ms - begin_ms >= _ANSWERED_MS else ():
        first = bisect_left(other.words, begin_ms, key=lambda word: word.start_ms)
        end = bisect_left(other.words, end_ms, key=lambda word: word.start_ms)
        if other.runs_in(first, end - 1):
            return True
    return False
