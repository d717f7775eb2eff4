"""Figures in the phase of a secret that nothing ordinary explains, at `entireRegion` only.

Once a card or a social security number is asked for or given, the burden of proof is turned: what its giver says in
figures is taken for more of it, however it was written, unless it is plainly an amount, a time, a house or a telephone,
or answers a question for something else. What either side says again of it, with a digit misheard or written as an
amount, is covered as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voxport.core.spans import merge, pad, touching
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.expiry_figures import YEAR_DIGITS, is_year
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.subjects import Subject, is_of_a_document
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.bare_answers import bare_answers
from voxport.redaction.missed_speech.figures import (
    BESIDE_DRESSED,
    DRESSED_GROUPS,
    Figures,
    Said,
    Stretch,
    figures_of,
    is_sum,
    stretches,
)
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_OF_CARDS = frozenset({Topic.CARD, Topic.EXPIRY, Topic.CODE})
_BEHIND_NUMBER = frozenset({Topic.EXPIRY, Topic.CODE})
"""Cues that come behind the number of a card, whether or not it was understood."""
_PASSING = frozenset({Topic.READY, Topic.PART, Topic.CODE_NAMED, Topic.EXPIRY_NAMED, Topic.CARD_NAMED})
"""Cues that explain nothing."""
_BLOCK = 4
"""Digits of a group of a card, and of the end of a social security number."""
_PART = 3
"""The fewest digits of a secret that say it again."""
_LEAST_BENT = 2
"""Digits of a secret beside which others may have been bent: fewer were keyed or are counts."""
_WHOLE = 7
"""Digits of a secret of which a part is said again; shorter ones are said again as a whole."""
_LONGEST = 40
"""Digits of a card that was said twice; of a longer stretch only so many are looked at, as of the words before one."""
_NEAREST = 8
"""Secrets before and after a number of which it may be a part: a call has few, and a number is said again soon."""
_SLIP_PER = 4
"""Of so many digits one may be misheard."""
_BESIDE_DATE = 3
"""Words and marks before the year of a date in which its month stands."""
_LEADING = 2
"""Words before the figures of a bare answer, "it's just 1127": in mono nothing else tells that it is one."""
_NEVER_DRESSED = (Shape.MIXED, Shape.DECIMAL, Shape.THOUSANDS)
"""How recognisers write any digits: by itself no amount, no time."""


def unexplained_spans(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    net: Sequence[Stretch],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> Iterator[Span]:
    """Where such figures are said; `net`: the long stretches that are covered besides the secrets."""
    phases = _phases(dialogue, secrets, net, topics, options, reading)
    if not phases:
        return
    given = _Given.of(secrets, net)
    asking = _Asking(dialogue, topics, options, reading)
    for secret in secrets:
        yield from _bent_beside(dialogue.lines[secret.channel], secret, options)
    for line in dialogue.lines.values():
        if line.is_keyed:
            continue
        said = Said(figures_of(line))
        echoes = [run for run in line.runs if _is_echo(line, run, given) and not asking.answers_else(line, run, said)]
        yield from (pad(run.span, options.stretch_margin_ms, options.stretch_margin_ms) for run in echoes)
        givers = given.givers(dialogue, asking.askers)
        if line.channel in givers or not given.by_channel:
            answers = bare_answers(dialogue, line, secrets, given.taken, topics, options, reading)
            yield from (span for span in answers if touching(span, phases))
        if line.channel not in givers:
            continue
        found = [(one.span, _unexplained(one, given, said, asking)) for one in stretches(dialogue, line, options)]
        numbers = (_rest(run, given) for run in line.runs)
        found += [(one.span, one.span) for one in numbers if one and _is_dressed(line, one, said, asking)]
        for place, span in found:
            if span is not None and touching(place, phases):
                yield pad(span, options.stretch_margin_ms, options.stretch_margin_ms)


def _phases(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    net: Sequence[Stretch],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> tuple[Span, ...]:
    """From each question for the secret, and from each part of it, for a while."""
    wanted = _OF_CARDS & topics or frozenset({Topic.SOCIAL}) & topics
    found = []
    for cue in dialogue.cues:
        if cue.topic in wanted and not is_of_a_document(dialogue, cue, reading.subjects):
            before_ms = options.before_question_ms if cue.topic in _BEHIND_NUMBER else 0
            found.append(Span(max(0, cue.start_ms - before_ms), cue.end_ms + options.asked_ms))
    spans = [one.span for one in secrets if len(one.digits) >= _PART] + [one.span for one in net]
    found += [Span(max(0, span.start_ms - options.before_secret_ms), span.end_ms + options.asked_ms) for span in spans]
    return merge(found)


@dataclass(frozen=True)
class _Given:
    """What is known of the secrets that were given."""

    digits: Sequence[tuple[int, str]]
    """When each ends, and its digits, in order of time."""
    taken: AbstractSet[tuple[int, int]]
    """Line and index of the words that are covered anyway."""
    by_channel: dict[int, int]
    """How many of them each side said."""

    @classmethod
    def of(cls, secrets: Sequence[Match], net: Sequence[Stretch]) -> _Given:
        digits = [(one.span.end_ms, one.digits) for one in secrets if len(one.digits) >= _PART]
        digits += [(one.span.end_ms, "".join(run.value for run in one.runs)) for one in net]
        taken = {(one.channel, index) for one in secrets for index in one.words}
        taken |= {(one.line.channel, word.index) for one in net for word in one.words}
        count: Counter[int] = Counter()
        for secret in secrets:
            count[secret.channel] += len(secret.digits)
        for stretch in net:
            count[stretch.line.channel] += stretch.count
        return cls(sorted(digits), frozenset(taken), dict(count))

    def givers(self, dialogue: Dialogue, askers: AbstractSet[int]) -> AbstractSet[int]:
        """The side that gives the secret: who said most of it, or nobody who only asks for it."""
        if self.by_channel:
            return {max(self.by_channel, key=self.by_channel.__getitem__)}
        spoken = {channel for channel, line in dialogue.lines.items() if not line.is_keyed}
        return spoken - askers or spoken

    def is_said_again(self, value: str, at_ms: int) -> bool:
        """Whether digits are a part of one of the secrets around that time, or were but for what was misheard."""
        return _PART <= len(value) <= _LONGEST and any(_is_part(value, one[:_LONGEST]) for one in self._near(at_ms))

    def _near(self, at_ms: int) -> Iterator[str]:
        place = bisect_left(self.digits, (at_ms, ""))
        return (digits for _, digits in self.digits[max(0, place - _NEAREST) : place + _NEAREST])


def _is_part(value: str, whole: str) -> bool:
    if len(whole) < _WHOLE or len(value) > len(whole):
        return value == whole
    if len(value) < _BLOCK:
        ends = (whole[:_BLOCK], whole[-_BLOCK:])
        return any(value == end[:place] + end[place + 1 :] for end in ends for place in range(_BLOCK))
    if value in whole:
        return True
    starts = {0, len(whole) - len(value), *range(0, len(whole) - len(value) + 1, _BLOCK)}
    slips = max(1, len(value) // _SLIP_PER)
    return any(sum(one != other for one, other in zip(value, whole[start:], strict=False)) <= slips for start in starts)


@dataclass(frozen=True)
class _Asking:
    """What the talk says of figures that is no secret."""

    dialogue: Dialogue
    topics: frozenset[Topic]
    options: MissedSpeechOptions
    reading: CandidateOptions

    @property
    def is_mono(self) -> bool:
        """Whether nothing tells who speaks."""
        return sum(1 for line in self.dialogue.lines.values() if not line.is_keyed) == 1

    @property
    def askers(self) -> AbstractSet[int]:
        """Who asks for the secret."""
        return {cue.channel for cue in self.dialogue.cues if cue.topic in self.topics and cue.topic is not Topic.READY}

    def answers_else(self, line: Line, run: NumberRun, said: Said) -> bool:
        """Whether a number answers the other side's question for something else, or is named as that."""
        dressed = any(group.shape is Shape.MONEY for group in run.groups)
        topics = {*ORDINARY_TOPICS, Topic.AMOUNT} if dressed else {*ORDINARY_TOPICS}
        return self._explaining(line, run.words[0], run.span.start_ms, len(run.value), said, topics) is not None

    def explains(self, stretch: Stretch, first: Figures, said: Said) -> bool:
        """Whether something else was asked for or named, which a stretch may be from its word `first` on."""
        return self._is_named(stretch.runs[-1:]) or (
            self._explaining(stretch.line, first.index, first.span.start_ms, stretch.count, said, None) is not None
        )

    def explains_number(self, line: Line, run: NumberRun, said: Said) -> bool:
        """The same of a number by itself."""
        return self._is_named([run]) or (
            self._explaining(line, run.words[0], run.span.start_ms, len(run.value), said, None) is not None
        )

    def _is_named(self, runs: Sequence[NumberRun]) -> bool:
        cues = (self.dialogue.named_after(run) for run in runs)
        return any(cue is not None and cue.topic not in self.topics for cue in cues)

    def _explaining(
        self, line: Line, index: int, begin_ms: int, count: int, said: Said, topics: AbstractSet[Topic] | None
    ) -> Cue | None:
        """The last cue before `count` digits, if it is about something else (of `topics`) that may have as many, lasts,
        and has had no answer yet."""
        lifetimes = self.reading.subjects.lifetimes_ms
        begin_ms = min(begin_ms, line.words[index].start_ms)
        before = reversed(self.dialogue.cues_within(begin_ms - self.options.explained_ms, begin_ms))
        cues = (cue for cue in before if cue.topic not in _PASSING)
        cue = next((one for one in cues if one.channel != line.channel or one.first <= index), None)
        if cue is None or cue.topic in self.topics or (topics is not None and cue.topic not in topics):
            return None
        if begin_ms - cue.end_ms > lifetimes.of(cue.topic) or not self.reading.subjects.may_have(cue.topic, count):
            return None
        return cue if said.between(cue.end_ms, begin_ms) < self.options.answered_digits else None


