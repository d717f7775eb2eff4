"""Names by which one side calls the other, "thank you, Anna", "is this Anna Brook?", or itself, "it's Anna, again".

Who speaks first answers for a company, and greets by his own name: "Harbor Bank, Anna speaking".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from voxport.core.transcript import WordKind
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.detectors.personal.unasked import clauses_of
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.questions import addressing_words, naming_words, question_words, subjects

_PARTS = 3
"""Parts of such a name. A judgement."""
_LEADING = 5
"""Words of the longest phrase before one: "am I speaking with"."""
_PAUSE_MS = 700
"""A pause that ends a name as a mark does."""
_FULL = 2
"""Parts of a name that is none of a thing, however it is introduced: "it's Anna Brook"."""
_BEGINNING_WORDS = 24
"""Words and marks of who calls in which one part alone is a name, where nobody has answered: "hi, it's Anna"."""
_ASKED_WORDS = 4
"""Words of a name that is asked after, however it is heard."""
_ADDRESSING = 8
"""Words before a name of which one is about whom the sentence is said to: "you", "I". A judgement."""
_GREETING_WORDS = 5
"""Words of a greeting that is a company, a team and a name. A judgement."""
_LEAST_MELTED = 6
"""Letters of a name with a part of another word before it. A judgement."""
_NUMBER_WITHIN = 4
"""Words and marks behind "member" in which the digits of its number begin. A judgement: "member number is"."""
_LEAST_HAILED = 3
"""Letters of a name behind "hi": a shorter one is half a word. A judgement."""
_ANSWERING = 3
"""Words of the other side that answer, rather than greet in between."""


def opens(dialogue: Dialogue, line: Line) -> bool:
    """Whether a line is that of who speaks first, or the only one."""
    return line.speaks_from_ms == min(one.speaks_from_ms for one in dialogue.lines.values() if not one.is_keyed)


def greeting_end_ms(dialogue: Dialogue, line: Line) -> int:
    """When another side speaks first; 0 for the line of that side, and where there is only one."""
    others = [
        one.words[0].start_ms
        for one in dialogue.lines.values()
        if one.channel != line.channel and one.words and not one.is_keyed
    ]
    return min(others) if others and opens(dialogue, line) else 0


def called_by_name(dialogue: Dialogue) -> Iterator[tuple[Line, list[int]]]:
    """The words of each such name."""
    for line in dialogue.lines.values():
        if line.is_keyed:
            continue
        first, greeted_ms = opens(dialogue, line), greeting_end_ms(dialogue, line)
        if first:
            yield from ((line, named) for named in _asked_after(line))
        yield from ((line, named) for named in _greeting(line, greeted_ms))
        index = 0
        while index < len(line.words):
            named = _name_at(line, index)
            if named and (
                _addresses(line, named)
                or (_is_called(line, named, greeted_ms) if first else _is_introduced(dialogue, line, named))
            ):
                yield line, named
            index = named[-1] + 1 if named else index + 1


def _greeting(line: Line, until_ms: int) -> Iterator[list[int]]:
    """The name by which somebody greets before the other side speaks, however it is heard: "you need a speaking"."""
    for words in clauses_of(line):
        if line.words[words[0]].start_ms >= until_ms:
            return
        spoken = naming_words(line.language, "presented_by_voice")
        end = next((phrase for phrase in spoken if _is_last(line, words, phrase)), "")
        named = words[: len(words) - len(end.split())]
        if end and named and line.plain_words[named[0]] not in question_words(line.language):
            yield named if len(named) <= _PARTS else _name_that_ends(line, named)
        elif line.plain_words[words[-1]] in naming_words(line.language, "presents") and _is_bent(line, words[:-1]):
            yield _name_that_ends(line, words[:-1])
        elif line.plain_words[words[-1]] in naming_words(line.language, "presents") and is_name(line, words[0]):
            named = list(takewhile(lambda index: is_name(line, index), words[:_PARTS]))
            yield [*named, *_ends_name(line, words[len(named) :])]
        elif _is_greeted_by(line, words[-1]) or _is_melted_with_voice(line, words):
            yield words[-1:]
        elif (through := _named_in_team(line, words)) is not None:
            yield [through]
        elif len(words) == 1 and (_is_vocative(line, words) or _is_put_in(line, words[0])):
            yield words
        elif _ends_before(line, words[-1], until_ms) and _is_behind_team(line, words):
            yield words[-1:]


def _ends_name(line: Line, behind: Sequence[int]) -> Sequence[int]:
    """The one word between a name and "here" that was heard for its end: "Tim are here" for "Tamara here"."""
    alone = len(behind) == _FULL and line.plain_words[behind[0]] in naming_words(line.language, "heard_ends")
    return behind[:1] if alone else ()


def _name_that_ends(line: Line, words: Sequence[int]) -> list[int]:
    """The last word of a greeting before "speaking", or the last two where everybody says it: "shall be speaking"."""
    return list(words[-1:] if not is_everyday(line, words[-1]) else words[-_FULL:])


def _is_bent(line: Line, words: Sequence[int]) -> bool:
    """Whether what stands before "here" may be a company and a name that was heard as others: "kennels shall be here",
    not "how can I help you here"."""
    if len(words) <= _FULL or line.plain_words[words[0]] in question_words(line.language):
        return False
    never = subjects(line.language) | naming_words(line.language, "leading")
    return not any(line.plain_words[index] in never for index in words[-_FULL:])


def _named_in_team(line: Line, words: Sequence[int]) -> int | None:
    """The name behind "you're through to", before the team: "you're through to Jordan in billing"."""
    teams = naming_words(line.language, "before_teams")
    leading = naming_words(line.language, "leading")
    return next(
        (
            at
            for at in words[:-1]
            if line.plain_words[at + 1] in teams
            and line.plain_words[at] not in leading
            and (follows(line, at, "through") or (follows(line, at, "greeting") and not is_everyday(line, at)))
        ),
        None,
    )


def _is_greeted_by(line: Line, index: int) -> bool:
    """Whether a word follows "this is", or whatever word it is "you're through to", which is somebody."""
    leads = line.plain_words[index] in naming_words(line.language, "leading")
    if line.plain_words[index] in naming_words(line.language, "departments"):
        return False
    if follows(line, index, "through"):
        return not leads
    return follows(line, index, "greeting") and not is_everyday(line, index)


def _is_melted_with_voice(line: Line, words: Sequence[int]) -> bool:
    """Whether a greeting ends in a word that holds the name and what says that somebody speaks: "a Blanuria" for "habla
    Nuria"."""
    said = line.plain_words[words[-1]]
    before = line.plain_words[words[-2]] if len(words) > 1 else ""
    melted = naming_words(line.language, "melted_voices")
    return any(f"{before} {said}".startswith(one) and len(said) >= _LEAST_MELTED for one in melted)


