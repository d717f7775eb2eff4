"""The details of people in a call: what answers a question for one, and where a name is said again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from voxport.core.detectors import PERSONAL_KINDS
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.candidates import CandidateOptions, read_candidates
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.misheard import with_misheard
from voxport.redaction.detectors.personal.addresses import AddressLine, address_in, is_written
from voxport.redaction.detectors.personal.answers import Answer, AnswerOptions, answers_to
from voxport.redaction.detectors.personal.names import NameOptions, name_in, said_again, tokens_of
from voxport.redaction.detectors.personal.phones import WRITTEN_PHONE, PhoneOptions, find_phones
from voxport.redaction.detectors.personal.questions import email_words, find_questions, is_question
from voxport.redaction.detectors.personal.streets import streets_on
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.word_lists import word_lists_of

_IN_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds of which only the digits are covered, where some were recognised."""
_OWN_DIGITS_WITHIN, _OWN_DIGITS = 6, 3
"""Words and marks behind a question in which its own speaker says so many digits, so that it asks for none."""


@dataclass(frozen=True, slots=True)
class PersonalOptions:
    """Which words of a call are details of a person."""

    answers: AnswerOptions = field(default_factory=AnswerOptions)
    """How far an answer goes."""
    phones: PhoneOptions = field(default_factory=PhoneOptions)
    """Which digits are a telephone number."""
    names: NameOptions = field(default_factory=NameOptions)
    """Which words are a name."""
    least_digits: int = 3
    """Digits of an account or telephone number in an answer; fewer are counts. A judgement."""


def find_details(
    dialogue: Dialogue,
    kinds: Collection[str],
    options: PersonalOptions,
    reading: CandidateOptions,
    repetition: RepetitionOptions,
) -> list[Match]:
    """The details of these kinds (empty: of all), in order of time, each where it was said and said again."""
    wanted = kinds or PERSONAL_KINDS
    lines = {channel: AddressLine(line) for channel, line in dialogue.lines.items()}
    found = list(_written_out(lines, wanted))
    mentions = find_questions(dialogue, wanted)
    if "phone" in wanted:
        phones = [mention for mention in mentions if mention.kind == "phone"]
        found += find_phones(dialogue, phones, reading.subjects, options.phones)
    for mention in mentions:
        if _answers_itself(dialogue, mention):
            continue
        asked = mention.asks and is_question(dialogue.lines[mention.channel], mention)
        for answer in answers_to(dialogue, mention, options.answers):
            told = _details(answer, mention, lines, options)
            found += (match for match in told if asked or _shows(answer, mention, match))
    figures = with_misheard(dialogue, (match for match in found if match.digits))
    found = [*(match for match in found if not match.digits), *figures]
    digits = [match for match in figures if len(match.digits) >= repetition.least_digits]
    found += repetitions(dialogue, read_candidates(dialogue, reading), digits, repetition)
    found += said_again(dialogue, [match for match in found if match.tokens])
    return sorted(_apart(dialogue, found), key=lambda match: match.span.start_ms)


def _answers_itself(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether who asks for a telephone number goes on with it: "you mean the cell? 617 ..."."""
    own = dialogue.lines[mention.channel].runs_in(mention.last + 1, mention.last + _OWN_DIGITS_WITHIN)
    return mention.asks and mention.kind == "phone" and any(len(run.value) >= _OWN_DIGITS for run in own)


def _details(
    answer: Answer, mention: Mention, lines: dict[int, AddressLine], options: PersonalOptions
) -> Iterator[Match]:
    line, kind = answer.line, mention.kind
    if kind in _IN_FIGURES:
        runs = line.runs_in(answer.words[0], answer.words[-1])
        figures = sorted({index for run in runs for index in range(run.words[0], run.words[1] + 1)})
        if kind == "dateOfBirth" and figures:
            figures = _date(answer, figures)
        digits = "".join(run.value for run in runs)
        if kind == "phone" and mention.asks and options.least_digits <= len(digits) < min(options.phones.lengths):
            figures = [*answer.words]
        if len(digits) >= (1 if kind == "dateOfBirth" else options.least_digits):
            yield match_of_words(line, figures, digits)
            return
        if not mention.asks:
            return
    words: Sequence[int] = answer.words
    if kind == "email" and words:
        words = address_in(lines[line.channel], words)
    if kind == "name":
        words = name_in(line, words, options.names)
    if words:
        tokens = tokens_of(line, words, options.names) if kind in ("name", "email") else frozenset()
        yield match_of_words(line, words, "", tokens)


def _shows(answer: Answer, mention: Mention, found: Match) -> bool:
    """Whether what follows a detail that was only named shows by itself that it is one."""
    line = answer.line
    texts = [line.plain_words[index] for index in answer.words]
    signs = email_words(line.language)
    match mention.kind:
        case "email":
            said = not signs.at.isdisjoint(texts) and not signs.dot.isdisjoint(texts)
            spelled = not mention.asks and any(len(text) == 1 or text.isdecimal() for text in texts)
            return said or spelled or any("@" in line.words[index].text for index in answer.words)
        case "address":
            streets = word_lists_of(line.language).streets
            told = not mention.asks
            return told or not streets.isdisjoint(texts) or bool(line.runs_in(answer.words[0], answer.words[-1]))
        case "name":
            return True
        case _:
            return bool(found.digits)


def _date(answer: Answer, figures: Sequence[int]) -> list[int]:
    """All words from the month, or the first digits, to the last of either: "May first, nineteen sixty"."""
    months = word_lists_of(answer.line.language).months
    named = [index for index in answer.words if answer.line.plain_words[index] in months]
    first, last = min(*figures, *named, figures[0]), max(*figures, *named, figures[-1])
    days = {*lexicon_of(answer.line.language).ordinals, "of", "de", "the", "el"}
    while first - 1 in answer.words and answer.line.plain_words[first - 1] in days:
        first -= 1
    return [index for index in range(first, last + 1) if answer.line.plain_words[index]]


def _written_out(lines: dict[int, AddressLine], kinds: Collection[str]) -> Iterator[Match]:
    """Telephone numbers and e-mail addresses that show what they are by themselves."""
    for read in lines.values():
        line = read.line
        for index, word in enumerate(line.words):
            if "email" in kinds and is_written(word.text):
                yield match_of_words(line, [index], "")
            if "phone" in kinds and WRITTEN_PHONE.fullmatch(word.text):
                yield match_of_words(line, [index], re.sub(r"\D", "", word.text))
        if "address" in kinds:
            yield from (match_of_words(line, words, "") for words in streets_on(line))
        if "email" in kinds:
            yield from (match_of_words(line, words, "") for words in read.spoken)


def _apart(dialogue: Dialogue, matches: Sequence[Match]) -> Iterator[Match]:
    """The matches without those whose words others have already; a longer one comes first."""
    taken: set[tuple[int, int]] = set()
    for match in sorted(matches, key=lambda one: len(one.words), reverse=True):
        left = [index for index in match.words if (match.channel, index) not in taken]
        if left:
            taken.update((match.channel, index) for index in left)
            yield match_of_words(dialogue.lines[match.channel], left, match.digits, match.tokens)
