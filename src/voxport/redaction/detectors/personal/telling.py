"""Which words of an answer tell something of a person, rather than what everybody says: "okay, thank you very much".

Recognisers write a spelled address or a dictated number as other words: what was told is then known by nothing but that
it is no everyday word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import naming_words, subjects
from voxport.redaction.dialogue.word_lists import word_lists_of

_DIGITS = 5
"""Digits of a house number. By how they are given out."""
_BETWEEN = 3
"""Everyday words between two that tell something, which belong to them: "Brook at the Mill". A judgement."""


def is_everyday(line: Line, index: int) -> bool:
    """Whether a word tells nothing by itself; neither does a mark."""
    text = line.plain_words[index]
    everyday = word_lists_of(line.language).everyday
    return not text or text in everyday or text.removesuffix("'s") in everyday


def tells(line: Line, index: int) -> bool:
    """Whether a word tells something: a name, a letter, a digit or what may have been heard for one."""
    text = line.plain_words[index]
    if text in lexicon_of(line.language).heard_as:
        return True
    if len(text) == 1:
        return text.isdecimal() or text not in letter_names(line.language).words or begins_spelling(line, index)
    return not is_everyday(line, index) and text not in lexicon_of(line.language).fillers


def begins_spelling(line: Line, index: int) -> bool:
    """Whether a letter that is a word, too, is meant as one by what follows: "A as in apple", "I, N, G"."""
    following = line.after(index)
    return bool(following) and (len(following[0]) == 1 or following[0] in letter_names(line.language).examples)


def told_in(line: Line, words: Sequence[int]) -> list[int]:
    """Of the words at these indices, in order, those that tell something with the few that stand between them, up to
    a sentence about something else: "9129 River Drive. We need bags"."""
    telling = list(_until_talk(line, words))
    told = {words[place] for place in telling}
    for place, following in pairwise(telling):
        near = following - place <= _BETWEEN + 1
        if near and line.sentences[words[place]] == line.sentences[words[following]]:
            told.update(words[place:following])
    for place in telling:
        told.update(_digits_before(line, words, place))
    return sorted(told)


def _digits_before(line: Line, words: Sequence[int], place: int) -> Iterator[int]:
    """The words right before one that tells something which may be digits: the "one for" of "14 Station Road"."""
    for before in range(place - 1, max(-1, place - 1 - _DIGITS), -1):
        if not may_be_digit(line, words[before]):
            return
        yield words[before]


def may_be_digit(line: Line, index: int) -> bool:
    """Whether a word is a digit, or may have been one before it was recognised: "for"."""
    text, table = line.plain_words[index], lexicon_of(line.language)
    return text in table.digits or text in table.heard_between or line.words[index].text.isdecimal()


def _until_talk(line: Line, words: Sequence[int]) -> Iterator[int]:
    """The places of words that tell something, up to a later sentence that begins with whom it is about; without what
    is asked in between, "12 Oak Lane. Can you hear me? Fernwood.", but for names and flats in it."""
    told = sentence = None
    asking = False
    flats = naming_words(line.language, "flats")
    for place, index in enumerate(words):
        begins = line.sentences[index] != sentence
        sentence = line.sentences[index]
        if told not in (None, sentence) and begins and line.plain_words[index] in subjects(line.language):
            return
        if begins:
            asking = told is not None and line.plain_words[index] in naming_words(line.language, "begins_talk")
        elif asking and words[place - 1] != index - 1 and not _is_asked(line, index):
            # "Puede anotar, Fuenlabrada."
            asking = False
        flat = not flats.isdisjoint(line.before(index))
        named = flat or (not is_everyday(line, index) and line.words[index].text[:1].isupper())
        skipped = asking and (begins or not named)
        if tells(line, index) and not skipped:
            told = sentence
            yield place


def _is_asked(line: Line, index: int) -> bool:
    """Whether the sentence of a word ends in a question mark."""
    end = bisect_right(line.sentences, line.sentences[index])
    return line.words[end - 1].text == "?"
