"""Telephone numbers: what was announced as one, in as many pieces as it is given in, and what is as long as one.

People give a number in three pieces and more while the other side says "okay", "go ahead" or the piece again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise

from voxport.language.numbers import NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.matches import Match, match_of, match_of_words
from voxport.redaction.detectors.misheard import is_melted
from voxport.redaction.detectors.personal.between import words_between
from voxport.redaction.detectors.personal.money_rows import with_rows
from voxport.redaction.detectors.personal.phone_digits import (
    CLAUSE_WORDS,
    PhoneOptions,
    goes_together,
    is_all_digits,
    is_plain,
    pieces_of,
)
from voxport.redaction.detectors.subjects import SubjectOptions
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import (
    end_phrases,
    last_part_phrases,
    naming_words,
    opening_words,
    thing_words,
)
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words

_TOO_SHORT = frozenset({Topic.CARD, Topic.EXPIRY, Topic.CODE, Topic.SOCIAL})
"""What has another number of digits than a whole telephone number."""
_MOST_DIGITS = {Topic.EXPIRY: 8, Topic.CODE: 6}
"""Digits of the longest date of a card with its year, and of a code with some that were heard twice."""
_ASKING = frozenset({*_TOO_SHORT, *ORDINARY_TOPICS})
"""What is asked for: once it is, what was asked for before has been answered."""
_PASSING = frozenset({Topic.READY, Topic.PART, Topic.CARD_NAMED, Topic.CODE_NAMED, Topic.EXPIRY_NAMED})
"""Cues that leave open what digits are: "the last four are", "go ahead", "the code goes to"."""
_ASKED_MS = 60_000
"""ms from a question to its digits, as of any ordinary number."""
_OTHERS = 8
"""Cues before digits that are looked at; of more in a minute nothing is known. A judgement."""
_CORRECTING = 3
"""Words before digits in which "no, sorry" makes them a correction. A judgement."""
_STANDING, _STANDING_MS = 3, 500
"""Letters of a word right behind digits that stands for digits of the same number, and ms between. Judgements."""
_NO_DIGITS = frozenset({"I", "OK", "A", "PM", "AM"})
"""Words in capitals that are none."""
_LONGEST_SHORT = 6
"""Digits of the longest number of a house and of a date without its century; longer ones must be dates."""
_DAYS, _YEAR_DIGITS, _YEARS = 31, 4, range(1900, 2100)
"""Days of a month, digits of a year, and the years that dates of birth and of documents have."""
_ASKED_WITHIN = 24
"""Words and marks of a question behind its phrase, the last of which is answered. A judgement."""
_IN = ("in", "en")
"""What makes no thing of one behind it: "in case 555 0142"."""
_END_WORDS = 3
"""Words of "at the end", and of "the end is"."""
_LAST = 4
"""Digits at the end of a number that are asked for again."""


@dataclass
class _Number:
    """Pieces of one number, in order."""

    line: Line
    announced: bool
    whole: int
    runs: list[NumberRun] = field(default_factory=list)
    digits: int = 0
    """Until it is whole; further ones correct it."""
    end_ms: int = 0
    """When it was whole."""

    @property
    def value(self) -> str:
        """Its digits, and those with the last piece in place of what it corrects, bars between."""
        digits, last = "".join(run.value for run in self.runs), self.runs[-1].value
        corrected = "".join(run.corrected for run in self.runs)
        return f"{digits}|{corrected}|{digits[: -2 * len(last)]}{last}"

    def add(self, run: NumberRun) -> None:
        self.runs.append(run)
        if self.digits < self.whole:
            self.digits += len(run.value)
            self.end_ms = run.span.end_ms


def find_phones(
    dialogue: Dialogue, mentions: Sequence[Mention], subjects: SubjectOptions, options: PhoneOptions
) -> Iterator[Match]:
    """The telephone numbers of a call; `mentions` are the phrases that ask for one or tell one."""
    announcing = _Announcing.of(dialogue, mentions, subjects, options)
    latest: dict[int, _Number] = {}
    found: list[_Number] = []
    for run in with_rows(dialogue):
        line = dialogue.lines[run.channel]
        if line.is_keyed:
            continue
        announced = announcing.before(run)
        if announced is None and run.channel in latest and _corrects(line, run):
            announced = latest[run.channel].announced
        if announced is None:
            latest.pop(run.channel, None)
            continue
        alone = announced and announcing.is_answered_by(run) and is_all_digits(line, run, options)
        for piece in [run] if alone else pieces_of(run, line, options, announced=announced):
            number = latest.get(run.channel)
            if number is None or not _goes_on(number, piece, announced=announced, options=options):
                number = latest[run.channel] = _Number(line, announced, options.whole)
                found.append(number)
            number.add(piece)
    phones = [number for number in found if _is_phone(number, options)]
    for phone in phones:
        yield from (match_of(phone.line, run.groups, _opening(phone.line, run)) for run in phone.runs)
        for one, other in pairwise(phone.runs):
            yield from words_between(phone.line, one, other)
        for part, following in chain.from_iterable(pairwise(run.groups) for run in phone.runs):
            yield from words_between(phone.line, part, following)
        yield from _letters_behind(phone)
    yield from _read_back(dialogue, phones, options)


def _corrects(line: Line, run: NumberRun) -> bool:
    """Whether "no, sorry", or that with "the end is" behind it, stands right before digits, which belong to the number
    before whatever else is heard."""
    said = line.before(run.words[0], _CORRECTING + _END_WORDS)
    ends = (tuple(reversed(phrase.split())) for phrase in last_part_phrases(line.language))
    behind = max((len(end) for end in ends if said[: len(end)] == end), default=0)
    return not lexicon_of(line.language).corrections.isdisjoint(said[behind : behind + _CORRECTING])


def _opening(line: Line, run: NumberRun) -> tuple[int, ...]:
    """The words right before digits that belong to them: "area code", the `O-double` of "O-double 41"."""
    begin = run.words[0]
    for place in range(run.words[0] - 1, -1, -1):
        if line.plain_words[place] and _opens(line, place):
            begin = place
        elif line.words[place].text != ",":
            break
    return tuple(index for index in range(begin, run.words[0]) if line.plain_words[index])


def _opens(line: Line, index: int) -> bool:
    text = line.plain_words[index]
    repeats = lexicon_of(line.language).repeats
    return text in opening_words(line.language) or text in repeats or is_melted(text, line.language)


def _letters_behind(phone: _Number) -> Iterator[Match]:
    """Letters that stand for the last digits of a number which lacks some: "086 186 25 AA" for "double eight"."""
    line, last = phone.line, phone.runs[-1].words[1]
    behind = next((at for at in range(last + 1, min(len(line.words), last + 3)) if line.plain_words[at]), None)
    if phone.digits >= phone.whole or behind is None or not phone.announced:
        return
    word = line.words[behind]
    letters = word.text.isalpha() and word.text.isupper() and len(word.text) <= _STANDING
    near = word.start_ms - line.words[last].end_ms <= _STANDING_MS
    if letters and near and word.text not in _NO_DIGITS and line.sentences[behind] == line.sentences[last]:
        yield match_of_words(line, [behind], "")


@dataclass(frozen=True)
class _Announcing:
    """What was asked for last before digits: a telephone number, or something else that they answer."""

    dialogue: Dialogue
    asked_ms: list[int]
    """When each phrase that asks for a telephone number begins, in order."""
    places: frozenset[tuple[int, int]]
    """Line and index of the words of these phrases."""
    others: list[Cue]
    """What announces something else, in order of time."""
    subjects: SubjectOptions
    options: PhoneOptions

    @classmethod
    def of(
        cls, dialogue: Dialogue, mentions: Sequence[Mention], subjects: SubjectOptions, options: PhoneOptions
    ) -> _Announcing:
        places = frozenset((one.channel, index) for one in mentions for index in range(one.first, one.last + 1))
        others = [cue for cue in dialogue.cues if cue.topic not in _PASSING and not _is_among(cue, places)]
        asked_ms = sorted(dialogue.lines[one.channel].words[one.first].start_ms for one in mentions)
        return cls(dialogue, asked_ms, places, others, subjects, options)

    def before(self, run: NumberRun) -> bool | None:
        """Whether a telephone number was asked for last; False where nothing was, None where something else was."""
        if is_of_a_thing(self.dialogue, run, self.options):
            return None
        named = self.dialogue.named_after(run)
        if named is not None and named.topic not in _PASSING:
            return True if _is_among(named, self.places) else None
        begin_ms = run.span.start_ms
        place = bisect_left(self.asked_ms, begin_ms) - 1
        asked_ms = self.asked_ms[place] if place >= 0 else -_ASKED_MS
        end = bisect_left(self.others, begin_ms, key=lambda cue: cue.start_ms)
        given = passed = False
        for cue in reversed(self.others[max(0, end - _OTHERS) : end]):
            if cue.start_ms < asked_ms:
                break
            if len(run.value) > _MOST_DIGITS.get(cue.topic, len(run.value)):
                # Who asks for the date or the code of a card has its number.
                given = True
            elif not (given and cue.topic is Topic.CARD) and self._is_about(cue, run, passed=passed or given):
                return None
            passed = passed or cue.topic in _ASKING
        return begin_ms - asked_ms <= _ASKED_MS

    def is_answered_by(self, run: NumberRun) -> bool:
        """Whether digits begin the answer of the other side to a question for a telephone number, or go on with it."""
        line, first = self.dialogue.lines[run.channel], run.words[0]
        while first > max(0, run.words[0] - CLAUSE_WORDS) and goes_together(line, first - 1, first):
            first -= 1
        answered = answered_by(self.dialogue, line, first)
        if answered is None:
            return False
        channel, last = answered
        asked = [place for place in range(max(0, last - _ASKED_WITHIN), last + 1) if (channel, place) in self.places]
        # Who names a telephone and goes on with digits has told it himself.
        return bool(asked) and not self.dialogue.lines[channel].runs_in(asked[-1] + 1, last)

    def _is_about(self, cue: Cue, run: NumberRun, *, passed: bool) -> bool:
        """Whether a cue may announce digits: not too long ago, not too many of them, and "order" in their sentence.

        `passed`: something else was asked for since.
        """
        longest = self.subjects.longest(cue.topic)
        if longest is not None and len(run.value) > longest:
            return False
        if cue.topic is Topic.SHORT and len(run.value) > _LONGEST_SHORT and not _may_be_date(run.value):
            return False
        if cue.topic in _TOO_SHORT and len(run.value) in self.options.alone:
            return False
        if (cue.topic in ORDINARY_TOPICS or passed) and self._is_answered(cue, run, passed=passed):
            return False
        line = self.dialogue.lines[cue.channel]
        same = cue.channel == run.channel and line.sentences[cue.last] == line.sentences[run.words[0]]
        if (same and cue.last >= run.words[0]) or (cue.topic is Topic.ORDINARY_NAMED and not same):
            return False
        return run.span.start_ms - cue.end_ms <= self.subjects.lifetimes_ms.of(cue.topic)

    def _is_answered(self, cue: Cue, run: NumberRun, *, passed: bool) -> bool:
        """Whether another number has answered a question for something else, before a whole telephone number comes."""
        if len(run.value) not in (self.options.lengths if passed else self.options.alone):
            return False
        runs, starts_ms = self._runs
        given = runs[bisect_left(starts_ms, cue.end_ms) : bisect_left(starts_ms, run.span.start_ms)]
        least = self.options.least_announced
        long = [one for one in given[: self.options.answers_looked_at] if len(one.value) >= least]
        apart = all(self._is_apart(one, run) for one in long)
        return bool(long) and apart and all(one.value not in run.value and run.value not in one.value for one in long)

    def _is_apart(self, one: NumberRun, run: NumberRun) -> bool:
        """Whether two numbers are not said in one go: on other channels, in other sentences, over words of the other
        side."""
        line = self.dialogue.lines[run.channel]
        if one.channel != run.channel or line.sentences[one.words[1]] != line.sentences[run.words[0]]:
            return True
        answered = answered_by(self.dialogue, line, run.words[0])
        if answered is None:
            return False
        channel, last = answered
        return self.dialogue.lines[channel].words[last].start_ms >= one.span.end_ms

    @cached_property
    def _runs(self) -> tuple[list[NumberRun], list[int]]:
        """The numbers of the call in order of time, and when they begin."""
        runs = self.dialogue.runs()
        return runs, [run.span.start_ms for run in runs]


def is_of_a_thing(dialogue: Dialogue, run: NumberRun, options: PhoneOptions) -> bool:
    """Whether digits that are no whole telephone number stand right behind the name of a thing, "serial 340-97628",
    "your case is 9440", or answer one: "and the locator." """
    if len(run.value) in options.alone:
        return False
    line = dialogue.lines[run.channel]
    things = thing_words(line.language)
    forms = common_words().forms_of_be
    first = run.words[0]
    if first > 1 and line.plain_words[first - 1] in forms and line.plain_words[first - 2] in things:
        return True
    if first > 1 and line.plain_words[first - 1] in things and line.plain_words[first - 2] not in _IN:
        return True
    answered = answered_by(dialogue, line, first)
    if answered is None:
        return False
    asked = dialogue.lines[answered[0]]
    last = answered[1] - (asked.plain_words[answered[1]] in naming_words(line.language, "house_numbers"))
    return asked.plain_words[last] in things


def _may_be_date(digits: str) -> bool:
    """Whether digits can be a date with its year at either end, or with a day and a month before it."""
    if any(int(year) in _YEARS for year in (digits[-_YEAR_DIGITS:], digits[:_YEAR_DIGITS])):
        return True
    return len(digits) % 2 == 0 and 0 < int(digits[:2]) <= _DAYS and 0 < int(digits[2:4]) <= _DAYS


def _is_among(cue: Cue, places: frozenset[tuple[int, int]]) -> bool:
    return any((cue.channel, index) in places for index in range(cue.first, cue.last + 1))


def _read_back(dialogue: Dialogue, phones: Sequence[_Number], options: PhoneOptions) -> Iterator[Match]:
    """Pieces of a number that are said again right after it: "so 617", "did you say 805 at the end"."""
    given = sorted(phones, key=lambda one: one.end_ms)
    for run in dialogue.runs():
        line, begin_ms = dialogue.lines[run.channel], run.span.start_ms
        if line.is_keyed or not options.least_announced <= len(run.value) < options.whole:
            continue
        place = bisect_left(given, begin_ms - options.read_back_ms, key=lambda one: one.end_ms)
        end = bisect_right(given, begin_ms, key=lambda one: one.end_ms)
        near = given[place : min(end, place + options.read_back_of)]
        if any(run.value in one.value or _is_nearly_the_end(line, run, one) for one in near):
            yield match_of(line, run.groups)


def _is_nearly_the_end(line: Line, run: NumberRun, phone: _Number) -> bool:
    """Whether digits are the last four of a number, one of them heard otherwise: "so 3619?"; or fewer, where they are
    said to be those, "619 at the end"; where that is asked, half of them: "was it 57.42 at the end?" for 0142."""
    if len(run.value) > _LAST:
        return False
    end = "".join(one.value for one in phone.runs)[-_LAST:]
    behind = " ".join(line.after(run.words[1], _END_WORDS))
    if any(behind == phrase or behind.startswith(f"{phrase} ") for phrase in end_phrases(line.language)):
        same = sum(one == other for one, other in zip(reversed(run.value), reversed(end), strict=False))
        shared = (Counter(run.value) & Counter(end)).total()
        asked = line.channel != phone.line.channel and _ends_asking(line, run.words[1])
        return same >= len(run.value) - 1 or (asked and 2 * shared >= len(run.value))
    same = sum(one == other for one, other in zip(run.value, end, strict=False))
    return phone.announced and len(run.value) == len(end) == _LAST and same >= _LAST - 1


def _ends_asking(line: Line, index: int) -> bool:
    """Whether the sentence of a word ends in a question mark."""
    return line.words[bisect_right(line.sentences, line.sentences[index]) - 1].text == "?"


def _goes_on(number: _Number, run: NumberRun, *, announced: bool, options: PhoneOptions) -> bool:
    """Whether digits belong to the number before: soon after it, until it is whole."""
    last = number.runs[-1]
    near = run.span.start_ms - last.span.end_ms <= options.link_ms
    between = number.line.spoken_between(last.words[1], run.words[0]) if near else options.link_words + 1
    if between > (options.link_words if min(len(last.value), len(run.value)) > 1 else 0):
        return False
    if number.digits < options.whole:
        return announced or not number.announced or options.least_announced <= len(run.value)
    return options.least_announced <= len(run.value) <= options.corrected


def _is_phone(number: _Number, options: PhoneOptions) -> bool:
    if number.announced:
        return number.digits >= options.least_announced
    plain = all(is_plain(number.line, run) for run in number.runs)
    corrected = sum(len(run.corrected) for run in number.runs)
    whole = any(len(run.value) in options.lengths for run in number.runs)
    return plain and (whole or number.digits in options.lengths or corrected in options.lengths)
