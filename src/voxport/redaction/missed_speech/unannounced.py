"""Numbers that nothing announced, where a card or a social security number is spoken of, at `entireRegion` only.

Recognisers lose the question ("exp?", "when's it up") behind one that was understood and answered, write a card number
in amounts, and join digits to words that no reader knows. So any long stretch of figures that nothing ordinary explains
is covered there, and what may be a date or a code soon after one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.expiry_figures import is_month, is_year
from voxport.redaction.detectors.grouping import is_said_as_phone, spoken_pattern
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.payment_phase import answers_question, is_of_a_card
from voxport.redaction.detectors.subjects import (
    Subject,
    is_of_a_document,
    is_payment_spoken_of,
    part_subject,
)
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention, find_mentions
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.before_questions import before_questions
from voxport.redaction.missed_speech.figures import BESIDE_DRESSED, Said, Stretch, figures_of, is_sum, stretches
from voxport.redaction.missed_speech.lone_answers import (
    MONTH_WITHIN,
    is_asked_since,
    lone_dates,
    lone_parts,
    with_month,
)
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.unexplained import unexplained_spans

_ELSE = frozenset({*ORDINARY_TOPICS, Topic.AMOUNT, Topic.SOCIAL, Topic.ORDINARY_NAMED})
_CARDS = frozenset({Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.CODE})
_PASSING = frozenset({Topic.READY, Topic.PART, Topic.CODE_NAMED, Topic.EXPIRY_NAMED})
"""Cues that say nothing of what a long number is."""
_LONG_ANSWERS = frozenset({Topic.ORDINARY, Topic.ACCOUNT})
"""What may have as many digits as a card."""
_TELEPHONE = 10
"""Digits of a telephone number in North America; with its country, or in the United Kingdom, one more."""
_SOCIAL = (3, 2, 4)
"""How the digits of a social security number are grouped."""
_AGAIN = "again"
"""The list of phrases by which somebody asks to hear something again, and its only kind."""
_DATE_AND_CODE = ((4, 3), (2, 2, 3), (2, 4, 3), (6, 3), (4, 4), (2, 2, 4), (2, 4, 4))
"""Digits of a date and of a code as they are said after one another."""
_SHORT_PHONES = ((3, 4), (7,))
"""How a telephone number without its area is said."""
_LONGEST_DATE = 7
"""Digits of a date beside the name of its month, "July, so oh seven, twenty thirty" with one heard twice."""
_RUNS_BEFORE = 8
"""Numbers before a stretch among which a telephone is looked for. A judgement."""
_SENTENCE_MS = 10_000
"""No sentence that asks for a part of a number takes longer to either side."""


def unannounced_spans(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> list[Span]:
    """Where they are said; nothing in a call in which no such secret is spoken of."""
    of_cards = Topic.CARD in topics
    spoken_of = _is_spoken_of(dialogue, topics, reading)
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    again = find_mentions(dialogue, _AGAIN, [_AGAIN])
    spans = []
    nets: list[Stretch] = []
    for line in dialogue.lines.values():
        if line.is_keyed:
            continue
        net = list(_unexplained(dialogue, line, taken, options, reading, of_cards=of_cards, spoken_of=spoken_of))
        given_ms = [one.span.end_ms for one in net] + [
            one.span.end_ms for one in secrets if one.channel == line.channel
        ]
        net += _said_again(dialogue, line, again, sorted(given_ms), options)
        nets += net
        spans += [pad(one.span, options.stretch_margin_ms, options.stretch_margin_ms) for one in net]
        if of_cards and (spoken_of or net or any(len(one.digits) >= options.whole_card_answer for one in secrets)):
            inside = {(line.channel, word.index) for one in net for word in one.words}
            free = [run for run in line.runs if (run.channel, run.words[0]) not in taken | inside]
            ends_ms = [one.span.end_ms for one in net]
            late = _late_answers(dialogue, line, free, secrets, ends_ms, options, reading)
            spans += [pad(with_month(line, run), options.answer_margin_ms, options.answer_margin_ms) for run in late]
    spans += unexplained_spans(dialogue, secrets, nets, topics, options, reading)
    if Topic.SOCIAL in topics:
        spans += lone_parts(dialogue, options, reading)
    if of_cards:
        spans += before_questions(dialogue, options, reading)
    if of_cards and spoken_of:
        spans += lone_dates(dialogue, options, reading)
    return [*spans, *_part_answers(dialogue, options, reading)]


def _is_spoken_of(dialogue: Dialogue, topics: frozenset[Topic], reading: CandidateOptions) -> bool:
    """Whether such a secret is spoken of in the call: a card by its date or its code as well."""
    if Topic.CARD not in topics or is_payment_spoken_of(dialogue):
        return Topic.CARD in topics or any(cue.topic in topics for cue in dialogue.cues)
    return any(
        cue.topic in (Topic.EXPIRY, Topic.CODE) and not is_of_a_document(dialogue, cue, reading.subjects)
        for cue in dialogue.cues
    )


def _part_answers(dialogue: Dialogue, options: MissedSpeechOptions, reading: CandidateOptions) -> Iterator[Span]:
    """Four digits that answer "the last four?", or stand behind "ending in", where it was not understood of what."""
    for cue in dialogue.cues:
        if cue.topic is not Topic.PART or _is_part_of_else(dialogue, cue):
            continue
        for line in dialogue.lines.values():
            own = line.channel == cue.channel
            first = bisect_left(line.runs, cue.end_ms, key=lambda run: run.span.start_ms)
            run = line.runs[first] if first < len(line.runs) else None
            if line.is_keyed or run is None or len(run.value) != options.part_digits:
                continue
            soon = run.span.start_ms - cue.end_ms <= options.answer_within_ms
            if own and line.spoken_between(cue.last, min(run.words[0], cue.last + MONTH_WITHIN + 2)) > 1:
                soon = False
            subject = part_subject(dialogue, cue, run.span.start_ms, reading.subjects) if soon else None
            if subject in (Subject.UNKNOWN, Subject.ORDINARY):
                yield pad(run.span, options.answer_margin_ms, options.answer_margin_ms)


def _is_part_of_else(dialogue: Dialogue, part: Cue) -> bool:
    """Whether its sentence says that it is a part of something else: "the last four of your phone number"."""
    near = dialogue.cues_within(part.start_ms - _SENTENCE_MS, part.end_ms + _SENTENCE_MS)
    before = [cue for cue in near if cue.end_ms <= part.start_ms and cue.channel == part.channel]
    if before and before[-1].topic in _CARDS and dialogue.same_sentence(before[-1], part):
        return False
    named = (cue for cue in near if cue.topic in _ELSE and cue.topic is not Topic.SOCIAL)
    return any(dialogue.same_sentence(part, cue) or dialogue.same_sentence(cue, part) for cue in named)


def _unexplained(
    dialogue: Dialogue,
    line: Line,
    taken: AbstractSet[tuple[int, int]],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
    *,
    of_cards: bool,
    spoken_of: bool,
) -> Iterator[Stretch]:
    """The long stretches of figures that nothing ordinary explains, but for those that are covered anyway."""
    least, most = options.least_card_stretch, options.most_card_stretch
    if not of_cards:
        least, most = options.least_social_stretch, options.most_social_stretch
    elif not spoken_of:
        least = options.least_lone_stretch
    said = Said(figures_of(line))
    for stretch in stretches(dialogue, line, options):
        free = sum(one.count for one in stretch.words if (line.channel, one.index) not in taken)
        fits = (least <= free and stretch.count <= most) or (spoken_of and _is_run_together(stretch, options))
        fits = fits or (not of_cards and _is_grouped_social(stretch))
        if not fits or not free:
            continue
        if (
            of_cards or spoken_of or _is_lone_social(stretch) or _answers(dialogue, stretch, reading)
        ) and not _is_explained(dialogue, stretch, said, options, reading, of_cards=of_cards):
            yield stretch


def _is_lone_social(stretch: Stretch) -> bool:
    """Whether it has the digits of a social security number, grouped as one or not at all."""
    patterns = [spoken_pattern(run) for run in stretch.runs]
    return patterns in ([(9,)], [_SOCIAL], [(3,), (2,), (4,)]) or patterns[-1:] == [_SOCIAL]


def _is_grouped_social(stretch: Stretch) -> bool:
    """Whether its last number is said as three, two and four: hardly anything else is."""
    return bool(stretch.runs) and spoken_pattern(stretch.runs[-1]) == _SOCIAL


def _answers(dialogue: Dialogue, stretch: Stretch, reading: CandidateOptions) -> bool:
    """Whether it has about the digits of a social security number, is said as no telephone, and answers a question that
    nobody understood: its name may be what was misheard."""
    if not stretch.runs or any(is_said_as_phone(run) or spoken_pattern(run) in _SHORT_PHONES for run in stretch.runs):
        return False
    return answers_question(dialogue, stretch.runs[0], reading.phase)


def _said_again(
    dialogue: Dialogue, line: Line, again: Sequence[Mention], ends_ms: Sequence[int], options: MissedSpeechOptions
) -> Iterator[Stretch]:
    """The figures that a side says when it is asked to repeat the secret that it has just given."""
    found = list(stretches(dialogue, line, options)) if again and ends_ms else []
    starts_ms = [one.span.start_ms for one in found]
    for mention in again:
        words = dialogue.lines[mention.channel].words
        begin_ms, end_ms = words[mention.first].start_ms, words[mention.last].end_ms
        given = bisect_left(ends_ms, begin_ms) - 1
        place = bisect_left(starts_ms, begin_ms)
        if mention.channel == line.channel or given < 0 or place == len(found):
            continue
        near = begin_ms - ends_ms[given] <= options.again_ms and starts_ms[place] - end_ms <= options.answer_within_ms
        cues = dialogue.cues_within(ends_ms[given], starts_ms[place])
        if near and found[place].count >= options.answered_digits and not any(cue.topic in _ELSE for cue in cues):
            yield found[place]


def _is_explained(
    dialogue: Dialogue,
    stretch: Stretch,
    said: Said,
    options: MissedSpeechOptions,
    reading: CandidateOptions,
    *,
    of_cards: bool,
) -> bool:
    """Whether a stretch answers a question for something else, is named as that behind, or is a telephone."""
    begin_ms = stretch.span.start_ms
    named = (dialogue.named_after(run) for run in stretch.runs[-1:])
    if any(cue is not None and cue.topic not in _CARDS for cue in named):
        return True
    before = reversed(dialogue.cues_within(begin_ms - options.explained_ms, begin_ms))
    before = (
        cue
        for cue in before
        if reading.subjects.may_have(cue.topic, stretch.count)
        and not (cue.topic in _ELSE and is_asked_since(dialogue, cue, stretch.line.channel, begin_ms))
    )
    by = next((cue for cue in before if cue.topic not in _PASSING and _is_before(cue, stretch)), None)
    wanted = by is not None and by.topic in (_CARDS if of_cards else {Topic.SOCIAL})
    if not wanted and _is_telephone(stretch):
        return True
    if by is None or wanted:
        return False
    if said.between(by.end_ms, begin_ms) >= options.answered_digits or _is_telephone_told(stretch, by.end_ms):
        return False
    if by.topic in _CARDS or by.topic is Topic.SOCIAL:
        return True
    if _is_still_asked(dialogue, stretch, by, said, options, of_cards=of_cards):
        return False
    if not of_cards and _is_grouped_social(stretch) and begin_ms - by.end_ms > options.answer_within_ms:
        return False
    if of_cards and (_is_no_telephone(dialogue, stretch, by, options) or _has_card_behind(stretch, options)):
        return False
    return by.topic in _LONG_ANSWERS or stretch.count <= options.longest_explained


def _is_still_asked(
    dialogue: Dialogue, stretch: Stretch, by: Cue, said: Said, options: MissedSpeechOptions, *, of_cards: bool
) -> bool:
    """Whether a secret of as many digits was asked for before something else was spoken of, and not given since: "your
    social?" "how do I know who you are?" "call us back at the number on your letter"."""
    if by.channel == stretch.line.channel:
        return False
    whole = options.whole_card_stretch if of_cards else options.whole_social_stretch
    if not whole[0] <= stretch.count <= whole[1] and not _is_run_together(stretch, options):
        return False
    topics = {Topic.CARD, Topic.CARD_NAMED} if of_cards else {Topic.SOCIAL}
    before = dialogue.cues_within(by.start_ms - options.explained_ms, by.start_ms)
    asked = [cue for cue in before if cue.topic in topics and cue.channel != stretch.line.channel]
    return bool(asked) and said.between(asked[-1].end_ms, stretch.span.start_ms) < options.answered_digits


