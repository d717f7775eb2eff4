"""Names: which words of an answer are one, and what shows by itself that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from voxport.core.transcript import WordKind
from voxport.redaction.detectors.national.signs import letter_at
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.detectors.personal.spelt_names import given_before, said_before_letters
from voxport.redaction.detectors.personal.telling import is_everyday, tells
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import lead_words, naming_words, question_words, spelling_words, titles
from voxport.redaction.dialogue.word_lists import word_lists_of

_PRONOUN = "I"
_BETWEEN = 4
"""Words between two parts of a name: "Anna with two n's, Brook". A judgement."""

_PARTS = 2
"""Parts of a name that was asked for: a given and a family name."""
_TO_LETTER = 3
"""Words from a name to the letter that is told of it: "with a G"."""
_TO_PART = 4
"""Words of the longest phrase behind a name that says which part it is: "is my last name"."""
_GIVEN_WORDS = 3
"""Words that a given name is heard as: "I need a" for "Anita"."""
_TITLED = 2
"""Words of a name behind a title. A judgement: "Mrs Anna Brook"."""


@dataclass(frozen=True, slots=True)
class NameOptions:
    """Which words are a name. All values are judgements."""

    least_spelled: int = 5
    """Letters in a row that are a name or an address whatever was asked for: initials and acronyms have fewer."""
    most_words: int = 4
    """Words of an answer that is a name without being written as one: more are a sentence."""
    most_parts: int = 6
    """Parts of a name: given and family names, both of a married woman in Spanish."""
    begins_within: int = 12
    """Words of an answer in which a name begins: "it is under my husband's name, Tom"."""
    misspelled_words: int = 8
    """Words behind "that is" after a name, which are its letters however they were heard."""


def name_in(line: Line, words: Sequence[int], options: NameOptions, asked: bool = False) -> tuple[int, ...]:
    """Of an answer: the words that are written as a name, and what is spelled among them and after them; all of a short
    one that was asked for."""
    letters = spelled_in(line, words)
    spelled = letters.words
    if letters.text in naming_words(line.language, "abbreviations"):
        # "C V V", of something else.
        words, spelled = [index for index in words if index not in spelled], frozenset()
    first = words if len(words) <= options.most_words else _first_clause(line, words)
    named = _named(line, words, options)
    if not named and _may_be_name(line, first, options):
        named = [index for index in first if not is_everyday(line, index)]
    clause = _first_clause(line, first)
    if words and not named and not spelled and asked:
        named = _heard_wholly(line, words, options)
    if asked and not spelled and named:
        named = [*_heard_before(line, clause, named[0], options), *named]
    if asked and not spelled and named and named[0] == words[0]:
        named = sorted({*named, *_heard_otherwise(line, words, clause, named, options)})
    named = [*_heard_given(line, words, named, asked=asked), *named]
    named = sorted({*named, *said_before_letters(line, words, letters.text)}) if asked else named
    named = [*given_before(line, named[0]), *named] if asked and named else named
    sentence = [index for index in words if not named or line.sentences[index] == line.sentences[named[-1]]]
    return tuple(sorted({*named, *spelled, *_misspelled(line, sentence, named, options)}))


def _may_be_name(line: Line, clause: Sequence[int], options: NameOptions) -> bool:
    """Whether a clause is short and begins with what may be a name, however it is written: not "an authorized user",
    "March 9"."""
    dated = clause and line.plain_words[clause[0]] in word_lists_of(line.language).months
    if dated and line.runs_in(clause[0] + 1, clause[-1]):
        return False
    return 0 < len(clause) <= options.most_words and not is_everyday(line, clause[0])


def _heard_wholly(line: Line, words: Sequence[int], options: NameOptions) -> list[int]:
    """The clause with which an answer begins, where it may be a name of which all was heard as other words: "day
    proof"; none of a question, of one about whom it is, and of what everybody says."""
    clause = [*takewhile(lambda index: line.sentences[index] == line.sentences[words[0]], _first_clause(line, words))]
    never = naming_words(line.language, "about_names") | question_words(line.language)
    never |= naming_words(line.language, "leading")
    if not 0 < len(clause) <= options.most_words or line.plain_words[clause[0]] in never or _is_asked(line, clause[-1]):
        return []
    unusual = [index for index in clause if not is_everyday(line, index) and not line.runs_in(index, index)]
    return clause if unusual and len(clause) >= _PARTS else []


