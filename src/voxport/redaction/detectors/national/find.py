"""National numbers in a call: what answers a question for one, what has its form and its check, and either said again.

The last thing that was asked for decides, as for cards: a passport number is none after "and your phone number?".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, takewhile

from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.matches import Match, longest_shared, match_of_words
from voxport.redaction.detectors.national.asked import Asked, AskedOptions
from voxport.redaction.detectors.national.numbers import NationalNumber
from voxport.redaction.detectors.national.signs import Signs, read_signs
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.letters import LetterNames, letter_names
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.word_lists import Topic

_LETTER = frozenset({"letter", "letra"})
_LETTER_WORDS, _LETTER_ASKED = 2, 8
"""Words of an answer that is a letter ("la zeta"), and words and marks of the question for it."""
_LETTERS_BEFORE, _BESIDE, _LETTER_NAME = 3, 6, 3
"""Words before digits, with the marks between, in which such letters are named, and letters of their names: "de" is a
word. Judgements."""
_COUNTRY = 2
"""Letters of the country that an IBAN begins with (ISO 13616)."""
_LONGEST_CARD = 19
"""Digits of the longest number of a card (ISO/IEC 7812-1)."""


@dataclass(frozen=True, slots=True)
class NationalOptions:
    """Which letters and digits are a national number. All values are judgements."""

    asked: AskedOptions = field(default_factory=AskedOptions)
    """What was asked for last."""
    continued_ms: int = 8_000
    """ms after a whole number in which more of it may come: a correction, a letter that was forgotten."""
    least_signs: int = 3
    """Letters and digits of an announced part; fewer are counts and slips."""
    least_part: int = 2
    """The same of one in the sentence of another part. A judgement: a tens."""
    least_named: int = 5
    """The same where the document was only named."""
    least_shared: int = 4
    """Letters and digits in a row shared with a number that is said again: "ending in 456C"."""
    least_shared_else: int = 6
    """The same of figures alone where something else was asked for: order numbers share a few by chance."""
    least_read_back: int = 3
    """The same where the other side goes on right after it: reading back with a slip, not a time or a file number. A
    judgement."""
    least_share: float = 0.6
    """Part of what is said, 0 to 1, that is shared."""
    amounts: AmountOptions = field(default_factory=AmountOptions)
    """Which digits are an amount, a date or a time instead."""


def find_national(dialogue: Dialogue, number: NationalNumber, options: NationalOptions) -> list[Match]:
    """The stretches of a call that are, or repeat, such a number; in order of time."""
    asked = Asked.read(dialogue, options.asked)
    stretches = sorted(
        (one for line in dialogue.lines.values() for one in _without_amounts(dialogue, line, options)),
        key=lambda one: one.span.start_ms,
    )
    governed = [(one, asked.last_before(one)) for one in stretches]
    found: list[Signs] = []
    for stretch, by in governed:
        if isinstance(by, Mention) and asked.is_about(by, number.name):
            if _is_given(stretch, by, asked, found, number, options):
                found.append(stretch)
        elif (
            _stands_out(stretch, number, announced=by is not None)
            or number.has_shape(stretch.text, dialogue.language)
            or _ends_in_number(stretch, number, dialogue.language)
            or _is_near(stretch, number, asked)
            or (_is_open(by, number, stretch) and _answers_lost_question(dialogue, stretch, number))
        ):
            found.append(stretch)
    found += _short_parts(governed, found, number, options)
    known = {(one.line.channel, one.words[0]) for one in found}
    others = [(one, by) for one, by in governed if (one.line.channel, one.words[0]) not in known]
    given = "|".join(dict.fromkeys(one.text for one in found))
    again = [one for one, by in others if _repeats(one, by, given, options)]
    letters = chain(
        (letter for one in found for letter in _letter_after(dialogue, one, number, options)),
        (letter for one in found for letter in _letters_beside(one, number)),
        _between(found, number),
    )
    return sorted((*(_match(one) for one in (*found, *again)), *letters), key=lambda match: match.span.start_ms)


def _short_parts(
    governed: Sequence[tuple[Signs, Mention | Cue | None]],
    found: Sequence[Signs],
    number: NationalNumber,
    options: NationalOptions,
) -> list[Signs]:
    """The parts of a number that are too short by themselves, in the sentence of one that is a part: "6.5, que era un
    oquero, 719"."""
    if not number.ends_in_letter:
        return []
    known = {(one.line.channel, one.words[0]) for one in found}
    sentences = {(one.line.channel, one.line.sentences[one.words[0]]) for one in found if len(one.text) < number.whole}
    return [
        one
        for one, by in governed
        if isinstance(by, Mention)
        and options.least_part <= len(one.text) < number.whole
        and (one.line.channel, one.words[0]) not in known
        and (one.line.channel, one.line.sentences[one.words[0]]) in sentences
    ]


