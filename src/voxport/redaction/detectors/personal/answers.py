"""What follows a question for a detail, or "my name is": the words that tell it, without those that only lead to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.personal.addresses import MOST_WORDS
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import begins_spelling
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import denials, email_words, is_offered, lead_words, naming_words
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_LEAST_DIGITS = 2
"""Digits that begin with "one" and are no pronoun."""
_PLACE_WITHIN = 3
"""Words behind a house number in which a name stands. A judgement."""
_FIGURES = ("phone", "account")
"""Kinds of numbers, which recognisers divide into sentences."""
_OVER_SENTENCES = (*_FIGURES, "dateOfBirth")
"""Those and dates, "11.27." "1992"."""
_GOES_ON_MS = 1_500
"""ms between two parts of such a number. A judgement: as between groups of digits."""
_FURTHER_WORDS, _FURTHER_ASIDE = 8, 1
"""Digits of the second part, as words, and other words beside them: "I'm". Judgements."""
_DENIED = 3
"""Words of an answer that denies in which a name begins all the same: "no, Anna Brook". A judgement."""
_MEANWHILE = 2
"""Words of the asker that are looked at before an answer ends, for each word of the longest one. A judgement."""


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """How far an answer goes. All values are judgements, tried on the half of the wordings that was chosen with."""

    within_ms: int = 8_000
    """ms from the question to the answer."""
    aside_words: int = 12
    """Words that the asker adds after the phrase, before the answer."""
    pause_ms: int = 3_500
    """A pause that ends an answer: people look something up, and spell."""
    resumed_words: int = 3
    """Words of the asker that end the answer, nods aside and what he only says again."""
    most_words: int = 24
    """Words of the longest answer: an address with its city and state."""
    spelled_words: int = 96
    """The same of a name: "B as in Bravo" takes four words for one letter. Only what is a name or spelled counts."""
    told_words: int = 8
    """The same where it is told unasked, within its sentence."""

    def longest(self, kind: str) -> int:
        """Words of the longest answer to a question for that kind."""
        return {"name": self.spelled_words, "email": MOST_WORDS}.get(kind, self.most_words)


@dataclass(frozen=True)
class Answer:
    """The words of one line that may tell a detail."""

    line: Line
    words: tuple[int, ...]
    """Their indices, in order, marks left out; without what only leads to the detail."""


def answers_to(dialogue: Dialogue, mention: Mention, options: AnswerOptions) -> list[Answer]:
    """What the other side says to a question, or the same one after its own words; nothing where it declines."""
    line = dialogue.lines[mention.channel]
    others = [other for other in dialogue.lines.values() if other.channel != line.channel and not other.is_keyed]
    if not mention.asks:
        found = [(line, _rest_of_sentence(line, mention, options))]
    elif others and _goes_on_itself(dialogue, line, mention, options):
        found = [(line, _next_sentence(line, mention, options))]
    elif others:
        found = [(other, _answer_on(other, line, mention, options)) for other in others]
        if is_offered(line, mention):
            offered = _next_sentence(line, mention, options)
            found.append((line, list(_instead(line, offered)) if mention.kind == "address" else offered))
    else:
        found = [(line, _next_sentence(line, mention, options))]
    return [Answer(line, told) for line, words in found if (told := _told(line, words, mention.kind))]


def _goes_on_itself(dialogue: Dialogue, line: Line, mention: Mention, options: AnswerOptions) -> bool:
    """Whether who asks tells the address himself, before anybody else speaks: "Can you email it? It's a.brook at"."""
    begin = bisect_right(line.sentences, line.sentences[mention.last])
    first = next(_words_after(line, begin - 1), None)
    if mention.kind != "email" or first is None:
        return False
    sentence = takewhile(lambda at: line.sentences[at] == line.sentences[first], range(first, len(line.words)))
    told = line.plain_words[first] in naming_words(line.language, "telling_itself")
    told = told and any(_is_of_an_address(line, at) for at in islice(sentence, MOST_WORDS))
    end_ms, start_ms = line.words[mention.last].end_ms, line.words[first].start_ms
    return (
        told and start_ms - end_ms <= options.within_ms and not dialogue.is_talked_into(line.channel, end_ms, start_ms)
    )


def _is_of_an_address(line: Line, index: int) -> bool:
    """Whether a word is a part of an e-mail address and of nothing else."""
    words, text = email_words(line.language), line.plain_words[index]
    return "." in text.strip(".") or "@" in text or text in words.dot or text in words.providers


def _rest_of_sentence(line: Line, mention: Mention, options: AnswerOptions) -> list[int]:
    asked = line.sentences[mention.last]
    sentence = takewhile(lambda index: line.sentences[index] == asked, _words_after(line, mention.last))
    told = _until_pause(line, list(islice(sentence, options.told_words)), options)
    return [*told, *_further_digits(line, told[-1])] if told and mention.kind in _OVER_SENTENCES else told


def _further_digits(line: Line, last: int) -> list[int]:
    """The words of the next sentence that go on with the digits which end one: "is 9660." "I'm 164"; none where that
    sentence says more."""
    begin = last + 2
    stops = begin < len(line.words) and line.words[last + 1].text == "." and bool(line.plain_words[begin])
    near = stops and line.words[begin].start_ms - line.words[last].end_ms <= _GOES_ON_MS
    if not near or not _ends_in_digits(line, last):
        return []
    sentence = line.sentences[begin]
    further = list(
        islice(
            takewhile(lambda at: line.sentences[at] == sentence, _words_after(line, last)),
            _FURTHER_WORDS + _FURTHER_ASIDE + 1,
        )
    )
    figures = {at for run in line.runs_in(begin, further[-1]) for at in range(run.words[0], run.words[1] + 1)}
    others = [index for index in further if index not in figures]
    short = len(further) <= _FURTHER_WORDS + _FURTHER_ASIDE
    return further if figures and short and len(others) <= _FURTHER_ASIDE else []


def _ends_in_digits(line: Line, last: int) -> bool:
    near = line.runs_in(max(0, last - _FURTHER_WORDS), last)
    return bool(near) and near[-1].words[1] >= last


def _next_sentence(line: Line, mention: Mention, options: AnswerOptions) -> list[int]:
    """In mono the answer is the sentence after the question; a short one goes on in the next."""
    asked = line.sentences[mention.last]
    begin = bisect_right(line.sentences, asked)
    after = list(islice(_words_after(line, begin - 1), options.longest(mention.kind)))
    if not after or line.words[after[0]].start_ms - line.words[mention.last].end_ms > options.within_ms:
        return []
    answered = line.sentences[after[0]]
    told = [index for index in after if line.sentences[index] == answered]
    if not _without_lead(line, told):
        told = [index for index in after if line.sentences[index] <= answered + 1]
    return _until_pause(line, told[: options.longest(mention.kind)], options)


def _answer_on(line: Line, asker: Line, mention: Mention, options: AnswerOptions) -> list[int]:
    asked_ms = asker.words[mention.last].end_ms
    begin = bisect_left(line.words, asked_ms - 300, key=lambda word: word.start_ms)
    words = list(islice(_words_after(line, begin - 1), options.longest(mention.kind)))
    if not words or line.words[words[0]].start_ms - asked_ms > options.within_ms:
        return []
    begin_ms = line.words[words[0]].start_ms
    said_ms: dict[str, int] = {}
    for index in words:
        said_ms.setdefault(line.plain_words[index], line.words[index].start_ms)
    last_ms = line.words[words[-1]].start_ms
    meanwhile = takewhile(lambda at: asker.words[at].start_ms <= last_ms, _words_after(asker, mention.last))
    said = (
        place
        for place in islice(meanwhile, _MEANWHILE * options.longest(mention.kind))
        if asker.plain_words[place] not in common_words().nods
        and said_ms.get(asker.plain_words[place], asker.words[place].end_ms) >= asker.words[place].start_ms
    )
    rest = list(islice(said, options.aside_words + options.resumed_words + 1))
    aside = sum(1 for index in rest if asker.words[index].start_ms < begin_ms)
    if aside > options.aside_words:
        return []
    later = [asker.words[index].start_ms for index in rest if asker.words[index].start_ms >= begin_ms]
    end_ms = later[options.resumed_words - 1] if len(later) >= options.resumed_words else None
    told = [index for index in words if end_ms is None or line.words[index].start_ms < end_ms]
    return _until_pause(line, told, options)


def _words_after(line: Line, last: int) -> Iterator[int]:
    return (index for index in range(last + 1, len(line.words)) if line.words[index].kind is WordKind.WORD)


def _until_pause(line: Line, words: Sequence[int], options: AnswerOptions) -> list[int]:
    for place in range(1, len(words)):
        if line.words[words[place]].start_ms - line.words[words[place - 1]].end_ms > options.pause_ms:
            return list(words[:place])
    return list(words)


def _told(line: Line, words: Sequence[int], kind: str) -> tuple[int, ...]:
    """The words of an answer that may tell something; of one that denies only what it gives instead."""
    told = _without_lead(line, words)
    if not told and kind == "address":
        return tuple(_instead(line, words))
    if not told and kind == "name":
        named = next((at for at, index in enumerate(words[:_DENIED]) if is_name(line, index)), len(words))
        return tuple(words[named:])
    return told


def _instead(line: Line, words: Sequence[int]) -> Sequence[int]:
    """From where a number and a name stand side by side, "no, it's 14 Vine Street now", or the number a little before:
    "no, to the house, 45-degree in Cardiff"."""
    for place, (one, other) in enumerate(pairwise(words)):
        house, name = (one, other) if line.runs_in(one, one) else (other, one)
        if line.plain_words[name] in word_lists_of(line.language).units and name == other:
            # "42 Dollars."
            continue
        near = words[place + 1 : place + 1 + _PLACE_WITHIN] if house == one else [name]
        if line.runs_in(house, house) and any(is_name(line, index) for index in near):
            return tuple(words[place:])
    return ()


def _without_lead(line: Line, words: Sequence[int]) -> tuple[int, ...]:
    lead = lead_words(line.language)
    leads = (line.plain_words[index] in lead and not _is_told(line, index) for index in words)
    place = next((at for at, leading in enumerate(leads) if not leading), len(words))
    told = tuple(words[place:])
    if told and line.plain_words[told[0]] in denials(line.language) and not _is_misheard_digit(line, told):
        return ()
    return told


def _is_misheard_digit(line: Line, told: Sequence[int]) -> bool:
    """Whether a word that denies was a digit, by what follows it: "no quiero 3 5" for "uno cero 3 5"."""
    heard = len(told) > 1 and line.plain_words[told[1]] in lexicon_of(line.language).heard_as
    return heard and bool(line.runs_in(told[1], told[1] + 1))


def _is_told(line: Line, index: int) -> bool:
    """Whether a word that may only lead to an answer begins it: "A as in apple", "I, N, G", "one four four"."""
    if any(len(run.value) >= _LEAST_DIGITS for run in line.runs_in(index, index)):
        return True
    return len(line.plain_words[index]) == 1 and begins_spelling(line, index)
