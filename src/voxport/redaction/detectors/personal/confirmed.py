"""Names that one side puts to the other, who says that it is his: "is this denied banks?" "Speaking.".

The reply shows that a name was said, however it was heard. It never shows more than the clause right before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from voxport.redaction.detectors.personal.called import follows
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.questions import naming_words, question_words
from voxport.redaction.dialogue.word_lists import common_words

_CLAUSE = 10
"""Words before a reply in which the phrase stands that asks for somebody. A judgement."""
_PARTS = 4
"""Words of a name that was heard as others: "wearing buy and cheat". A judgement."""
_REPLY = 5
"""Words of the longest reply: "yes , this is she"."""
_FULL = 2
"""Words of a given and a family name, and the fewest of a clause that a reply alone makes a name."""
_PAUSE_MS = 700
"""A pause behind which somebody begins to reply. A judgement, as for names."""
_BEHIND = 1
"""Words of who replies between what he was told and his reply: "oh, that's me"."""


def confirmed_names(dialogue: Dialogue) -> Iterator[tuple[Line, list[int]]]:
    """The words of each such name."""
    for line in dialogue.lines.values():
        if line.is_keyed or len(dialogue.lines) == 1:
            continue
        for index in range(len(line.words)):
            if not line.plain_words[index] or not _begins(line, index):
                continue
            sure, mere = (_is_reply(line, index, use) for use in ("identifying", "agreeing_so"))
            asked = answered_by(dialogue, line, index) if sure or mere else None
            if asked is not None and _replies_at_once(dialogue.lines[asked[0]], asked[1], line, index):
                named = _put_before(dialogue.lines[asked[0]], asked[1], sure=sure)
                if named:
                    yield dialogue.lines[asked[0]], named


def _begins(line: Line, index: int) -> bool:
    """Whether a word follows a mark, a pause or nothing."""
    if index == 0 or not line.plain_words[index - 1]:
        return True
    return line.words[index].start_ms - line.words[index - 1].end_ms > _PAUSE_MS


def _is_reply(line: Line, index: int, use: str) -> bool:
    """Whether the words from an index on, behind "yes" or before "yes", are one of the phrases of that use, and no more
    than a word of a name."""
    said = [line.plain_words[index], *line.after(index, _REPLY)]
    leads = list(takewhile(lambda text: text in common_words().nods, said))
    replies = [phrase.split() for phrase in naming_words(line.language, use)]
    starts = (said[place:] for place in range(len(leads) + 1))
    return any(start[: len(reply)] == reply for start in starts for reply in replies)


def _replies_at_once(asker: Line, last: int, line: Line, index: int) -> bool:
    """Whether nothing but a word or two of who replies stands between."""
    asked_ms = asker.words[last].end_ms
    between = takewhile(lambda at: line.words[at].start_ms >= asked_ms, range(index - 1, -1, -1))
    return sum(1 for at in islice(between, 2 * _CLAUSE) if line.plain_words[at]) <= _BEHIND


def _put_before(line: Line, last: int, *, sure: bool) -> list[int]:
    """The name with which somebody ends; `sure`: the reply says that it is one, "speaking"."""
    back = takewhile(lambda at: line.sentences[at] == line.sentences[last], range(last, -1, -1))
    words = [at for at in islice(back, 2 * _CLAUSE) if line.plain_words[at]][::-1][-_CLAUSE:]
    for place, index in reversed([*enumerate(words)]):
        uses = [one for one in ("seeking", "confirming", "asking_who") if follows(line, index, one)]
        if uses:
            named = _together(words[place:])
            while len(named) > 1 and line.plain_words[named[-1]] in naming_words(line.language, "calling"):
                # "Ann Moss, please?"
                named.pop()
            heard = _may_be_named(line, named, sure=sure) and (sure or _shows_name(line, named, uses))
            return named if heard else []
    clause = _together(words[::-1])[::-1]
    alone = bool(clause) and clause[0] == words[0]
    clause = clause[next((at for at, index in enumerate(clause) if is_name(line, index)), 0) :]
    whole = _FULL <= len(clause) <= _PARTS and line.plain_words[clause[0]] not in question_words(line.language)
    return clause if sure and whole and not alone and _may_be_named(line, clause, sure=False) else []


def _together(words: Sequence[int]) -> list[int]:
    """The first words up to a mark, in whichever order they come."""
    end = next((place for place in range(1, len(words)) if abs(words[place] - words[place - 1]) > 1), len(words))
    return list(words[:end])


def _may_be_named(line: Line, named: Sequence[int], *, sure: bool) -> bool:
    """Whether words may be a name that was heard so: few, no digits, no "the" before them, at least one that not
    everybody says. `sure`: the reply says that it is one, "is this on a brook?"; then only "the" and "your" show what
    is none."""
    things = naming_words(line.language, "no_names")
    leading = naming_words(line.language, "of_things" if sure else "leading")
    brands = naming_words(line.language, "brands") | things
    if not named or len(named) > _PARTS or line.plain_words[named[0]] in leading:
        return False
    if line.runs_in(named[0], named[-1]) or any(line.plain_words[index] in brands for index in named):
        return False
    return not all(is_everyday(line, index) for index in named)


def _shows_name(line: Line, named: Sequence[int], uses: Sequence[str]) -> bool:
    """Whether such words are a name though the reply is a mere "yes": written as one, behind what asks for people, two
    and more behind "is this", which asks for things as well, two that not everybody says behind anything else."""
    if any(line.plain_words[index] in naming_words(line.language, "leading") for index in named):
        return False
    if any(is_name(line, index) for index in named):
        return True
    if "seeking" in uses:
        return len(named) >= (_FULL if follows(line, named[0], "asking_what") else 1)
    return len(named) == _FULL and not any(is_everyday(line, index) for index in named)
