r"""How much is covered around a secret: the levels of detection and their margins.

| level | covered | margin before, after |
|---|---|---|
| `entireRegion` | from the first digit to the last, with all that is said between on every channel | 500, 500 ms |
| `probableNumbers` | the words that carry digits, and what hesitates between them | 250, 450 ms, not into other words |
| the same, of words without digits | names, addresses, what is spelled | 250, 250 ms |
| `numbersOnly` | the words that carry digits | none |

One call in time, `....` being wordless. `#` carries digits, `-` is margin; all between two bars is covered:

    words              is ............[4111] um [1111]................. thanks
    numbersOnly                       |#####|  |#####|
    probableNumbers                |--|##############|------|
                                  250 ms             450 ms     words up to 700 ms apart are one
    entireRegion             |--------|##############|--------|
                              500 ms over words, up to 1200 ms of wordless time

An edge as it sounds. Speech fades out before the span, the tone swells inside; nothing of the speech is left inside:

    span                              |-----------------------|
    speech             ~~~~~~~~~~~~~~\                         /~~~~~~~~~~
    tone                              /^^^^^^^^^^^^^^^^^^^^^^^\
                                   5 ms                       5 ms

At `entireRegion` two secrets up to 4 s apart are one region unless another number stands between. No margin reaches
into a number that stays. A number whose times are too short for its digits (400 ms each; at `probableNumbers` 160 ms of
a word) reaches further, into time in which nobody is understood. A number that has lost digits (a card of 12) reaches
1800 ms over the words beside it as well.
Keys of a telephone are covered with the gaps between them, at `entireRegion` 500 ms beyond, else 60 ms.
Where the times of a word were filled in rather than measured, its margins grow by 400 ms on both sides, at every level.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import DetectionLevel
from voxport.core.spans import merge, pad
from voxport.core.transcript import Span, Word, WordKind
from voxport.language.numbers.lexicon import bent_lexicon_of
from voxport.redaction.detectors.matches import Match
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of


@dataclass(frozen=True, slots=True)
class MarginOptions:
    """Margins in ms around what carries digits; see the drawing above. Times of words are known to about 100 ms."""

    region_ms: int = 500
    """`entireRegion`: before and after, over words as well. Five times the error of a word's time; a judgement."""
    region_reach_ms: int = 1_200
    """`entireRegion`: how far into the wordless time beside, where a digit or two may have been missed."""
    said_digit_ms: int = 400
    """`entireRegion`: how long a digit takes that is said slowly. Where the times of a number leave less, it was
    put at the end of what was said: the reach is what is missing. A judgement."""
    missing_most_ms: int = 8_000
    """The most that is covered so: as long as a whole number of a bank takes. A judgement."""
    region_gap_ms: int = 4_000
    """`entireRegion`: between secrets that become one region; in it people read on. A judgement."""
    incomplete_digits: tuple[int, ...] = (5, 6, 7, 8, 10, 11, 12, 13, 14)
    """Lengths that show lost digits: no part (4), social security number (9) or card (15 and more) has them."""
    part_digits: int = 2
    """Digits of what is part of such a number where it stands beside it,"""
    part_beside_ms: int = 700
    """so many ms at most: the word between was a digit. A judgement."""
    incomplete_ms: int = 1_800
    """`entireRegion`: reach over the words beside such a number: what was lost was heard as words. A judgement."""
    number_before_ms: int = 250
    """`probableNumbers`: before a word. 150 at first, raised on the development calls. Other speech stays under 2 %."""
    number_after_ms: int = 450
    """`probableNumbers`: after a word; figures are timed shorter than it takes to say them. 350, then 600 at first.
    450 cover up to 0.2 % less of secrets than 600, and a tenth less of other speech."""
    said_after_ms: int = 250
    """`probableNumbers`: after what was said in words, a name or a street, which is timed as long as it takes."""
    number_gap_ms: int = 700
    """`probableNumbers`: between words that are covered as one; a hesitation ("um") fits in. A judgement."""
    whole_figures: int = 7
    """`probableNumbers`: figures of a word that is a whole number,"""
    hurried_ms: int = 160
    """ms for each of them below which its times are too short,"""
    spoken_ms: int = 330
    """and the ms that a figure takes then, up to the words beside. By the development calls."""
    key_ms: int = 60
    """Every level: before and after a key, whose times are exact to a frame. A judgement: no edge of a tone is left."""
    sign_ms: int = 10_000
    """Every level: between a key and the `*` or `#` that begins or ends a number, as `DialogueOptions.keyed_gap_ms`."""
    key_gap_ms: int = 1_500
    """`probableNumbers`, `numbersOnly`: between keys that are covered as one; a key talked over may lie between."""
    only_gap_ms: int = 150
    """`numbersOnly`: between words that are covered as one, so that no click of speech is left. A judgement."""
    filled_in_ms: int = 400
    """Every level: on both sides more where a word's times were filled in, a word's length away. A judgement."""
    slack_ms: int = 1_000
    """How far beyond the end of the recording the times of a word may lie: recognisers round up."""
    neighbours: int = 3
    """Words and marks on each side in which the next word is looked for that a margin must not reach."""
    placed_within: int = 32
    """Words and marks on each side in which the neighbours of a word without length are looked for."""
    last_word_ms: int = 500
    """Given to a last word without length, about what a number takes to say. A judgement."""


