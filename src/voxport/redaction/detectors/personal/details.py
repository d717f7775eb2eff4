"""The details of people in a call: what answers a question for one, and where a name is said again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from voxport.core.detectors import PERSONAL_KINDS
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.candidates import CandidateOptions, read_candidates
from voxport.redaction.detectors.matches import Match, match_of, match_of_words
from voxport.redaction.detectors.personal.answers import Answer, AnswerOptions, answers_to
from voxport.redaction.detectors.personal.questions import address_signs, find_questions, is_question, lead_words
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.detectors.subjects import SubjectOptions, governing_cue
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.word_lists import word_lists_of

_IN_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds of which only the digits are covered, where some were recognised."""
_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?\d{3}[-. ]\d{4}")
_PHONE_DIGITS = range(7, 12)
"""Digits of a telephone number that nobody asked for: without its area seven, with its country eleven."""
_PAUSE_MS = 1_500
"""A longer pause before a word of an e-mail address is where it begins. A judgement."""
_EMAIL = re.compile(r"\S+@\S+\.\w+")


@dataclass(frozen=True, slots=True)
class PersonalOptions:
    """Which words of a call are details of a person."""

    answers: AnswerOptions = field(default_factory=AnswerOptions)
    least_token: int = 3
    """Letters of a part of a name that is known again: shorter ones are words of all kinds. A judgement."""
    name_words: int = 4
    """Words of a name that was not spelled: more are a sentence. A judgement."""
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
    found = list(_written_out(dialogue, wanted))
    if "phone" in wanted:
        found += _unasked_phones(dialogue, reading.subjects)
    for mention in find_questions(dialogue, wanted):
        asked = mention.asks and is_question(dialogue.lines[mention.channel], mention)
        for answer in answers_to(dialogue, mention, options.answers):
            found += (match for match in _details(answer, mention, options) if asked or _shows(answer, mention, match))
    digits = [match for match in found if len(match.digits) >= repetition.least_digits]
    found += repetitions(dialogue, read_candidates(dialogue, reading), digits, repetition)
    found += _said_again(dialogue, frozenset().union(*(match.tokens for match in found)))
    return sorted(_apart(dialogue, found), key=lambda match: match.span.start_ms)


def _details(answer: Answer, mention: Mention, options: PersonalOptions) -> Iterator[Match]:
    line, kind = answer.line, mention.kind
    if kind in _IN_FIGURES:
        runs = [run for run in line.runs if answer.words[0] <= run.words[0] <= answer.words[-1]]
        figures = sorted({index for run in runs for index in range(run.words[0], run.words[1] + 1)})
        if kind == "dateOfBirth" and figures:
            figures = _date(answer, figures)
        if sum(len(run.value) for run in runs) >= (1 if kind == "dateOfBirth" else options.least_digits):
            yield match_of_words(line, figures, "".join(run.value for run in runs))
            return
        if not mention.asks:
            return
    words = answer.words
    if kind == "name":
        words = _name(line, words, options)
    if words:
        tokens = _tokens(line, words, options) if kind in ("name", "email") else frozenset()
        yield match_of_words(line, words, "", tokens)


def _shows(answer: Answer, mention: Mention, found: Match) -> bool:
    """Whether what follows a detail that was only named shows by itself that it is one."""
    line = answer.line
    texts = [line.plain_words[index] for index in answer.words]
    at, dots = address_signs(line.language)
    match mention.kind:
        case "email":
            signs = not at.isdisjoint(texts) and not dots.isdisjoint(texts)
            return signs or any("@" in line.words[index].text for index in answer.words)
        case "address":
            streets = word_lists_of(line.language).streets
            told = not mention.asks
            return (
                told
                or not streets.isdisjoint(texts)
                or any(answer.words[0] <= run.words[0] <= answer.words[-1] for run in line.runs)
            )
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


