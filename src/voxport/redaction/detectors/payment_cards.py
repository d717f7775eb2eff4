"""Payment cards: numbers, parts of them that are repeated, expiry dates and security codes.

A number is a card when it was announced as one, or when it looks like one and was not announced as something else.
Announced digits need no check digit: recognisers lose and repeat digits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from voxport.core.transcript import Word
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.asides import is_aside
from voxport.redaction.detectors.candidates import Candidate, CandidateOptions, is_telephone, read_candidates
from voxport.redaction.detectors.card_groups import groups_beside
from voxport.redaction.detectors.card_months import MonthOptions, lone_months, month_before, months_beside
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.dates_again import DateAgainOptions, dates_again
from voxport.redaction.detectors.grouping import is_said_as_phone, spoken_pattern
from voxport.redaction.detectors.joined_dates import JoinedDateOptions, joined_dates
from voxport.redaction.detectors.keyed_numbers import PAYMENT_SUBJECTS, keyed_secrets
from voxport.redaction.detectors.matches import Given, Match, match_of, match_of_words
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions, answers_question
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, is_of_a_document, is_payment_spoken_of
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_MONTHS, _DAY_DIGITS = 12, 2
_DATE_DIGITS = (3, 4)
"""Digits of a month and a year in short."""
_CARD_GROUP = 4
"""Digits of a group as most cards are embossed."""
_EMBOSSED = 16
"""Digits of such a card."""
_OTHERS, _MENDED_MS = 8, 20_000
"""Numbers that are no secret, of which one may be mended so soon after it. Judgements."""
_RENEWED_WITHIN = 8
"""Words before digits in which "no" makes them those that hold instead. A judgement."""
_TOLD_WITHIN = 2
"""Words and marks from "expires" to a figure of the date that is told: "Caduca en 0 ..."."""
_CLOCKS = (Shape.CLOCK, Shape.DECIMAL)
"""How times of day are written, `11.30`."""
_SHARED_DIGITS = 2
"""Digits that he and who answers both say."""
_AMOUNTS = (Shape.MONEY, Shape.DECIMAL)
"""How amounts are written, which are none once a date was given."""
_CONFIRMED_WITHIN = 5
"""Words and marks from such a question to what its asker has: "valid through, I've got it as 5/27". A judgement."""
_DATE_OR_CODE = (Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)


@dataclass(frozen=True, slots=True)
class PaymentCardOptions:
    """Which digits belong to a payment card."""

    least_announced: int = 3
    """Digits announced as a card number; fewer are counts and slips. A judgement."""
    least_named: int = 3
    """The same where only a card or paying was spoken of; 4 at first, lowered with dictation in parts."""
    whole_digits: int = 15
    """From so many digits on a card number has been given (Amex has 15); what follows much later is something else."""
    continued_ms: int = 20_000
    """ms after a whole number in which an expiry date or a code may come unasked. A judgement."""
    longest_continued: int = 4
    """Digits of what may come unasked: an expiry date or a code; five digits are a zip code."""
    answered_within: int = 4
    """Words and marks between "card ending in" and its digits, after which it asks for no more. A judgement."""
    answer_ms: int = 45_000
    """ms after the question in which an expiry date or a code begins: people turn their card over. A judgement."""
    longest_expiry: int = 8
    """Digits of an expiry date, said with its day and whole year (`09302027`)."""
    longest_code: int = 8
    """Digits of a security code said twice (four and four); more is a card number or another number."""
    whole_code: int = 3
    """From so many digits on a code has been given: most cards have three."""
    code_again_ms: int = 4_000
    """ms after a whole code in which it may be said again, or its last digit. A judgement."""
    late_card_digits: int = 10
    """From so many digits on the answer to another question is a card number given late: two lost of the shortest."""
    expiry_years: tuple[int, int] = (24, 49)
    """The last two digits of the first and the last year in which cards expire."""
    months: MonthOptions = field(default_factory=MonthOptions)
    dates_again: DateAgainOptions = field(default_factory=DateAgainOptions)
    joined_dates: JoinedDateOptions = field(default_factory=JoinedDateOptions)
    least_likely: int = 14
    """Digits of an unannounced card number: one lost of 15, two of 16; recognisers lose and repeat digits."""
    most_likely: int = 18
    """Digits of an unannounced card number: two repeated of 16."""
    least_followed: int = 11
    """Digits of a number after which the date or the code of a card is asked for: five lost of 16. A judgement."""
    longest_followed: int = 30
    """Digits of a whole card with its date and its code behind, some of them mended. A judgement."""
    followed_ms: int = 20_000
    """ms after such a number in which that is asked: "thank you, just a second, and when does it expire"."""
    longest_date: int = 6
    """Digits of an expiry date that nothing asked for, as recognisers hear it: `01231` for "oh one, 2031"."""


@dataclass(frozen=True, slots=True)
class _Talk:
    """What the call says around the digits."""

    dialogue: Dialogue
    subjects: SubjectOptions
    phase: PaymentPhaseOptions
    is_of_cards: bool
    """Whether a payment card is spoken of anywhere in it."""


def find_payment(
    dialogue: Dialogue, options: PaymentCardOptions, reading: CandidateOptions, repetition: RepetitionOptions
) -> list[Match]:
    """All stretches of the call that belong to a payment card, in order of time."""
    candidates = read_candidates(dialogue, reading)
    talk = _Talk(dialogue, reading.subjects, reading.phase, is_payment_spoken_of(dialogue))
    given = Given(options.whole_digits)
    others: deque[Candidate] = deque(maxlen=_OTHERS)
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        if line.is_keyed:
            given.extend(keyed_secrets(dialogue, [candidate], PAYMENT_SUBJECTS))
            continue
        aside = _is_aside(dialogue, candidate, given, options) or _is_of_asker(dialogue, candidate, given)
        if aside or _is_mended(candidate, others):
            others.append(candidate)
            continue
        found = list(_by_subject(talk, candidate, given, options))
        if not found:
            others.append(candidate)
        given.extend(found)
    given.extend(groups_beside(dialogue, candidates, given.matches, options.continued_ms))
    given.extend(_lone_months(talk, given, options))
    again = repetitions(dialogue, candidates, [one for one in given.matches if one.digits], repetition)
    secrets = [*given.matches, *again]
    secrets += dates_again(dialogue, secrets, options.dates_again, options.months, reading.subjects)
    secrets.sort(key=lambda secret: secret.span.start_ms)
    joined = joined_dates(dialogue, secrets, options.joined_dates, reading.subjects)
    return sorted((*secrets, *joined), key=lambda secret: secret.span.start_ms)


def _lone_months(talk: _Talk, given: Given, options: PaymentCardOptions) -> list[Match]:
    """The months that answer a question for the date of a card without its year, or far before it."""
    if not (talk.is_of_cards or _is_whole_given(given)):
        return []
    dialogue = talk.dialogue
    asked = (cue for cue in dialogue.cues if cue.topic in (Topic.EXPIRY, Topic.EXPIRY_NAMED))
    of_cards = (cue for cue in asked if not is_of_a_document(dialogue, cue, talk.subjects))
    known = {(one.channel, index) for one in given.matches for index in one.words}
    months = dict.fromkeys((line.channel, index) for line, index in lone_months(dialogue, of_cards, options.months))
    return [
        match_of_words(dialogue.lines[channel], [index], "")
        for channel, index in months
        if (channel, index) not in known
    ]


def _by_subject(talk: _Talk, candidate: Candidate, given: Given, options: PaymentCardOptions) -> Iterable[Match]:
    line, spoken_of = talk.dialogue.lines[candidate.channel], talk.is_of_cards
    match candidate.subject:
        case Subject.CARD:
            wanted = _is_card_part(candidate, line, given, options.least_announced, options)
        case Subject.CARD_NAMED | Subject.ASKED:
            wanted = _is_card_part(candidate, line, given, options.least_named, options)
        case Subject.EXPIRY:
            return _expiry(candidate, line, given, options)
        case Subject.CODE:
            return _code(talk, candidate, given, options)
        case Subject.PAYMENT:
            return [
                match_of(line, run.groups, months_beside(run.groups, line, options.months)) for run in candidate.runs
            ]
        case Subject.UNKNOWN | Subject.SOCIAL if (
            candidate.subject is Subject.UNKNOWN or len(candidate.value) >= options.least_likely
        ):
            wanted = _stands_out(candidate, line, options) or _is_followed_up(talk, candidate, options)
        case Subject.ORDINARY if _is_too_long_for_amount(candidate):
            wanted = _stands_out(candidate, line, options) or _is_followed_up(talk, candidate, options)
        case Subject.ORDINARY if _is_unasked_number(candidate, options):
            wanted = _is_followed_up(talk, candidate, options)
        case _:
            wanted = False
    if wanted:
        months = months_beside(candidate.groups, line, options.months, dated=False) if spoken_of else ()
        return [match_of(line, candidate.groups, months)]
    if candidate.subject is Subject.ORDINARY and spoken_of and _looks_like_a_card(talk, candidate):
        return [match_of(line, candidate.groups)]
    hidden = _hidden(candidate, line)
    apart = all(len(group.text) == 1 for group in candidate.groups)
    if candidate.subject is Subject.ORDINARY and (apart or not spoken_of or given.whole is not None):
        return [one for one in hidden if _is_whole(one, candidate, options)]
    return hidden


def _is_card_part(candidate: Candidate, line: Line, given: Given, least: int, options: PaymentCardOptions) -> bool:
    if len(candidate.value) < least or (candidate.subject is Subject.CARD_NAMED and _is_other_number(candidate.value)):
        return False
    cue = candidate.cue
    part = cue is not None and cue.topic is Topic.PART and _is_answered(cue, given, options)
    if part and all(is_telephone(run) for run in candidate.runs):
        return False
    if given.whole is None or len(candidate.value) >= card_numbers.SHORTEST:
        return True
    if cue is not None and cue.start_ms > given.whole.span.start_ms and not _is_answered(cue, given, options):
        return len(candidate.value) <= options.longest_expiry or not given.is_answered(cue.end_ms)
    soon = candidate.span.start_ms - given.matches[-1].span.end_ms <= options.continued_ms
    short = len(candidate.value) <= options.longest_continued
    return soon and (short or (given.matches[-1] is given.whole and _is_bent_date(candidate, line, options)))


def _is_other_number(value: str) -> bool:
    """Whether digits where a card is only spoken of have the length of a telephone number, and no card begins so."""
    return len(value) in TELEPHONE_DIGITS and not card_numbers.begins_like_a_card(value)


def _is_answered(cue: Cue, given: Given, options: PaymentCardOptions) -> bool:
    """Whether the announcement has had its digits: "the card ending in 1111, correct?" asks for no more."""
    return any((cue.channel, cue.last + words) in given.places for words in range(options.answered_within + 1))


def _is_bent_date(candidate: Candidate, line: Line, options: PaymentCardOptions) -> bool:
    """Whether digits may be an expiry date, of which one was heard twice or lost; "I am at 02139" is none."""
    value, before = candidate.value, line.before(candidate.runs[0].words[0])
    placed = bool(before) and before[0] in common_words().time_words
    return len(value) <= options.longest_date and 1 <= int(value[:2]) <= _MONTHS and not placed


def _is_too_long_for_amount(candidate: Candidate) -> bool:
    """Whether digits after "your balance is" are no amount: recognisers write a card as amounts, `58.63 , 22.27`."""
    amount = candidate.cue is not None and candidate.cue.topic is Topic.AMOUNT
    return amount and len(candidate.value) >= card_numbers.SHORTEST


def _is_unasked_number(candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether as many digits as of a card are said in one go, and what else they may be was only spoken of by who says
    them, "the door code doesn't work ... 4111 ...", or they begin like a card and have its length, two lost."""
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    own = own and len(candidate.runs) == 1 and len(candidate.value) >= options.least_likely
    near = any(
        card_numbers.is_near_issued(value) for value in (candidate.value, *(run.value for run in candidate.runs))
    )
    return own or near or any(_is_embossed(run) for run in candidate.runs)