def _is_echo(line: Line, run: NumberRun, given: _Given) -> bool:
    """Whether a number says a part of a secret again, and is not covered anyway."""
    if all((line.channel, index) in given.taken for index in range(run.words[0], run.words[1] + 1)):
        return False
    written = "".join(
        sign for index in range(run.words[0], run.words[1] + 1) for sign in line.words[index].text if sign.isdecimal()
    )
    return any(given.is_said_again(value, run.span.start_ms) for value in (run.value, written))


def _unexplained(stretch: Stretch, given: _Given, said: Said, asking: _Asking) -> Span | None:
    """What is to be covered of a stretch: its figures that are no part of a secret yet; None where they are explained,
    or may be a count."""
    line = stretch.line
    free = [word for word in stretch.words if (line.channel, word.index) not in given.taken]
    if not free:
        return None
    joined = len(free) < len(stretch.words)
    if not joined and asking.is_mono and _is_told(line, free[0].index):
        return None
    enough = joined or sum(word.count for word in free) >= _PART or _is_date(line, free)
    if not enough or asking.explains(stretch, free[0], said):
        return None
    runs = [run for run in stretch.runs if (line.channel, run.words[0]) not in given.taken]
    if runs and all(_is_plainly_ordinary(line, run, asking) for run in runs):
        return None
    if joined:
        bent = _with_bent_words(line, free, asking.options)
        return Span(min(stretch.span.start_ms, bent.start_ms), max(stretch.span.end_ms, bent.end_ms))
    return _with_bent_words(line, free, asking.options)