def _between(found: Sequence[Signs], number: NationalNumber) -> Iterator[Match]:
    """The few words between two parts of one number in a sentence, which were digits or letters of it: "que era un
    oquero", "GB29 and WBK, 6016"."""
    ordered = sorted(found, key=lambda one: (one.line.channel, one.words[0]))
    for one, other in pairwise(ordered):
        line, last, first = one.line, one.words[-1], other.words[0]
        same = line is other.line and line.sentences[last] == line.sentences[first]
        parts = (
            (number.ends_in_letter or number.is_of_an_account)
            and same
            and len(one.text) + len(other.text) < number.longest
        )
        if parts and 0 < first - last - 1 <= _BESIDE:
            between = [index for index in range(last + 1, first) if line.plain_words[index]]
            if between:
                yield match_of_words(line, between, "")


def _letter_after(
    dialogue: Dialogue, stretch: Signs, number: NationalNumber, options: NationalOptions
) -> Iterator[Match]:
    """The letter that is given once it is asked for behind a number of digits alone, however it was heard."""
    line, end_ms = stretch.line, stretch.span.end_ms
    following = range(stretch.words[-1] + 1, min(len(line.words), stretch.words[-1] + 2 + _LETTER_WORDS))
    words = [index for index in following if line.plain_words[index]][:_LETTER_WORDS]
    if not number.ends_in_letter or not words or line.words[words[0]].start_ms - end_ms > options.continued_ms:
        return
    for other in dialogue.lines.values():
        begin = bisect_left(other.words, end_ms, key=lambda word: word.start_ms)
        asked = range(begin, min(len(other.words), begin + _LETTER_ASKED))
        before = (at for at in asked if other.words[at].start_ms < line.words[words[0]].start_ms)
        if other is not line and any(other.plain_words[at] in _LETTER for at in before):
            sentence = line.sentences[words[0]]
            yield match_of_words(line, [index for index in words if line.sentences[index] == sentence], "")


def _letters_beside(stretch: Signs, number: NationalNumber) -> Iterator[Match]:
    """The letters of a number of which only the digits were understood: those right before it with a word between, and
    the last words of its sentence behind it: "ese, ese es cero, 777", "17, 7, 6, 2, 6, 7, caro"."""
    line, names = stretch.line, letter_names(stretch.line.language)
    first, last = stretch.words[0], stretch.words[-1]
    sentence = [
        index for index in range(max(0, first - _BESIDE), first) if line.sentences[index] == line.sentences[first]
    ]
    spoken = [index for index in sentence if line.plain_words[index]][-_LETTERS_BEFORE:]
    named = [index for index in spoken if _names_letter(line.plain_words[index], names)]
    if number.begins_with_letters and stretch.text[0].isdecimal() and named:
        yield match_of_words(line, range(named[0], first), "")
    elif number.is_of_an_account and stretch.text[0].isdecimal() and _begins_answer(line, first, spoken):
        yield match_of_words(line, spoken, "")
    elif number.is_of_an_account and stretch.text[0].isdecimal() and spoken and _is_country(line, spoken[-1]):
        yield match_of_words(line, spoken[-1:], "")
    following = range(last + 1, min(len(line.words), last + 1 + _BESIDE))
    behind = [index for index in following if line.plain_words[index] and line.sentences[index] == line.sentences[last]]
    if number.ends_in_letter and stretch.text[-1].isdecimal() and 0 < len(behind) <= _LETTER_WORDS:
        yield match_of_words(line, behind, "")


def _begins_answer(line: Line, first: int, spoken: Sequence[int]) -> bool:
    """Whether the few words before digits are all of their sentence: "Esa", the country of an IBAN as it was heard."""
    begin = bisect_left(line.sentences, line.sentences[first], lo=max(0, first - _BESIDE))
    words = sum(1 for index in range(begin, first) if line.plain_words[index])
    return 0 < words == len(spoken) <= _LETTER_WORDS


def _is_country(line: Line, index: int) -> bool:
    """Whether a word is two letters in capitals, as the country of an IBAN is written: "CS , 5 , 6"."""
    text = line.words[index].text
    return len(text) == _COUNTRY and text.isalpha() and text.isupper()


