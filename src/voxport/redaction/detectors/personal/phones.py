"""Telephone numbers: what was announced as one, in as many pieces as it is given in, and what is as long as one.

People give a number in three pieces and more while the other side says "okay", "go ahead" or the piece again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.amounts import AmountOptions, without_amounts
from voxport.redaction.detectors.matches import Match, match_of, match_of_words
from voxport.redaction.detectors.misheard import is_melted
from voxport.redaction.detectors.subjects import Subject, SubjectOptions
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import lead_words, naming_words, opening_words, thing_words
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
_CLAUSE_MS = 1_500
"""A pause that ends what somebody says, where recognisers leave out the full stop. A judgement."""
_CLAUSE_WORDS = 40
"""Words and marks on either side of digits in which other words of the same clause are looked for."""
_LEAST_WRITTEN = 7
"""Digits of a telephone number without its area."""
_PRICE = re.compile(r"\d{1,4}\.\d\d")
"""Dollars and cents without their sign."""
_TIME = re.compile(r"(?:1[0-2]|[1-9])[0-5][05]")
"""A time of day without the mark between hours and minutes."""
_BETWEEN = 6
"""Words and marks between two pieces in which one is looked for that may be digits. A judgement."""
RUN_TOGETHER = re.compile(r"(?:\d-?){7,13}-[a-z]+", re.IGNORECASE)
"""A telephone number and the next word written as one, as recognisers do: `9-8-2-7-7-0-8-5-6-extension`."""
SIGN_BY_SIGN = re.compile(r"[2-9][-.]\d[-.]\d(?:[-.]?\d){7}\.?")
"""One written in other groups, or as a decimal: `4-9-1-935-7594`, `4.5.6.4.6.7.6.5.8.5`."""
WRITTEN_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?\d{3}[-. ]\d{4}")

_IN_DISGUISE = re.compile(r"\$?\d+(?:[-.,]\d+){2,}")
"""Digits with so many marks between that they are no amount, unless they are groups of thousands: `$5.2939.49337`."""
_AN_AMOUNT = re.compile(r"\$?\d{1,3}(?:,\d{3})+(?:\.\d\d)?")
WRITTEN = (WRITTEN_PHONE, RUN_TOGETHER, SIGN_BY_SIGN)
"""Words that are a telephone number whatever was asked for."""


@dataclass(frozen=True, slots=True)
class PhoneOptions:
    """Which digits are a telephone number. All values are judgements."""

    lengths: tuple[int, ...] = (7, 8, 9, 10, 11, 12, 13)
    """Digits of one that nobody asked for: without its area seven, with a country before it up to thirteen."""
    whole: int = 10
    """Digits from which on one has been given, after which further pieces are other numbers or say it again."""
    link_ms: int = 8_000
    """ms of pause between two pieces, as for cards."""
    link_words: int = 8
    """Words of the same side between two pieces ("no sorry, at the end it is"); none beside a lone digit."""
    alone: tuple[int, ...] = (10, 11)
    """Digits in one go that are one even after a card, its date or code, or a social security number was asked for."""
    answers_looked_at: int = 8
    """Numbers behind a question for something else that may have answered it."""
    corrected: int = 4
    """Digits of a piece that is said again once the number was whole."""
    least_announced: int = 3
    """Digits of an announced piece; fewer are counts, unless more come."""
    least_answer: int = 5
    """Digits that answer a question which nobody understood; fewer are counts, years and prices."""
    read_back_ms: int = 15_000
    """ms after a number in which pieces of it may be said again."""
    read_back_of: int = 3
    """Numbers looked at in that time."""
    amounts: AmountOptions = field(default_factory=AmountOptions)
    """Which digits are an amount, a date or a time instead."""


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
    for run in dialogue.runs():
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
        yield from _misheard_between(phone)
        yield from _letters_behind(phone)
    yield from _read_back(dialogue, phones, options)


def _corrects(line: Line, run: NumberRun) -> bool:
    """Whether "no, sorry" stands right before digits, which belong to the number before whatever else is heard."""
    return not lexicon_of(line.language).corrections.isdisjoint(line.before(run.words[0], _CORRECTING))


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


def _misheard_between(number: _Number) -> Iterator[Match]:
    """The words between two pieces of a number that may be digits: "seis, quinto, ocho", "cincuenta y quinto",
    "que ro" for "cero"."""
    line, table = number.line, lexicon_of(number.line.language)
    misheard_as = {*table.heard_between, *table.heard_as}
    for one, other in pairwise(number.runs):
        between = range(one.words[1] + 1, min(other.words[0], one.words[1] + 1 + _BETWEEN))
        texts = {index: line.plain_words[index] for index in between}
        ordinals = (line.runs_in(between.start, between.stop - 1)) if between else ()
        figures = {index for run in ordinals for index in range(run.words[0], run.words[1] + 1)}
        halves = {
            place
            for index in between
            for place in (index, index + 1)
            if texts[index] + texts.get(index + 1, "") in misheard_as and texts.get(index + 1)
        }
        misheard = [
            index
            for index, text in texts.items()
            if text in misheard_as or index in figures or index in halves or is_melted(text, line.language)
        ]
        if misheard:
            yield match_of_words(line, misheard, "")


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
        while first > max(0, run.words[0] - _CLAUSE_WORDS) and _goes_together(line, first - 1, first):
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
    return answered is not None and dialogue.lines[answered[0]].plain_words[answered[1]] in things


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
        if any(run.value in one.value for one in given[place : min(end, place + options.read_back_of)]):
            yield match_of(line, run.groups)


def pieces_of(run: NumberRun, line: Line, options: PhoneOptions, *, announced: bool) -> list[NumberRun]:
    """The digits that may be of a telephone number; where one was announced also what is dressed as money or as an
    ordinal right beside others: "$617, 555, 0142"."""
    if announced and _is_among_digits(line, run, options):
        return [run]
    if _is_price(line, run) or _is_time(line, run):
        return []
    return without_other_numbers(run, line, Subject.ORDINARY if announced else Subject.UNKNOWN, options)


def _is_price(line: Line, run: NumberRun) -> bool:
    """Whether digits are all of a price in a sentence: "the last charge was 91.75"."""
    before = line.before(run.words[0])
    told = bool(before) and before[0] in common_words().forms_of_be | common_words().clock_words
    return told and run.words[0] == run.words[1] and _PRICE.fullmatch(line.words[run.words[0]].text) is not None


def _is_time(line: Line, run: NumberRun) -> bool:
    """Whether digits in one word are a time of day by what stands before them: "call before 645"."""
    written = line.words[run.words[0]].text
    before = line.before(run.words[0])
    told = bool(before) and before[0] in naming_words(line.language, "before_times")
    return told and run.words[0] == run.words[1] and _TIME.fullmatch(written) is not None


def is_all_digits(line: Line, run: NumberRun, options: PhoneOptions) -> bool:
    """Whether somebody says nothing but digits, as many as answer a question for a number: "$2.09222, $763.00"."""
    first, last = run.words
    while first > max(0, run.words[0] - _CLAUSE_WORDS) and _goes_together(line, first - 1, first):
        first -= 1
    while last + 1 < min(len(line.words), run.words[1] + _CLAUSE_WORDS) and _goes_together(line, last, last + 1):
        last += 1
    runs = line.runs_in(first, last)
    if any(group.shape is Shape.PERCENT for one in runs for group in one.groups):
        return False
    figures = {index for one in runs for index in range(one.words[0], one.words[1] + 1)}
    others = [line.plain_words[index] for index in range(first, last + 1) if index not in figures]
    said = [text for text in others if text and text not in lead_words(line.language)]
    return not said and sum(len(one.value) for one in runs) >= options.least_answer


def _goes_together(line: Line, one: int, other: int) -> bool:
    """Whether two words stand in one clause, without a pause between."""
    near = line.words[other].start_ms - line.words[one].end_ms <= _CLAUSE_MS
    return near and line.sentences[one] == line.sentences[other]


def _is_among_digits(line: Line, run: NumberRun, options: PhoneOptions) -> bool:
    """Whether plain digits that are no count follow with nothing but a comma between; not "$45, 3 of them"."""
    if all(group.shape is Shape.PLAIN for group in run.groups):
        return False
    following = line.runs_in(run.words[1] + 1, run.words[1] + 2)
    return bool(following) and (
        len(following[0].value) >= options.least_announced
        and _is_plain(line, following[0])
        and not line.spoken_between(run.words[1], following[0].words[0])
        and line.sentences[run.words[0]] == line.sentences[following[0].words[0]]
    )


def without_other_numbers(run: NumberRun, line: Line, subject: Subject, options: PhoneOptions) -> list[NumberRun]:
    """The digits without amounts, dates and times; what is written as a telephone number stays."""
    return [run] if _is_written(line, run) else without_amounts(run, line, subject, options.amounts)


def _is_written(line: Line, run: NumberRun) -> bool:
    return any(_is_written_word(line.words[group.words[0]].text) for group in run.groups)


def _is_written_word(text: str) -> bool:
    """Whether a word is written as a telephone number, or dressed as what no amount looks like."""
    if WRITTEN_PHONE.fullmatch(text):
        return True
    disguised = _IN_DISGUISE.fullmatch(text) is not None and _AN_AMOUNT.fullmatch(text) is None
    return disguised and sum(sign.isdecimal() for sign in text) >= _LEAST_WRITTEN


def _is_plain(line: Line, run: NumberRun) -> bool:
    return all(group.shape is Shape.PLAIN for group in run.groups) or _is_written(line, run)


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
    plain = all(_is_plain(number.line, run) for run in number.runs)
    corrected = sum(len(run.corrected) for run in number.runs)
    whole = any(len(run.value) in options.lengths for run in number.runs)
    return plain and (whole or number.digits in options.lengths or corrected in options.lengths)
