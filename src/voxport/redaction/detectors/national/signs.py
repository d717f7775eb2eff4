"""Stretches of letters and digits, as numbers with letters in them are said: spelled, written in one word, or both.

"A B one two three", `AB-123`, "B as in Bravo", "uve ocho": letters and their names, digits however they are said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from voxport.core.transcript import Span, WordKind
from voxport.language.numbers.atoms import Shape, shape_of
from voxport.language.numbers.lexicon import lexicon_of, plain
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Dialogue, Line

_NO_DIGITS = (Shape.MONEY, Shape.PERCENT, Shape.CLOCK, Shape.ORDINAL)
"""Digits so dressed are no part of a number with letters."""
_AS_IN = 3
"""Words after a letter in which "as in Bravo" tells it again, the name included."""
_CODE_LETTERS = 4
"""Letters of a part in capitals beside digits: the bank in an IBAN of the United Kingdom has four."""
_LEADING = 2
"""Words in front of a stretch that may be letters: "are you 1234"; no number but an IBAN begins with more."""
_LEAST_NAME, _LONGEST_NAME = 3, 12
"""Letters of the name of a letter that is one word with a digit: "de" is in too many. A judgement."""
_MISHEARD_WITHIN = 4
"""Words and marks from a word that may be a digit to one that is: two zeros in a row, with commas. A judgement."""
_PAUSE_MS = 4_000
"""A longer pause ends a stretch: people look at their card between groups. A judgement, as for digits."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter or digit."""

    text: str
    """A capital of A to Z, or a digit; empty for a word that only tells the one before again ("as in Bravo")."""
    word: int
    """The index of its word in the line."""
    sure: bool
    """False for what is more often a word than a letter: "a", "see", "you"."""


@dataclass(frozen=True)
class Signs:
    """Letters and digits that follow one another in a line."""

    line: Line
    signs: tuple[Sign, ...]

    @cached_property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def words(self) -> tuple[int, ...]:
        """The indices of its words, in order."""
        return tuple(sorted({sign.word for sign in self.signs}))

    @property
    def span(self) -> Span:
        first, last = self.line.words[self.signs[0].word], self.line.words[self.signs[-1].word]
        return Span(first.start_ms, max(last.end_ms, first.start_ms + 1))


def read_signs(dialogue: Dialogue, line: Line) -> Iterator[Signs]:
    """The stretches of a line that hold a digit, or two letters that are surely meant as such."""
    digits = _digits_by_word(line)
    interruptions = Interruptions.of(line, dialogue.lines.values(), dialogue.options)
    current: list[Sign] = []
    index = 0
    while index < len(line.words):
        signs, following = _signs_at(line, index, digits)
        if signs and current:
            end_ms, start_ms = line.words[current[-1].word].end_ms, line.words[index].start_ms
            ends = start_ms - end_ms > _PAUSE_MS or interruptions.between(end_ms, start_ms)
        else:
            ends = not signs and not _goes_on(line, index)
        if ends:
            yield from _worth(line, current)
            current = []
        current += signs
        index = following
    yield from _worth(line, current)


def _worth(line: Line, signs: list[Sign]) -> Iterator[Signs]:
    """The signs as a stretch, without the words at its ends that are hardly meant as letters."""
    while signs and not signs[-1].sure and (len(signs) < 2 or not signs[-2].text.isdecimal()):
        signs = signs[:-1]
    while len(signs) > _LEADING and not any(sign.sure for sign in signs[: _LEADING + 1]):
        signs = signs[1:]
    if any(sign.text.isdecimal() for sign in signs) or sum(sign.sure for sign in signs) > 1:
        yield Signs(line, tuple(signs))


def _digits_by_word(line: Line) -> dict[int, str]:
    """The digits of each word that has some; an empty text for words within a number, as "hundred"."""
    found: dict[int, str] = {}
    for run in line.runs:
        for group in run.groups:
            if group.shape in _NO_DIGITS:
                continue
            for index in range(group.words[0], group.words[1] + 1):
                found.setdefault(index, "")
            for digit in group.digits:
                found[digit.word_index] += digit.value
    return found


def _signs_at(line: Line, index: int, digits: dict[int, str]) -> tuple[list[Sign], int]:
    """What the word at `index` says, and where reading goes on; no signs where it is another word."""
    word, text = line.words[index], line.plain_words[index]
    if word.kind is not WordKind.WORD:
        return [], index + 1
    written = _written(word.text, line.language) or _letter_and_digit(text, line.language)
    if written:
        return [Sign(sign, index, sure=True) for sign in written], index + 1
    if index in digits:
        return [Sign(sign, index, sure=True) for sign in digits[index]], index + 1
    lexicon = lexicon_of(line.language)
    misheard = lexicon.heard_as.get(text) or lexicon.heard_between.get(text)
    if misheard and _is_beside_digit(line, index, -1, digits) and _is_beside_digit(line, index, 1, digits):
        return [Sign(misheard, index, sure=True)], index + 1
    if _is_code(word.text) and (index - 1 in digits or index + 1 in digits):
        return [Sign(sign, index, sure=True) for sign in word.text], index + 1
    times = lexicon.repeats.get(text, 1)
    if times > 1 and index + 1 < len(line.words):
        letters, following = letter_at(line, index + 1)
        return [*letters[:1]] * times + letters[1:], following
    return letter_at(line, index)