def _is_put_in(line: Line, index: int) -> bool:
    """Whether a name in the middle of a greeting stands by itself: "Pass Center, Anna, your transponder number"."""
    named = is_name(line, index) and not is_everyday(line, index) and not _begins(line, index)
    return named and not _is_thing(line, index)


def _is_behind_team(line: Line, words: Sequence[int]) -> bool:
    """Whether a short greeting ends in a word behind the name of a team that not everybody says, as a name is heard:
    "payroll fairer", "member services quaint"."""
    if not _FULL <= len(words) <= _GREETING_WORDS or is_everyday(line, words[-1]) or _is_thing(line, words[-1]):
        return False
    team, said = line.plain_words[words[-2]], line.words[words[-1]].text
    teams = naming_words(line.language, "departments") | naming_words(line.language, "teams")
    asking = question_words(line.language) | addressing_words(line.language)
    if not asking.isdisjoint(line.plain_words[index] for index in words):
        # "What's your booking reference?"
        return False
    return team in teams and said.isalpha() and len(said) >= _LEAST_HAILED


def _ends_before(line: Line, index: int, until_ms: int) -> bool:
    """Whether a word is the last that is said before a time."""
    following = next((at for at in range(index + 1, len(line.words)) if line.plain_words[at]), None)
    return following is None or line.words[following].start_ms >= until_ms


def _is_thing(line: Line, index: int) -> bool:
    uses = ("things", "departments", "teams", "institutions")
    return any(line.plain_words[index] in naming_words(line.language, use) for use in uses)


def _is_vocative(line: Line, named: Sequence[int]) -> bool:
    """Whether a name, and of no thing, ends a sentence behind a comma: "Harbor Bank, Anna.", "can you do it, Anna?"."""
    uses = ("things", "departments")
    thing = any(line.plain_words[named[0]] in naming_words(line.language, use) for use in uses)
    return is_name(line, named[0]) and not thing and not _begins(line, named[0]) and not line.after(named[-1])


def _asked_after(line: Line) -> Iterator[list[int]]:
    """What short questions for somebody name, a part of it heard as a name: "is it still math and Mallory?"."""
    for index, word in enumerate(line.words):
        if word.text != "?":
            continue
        back = takewhile(line.plain_words.__getitem__, range(index - 1, -1, -1))
        words = [*islice(back, _ASKED_WORDS + _LEADING)][::-1]
        begin = next((at for at in range(1, len(words)) if _asks_after(line, words, at)), None)
        named = words[begin:] if begin is not None else []
        while named and is_everyday(line, named[-1]):
            named.pop()
        speaking = bool(named) and follows(line, named[0], "speaking")
        if 0 < len(named) <= _ASKED_WORDS and (speaking or any(is_name(line, at) for at in named)):
            yield named


def _asks_after(line: Line, words: Sequence[int], place: int) -> bool:
    """Whether a phrase that asks for somebody ends right before a word that may be a name."""
    text = line.plain_words[words[place]]
    if text in naming_words(line.language, "leading"):
        return False
    asked = any(follows(line, words[place], use) for use in ("seeking", "confirming"))
    return asked and not is_everyday(line, words[place])