def covered_spans(
    dialogue: Dialogue, secrets: Sequence[Match], level: DetectionLevel, duration_ms: int, options: MarginOptions
) -> tuple[Span, ...]:
    """The stretches to be covered, merged, in order, within the recording.

    Raises MediaFailed 10201 when a word of a secret has no place in the recording.
    """
    for secret in secrets:
        _check_placed(dialogue.lines[secret.channel], secret, duration_ms, options)
    match level:
        case DetectionLevel.ENTIRE_REGION:
            spans = _whole_regions(dialogue, secrets, duration_ms, options)
        case DetectionLevel.PROBABLE_NUMBERS:
            spans = _probable_numbers(dialogue, secrets, duration_ms, options)
        case DetectionLevel.NUMBERS_ONLY:
            spans = _numbers_only(dialogue, secrets, duration_ms, options)
    signs = _signs_beside(dialogue, secrets, options)
    return merge(pad(span, 0, 0, duration_ms) for span in (*spans, *signs))


def _check_placed(line: Line, secret: Match, duration_ms: int, options: MarginOptions) -> None:
    for index in secret.words:
        word = line.words[index]
        latest_ms = duration_ms + options.slack_ms
        if not 0 <= word.start_ms <= word.end_ms <= latest_ms or word.start_ms >= duration_ms:
            reason = "a number that must be covered has no place in time"
            raise MediaFailed(Problem.of(Code.MEDIA_UNREADABLE, reason=reason))


def _whole_regions(
    dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int, options: MarginOptions
) -> Iterable[Span]:
    """Secrets with their margins; those close to one another become one unless another number stands between."""
    kept = _Kept.of(_numbers_apart(dialogue, secrets, options))
    joined: list[Span] = []
    for secret in sorted(secrets, key=lambda one: one.span.start_ms):
        span = _region(dialogue, secret, kept, duration_ms, options)
        near = bool(joined) and span.start_ms - joined[-1].end_ms <= options.region_gap_ms
        if near and not kept.touch(joined[-1].end_ms, span.start_ms):
            span = Span(min(joined[-1].start_ms, span.start_ms), max(joined.pop().end_ms, span.end_ms))
        joined.append(span)
    return joined