def _rest(run: NumberRun, given: _Given) -> NumberRun | None:
    """What of a number is covered by nothing yet."""
    groups = tuple(group for group in run.groups if (run.channel, group.words[0]) not in given.taken)
    return NumberRun(run.channel, groups, (groups[0].words[0], groups[-1].words[1])) if groups else None


def _is_dressed(line: Line, run: NumberRun, said: Said, asking: _Asking) -> bool:
    """Whether a number that stands alone was written as an amount or in one with letters, and nothing says that it is
    an amount or a name: "Ethel reads me the end, $60.23", "code off the bacs106"."""
    written = "".join(sign for sign in line.words[run.words[0]].text if sign.isdecimal())
    if len(run.groups) > DRESSED_GROUPS or len(written) < _PART or asking.explains_number(line, run, said):
        return False
    shapes = {group.shape for group in run.groups}
    if shapes == {Shape.MIXED}:
        return "@" not in line.words[run.words[0]].text
    bare = Shape.MONEY in shapes and len(written) <= _BLOCK and not written.endswith("00") and not asking.is_mono
    return bare and line.words_beside(run.words[0]) <= BESIDE_DRESSED and not _is_unit_behind(line, run)


def _is_unit_behind(line: Line, run: NumberRun) -> bool:
    after = line.after(run.words[1])
    return bool(after) and after[0] in word_lists_of(line.language).units