def _is_last(line: Line, words: Sequence[int], phrase: str) -> bool:
    """Whether a clause ends in a phrase."""
    parts = phrase.split()
    return [line.plain_words[index] for index in words[-len(parts) :]] == parts


def _name_at(line: Line, index: int) -> list[int]:
    """The words of the name that begins at an index."""
    named: list[int] = []
    while index < len(line.words) and len(named) < _PARTS and is_name(line, index):
        if (named and _is_numbered(line, index)) or line.runs_in(index, index):
            break
        named.append(index)
        index += 1
    return named


def _is_numbered(line: Line, index: int) -> bool:
    """Whether a word is what somebody has the number of, with digits soon behind it: "Member KHC-447"."""
    account = index < len(line.words) and line.plain_words[index] in naming_words(line.language, "accounts")
    return account and bool(line.runs_in(index + 1, index + _NUMBER_WITHIN))


def _is_called(line: Line, named: Sequence[int], greeted_ms: int) -> bool:
    """Whether the side that was called calls the other so, in its greeting only where it asks for somebody."""
    goes_on = line.after(named[-1])[:1]
    if follows(line, named[0], "seeking"):
        return _ends(line, named[-1]) or (bool(goes_on) and goes_on[0] in naming_words(line.language, "presented"))
    agreed = bool(goes_on) and goes_on[0] in naming_words(line.language, "agreeing")
    if not _ends(line, named[-1]) and not agreed:
        return False
    full = len(named) >= _FULL and follows(line, named[0], "owning")
    return line.words[named[0]].start_ms >= greeted_ms and (
        full or any(follows(line, named[0], use) for use in ("confirming", "calling"))
    )


def _is_introduced(dialogue: Dialogue, line: Line, named: Sequence[int]) -> bool:
    """Whether who calls says so who he is."""
    here = line.after(named[-1])[:1]
    if (
        here
        and here[0] in naming_words(line.language, "presents")
        and (_begins(line, named[0]) or _mark(line, named[0]))
    ):
        return True
    if len(named) == 1 and _ends(line, named[0]) and follows(line, named[0], "hailing"):
        # "Hey, Anna," to who greeted by that name.
        said = line.plain_words[named[0]]
        others = naming_words(line.language, "endearments") | naming_words(line.language, "departments")
        return len(said) >= _LEAST_HAILED and said not in others
    if len(named) >= _FULL and follows(line, named[0], "hailing") and _is_numbered(line, named[-1] + 1):
        return True
    if not follows(line, named[0], "presenting"):
        return False
    begins = _is_first_said(dialogue, line, named[0])
    goes_on = line.after(named[-1])[:1]
    ends = _ends(line, named[-1]) or (bool(goes_on) and goes_on[0] in naming_words(line.language, "presented"))
    return ends and (len(named) >= _FULL or begins)


def _is_first_said(dialogue: Dialogue, line: Line, index: int) -> bool:
    """Whether a word is among the first of who calls, before anybody answers him."""
    if index > _BEGINNING_WORDS:
        return False
    since_ms, until_ms = line.words[0].start_ms, line.words[index].start_ms
    others = (one for one in dialogue.lines.values() if one.channel != line.channel and not one.is_keyed)
    return all(
        bisect_left(one.words, until_ms, key=lambda word: word.start_ms)
        - bisect_left(one.words, since_ms, key=lambda word: word.start_ms)
        < _ANSWERING
        for one in others
    )


def _addresses(line: Line, named: Sequence[int]) -> bool:
    """Whether one name alone ends a sentence to the other side: "I put a note on your account, Anna."."""
    if len(named) > 1 or not _is_vocative(line, named) or line.plain_words[named[0] - 1]:
        return False
    said = line.before(named[0], _ADDRESSING)
    return not (addressing_words(line.language) | subjects(line.language)).isdisjoint(said)


def _begins(line: Line, index: int) -> bool:
    """Whether a word is the first of its sentence."""
    return index == 0 or line.sentences[index] != line.sentences[index - 1]


def _mark(line: Line, index: int) -> bool:
    """Whether a mark stands before an index."""
    return line.words[index - 1].kind is not WordKind.WORD


def follows(line: Line, index: int, use: str) -> bool:
    """Whether one of the phrases of that use stands right before a word, a comma at most between."""
    sentence = line.sentences[index]
    places = [at for at in range(max(0, index - 2 * _LEADING), index) if line.plain_words[at]]
    said = " ".join(line.plain_words[at] for at in places[-_LEADING:] if line.sentences[at] == sentence)
    return any(said == phrase or said.endswith(f" {phrase}") for phrase in naming_words(line.language, use))


def _ends(line: Line, index: int) -> bool:
    """Whether a mark, a pause or nothing follows a word."""
    if index + 1 >= len(line.words) or line.words[index + 1].kind is not WordKind.WORD:
        return True
    return line.words[index + 1].start_ms - line.words[index].end_ms > _PAUSE_MS