@dataclass(frozen=True)
class _Kept:
    """Numbers that stay: when they begin and when they end, each in order."""

    starts_ms: list[int]
    ends_ms: list[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> _Kept:
        starts, ends = [], []
        for span in spans:
            starts.append(span.start_ms)
            ends.append(span.end_ms)
        return cls(sorted(starts), sorted(ends))

    def touch(self, begin_ms: int, end_ms: int) -> bool:
        """Whether one lies, even in part, in [begin_ms, end_ms)."""
        begun, over = bisect_left(self.starts_ms, end_ms), bisect_right(self.ends_ms, begin_ms)
        return begun > over

    def without(self, span: Span, core: Span) -> Span:
        """The span with its margins drawn in from numbers that stay; `core` stays whole."""
        over = bisect_right(self.ends_ms, core.start_ms)
        begun = bisect_left(self.starts_ms, core.end_ms)
        begin_ms = self.ends_ms[over - 1] if over else 0
        end_ms = self.starts_ms[begun] if begun < len(self.starts_ms) else span.end_ms
        return Span(max(span.start_ms, begin_ms), min(span.end_ms, end_ms))


def _region(dialogue: Dialogue, secret: Match, kept: _Kept, duration_ms: int, options: MarginOptions) -> Span:
    """A secret with its margins."""
    line = dialogue.lines[secret.channel]
    if line.is_keyed:
        return kept.without(pad(secret.span, options.region_ms, options.region_ms, duration_ms), secret.span)
    first, last = _placed(line, secret.words[0], options), _placed(line, secret.words[-1], options)
    reach_before_ms, reach_after_ms = _reach_ms(dialogue, secret, options)
    least_before_ms = _margin(line, secret.words[0], options.region_ms, options)
    least_after_ms = _margin(line, secret.words[-1], options.region_ms, options)
    before_ms = max(least_before_ms, _quiet_before(line, secret, reach_before_ms))
    after_ms = max(least_after_ms, _quiet_after(line, secret, reach_after_ms))
    if len(secret.digits) in options.incomplete_digits:
        before_ms, after_ms = max(before_ms, options.incomplete_ms), max(after_ms, options.incomplete_ms)
    core = Span(first.start_ms, last.end_ms)
    return kept.without(pad(core, before_ms, after_ms, duration_ms), core)


def _reach_ms(dialogue: Dialogue, secret: Match, options: MarginOptions) -> tuple[int, int]:
    """How far a secret reaches into wordless time before it and after: further where its digits take longer to say than
    their times tell, as far as nobody is understood there."""
    begin_ms, end_ms = secret.span.start_ms, secret.span.end_ms
    missing_ms = min(options.said_digit_ms * len(secret.digits) - (end_ms - begin_ms), options.missing_most_ms)
    last_ms = max(_last_before(line, begin_ms) for line in dialogue.lines.values())
    first_ms = min(_first_after(line, end_ms, options.missing_most_ms) for line in dialogue.lines.values())
    quiet_before, quiet_after = begin_ms - last_ms, first_ms - end_ms
    least_ms = options.region_reach_ms
    return max(least_ms, min(missing_ms, quiet_before)), max(least_ms, min(missing_ms, quiet_after))


def _numbers_apart(dialogue: Dialogue, secrets: Sequence[Match], options: MarginOptions) -> Iterator[Span]:
    """The digits that are no secret, without those right beside one that lacks some: `60`, a word, `14 44 60 64`."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for secret in secrets:
        if len(secret.digits) in options.incomplete_digits:
            begins.setdefault(secret.channel, []).append(secret.span.start_ms)
            ends.setdefault(secret.channel, []).append(-secret.span.end_ms)
    for channel in begins:
        begins[channel].sort()
        ends[channel].sort()
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    for run in dialogue.runs():
        if (run.channel, run.words[0]) in taken:
            continue
        short = len(run.value) <= options.part_digits
        near_ms = options.part_beside_ms
        before = _next_from(begins.get(run.channel, []), run.span.end_ms) - run.span.end_ms <= near_ms
        behind = _next_from(ends.get(run.channel, []), -run.span.start_ms) + run.span.start_ms <= near_ms
        if not (short and (before or behind)):
            yield run.span


def _next_from(times_ms: Sequence[int], at_ms: int) -> int:
    """The first of ordered times from one on; none is very late."""
    place = bisect_left(times_ms, at_ms)
    return times_ms[place] if place < len(times_ms) else 1 << 62


def other_numbers(dialogue: Dialogue, secrets: Sequence[Match]) -> list[Span]:
    """The digits of the call that are no secret."""
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    return [run.span for run in dialogue.runs() if (run.channel, run.words[0]) not in taken]


def _quiet_before(line: Line, secret: Match, reach_ms: int) -> int:
    """The wordless time before the secret on its channel, up to the reach."""
    first = secret.words[0]
    earlier = (line.words[place] for place in range(first - 1, -1, -1))
    before = next((word for word in earlier if word.kind is WordKind.WORD), None)
    quiet = line.words[first].start_ms - (before.end_ms if before else 0)
    return max(0, min(reach_ms, quiet))


def _quiet_after(line: Line, secret: Match, reach_ms: int) -> int:
    last = secret.words[-1]
    after = next(line.words_in(last + 1), None)
    quiet = after.start_ms - line.words[last].end_ms if after else reach_ms
    return max(0, min(reach_ms, quiet))


def _probable_numbers(
    dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int, options: MarginOptions
) -> Iterable[Span]:
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        if line.is_keyed:
            yield from _keys(line, secret, duration_ms, options)
            continue
        spans: list[list[Span]] = []
        last = None
        for index in secret.words:
            hurried_before, hurried_after = _hurried_ms(dialogue, line.words[index], options)
            before_ms = _margin(line, index, options.number_before_ms + hurried_before, options)
            least_after_ms = options.number_after_ms if secret.digits else options.said_after_ms
            after_ms = _margin(line, index, least_after_ms + hurried_after, options)
            padded = pad(_placed(line, index, options), before_ms, after_ms, duration_ms)
            if last is None or _are_joined_in_words(line, last, index):
                spans.append([])
            spans[-1].append(_within_neighbours(line, index, padded, options))
            last = index
        for parts in spans:
            yield from merge(parts, options.number_gap_ms)


def _are_joined_in_words(line: Line, first: int, second: int) -> bool:
    """Whether what stands between two words of a number is said in any call and is none of its digits: "and then"."""
    everyday, table = word_lists_of(line.language).everyday, bent_lexicon_of(line.language)
    digits = {*table.heard_as, *table.heard_between, *table.digits, *table.zeros, *table.repeats}
    digits |= common_words().between_month_and_year
    joined = table.and_words if table.tens_need_and else frozenset()
    between = [place for place in range(first + 1, second) if line.plain_words[place]]
    told = [line.plain_words[place] for place in between]
    measured = all(_is_measured(line.words[place]) for place in between)
    return measured and everyday.issuperset(told) and digits.isdisjoint(told) and not joined.issuperset(told)


def _hurried_ms(dialogue: Dialogue, word: Word, options: MarginOptions) -> tuple[int, int]:
    """How much longer a word of digits takes to say than its times tell, before it and after: as far as nobody is
    understood there."""
    figures = sum(sign.isdecimal() for sign in word.text)
    lasts_ms = word.end_ms - word.start_ms
    if figures < options.whole_figures or lasts_ms >= figures * options.hurried_ms:
        return 0, 0
    lacks_ms = min(figures * options.spoken_ms - lasts_ms, options.missing_most_ms)
    before = max((_last_before(line, word.start_ms) for line in dialogue.lines.values()), default=0)
    after = min((_first_after(line, word.end_ms, lacks_ms) for line in dialogue.lines.values()), default=0)
    return max(0, min(lacks_ms, word.start_ms - before)), max(0, min(lacks_ms, after - word.end_ms))


def _last_before(line: Line, at_ms: int) -> int:
    """When the last word ends that begins before a time."""
    place = bisect_left(line.words, at_ms, key=lambda word: word.start_ms) - 1
    return line.words[place].end_ms if place >= 0 else 0


def _first_after(line: Line, at_ms: int, within_ms: int) -> int:
    """When the first word begins that begins at a time or after it; so many ms after it where none does."""
    place = bisect_left(line.words, at_ms, key=lambda word: word.start_ms)
    return line.words[place].start_ms if place < len(line.words) else at_ms + within_ms


def _within_neighbours(line: Line, index: int, span: Span, options: MarginOptions) -> Span:
    """The span without the parts that lie in the words beside; the times of the word itself always stay."""
    word = line.words[index]
    if not _is_measured(word):
        return span
    earlier = line.words[max(0, index - options.neighbours) : index]
    later = line.words[index + 1 : index + 1 + options.neighbours]
    before = max((w.end_ms for w in earlier if w.kind is WordKind.WORD), default=0)
    after = min((w.start_ms for w in later if w.kind is WordKind.WORD), default=span.end_ms)
    return Span(min(word.start_ms, max(span.start_ms, before)), max(word.end_ms, min(span.end_ms, after)))


def _numbers_only(
    dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int, options: MarginOptions
) -> Iterable[Span]:
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        if line.is_keyed:
            yield from _keys(line, secret, duration_ms, options)
            continue
        spans = []
        for index in secret.words:
            margin_ms = _margin(line, index, 0, options)
            spans.append(pad(_placed(line, index, options), margin_ms, margin_ms, duration_ms))
        yield from merge(spans, options.only_gap_ms)


def _keys(line: Line, secret: Match, duration_ms: int, options: MarginOptions) -> tuple[Span, ...]:
    words = (line.words[index] for index in secret.words)
    spans = (pad(Span(word.start_ms, word.end_ms), options.key_ms, options.key_ms, duration_ms) for word in words)
    return merge(spans, options.key_gap_ms)


def _signs_beside(dialogue: Dialogue, secrets: Sequence[Match], options: MarginOptions) -> Iterator[Span]:
    """The `*` and `#` that were keyed right before a secret and behind it: they begin and end it."""
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        for near, step in ((secret.words[0], -1), (secret.words[-1], 1)):
            place = near + step
            while line.is_keyed and 0 <= place < len(line.words) and line.words[place].kind is WordKind.PUNCTUATION:
                earlier, later = sorted((line.words[place - step], line.words[place]), key=lambda word: word.start_ms)
                if later.start_ms - earlier.end_ms > options.sign_ms:
                    break
                yield pad(Span(line.words[place].start_ms, line.words[place].end_ms), options.key_ms, options.key_ms)
                place += step


def _margin(line: Line, index: int, margin_ms: int, options: MarginOptions) -> int:
    return margin_ms + (0 if _is_measured(line.words[index]) else options.filled_in_ms)


def _is_measured(word: Word) -> bool:
    """A word without length was put somewhere, whatever its times are said to be."""
    return word.measured and word.end_ms > word.start_ms


def _placed(line: Line, index: int, options: MarginOptions) -> Span:
    """The time of a word; one without length gets the time up to its neighbours."""
    word: Word = line.words[index]
    if word.end_ms > word.start_ms:
        return Span(word.start_ms, word.end_ms)
    before = max((w.end_ms for w in line.words_in(max(0, index - options.placed_within), index)), default=0)
    latest_ms = word.end_ms + options.last_word_ms
    end = min(len(line.words), index + 1 + options.placed_within)
    after = min((w.start_ms for w in line.words_in(index + 1, end)), default=latest_ms)
    return Span(min(before, word.start_ms), max(after, word.end_ms + 1))