def _name(line: Line, words: Sequence[int], options: PersonalOptions) -> tuple[int, ...]:
    """The first words up to the end of the sentence, and what is spelled in it and after it."""
    first = line.sentences[words[0]]
    lead = lead_words(line.language)
    named = [index for index in words if line.sentences[index] == first][: options.name_words]
    spelled = spelled_in(line, words).words
    named = [index for index in named if line.words[index].text[:1].isupper() or index in spelled] or (
        [] if len(words) > options.name_words else [index for index in named if line.plain_words[index] not in lead]
    )
    return tuple(sorted({*named, *spelled}))


def _tokens(line: Line, words: Sequence[int], options: PersonalOptions) -> frozenset[str]:
    """The parts of a name by which it is known again, what was spelled put together."""
    spelled = spelled_in(line, words).text
    plain = (line.plain_words[index] for index in words if line.words[index].text[:1].isupper())
    whole = {_bare(word) for word in (*plain, spelled)}
    return frozenset(
        word for word in whole if len(word) >= options.least_token and word not in lead_words(line.language)
    )


def _bare(word: str) -> str:
    return word.removesuffix("'s").strip("'")


def _said_again(dialogue: Dialogue, tokens: frozenset[str]) -> Iterator[Match]:
    """Every place where a part of a name is said, written as a name is."""
    for line in dialogue.lines.values():
        for index, word in enumerate(line.words):
            bare = _bare(line.plain_words[index])
            if bare in tokens and word.text[:1].isupper():
                yield match_of_words(line, [index], "", frozenset({bare}))


def _written_out(dialogue: Dialogue, kinds: Collection[str]) -> Iterator[Match]:
    """Telephone numbers and e-mail addresses that show what they are by themselves."""
    for line in dialogue.lines.values():
        for index, word in enumerate(line.words):
            if "email" in kinds and _EMAIL.fullmatch(word.text):
                yield match_of_words(line, [index], "")
            if "phone" in kinds and _PHONE.fullmatch(word.text):
                yield match_of_words(line, [index], re.sub(r"\D", "", word.text))
        if "email" in kinds:
            yield from _spoken_addresses(line)


def _unasked_phones(dialogue: Dialogue, subjects: SubjectOptions) -> Iterator[Match]:
    """Digits that nothing announced and that are as many as a telephone number has, one more or less."""
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        fits = len(run.value) in _PHONE_DIGITS and all(group.shape is Shape.PLAIN for group in run.groups)
        if fits and not line.is_keyed and governing_cue(dialogue, run, subjects) is None:
            yield match_of(line, run.groups)


def _spoken_addresses(line: Line) -> Iterator[Match]:
    """ "grace dot miller at gmail dot com": from the words before "at" to the ending."""
    words = [index for index, text in enumerate(line.plain_words) if text]
    texts = [line.plain_words[index] for index in words]
    at, dots = address_signs(line.language)
    for place in range(1, len(texts) - 3):
        dot = next((one for one in range(place + 2, min(len(texts), place + 5)) if texts[one] in dots), None)
        if texts[place] in at and dot is not None:
            end = dot + 2
            begin = place
            while begin > max(0, place - 12) and _is_of_address(line, words[begin - 1], words[begin]):
                begin -= 1
            yield match_of_words(line, words[begin:end], "")


def _is_of_address(line: Line, index: int, following: int) -> bool:
    """Whether a word belongs to the one after it in an address: said in one go, and no word that only leads to it."""
    text = line.plain_words[index]
    goes_on = line.words[following].start_ms - line.words[index].end_ms <= _PAUSE_MS
    said = line.sentences[index] == line.sentences[following]
    return goes_on and said and (len(text) == 1 or text not in lead_words(line.language))


def _apart(dialogue: Dialogue, matches: Sequence[Match]) -> Iterator[Match]:
    """The matches without those whose words others have already; a longer one comes first."""
    taken: set[tuple[int, int]] = set()
    for match in sorted(matches, key=lambda one: len(one.words), reverse=True):
        left = [index for index in match.words if (match.channel, index) not in taken]
        if left:
            taken.update((match.channel, index) for index in left)
            yield match_of_words(dialogue.lines[match.channel], left, match.digits, match.tokens)