def _names_letter(text: str, names: LetterNames) -> bool:
    return text in names.letters and len(text) >= _LETTER_NAME


def _match(stretch: Signs) -> Match:
    digits = "".join(sign for sign in stretch.text if sign.isdecimal())
    return match_of_words(stretch.line, stretch.words, digits)


def _without_amounts(dialogue: Dialogue, line: Line, options: NationalOptions) -> Iterator[Signs]:
    """The stretches of a line without those that are an amount, a date or a time of day as a whole."""
    plain = {run.words[0]: run for run in line.runs if not line.is_keyed}
    for stretch in read_signs(dialogue, line):
        run = plain.get(stretch.words[0])
        alone = stretch.text.isdecimal() and run is not None and run.words[1] == stretch.words[-1]
        if run is None or not alone or without_amounts(run, line, Subject.SOCIAL, options.amounts):
            yield stretch


def _is_given(
    stretch: Signs,
    by: Mention,
    asked: Asked,
    found: Sequence[Signs],
    number: NationalNumber,
    options: NationalOptions,
) -> bool:
    """Whether an announced stretch is the number or a part of it, rather than what is said once it was given."""
    if len(stretch.text) < (options.least_signs if by.asks else options.least_named):
        return False
    since_ms = asked.begin_ms(by)
    given = list(takewhile(lambda one: one.span.end_ms >= since_ms, reversed(found)))
    if sum(len(one.text) for one in given) < number.whole:
        return True
    elsewhere = stretch.line is not given[0].line
    if elsewhere and longest_shared(stretch.text, "|".join(one.text for one in given)) < options.least_read_back:
        return False
    end_ms, start_ms = given[0].span.end_ms, stretch.span.start_ms
    return start_ms - end_ms <= options.continued_ms and not asked.interrupted(stretch, end_ms)


def _stands_out(stretch: Signs, number: NationalNumber, *, announced: bool) -> bool:
    """Whether a stretch that nobody asked for has the form and the check of the number.

    One of digits alone must be nothing more than it; what was announced as something else must have letters, too, and
    a check that chance does not pass.
    """
    if announced:
        return number.is_of_an_account and _holds(stretch.text, number)
    if stretch.text.isdecimal():
        return number.is_whole(stretch.text)
    return _holds(stretch.text, number)


def _ends_in_number(stretch: Signs, number: NationalNumber, language: str) -> bool:
    """Whether a stretch ends in the number with its letter and its check, digits of other words melted before it:
    "163697, 599L" for "con DNI 63697599L"."""
    letter = number.ends_in_letter and stretch.signs[-1].sure and stretch.text[-1].isalpha()
    last = stretch.text[-number.longest :]
    return letter and number.shape_is_enough(language) and number.is_whole(last)


def _is_near(stretch: Signs, number: NationalNumber, asked: Asked) -> bool:
    """Whether a stretch holds the number but for a sign, and it was asked for before: recognisers lose letters, and run
    the answers to two questions together."""
    if number.near is None or number.near.search(stretch.text) is None:
        return False
    return asked.asked_before(number.name, stretch.span.start_ms)


def _is_open(by: Mention | Cue | None, number: NationalNumber, stretch: Signs) -> bool:
    """Whether nothing else was asked for; an account that is longer than any card is an IBAN."""
    if isinstance(by, Cue) and by.topic is Topic.ACCOUNT:
        return number.is_of_an_account and len(stretch.text) > _LONGEST_CARD
    return by is None


def _answers_lost_question(dialogue: Dialogue, stretch: Signs, number: NationalNumber) -> bool:
    """Whether a stretch looks like the number but for its check, and answers a question that nobody understood: letters
    are misheard, and so is what they are asked for by."""
    form = number.answers or number.near
    if form is None or form.fullmatch(stretch.text) is None:
        return False
    return answered_by(dialogue, stretch.line, stretch.words[0]) is not None


def _holds(text: str, number: NationalNumber) -> bool:
    """Whether the number stands anywhere in a text."""
    return any(
        number.is_whole(text[begin:end])
        for begin in range(len(text))
        for end in range(begin + number.whole, min(len(text), begin + number.longest) + 1)
    )


def _repeats(stretch: Signs, by: Mention | Cue | None, given: str, options: NationalOptions) -> bool:
    figures = stretch.text.isdecimal()
    least = options.least_shared_else if isinstance(by, Cue) and figures else options.least_shared
    shared = longest_shared(stretch.text, given)
    return shared >= least and shared >= options.least_share * len(stretch.text)