def _is_telephone_told(stretch: Stretch, since_ms: int) -> bool:
    """Whether its speaker has said a telephone number since then, which answered what was asked for."""
    runs = stretch.line.runs
    begin = bisect_left(runs, since_ms, key=lambda run: run.span.start_ms)
    end = bisect_left(runs, stretch.span.start_ms, lo=begin, key=lambda run: run.span.start_ms)
    return any(is_said_as_phone(run) for run in runs[max(begin, end - _RUNS_BEFORE) : end])


def _has_card_behind(stretch: Stretch, options: MissedSpeechOptions) -> bool:
    """Whether a number as long as a card follows the one that answers: "student number?" "PH430650." "And the car?"."""
    shortest, longest = options.beyond_telephone
    return any(shortest <= len(run.value) <= longest for run in stretch.runs[1:])


def _is_no_telephone(dialogue: Dialogue, stretch: Stretch, by: Cue, options: MissedSpeechOptions) -> bool:
    """Whether a telephone was spoken of and what is said has more digits than one: "by phone? 4929-939-0726-1146"."""
    shortest, longest = options.beyond_telephone
    line = dialogue.lines[by.channel]
    named = line.plain_words[by.first : by.last + 1]
    telephone = not word_lists_of(line.language).telephones.isdisjoint(named)
    counts = (stretch.count, *(len(run.value) for run in stretch.runs[:1]))
    return telephone and any(shortest <= count <= longest for count in counts)