def _is_asked(line: Line, index: int) -> bool:
    """Whether a question mark stands behind a word."""
    return index + 1 < len(line.words) and line.words[index + 1].text == "?"


def _first_clause(line: Line, words: Sequence[int]) -> Sequence[int]:
    """The words of an answer up to its first mark, "bonica paredes , and I would like", behind one that everybody says
    up to the next: "fine, bonica paredes , and"."""
    ends = [place for place in range(1, len(words)) if words[place] != words[place - 1] + 1][:2]
    if len(ends) == 2 and ends[0] == 1 and is_everyday(line, words[0]):
        return words[1 : ends[1]]
    return words[: ends[0]] if ends else words


def begins_with_name(line: Line, words: Sequence[int]) -> bool:
    """Whether what follows "this is" or "last name" is a name, or spelled, right away."""
    letters = (index for index in words[:2] if len(line.plain_words[index]) == 1)
    return any(is_name(line, index) for index in words[:2]) or any(tells(line, index) for index in letters)


def _named(line: Line, words: Sequence[int], options: NameOptions) -> list[int]:
    """The words of an answer that are written as a name, up to where it goes on about something else."""
    named: list[int] = []
    last = options.begins_within
    for place, index in enumerate(words):
        if place > last or len(named) == options.most_parts:
            break
        follows = bool(named) and named[-1] == index - 1
        if follows and joins_names(line, index):
            named.append(index)
        elif is_name(line, index) or (follows and (_is_capital(line, index) or _is_misspelt(line, index))):
            if not named and place > 0 and words[place - 1] == index - 1 and _is_misspelt(line, index - 1):
                named.append(index - 1)
            named.append(index)
            last = place + _BETWEEN
    return named


def joins_names(line: Line, index: int) -> bool:
    """Whether a word right before a family name was heard for its beginning: "Hugo y Barra" for "Ibarra"."""
    begins = line.plain_words[index] in naming_words(line.language, "heard_family")
    return begins and index + 1 < len(line.words) and is_name(line, index + 1)


def _heard_before(line: Line, clause: Sequence[int], named: int, options: NameOptions) -> Sequence[int]:
    """The everyday words with which an answer begins right before a family name, where no sentence about a name begins
    so: the given name, "There is a Reynolds"."""
    before = list(takewhile(lambda index: index < named, clause))
    begins = 0 < len(before) < options.most_words and before[-1] == named - 1
    talk = naming_words(line.language, "about_names")
    return before if begins and not any(line.plain_words[index] in talk for index in before) else ()


def _heard_given(line: Line, words: Sequence[int], named: Sequence[int], *, asked: bool) -> list[int]:
    """The words right before a family name that was asked for which a given name is often heard as, "you go" for
    "Hugo", or an everyday word with which the answer begins, a comma behind it: "Tomorrow, Hadley"."""
    if not asked or not named:
        return []
    first = named[0]
    never = naming_words(line.language, "about_names") | question_words(line.language)
    begins = len(named) == 1 and words[0] == first - _PARTS and line.words[first - 1].text == ","
    if begins and line.plain_words[words[0]] not in never and line.words[words[0]].text.isalpha():
        return [words[0]]
    for length in range(min(_GIVEN_WORDS, first), 0, -1):
        before = range(first - length, first)
        said = " ".join(line.plain_words[index] for index in before)
        if said in naming_words(line.language, "heard_givens") and line.sentences[before[0]] == line.sentences[first]:
            return list(before)
    return []


