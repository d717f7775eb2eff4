"""Cues before digits that say nothing of them: what they name was refused, promised or asked of somebody else."""

from __future__ import annotations

from bisect import bisect_left

from voxport.core.transcript import Word
from voxport.language.numbers import NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.dialogue.lines import Cue, Dialogue
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, word_lists_of

_WITHDRAWN_WITHIN = 2
"""Words from such a cue to digits that mend what it named, "my phone, no, 617 ...". A judgement."""
_REFUSED_WITHIN = 16
"""Words and marks before digits in which something else was refused. A judgement."""
_PART_DIGITS, _PART_WITHIN = 4, 6
"""Digits of the usual part of a number, and words up to any other."""
_PROMISE_WITHIN = 5
"""Words in which something is promised."""
_TOLD_WITHIN, _TOLD_DIGITS = 8, 2
"""Words and marks behind the name of an amount in which it is told, and digits of what may be a part of it."""
_ASKING = frozenset({"what", "which", "when", "how"})


def is_beside(dialogue: Dialogue, cue: Cue, run: NumberRun) -> bool:
    """Whether a cue asks for nothing that who says the digits answers."""
    aside = _is_asked_aside(dialogue, cue, run) or _is_promised(dialogue, cue, run)
    aside = aside or _is_far(dialogue, cue, run) or _is_refused(dialogue, cue, run)
    return aside or _is_withdrawn(dialogue, cue, run)


def _is_withdrawn(dialogue: Dialogue, cue: Cue, run: NumberRun) -> bool:
    """Whether who names something else takes it back at once: "text me, no, I know it, 247 35 9935"."""
    if cue.channel != run.channel or cue.topic not in ORDINARY_TOPICS:
        return False
    line = dialogue.lines[cue.channel]
    behind = next((at for at in range(cue.last + 1, run.words[0]) if line.plain_words[at]), None)
    corrections = lexicon_of(line.language).corrections
    taken = behind is not None and line.plain_words[behind] in corrections
    return taken and line.spoken_between(cue.last, run.words[0]) > _WITHDRAWN_WITHIN


def _is_refused(dialogue: Dialogue, cue: Cue, run: NumberRun) -> bool:
    """Whether who says the digits has said before them that he cannot give what was asked for: "the account number
    instead?" "I don't have that. Okay, quietly, 439 ..."."""
    if cue.channel == run.channel or cue.topic not in ORDINARY_TOPICS:
        return False
    line = dialogue.lines[run.channel]
    begin = max(bisect_left(line.words, cue.end_ms, key=_start_ms), run.words[0] - _REFUSED_WITHIN)
    said = " ".join(word for word in line.plain_words[begin : run.words[0]] if word)
    return any(words in said for words in word_lists_of(line.language).refusals)


def _start_ms(word: Word) -> int:
    return word.start_ms


def _is_far(dialogue: Dialogue, part: Cue, run: NumberRun) -> bool:
    """Whether who says how something ends or begins goes on with other talk: "starting with the January bill, about 62
    dollars, account 90-4418"."""
    if part.topic is not Topic.PART or part.channel != run.channel or len(run.value) == _PART_DIGITS:
        return False
    return dialogue.lines[part.channel].spoken_between(part.last, run.words[0]) > _PART_WITHIN


def _is_promised(dialogue: Dialogue, cue: Cue, run: NumberRun) -> bool:
    """Whether the other side will give what a cue names itself: "and then I'll give you the ticket number"."""
    if cue.channel == run.channel or cue.topic is not Topic.ORDINARY:
        return False
    line = dialogue.lines[cue.channel]
    before = " ".join(reversed(line.before(cue.first, _PROMISE_WITHIN)))
    return any(before.endswith(words) for words in word_lists_of(line.language).promises)


def _is_asked_aside(dialogue: Dialogue, cue: Cue, run: NumberRun) -> bool:
    """Whether who says the digits asked for them himself, of somebody beside him: "Dad? What year? Twenty six"."""
    if cue.topic is not Topic.SHORT or cue.channel != run.channel:
        return False
    if not dialogue.is_of_several:
        return False
    line = dialogue.lines[cue.channel]
    asks = line.plain_words[cue.first] in _ASKING and line.words[min(cue.last + 1, run.words[0])].text == "?"
    return asks and not dialogue.is_talked_into(cue.channel, cue.end_ms, run.span.start_ms)


def is_told(dialogue: Dialogue, amount: Cue, run: NumberRun) -> bool:
    """Whether the other side has said the amount that it named, "your total is 742.60": longer digits are none."""
    if amount.channel == run.channel or len(run.value) <= _TOLD_DIGITS:
        return False
    told = dialogue.lines[amount.channel].runs_in(amount.last, amount.last + _TOLD_WITHIN)
    return bool(told) and told[0].span.start_ms < run.span.start_ms