def _is_run_together(stretch: Stretch, options: MissedSpeechOptions) -> bool:
    """Whether a word of it holds the answers to several questions: recognisers write a long turn as one."""
    return any(word.count >= options.run_together for word in stretch.words)


def _is_before(cue: Cue, stretch: Stretch) -> bool:
    return cue.channel != stretch.line.channel or cue.first <= stretch.words[0].index


def _is_telephone(stretch: Stretch) -> bool:
    """Whether it has the digits of a telephone number, and was read as one number."""
    value = "".join(run.value for run in stretch.runs)
    return len(value) == _TELEPHONE or (len(value) == _TELEPHONE + 1 and value[0] in "01")


def _late_answers(
    dialogue: Dialogue,
    line: Line,
    runs: Sequence[NumberRun],
    secrets: Sequence[Match],
    others_end_ms: Sequence[int],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> Iterator[NumberRun]:
    """What can be a date or a code and answers a question in which nothing else was asked for, soon after a card, or
    goes on right behind one. `others_end_ms`: when long numbers end that no finder found."""
    own = (one for one in secrets if one.channel == line.channel)
    found_end_ms = (one.span.end_ms for one in own if len(one.digits) >= options.late_card_digits)
    cards_end_ms = sorted((*found_end_ms, *others_end_ms))
    said_ms = 0
    for run in runs:
        begin_ms = run.span.start_ms
        place = bisect_left(cards_end_ms, begin_ms) - 1
        if place < 0 or begin_ms - cards_end_ms[place] > options.late_within_ms:
            continue
        since_ms = _last_said_ms(line, run, cards_end_ms[place])
        if (
            (is_of_a_card(run, line, reading.phase) or _is_whole_date(run, line) or _is_date_and_code(run))
            and not any(cue.topic in _ELSE for cue in dialogue.cues_within(since_ms, begin_ms))
            and (
                _goes_on(dialogue, line, max(said_ms, cards_end_ms[place]), begin_ms, options)
                or (_is_asked(dialogue, line, since_ms, begin_ms) and answers_question(dialogue, run, reading.phase))
            )
            and not _is_amount(line, run, reading)
        ):
            said_ms = run.span.end_ms
            yield run


def _is_date_and_code(run: NumberRun) -> bool:
    """Whether digits may be a date and a code in a row, `1127 181`."""
    return spoken_pattern(run) in _DATE_AND_CODE


def _goes_on(dialogue: Dialogue, line: Line, card_end_ms: int, begin_ms: int, options: MissedSpeechOptions) -> bool:
    """Whether nobody else speaks from a card to digits soon after it; in mono nothing tells."""
    stereo = sum(1 for one in dialogue.lines.values() if not one.is_keyed) > 1
    soon = begin_ms - card_end_ms <= options.goes_on_ms
    return stereo and soon and not _is_asked(dialogue, line, card_end_ms, begin_ms)


def _is_whole_date(run: NumberRun, line: Line) -> bool:
    """Whether digits are a month and a year in figures, `082030`, or beside the name of a month end in a year."""
    value = run.value
    month, year = value[:-4] or value[:-2], value[-2:]
    if with_month(line, run) != run.span and len(value) <= _LONGEST_DATE:
        return is_year(year)
    whole = len(value) in (5, 6) and value[-4:-2] == "20"
    return whole and is_month(month) and is_year(year)


def _is_asked(dialogue: Dialogue, line: Line, since_ms: int, until_ms: int) -> bool:
    """Whether the other side says more than a nod in that time."""
    nods = common_words().nods
    return any(
        since_ms <= other.words[place].start_ms < until_ms and other.plain_words[place] not in {"", *nods}
        for other in dialogue.lines.values()
        if other.channel != line.channel and not other.is_keyed
        for place in range(
            *(bisect_left(other.words, ms, key=lambda word: word.start_ms) for ms in (since_ms, until_ms))
        )
    )


def _is_amount(line: Line, run: NumberRun, reading: CandidateOptions) -> bool:
    """Whether something of it is an amount, a time or a house, but for the date of a card."""
    if any(group.shape is Shape.MONEY for group in run.groups):
        return is_sum(line, run, BESIDE_DRESSED)
    dated = with_month(line, run) != run.span
    return not dated and without_amounts(run, line, Subject.UNKNOWN, reading.amounts) != [run]


def _last_said_ms(line: Line, run: NumberRun, least_ms: int) -> int:
    """When the number before on the same side ended, but for that of the card."""
    place = bisect_left(line.runs, run.words[0], key=lambda one: one.words[0]) - 1
    return max(least_ms, line.runs[place].span.end_ms) if place >= 0 else least_ms