def _is_told(line: Line, index: int) -> bool:
    """Whether words of the same sentence lead to a word, so that it is no bare answer."""
    begin = bisect_left(line.sentences, line.sentences[index], lo=max(0, index - _LONGEST))
    return sum(1 for place in range(begin, index) if line.plain_words[place]) > _LEADING


def _is_date(line: Line, words: Sequence[Figures]) -> bool:
    """Whether figures end in the year of a card behind what may be its month, "cinco del treinta y tres"."""
    runs = line.runs_in(words[0].index, words[-1].index)
    if not runs or not is_year(runs[-1].value[-YEAR_DIGITS:]):
        return False
    last = runs[-1].words[0]
    beside = line.plain_words[max(0, last - _BESIDE_DATE) : runs[-1].words[1] + 1]
    return any(
        word in common_words().between_month_and_year or word in word_lists_of(line.language).months for word in beside
    )


def _is_plainly_ordinary(line: Line, run: NumberRun, asking: _Asking) -> bool:
    """Whether a number is an amount, a time, a house or a telephone by how it is written and what stands beside it."""
    if is_said_as_phone(run) or len(run.value) in TELEPHONE_DIGITS:
        return True
    if any(group.shape is Shape.MONEY for group in run.groups):
        return is_sum(line, run, asking.reading.amounts.beside_short)
    if all(group.shape in _NEVER_DRESSED for group in run.groups):
        return "@" in line.words[run.words[0]].text
    if is_month_and_year(run, line):
        return False
    return without_amounts(run, line, Subject.UNKNOWN, asking.reading.amounts) != [run]


def _bent_beside(line: Line, secret: Match, options: MissedSpeechOptions) -> Iterator[Span]:
    """Right beside a secret, the words of its sentence that nobody says every day: one of its digits may have been bent
    into them, "Yamanto 8 year 30"."""
    if line.is_keyed or len(secret.digits) < _LEAST_BENT:
        return
    everyday = word_lists_of(line.language).everyday
    begin, end = secret.words[0], secret.words[-1] + 1
    for near, step in ((begin - 1, -1), (end, 1)):
        for place in range(near, near + step * options.bent_words, step):
            if not 0 <= place < len(line.words) or line.sentences[place] != line.sentences[secret.words[0]]:
                break
            word = line.words[place]
            if not line.plain_words[place]:
                continue
            close = secret.span.start_ms - options.bent_ms <= word.start_ms <= secret.span.end_ms + options.bent_ms
            if not close or line.plain_words[place] in everyday:
                break
            yield Span(word.start_ms, max(word.end_ms, word.start_ms + 1))


def _with_bent_words(line: Line, words: Sequence[Figures], options: MissedSpeechOptions) -> Span:
    """The time of figures with the words right beside them in their sentence, in which a digit may have been bent."""
    first, last = words[0].index, words[-1].index
    sentence = line.sentences[first]
    begin = bisect_left(line.sentences, sentence, lo=max(0, first - options.bent_words))
    end = bisect_left(line.sentences, line.sentences[last] + 1, hi=min(len(line.words), last + 1 + options.bent_words))
    spans = [
        Span(word.start_ms, max(word.end_ms, word.start_ms + 1))
        for word in line.words[begin:end]
        if word.start_ms >= words[0].span.start_ms - options.bent_ms
        and word.end_ms <= words[-1].span.end_ms + options.bent_ms
    ]
    spans += [word.span for word in words]
    return Span(min(one.start_ms for one in spans), max(one.end_ms for one in spans))