def _heard_otherwise(
    line: Line, words: Sequence[int], clause: Sequence[int], named: Sequence[int], options: NameOptions
) -> Iterator[int]:
    """The further parts of a name with which an answer begins, heard as everyday words, "Tyrone fits your old", behind
    a comma, "Leticia, cárdenas", or behind one everyday word, "Tere esa billalobos"."""
    if sum(not is_everyday(line, index) for index in clause) >= _PARTS and len(clause) <= options.most_words:
        yield from clause
    if len(named) < _PARTS and len(words) <= options.most_words:
        yield from (index for index in words if _is_misspelt(line, index) and not line.runs_in(index, index))
    own = naming_words(line.language, "presented") | naming_words(line.language, "leading")
    if len(clause) > _PARTS and line.plain_words[clause[1]] not in own and is_everyday(line, clause[1]):
        yield from clause[1 : _PARTS + 1] if _is_misspelt(line, clause[_PARTS]) else ()


def _is_misspelt(line: Line, index: int) -> bool:
    """Whether a word beside a name may be a part of it, without its capital: "sabier Samora"."""
    return line.words[index].text.isalpha() and len(line.plain_words[index]) > 1 and tells(line, index)


def is_name(line: Line, index: int) -> bool:
    """Whether a word is written as a name is, and no word that everybody says."""
    return _is_capital(line, index) and not is_everyday(line, index) and line.plain_words[index] not in _never(line)


def _is_capital(line: Line, index: int) -> bool:
    text = line.words[index].text
    return text[:1].isupper() and text.partition("'")[0] != _PRONOUN


def _never(line: Line) -> frozenset[str]:
    """Words that are written as a name is and are none."""
    others = naming_words(line.language, "brands") | naming_words(line.language, "abbreviations")
    return lead_words(line.language) | word_lists_of(line.language).months | others


def _misspelled(line: Line, sentence: Sequence[int], named: Sequence[int], options: NameOptions) -> Sequence[int]:
    """What stands behind "that is" or "spelled" right after a name: recognisers write letters as words."""
    if not named:
        return ()
    behind = [index for index in sentence if index > named[-1]]
    leading = next(
        (at for at, index in enumerate(behind) if line.plain_words[index] not in spelling_words(line.language)), 0
    )
    return behind[leading : options.misspelled_words] if leading else ()


def titled(line: Line) -> Iterator[list[int]]:
    """The names behind a title, whoever says them: "Mrs Miller", "señora Herrera"."""
    for index in range(len(line.words)):
        if line.plain_words[index] not in titles(line.language):
            continue
        following = list(range(index + 1, min(len(line.words), index + 2 + _TITLED)))
        if following and line.words[following[0]].text == ".":
            following.pop(0)
        if len(following) > 1 and len(line.plain_words[following[0]]) == 1 and is_name(line, following[1]):
            # "Mr. a Diamy", heard so for Adeyemi.
            yield following[:2]
            continue
        named = list(takewhile(lambda place: is_name(line, place), following[:_TITLED]))
        if named:
            yield named


def explained(line: Line) -> Iterator[list[int]]:
    """The names of which a letter is told: "Garrison with a G"."""
    for index in range(len(line.words)):
        behind = line.after(index, _TO_LETTER)
        letter = behind[-1] if len(behind) == _TO_LETTER else ""
        told = len(letter) == 1 and letter.isalpha() and behind[0] in naming_words(line.language, "of_letters")
        if told and is_name(line, index):
            yield [index]


def by_part(line: Line) -> Iterator[list[int]]:
    """The names of which is said which part they are: "and Ortega for the last", "Ortega is my last name"."""
    parts = naming_words(line.language, "parts_of_names")
    for index in range(len(line.words)):
        if is_name(line, index):
            behind = line.after(index, _TO_PART)
            if any(" ".join(behind[:length]) in parts for length in range(2, _TO_PART + 1)):
                yield [index]


def spelled_out(line: Line, options: NameOptions) -> Iterator[list[int]]:
    """What is spelled letter by letter, whatever was asked for."""
    letters: list[int] = []
    told = index = 0
    while index < len(line.words):
        text, following = line.plain_words[index], index + 1
        if line.words[index].kind is WordKind.WORD:
            signs, behind = letter_at(line, index)
            if (len(text) == 1 and text.isalpha()) or len(signs) > 1:
                # "G as in golf", "T-Like" "Tom".
                letters += [sign.word for sign in signs] or [index]
                told, following = told + 1, behind
            else:
                if told >= options.least_spelled:
                    yield letters
                letters, told = [], 0
        index = following
    if told >= options.least_spelled:
        yield letters