def _is_followed_up(talk: _Talk, candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether the date or the code of a card is asked for behind digits that nothing announced."""
    if not options.least_followed <= len(candidate.value) <= card_numbers.LONGEST:
        return False
    if len(candidate.runs) == 1 and is_said_as_phone(candidate.runs[0]):
        return False
    end_ms = candidate.span.end_ms
    following = talk.dialogue.cues_within(end_ms, end_ms + options.followed_ms)
    if candidate.subject is Subject.ORDINARY:
        following = list(takewhile(lambda cue: cue.topic not in (Topic.CARD, Topic.CARD_NAMED), following))
    return any(
        cue.topic in (Topic.EXPIRY, Topic.CODE) and not is_of_a_document(talk.dialogue, cue, talk.subjects)
        for cue in following
    )


def _stands_out(candidate: Candidate, line: Line, options: PaymentCardOptions) -> bool:
    """Whether digits that nothing announced are a card by themselves, or those of a sentence are: "take this one."."""
    values = (candidate.value, *(value for run in candidate.runs for value in (run.value, run.corrected)))
    values = (*values, *_by_sentence(candidate, line))
    if any(card_numbers.is_likely(value, options.least_likely, options.most_likely) for value in values):
        return True
    if len(candidate.value) <= options.longest_followed and card_numbers.begins_with_one(candidate.groups):
        return True
    groups = any(len(run.groups) > 1 and set(spoken_pattern(run)) == {_CARD_GROUP} for run in candidate.runs)
    return groups or any(_is_embossed(run) for run in candidate.runs)


def _by_sentence(candidate: Candidate, line: Line) -> Iterator[str]:
    """The digits of each sentence."""
    for _, groups in groupby(candidate.groups, key=lambda group: line.sentences[group.words[0]]):
        yield "".join(group.text for group in groups)


def _looks_like_a_card(talk: _Talk, candidate: Candidate) -> bool:
    """Whether digits that were announced as something else are near a card number, in a call about a card: what is
    called an account, or was answered to another question, with a digit lost or misheard; what is said in the groups of
    a card once the talk has moved on needs no check digit."""
    account = candidate.cue is not None and candidate.cue.topic is Topic.ACCOUNT
    values = (candidate.value, *(value for run in candidate.runs for value in (run.value, run.corrected)))
    if account:
        return any(card_numbers.is_near_issued(value) for value in values)
    if any(_is_embossed(run) for run in candidate.runs) and _is_asked_long_ago(talk, candidate):
        return True
    patterned = any(card_numbers.has_brand_shape(spoken_pattern(run)) for run in candidate.runs)
    return patterned and any(card_numbers.is_issued(value) for value in values if len(value) >= card_numbers.SHORTEST)


def _is_embossed(run: NumberRun) -> bool:
    """Whether the first or the last sixteen digits of a number are four groups of four that begin like a card; beside
    them stands its date, or a word that was heard as a digit, "Capital One, 5141"."""
    pattern, value = spoken_pattern(run), run.value
    whole = (_CARD_GROUP,) * (_EMBOSSED // _CARD_GROUP)
    if len(value) - _EMBOSSED <= 1 and pattern[-len(whole) :] == whole:
        return card_numbers.begins_like_a_card(value[-_EMBOSSED:])
    return pattern[: len(whole)] == whole and card_numbers.begins_like_a_card(value)


def _is_asked_long_ago(talk: _Talk, candidate: Candidate) -> bool:
    """Whether both sides have spoken since what announced digits as something else."""
    cue = candidate.cue
    if cue is None:
        return False
    begin_ms = candidate.span.start_ms
    return talk.dialogue.is_talked_into(cue.channel, cue.end_ms, begin_ms) and talk.dialogue.is_talked_into(
        candidate.channel, cue.end_ms, begin_ms
    )


def _is_whole(secret: Match, candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether a card number is all that was said in one go, rather than a stretch of a longer number."""
    return len(secret.digits) >= options.whole_digits and any(run.value == secret.digits for run in candidate.runs)


def _hidden(candidate: Candidate, line: Line) -> list[Match]:
    """A whole card number among other digits."""
    groups = candidate.groups
    for first, end in card_numbers.sure_windows(groups):
        return [match_of(line, groups[first:end])]
    return []


def _expiry(candidate: Candidate, line: Line, given: Given, options: PaymentCardOptions) -> list[Match]:
    """The first answer to the question; a long one is a card number that was given late."""
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    if given.is_answered(cue_end_ms) and _is_day_of_asker(candidate, line, options):
        return []
    secrets: list[Match] = []
    for run in candidate.runs:
        if secrets and run.groups[0].shape in _AMOUNTS and not _is_date(run.value, options):
            continue
        near = run.span.start_ms - cue_end_ms <= options.answer_ms
        months = months_beside(run.groups, line, options.months)
        if not secrets and candidate.cue is not None:
            months = tuple(sorted({*months, *month_before(candidate.cue, run, line, options.months)}))
        answered = bool(secrets) or given.is_answered(cue_end_ms)
        if near and _fits(run, options.longest_expiry, options, answered=answered, whole=_is_whole_given(given)):
            secrets.append(match_of(line, run.groups, months))
    return secrets


def _code(talk: _Talk, candidate: Candidate, given: Given, options: PaymentCardOptions) -> list[Match]:
    """Digits until the code is whole; what comes later than a moment after it is something else, but for a date of a
    card that answers a question: "And the date you put?" "3-28"."""
    line = talk.dialogue.lines[candidate.channel]
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    secrets: list[Match] = []
    digits = 0
    for run in candidate.runs:
        whole = digits >= options.whole_code
        until_ms = secrets[-1].span.end_ms + options.code_again_ms if whole else cue_end_ms + options.answer_ms
        answered = whole or given.is_answered(cue_end_ms)
        longest = options.longest_continued if answered else options.longest_code
        dated = whole and _is_date_asked(talk, candidate, run, options)
        if dated or (
            run.span.start_ms <= until_ms
            and _fits(run, longest, options, answered=answered, whole=_is_whole_given(given))
        ):
            secrets.append(match_of(line, run.groups, months_beside(run.groups, line, options.months, dated=False)))
            # A date before the code is none of its digits.
            digits += 0 if is_month_and_year(run, line) else len(run.value)
    return secrets


def _fits(run: NumberRun, longest: int, options: PaymentCardOptions, *, answered: bool, whole: bool) -> bool:
    """Whether digits can be the answer, or are a card number that was given late: where there is a `whole` one none is
    as short as a telephone number, but for a date with its code; behind an answer none is said as such a number is."""
    if whole and len(run.value) in TELEPHONE_DIGITS:
        return not answered and _is_date_with_code(run.value, options)
    if answered and whole and options.longest_date < len(run.value) < options.late_card_digits:
        # Its rest, or the date and the code once more; else it is another number, "... member 752-7278".
        forms = (run.value, f"0{run.value}", f"01{run.value}", run.value[-4:])
        return any(_is_date_with_code(form, options) for form in forms)
    late = card_numbers.SHORTEST if answered and (whole or is_said_as_phone(run)) else options.late_card_digits
    begins = not (answered and whole) or card_numbers.begins_like_a_card(run.value)
    return len(run.value) <= longest or (len(run.value) >= late and begins)


def _is_whole_given(given: Given) -> bool:
    """Whether a card number was given, though a few of its digits may have been lost."""
    return given.most_digits >= card_numbers.SHORTEST


def _is_date_with_code(value: str, options: PaymentCardOptions) -> bool:
    """Whether digits begin with the month and year of a card, as a date with the code behind it does, or end in them
    behind a slip."""
    dates = [value[:4]]
    dates += [value[:2] + value[4:6]] if value[2:4] == "20" else []
    dates += [value[-6:-4] + value[-2:]] if value[-4:-2] == "20" else []
    return any(_is_date(date, options) for date in dates)


def _is_date_asked(talk: _Talk, candidate: Candidate, run: NumberRun, options: PaymentCardOptions) -> bool:
    """Whether the date of a card answers another question of who asked for the code; no time of day."""
    if run.groups[0].shape in _CLOCKS or candidate.cue is None or candidate.cue.channel == candidate.channel:
        return False
    return _is_date(run.value, options) and answers_question(talk.dialogue, run, talk.phase)


def _is_date(value: str, options: PaymentCardOptions) -> bool:
    """Whether three or four digits are the month and the year of a card."""
    first, last = options.expiry_years
    return len(value) in _DATE_DIGITS and 1 <= int(value[:-2]) <= _MONTHS and first <= int(value[-2:]) <= last


def _is_aside(dialogue: Dialogue, candidate: Candidate, given: Given, options: PaymentCardOptions) -> bool:
    """Whether a side says a date, a code or less itself when the other has answered: "it will be there by 4 30"."""
    cue = candidate.cue
    if cue is None or candidate.subject not in _DATE_OR_CODE:
        return False
    if any(len(run.value) >= card_numbers.SHORTEST for run in candidate.runs):
        return False
    if _is_asked_to_confirm(candidate, cue, given, options):
        return False
    return is_aside(dialogue, candidate, given) and not _is_renewed(candidate, dialogue.lines[candidate.channel])


def _is_renewed(candidate: Candidate, line: Line) -> bool:
    """Whether who was told a date or a code says what it is instead: "I have 08 26." "No, I got a new one, 08 30."."""
    asked = candidate.cue is not None and candidate.cue.channel != candidate.channel
    before = line.before(candidate.runs[0].words[0], _RENEWED_WITHIN)
    corrected = not lexicon_of(line.language).corrections.isdisjoint(before)
    return asked and corrected and len(candidate.runs[0].value) in (_CARD_GROUP - 1, _CARD_GROUP)


def _is_asked_to_confirm(candidate: Candidate, cue: Cue, given: Given, options: PaymentCardOptions) -> bool:
    """Whether who asks has said himself what he asks for, and nobody else has answered: "are the security digits 448?"
    "484"."""
    own = given.first_since(cue.end_ms)
    if own is None or own.channel != cue.channel or candidate.channel == cue.channel:
        return False
    shared = sum((Counter(own.digits) & Counter(candidate.value)).values())
    if len(candidate.value) < options.whole_code or shared < _SHARED_DIGITS:
        return False
    return 0 < own.words[0] - cue.last <= _CONFIRMED_WITHIN


def _is_of_asker(dialogue: Dialogue, candidate: Candidate, given: Given) -> bool:
    """Whether who asks says less than the answer himself: a figure of the question, "the date on it and the three
    behind", or a number of another length than he asked for, "I only needed the last four ... 4-7-6-2-4-3-7"."""
    cue = candidate.cue
    if cue is None or cue.channel != candidate.channel or sum(not one.is_keyed for one in dialogue.lines.values()) < 2:
        return False
    if cue.topic in (Topic.EXPIRY, Topic.CODE, Topic.EXPIRY_NAMED, Topic.CODE_NAMED):
        # Who has given the number of the card tells its date himself, or who says it right behind the word.
        gave = given.whole is not None and given.whole.channel == candidate.channel
        told = 0 < candidate.runs[0].words[0] - cue.last <= _TOLD_WITHIN
        return len(candidate.value) == 1 and not gave and not told
    begin_ms = candidate.span.start_ms
    apart = any(
        bisect_left(line.words, begin_ms, key=_start_ms) > bisect_left(line.words, cue.end_ms, key=_start_ms)
        for line in dialogue.lines.values()
        if line.channel != cue.channel and not line.is_keyed
    )
    return cue.topic is Topic.PART and apart and _CARD_GROUP < len(candidate.value) < card_numbers.SHORTEST


def _start_ms(word: Word) -> int:
    return word.start_ms


def _is_mended(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether digits mend the end of a number of the other side that is no secret: "last part's wrong, it's 0057"."""
    if candidate.subject is not Subject.PAYMENT or len(candidate.value) < _CARD_GROUP:
        return False
    return any(
        one.channel != candidate.channel
        and len(one.value) > len(candidate.value)
        and one.value.endswith(candidate.value)
        and candidate.span.start_ms - one.span.end_ms <= _MENDED_MS
        for one in others
    )


def _is_day_of_asker(candidate: Candidate, line: Line, options: PaymentCardOptions) -> bool:
    """Whether who asked says a lone day himself: "by February 6th"; it is no month ("09") and no year of a card, unless
    its month stands behind it, "el 28 de marzo", or it is said as a day, "October 25th"."""
    value = candidate.value
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    first, last = options.expiry_years
    behind = line.after(candidate.runs[-1].words[1], 2)
    dated = (
        len(behind) > 1 and behind[0] in common_words().weak_units and behind[1] in word_lists_of(line.language).months
    )
    dated = dated or all(group.shape is Shape.ORDINAL for group in candidate.groups)
    return own and len(value) <= _DAY_DIGITS and value[0] != "0" and (dated or not first <= int(value) <= last)