def _is_beside_digit(line: Line, index: int, step: int, digits: dict[int, str]) -> bool:
    """Whether a digit stands next to a word in one direction, marks and other misheard digits between: "9. quiero,
    quiero, 5"."""
    lexicon = lexicon_of(line.language)
    for place in range(index + step, index + step * (_MISHEARD_WITHIN + 1), step):
        if place in digits:
            return True
        if not 0 <= place < len(line.words):
            return False
        text = line.plain_words[place]
        if text and text not in lexicon.heard_as and text not in lexicon.heard_between:
            return False
    return False


def letter_at(line: Line, index: int) -> tuple[list[Sign], int]:
    """The letter that the word at `index` names, its example included, and where reading goes on; none for others."""
    text, names = line.plain_words[index], letter_names(line.language)
    single = len(text) == 1 and text.isascii() and text.isalpha()
    letter = text.upper() if single else names.letters.get(text)
    if letter is None:
        return _letter_with_example(line, index)
    behind = index + 1
    if behind < len(line.words) and line.plain_words[behind] in names.qualifiers.get(text, ()):
        # "i griega".
        told = [Sign(names.qualifiers[text][line.plain_words[behind]], index, sure=True), Sign("", behind, sure=True)]
        return told, behind + 1
    following = _behind_example(line, index, letter.lower())
    example = [Sign("", place, sure=True) for place in range(index + 1, following) if line.plain_words[place]]
    return [Sign(letter, index, sure=single and text not in names.words), *example], following


def _letter_with_example(line: Line, index: int) -> tuple[list[Sign], int]:
    """The letter of a word that goes on to what tells it again: `T-Like` "Tom"; none for another word."""
    letter, _, told = line.plain_words[index].partition("-")
    following = index + 1
    known = len(letter) == 1 and letter.isascii() and letter.isalpha() and told in letter_names(line.language).examples
    if not known or following >= len(line.words) or not line.plain_words[following].startswith(letter):
        return [], index + 1
    return [Sign(letter.upper(), index, sure=True), Sign("", following, sure=True)], following + 1


def _letter_and_digit(text: str, language: str) -> str:
    """The letter and the digit of a word that is both in one: `setados` for "zeta dos"; nothing of others."""
    names, digits = letter_names(language).letters, lexicon_of(language).digits
    cuts = range(_LEAST_NAME, min(len(text), _LONGEST_NAME))
    cut = next((cut for cut in cuts if text[:cut] in names and text[cut:] in digits), None)
    return names[text[:cut]] + digits[text[cut:]] if cut is not None else ""


def _written(text: str, language: str) -> str:
    """The letters and digits of `AB123456C`, `M-I-L` and `Quero-5-3`; nothing of a word, a time or an amount."""
    parts = [part for part in text.strip(".,").replace(".", "-").replace("/", "-").split("-") if part]
    if len(parts) > _LEADING:
        heard = lexicon_of(language).heard_as
        parts = [heard.get(plain(part), part) for part in parts]
        text = "-".join(parts)
    spelled = len(parts) > 1 and all(len(part) == 1 for part in parts)
    mixed = any(sign.isdecimal() for sign in text) and any(sign.isalpha() for sign in text)
    if not spelled and not (mixed and shape_of(text) is Shape.MIXED and all(_is_of_a_number(part) for part in parts)):
        return ""
    return "".join(sign.upper() for part in parts for sign in part if sign.isascii() and sign.isalnum())


def _is_of_a_number(part: str) -> bool:
    return any(sign.isdecimal() for sign in part) or len(part) == 1 or (part.isupper() and len(part) < 5)


def _is_code(text: str) -> bool:
    """Whether letters stand in one word as in `GB82 WEST 1234`."""
    return 1 < len(text) <= _CODE_LETTERS and text.isascii() and text.isalpha() and text.isupper()


def _behind_example(line: Line, index: int, letter: str) -> int:
    """The index behind "as in Bravo", where it stands behind a letter."""
    following = range(index + 1, min(len(line.words), index + 1 + _AS_IN))
    examples = letter_names(line.language).examples
    for place in following:
        text = line.plain_words[place]
        if place > index + 1 and len(text) > 1 and text.startswith(letter) and text not in examples:
            return place + 1
        if text and text not in examples:
            break
    return index + 1


def _goes_on(line: Line, index: int) -> bool:
    """Whether a stretch may go on behind a word or mark: hesitation, "dash", a comma."""
    if line.words[index].kind is not WordKind.WORD:
        return line.words[index].text != "?"
    return line.plain_words[index] in lexicon_of(line.language).fillers
